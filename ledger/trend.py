"""How many findings stood open day after day, and how many came and went in between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.life import Event, Life, advance, reviewed
from ledger.reviews import Standing
from ledger.words import State

_OPEN = (State.CONFIRMED, State.RECURRED)
_UNSAID = Standing()

Track = tuple[str, Sequence[Event], int]
"""A finding's fingerprint, its events in order, and how many runs confirm it."""


@dataclass(frozen=True, slots=True)
class FindingCount:
    """Confirmed findings at the end of a day: how many stood open, what came and what went since.

    One that came and was mended between two days counts as both.
    """

    day: date
    open: int
    opened: int
    closed: int


def finding_counts(
    tracks: Iterable[Track],
    judged: Sequence[date],
    days: Sequence[date],
    said: Mapping[date, Mapping[str, Standing]],
) -> list[FindingCount]:
    """The counts at the end of `days`, given in order; the first of them only begins the counting.

    `judged` are the days of judgements in order: a day before which nothing was judged since the
    last is left out, for nobody looked. `said` tells of reviews on each day.
    """
    told = [days[0]] if days else []
    for day in days[1:]:
        if bisect_right(judged, day) > bisect_right(judged, told[-1]):
            told.append(day)
    counted = {day: [0, 0, 0] for day in told}
    for mark, events, confirm_after in tracks:
        was, before = False, date.min
        for day in told:
            standing = said[day].get(mark, _UNSAID)
            life = _life(events, confirm_after, day, standing)
            now = life is not None and life.state in _OPEN and standing.in_report
            passed = not was and not now and standing.in_report and _passed(life, before)
            counted[day][0] += now
            counted[day][1] += (now and not was) or passed
            counted[day][2] += (was and not now) or passed
            was, before = now, day
    return [FindingCount(day, *counted[day]) for day in told[1:]]


def _life(events: Sequence[Event], confirm_after: int, day: date, said: Standing) -> Life | None:
    if not events or events[0].as_of > day:
        return None
    life = advance((event for event in events if event.as_of <= day), confirm_after)
    return None if life is None else _reviewed(life, said)


def _reviewed(life: Life, said: Standing) -> Life:
    """The life with what people said of it, as far as that still speaks of it."""
    return reviewed(life, said) if said.holds(life.last_seen) else life


def _passed(life: Life | None, before: date) -> bool:
    """Whether a finding was confirmed and mended since a day."""
    return (
        life is not None
        and life.state is State.RESOLVED
        and life.confirmed_on is not None
        and life.confirmed_on > before
    )
