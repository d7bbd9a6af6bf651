"""Where a portal's own menus, breadcrumbs and channel blocks say its columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from crawler.reading.document import Document
from crawler.reading.matching import Match, match_columns
from crawler.reading.menu_heads import MORE, Heads, is_home
from crawler.reading.menu_tree import Box, name_of, read_tree, same_page, tidy
from ledger.naming import fold_name
from ledger.site import ColumnPath

__all__ = ["Match", "MenuLink", "match_columns", "menu_links"]

_MAX_LINKS = 5_000
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-./年]\s?\d{1,2}|(?<!\d)[01]?\d\s?[-/月]\s?[0-3]?\d日?(?!\d)|[零〇一二三四五六七八九]{4}年"
)
_ITEM_LENGTH = 15
_FOOT = re.compile(
    r"(?:^|[-_\s])(?:footer|foot|foots|footbar|bottom|copyright|friend-?links?|yqlj|yq-?link|links?-?box|share|pager|"
    r"page-?nav|pagination|hot-?words?|tags?)(?:$|[-_\s\d])"
)
_FRIENDS = re.compile(
    r"友情链接|网站链接|相关链接|常用链接|快速链接|友好链接|网站群|部门网站|站群导航"
)
_MENU = re.compile(r"nav|menu|tree|mulu|sidebar|subnav|lanmu|leftlist|catalog|channel")
_TOP = re.compile(
    r"(?:^|[-_\s])(?:header|head|top-?nav|main-?nav|navbar|top-?menu|main-?menu)(?:$|[-_\s\d])"
)
_CRUMB = re.compile(
    r"(?:^|[-_\s])(?:bread|breadcrumbs?|crumbs?|cur-?pos|position|location|weizhi|dqwz|wz|site-?path|path|mbx|mianbaoxie)"
    r"(?:$|[-_\s\d])"
)
_CRUMB_LEAD = re.compile(
    r"^\W*(?:您|你)?(?:现|所)?(?:在|当前|目前|现在|所在)*的?(?:所在)?(?:位置|路径)是?\W"
)
_CRUMB_MARK = re.compile(r"[>＞»›→/／|\\]|->|--")
_CRUMB_LINKS = 9
_CURRENT = frozenset({"li", "span", "b", "strong", "dd", "em"})


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One address a page gives for a name.

    `names` is the trail of texts from the top, as far as the page shows it; `how` is menu,
    breadcrumb or channel (the heading or 更多 of a block); `source` the page's address.
    """

    names: tuple[str, ...]
    url: str
    source: str
    how: str


def menu_links(doc: Document, under: ColumnPath = ()) -> list[MenuLink]:
    """The links of a page that may lead to columns, entries of lists left out.

    `under` is the path of the column whose page this is: what stands in its own menus and blocks
    counts as below it, what stands in the portal's main menu does not.
    """
    root, anchors = read_tree(doc)
    page = _Page(doc, under, root, anchors[:_MAX_LINKS])
    return page.links()


class _Page:
    """One page while its links are told apart."""

    def __init__(self, doc: Document, under: ColumnPath, root: Box, anchors: list[Box]) -> None:
        self.source = doc.url
        self.under = under
        self.root = root
        self.anchors = anchors
        self.names = {id(a): name_of(a) for a in anchors}
        self.crumbs = self._crumbs()
        inside = {id(a) for crumb in self.crumbs for a in crumb.anchors()}
        self.rest = [a for a in anchors if id(a) not in inside]
        self.heads = Heads(self.names, {id(crumb) for crumb in self.crumbs})
        here = same_page(doc.url)
        self.selves = {id(a) for a in self.rest if under and same_page(a.url) == here}
        self._entries: dict[int, bool] = {}
        self._asides: dict[int, bool] = {}
        self._mains: dict[int, bool] = {}
        self.main = self._main_menus()
        self.around_self = {
            id(b)
            for a in self.rest
            if id(a) in self.selves and not self._in_main(a)
            for b in a.above()
        }

    def links(self) -> list[MenuLink]:
        found: dict[tuple[tuple[str, ...], str], MenuLink] = {}
        for crumb in self.crumbs:
            for step in self._crumb_links(crumb):
                found.setdefault((step.names, step.url), step)
        for anchor in self.rest:
            link = self._link(anchor)
            if link is not None:
                found.setdefault((link.names, link.url), link)
        return list(found.values())

    def _link(self, anchor: Box) -> MenuLink | None:
        if _inherited(anchor, self._asides, self._is_aside):
            return None
        name = self.names[id(anchor)]
        if not name or MORE.fullmatch(name):
            names = self.heads.block_trail(anchor)
            how = "channel"
        elif self._is_entry(anchor):
            return None
        else:
            names = [*self.heads.trail(anchor), name]
            how = "channel" if self.heads.heads_list(anchor) else "menu"
        if not names:
            return None
        return MenuLink(self._placed(anchor, names), anchor.url, self.source, how)

    def _is_aside(self, box: Box) -> bool:
        """True for footers and friends' links, where a column's name means somebody else's."""
        half = 2 * box.links < self.root.links + 2
        if box.tag == "footer" or (half and _FOOT.search(box.mark)):
            return True
        return half and box.links > 1 and self._friends(box)

    def _friends(self, box: Box) -> bool:
        return bool(_FRIENDS.match(box.text(20)) or _FRIENDS.search(self.heads.before(box) or ""))

    def _is_entry(self, anchor: Box) -> bool:
        """True where the anchor is an item of a list and not the name of a column."""
        if self.heads.is_head(anchor):
            return False
        row, group = anchor, anchor.parent
        while group is not None and group.links == 1:
            row, group = group, group.parent
        if _DATE.search(_without(row, anchor)):
            return True
        if group is None:
            return False
        if group.links == 2 and _DATE.search(_after(group, anchor)):
            return True
        key = id(group)
        if key not in self._entries:
            self._entries[key] = self._lists_entries(group)
        return self._entries[key]

    def _lists_entries(self, group: Box) -> bool:
        """True where most rows of a group carry dates, or titles too long for columns."""
        rows = [kid for kid in group.kids if isinstance(kid, Box) and kid.links]
        if group.links > 400 or len(rows) < 2:
            return False
        dated = sum(bool(row.links <= 2 and _DATE.search(row.text(200))) for row in rows)
        if 2 * dated >= len(rows):
            return True
        if any(_MENU.search(box.mark) or box.tag == "nav" for box in (group, *group.above())):
            return False
        lengths = [len(a.text(80)) for a in group.anchors()]
        return median(lengths) > _ITEM_LENGTH

    def _placed(self, anchor: Box, names: Sequence[str]) -> ColumnPath:
        """The trail below the page's own column."""
        if not self.under or self._in_main(anchor):
            return tuple(names)
        if id(anchor) in self.selves:
            return self.under
        sibling = self._beside_self(anchor)
        base = self.under[:-1] if sibling else self.under
        own = [fold_name(name) for name in base]
        for index, name in enumerate(names[:-1]):
            folded = fold_name(name)
            if folded in own:
                place = len(own) - 1 - own[::-1].index(folded)
                return (*base[:place], *names[index:])
        return (*base, *names)

    def _beside_self(self, anchor: Box) -> bool:
        """True where the menu the anchor stands in also lists the page itself."""
        current = fold_name(self.under[-1])
        for box in anchor.above():
            if box.links < 2 and not _holds_name(box, current):
                continue
            return id(box) in self.around_self or _holds_name(box, current)
        return False

    def _main_menus(self) -> set[int]:
        """The portal's own menu: what lists 首页 beside other names, and page headers."""
        found: set[int] = set()
        for anchor in self.rest:
            if not is_home(self.names[id(anchor)]):
                continue
            for box in anchor.above():
                if box.links >= 4:
                    if box is not self.root:
                        found.add(id(box))
                    break
        return found

    def _in_main(self, anchor: Box) -> bool:
        return _inherited(anchor, self._mains, self._is_main)

    def _is_main(self, box: Box) -> bool:
        return id(box) in self.main or box.tag == "header" or bool(_TOP.search(box.mark))

    def _crumbs(self) -> list[Box]:
        found: dict[int, Box] = {}
        for anchor in self.anchors:
            for box in anchor.above():
                if box.links > _CRUMB_LINKS or box is self.root:
                    break
                if self._is_crumb(box):
                    found[id(box)] = box
                    break
        return [b for b in found.values() if not any(id(up) in found for up in b.above())]

    def _is_crumb(self, box: Box) -> bool:
        text = box.text(60)
        if _CRUMB_LEAD.match(text):
            return True
        first = next(box.anchors(), None)
        if first is None or not is_home(self.names[id(first)]):
            return False
        if _CRUMB.search(box.mark):
            return True
        return box.links > 1 and bool(re.match(r"\W*\w{2,6}\s*(?:[>＞»›→]|->|--)", text))

    def _crumb_links(self, crumb: Box) -> list[MenuLink]:
        trail: list[str] = []
        links: list[MenuLink] = []
        skipped: set[int] = set()
        for kid in crumb.walk():
            if isinstance(kid, str):
                continue
            if kid.url:
                skipped.update(id(inner) for inner in kid.walk() if isinstance(inner, Box))
                name = self.names.get(id(kid), "")
                if name and not is_home(name):
                    trail.append(name)
                    links.append(MenuLink(tuple(trail), kid.url, self.source, "breadcrumb"))
            elif id(kid) not in skipped and not kid.links and kid.tag != "a":
                trail += _crumb_names(kid.text())
        return links


def _inherited(anchor: Box, known: dict[int, bool], test: Callable[[Box], bool]) -> bool:
    """Whether `test` holds for some box around the anchor; each box is asked once."""
    asked: list[Box] = []
    holds = False
    for box in anchor.above():
        if id(box) in known:
            holds = known[id(box)]
            break
        asked.append(box)
    for box in reversed(asked):
        holds = holds or test(box)
        known[id(box)] = holds
    return holds


def _crumb_names(text: str) -> list[str]:
    """The names of unlinked steps of a breadcrumb."""
    if _CRUMB_LEAD.match(text + " "):
        return []
    names = (tidy(part) for part in _CRUMB_MARK.split(text))
    return [name for name in names if len(name) > 1 and not is_home(name)]


def _holds_name(box: Box, folded: str) -> bool:
    """True where the box lists the name without a link, as menus show the page one is on."""
    if not 1 < len(box.kids) < 300:
        return False
    return any(
        isinstance(kid, Box)
        and not kid.links
        and kid.tag in _CURRENT
        and fold_name(kid.text()) == folded
        for kid in box.kids[1:]
    )


def _without(row: Box, anchor: Box) -> str:
    if row is anchor:
        return ""
    text, title = row.text(200), anchor.text(200)
    return text.replace(title, " ", 1) if title else text


def _after(group: Box, anchor: Box) -> str:
    """The text between an anchor and the next one in its group."""
    parts: list[str] = []
    seen = False
    for kid in group.walk():
        if isinstance(kid, Box) and kid.url:
            if seen:
                break
            seen = kid is anchor
        elif seen and isinstance(kid, str):
            parts.append(kid)
    return " ".join(parts).replace(anchor.text(200), " ", 1)
