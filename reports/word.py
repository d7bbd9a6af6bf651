"""Word files from templates that an operator can restyle in Word (docxtpl)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from types import CodeType
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.text.font import Font
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from ledger.clock import ZONE
from reports.base import PaperError

MARK_COLOUR = "B00020"
"""The colour in which a wrong wording stands, beside being bold: print without colour keeps it."""

# The earliest moment a zip archive can carry.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 20 * 1024 * 1024

# What XML cannot carry, and what docxtpl would take for a page or a paragraph to begin.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RICH = re.compile(r"\{\{r\s+(.+?)\s*\}\}")
_MISSING = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
# What a statement of a template can raise beside Jinja's own errors.
_FAULTS = (
    TemplateError,
    etree.XMLSyntaxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OverflowError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a Word file: PNG bytes, width in millimetres, and what it shows, in words."""

    png: bytes
    width: int
    alt: str


class Marked(RichText):  # type: ignore[misc]
    """Text of which some parts are set off; it takes the look of where the template puts it."""

    def __init__(self, parts: tuple[tuple[str, bool], ...]) -> None:
        super().__init__()
        self.parts = tuple((_FORBIDDEN.sub("", words), strong) for words, strong in parts)
        for words, strong in self.parts:
            self.add(words, **({"bold": True, "color": MARK_COLOUR} if strong else {}))

    def dressed(self, plain: str, strong: str) -> str:
        """The runs of the text with these properties for what is plain and what is set off."""
        return "".join(
            f"<w:r>{strong if marked else plain}"
            f'<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
            for words, marked in self.parts
        )


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
    template = _Template(io.BytesIO(source))
    placed = {
        key: InlineImage(template, io.BytesIO(picture.png), width=Mm(picture.width))
        for key, picture in (pictures or {}).items()
    }
    try:
        template.fill({**context, **placed})
    except _FAULTS as error:
        raise PaperError(
            f"Word 模板 {said} 中有写错的占位符或语句：{_fault(error)}。"
            f"请改正，或删去该文件以使用自带的模板。"
        ) from error
    _describe(template, pictures or {})
    moment = datetime.fromisoformat(made).replace(tzinfo=ZONE) if made else None
    return _packed(template, title, moment)


def marked(excerpt: str) -> Marked:
    """An excerpt for Word with what it marks by 【】 bold and in colour."""
    left, opened, rest = excerpt.partition("【")
    wrong, closed, right = rest.partition("】")
    if not opened or not closed:
        return Marked(((excerpt, False),))
    parts = ((left, False), (f"【{wrong}】", True), (right, False))
    return Marked(tuple((words, strong) for words, strong in parts if words))


class _Environment(SandboxedEnvironment):
    """What templates are filled in: they name what they are given and nothing else.

    A template may come from anywhere. A paper of many units fills one of them many times, so what
    has been compiled is kept.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_clean)

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        """The template of a text."""
        kind = template_class or self.template_class
        made: Template = kind.from_code(self, _compiled(str(source)), self.make_globals(globals))
        return made


@lru_cache(maxsize=32)
def _compiled(source: str) -> CodeType:
    return _Environment().compile(source)


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template whose marked texts keep the look of the placeholder they stand for."""

    def fill(self, context: Mapping[str, Any]) -> None:
        """Fill every placeholder."""
        self.init_docx()
        looks = self._note_looks()

        def dressed(value: object, look: int) -> object:
            return Markup(value.dressed(*looks[look])) if isinstance(value, Marked) else value

        environment = _Environment()
        environment.globals["dressed"] = dressed
        self.render(dict(context), jinja_env=environment)

    def fix_tables(self, xml: str) -> Any:
        """Refuse what is no XML, which docxtpl would mend by leaving things out."""
        etree.fromstring(xml)
        return super().fix_tables(xml)

    def _note_looks(self) -> list[tuple[str, str]]:
        """The looks of all placeholders for marked text, each of which learns its number."""
        looks: list[tuple[str, str]] = []
        for run in self.docx.element.body.iter(qn("w:r")):
            for held in run.iter(qn("w:t")):
                if "{{r" in (held.text or ""):
                    number = len(looks)
                    looks.append(_look(run))
                    held.text = _RICH.sub(rf"{{{{r dressed(\1, {number}) }}}}", held.text)
        return looks


def _look(run: Any) -> tuple[str, str]:
    """The properties of a run, and the same set off."""
    bare = OxmlElement("w:r")
    if run.rPr is not None:
        bare.append(deepcopy(run.rPr))
    plain = _xml_of(bare.rPr)
    font = Font(bare)
    font.bold, font.color.rgb = True, RGBColor.from_string(MARK_COLOUR)
    return plain, _xml_of(bare.rPr)


def _xml_of(element: Any) -> str:
    return "" if element is None else etree.tostring(element, encoding="unicode")


def _clean(value: object) -> object:
    """What a placeholder prints: nothing for None, and no character a Word file cannot hold."""
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _FORBIDDEN.sub("", value)
    return value


def _fault(error: Exception) -> str:
    """What is wrong with a template, in words."""
    missing = _MISSING.search(str(error)) if isinstance(error, UndefinedError) else None
    if missing:
        return f"没有名为 {missing[1] or missing[2]} 的内容可填"
    if isinstance(error, etree.XMLSyntaxError):
        return "占位符的位置使文档结构不完整（例如 {%tr %} 没有单独占一行）"
    return f"{type(error).__name__}，{str(error).rstrip('.。')}"


def _template(name: str, templates: Path | None) -> tuple[bytes, str]:
    """The template's bytes and what to call it in a sentence."""
    if templates is not None and not templates.is_dir():
        raise PaperError(
            f"站点配置 [report] templates 所指的文件夹 {templates} 不存在，"
            f"请建好该文件夹，或去掉这一项以使用自带的模板。"
        )
    own = templates / f"{name}.docx" if templates else None
    if own is None or not own.exists():
        return (files("reports") / "templates" / f"{name}.docx").read_bytes(), f"{name}.docx"
    try:
        if own.stat().st_size > _MOST_BYTES:
            raise PaperError(f"Word 模板 {own} 超过 20 MB，请压缩其中的图片后再用。")
        content = own.read_bytes()
        DocxTemplate(io.BytesIO(content)).init_docx()
    except (
        OSError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        PackageNotFoundError,
        etree.XMLSyntaxError,
    ) as error:
        raise PaperError(f"Word 模板 {own} 打不开，请用 Word 另存为 DOCX 格式后再用。") from error
    return content, str(own)


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
    # Word keeps no longer title.
    properties.title, properties.author, properties.last_modified_by = (
        _FORBIDDEN.sub("", title)[:255],
        "xuncha",
        "xuncha",
    )
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
