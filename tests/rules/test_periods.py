"""The monthly table's counts, and the calendar arithmetic under them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import SiteFacts
from ledger.findings import PeriodCount
from rules.freshness.periods import month_periods
from rules.freshness.spans import add_months, following, span_of, spans_touching
from rules.standards import PERIODS

MARCH = date(2026, 3, 1)
END = date(2026, 3, 31)
One = Callable[..., SiteFacts]


def counts(facts: SiteFacts, day: date = END) -> tuple[PeriodCount, ...]:
    return month_periods(facts, MARCH, day)[0].periods


def short(facts: SiteFacts, day: date = END) -> list[tuple[str, int | None, bool]]:
    return [(p.label, p.count, p.owed) for p in counts(facts, day)]


def test_weeks_that_touch_the_month(one: One) -> None:
    items = [date(2026, 2, 24), date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 31)]
    assert short(one(day=END, frequency="weekly", items=items)) == [
        ("2月23日—3月1日", 1, True),
        ("3月2日—3月8日", 2, True),
        ("3月9日—3月15日", 0, True),
        ("3月16日—3月22日", 0, True),
        ("3月23日—3月29日", 0, True),
        ("3月30日—4月5日", 1, False),
    ]


@pytest.mark.parametrize(
    ("frequency", "label", "owed"),
    [
        ("monthly", "2026年3月", True),
        ("quarterly", "2026年第一季度", True),
        ("half_yearly", "2026年上半年", False),
        ("yearly", "2026年", False),
        ("on_demand", "2026年3月", False),
        ("jump", "2026年3月", False),
    ],
)
def test_longer_periods(one: One, frequency: str, label: str, owed: bool) -> None:
    facts = one(day=END, frequency=frequency, items=[date(2026, 3, 3)])
    assert short(facts) == [(label, 1, owed)]


def test_a_running_period_owes_nothing_yet(one: One) -> None:
    day = date(2026, 3, 20)
    assert short(one(day=day, items=[date(2026, 2, 1)]), day) == [("2026年3月", 0, False)]


def test_later_items_do_not_count(one: One) -> None:
    day = date(2026, 3, 20)
    facts = one(day=day, as_of=END, items=[date(2026, 3, 5), date(2026, 3, 25)])
    assert short(facts, day) == [("2026年3月", 1, False)]


@pytest.mark.parametrize(
    ("column", "count"),
    [
        ({"items": [date(2026, 4, 5)], "cut": True, "covers": date(2026, 3, 10)}, None),
        ({"items": [date(2026, 4, 5)], "cut": True, "covers": date(2026, 3, 1)}, 0),
        ({"items": [date(2026, 4, 5)], "cut": True}, None),
        ({"items": [date(2026, 3, 20)], "cut": True, "covers": date(2026, 3, 10)}, 1),
        ({"items": [None, None, date(2026, 1, 1)]}, None),
        ({"kind": "empty"}, 0),
        ({"outcome": "blocked"}, None),
        ({"outcome": "gone"}, None),
        ({"reading": False}, None),
        ({"kind": "shell"}, None),
        ({"kind": "single"}, None),
        ({"kind": "single", "published": date(2026, 1, 1)}, 0),
        ({"kind": "single", "published": date(2026, 3, 4)}, 1),
        ({"kind": "single", "published": date(2026, 4, 2)}, None),
    ],
)
def test_unread_is_not_zero(one: One, column: dict[str, object], count: int | None) -> None:
    facts = one(day=END, as_of=date(2026, 4, 6), **column)
    assert [p.count for p in counts(facts)] == [count]


def test_days_after_the_run_are_unknown(one: One) -> None:
    facts = one(day=END, as_of=date(2026, 3, 12), frequency="weekly", items=[date(2026, 3, 10)])
    assert [p.count for p in counts(facts)] == [0, 0, 1, None, None, None]


def test_the_same_item_twice_counts_once(one: One) -> None:
    same = {"url": "http://portal.example/1.html", "day": date(2026, 3, 4)}
    assert [p.count for p in counts(one(day=END, items=[same, same]))] == [1]


@given(st.dates(), st.integers(0, 200))
def test_months_clip_to_the_end(day: date, months: int) -> None:
    later = add_months(day, months)
    assert later >= day
    if later < date.max:
        assert later.day <= day.day
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        if later.day < day.day:
            assert span_of("month", later).end == later


@given(st.sampled_from(PERIODS), st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_periods_tile_the_calendar(period: str, day: date) -> None:
    span = span_of(period, day)
    assert span.start <= day <= span.end
    assert following(span).start.toordinal() == span.end.toordinal() + 1
    month = span_of("month", day)
    touching = spans_touching(period, month.start, month.end)
    assert touching[0].start <= month.start
    assert month.end <= touching[-1].end
    assert all(s.start <= month.end and s.end >= month.start for s in touching)


@given(st.sampled_from(PERIODS), st.sampled_from([date.min, date.max]))
def test_the_ends_of_time_do_not_break_the_calendar(period: str, day: date) -> None:
    span = span_of(period, day)
    assert span.start <= day <= span.end
