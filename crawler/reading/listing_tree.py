"""The page as one flat row of knots: what the list reader walks instead of the tree.

Every question about a subtree becomes one about an interval, so that a page of any depth is read
in linear time and nothing climbs further than a few steps.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from weakref import WeakKeyDictionary

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, squeeze
from crawler.reading.listing_names import NAMELESS, REGION_TAGS, Names, names_of

MAX_KNOTS = 120_000
"""A page with more nodes is read up to here; no list page that people read is longer."""

_SKIP = frozenset(
    {"style", "noscript", "template", "head", "svg", "select", "-doctype", "!doctype"}
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
MOST = 0.6
MAX_TEXT_KNOTS = 3_000
_LIST_TAGS = frozenset({"ul", "ol", "tbody", "dl"})
_BOX_TAGS = frozenset({"table", "div", "section"}) | _LIST_TAGS
_CONTENT_TAGS = frozenset({"img", "iframe", "a", "input", "video", "embed", "object"})
_LARGEST_EMPTY = 40
_NO_ATTRS: dict[str, str | None] = {}


class Knot:
    """One node of the page.

    `end` closes the interval of its subtree; `text` is set on texts, comments and scripts, `plain`
    is a text squeezed. `called` is what tag, id and class say; `chrome`, `side` and `hidden` are
    said of all that stands in such a box, `linked` of all that stands in a link.
    """

    __slots__ = (
        "attrs",
        "called",
        "chrome",
        "end",
        "hidden",
        "index",
        "linked",
        "parent",
        "plain",
        "side",
        "tag",
        "text",
    )

    def __init__(self, index: int, parent: int, tag: str, linked: bool) -> None:
        self.index = index
        self.parent = parent
        self.tag = tag
        self.end = index + 1
        self.text = ""
        self.plain = ""
        self.attrs = _NO_ATTRS
        self.called: Names = NAMELESS
        self.linked = linked
        self.chrome = self.side = self.hidden = False

    def attr(self, name: str) -> str:
        """An attribute's squeezed value, or the empty string."""
        value = self.attrs.get(name)
        return squeeze(value) if value else ""

    @property
    def names(self) -> str:
        """Id and class in one string."""
        return self.called.text

    @property
    def aside(self) -> bool:
        """True for what is not shown as the page's own content."""
        return self.chrome or self.side or self.hidden


class Outline:
    """The knots of a page in document order, and those of a kind: texts, links, scripts."""

    def __init__(self, doc: Document) -> None:
        self.knots: list[Knot] = []
        self.texts: list[Knot] = []
        self.anchors: list[Knot] = []
        self.scripts: list[Knot] = []
        self.named: list[Knot] = []
        """Elements with attributes."""
        self.cut = False
        body = doc.body
        if body is not None:
            self._mark(self._walk(body))
        self._places = [knot.index for knot in self.texts]

    def _walk(self, body: LexborNode) -> list[Knot]:
        """Gather the knots; returns those that may say something of all they hold."""
        knots, texts, named = self.knots, self.texts, self.named
        telling: list[Knot] = []
        skipped: set[int] = set()
        # The open elements by their places in memory, the innermost last, and whether in a link.
        box = Knot(-1, -1, "", False)
        above = body.parent
        at = above.mem_id if above is not None else 0
        opened: list[tuple[int, Knot, bool]] = []
        linked = False
        index = 0
        for node in body.traverse(include_text=True, skip_empty=True):
            if index >= MAX_KNOTS:
                self.cut = True
                break
            above = node.parent
            over = above.mem_id if above is not None else 0
            if over in skipped:
                skipped.add(node.mem_id)
                continue
            while over != at and opened:
                box.end = index
                at, box, linked = opened.pop()
            text = node.text_content
            if text is not None:
                knot = Knot(index, box.index, "-text", linked)
                knot.text = text
                knot.plain = squeeze(text)
                texts.append(knot)
                knots.append(knot)
                index += 1
                continue
            tag = node.tag or ""
            if tag in _SKIP:
                skipped.add(node.mem_id)
                continue
            knot = Knot(index, box.index, tag, linked)
            knots.append(knot)
            index += 1
            if tag == "-comment":
                knot.text = node.comment_content or ""
                continue
            attrs = node.attributes
            if tag == "script":
                skipped.add(node.mem_id)
                knot.text = node.text()
                knot.attrs = attrs
                self.scripts.append(knot)
                continue
            if attrs:
                knot.attrs = attrs
                named.append(knot)
                identity, classes = attrs.get("id"), attrs.get("class")
                if identity or classes or tag in REGION_TAGS:
                    knot.called = names_of(tag, identity or "", classes or "")
                if knot.called.region or "style" in attrs or "hidden" in attrs:
                    telling.append(knot)
            elif tag in REGION_TAGS:
                knot.called = names_of(tag, "", "")
                telling.append(knot)
            opened.append((at, box, linked))
            at, box = node.mem_id, knot
            if tag == "a":
                self.anchors.append(knot)
                linked = True
        box.end = index
        for _, knot, _ in opened:
            knot.end = index
        return telling

    def _mark(self, telling: list[Knot]) -> None:
        """Tell every knot of the region it stands in."""
        knots = self.knots
        largest = len(knots) * MOST
        central = any(knot.tag == "aside" for knot in telling) and any(
            knot.tag == "main" for knot in knots
        )
        for knot in telling:
            called = knot.called
            # A name on a wrapper of most of the page says nothing about what stands in it; where
            # the page names its main part, an aside is one however little that part holds.
            small = knot.end - knot.index <= largest or (central and knot.tag == "aside")
            if small and called.chrome and not knot.chrome:
                for inner in knots[knot.index : knot.end]:
                    inner.chrome = True
            if small and called.side and not knot.side:
                for inner in knots[knot.index : knot.end]:
                    inner.side = True
            if not knot.hidden and (called.hiding or _hides(knot.attrs)):
                for inner in knots[knot.index : knot.end]:
                    inner.hidden = True

    @cached_property
    def words(self) -> list[Knot]:
        """The texts of the page's own content: none of menus, side boxes or hidden parts."""
        return [knot for knot in self.texts if not (knot.chrome or knot.side or knot.hidden)]

    @cached_property
    def empties(self) -> list[Knot]:
        """Containers named like a list that hold no word: where items would stand."""
        return [
            knot
            for knot in self.knots
            if knot.tag in _BOX_TAGS
            and knot.end - knot.index <= _LARGEST_EMPTY
            and not (knot.aside or knot.called.menu)
            and (knot.tag in _LIST_TAGS or knot.called.listed)
            and not self.text(knot.index, knot.end, 20)
            and not any(inner.tag in _CONTENT_TAGS for inner in self.knots[knot.index : knot.end])
        ]

    def above(self, knot: Knot, steps: int) -> list[Knot]:
        """At most `steps` ancestors of a knot, nearest first."""
        knots = self.knots
        found: list[Knot] = []
        parent = knot.parent
        while parent >= 0 and len(found) < steps:
            knot = knots[parent]
            found.append(knot)
            parent = knot.parent
        return found

    def children(self, knot: Knot) -> list[Knot]:
        """The direct children of a knot."""
        knots = self.knots
        found = []
        at, end = knot.index + 1, knot.end
        while at < end:
            child = knots[at]
            found.append(child)
            at = child.end
        return found

    def text(self, start: int, end: int, limit: int = 4000) -> str:
        """The visible text of an interval, words of different nodes parted by a blank."""
        texts = self.texts
        end = min(end, start + MAX_TEXT_KNOTS)
        at = bisect_left(self._places, start)
        parts: list[str] = []
        size = 0
        while at < len(texts) and size < limit:
            knot = texts[at]
            if knot.index >= end:
                break
            if knot.plain:
                parts.append(knot.plain)
            size += len(knot.text)
            at += 1
        return " ".join(parts)[:limit] if parts else ""


def _hides(attrs: dict[str, str | None]) -> bool:
    style = attrs.get("style")
    return "hidden" in attrs or bool(style and _HIDING.search(style))


_OUTLINES: WeakKeyDictionary[Document, Outline] = WeakKeyDictionary()


def outline_of(doc: Document) -> Outline:
    """The outline of a page, made once while the page lives."""
    outline = _OUTLINES.get(doc)
    if outline is None:
        outline = _OUTLINES[doc] = Outline(doc)
    return outline
