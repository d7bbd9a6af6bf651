"""The front of a portal: who it says it is, and which of its links are menus, blocks, shortcuts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from crawler.proposing import HOME_NAME, Tree, Where, Why, refusal, speaks_as_column
from crawler.reading.document import Document
from crawler.reading.menu_heads import is_home
from crawler.reading.menu_tree import Box, name_of, read_tree, same_page
from crawler.reading.menus import MenuLink
from crawler.reading.page import page_title
from ledger.naming import clean_text, fold_name

Key = tuple[str, tuple[str, str, str]]

_MENU = re.compile(
    r"(?:^|[-_\s])(?:(?:main|top|head(?:er)?|site)?-?(?:nav|navs|navbar|navi|menu|menus|lanmu|daohang|dh))"
    r"(?:$|[-_\s\d])"
)
_HEADER = re.compile(r"(?:^|[-_\s])(?:header|head)(?:$|[-_\s\d])")
_SHARED = 2
_ITEMS = 2
_ID_CODE = re.compile(r"\d{10}|bm\d{8}|N\d{9}")
_ID_SAID = re.compile(r"网站标识码\s*[:：]?\s*(\d{10}|bm\d{8}|N\d{9})(?!\d)")
_TITLE_CUT = re.compile(r"\s*(?:[_|｜\-—–－>＞·]|首\s*页|欢迎(?:您|光临|访问)?|您)+\s*")
_SITE_NAME = re.compile(r"政府|门户|网|委|局|厅|部|办|院|中心")


def site_name(doc: Document) -> str:
    """What the portal calls itself: its SiteName tag, failing that its window title."""
    tagged = clean_text(doc.meta.get("sitename", ""))
    if tagged and tagged.lower() not in ("null", "none", "undefined"):
        return tagged[:100]
    parts = [part for part in _TITLE_CUT.split(clean_text(page_title(doc))) if part]
    named = [part for part in parts if _SITE_NAME.search(part)]
    return max(named or parts, key=len, default="")[:100]


def id_code(doc: Document) -> str:
    """The 网站标识码 of the SiteIDCode tag or of the footer; empty where neither is one."""
    tagged = doc.meta.get("siteidcode", "").strip()
    if _ID_CODE.fullmatch(tagged):
        return tagged
    said = _ID_SAID.search(doc.text)
    return said[1] if said else ""


def key_of(link: MenuLink) -> Key:
    """What makes two links on different pages the same."""
    return fold_name(link.names[-1]), same_page(link.url)


class Front:
    """The links of the home page, told apart."""

    def __init__(
        self, doc: Document, links: Sequence[MenuLink], fetched: Iterable[MenuLink]
    ) -> None:
        _, anchors = read_tree(doc)
        self.links = [link for link in links if link.how != "breadcrumb"]
        self._fetched = {key_of(link) for link in fetched}
        self._framed = {
            (fold_name(name_of(a)), same_page(a.url)) for a in anchors[:5_000] if _in_menu(a)
        }
        self._times = Counter(same_page(a.url) for a in anchors)
        self._folders: Counter[tuple[str, str]] = Counter()
        for page in self._times:
            for folder in _folders_above(page[1]):
                self._folders[page[0], folder] += 1

    def plant(self, tree: Tree, others: Sequence[Sequence[MenuLink]]) -> None:
        """Put the columns of the home page into the tree.

        `others` are the links of a few more pages: what they repeat is the portal's own menu.
        """
        seen = Counter(key for links in others for key in {key_of(link) for link in links})
        menu = self._fetched | self._framed
        menu |= {key for key, times in seen.items() if times >= min(_SHARED, max(1, len(others)))}
        roots = self._roots(menu)
        blocks: list[MenuLink] = []
        for link in self.links:
            names = link.names[1:] if len(link.names) > 1 and is_home(link.names[0]) else link.names
            root = fold_name(names[0])
            if root in roots and (len(names) > 1 or key_of(link) in menu):
                where = Where.MENU if key_of(link) in menu else Where.BLOCK
                tree.offer(names, link.url, where)
            else:
                blocks.append(link)
        for link in blocks:
            self._plant_block(tree, link)

    def _roots(self, menu: set[Key]) -> set[str]:
        """Names at level one: linked ones of the menu, and headings of several of its links."""
        linked = {
            fold_name(link.names[0])
            for link in self.links
            if len(link.names) == 1 and key_of(link) in menu
        }
        headed: dict[str, set[Key]] = defaultdict(set)
        for link in self.links:
            if len(link.names) > 1 and key_of(link) in menu and speaks_as_column(link.names[0]):
                headed[fold_name(link.names[0])].add(key_of(link))
        return linked | {root for root, keys in headed.items() if len(keys) > 1}

    def _plant_block(self, tree: Tree, link: MenuLink) -> None:
        name = link.names[-1]
        why = refusal(name, link.url)
        if why is not None:
            tree.leave(why, name, link.url)
        elif tree.holds_page(link.url):
            tree.leave(Why.AGAIN, name, link.url)
        elif tree.is_own(link.url) and self._heads_items(link):
            tree.offer((HOME_NAME, name), link.url, Where.BLOCK)
        else:
            tree.leave(Why.SHORTCUT, name, link.url)

    def _heads_items(self, link: MenuLink) -> bool:
        """True where the home page shows items of the column, or leads to it by 更多 as well."""
        host, path, query = same_page(link.url)
        folder = path if "." not in path.rpartition("/")[2] else path.rpartition("/")[0]
        below = self._folders[host, folder] if folder and not query else 0
        return below >= _ITEMS or link.how == "channel" or self._times[host, path, query] > 1


def _in_menu(anchor: Box) -> bool:
    """True inside what is marked as a menu, or lists links in what is marked as a header."""
    for box in anchor.above():
        if box.tag == "nav" or _MENU.search(box.mark):
            return True
        if (box.tag == "header" or _HEADER.search(box.mark)) and box.links >= 4:
            return True
    return False


def _folders_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(2, len(parts))]
