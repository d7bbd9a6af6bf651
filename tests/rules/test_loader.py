"""The loader refuses unfit rules with a sentence; cards and explanations are whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import rules
from ledger.facts import SiteFacts
from rules import RuleError
from rules.base import Rule
from rules.engine import judge, rule_set
from rules.loader import collect
from rules.standards import read_standards, standards
from rules.text.judging import FAMILY


def module(rule: object, name: str = "made_up", doc: str | None = "F999: a rule.") -> ModuleType:
    made = ModuleType(name, doc)
    made.__dict__["RULE"] = rule
    return made


def first() -> Rule:
    return rules.load()[0]


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in rules.load()]
    assert codes == sorted(set(codes))
    assert len(codes) == 39


def test_modules_without_a_rule_are_support() -> None:
    assert collect([ModuleType("spans", "x")], standards()) == ()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: [module(first(), "a"), module(first(), "b")], "重复"),
        (lambda: [module(first(), doc=None)], "没有文档说明"),
        (lambda: [module(first(), doc="  ")], "没有文档说明"),
        (lambda: [module(replace(first(), clauses=()))], "没有依据"),
        (lambda: [module(replace(first(), clauses=("Z9",)))], "Z9"),
        (lambda: [module(replace(first(), code="freshness"))], "编码"),
        (lambda: [module(replace(first(), mend=""))], "mend"),
        (lambda: [module(replace(first(), confirm_after=-1))], "confirm_after"),
        (lambda: [module("F001")], "不是规则"),
    ],
)
def test_unfit_rules_are_refused(made: Callable[[], list[ModuleType]], says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        collect(made(), standards())
    assert str(caught.value).endswith("。")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("indicators.toml", 'standard = "zhibiao"', 'standard = "nowhere"', "nowhere"),
        ("indicators.toml", "verified = true", 'verified = "yes"', "verified"),
        ("indicators.toml", "count = 10", "count = 0", "count"),
        ("indicators.toml", "[[clauses]]", "[[clauses]", "读不了"),
        ("frequencies.toml", 'id = "weekly"', 'id = "daily"', "daily"),
        ("frequencies.toml", 'period = "month"', 'period = "moon"', "period"),
        ("classes.toml", 'clause = "A4a"', 'clause = "A9"', "A9"),
        ("classes.toml", "days = 14", "", "days"),
        ("dates.toml", "placeholders", "other", "placeholders"),
        ("publication.toml", "days = 31", "days = 93", "watch.days"),
        ("publication.toml", "days = 31", "days = 0", "days"),
        ("publication.toml", "share = 0.5", "share = 1.5", "share"),
        ("publication.toml", "items = 5", "", "items"),
        ("publication.toml", "[mass]", "[masses]", "mass"),
        ("publication.toml", "source = ", "sources = ", "source"),
    ],
)
def test_faulty_data_is_refused(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    with resources.as_file(resources.files("rules") / "data") as shipped:
        shutil.copytree(shipped, tmp_path / "data")
    target = tmp_path / "data" / file
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=says):
        read_standards(tmp_path / "data")


def test_missing_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"indicators\.toml 读不了"):
        read_standards(tmp_path)


def test_explanations_are_whole() -> None:
    for rule in rules.load():
        told = rules.explain(rule.code)
        card = rules.card(rule.code)
        assert told is not None
        assert card is not None
        assert told.basis
        assert told.thresholds or told.family == FAMILY
        assert told.severity == card.severity.label
        for words in (told.name, told.checks, told.why, told.mend):
            assert any("一" <= letter <= "鿿" for letter in words)
    assert rules.explain(" f001 ") == rules.explain("F001")
    assert rules.explain("F999") is None
    assert rules.card("") is None


def test_dead_addresses_are_confirmed_by_a_second_inspection() -> None:
    twice = {rule.code for rule in rules.load() if rule.confirm_after == 2}
    assert twice == {"F004", "F005", "P006"}


def test_what_asks_for_a_look_is_never_confirmed_by_inspections() -> None:
    asking = {rule.code for rule in rules.load() if rule.confirm_after == 0}
    assert asking == {"P001", "P002", "P003", "P004", "P005"}


def test_unverified_clauses_ask_for_a_persons_word() -> None:
    for rule in rules.load():
        card = rules.card(rule.code)
        assert card is not None
        doubtful = any(not clause.verified for clause in rule.basis(standards()))
        assert ("扣分待人工核定" in card.basis) is doubtful
    blank = rules.card("F003")
    assert blank is not None
    assert "国办秘函〔2019〕19号" in blank.basis
    assert "扣分待人工核定" in blank.basis


def test_judgement_carries_cards_and_the_rule_set(
    build: Callable[[Mapping[str, Any]], SiteFacts],
) -> None:
    judgement = judge(build({"day": date(2026, 3, 20), "columns": []}), date(2026, 3, 20))
    assert [card.code for card in judgement.cards] == [rule.code for rule in rules.load()]
    assert judgement.rule_set == rule_set()
    assert len(rule_set()) == 12
    assert judgement.verdicts == ()
