"""The column tree a portal shows of itself, grown link by link; what is no column stays out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawler.reading.listing_links import is_article_address, is_column_address
from crawler.reading.menu_heads import MORE, is_home, names_site
from crawler.reading.menu_tree import same_page
from ledger.addresses import host_of, web_fault
from ledger.naming import clean_text, fold_name
from ledger.site import ColumnPath
from ledger.words import Outcome

MAX_DEPTH = 4
MAX_COLUMNS = 3_000
MAX_CHILDREN = 300
"""Columns of a portal, and below one column; a menu with more is broken or hostile."""

HOME_NAME = "首页"
"""The parent of what stands on the home page alone; contracts file it there."""

_LONGEST = 24
_LEAST_WORD = re.compile(r"[\u3400-\u9fff]{2}")
_PROSE = re.compile(
    r"[，。！？；：“”《》!?]|^关于|的(?:通知|公告|通报|公示|批复|意见|决定|函|报告)$|第.{1,4}[次届]|"
    r"召开|印发|^(?:19|20)\d\d\s?[年-]"
)
_TOOLS = re.compile(
    r"(?:^|[进返]入|回到?)(?:网站|本站|门户)?(?:首页|主页)$|english|英文|外文|日文|韩文|俄文|繁[体體]|簡體|简体|"
    r"无障碍|长者|关怀|适老|老年|大字|语音|搜索|检索|登[录陆]|注册|注销|个人中心|用户中心|我的(?:办事|空间|收藏)|"
    r"(?:网站|站点|本站)(?:地图|导航|导览)|友情链接|相关链接|设为首页|(?:加入|添加)?收藏(?:本站|夹)?$|联系(?:我们|方式)$|"
    r"关于(?:我们|本站)|(?:网站|法律|免责|隐私|版权)[^，]{0,4}(?:声明|保护|政策)|隐私|版权|网站(?:帮助|纠错|找错)|"
    r"^帮助(?:中心)?$|手机版|移动版|电脑版|客户端|小程序|微信|微博|抖音|头条号|公众号|新媒体矩阵|邮箱(?:登录)?$|"
    r"rss|订阅|打印|关闭|分享|返回|[上下前后]一?[页篇条]$|尾页|末页|跳转到?$|展开|收起|更多|点击|"
    r"公网安备|icp备|网站标识码|党政机关|事业单位标识|切换|不再提示|^直达|下载$",
    re.I,
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|jpe?g|png|gif|mp[34]|txt|xml|rss|apk|exe)$",
    re.I,
)
_LIST_QUERY = re.compile(
    r"(?:list|index|default|column|channel|more)\w*\.\w+\?(?:.*&)?"
    r"(?:\w*(?:cat|class|channel|column|lanmu|node|type|lm|tree)\w*)=[\w-]{1,40}$",
    re.I,
)
_TWIN = re.compile(
    r"//(?:big5|en|english|m|wap|mail)\.|/(?:big5|english|mobile|wza)(?:[/.]|$)", re.I
)


class Where(StrEnum):
    """On what a column was found."""

    MENU = "menu"
    TREE = "tree"
    SIDE = "side"
    CRUMB = "breadcrumb"
    BLOCK = "block"
    MAP = "map"

    @property
    def label(self) -> str:
        """The Chinese word for the sheet."""
        return _WHERE_LABELS[self]


_WHERE_LABELS = {
    Where.MENU: "菜单",
    Where.TREE: "政务公开目录",
    Where.SIDE: "栏目页导航",
    Where.CRUMB: "面包屑",
    Where.BLOCK: "首页版块",
    Where.MAP: "网站地图",
}
_SURE = frozenset({Where.MENU, Where.MAP})


class Why(StrEnum):
    """Why a link was left out; the words an operator reads."""

    TOOL = "首页、搜索、登录、友情链接等站点功能"
    ITEM = "文章、附件和翻页"
    NAME = "名称不像栏目"
    AGAIN = "重复的链接"
    DEEP = "超过四级"
    SHORTCUT = "首页上的快捷链接"
    MANY = "超出栏目数量上限"


@dataclass
class Node:
    """A column as found; the fields after `where` are filled once its page has been opened."""

    path: ColumnPath
    url: str
    where: Where
    jump: bool
    outcome: Outcome | None = None
    detail: str = ""
    kind: str = ""
    day: date | None = None
    column_type: str = ""


def refusal(name: str, url: str) -> Why | None:
    """Why a link named `name` is no column, judged by its words and its address alone."""
    if is_home(name) or _TOOLS.search(name) or MORE.fullmatch(name) or _TWIN.search(url):
        return Why.TOOL
    path = url.partition("?")[0]
    if _FILE.search(path) or is_item_address(url):
        return Why.ITEM
    return None if speaks_as_column(name) else Why.NAME


def is_item_address(url: str) -> bool:
    """True for the address of one document, which no list and no column has."""
    listed = is_column_address(url) or _LIST_QUERY.search(url[:600])
    return is_article_address(url) and not listed


def speaks_as_column(name: str) -> bool:
    """True for words that can be a column's name."""
    return (
        len(name) <= _LONGEST
        and bool(_LEAST_WORD.search(name))
        and not _PROSE.search(name)
        and not names_site(name)
    )


def folded(path: Sequence[str]) -> ColumnPath:
    """The path as compared; a leading 首页 says only that the column shows on the home page."""
    names = tuple(fold_name(name) for name in path)
    return names[1:] if len(names) > 1 and names[0] == HOME_NAME else names


class Tree:
    """The columns so far. `homes` are addresses of the home page, `own` the portal's hosts."""

    def __init__(self, homes: Sequence[str], own: Sequence[str]) -> None:
        self._homes = {same_page(url) for url in homes}
        self._own = frozenset(own)
        self._nodes: dict[ColumnPath, Node] = {}
        self._order: dict[ColumnPath, int] = {(HOME_NAME,): -1}
        self._by_page: dict[tuple[str, str, str], list[ColumnPath]] = defaultdict(list)
        self._below: dict[ColumnPath, int] = defaultdict(int)
        self.left_out: dict[Why, dict[tuple[str, str], None]] = {why: {} for why in Why}

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[Node]:
        """The columns in the order of the menus, parents before children."""
        return iter(sorted(self._nodes.values(), key=self._place))

    def is_own(self, url: str) -> bool:
        """True where the address is on the portal's hosts or on those below them."""
        host = host_of(url)
        return any(host == own or host.endswith("." + own) for own in self._own)

    def knows(self, path: ColumnPath) -> bool:
        """Whether a column or the heading of one stands at `path`."""
        return tuple(map(fold_name, path)) in self._order

    def holds_page(self, url: str) -> bool:
        """Whether some column already leads to the address."""
        return bool(self._by_page.get(same_page(url)))

    def has_children(self, node: Node) -> bool:
        """Whether columns stand below the node."""
        return self._below[tuple(map(fold_name, node.path))] > 0

    def leave(self, why: Why, name: str, url: str) -> None:
        """Note a link left out; each counts once however many pages show it."""
        if len(self.left_out[why]) < MAX_COLUMNS:
            self.left_out[why].setdefault((fold_name(name), url))

    def offer(self, names: Sequence[str], url: str, where: Where) -> None:
        """Take a link as a column, or note why it is none."""
        path = tuple(clean_text(name) for name in names)
        while len(path) > 1 and is_home(path[0]) and path[0] != HOME_NAME:
            path = path[1:]
        key = tuple(map(fold_name, path))
        known = self._nodes.get(key)
        if known is not None and same_page(known.url) == same_page(url):
            return
        why = self._refusal(path, key, url, where)
        if why is not None:
            self.leave(why, path[-1], url)
            return
        self._add(path, key, url, where)

    def _refusal(self, path: ColumnPath, key: ColumnPath, url: str, where: Where) -> Why | None:
        if web_fault(url) or same_page(url) in self._homes:
            return Why.TOOL
        why = refusal(path[-1], url)
        if why is None and not all(speaks_as_column(name) for name in path[:-1]):
            why = Why.NAME
        if why is not None:
            return why
        if len(path) > MAX_DEPTH:
            return Why.DEEP
        if key in self._nodes or self._repeats(key, url):
            return Why.AGAIN
        if where not in _SURE and not self._supplants(key, url):
            return Why.AGAIN
        full = len(self._nodes) >= MAX_COLUMNS or self._below[key[:-1]] >= MAX_CHILDREN
        return Why.MANY if full else None

    def _repeats(self, key: ColumnPath, url: str) -> bool:
        """True where the parent, one above it or a sibling already leads to the address."""
        page = same_page(url)
        above = {key[:n] for n in range(1, len(key))}
        return any(path in above or path[:-1] == key[:-1] for path in self._by_page.get(page, ()))

    def _supplants(self, key: ColumnPath, url: str) -> bool:
        """Whether a column page may name an address; one that stands elsewhere seldom moves.

        A side box shows other columns' children: of two parents the one in whose folder the
        address lies is believed, and the one that came first where neither or both are.
        """
        elsewhere = self._by_page.get(same_page(url), [])
        if not elsewhere:
            return True
        if any(self._nodes[path].where in _SURE or self._below[path] for path in elsewhere):
            return False
        if not self._inside(key[:-1], url) or any(self._inside(p[:-1], url) for p in elsewhere):
            return False
        for path in list(elsewhere):
            self._drop(path)
        return True

    def _inside(self, parent: ColumnPath, url: str) -> bool:
        node = self._nodes.get(parent)
        if node is None:
            return False
        host, folder, _ = same_page(node.url)
        there = same_page(url)
        base = folder if "." not in folder.rpartition("/")[2] else folder.rpartition("/")[0]
        return bool(base) and there[0] == host and there[1].startswith(f"{base}/")

    def _add(self, path: ColumnPath, key: ColumnPath, url: str, where: Where) -> None:
        for depth in range(1, len(key) + 1):
            self._order.setdefault(key[:depth], len(self._order))
        # A parent keeps one spelling, that of the menu that named it first.
        parent = self._nodes.get(key[:-1])
        spelt = (*parent.path, path[-1]) if parent else path
        self._nodes[key] = Node(spelt, url, where, jump=not self.is_own(url))
        self._by_page[same_page(url)].append(key)
        self._below[key[:-1]] += 1

    def _drop(self, key: ColumnPath) -> None:
        node = self._nodes.pop(key)
        self._by_page[same_page(node.url)].remove(key)
        self._below[key[:-1]] -= 1

    def _place(self, node: Node) -> tuple[int, ...]:
        key = tuple(map(fold_name, node.path))
        return tuple(self._order[key[:depth]] for depth in range(1, len(key) + 1))
