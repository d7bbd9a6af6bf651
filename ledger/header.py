"""Which column of a sheet holds what: the header row and its many spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ledger.naming import fold_name
from ledger.sheet import Grid, Row

MAX_DEPTH = 5

PATH, UNIT, FREQUENCY, URL, NOTE = "path", "unit", "frequency", "url", "note"
TITLES = {
    PATH: "栏目名称",
    UNIT: "责任单位",
    FREQUENCY: "发布形式",
    URL: "网址",
    NOTE: "备注",
}

# The first spelling of a kind that stands in the sheet is the one used.
_SPELLINGS = {
    role: tuple(spellings.split())
    for role, spellings in (
        (PATH, "栏目路径 栏目名称 栏目 所属栏目 栏目全称 频道 目录 栏目位置"),
        (
            UNIT,
            "责任单位 责任部门 主办单位 主办部门 承办单位 维护单位 保障单位 "
            "信息保障单位 责任主体 公开主体 更新单位 供稿单位 责任科室 责任处室 "
            "牵头单位 负责单位 部门 单位 单位名称",
        ),
        (
            FREQUENCY,
            "发布形式 更新频率 更新要求 更新周期 发布频率 更新频次 更新时限 更新方式 发布周期 "
            "发布时限 发布频次 更新时间要求 维护频率 公开时限 频率 更新 周期",
        ),
        (
            URL,
            "网址 栏目网址 栏目链接 链接 链接地址 网址链接 栏目地址 栏目url url 地址 网页地址 "
            "网站地址 href link",
        ),
        (NOTE, "备注 说明 备注说明 注 其他说明"),
    )
}
_ROLE = {spelling: role for role, spellings in _SPELLINGS.items() for spelling in spellings}
_IGNORED = frozenset({"序号", "编号", "序", "no", "no.", "id", "行号"})
_LEVEL = re.compile(
    r"(?:第|栏目)?([1-9一二三四五六七八九])级(?:栏目|目录|频道|分类|菜单|标题|主题|类目|公开事项)?(?:名称)?"
)
_ASIDE = re.compile(r"\([^()]{0,60}\)|[*:：?。]")
_NUMERALS = "一二三四五六七八九"
_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Header:
    """Where the kinds of cells stand. `levels` runs from level one.

    `last` is the header's last row, `unknown` lists titles nobody knows, `doubled` titles of a kind
    that stands there twice.
    """

    last: int
    titles: tuple[str, ...]
    levels: tuple[tuple[int, int], ...]
    roles: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """How much of a column sheet's header this is; 0 where it is none."""
        named = len(self.levels) + (PATH in self.roles)
        total = named + sum(role in self.roles for role in (UNIT, FREQUENCY, URL, NOTE))
        return total if named and total >= 2 else 0


def find_header(grid: Grid) -> Header | None:
    """The best header among the first rows, or None. Title rows above it are passed over."""
    best: Header | None = None
    for index, row in enumerate(grid.rows[:_SEARCHED]):
        titles = [_fold(cell.text) for cell in row.cells]
        single = _header(row.number, titles)
        below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
        double = _two_rows(row, below) if below else None
        for found in (single, double):
            if found and found.score > (best.score if best else 0):
                best = found
    return best


def level_title(level: int) -> str:
    """The trade's title of a level, 一级栏目 for 1."""
    return f"{_NUMERALS[level - 1]}级栏目"


def _two_rows(upper: Row, lower: Row) -> Header | None:
    """A header whose second row splits one title into levels, the others merged downwards."""
    if upper.number + 1 != lower.number:
        return None
    titles: list[str] = []
    for index in range(max(len(upper.cells), len(lower.cells))):
        over, under = _fold(upper.cell(index).text), _fold(lower.cell(index).text)
        if under and not _LEVEL.fullmatch(under) and under != over:
            return None
        titles.append(under or over)
    if not any(_LEVEL.fullmatch(_fold(cell.text)) for cell in lower.cells):
        return None
    return _header(lower.number, titles)


def _header(number: int, titles: Sequence[str]) -> Header:
    levels: dict[int, int] = {}
    places: dict[str, dict[str, int]] = {}
    unknown: list[str] = []
    doubled: list[str] = []
    for index, title in enumerate(titles):
        if not title or title in _IGNORED:
            continue
        match = _LEVEL.fullmatch(title)
        role = _role(title)
        if match:
            digit = match[1]
            level = int(digit) if digit.isdigit() else _NUMERALS.index(digit) + 1
            if level in levels:
                doubled.append(title)
            levels.setdefault(level, index)
        elif role:
            if title in places.setdefault(role, {}):
                doubled.append(title)
            places[role].setdefault(title, index)
        else:
            unknown.append(title)
    roles: dict[str, int] = {}
    for role, found in places.items():
        first, *others = sorted(found, key=lambda title: _rank(role, title))
        roles[role] = found[first]
        doubled += others
    if levels and PATH in roles:
        _place_leaf(levels, roles)
    return Header(
        number, tuple(titles), tuple(sorted(levels.items())), roles, tuple(unknown), tuple(doubled)
    )


def _place_leaf(levels: dict[int, int], roles: dict[str, int]) -> None:
    """A plain 栏目 beside numbered levels is the level that is missing: the first, or the last."""
    index = roles.pop(PATH)
    level = 1 if 1 not in levels else max(levels) + 1
    levels[level] = index


def _role(title: str) -> str | None:
    """The kind a title names; of `发布形式/更新频率` the first part somebody knows."""
    return next((_ROLE[part] for part in (title, *title.split("/")) if part in _ROLE), None)


def _rank(role: str, title: str) -> int:
    spellings = _SPELLINGS[role]
    return spellings.index(title) if title in spellings else len(spellings)


def _fold(text: str) -> str:
    return _ASIDE.sub("", fold_name(text[:80]))
