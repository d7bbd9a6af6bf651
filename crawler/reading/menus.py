"""Where a portal's own menus, breadcrumbs and channel blocks say its columns are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from crawler.reading.document import Document
from crawler.reading.matching import Match, match_columns
from crawler.reading.menu_crumbs import find_crumbs
from crawler.reading.menu_heads import MORE, Heads, is_home
from crawler.reading.menu_tree import Box, alike, name_of, read_tree, same_page
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
_WORDS = re.compile(r"[\w{]")
# Addresses of twins in other scripts and tongues, and names under which they are columns after all.
_TWIN = re.compile(r"//(?:big5|en|english)\.|/(?:gate/)?(?:big5|english|en|fanti)/", re.I)
_TWIN_NAME = re.compile(r"[英外双]文|english|繁|big5|版$", re.I)
_INDEX_NAME = re.compile(r"^(?:(?:index|default|list|common_list)[\w-]*\.\w+)?$", re.I)
# What a unit's own site adds to the unit's name.
_UNIT_TAIL = re.compile(r"(?:政务|门户|信息|官方|政府)?(?:网站|网|首页|主页|官网|子站)$")
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


def menu_links(
    doc: Document, under: ColumnPath = (), homes: frozenset[str] = frozenset()
) -> list[MenuLink]:
    """The links of a page that may lead to columns, entries of lists left out.

    `under` is the path of the column whose page this is: what stands in its own menus and blocks
    counts as below it, what stands in the portal's main menu does not. `homes` are the addresses of
    the portal's home page as far as they are known: a menu that leads to another one, above the
    page, is a unit's own and stands below its column.
    """
    root, anchors = read_tree(doc)
    page = _Page(doc, under, root, anchors[:_MAX_LINKS], homes)
    return page.links()


class _Page:
    """One page while its links are told apart."""

    def __init__(
        self,
        doc: Document,
        under: ColumnPath,
        root: Box,
        anchors: list[Box],
        homes: frozenset[str],
    ) -> None:
        self.source = doc.url
        self.twin = bool(_TWIN.search(doc.url))
        self.homes = {same_page(url) for url in homes}
        self.under = under
        self.root = root
        self.anchors = anchors
        self.names = {id(a): name_of(a) for a in anchors}
        self.crumbs = find_crumbs(root, anchors, self.names, doc.url)
        inside = {
            id(a)
            for crumb in self.crumbs
            for a in crumb.box.anchors()
            if id(a) not in crumb.swallowed
        }
        self.rest = [a for a in anchors if id(a) not in inside]
        self.heads = Heads(self.names, {id(crumb.box) for crumb in self.crumbs})
        here = same_page(doc.url)
        self.selves = {id(a) for a in self.rest if under and same_page(a.url) == here}
        self._entries: dict[int, bool] = {}
        self._asides: dict[int, bool] = {}
        self._mains: dict[int, bool] = {}
        self._own: set[int] = set()
        self.main = self._main_menus()
        self.beside = self._boxes_around_self()

    def links(self) -> list[MenuLink]:
        found: dict[tuple[tuple[str, ...], str], MenuLink] = {}
        for crumb in self.crumbs:
            for names, url in crumb.steps:
                step = MenuLink(names, url, self.source, "breadcrumb")
                found.setdefault((names, url), step)
        for anchor in self.rest:
            link = self._link(anchor)
            if link is not None:
                found.setdefault((link.names, link.url), link)
        return list(found.values())

    def _link(self, anchor: Box) -> MenuLink | None:
        if _inherited(anchor, self._asides, self._is_aside):
            return None
        name = self.names[id(anchor)]
        if not self.twin and _TWIN.search(anchor.url) and not _TWIN_NAME.search(name):
            return None
        if not name and _is_item(anchor):
            return None
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
        if group is None or _keeps_rest(anchor, group):
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
        if _in_menu(group):
            return False
        lengths = [len(a.text(80)) for a in group.anchors()]
        return median(lengths) > _ITEM_LENGTH

    def _placed(self, anchor: Box, names: Sequence[str]) -> ColumnPath:
        """The trail below the page's own column."""
        if not self.under or self._in_main(anchor):
            return tuple(names)
        if id(anchor) in self.selves:
            return self.under
        base = self.under[: len(self.under) - self._levels_up(anchor)]
        own = [fold_name(name) for name in base]
        for index, name in enumerate(names[:-1]):
            folded = _known_unit(fold_name(name), own)
            if folded in own:
                place = len(own) - 1 - own[::-1].index(folded)
                return (*base[: place + 1], *names[index + 1 :])
        return (*base, *names)

    def _boxes_around_self(self) -> dict[int, tuple[Box, int]]:
        """The boxes around the page's link to itself: the branch with it, and its depth there."""
        found: dict[int, tuple[Box, int]] = {}
        for anchor in self.rest:
            name = self.names[id(anchor)]
            if id(anchor) not in self.selves or self._in_main(anchor):
                continue
            if is_home(name) or name.endswith(("首页", "主页")):
                # A unit's own home page, above what stands beside it.
                continue
            names = [*self.heads.trail(anchor), name]
            pairs = zip(reversed(names), reversed(self.under), strict=False)
            same = [fold_name(shown) == fold_name(own) for shown, own in pairs]
            depth = max(1, same.index(False) if False in same else len(same))
            branch = anchor
            for box in anchor.above():
                found.setdefault(id(box), (branch, depth))
                branch = box
        return found

    def _levels_up(self, anchor: Box) -> int:
        """How far above the page's children its menu begins: 0 where it lists nothing else."""
        current = fold_name(self.under[-1])
        branch, nearest = anchor, True
        for box in anchor.above():
            named = _holds_name(box, current)
            if box.links >= 2 or named:
                if id(box) in self.beside:
                    own, depth = self.beside[id(box)]
                    return depth if nearest or (alike(own, branch) and _in_menu(box)) else 0
                if nearest and named:
                    return 1
                nearest = False
            branch = box
        return 0

    def _main_menus(self) -> set[int]:
        """The portal's own menu: what lists 首页 beside other names, and page headers."""
        found: set[int] = set()
        around_crumbs = {id(up) for crumb in self.crumbs for up in crumb.box.above()}
        for anchor in self.rest:
            if not is_home(self.names[id(anchor)]):
                continue
            menu: Box | None = None
            for box in anchor.above():
                if box is self.root or id(box) in around_crumbs:
                    break
                menu = box if box.links > 1 else menu
                if box.links >= 4:
                    break
            if menu is None:
                continue
            if self._leads_to_unit(anchor):
                self._own.update((id(menu), *map(id, menu.above())))
            else:
                found.add(id(menu))
        return found

    def _leads_to_unit(self, home: Box) -> bool:
        """True where a 首页 leads to the home page of the unit whose page this is."""
        if not self.under or not self.homes:
            return False
        target, here = same_page(home.url), same_page(self.source)
        if target in self.homes or target[0] != here[0]:
            return False
        elsewhere = here[0] not in {host for host, _, _ in self.homes}
        return elsewhere or (target[1] != "" and f"{here[1]}/".startswith(f"{target[1]}/"))

    def _in_main(self, anchor: Box) -> bool:
        return _inherited(anchor, self._mains, self._is_main)

    def _is_main(self, box: Box) -> bool:
        if id(box) in self._own:
            return False
        return id(box) in self.main or box.tag == "header" or bool(_TOP.search(box.mark))


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


def _is_item(nameless: Box) -> bool:
    """True where an anchor without a name is no 更多: it has words, or is a picture in a list."""
    if _WORDS.search(nameless.text(80) + nameless.title):
        return True
    inner = [kid for kid in nameless.walk() if isinstance(kid, Box)]
    if any(_WORDS.search(kid.alt) for kid in inner):
        return True
    around = [up.tag for up, _ in zip(nameless.above(), range(2), strict=False)]
    return "li" in around and any(kid.tag == "img" for kid in inner)


def _in_menu(box: Box) -> bool:
    return any(_MENU.search(up.mark) or up.tag == "nav" for up in (box, *box.above()))


def _keeps_rest(anchor: Box, group: Box) -> bool:
    """True for the heading of a block whose items lie in the folder the heading leads to."""
    host, path, query = same_page(anchor.url)
    folder, _, file = path.rpartition("/")
    if not anchor.url.partition("?")[0].endswith("/") and not _INDEX_NAME.match(file):
        return False
    home = folder if _INDEX_NAME.match(file) else path
    if query or not home or group.links > 60:
        return False
    rest = list(group.anchors())
    if rest[0] is not anchor:
        return False
    inside = 0
    for other in rest[1:]:
        there = same_page(other.url)
        inside += there[0] == host and there[1].startswith(f"{home}/") and there[1] != path
    return inside >= 2 and 2 * inside >= len(rest) - 1


def _known_unit(folded: str, own: Sequence[str]) -> str:
    """The unit among the page's own names that a heading means, or the heading itself."""
    bare = _UNIT_TAIL.sub("", folded)
    for name in reversed(own):
        if len(name) >= 3 and bare.endswith(name) and len(bare) - len(name) <= 8:
            return name
    return folded


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
