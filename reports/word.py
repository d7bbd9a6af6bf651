"""Word files from templates that an operator can restyle in Word (docxtpl)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from ledger.clock import ZONE
from reports.base import PaperError

MARK_COLOUR = "B00020"
"""The colour in which a wrong wording stands, beside being bold: print without colour keeps it."""

# The earliest moment a zip archive can carry.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a Word file: PNG bytes, width in millimetres, and what it shows, in words."""

    png: bytes
    width: int
    alt: str


def document(
    name: str,
    context: Mapping[str, Any],
    *,
    title: str,
    made: str | None,
    pictures: Mapping[str, Picture] | None = None,
    templates: Path | None = None,
) -> bytes:
    """The Word file that the template `name`.docx makes of `context`.

    `templates` is the operator's own folder; a template of that name there wins. An excerpt that
    marks its wrong wording by 【】 is set off where the template writes `{{r row.marked }}` and the
    context holds `marked(excerpt)`. `pictures` are placed where the template names their keys.
    `made` is the ISO moment the file says it was made at, in Asia/Shanghai.
    """
    source, said = _template(name, templates)
    template = DocxTemplate(io.BytesIO(source))
    placed = {
        key: InlineImage(template, io.BytesIO(picture.png), width=Mm(picture.width))
        for key, picture in (pictures or {}).items()
    }
    try:
        template.render({**context, **placed}, jinja_env=_environment())
    except TemplateError as error:
        raise PaperError(
            f"Word 模板 {said} 中有写错的占位符或语句：{error}。"
            f"请改正，或删去该文件以使用自带的模板。"
        ) from error
    _describe(template, pictures or {})
    moment = datetime.fromisoformat(made).replace(tzinfo=ZONE) if made else None
    return _packed(template, title, moment)


def marked(excerpt: str) -> RichText:
    """An excerpt for Word with what it marks by 【】 bold and in colour."""
    left, opened, rest = excerpt.partition("【")
    wrong, closed, right = rest.partition("】")
    if not opened or not closed:
        return RichText(excerpt)
    text = RichText(left)
    text.add(f"【{wrong}】", bold=True, color=MARK_COLOUR)
    text.add(right)
    return text


def _template(name: str, templates: Path | None) -> tuple[bytes, str]:
    """The template's bytes and what to call it in a sentence."""
    own = templates / f"{name}.docx" if templates else None
    if own is None or not own.exists():
        return (files("reports") / "templates" / f"{name}.docx").read_bytes(), f"{name}.docx"
    try:
        if own.stat().st_size > _MOST_BYTES:
            raise PaperError(f"Word 模板 {own} 超过 20 MB，请压缩其中的图片后再用。")
        content = own.read_bytes()
        DocxTemplate(io.BytesIO(content)).init_docx()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError) as error:
        raise PaperError(f"Word 模板 {own} 打不开，请用 Word 另存为 DOCX 格式后再用。") from error
    return content, str(own)


def _environment() -> SandboxedEnvironment:
    # A template may come from anywhere: it can name what it is given and nothing else.
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _describe(template: DocxTemplate, pictures: Mapping[str, Picture]) -> None:
    """Give every picture its words for those who do not see it."""
    by_content = {picture.png: picture.alt for picture in pictures.values()}
    for drawing in template.docx.element.body.iter(qn("wp:inline")):
        blips = list(drawing.iter(qn("a:blip")))
        part = template.docx.part.related_parts.get(blips[0].get(qn("r:embed"))) if blips else None
        alt = by_content.get(part.blob) if part is not None else None
        for properties in drawing.iter(qn("wp:docPr")):
            if alt:
                properties.set("descr", alt)


def _packed(template: DocxTemplate, title: str, made: datetime | None) -> bytes:
    """The file with fixed times inside: the same paper gives the same bytes."""
    moment = (made or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    properties = template.docx.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "xuncha", "xuncha"
    properties.created = properties.modified = moment
    properties.comments = ""
    raw = io.BytesIO()
    template.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return packed.getvalue()
