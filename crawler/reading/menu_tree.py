"""A page as a light tree of boxes that count their links: what finding menus needs and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, squeeze
from ledger.naming import clean_text

MAX_BOXES = 80_000
MAX_NAME = 40
_DEEPEST = 80

_UNREAD = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "textarea",
        "svg",
        "iframe",
    }
)
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|\bopen\()\s*['\"]([^'\"\s]{1,500})['\"]"
)
# A portal's own function is believed only where its first argument can be nothing but an address.
_CALLS = re.compile(
    r"\b(?:go|open|jump|turn|link|to)\w{0,20}\(\s*['\"]((?:https?:/)?/[^'\"\s]{1,500})['\"]", re.I
)
_KEPT_ASIDE = ("data-href", "data-url", "data-link")
_ADDRESS = re.compile(r"^(?:https?:/)?/|/|\.(?:s?html?|jsp|php|aspx?|action|do)(?:$|\?)", re.I)
_CUT = re.compile(r"(?:\.{2,}|…+)$")
# Ornaments, and the private letters icon fonts draw their arrows with.
_EDGE_CLASS = (
    r"[\s·•‧・∙●○◎◆◇◈■□▪▫★☆※▾▼▽▿▸▹►▶▷▻▴▲△▵◂◄◀◁∨﹀︾⌄˅❯❖✦☞>＞»«›‹→↓|｜丨│┃+＋:：\[\]【】_\-—–"
    r"\ue000-\uf8ff]+"
)
_EDGES = re.compile(f"^{_EDGE_CLASS}|{_EDGE_CLASS}$")
_COUNT = re.compile(r"[(（]\d{1,6}[)）]$")
_TEMPLATE = re.compile(r"\{\{|\$\{|<%")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.I)


class Box:
    """One element. `links` counts the anchors in it that lead somewhere; `url` is set on those.

    `place` is its index among the parent's `kids`.
    """

    __slots__ = (
        "alt",
        "depth",
        "kids",
        "links",
        "mark",
        "parent",
        "place",
        "tag",
        "texts",
        "title",
        "url",
    )

    def __init__(self, tag: str, mark: str, parent: Box | None) -> None:
        self.tag = tag
        self.mark = mark
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.place = 0
        self.kids: list[Box | str] = []
        self.links = 0
        self.url = ""
        self.title = ""
        self.alt = ""
        self.texts: dict[int, str] = {}

    def text(self, limit: int = 60) -> str:
        """The text in the box, squeezed, not much longer than `limit`."""
        known = self.texts.get(limit)
        if known is None:
            parts: list[str] = []
            size = 0
            for piece in self.pieces():
                parts.append(piece)
                size += len(piece.strip())
                if size > limit:
                    break
            known = self.texts[limit] = squeeze("".join(parts))
        return known

    def pieces(self) -> Iterator[str]:
        """The texts in document order; a blank parts one element from the next."""
        for kid in self.walk():
            yield kid if isinstance(kid, str) else (" " if kid.tag in _PARTING else "")

    def walk(self) -> Iterator[Box | str]:
        """Everything inside, in document order."""
        stack: list[Box | str] = list(reversed(self.kids))
        while stack:
            kid = stack.pop()
            yield kid
            if isinstance(kid, Box):
                stack.extend(reversed(kid.kids))

    def anchors(self) -> Iterator[Box]:
        """The anchors inside that lead somewhere, the box itself among them."""
        if self.url:
            yield self
        elif self.links:
            for kid in self.walk():
                if isinstance(kid, Box) and kid.url:
                    yield kid

    def above(self) -> Iterator[Box]:
        """The boxes around this one, nearest first."""
        box = self.parent
        while box is not None:
            yield box
            box = box.parent


_PARTING = frozenset(
    {
        "li",
        "dd",
        "dt",
        "td",
        "th",
        "p",
        "div",
        "tr",
        "br",
        "ul",
        "ol",
        "dl",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
    }
)


def read_tree(doc: Document) -> tuple[Box, list[Box]]:
    """The page's tree and, in document order, all its anchors that lead somewhere."""
    root = Box("body", "", None)
    order: list[Box] = [root]
    start = doc.tree.root
    stack: list[tuple[LexborNode, Box]] = [(start, root)] if start is not None else []
    clicks: dict[int, str] = {}
    while stack and len(order) < MAX_BOXES:
        node, parent = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            if text := squeeze(node.text_content or ""):
                parent.kids.append(text)
            continue
        if tag in _UNREAD or tag.startswith("-"):
            continue
        # A page nested for miles is taken as flat from some depth on.
        merged = tag in ("html", "body") or (parent.depth >= _DEEPEST and tag != "a")
        box = parent if merged else _box(node, tag, parent, doc)
        if tag == "option" and not box.url:
            continue
        if box is not parent:
            box.place = len(parent.kids)
            parent.kids.append(box)
            order.append(box)
            if not box.url and (onclick := node.attributes.get("onclick")):
                clicks[id(box)] = _opened(onclick, doc) or _kept_aside(node.attributes, doc)
        # Anchors hold texts, never anchors; what a broken page nests in one still counts as text.
        stack.extend((kid, box) for kid in reversed(list(node.iter(include_text=True))))
    for box in reversed(order):
        # What opens a page when clicked is a link, unless there is a plain one in it.
        if not box.links and (opened := clicks.get(id(box))):
            box.url = opened
        box.links += bool(box.url)
        if box.parent is not None:
            box.parent.links += box.links
    return root, [box for box in order if box.url]


def _box(node: LexborNode, tag: str, parent: Box, doc: Document) -> Box:
    attrs = node.attributes
    box = Box(tag, f"{attrs.get('id') or ''} {attrs.get('class') or ''}".lower(), parent)
    if tag == "a":
        box.title = squeeze(attrs.get("title") or "")[: MAX_NAME * 2]
        box.url = _leads_to(attrs, doc)
    elif tag == "area":
        box.title = squeeze(attrs.get("title") or attrs.get("alt") or "")[: MAX_NAME * 2]
        box.url = _leads_to(attrs, doc)
    elif tag == "option":
        box.url = _chosen(attrs, doc)
    elif tag == "img":
        box.alt = squeeze(attrs.get("alt") or attrs.get("title") or "")[: MAX_NAME * 2]
    return box


def _leads_to(attrs: dict[str, str | None], doc: Document) -> str:
    href = attrs.get("href") or ""
    if _TEMPLATE.search(href):
        return ""
    found = doc.absolute(href)
    if found is None:
        onclick = attrs.get("onclick") or ""
        found = _opened(href, doc) or _opened(onclick, doc) or _kept_aside(attrs, doc)
    return found or ""


def _opened(script: str, doc: Document) -> str:
    """The address a script opens, or an empty string."""
    opens = _OPENS.search(script) or _CALLS.search(script)
    return (doc.absolute(opens[1]) or "") if opens and not _TEMPLATE.search(opens[1]) else ""


def _kept_aside(attrs: dict[str, str | None], doc: Document) -> str:
    """The address an element keeps for a script to open."""
    values = (attrs.get(name) or "" for name in _KEPT_ASIDE)
    value = next((v for v in values if _ADDRESS.search(v) and not _TEMPLATE.search(v)), "")
    return doc.absolute(value) or ""


def _chosen(attrs: dict[str, str | None], doc: Document) -> str:
    """The page of this host an option leads to; boxes that lead to other hosts list friends."""
    value = (attrs.get("value") or "").strip()
    found = doc.absolute(value) if _ADDRESS.search(value) else None
    return found if found and same_page(found)[0] == same_page(doc.url)[0] else ""


def name_of(anchor: Box) -> str:
    """What an anchor calls its target; empty where that is too long for a column's name."""
    text = tidy(anchor.text(MAX_NAME * 2))
    if _CUT.search(text):
        text = tidy(anchor.title) or _CUT.sub("", text)
    if not text:
        pictures = (kid.alt for kid in anchor.walk() if isinstance(kid, Box) and kid.alt)
        text = tidy(anchor.title) or tidy(next(pictures, ""))
    return text if len(text) <= MAX_NAME else ""


def alike(one: Box, other: Box) -> bool:
    """True for two branches of one menu: the same tag, and the same class but for the current."""
    if one.tag != other.tag:
        return False
    marks = one.mark.split()[:1], other.mark.split()[:1]
    return one.tag in ("li", "dd") or (marks[0] == marks[1] != [] and marks[0] != ["clearfix"])


def tidy(text: str) -> str:
    """`text` as a name: without the ornaments and counts that menus put around it."""
    if _TEMPLATE.search(text):
        return ""
    trimmed = _COUNT.sub("", _EDGES.sub("", clean_text(text)))
    return _EDGES.sub("", trimmed)


def same_page(url: str) -> tuple[str, str, str]:
    """What two addresses of one page have in common, whatever the scheme or the index file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ("", url, "")
    path = _INDEX.sub("/", parts.path).rstrip("/")
    return (parts.netloc.lower().removeprefix("www."), path, parts.query)
