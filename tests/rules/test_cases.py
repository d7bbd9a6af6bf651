"""Every rule's cases: where it fires, where it clears, and where it says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

import rules
from ledger.clock import ZONE
from ledger.facts import SiteFacts
from ledger.notices import Notice, NoticeItem, NoticeKind, Sight, SiteNotices
from ledger.words import Outcome, Severity
from rules.engine import judge
from rules.text.judging import FAMILY
from rules.wording import subject_of

CASES = Path(__file__).parent / "cases"
Build = Callable[[Mapping[str, Any]], SiteFacts]


def _files() -> dict[str, Any]:
    """The case files by rule code; a file is named after the rule's module."""
    modules = {rule.look.__module__.rpartition(".")[2]: rule.code for rule in rules.load()}
    return {
        modules.get(path.stem, path.stem): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(CASES.glob("*.yaml"))
    }


def _cases(kind: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code} {case['name']}")
        for code, file in _files().items()
        for case in file[kind]
    ]


def told(case: Mapping[str, Any]) -> SiteNotices | None:
    """A vendor's notice and what was seen since at its addresses, where the case has one."""
    if "notice" not in case:
        return None
    day = case["notice"]["day"]
    items = tuple(
        NoticeItem("第1行", NoticeKind(spec.pop("kind")), spec.pop("kind_text", ""), **spec)
        for spec in ({"url": "", "wrong": "", "suggest": ""} | s for s in case["notice"]["items"])
    )
    at = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    notice = Notice("s", b"1" * 16, "通报.docx", "某监测平台", day, at, items)
    sights = {
        spec["url"]: Sight(
            **spec
            | {"outcome": Outcome(spec.get("outcome", "ok")), "words": tuple(spec.get("words", ()))}
        )
        for spec in case.get("sights", ())
    }
    return SiteNotices((notice,), sights)


def test_every_rule_has_cases_and_as_many_silent_as_firing() -> None:
    files = _files()
    # Rules of text have their cases elsewhere: they judge sentences, not facts.
    assert set(files) == {rule.code for rule in rules.load() if rule.family != FAMILY}
    for code, file in files.items():
        assert len(file["silent"]) >= len(file["fires"]) > 0, code


@pytest.mark.parametrize(("code", "case"), _cases("fires"))
def test_fires(code: str, case: dict[str, Any], build: Build) -> None:
    facts = build(case)
    judgement = judge(facts, case["day"], notices=told(case))
    claims = [c for c in judgement.claims if c.code == code]
    expected = case.get("expect") or [subject_of(c.column.path) for c in facts.columns]
    assert [c.subject for c in claims] == sorted(expected)
    for claim in claims:
        for words in case.get("says", []):
            assert str(words) in claim.message
        assert claim.basis
        assert claim.advice
        assert claim.places
        if "count" in case:
            assert claim.count == case["count"]
        if "severity" in case:
            assert claim.severity is Severity(case["severity"])


@pytest.mark.parametrize(("code", "case"), _cases("silent"))
def test_silent(code: str, case: dict[str, Any], build: Build) -> None:
    judgement = judge(build(case), case["day"], notices=told(case))
    claims = [c.subject for c in judgement.claims if c.code == code]
    clears = [c.subject for c in judgement.clears if c.code == code]
    assert claims == []
    assert set(case.get("clear", [])) <= set(clears)
    assert not set(case.get("unsure", [])) & set(clears)
    assert case.get("clear") or case.get("unsure")


def test_a_column_both_clocks_fire_on_yields_two_findings(build: Build) -> None:
    case = next(c for c in _files()["F002"]["fires"] if c["name"] == "both clocks")
    claims = judge(build(case), case["day"]).claims
    assert [(c.code, c.subject) for c in claims if c.code in ("F001", "F002")] == [
        ("F001", "首页 > 区政务要闻"),
        ("F002", "首页 > 区政务要闻"),
    ]
