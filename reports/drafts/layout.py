"""The parts of which the Word templates are laid out: styles, headings, tables, page numbers.

Sizes, typefaces and line spacing follow 《党政机关公文格式》 (GB/T 9704—2012): title in
小标宋 二号, text in 仿宋 三号, headings in 黑体 and 楷体, 28 points a line, A4. Everything takes
its look from a named style: an operator restyles a template by changing its styles in Word.
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
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Emu, Length, Mm, Pt
from docx.table import Table, _Cell
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
_MIDDLE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_TITLE, _TEXT, _NOTE, _CELL, _DENSE, _SMALL = Pt(22), Pt(16), Pt(12), Pt(10), Pt(8.5), Pt(9)
_FOOT = Pt(14)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table: heading, width in millimetres, the Jinja expression of its cells.

    `rich` says that the expression gives marked text, `centred` that the cell is centred.
    """

    head: str
    width: float
    value: str
    rich: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: its identifier, typeface, size and leading in points (0: single)."""

    id: str
    face: str
    size: Length
    leading: float = 0
    after: float = 0
    indent: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None


_LOOKS = {
    "公文标题": _Look("GwTitle", TITLE_FACE, _TITLE, 34, 14, align=_MIDDLE),
    "公文正文": _Look(
        "GwText", BODY_FACE, _TEXT, 28, indent=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY
    ),
    "公文文字": _Look("GwPlain", BODY_FACE, _TEXT, 28),
    "公文附注": _Look("GwNote", BODY_FACE, _NOTE, 20, indent=True, align=_BOTH),
    "公文说明": _Look("GwSmall", BODY_FACE, _SMALL, 14, 2),
    "公文图": _Look("GwFigure", BODY_FACE, _SMALL, 0, 2, align=_MIDDLE),
    "表头": _Look("GwHead", HEAD_FACE, _CELL, align=_MIDDLE),
    "表格文字": _Look("GwCell", BODY_FACE, _CELL),
    "表头（小）": _Look("GwHeadDense", HEAD_FACE, _DENSE, align=_MIDDLE),
    "表格文字（小）": _Look("GwCellDense", BODY_FACE, _DENSE),
}


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
    _lay(made.sections[0], landscape=landscape)
    _styles(made)
    _alternatives(made)
    _page_numbers(made, landscape)
    return made


def turned(made: Word) -> None:
    """Lay what follows across landscape sheets: a table too wide for the text before it."""
    section = made.add_section(WD_SECTION.NEW_PAGE)
    made.paragraphs[-1].style = "公文说明"
    _lay(section, landscape=True)


def title(made: Word, text: str) -> Paragraph:
    """The title of the paper, centred."""
    return made.add_paragraph(text, style="公文标题")


def heading(made: Word, text: str) -> Paragraph:
    """A heading of the first level: 一、…"""
    return made.add_paragraph(text, style="Heading 1")


def subheading(made: Word, text: str) -> Paragraph:
    """A heading of the second level: （一）…"""
    return made.add_paragraph(text, style="Heading 2")


def text(made: Word, words: str) -> Paragraph:
    """A paragraph of text, indented by two characters."""
    return made.add_paragraph(words, style="公文正文")


def plain(made: Word, words: str, *, centred: bool = False, right: bool = False) -> Paragraph:
    """A paragraph of text without indent: an addressee, a list of attachments."""
    held = made.add_paragraph(words, style="公文文字")
    if centred or right:
        held.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    return held


def note(made: Word, words: str) -> Paragraph:
    """A paragraph of text above or below a wide table, where 三号 would be out of proportion."""
    return made.add_paragraph(words, style="公文附注")


def small(made: Word, words: str, *, centred: bool = False) -> Paragraph:
    """A small line: under a title, above a table, or how the paper can be made again."""
    held = made.add_paragraph(words, style="公文说明")
    if centred:
        held.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return held


def signature(made: Word, who: str, day: str) -> None:
    """Who signs and when: right below the text, never alone on a page."""
    above = made.paragraphs[-1]
    if above._p.getnext() is None or above._p.getnext().tag == qn("w:sectPr"):
        above.paragraph_format.keep_with_next = True
    for words, characters in (("", 0), (who, 2), (day, 4)):
        held = plain(made, words, right=True)
        held.paragraph_format.right_indent = Emu(_TEXT * characters)
        held.paragraph_format.keep_with_next = words != day


def statement(made: Word, tag: str) -> Paragraph:
    """A line with nothing but a Jinja statement (`{%p if … %}`); it vanishes when filled."""
    return made.add_paragraph(tag, style="公文说明")


def picture(made: Word, key: str, caption: str) -> None:
    """A centred picture and its caption, left out where the paper has no such picture."""
    statement(made, f"{{%p if {key} is defined %}}")
    _figure(made, key, caption)
    statement(made, "{%p endif %}")


def chart(made: Word, key: str) -> None:
    """A chart with its caption, or why there is none; see `reports.charts.for_word`."""
    statement(made, f"{{%p if {key} is defined %}}")
    _figure(made, key, f"{{{{ figures.{key}.caption }}}}")
    statement(made, f"{{%p elif figures.{key} is defined %}}")
    small(made, f"{{{{ figures.{key}.missing }}}}", centred=True)
    statement(made, "{%p endif %}")


def proof(made: Word) -> None:
    """How the paper can be made again and checked; the model holds it under `proof`."""
    small(made, "复现与核对").paragraph_format.keep_with_next = True
    statement(made, "{%p for said in proof.words %}")
    small(made, "{{ said }}")
    statement(made, "{%p endfor %}")
    statement(made, "{%p for command in proof.commands %}")
    small(made, "{{ command }}")
    statement(made, "{%p endfor %}")


def table(
    made: Word, rows: str, fields: Sequence[Field], *, row: str = "row", dense: bool = False
) -> Table:
    """A table with one row for each member of `rows`, its header repeated on every page.

    `dense` is for tables of many columns: smaller letters, narrower margins.
    """
    _fits(made, fields)
    held: Table = made.add_table(rows=4, cols=len(fields))
    held.style = "Table Grid"
    held.alignment = WD_TABLE_ALIGNMENT.CENTER
    _fixed(held, fields, dense)
    small_print = "（小）" if dense else ""
    for index, field in enumerate(fields):
        for line in held.rows:
            line.cells[index].width = Mm(field.width)
        _cell(held.rows[0].cells[index], field.head, f"表头{small_print}", centred=True)
        opening = "{{r " if field.rich else "{{ "
        value = f"{opening}{field.value} }}}}"
        _cell(held.rows[2].cells[index], value, f"表格文字{small_print}", centred=field.centred)
    _cell(held.rows[1].cells[0], f"{{%tr for {row} in {rows} %}}", "表格文字")
    _cell(held.rows[3].cells[0], "{%tr endfor %}", "表格文字")
    for line in held.rows:
        _mark_row(line._tr, "w:cantSplit")
    _mark_row(held.rows[0]._tr, "w:tblHeader")
    return held


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


def _lay(section: Section, *, landscape: bool) -> None:
    width, height = Mm(210), Mm(297)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    top, bottom, left, right = (20, 18, 15, 15) if landscape else (37, 35, 28, 26)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(10 if landscape else 25)


def _styles(made: Word) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", _TEXT
    _face(normal.element.get_or_add_rPr(), BODY_FACE)
    # Chinese rules for line breaks and punctuation.
    for tongue in made.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:eastAsia"), "zh-CN")
    for name, look in _LOOKS.items():
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), look.id)
        style.base_style, style.quick_style = normal, True
        _dress(style, look)
    for level, face in (("Heading 1", HEAD_FACE), ("Heading 2", SUB_FACE)):
        style = made.styles[level]
        _dress(style, _Look("", face, _TEXT, 28, indent=True))
        style.font.name, style.font.bold, style.font.color.rgb = "Times New Roman", False, None
        style.paragraph_format.keep_with_next = True


def _dress(style: Any, look: _Look) -> None:
    style.font.size = look.size
    _face(style.element.get_or_add_rPr(), look.face)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(look.after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if look.leading:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.leading)
    if look.indent:
        form.first_line_indent = Emu(look.size * 2)
    if look.align is not None:
        form.alignment = look.align


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


def _page_numbers(made: Word, landscape: bool) -> None:
    """— 1 — at the outer edge, one character in; in the middle of a landscape sheet."""
    section = made.sections[0]
    if landscape:
        _page_number(section.footer, WD_ALIGN_PARAGRAPH.CENTER)
        return
    made.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: _Footer, align: WD_ALIGN_PARAGRAPH) -> None:
    line = footer.paragraphs[0]
    line.alignment = align
    if align is WD_ALIGN_PARAGRAPH.RIGHT:
        line.paragraph_format.right_indent = _FOOT
    elif align is WD_ALIGN_PARAGRAPH.LEFT:
        line.paragraph_format.left_indent = _FOOT
    for words in ("— ", "1", " —"):
        run = line.add_run(words)
        run.font.name, run.font.size = "宋体", _FOOT
        _face(run._r.get_or_add_rPr(), "宋体")
        if words == "1":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            run._r.addprevious(field)
            field.append(run._r)


def _figure(made: Word, key: str, caption: str) -> None:
    held = made.add_paragraph(f"{{{{ {key} }}}}", style="公文图")
    held.paragraph_format.keep_with_next = True
    small(made, caption, centred=True)


def _fits(made: Word, fields: Sequence[Field]) -> None:
    section = made.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    wanted = sum(field.width for field in fields)
    if Mm(wanted) > room:
        raise ValueError(f"the table is {wanted} mm wide, the page has {Emu(room).mm:.0f} mm")


def _fixed(held: Table, fields: Sequence[Field], dense: bool) -> None:
    """Widths that hold everywhere: LibreOffice goes by the grid, Word by the cells."""
    held.autofit = False
    for column, field in zip(held._tbl.tblGrid.gridCol_lst, fields, strict=True):
        column.w = Mm(field.width)
    properties = held._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    if width is not None:
        width.set(qn("w:type"), "dxa")
        width.set(qn("w:w"), str(sum(Mm(field.width).twips for field in fields)))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(0.8 if dense else 1.4).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        properties.append(margins)


def _cell(cell: _Cell, words: str, style: str, *, centred: bool = False) -> None:
    held = cell.paragraphs[0]
    held.style = style
    held.add_run(words)
    if centred:
        held.alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _mark_row(row: Any, tag: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(tag))
