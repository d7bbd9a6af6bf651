"""Every text rule against its cases: the wrong ones must be hit just so, the right ones never."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger.texts import Leader, OutLink, PageText, Passage, PassageKind, TextPolicy
from rules.text.base import TextRule
from rules.text.catalog import text_rules
from rules.text.corpus import gather
from rules.text.proofing import Proof, proofs
from rules.text.saying import message_of, severity_of

_DAY = date(2026, 3, 20)
_CASES = Path(__file__).parent / "cases"


def _cases() -> Iterator[Any]:
    for file in sorted(_CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
            yield pytest.param(file.stem, case, id=f"{file.stem}-{number}")


def _rule(code: str) -> TextRule:
    return next(rule for rule in text_rules() if rule.code == code)


def _found(code: str, case: dict[str, Any]) -> list[Proof]:
    links = tuple(
        OutLink(link["url"], link.get("text", ""), link.get("hidden", ""))
        for link in case.get("links", ())
    )
    texts = [case["text"]] if isinstance(case.get("text"), str) else case.get("text", [])
    kind = PassageKind(case.get("kind", "body"))
    pages = [
        PageText(
            url=f"http://www.example.gov.cn/{number}.html",
            day=case.get("day"),
            passages=(Passage(kind, text),),
        )
        for number, text in enumerate(texts)
    ]
    if links:
        pages.append(PageText(url="http://www.example.gov.cn/links.html", links=links))
    leaders = tuple(
        Leader(row["name"], row["title"], row.get("since"), row.get("until"))
        for row in case.get("leaders", ())
    )
    policy = TextPolicy(leaders=leaders, shadow=case.get("shadow", False))
    return proofs(gather(pages, policy, _DAY), [_rule(code)])


@pytest.mark.parametrize(("code", "case"), list(_cases()))
def test_case(code: str, case: dict[str, Any]) -> None:
    found = _found(code, case)
    told = [(proof.hit.shown or proof.wrong, message_of(proof)) for proof in found]
    assert len(found) == len(case["hits"]), told
    for proof, wanted in zip(found, case["hits"], strict=True):
        said = {
            "wrong": proof.hit.shown or proof.wrong,
            "suggest": proof.hit.suggest,
            "tier": proof.tier.value,
            "severity": severity_of(proof).value,
        }
        assert {key: said[key] for key in wanted} == wanted, message_of(proof)


def test_silent_cases_outnumber_firing_ones() -> None:
    for file in sorted(_CASES.glob("*.yaml")):
        cases = yaml.safe_load(file.read_text(encoding="utf-8"))
        silent = sum(not case["hits"] for case in cases)
        assert silent >= len(cases) - silent, file.name


def test_every_rule_has_cases() -> None:
    assert {rule.code for rule in text_rules()} == {file.stem for file in _CASES.glob("*.yaml")}
