"""What surrounds every page: menus, trees, breadcrumbs, sidebars, clock, footer, page tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from demo.model import Board, Entry
from demo.parts import Cast
from ledger.site import ColumnPath

_WEEKDAYS = "一二三四五六日"
_WEATHER = ("晴", "多云", "阴转小雨", "晴转多云", "浮尘")
_MENUS = {"top"}
_TREES = {"top", "side"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the portal says it is. The district is invented."""

    name: str = "云泽区人民政府"
    owner: str = "云泽区人民政府"
    id_code: str = "6599990001"
    icp: str = "新ICP备20053018号-1"
    police: str = "新公网安备 65999902000018号"
    domain: str = "www.yunze.example"


@dataclass(frozen=True, slots=True)
class Link:
    """An item of another column as sidebars show it."""

    title: str
    href: str
    day: date


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the column tree with its address; `menu` says where it is shown."""

    name: str
    path: ColumnPath
    at: str
    menu: str
    children: tuple[Node, ...]


def cn(day: date | None) -> str:
    """2026年3月8日."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def ago(day: date, as_of: date) -> str:
    """今天, 昨天, 3天前; the day itself once it is older."""
    age = (as_of - day).days
    words = {0: "今天", 1: "昨天", 2: "前天"}
    if 0 <= age <= 6:
        return words.get(age, f"{age}天前")
    return day.isoformat()


def cut(text: str, length: int) -> str:
    """`text` cut the way list pages cut it."""
    return text if len(text) <= length else text[: length - 1] + "…"


@cache
def environment() -> Environment:
    """The templates, loaded once."""
    folder = files("demo").joinpath("templates")
    sources = {page.name: page.read_text("utf-8") for page in folder.iterdir()}
    env = Environment(loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined)
    env.filters.update(
        cn=cn,
        ago=ago,
        cut=cut,
        md=lambda day: f"{day:%m-%d}",
        ym=lambda day: f"{day:%Y-%m}",
        dot=lambda day: f"{day:%Y.%m.%d}",
        slash=lambda day: f"{day.year}/{day.month}/{day.day}",
        compact=lambda day: f"{day:%Y%m%d}",
    )
    return env


def tree_of(cast: Cast) -> tuple[Node, ...]:
    """The column tree in the order of the table, addresses of plain parents added."""
    found: dict[ColumnPath, tuple[str, str]] = {("首页",): ("/", "hidden")}
    found.update({channel.path: (channel.at, "top") for channel in cast.channels})
    found.update({part.path: (part.at, part.menu) for part in cast.parts})
    order: dict[ColumnPath, None] = {}
    for part in cast.parts:
        order.update({part.path[:depth]: None for depth in range(1, len(part.path) + 1)})

    def under(parent: ColumnPath) -> tuple[Node, ...]:
        return tuple(
            Node(path[-1], path, *found[path], children=under(path))
            for path in order
            if path[:-1] == parent
        )

    return under(())


class Frame:
    """The surroundings of one portal on one day."""

    def __init__(self, cast: Cast, boards: Sequence[Board], as_of: date, anchor: date) -> None:
        self.identity = Identity()
        self.as_of = as_of
        self.anchor = anchor
        self.tree = tree_of(cast)
        self._nodes = {node.path: node for node in _walk(self.tree)}
        tops = _only(self.tree, _MENUS)
        self._menu = Markup(environment().get_template("menu.html").render(nodes=tops))
        self._recent = _recent(boards, as_of)
        rng = Random(f"weather|{as_of.isoformat()}")
        low = rng.randint(-12, 14)
        self._weather = f"{rng.choice(_WEATHER)} {low}℃~{low + rng.randint(6, 13)}℃"

    def node(self, path: ColumnPath) -> Node:
        """The tree's node at `path`."""
        return self._nodes[path]

    def around(self, path: ColumnPath, dress: str, title: str) -> dict[str, Any]:
        """What every template of a frame needs, for a page of the column at `path`."""
        hot, latest = self._sides(path)
        parent = path if path in self._nodes and self._nodes[path].children else path[:-1]
        siblings = self._nodes[parent].children if len(parent) >= 1 else ()
        return {
            "base": f"base_{dress}.html",
            "site": self.identity,
            "title": title,
            "menu": self._menu,
            "crumbs": self._crumbs(path),
            "tree": [(n.name, n.at) for n in siblings if n.menu in _TREES],
            "tree_name": parent[-1] if parent else "",
            "clock": f"{cn(self.as_of)} 星期{_WEEKDAYS[self.as_of.weekday()]}",
            "weather": self._weather,
            "year": self.as_of.year,
            "generated": f"{self.as_of.isoformat()} 02:15",
            "as_of": self.as_of,
            "hot": hot,
            "latest": latest,
            "metas": [],
            "charset": "utf-8",
        }

    def latest(self, count: int) -> list[Link]:
        """The newest items of the whole portal."""
        return [link for _, link in self._recent[:count]]

    def _crumbs(self, path: ColumnPath) -> list[tuple[str, str]]:
        names = path[1:] if path[:1] == ("首页",) else path
        steps = [path[: len(path) - len(names) + depth] for depth in range(1, len(names) + 1)]
        return [("首页", "/"), *((p[-1], self._nodes[p].at) for p in steps if p in self._nodes)]

    def _sides(self, path: ColumnPath) -> tuple[list[Link], list[Link]]:
        others = [link for home, link in self._recent if home != path]
        return others[3:16:2], others[:8]


def column_tags(identity: Identity, name: str, kind: str) -> list[tuple[str, str]]:
    """The page tags of 47号 a column page carries."""
    return [
        ("SiteName", identity.name),
        ("SiteDomain", identity.domain),
        ("SiteIDCode", identity.id_code),
        ("ColumnName", name),
        ("ColumnDescription", f"{name}栏目发布有关信息"),
        ("ColumnKeywords", name),
        ("ColumnType", kind),
    ]


def article_tags(
    identity: Identity, name: str, entry: Entry, published: str
) -> list[tuple[str, str]]:
    """The page tags of 47号 an article carries; `published` empty leaves PubDate out."""
    tags = [
        ("SiteName", identity.name),
        ("SiteDomain", identity.domain),
        ("SiteIDCode", identity.id_code),
        ("ColumnName", name),
        ("ArticleTitle", entry.title),
        ("ContentSource", entry.source),
        ("Keywords", name),
    ]
    return [*tags, ("PubDate", published)] if published else tags


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _only(nodes: Iterable[Node], shown: set[str]) -> tuple[Node, ...]:
    return tuple(
        Node(n.name, n.path, n.at, n.menu, _only(n.children, shown))
        for n in nodes
        if n.menu in shown
    )


def _recent(boards: Sequence[Board], as_of: date) -> list[tuple[ColumnPath, Link]]:
    """The newest items of the portal, three of a column at most, newest first."""
    found: list[tuple[ColumnPath, Link]] = []
    for board in boards:
        for entry in newest_entries(board, as_of, 3):
            if entry.day is not None:
                found.append((board.path, Link(entry.title, entry.at, entry.day)))
    return sorted(found, key=lambda pair: (pair[1].day, pair[1].href), reverse=True)[:40]


def newest_entries(board: Board, as_of: date, count: int) -> list[Entry]:
    """The newest items of a column that a reader can see on `as_of`."""
    seen = [e for e in board.entries if e.day is not None and e.day <= as_of]
    return sorted(seen, key=lambda e: (e.day or date.min, e.token), reverse=True)[:count]
