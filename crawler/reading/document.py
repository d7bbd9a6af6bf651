"""A page parsed once, with the questions every reader asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.reading.address import without_session

_UNREAD = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "-comment", "_comment"}
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "table",
        "tbody",
        "td",
        "th",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)

# Words in tag, id and class that name a region which is not the page's own content.
_CHROME = re.compile(
    r"(?:^|[-_\s])(?:nav|navs|navbar|navi|menu|menus|topbar|top-bar|header|head|hd-top|footer|foot|foots|bottom|"
    r"copyright|breadcrumb|breadcrumbs|crumb|crumbs|position|location|weizhi|dqwz|sidebar|side-bar|sidenav|"
    r"aside|weather|clock|toolbar|share|friendlink|friend-link|links|yqlj|search|pager|page-nav|pagination)"
    r"(?:$|[-_\s\d])",
    re.I,
)


_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|ul|ol|dl|table|font|center|blockquote|b|i|em|strong)\b", re.I
)
MAX_DEPTH = 5_000
"""No page people read nests deeper; the parser's time grows with the square of the depth."""


def _shallow(html: str) -> str:
    """`html` up to where it nests deeper than `MAX_DEPTH`."""
    if html.count("<") <= MAX_DEPTH:
        return html
    depth = 0
    for tag in _NESTING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            return html[: tag.start()]
    return html


def squeeze(text: str) -> str:
    """`text` with runs of any white space (also full-width) folded to one blank, ends cut."""
    if not text.isascii():
        # Blanks of no width are none to Python.
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return " ".join(text.split())


_NOWHERE = ("#", "javascript:", "mailto:", "tel:", "data:", "about:")
_QUERY = r"(?:\?[\w\-./%=&]+)?"
_WHOLE = re.compile(rf"https?://[A-Za-z0-9.\-]+(?::\d{{1,5}})?(?:/[\w\-./%]*{_QUERY})?")
_ROOTED = re.compile(rf"/(?!/)[\w\-./%]*{_QUERY}")
_BESIDE = re.compile(rf"(?:\./)?[\w\-%][\w\-.%]*(?:/[\w\-%][\w\-.%]*)*/?{_QUERY}")
_LONGEST_KEPT = 400


class _Shape(Enum):
    """How an address written in a page becomes a whole one."""

    NOWHERE = "leads nowhere"
    WHOLE = "is whole"
    ROOTED = "stands behind the host"
    BESIDE = "stands behind the page's folder"
    OTHER = "is to be joined by the rules"


def _shape(href: str) -> tuple[_Shape, str]:
    """The shape of an address; the address without what browsers leave out and without sessions."""
    href = without_session(href.strip().replace("\n", "").replace("\r", "").replace("\t", ""))
    if not href or href.startswith(_NOWHERE):
        return _Shape.NOWHERE, ""
    if _ROOTED.fullmatch(href) and "/." not in href:
        return _Shape.ROOTED, href
    if _BESIDE.fullmatch(href):
        return _Shape.BESIDE, href
    return _Shape.WHOLE if _WHOLE.fullmatch(href) else _Shape.OTHER, href


# Menus are the same on page after page.
_known_shape = lru_cache(maxsize=16_384)(_shape)


def _stems(base: str) -> tuple[str, str]:
    """What stands before rooted and other addresses; '' where joining is more than writing."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return "", ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "", ""
    root = f"{parts.scheme}://{parts.netloc}"
    path = parts.path or "/"
    plain = not any(odd in path for odd in ("/.", "//", ";"))
    return root, root + path[: path.rindex("/") + 1] if plain else ""


class Meta(NamedTuple):
    """One `<meta>`: its name as written, and its content, squeezed."""

    name: str
    content: str


class Document:
    """One HTML page. `url` is its address; links are resolved against it and `<base>`.

    `furniture` holds addresses and headings the portal repeats on page after page (side boxes,
    banners): a block made of them or headed so is not a column's own list. Session ids are left out
    of its address and of those of its links.
    """

    def __init__(self, html: str, url: str = "", furniture: frozenset[str] = frozenset()) -> None:
        self.html = html
        self.url = without_session(url)
        self.furniture = furniture
        self.tree = LexborHTMLParser(_shallow(html))

    @cached_property
    def base(self) -> str:
        """The address relative links are resolved against."""
        node = self.tree.css_first("base[href]")
        href = (node.attributes.get("href") or "").strip() if node else ""
        try:
            return urljoin(self.url, href) if href else self.url
        except ValueError:
            return self.url

    def absolute(self, href: str) -> str | None:
        """`href` as an absolute http(s) address without fragment, or None if it leads nowhere."""
        shape, address = _known_shape(href) if len(href) <= _LONGEST_KEPT else _shape(href)
        root, folder = self._stems
        if shape is _Shape.ROOTED and root:
            return root + address
        if shape is _Shape.BESIDE and folder:
            return folder + address.removeprefix("./")
        if shape is _Shape.WHOLE:
            return address
        if shape is _Shape.NOWHERE:
            return None
        try:
            joined = urljoin(self.base, address)
            parts = urlsplit(joined)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.netloc:
            # A saved page without a known address still has links worth naming.
            return None if parts.scheme else joined.partition("#")[0] or None
        return joined.partition("#")[0]

    @cached_property
    def host(self) -> str:
        """The host that relative links lead to, in small letters, with its port."""
        return self._stems[0].partition("//")[2].lower()

    @cached_property
    def _stems(self) -> tuple[str, str]:
        return _stems(self.base)

    @cached_property
    def metas(self) -> tuple[Meta, ...]:
        """Every named `<meta>` in order, empty ones included."""
        found: list[Meta] = []
        for node in self.tree.css("meta"):
            attrs = node.attributes
            name = (
                attrs.get("name")
                or attrs.get("property")
                or attrs.get("itemprop")
                or attrs.get("http-equiv")
                or ""
            )
            if name.strip():
                found.append(Meta(name.strip(), squeeze(attrs.get("content") or "")))
        return tuple(found)

    @cached_property
    def meta(self) -> dict[str, str]:
        """Contents of metas by lower-case name, the first that is not empty."""
        found: dict[str, str] = {}
        for meta in self.metas:
            if meta.content:
                found.setdefault(meta.name.lower(), meta.content)
        return found

    @cached_property
    def lower(self) -> str:
        """The page's source in small letters, for marks that are written either way."""
        return self.html.lower()

    @cached_property
    def title(self) -> str:
        """What the window is titled, squeezed."""
        node = self.tree.css_first("title")
        return squeeze(node.text(deep=True)) if node else ""

    @property
    def body(self) -> LexborNode | None:
        """The body, or the root where there is none."""
        return self.tree.body or self.tree.root

    @cached_property
    def text(self) -> str:
        """All visible text, squeezed."""
        return node_text(self.body) if self.body is not None else ""


def node_text(node: LexborNode | None, *, skip: frozenset[str] = frozenset()) -> str:
    """The text under `node` in document order, scripts and styles left out, squeezed.

    Block elements part words, inline ones do not. `skip` names further tags to leave out.
    """
    if node is None:
        return ""
    return squeeze("".join(_gather(node, _UNREAD | skip if skip else _UNREAD)))


def _gather(root: LexborNode, unread: frozenset[str]) -> Iterator[str]:
    tag = root.tag
    if tag == "-text":
        yield root.text_content or ""
        return
    if tag in unread:
        return
    # A stack of its own: hostile pages nest deeper than Python's recursion limit.
    above: list[tuple[Iterator[LexborNode], bool]] = []
    block = tag in _BLOCK
    children = root.iter(include_text=True)
    while True:
        for node in children:
            text = node.text_content
            if text is not None:
                yield text
                continue
            tag = node.tag
            if tag in unread:
                continue
            above.append((children, block))
            block = tag in _BLOCK
            if block:
                yield " "
            children = node.iter(include_text=True)
            break
        else:
            if block:
                yield " "
            if not above:
                return
            children, block = above.pop()


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements above `node`, nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def mark(node: LexborNode) -> str:
    """Tag, id and class of a node in one string."""
    attrs = node.attributes
    return f"{node.tag} {attrs.get('id') or ''} {attrs.get('class') or ''}"


def is_chrome(node: LexborNode) -> bool:
    """True where the node itself is named as a menu, header, footer, sidebar or the like."""
    return is_chrome_mark(mark(node))


@lru_cache(maxsize=8192)
def is_chrome_mark(mark: str) -> bool:
    """As `is_chrome`, of a node's tag, id and class in one string."""
    return _CHROME.search(mark) is not None
