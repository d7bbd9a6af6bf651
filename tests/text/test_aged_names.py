"""The tables of former names, and what holds for all of their rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from rules.text import enumerations, renamed_bodies, renamed_regions
from rules.text.aged.names import Formers, bodies, regions
from rules.text.base import TextRule, Tier
from rules.text.corpus import gather
from rules.text.proofing import Proof, proofs

_TABLES = [(bodies, renamed_bodies.RULE), (regions, renamed_regions.RULE)]


def _proofs(rule: TextRule, text: str, *days: date | None) -> list[Proof]:
    said = (Passage(PassageKind.BODY, text),)
    pages = [
        PageText(f"http://www.example.gov.cn/{number}", day=day, passages=said)
        for number, day in enumerate(days)
    ]
    return proofs(gather(pages, TextPolicy(), date(2026, 3, 20)), [rule])


@pytest.mark.parametrize(("table", "rule"), _TABLES)
def test_rows_name_something_old_and_something_new(
    table: Callable[[], Formers], rule: TextRule
) -> None:
    formers = table().formers
    assert len(formers) >= 100
    assert len({former.old for former in formers}) == len(formers)
    for former in formers:
        assert former.old != former.new
        assert former.ground
        assert date(2000, 1, 1) <= former.since <= date(2026, 1, 1)


@pytest.mark.parametrize(("table", "rule"), _TABLES)
def test_every_row_is_found_after_its_day_and_silent_before(
    table: Callable[[], Formers], rule: TextRule
) -> None:
    for former in table().formers:
        text = f"请与{'某某市' if former.local else ''}{former.old}联系。"
        late = former.since + timedelta(400)
        found = _proofs(rule, text, late)
        assert [proof.wrong for proof in found] == [former.old], former.old
        assert found[0].tier is Tier.REVIEW
        assert _proofs(rule, text, former.since + timedelta(300)) == []
        assert _proofs(rule, text, None) == []
        assert _proofs(rule, f"《{text}》", late) == []


def test_only_late_pages_are_told() -> None:
    early, late = date(2016, 1, 1), date(2024, 1, 1)
    found = _proofs(renamed_bodies.RULE, "请到县国土资源局办理。", early, late, None)
    assert [proof.hit.days for proof in found] == [frozenset({late})]


@pytest.mark.parametrize("line", ["1.甲", "2.甲", "一、甲", "2.甲\n2.甲\n4.甲", "1.甲\n3.甲"])
def test_endless_lists_prove_nothing(line: str) -> None:
    text = "1.甲\n2.乙\n" + f"{line}\n" * 5_000
    assert {proof.tier for proof in _proofs(enumerations.RULE, text, None)} <= {Tier.REVIEW}
