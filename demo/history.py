"""Two months of the portal: what its people did and left undone, night by night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.model import Change
from demo.portal import Portal
from demo.truth import truth
from ledger.words import Frequency, Verdict

NIGHTS = 60
"""Days from the first night to the last: two months."""

_EVERY = 7
_MENDED = 35
"""The night on which the planted wordings have been put right."""
_BUSY = 21
"""Up to this night somebody keeps the weekly columns going; then nobody does for a while."""
_RECOVERED = 49
"""The night by which the columns that fell behind have been seen to again."""
_WEEKLY = 3


@dataclass(frozen=True, slots=True)
class Night:
    """One night: the day, and the portal as it stands then."""

    day: date
    portal: Portal


def nights(last: date, step: int = _EVERY) -> Iterator[Night]:
    """Every `step` days of the two months that end on `last`, and `last` itself.

    The portal's content is of the first day, so that its columns fall behind as the weeks go by;
    some are kept going, some recover, and half-way through the planted wordings are mended.
    """
    first = last - timedelta(days=NIGHTS)
    done = list(_work(first))
    for number in [*range(0, NIGHTS, step), NIGHTS]:
        day = first + timedelta(days=number)
        happened = [change for change in done if change.day and change.day <= day]
        yield Night(day, Portal(first, night=number, changes=happened, mended=number >= _MENDED))


def _work(first: date) -> Iterator[Change]:
    """What is published after the first day."""
    portal = Portal(first)
    known = truth(portal)
    weekly = [
        path
        for path, board in portal.boards.items()
        if board.part.row.frequency is Frequency.WEEKLY and known[path].items
    ]
    for path in weekly[:_WEEKLY]:
        for number in range(3, _BUSY + 1, 6):
            day = first + timedelta(days=number)
            yield Change(path, day=day, title=f"{day.month}月{day.day}日工作动态")
    later = truth(Portal(first, night=_RECOVERED))
    behind = [
        path
        for path, one in later.items()
        if one.verdict is Verdict.OVERDUE and known[path].verdict is Verdict.ON_TIME and one.items
    ]
    for path in behind[::2]:
        day = first + timedelta(days=_RECOVERED - 2)
        yield Change(path, day=day, title=f"{day.month}月份情况公示")
