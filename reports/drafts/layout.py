"""The parts of which the Word templates are laid out: official typefaces, headings, tables.

Sizes, typefaces and line spacing follow 《党政机关公文格式》 (GB/T 9704—2012): title in
小标宋 二号, text in 仿宋 三号, headings in 黑体 and 楷体, 28 points a line, A4.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

Build = Callable[[], Word]

TITLE_FACE, HEAD_FACE, SUB_FACE, BODY_FACE = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
# Where a typeface is missing Word takes its alternative name from the file's own font table.
_ALTERNATIVES = {
    TITLE_FACE: "宋体",
    HEAD_FACE: "SimHei",
    SUB_FACE: "楷体",
    BODY_FACE: "仿宋",
}
_TITLE, _TEXT, _CELL, _SMALL = Pt(22), Pt(16), Pt(10), Pt(9)
_LEADING, _NONE = Pt(28), Pt(0)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: heading, width in millimetres, the Jinja expression of its cells.

    `rich` says that the expression gives a RichText, `centred` that the cell is centred.
    """

    head: str
    width: float
    value: str
    rich: bool = False
    centred: bool = False


def drafts() -> dict[str, Build]:
    """Every draft by the name of its template: each module here that has a `build`."""
    package = importlib.import_module("reports.drafts")
    found: dict[str, Build] = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        if info.name in ("layout", "__main__"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        found[info.name.replace("_", "-")] = module.build
    return found


def sheet(*, landscape: bool = False) -> Word:
    """An empty A4 document with the official margins, typefaces and numbered pages."""
    made = Document()
    section = made.sections[0]
    width, height = Mm(210), Mm(297)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    top, bottom, left, right = (20, 18, 15, 15) if landscape else (37, 35, 28, 26)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(10 if landscape else 25)
    _styles(made)
    _alternatives(made)
    _page_number(section.footer.paragraphs[0])
    return made


def title(made: Word, text: str) -> Paragraph:
    """The title of the paper, centred."""
    return _paragraph(made, text, TITLE_FACE, _TITLE, centred=True, after=Pt(14), leading=Pt(34))


def heading(made: Word, text: str) -> Paragraph:
    """A heading of the first level: 一、…"""
    held = _paragraph(made, text, HEAD_FACE, _TEXT, indent=True, style="Heading 1")
    held.paragraph_format.keep_with_next = True
    return held


def subheading(made: Word, text: str) -> Paragraph:
    """A heading of the second level: （一）…"""
    held = _paragraph(made, text, SUB_FACE, _TEXT, indent=True, style="Heading 2")
    held.paragraph_format.keep_with_next = True
    return held


def text(made: Word, words: str) -> Paragraph:
    """A paragraph of text, indented by two characters."""
    return _paragraph(made, words, BODY_FACE, _TEXT, indent=True)


def plain(made: Word, words: str, *, centred: bool = False, right: bool = False) -> Paragraph:
    """A paragraph of text without indent: an addressee, a signature, a caption."""
    held = _paragraph(made, words, BODY_FACE, _TEXT, centred=centred)
    if right:
        held.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return held


def small(made: Word, words: str, *, centred: bool = False) -> Paragraph:
    """A small line: under a title, above a table, or how the paper can be made again."""
    return _paragraph(made, words, BODY_FACE, _SMALL, centred=centred, leading=Pt(14), after=Pt(2))


def statement(made: Word, tag: str) -> Paragraph:
    """A line with nothing but a Jinja statement (`{%p if … %}`); it vanishes when filled."""
    return _paragraph(made, tag, BODY_FACE, _SMALL, leading=Pt(12))


def picture(made: Word, key: str, caption: str) -> None:
    """A centred picture and its caption, left out where the paper has no such picture."""
    statement(made, f"{{%p if {key} is defined %}}")
    held = made.add_paragraph()
    held.alignment = WD_ALIGN_PARAGRAPH.CENTER
    held.add_run(f"{{{{ {key} }}}}")
    small(made, caption, centred=True)
    statement(made, "{%p endif %}")


def proof(made: Word) -> None:
    """How the paper can be made again and checked; the model holds it under `proof`."""
    small(made, "复现与核对")
    statement(made, "{%p for said in proof.words %}")
    small(made, "{{ said }}")
    statement(made, "{%p endfor %}")
    statement(made, "{%p for command in proof.commands %}")
    small(made, "{{ command }}")
    statement(made, "{%p endfor %}")


def table(made: Word, rows: str, fields: Sequence[Field], *, row: str = "row") -> None:
    """A table with one row for each member of `rows`, its header repeated on every page."""
    held = made.add_table(rows=4, cols=len(fields))
    held.style = "Table Grid"
    held.alignment = WD_TABLE_ALIGNMENT.CENTER
    held.autofit = False
    for index, field in enumerate(fields):
        for line in held.rows:
            line.cells[index].width = Mm(field.width)
        _cell(held.rows[0].cells[index], field.head, face=HEAD_FACE, centred=True)
        opening = "{{r " if field.rich else "{{ "
        _cell(held.rows[2].cells[index], f"{opening}{field.value} }}}}", centred=field.centred)
    _cell(held.rows[1].cells[0], f"{{%tr for {row} in {rows} %}}")
    _cell(held.rows[3].cells[0], "{%tr endfor %}")
    _mark_row(held.rows[0]._tr, "w:tblHeader")
    for line in held.rows:
        _mark_row(line._tr, "w:cantSplit")


def written(made: Word) -> bytes:
    """The document as a file with fixed times inside, so that writing it anew changes nothing."""
    moment = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    properties = made.core_properties
    properties.author = properties.last_modified_by = "xuncha"
    properties.created = properties.modified = moment
    properties.title = properties.comments = ""
    raw = io.BytesIO()
    made.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, source.read(name))
    return packed.getvalue()


def _styles(made: Word) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", _TEXT
    _face(normal.element.get_or_add_rPr(), BODY_FACE)
    for name, face in (("Heading 1", HEAD_FACE), ("Heading 2", SUB_FACE)):
        style = made.styles[name]
        style.font.name, style.font.size = "Times New Roman", _TEXT
        style.font.bold, style.font.color.rgb = False, None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        _face(style.element.get_or_add_rPr(), face)


def _face(properties: BaseOxmlElement, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    fonts.set(qn("w:eastAsia"), face)


def _alternatives(made: Word) -> None:
    """Name a stand-in for every typeface that not every machine has."""
    part = next(
        rel.target_part for rel in made.part.rels.values() if rel.reltype.endswith("/fontTable")
    )
    entries = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for face, other in _ALTERNATIVES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def _page_number(line: Paragraph) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, code in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = line.add_run(words)
        run.font.size = Pt(14)
        _face(run._r.get_or_add_rPr(), "宋体")
        if code:
            for kind in ("begin", "", "end"):
                mark = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    mark.set(qn("w:fldCharType"), kind)
                else:
                    mark.text = code
                run._r.append(mark)


def _paragraph(
    made: Word,
    words: str,
    face: str,
    size: Length,
    *,
    centred: bool = False,
    indent: bool = False,
    after: Length = _NONE,
    leading: Length = _LEADING,
    style: str = "Normal",
) -> Paragraph:
    held = made.add_paragraph(style=style)
    form = held.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, leading
    form.space_before, form.space_after = Pt(0), after
    if indent:
        form.first_line_indent = Emu(size * 2)
    if centred:
        held.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = held.add_run(words)
    run.font.size, run.font.bold = size, False
    _face(run._r.get_or_add_rPr(), face)
    return held


def _cell(cell: _Cell, words: str, *, face: str = BODY_FACE, centred: bool = False) -> None:
    held = cell.paragraphs[0]
    held.paragraph_format.line_spacing = 1.0
    held.paragraph_format.space_after = Pt(0)
    if centred:
        held.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = held.add_run(words)
    run.font.size = _CELL
    _face(run._r.get_or_add_rPr(), face)


def _mark_row(row: Any, tag: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(tag))
