"""The picture of a year, day by day (更新日历): weeks side by side, in two bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reports import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_Square = tuple[tuple[float, float], int]

# From how many items on a day is drawn how dark; the numbers stand in the squares besides.
_SHADES = (
    (1, "#cfe1f2", "1 条"),
    (2, "#8fbfe3", "2—4 条"),
    (5, "#3d82bd", "5—9 条"),
    (10, "#0b3a75", "10 条及以上"),
)
_WHITE_FROM = 5
_BANDS = 2
_DEEP = 9.2
_EDGE = "#777777"
_UNREAD = "////"
_WEEKDAYS = "一二三四五六日"


def draw_year(
    figure: Figure, counts: Mapping[date, int], start: date, end: date, unread: date | None
) -> None:
    """Draw each day from `start` to `end`; those before `unread` are hatched."""
    monday = start - timedelta(days=start.weekday())
    weeks = (end - monday).days // 7 + 1
    wide = -(-weeks // _BANDS)
    axes = drawing.room(figure, left=6, right=1, top=1, bottom=7)
    axes.set_xlim(-0.1, wide)
    axes.set_ylim(_BANDS * _DEEP - 2.1, -1.6)
    axes.set_axis_off()
    blind: list[_Square] = []
    seen: list[_Square] = []
    for number in range((end - start).days + 1):
        held = start + timedelta(days=number)
        band, week = divmod((held - monday).days // 7, wide)
        at = (week, band * _DEEP + held.weekday())
        lost = unread is not None and held < unread and not counts.get(held)
        (blind if lost else seen).append((at, counts.get(held, 0)))
        if held.day == 1:
            name = f"{held.year}年{held.month}月" if held.month == 1 else f"{held.month}月"
            axes.text(week, band * _DEEP - 0.3, name, fontsize=7)
    for row in range(7 * _BANDS):
        y = row // 7 * _DEEP + row % 7
        axes.text(-0.3, y + 0.5, _WEEKDAYS[row % 7], fontsize=5.5, ha="right", va="center")
    _squares(axes, seen, "")
    _squares(axes, blind, _UNREAD)
    _legend(figure, bool(blind))


def _squares(axes: Axes, days: Sequence[_Square], hatch: str) -> None:
    from matplotlib.collections import PolyCollection

    sides = ((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95))
    axes.add_collection(
        PolyCollection(
            [[(x + dx, y + dy) for dx, dy in sides] for (x, y), _ in days],
            facecolors=[_shade(count) for _, count in days],
            edgecolors=_EDGE,
            linewidths=0.3,
            hatch=hatch or None,
        )
    )
    for (x, y), count in days:
        if count:
            axes.text(
                x + 0.5,
                y + 0.54,
                str(count) if count < 100 else "99+",
                ha="center",
                va="center",
                fontsize=5.5,
                color="white" if count >= _WHITE_FROM else drawing.INK,
            )


def _shade(count: int) -> str:
    return next((colour for least, colour, _ in reversed(_SHADES) if count >= least), "white")


def _legend(figure: Figure, blind: bool) -> None:
    from matplotlib.patches import Patch

    entries = [("white", "", "没有更新"), *((colour, "", words) for _, colour, words in _SHADES)]
    if blind:
        entries.append(("white", _UNREAD, "没有读到"))
    handles = [
        Patch(facecolor=colour, edgecolor=_EDGE, linewidth=0.4, hatch=hatch or None, label=words)
        for colour, hatch, words in entries
    ]
    figure.legend(handles=handles, loc="lower center", ncols=len(handles), frameon=False)
