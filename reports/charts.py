"""Figures (图): a year of updates, the trend, findings by unit, ages of overdue columns.

A model carries the numbers alone; drawing happens when the paper is rendered, and what a figure
says is computed from the same rows. Colours differ in lightness and carry hatches: print without
colour loses nothing. Every figure says its numbers in words for those who do not see it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ledger.period import year_before
from reports import drawing
from reports.base import TrendPoint
from reports.drawing import Draw, letters
from reports.word import Picture
from reports.wording import day as iso
from reports.year_chart import draw_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = Mapping[str, Any]

WIDTH = 156.0
"""Millimetres: what an official page has room for."""

MOST_BARS = 20
"""The most units or columns in one figure; the caption tells of the rest."""

_NAME = 16
_SPOKEN = 12
# Millimetres: how wide a letter of a name is.
_LETTER = 2.85
_DARK, _MIDDLE, _LIGHT, _LINE = "#8c2d04", "#e6873a", "#b9d4ea", "#12355b"


@dataclass(frozen=True)
class Chart:
    """A figure: what it shows in words, its caption, and its picture once somebody asks for it."""

    draw: Draw
    height: float
    alt: str
    caption: str
    width: float = WIDTH

    @property
    def drawn(self) -> bool:
        """Whether this machine can draw it."""
        return drawing.face() is not None

    @property
    def missing(self) -> str:
        """What stands in place of the picture where it cannot be drawn: why, and its numbers."""
        return "" if self.drawn else f"{drawing.NO_FACE}。{self.alt}"

    @cached_property
    def svg(self) -> bytes:
        """The picture for a page, empty where it cannot be drawn."""
        return drawing.svg(self.draw, self.width, self.height) if self.drawn else b""

    @cached_property
    def png(self) -> bytes:
        """The picture for a Word file, empty where it cannot be drawn."""
        return drawing.png(self.draw, self.width, self.height) if self.drawn else b""

    @property
    def address(self) -> str:
        """The picture as an address a page can hold."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg).decode()


def for_word(charts: Mapping[str, Chart]) -> tuple[dict[str, Any], dict[str, Picture]]:
    """What `reports.word.document` needs for `layout.chart`: additions to the context, pictures."""
    told = {
        key: {"caption": chart.caption, "missing": chart.missing} for key, chart in charts.items()
    }
    pictures = {
        key: Picture(chart.png, round(chart.width), chart.alt)
        for key, chart in charts.items()
        if chart.drawn
    }
    return {"figures": told}, pictures


def trend_rows(points: Sequence[TrendPoint]) -> list[dict[str, Any]]:
    """The points of a trend as a model holds them."""
    return [
        {"day": iso(p.day), "open": p.open, "opened": p.opened, "closed": p.closed} for p in points
    ]


def trend(rows: Sequence[Row]) -> Chart:
    """How many findings stood open on each day, with what came and what went since the last."""
    said = "；".join(
        f"{row['day']} 未解决 {row['open']} 个、新增 {row['opened']} 个、解决 {row['closed']} 个"
        for row in rows[-_SPOKEN:]
    )
    came, went = (sum(row[key] for row in rows) for key in ("opened", "closed"))
    total = f"共 {len(rows)} 个时点，合计新增 {came} 个、解决 {went} 个。"
    latest = f"最近 {_SPOKEN} 个时点为：" if len(rows) > _SPOKEN else ""
    return Chart(
        lambda figure: _draw_trend(figure, rows),
        62,
        f"问题走势图，{total}{latest}{said}。" if rows else "问题走势图，没有可以统计的时点。",
        "问题走势（未解决、新增与解决的问题数，单位：个）",
    )


def by_unit(rows: Sequence[Row]) -> Chart:
    """Findings of each `unit`: `overdue`, `open` in time, and `closed`: mended or taken down."""
    ranked = sorted(
        rows, key=lambda row: (-(row["overdue"] + row["open"]), -row["overdue"], -row["closed"])
    )
    shown, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
    said = "；".join(f"{letters(row['unit'])}：{_held(row)}" for row in shown)
    more = f"（列出问题最多的 {len(shown)} 个单位，另有 {len(rest)} 个单位未列）" if rest else ""
    return Chart(
        lambda figure: _draw_units(figure, shown),
        16 + 6.0 * max(1, len(shown)),
        f"各责任单位问题整改情况图{more}。{said}。" if shown else "各责任单位都没有问题。",
        f"各责任单位问题整改情况（单位：个，已办结为已整改和已下线）{more}",
    )


def age_rows(columns: Sequence[Row]) -> list[dict[str, Any]]:
    """The overdue columns of a paper's table (`reports.columns`) as `ages` takes them."""
    return [
        {"name": row["path"][-1], "age": row["age"], "limit": row["age"] - row["days_over"]}
        for row in columns
        if row["days_over"] and row["age"] is not None and row["path"]
    ]


def ages(rows: Sequence[Row]) -> Chart:
    """For each overdue column (`name`) its `age` in days against its `limit`."""
    ranked = sorted(rows, key=lambda row: row["limit"] - row["age"])
    shown, rest = ranked[:MOST_BARS], ranked[MOST_BARS:]
    said = "；".join(
        f"{letters(row['name'])} {row['age']} 天（时限 {row['limit']} 天）" for row in shown
    )
    more = f"（列出超期最久的 {len(shown)} 个栏目，另有 {len(rest)} 个未列）" if rest else ""
    return Chart(
        lambda figure: _draw_ages(figure, shown),
        16 + 6.0 * max(1, len(shown)),
        f"逾期栏目未更新天数图{more}。{said}。" if shown else "没有逾期的栏目。",
        f"逾期栏目距最近更新的天数与时限{more}",
    )


def calendar_rows(days: Mapping[date, int]) -> list[dict[str, Any]]:
    """The days of a column's updates as a model holds them."""
    return [{"day": iso(held), "count": days[held]} for held in sorted(days) if days[held]]


def update_calendar(rows: Sequence[Row], last: str, *, name: str, since: str | None) -> Chart:
    """The items a column (`name`) published on each `day` of the year that ends on `last`.

    `since` is the first day its list was read back to, None where it was read to its end.
    """
    end = date.fromisoformat(last)
    start = year_before(end)
    counts = {date.fromisoformat(row["day"]): row["count"] for row in rows}
    counts = {held: count for held, count in counts.items() if start <= held <= end}
    months: dict[str, int] = {}
    for held in sorted(counts):
        key = f"{held.year}年{held.month}月"
        months[key] = months.get(key, 0) + counts[held]
    unread = date.fromisoformat(since) if since else None
    span = f"{iso(start)} 至 {iso(end)}"
    said = "、".join(f"{key} {count} 条" for key, count in months.items()) or "没有更新"
    short = unread is not None and unread > start
    blind = f"{since} 以前的列表没有读到，不作结论。" if short else ""
    return Chart(
        lambda figure: draw_year(figure, counts, start, end, unread),
        76,
        f"栏目“{letters(name)}”更新日历，{span}，共发布 {sum(counts.values())} 条，"
        f"有更新的 {len(counts)} 天：{said}。{blind}",
        f"栏目“{letters(name, 30)}”更新日历（{span}，格中为当日条数）",
    )


def _held(row: Row) -> str:
    """The counts of a unit in words, those that are not nought."""
    words = (("overdue", "超期"), ("open", "整改中"), ("closed", "已办结"))
    return "、".join(f"{word} {row[key]} 个" for key, word in words if row[key]) or "没有问题"


def _draw_trend(figure: Figure, rows: Sequence[Row]) -> None:
    axes = drawing.room(figure, left=8, right=3, top=8, bottom=10)
    days = [date.fromisoformat(row["day"]) for row in rows]
    at = [held.toordinal() for held in days]
    step = min((b - a for a, b in pairwise(at)), default=7)
    wide = step * 0.36
    for key, word, side, colour, hatch in (
        ("opened", "新增", -0.5, _MIDDLE, ""),
        ("closed", "解决", 0.5, _LIGHT, "////"),
    ):
        bars = axes.bar(
            [x + side * wide for x in at],
            [row[key] for row in rows],
            wide,
            label=word,
            color=colour,
            hatch=hatch,
            edgecolor=drawing.INK,
            linewidth=0.4,
        )
        axes.bar_label(bars, [str(row[key] or "") for row in rows], fontsize=6)
    for place, (first, after) in enumerate(_stretches(at, step)):
        axes.plot(
            at[first:after],
            [row["open"] for row in rows[first:after]],
            color=_LINE,
            marker="o",
            markersize=3,
            linewidth=1.2,
            label="" if place else "未解决",
        )
    for x, row in zip(at, rows, strict=True):
        axes.annotate(
            str(row["open"]), (x, row["open"]), (0, 4), textcoords="offset points", ha="center"
        )
    shown = range(0, len(days), max(1, len(days) // 13 + (len(days) > 13)))
    axes.set_xticks([at[n] for n in shown], [_tick(days, n) for n in shown])
    axes.set_ylim(0, _top(row[key] for row in rows for key in ("open", "opened", "closed")))
    drawing.whole(axes.yaxis)
    axes.yaxis.grid(True, color=drawing.GRID, linewidth=0.4)
    axes.set_axisbelow(True)
    if rows:
        figure.legend(loc="upper center", ncols=3, frameon=False)


def _stretches(at: Sequence[int], step: int) -> list[tuple[int, int]]:
    """Runs of points without a gap between: nobody looked in the gap, so no line crosses it."""
    breaks = [n for n in range(1, len(at)) if at[n] - at[n - 1] > step * 1.5]
    return list(zip([0, *breaks], [*breaks, len(at)], strict=True)) if at else []


def _tick(days: Sequence[date], number: int) -> str:
    held = days[number]
    short = f"{held.month}-{held.day}"
    return f"{short}\n{held.year}" if not number or held.year != days[number - 1].year else short


def _top(values: Iterable[int]) -> float:
    return max(values, default=1) * 1.18 or 1


def _draw_units(figure: Figure, rows: Sequence[Row]) -> None:
    axes = _bars(figure, [row["unit"] for row in rows])
    left = [0] * len(rows)
    for key, word, colour, hatch in (
        ("overdue", "超期未整改", _DARK, ""),
        ("open", "整改中", _MIDDLE, "////"),
        ("closed", "已办结", _LIGHT, ""),
    ):
        values = [row[key] for row in rows]
        _stack(axes, left, values, word, colour, hatch)
        left = [a + b for a, b in zip(left, values, strict=True)]
    _tell(axes, left, [_held(row).replace(" ", "") for row in rows])
    figure.legend(loc="upper center", ncols=3, frameon=False)


def _draw_ages(figure: Figure, rows: Sequence[Row]) -> None:
    axes = _bars(figure, [row["name"] for row in rows])
    limits = [row["limit"] for row in rows]
    _stack(axes, [0] * len(rows), limits, "时限之内", _LIGHT, "")
    over = [max(0, row["age"] - row["limit"]) for row in rows]
    _stack(axes, limits, over, "超出时限", _DARK, "")
    ends = [a + b for a, b in zip(limits, over, strict=True)]
    _tell(axes, ends, [f"{row['age']}天（时限{row['limit']}天）" for row in rows])
    figure.legend(loc="upper center", ncols=2, frameon=False)


def _bars(figure: Figure, names: Sequence[str]) -> Axes:
    shown = [letters(name, _NAME) for name in names]
    longest = max((len(name) for name in shown), default=4)
    axes = drawing.room(figure, left=4 + _LETTER * longest, right=2, top=8, bottom=7)
    axes.set_yticks(range(len(names)), shown)
    axes.set_ylim(max(1, len(names)) - 0.4, -0.6)
    drawing.whole(axes.xaxis)
    axes.tick_params(axis="y", length=0)
    return axes


def _stack(
    axes: Axes,
    left: Sequence[int],
    values: Sequence[int],
    word: str,
    colour: str,
    hatch: str,
) -> None:
    axes.barh(
        range(len(values)),
        values,
        0.62,
        left=list(left),
        label=word,
        color=colour,
        hatch=hatch,
        edgecolor=drawing.INK,
        linewidth=0.4,
    )


def _tell(axes: Axes, ends: Sequence[int], words: Sequence[str]) -> None:
    """The numbers of each bar in words behind it."""
    longest = max((*ends, 1))
    axes.set_xlim(0, longest * 1.62)
    for row, (end, said) in enumerate(zip(ends, words, strict=True)):
        axes.text(end + longest * 0.012, row, said, va="center", fontsize=7)
