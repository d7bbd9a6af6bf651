"""Laws that hold for any facts: monotone, honest, and independent of order."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.facts import SiteFacts
from ledger.words import ColumnKind, Frequency, Outcome, Verdict
from rules.engine import judge
from rules.freshness.periods import month_periods

DAY = date(2026, 3, 20)
Build = Callable[[Mapping[str, Any]], SiteFacts]

DAYS = st.dates(date(2025, 1, 1), DAY)
ITEMS = st.lists(
    st.one_of(
        DAYS,
        st.none(),
        st.just({"fault": "2月30日"}),
        st.sampled_from([date(1, 1, 1), date(1970, 1, 1), date(9999, 12, 31), date(2026, 4, 1)]),
    ),
    max_size=6,
)
NAMES = st.sampled_from(
    ["工作动态", "通知公告", "人事信息", "统计信息", "首页", "专题", "安全生产"]
)
COLUMNS = st.fixed_dictionaries(
    {
        "path": st.builds("{}/{}".format, NAMES, NAMES),
        "frequency": st.sampled_from([f.value for f in Frequency]),
        "outcome": st.sampled_from([o.value for o in Outcome] + ["ok"] * 20),
        "kind": st.sampled_from([k.value for k in ColumnKind] + ["list"] * 10),
        "items": ITEMS,
        "published": st.none() | DAYS,
        "complete": st.booleans(),
        "cut": st.booleans(),
        "covers": st.none() | DAYS,
        "found": st.sampled_from(["roster", "menu", "none"]),
        "reading": st.sampled_from([True, True, True, False]),
    }
)
SITES = st.fixed_dictionaries(
    {
        "day": st.just(DAY),
        "columns": st.lists(COLUMNS, max_size=6, unique_by=lambda c: c["path"]),
        "home": st.none() | st.fixed_dictionaries({"items": ITEMS}),
        "mode": st.sampled_from(["rolling", "calendar"]),
        "limits": st.dictionaries(st.sampled_from(["weekly", "monthly"]), st.integers(1, 60)),
    }
)
many = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@many
@given(SITES, DAYS)
def test_not_checked_has_a_reason_and_nothing_else_has(
    build: Build, spec: dict[str, Any], day: date
) -> None:
    for verdict in judge(build(spec), day).verdicts:
        assert (verdict.verdict is Verdict.NOT_CHECKED) == (verdict.reason is not None)
        assert verdict.explain.endswith("。")
        if verdict.verdict is Verdict.OVERDUE:
            assert verdict.last_updated is not None
            assert verdict.due is not None
            assert verdict.last_updated <= verdict.due < day
        if verdict.last_updated is not None:
            assert verdict.last_updated <= day
            assert verdict.evidence is not None


@many
@given(SITES)
def test_once_overdue_a_column_stays_overdue_without_news(
    build: Build, spec: dict[str, Any]
) -> None:
    facts = build(spec)
    # News that is already dated later would rightly end the delay.
    calm = replace(
        facts,
        columns=tuple(
            replace(c, items=tuple(i for i in c.items if i.day is None or i.day <= DAY))
            for c in facts.columns
        ),
    )
    late: set[tuple[str, ...]] = set()
    for step in range(0, 800, 61):
        for verdict in judge(calm, DAY + timedelta(days=step)).verdicts:
            assert not (verdict.path in late and verdict.verdict is Verdict.ON_TIME)
            if verdict.verdict is Verdict.OVERDUE:
                late.add(verdict.path)


@many
@given(SITES, DAYS, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    build: Build, spec: dict[str, Any], day: date, dice: random.Random
) -> None:
    facts = build(spec)

    def shuffled(sequence: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(sequence, len(sequence)))

    mixed = replace(
        facts,
        columns=tuple(replace(c, items=shuffled(c.items)) for c in facts.columns),
        home_items=shuffled(facts.home_items),
        visits=shuffled(facts.visits),
    )
    assert judge(mixed, day) == judge(facts, day)
    other = judge(replace(facts, columns=shuffled(facts.columns)), day)
    known = judge(facts, day)
    assert sorted(other.verdicts, key=lambda v: v.path) == sorted(
        known.verdicts, key=lambda v: v.path
    )
    assert [(c.code, c.subject, c.count) for c in other.claims] == [
        (c.code, c.subject, c.count) for c in known.claims
    ]
    assert other.clears == known.clears


@many
@given(SITES, DAYS)
def test_the_same_facts_give_the_same_judgement(
    build: Build, spec: dict[str, Any], day: date
) -> None:
    judgement = judge(build(spec), day)
    assert judge(build(spec), day) == judgement
    keys = [(c.code, c.subject, c.term) for c in judgement.claims]
    assert keys == sorted(set(keys))
    clears = [(c.code, c.subject, c.term) for c in judgement.clears]
    assert clears == sorted(set(clears))
    assert not set(keys) & set(clears)


@many
@given(SITES, DAYS)
def test_the_monthly_table_never_claims_what_was_not_read(
    build: Build, spec: dict[str, Any], day: date
) -> None:
    facts = build(spec)
    for column, row in zip(
        facts.columns, month_periods(facts, day.replace(day=1), day), strict=True
    ):
        assert row.periods
        unseen = column.reading is None or column.reading.outcome is not Outcome.OK
        for period in row.periods:
            assert period.start <= period.end
            assert not (period.owed and period.end > day)
            assert not (unseen and period.count is not None)
