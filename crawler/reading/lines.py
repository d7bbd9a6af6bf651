"""A page as lines of text, each knowing where in the page it stood.

Dates are told apart by their surroundings: the line they stand in, the label before them, the menu
or related list around them. Those surroundings are gathered here once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, is_chrome, squeeze

_UNREAD_TAGS = (
    "script style noscript template head title select option textarea button iframe svg object "
    "-comment _comment"
)
_UNREAD = frozenset(_UNREAD_TAGS.split())
_INLINE_TAGS = (
    "a abbr b bdi bdo big cite code dfn em font i img ins kbd label mark q s small span strong sub "
    "sup time tt u var wbr input del publishtime o:p"
)
_INLINE = frozenset(_INLINE_TAGS.split())
# Neighbours of these kinds are set apart by style sheets: 生活周刊 | 3天前, 浏览 15 | 2026-09-16.
_APART = frozenset(("a", "em", "i", "span", "time"))
_HEADING = re.compile(r"h[1-6]$")
_TITLED = re.compile(
    r"(?:^|[-_\s])(?:\w*title\w*|headline|tit|bt|biaoti|subject|art-?tit|wzbt)(?:$|[-_\s\d])", re.I
)
_ITEMS = frozenset(("li", "dd", "tr"))
_CREDIT = re.compile(
    r"(?:来源|稿源|作者|编辑|责编|记者|单位|机构|栏目|频道|媒体|出处|分类)[^。]{0,4}$"
)
_TIMED = re.compile(r"time|date|pub|rq|sj(?:$|[-_\s])|fbsj", re.I)
_STAMPS = ("datetime", "data-time", "data-date", "data-timestamp", "data-pubtime", "data-publish")
_TITLE_LINK = 8
_Attributes = dict[str, str | None]
_ITEM_LONGEST = 300


@dataclass(slots=True, eq=False)
class _Item:
    """A list entry or table row: how much text it has and how long its longest link is."""

    tag: str
    length: int = 0
    link: int = 0

    @property
    def carries_title(self) -> bool:
        """True where a link as long as a title stands in a text as short as an entry."""
        return self.link >= _TITLE_LINK and self.length <= _ITEM_LONGEST


@dataclass(slots=True)
class Line:
    """One line of the page.

    `link` counts its characters inside links, credits left out; `longest` is its longest link.
    `regions` are the menus, footers, sidebars around it (numbers, outermost first); `heading` is
    1 to 6, 7 for an element merely named as a title, 0 otherwise; `stamps` are date attributes.
    """

    text: str
    start: int
    heading: int
    link: int
    longest: int
    regions: tuple[int, ...]
    marks: str
    items: tuple[_Item, ...]
    stamps: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The offset behind the line's last character."""
        return self.start + len(self.text)

    @property
    def listed(self) -> bool:
        """True inside an entry that carries a title link: a related or neighbouring article."""
        return self.longest >= _TITLE_LINK or any(item.carries_title for item in self.items)

    @property
    def listed_by_entry(self) -> bool:
        """As `listed`, for labelled dates: rows of a document's own table do not count."""
        return any(item.carries_title and item.tag != "tr" for item in self.items)

    @property
    def linked(self) -> bool:
        """True where nearly the whole line is a link as long as a title."""
        return self.link >= _TITLE_LINK and self.link * 5 >= len(self.text) * 4


@dataclass(slots=True)
class Lines(Sequence[Line]):
    """The lines of a page and their common text, joined by line feeds."""

    lines: list[Line]
    text: str
    _starts: list[int] = field(default_factory=list)

    def __getitem__(self, index: int) -> Line:  # type: ignore[override]
        return self.lines[index]

    def __len__(self) -> int:
        return len(self.lines)

    def at(self, offset: int) -> int:
        """The number of the line that holds `offset`."""
        if not self._starts:
            self._starts.extend(line.start for line in self.lines)
        return max(0, bisect_right(self._starts, offset) - 1)


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of the elements around a node."""

    heading: int = 0
    link: bool = False
    regions: tuple[int, ...] = ()
    items: tuple[_Item, ...] = ()
    marks: tuple[str, ...] = ()
    owner: int = 0


class _Writer:
    """Collects text into lines during the walk."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.offset = 0
        self.regions = 0
        self._begin(_Around())

    def _begin(self, around: _Around) -> None:
        self.parts: list[str] = []
        self.link = self.longest = 0
        self.around = around
        self.marks: set[str] = set()
        self.stamps: list[str] = []
        self.owner = around.owner

    def text(self, text: str, around: _Around) -> None:
        """One text node."""
        plain = squeeze(text)
        if not plain:
            if self.parts:
                self.parts.append(" ")
            return
        if not self.parts:
            self.around = around
        if self.parts and not around.heading:
            figures = self.parts[-1][-1:].isdigit() and text[:1].isdigit()
            if figures or around.owner != self.owner:
                self.parts.append(" ")
        self.owner = around.owner
        credit = around.link and _CREDIT.search("".join(self.parts[-4:])) is not None
        self.parts.append(text)
        self.marks.update(around.marks[-3:])
        length = len(plain)
        if around.link and not credit:
            self.link += length
            self.longest = max(self.longest, length)
        for item in around.items[-3:]:
            item.length += length
            if around.link and not credit:
                item.link = max(item.link, length)

    def stamp(self, value: str, around: _Around) -> None:
        """A date attribute of an element in the line."""
        self.stamps.append(value)
        self.marks.update(around.marks[-3:])

    def flush(self) -> None:
        """End of a line."""
        text = squeeze("".join(self.parts))
        if text or self.stamps:
            around = self.around
            line = Line(
                text,
                self.offset,
                around.heading,
                self.link,
                self.longest,
                around.regions,
                " ".join(sorted(self.marks)),
                around.items[-3:],
                tuple(self.stamps),
            )
            self.lines.append(line)
            self.offset += len(text) + 1
        self._begin(_Around())


def read_lines(doc: Document) -> Lines:
    """The lines of the page's body in document order."""
    writer = _Writer()
    root = doc.body
    if root is not None:
        _walk(root, writer)
    writer.flush()
    return Lines(writer.lines, "\n".join(line.text for line in writer.lines))


def _walk(root: LexborNode, writer: _Writer) -> None:
    # An explicit stack: hostile pages nest deeper than Python's recursion limit.
    stack: list[tuple[LexborNode | None, _Around]] = [(root, _Around())]
    while stack:
        node, around = stack.pop()
        if node is None:
            writer.flush()
            continue
        tag = node.tag or ""
        if tag == "-text":
            writer.text(node.text_content or "", around)
            continue
        if tag in _UNREAD:
            continue
        block = tag not in _INLINE
        if tag == "br":
            if around.heading:
                writer.text(" ", around)
            else:
                writer.flush()
            continue
        attrs = node.attributes
        inner = _enter(node, tag, attrs, around, writer)
        if block:
            writer.flush()
            stack.append((None, around))
        for value in _stamps_of(attrs, tag) if attrs else ():
            writer.stamp(value, inner)
        stack.extend((child, inner) for child in reversed(list(node.iter(include_text=True))))


def _enter(
    node: LexborNode, tag: str, attrs: _Attributes, around: _Around, writer: _Writer
) -> _Around:
    mark = f"{attrs.get('id') or ''} {attrs.get('class') or ''}".strip()
    heading = around.heading
    if not heading:
        if _HEADING.match(tag):
            heading = int(tag[1])
        elif mark and len(mark) < 200 and _TITLED.search(mark):
            heading = 7
    regions = around.regions
    if is_chrome(node):
        writer.regions += 1
        regions = (*regions[:8], writer.regions)
    items = around.items
    if tag in _ITEMS:
        items = (*items[-2:], _Item(tag))
    marks = (*around.marks[-2:], mark[:120]) if mark else around.marks
    owner = node.mem_id if tag in _APART else around.owner
    return _Around(heading, around.link or tag == "a", regions, items, marks, owner)


def _stamps_of(attrs: _Attributes, tag: str) -> list[str]:
    found = [attrs[name] or "" for name in _STAMPS if attrs.get(name)]
    prop = (attrs.get("itemprop") or "").lower()
    if prop in ("datepublished", "datecreated") and attrs.get("content"):
        found.append(attrs["content"] or "")
    named = tag == "time" or _TIMED.search(f"{attrs.get('class') or ''} {attrs.get('id') or ''}")
    if named and attrs.get("title"):
        found.append(attrs["title"] or "")
    if tag == "input" and named and attrs.get("value"):
        found.append(attrs["value"] or "")
    return [squeeze(value) for value in found if 6 <= len(value) <= 60]
