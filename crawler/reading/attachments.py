"""The files an article offers (附件), with the names the page gives them."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.reading.document import Document
from crawler.reading.landmarks import FOOTER, NEIGHBOUR
from crawler.reading.lines import Lines
from crawler.reading.tag_kinds import attributes
from crawler.reading.walk import FileLink
from ledger.facts import Attachment

_KINDS = "pdf|docx?|xls[xm]?|pptx?|wps|et|dps|ofd|ceb|zip|rar|7z|rtf|csv"
_FILE_PATH = re.compile(rf"\.(?:{_KINDS})$", re.I)
_NAMED_FILE = re.compile(rf"\.(?:{_KINDS})(?![A-Za-z0-9])", re.I)
_FILE_VALUE = re.compile(rf"=[^&]{{0,300}}\.(?:{_KINDS})(?:&|$)", re.I)
_DOWNLOAD = re.compile(r"down(?:load|file)|attach", re.I)
_SAYS_FILE = re.compile(r"附\s?件|下载|附\s?表|附\s?图")
# Names that say nothing of the file itself.
_EMPTY = re.compile(
    r"^[\s【\[(（]*(?:点击|点此|请|文件|附件|正文|全文|本地|立即|在线|查看|浏览|下载|打开|阅读|PDF版?|"
    r"Word版?|OFD版?|download|[\d一二三四五六七八九十])*[\s】\])）:：>》.、]*$",
    re.I,
)
_ADDRESSES = ("href", "data-href", "data-url", "data-src", "data-file", "data-link", "src")
_BEHIND = 15
_MOST = 100
_LONGEST = 200


def attachments(
    doc: Document, lines: Lines, text: range, title_line: int | None
) -> tuple[Attachment, ...]:
    """Files linked in the main text or next to it; `text` are the numbers of its lines."""
    if not lines.files:
        return ()
    first, last = _reach(lines, text, title_line)
    found: dict[str, str] = {}
    for link in lines.files:
        if not first <= link.row <= last or _foreign(lines, link, title_line):
            continue
        attrs = attributes(link.tag)
        name = _name(lines, link, attrs)
        for address in (attrs[key] for key in _ADDRESSES if attrs.get(key)):
            url = doc.absolute(address)
            if url is None or not _is_file(url, attrs, name):
                continue
            if url not in found and len(found) < _MOST:
                found[url] = (name or _file_name(url))[:_LONGEST]
            break
    return tuple(Attachment(url, name) for url, name in found.items())


def _reach(lines: Lines, text: range, title_line: int | None) -> tuple[int, int]:
    """The first and last line where an article's own files may stand."""
    if not text:
        return (title_line or 0), len(lines)
    first = text[0] if title_line is None else min(title_line, text[0])
    last = text[-1]
    for number in range(last + 1, min(last + 1 + _BEHIND, len(lines))):
        words = lines.rows[number].text
        if NEIGHBOUR.search(words) or FOOTER.search(words):
            break
        last = number
    # A file behind the last line, in a frame, has no line of its own.
    return first, last + 1


def _foreign(lines: Lines, link: FileLink, title_line: int | None) -> bool:
    if link.row >= len(lines):
        return False
    own = lines[title_line].regions if title_line is not None else ()
    return any(all(region is not other for other in own) for region in lines[link.row].regions)


def _is_file(url: str, attrs: dict[str, str], name: str) -> bool:
    """True for the address of a file; one that only downloads must be called a file, too."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if _FILE_PATH.search(parts.path) or _FILE_VALUE.search(parts.query):
        return True
    if not parts.query and not _DOWNLOAD.search(parts.path):
        return False
    told = f"{name} {attrs.get('title', '')} {attrs.get('download', '')}"
    named = _NAMED_FILE.search(told) is not None
    downloads = _DOWNLOAD.search(url) is not None
    return named or (downloads and bool(parts.query) and _SAYS_FILE.search(told) is not None)


def _name(lines: Lines, link: FileLink, attrs: dict[str, str]) -> str:
    """What the page calls the file: its link, the link's title, or the words before the link."""
    text = link.text
    if text is None:
        text = lines.rows[link.row].prose if link.row < len(lines) else ""
    title = (attrs.get("title") or attrs.get("download") or attrs.get("textvalue") or "").strip()
    if not _EMPTY.match(text):
        # A title spells out what the link cuts short.
        cut = text.rstrip("….")
        return title if cut != text and title.startswith(cut) else text
    if title and not _EMPTY.match(title):
        return title
    if link.row < len(lines) and text:
        line = lines.rows[link.row].prose
        before = line.partition(text)[0].strip(" ：:·、,，")
        if not _EMPTY.match(before) and len(before) <= _LONGEST:
            return before
    return ""


def _file_name(url: str) -> str:
    return unquote(urlsplit(url).path).rpartition("/")[2]
