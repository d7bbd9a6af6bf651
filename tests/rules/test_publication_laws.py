"""Laws of the rules that compare inspections: nothing is claimed that no inspection has seen."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.facts import SiteFacts
from ledger.words import Frequency, How, PageState, Severity
from rules.engine import judge
from rules.standards import standards

DAY = date(2026, 3, 31)
NEAR = st.dates(date(2025, 12, 1), DAY)
FAR = st.dates(date(2024, 1, 1), DAY)
Build = Callable[[Mapping[str, Any]], SiteFacts]

SEEN_DAY = st.fixed_dictionaries(
    {"day": FAR, "how": st.sampled_from([h.value for h in How])},
    optional={"text": st.sampled_from(["03-08", "3天前", "[2026-03-08]", "", "1740787200"])},
)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(NEAR)
    shown = draw(st.lists(SEEN_DAY, min_size=1, max_size=3))
    missed = draw(st.none() | st.dates(date(2025, 11, 1), first - timedelta(days=1)))
    days = [{**one, "seen": first + timedelta(days=n)} for n, one in enumerate(shown)]
    return {
        **shown[-1],
        "first": first,
        "missed": missed,
        "days": days,
        "repeat": draw(st.integers(1, 12)),
    }


@st.composite
def checks(draw: st.DrawFn) -> dict[str, Any]:
    seen = draw(NEAR)
    state = draw(st.sampled_from(list(PageState)))
    changed = state is PageState.CHANGED
    return {
        "state": state.value,
        "seen": seen,
        "found": draw(st.dates(seen, DAY)),
        "change": ["旧", "新", draw(st.floats(0, 1))] if changed else None,
        "paths": draw(st.sampled_from([[], ["公示/甲"]])),
        "outcome": "gone" if state is PageState.LOST else "ok",
        "repeat": draw(st.integers(1, 4)),
    }


SITES = st.fixed_dictionaries(
    {
        "day": st.just(DAY),
        "columns": st.lists(
            st.fixed_dictionaries(
                {
                    "path": st.sampled_from(["公示/甲", "公示/乙", "动态"]),
                    "frequency": st.sampled_from([f.value for f in Frequency]),
                    "items": st.just([date(2026, 3, 1)]),
                    "history": st.fixed_dictionaries(
                        {"compared": NEAR, "items": st.lists(histories(), max_size=5)}
                    ),
                }
            ),
            max_size=3,
            unique_by=lambda c: c["path"],
        ),
        "checks": st.lists(checks(), max_size=4),
    }
)
many = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _own(judgement: Any) -> list[Any]:
    return [claim for claim in judgement.claims if claim.code.startswith("P")]


@many
@given(SITES, NEAR)
def test_every_word_asks_for_a_look_and_none_is_grave(
    build: Build, spec: dict[str, Any], day: date
) -> None:
    judgement = judge(build(spec), day)
    for claim in _own(judgement):
        assert "需核实" in claim.message or "仅供参考" in claim.message
        assert "内部核查规则" in claim.basis
        assert claim.severity.rank <= Severity.LIGHT.rank
        assert claim.places
        assert not any(word in claim.message for word in ("造假", "伪造", "倒签", "违规"))
    # A subject is told of or cleared, never both; the engine would hide a rule that does both.
    keys = {(c.code, c.subject) for c in judgement.claims}
    assert not keys & {(c.code, c.subject) for c in judgement.clears}


@many
@given(SITES)
def test_nothing_is_late_that_no_inspection_missed(build: Build, spec: dict[str, Any]) -> None:
    facts = build(spec)
    bare = replace(
        facts,
        histories=tuple(
            replace(h, items=tuple(replace(item, missed=None) for item in h.items))
            for h in facts.histories
        ),
    )
    codes = {claim.code for claim in judge(bare, DAY).claims}
    assert not codes & {"P001", "P003"}


@many
@given(SITES, st.integers(0, 2**16))
def test_the_order_of_facts_does_not_matter(build: Build, spec: dict[str, Any], seed: int) -> None:
    facts = build(spec)
    rng = random.Random(seed)
    mixed = replace(
        facts,
        histories=tuple(
            replace(h, items=tuple(rng.sample(h.items, len(h.items))))
            for h in rng.sample(facts.histories, len(facts.histories))
        ),
        checks=tuple(rng.sample(facts.checks, len(facts.checks))),
    )
    assert _own(judge(mixed, DAY)) == _own(judge(facts, DAY))


@many
@given(SITES)
def test_a_month_later_all_of_it_is_laid_aside(build: Build, spec: dict[str, Any]) -> None:
    day = DAY + timedelta(days=standards().watching.watch_days + 3)
    left = _own(judge(build(spec), day))
    # What a list still leads to stays broken.
    assert {claim.code for claim in left} <= {"P006"}
    assert all("仍有它的链接" in claim.message for claim in left)


@many
@given(SITES, NEAR)
def test_what_came_after_the_judged_day_is_not_told(
    build: Build, spec: dict[str, Any], day: date
) -> None:
    for claim in _own(judge(build(spec), day)):
        if claim.code in ("P001", "P003"):
            firsts = [h["first"] for c in spec["columns"] for h in c["history"]["items"]]
            assert any(first <= day for first in firsts)
