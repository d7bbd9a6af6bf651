"""What a browser fetches into a page: menus loaded by scripts, frames; and the site map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from urllib.parse import urlsplit

from crawler.reading.document import Document, node_text
from crawler.reading.menu_nodes import node_menus
from crawler.reading.menu_tree import same_page
from crawler.reading.written import written_html
from ledger.naming import clean_text
from ledger.site import ColumnPath

MAX_INCLUDES = 5
"""Includes asked for on behalf of one page."""

_LOADS = re.compile(
    r"""\$\(\s*['"](?P<place>[^'"\n]{1,80})['"]\s*\)\s*\.load\(\s*['"](?P<load>[^'"\s]{1,300})|"""
    r"""(?:\$|jQuery|axios)\.get\(\s*['"](?P<get>[^'"\s]{1,300})|"""
    r"""\bfetch\(\s*['"](?P<fetch>[^'"\s]{1,300})|"""
    r"""\.open\(\s*['"]GET['"]\s*,\s*['"](?P<open>[^'"\s]{1,300})|"""
    r"""\$\.ajax\(\s*\{[^}]{0,200}?\burl\s*:\s*['"](?P<ajax>[^'"\s]{1,300})"""
)
_COMMENT = re.compile(r"(?<![:'\"\w])//[^\n]*|/\*.*?(?:\*/|\Z)", re.S)
_MENU = re.compile(
    r"nav|menu|lanmu|channel|daohang|column|tree|left|side|mulu|catalog|dh|lm|(?:^|[^a-z])(?:top|head|hd|main)",
    re.I,
)
# A footer's names are somebody else's; counters, clocks and players hold no names at all.
_NEVER = re.compile(
    r"foot|bottom|copyright|friend|link|yqlj|weather|tianqi|count(?:er)?\b|hits?\b|click|tongji|\bstats?\b|login|user|"
    r"search|video|player|visit|share|jquery|swiper|vue|layui|bootstrap|baidu|clock|dianji|wza|token",
    re.I,
)
_PAGE = re.compile(r"(?:/|\.(?:s?html?|jsp|php|aspx?|inc|txt|do|action)(?:\?.*)?)$", re.I)
_SITE_MAP = frozenset({"网站地图", "站点地图", "本站地图", "网站导航图", "sitemap"})


class Kind(Enum):
    """How what comes back is read."""

    FRAGMENT = "fragment"  # HTML put into the including page
    SCRIPT = "script"  # a script that writes HTML into the including page
    FRAME = "frame"  # a page of its own
    MAP = "map"  # the site map, a page of its own


@dataclass(frozen=True, slots=True)
class Include:
    """One address to ask for on behalf of a page, the column of which is `under`."""

    url: str
    kind: Kind
    page: str
    base: str
    under: ColumnPath

    def parts(self, answer: Document) -> list[tuple[Document, ColumnPath]]:
        """What came back, as pages to read menus from, each with the column it stands below."""
        if self.kind is Kind.MAP:
            return [(answer, ())]
        if self.kind is Kind.FRAME:
            part = answer
        else:
            html = written_html(answer.html) if self.kind is Kind.SCRIPT else answer.html
            part = Document(html, self.base)
        return [(part, _below(part, self.page, self.under)), *written_parts(answer, self.under)]


def find_includes(doc: Document, under: ColumnPath) -> list[Include]:
    """The includes of a page that may hold menus, the likeliest first, at most `MAX_INCLUDES`."""
    host = same_page(doc.url)[0]
    own = same_page(doc.url)
    ranked: dict[str, tuple[int, Include]] = {}
    for place, href, kind in _mentioned(doc):
        url = doc.absolute(href)
        hint = f"{place} {href}"
        if url is None or same_page(url)[0] != host or same_page(url) == own or _NEVER.search(hint):
            continue
        likely = bool(_MENU.search(hint))
        if likely or kind is not Kind.SCRIPT:
            found = Include(url, kind, doc.url, doc.base, under)
            ranked.setdefault(url, (0 if likely else 1, found))
    return [found for _, found in sorted(ranked.values(), key=lambda r: r[0])][:MAX_INCLUDES]


def _below(part: Document, page: str, under: ColumnPath) -> ColumnPath:
    """The column a part stands below: the page's where it mostly leads into the page's folder.

    What every page shares must not seem to belong to the first page that showed it.
    """
    host, path, _ = same_page(page)
    folder = f"{path}/" if urlsplit(page).path.endswith("/") else f"{path.rpartition('/')[0]}/"
    hrefs = (node.attributes.get("href") or "" for node in part.tree.css("a[href]"))
    targets = [same_page(url) for href in hrefs if (url := part.absolute(href))]
    inside = sum(t[0] == host and f"{t[1]}/".startswith(folder) for t in targets)
    return under if folder != "/" and 2 * inside > len(targets) else ()


def _mentioned(doc: Document) -> Iterator[tuple[str, str, Kind]]:
    """Place, address and kind of everything the page would fetch into itself."""
    for node in doc.tree.css("script, iframe, object, embed"):
        attrs = node.attributes
        place = f"{attrs.get('id') or ''} {attrs.get('name') or ''} {attrs.get('class') or ''}"
        href = attrs.get("src") or attrs.get("data") or ""
        if node.tag != "script":
            if _PAGE.search(href):
                yield place, href, Kind.FRAME
        elif href:
            yield place, href, Kind.SCRIPT
        else:
            yield from _loaded(node.text() or "")


def _loaded(script: str) -> Iterator[tuple[str, str, Kind]]:
    for found in _LOADS.finditer(_COMMENT.sub("", script[:200_000])):
        groups = found.groupdict()
        place = groups.pop("place") or ""
        href = next((value for value in groups.values() if value), "")
        if groups["load"] or _PAGE.search(href):
            yield place, href, Kind.FRAGMENT


def written_parts(doc: Document, under: ColumnPath) -> list[tuple[Document, ColumnPath]]:
    """The menus that the page's own scripts write into it, each with the column it stands below."""
    scripts = [
        node.text() or "" for node in doc.tree.css("script") if not node.attributes.get("src")
    ]
    htmls = chain(map(written_html, scripts), *map(node_menus, scripts))
    parts = (Document(html, doc.base) for html in htmls if html)
    return [(part, _below(part, doc.url, under)) for part in parts]


def site_map(doc: Document) -> Include | None:
    """The page's link to the portal's own map of its columns."""
    host = same_page(doc.url)[0]
    for node in doc.tree.css("a[href]"):
        name = clean_text(node_text(node) or node.attributes.get("title") or "")
        if name.lower() not in _SITE_MAP:
            continue
        url = doc.absolute(node.attributes.get("href") or "")
        if url and same_page(url)[0] == host and not url.endswith((".xml", ".txt")):
            return Include(url, Kind.MAP, url, url, ())
    return None
