"""The page as one flat row of knots: what the list reader walks instead of the tree.

Every question about a subtree becomes one about an interval, so that a page of any depth is read
in linear time and nothing climbs further than a few steps.
"""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from crawler.reading.document import Document, squeeze

MAX_KNOTS = 120_000
"""A page with more nodes is read up to here; no list page that people read is longer."""

_SKIP = frozenset(
    {"style", "noscript", "template", "head", "svg", "select", "-doctype", "!doctype"}
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDING_CLASS = re.compile(
    r"(?:^|\s)(?:hide|hidden|d-none|undis|disnone|displaynone)(?:\s|$)", re.I
)
# Layout tags that name nothing by themselves may still carry a class like `top` on a pinned row.
_ROW_TAGS = frozenset(
    {"li", "tr", "td", "a", "span", "i", "em", "b", "p", "dt", "dd", "img", "font"}
)

_CHROME = re.compile(
    r"""^(?:
      (?:main|sub|top|site|left|right|side|head|foot|page|m|pc|sj|wap|mobile)?[-_]?
        (?:nav|navs|navi|navbar|navbox|navigation|menu|menus|menubar|header|head|headers|hd
          |footer|foot|foots)
        (?:[-_]?(?:box|bar|wrap|con|list|inner|main|left|right|top|in|nav|ul|bg|\d))*
      | top[-_]?(?:bar|box|nav|wrap|menu|link|links|line)? | site[-_]?top
      | header.* | footer.* | copyright.*
      | (?:bread)?crumbs?(?:[-_]?(?:nav|box))? | breadcrumb.* | location | position
      | (?:cur|now|your)[-_]?(?:pos|position|location|weizhi)
      | weizhi | dqwz | dangqian.* | lujing | path | bottom | dibu | toubu | daohang.*
      | search(?:[-_]?(?:box|bar|form|con|wrap|hot))? | sousuo | share.* | bdshare.*
      | weather.* | tianqi
      | clock | toolbar | tools? | sitemap | accessib.* | wza | lang(?:uage)?
    )$""",
    re.I | re.X,
)
_SIDE = re.compile(
    r"""^(?:
      aside | side | side[-_]?(?:bar|box|list|con|wrap|right|left)? | sidebar.*
      | (?:left|right)[-_]?(?:side|bar|menu|nav)
      | (?:.*[-_])?
        (?:hot|hots|rank|ranks|ranking|recommend|recommended|related|relate|relation|login
          |tuijian|paihang|remen|redian|xiangguan)
        (?:[-_].*)?
      | (?:hot|rank|recom|related)(?:news|list|box|read|info|article|articles)?
      | rdxw | rmxw | rmwz | rmtj | tjyd | xgyd | xgxw | xgwz | xgxx | xglj | phb | djph | rdpx
      | xgwj | xgjd | tjwz
      | friend.* | yqlj | links? | link[-_]?(?:box|list) | youqing.* | guess.* | fixed.* | float.*
      | kefu | qrcode | ewm
    )$""",
    re.I | re.X,
)
MOST = 0.6
MAX_TEXT_KNOTS = 3_000


class Knot:
    """One node of the page.

    `end` closes the interval of its subtree; `text` is set on texts, comments and scripts.
    """

    __slots__ = ("attrs", "chrome", "end", "hidden", "index", "parent", "side", "tag", "text")

    def __init__(self, index: int, parent: int, tag: str) -> None:
        self.index = index
        self.parent = parent
        self.tag = tag
        self.end = index + 1
        self.text = ""
        self.attrs: dict[str, str | None] = _NO_ATTRS
        self.chrome = False
        self.side = False
        self.hidden = False

    def attr(self, name: str) -> str:
        """An attribute's squeezed value, or the empty string."""
        value = self.attrs.get(name)
        return squeeze(value) if value else ""

    @property
    def names(self) -> str:
        """Id and class in one string."""
        return f"{self.attrs.get('id') or ''} {self.attrs.get('class') or ''}".strip()


_NO_ATTRS: dict[str, str | None] = {}


class Outline:
    """The knots of a page in document order, and its scripts."""

    def __init__(self, doc: Document) -> None:
        self.knots: list[Knot] = []
        self.cut = False
        self._regions: dict[str, tuple[bool, bool]] = {}
        body = doc.body
        if body is not None:
            self._walk(body)
        self._close()
        for knot in self.knots:
            self._inherit(knot)

    def _walk(self, body: object) -> None:
        knots = self.knots
        places: dict[int, int] = {}
        skipped: set[int] = set()
        for node in body.traverse(include_text=True, skip_empty=True):  # type: ignore[attr-defined]
            if len(knots) >= MAX_KNOTS:
                self.cut = True
                return
            above = node.parent
            over = above.mem_id if above is not None else 0
            if over in skipped:
                skipped.add(node.mem_id)
                continue
            tag = node.tag
            if tag in _SKIP:
                skipped.add(node.mem_id)
                continue
            knot = Knot(len(knots), places.get(over, -1), tag)
            if tag == "-text":
                knot.text = node.text_content or ""
            elif tag == "-comment":
                knot.text = node.comment_content or ""
            elif tag == "script":
                skipped.add(node.mem_id)
                knot.text = node.text()
                knot.attrs = node.attributes
            else:
                places[node.mem_id] = knot.index
                knot.attrs = node.attributes
            knots.append(knot)

    def _inherit(self, knot: Knot) -> None:
        if knot.parent >= 0:
            above = self.knots[knot.parent]
            knot.chrome, knot.side, knot.hidden = above.chrome, above.side, above.hidden
        attrs = knot.attrs
        # A name on a wrapper of most of the page says nothing about what stands in it.
        if knot.end - knot.index <= len(self.knots) * MOST:
            chrome, side = self._region(knot)
            knot.chrome = knot.chrome or chrome
            knot.side = knot.side or side
        if not attrs:
            return
        if not knot.hidden:
            style = attrs.get("style")
            names = attrs.get("class")
            knot.hidden = (
                bool(style and _HIDING.search(style))
                or "hidden" in attrs
                or bool(names and _HIDING_CLASS.search(names))
            )

    def _region(self, knot: Knot) -> tuple[bool, bool]:
        if knot.tag in ("-text", "-comment", "script"):
            return False, False
        names = knot.names if knot.attrs else ""
        key = f"{knot.tag} {names}"
        known = self._regions.get(key)
        if known is None:
            chrome = knot.tag in ("nav", "footer", "header")
            side = knot.tag == "aside"
            if knot.tag not in _ROW_TAGS and knot.tag != "body":
                words = [word for word in names.split()[:12] if len(word) <= 40]
                chrome = chrome or any(_CHROME.match(word) for word in words)
                side = side or any(_SIDE.match(word) for word in words)
            known = self._regions[key] = (chrome, side)
        return known

    def _close(self) -> None:
        knots = self.knots
        for knot in reversed(knots):
            if knot.parent >= 0:
                above = knots[knot.parent]
                if knot.end > above.end:
                    above.end = knot.end

    def above(self, knot: Knot, steps: int) -> list[Knot]:
        """At most `steps` ancestors of a knot, nearest first."""
        found: list[Knot] = []
        while knot.parent >= 0 and len(found) < steps:
            knot = self.knots[knot.parent]
            found.append(knot)
        return found

    def children(self, knot: Knot) -> list[Knot]:
        """The direct children of a knot."""
        found = []
        at = knot.index + 1
        while at < knot.end:
            child = self.knots[at]
            found.append(child)
            at = child.end
        return found

    def text(self, start: int, end: int, limit: int = 4000) -> str:
        """The visible text of an interval, words of different nodes parted by a blank."""
        parts: list[str] = []
        size = 0
        at = start
        knots = self.knots
        end = min(end, start + MAX_TEXT_KNOTS)
        while at < end and size < limit:
            knot = knots[at]
            if knot.tag == "-text":
                parts.append(knot.text)
                size += len(knot.text)
            at += 1
        return squeeze(" ".join(parts))[:limit]


_OUTLINES: WeakKeyDictionary[Document, Outline] = WeakKeyDictionary()


def outline_of(doc: Document) -> Outline:
    """The outline of a page, made once while the page lives."""
    outline = _OUTLINES.get(doc)
    if outline is None:
        outline = _OUTLINES[doc] = Outline(doc)
    return outline
