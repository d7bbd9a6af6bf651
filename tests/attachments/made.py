"""Files made for tests: zipped documents and PDF by hand, the others by the libraries at hand."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def word(*paragraphs: str, rows: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                table.cell(y, x).text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def slides(*texts: str) -> bytes:
    parts: dict[str, str | bytes] = {"ppt/presentation.xml": "<p/>"}
    for number, text in enumerate(texts, 1):
        parts[f"ppt/slides/slide{number}.xml"] = (
            f"<s {_A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
            f"<a:tbl><a:tr><a:tc><a:p><a:r><a:t>甲</a:t></a:r></a:p></a:tc>"
            f"<a:tc><a:p><a:r><a:t>乙</a:t></a:r></a:p></a:tc></a:tr></a:tbl></s>"
        )
    return zipped(parts)


def wordml(body: str, head: str = "") -> bytes:
    """A DOCX with just this body."""
    xml = f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'
    return zipped({"word/document.xml": xml})


def ofd(*lines: str) -> bytes:
    objects = "".join(
        f'<ofd:TextObject Boundary="10 {20 + 8 * n}.5 100 6"><ofd:TextCode X="0" Y="5">{line}'
        f"</ofd:TextCode></ofd:TextObject>"
        for n, line in enumerate(lines)
    )
    page = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>{objects}</ofd:Content></ofd:Page>'
    return zipped({"OFD.xml": "<a/>", "Doc_0/Pages/Page_0/Content.xml": page})


def pdf(*pages: bytes, loop: bool = False) -> bytes:
    """A PDF by hand; each page is a content stream. `loop` lets the tree of pages run in a ring."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    ring = "2 0 R" if loop else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids} {ring}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(pages):
        image = b"/XObject << /Im0 << /Subtype /Image >> >>" if b"/Im0" in content else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (5 + 2 * number, image)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(out),
    )
    return out + head + table + trailer


def said(*lines: str) -> bytes:
    """A page's content that writes these lines of Latin text."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    return f"BT /F1 12 Tf 50 800 Td {shown}ET".encode()
