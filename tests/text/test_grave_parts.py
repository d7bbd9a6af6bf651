"""A slip of a general rule is grave where it spoils a grave expression."""

from datetime import date

import pytest

from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from ledger.words import Severity
from rules.text.corpus import gather
from rules.text.fixed.covering import covering
from rules.text.proofing import proofs

DAY = date(2026, 3, 20)


def found(words: str):
    page = PageText("http://a.example/", day=DAY, passages=(Passage(PassageKind.BODY, words),))
    return proofs(gather([page], TextPolicy(), DAY))


def test_a_general_slip_inside_the_name_of_a_ministry_is_grave():
    [proof] = found("住房和城乡建没部公布了名单。")
    assert proof.rule.code == "T201"
    assert (proof.hit.severity, proof.hit.clause) == (Severity.SEVERE, "A1")
    assert "住房和城乡建设部" in proof.hit.why


def test_the_same_slip_elsewhere_is_not():
    [proof] = found("加快推进城乡建没工作。")
    assert proof.hit.severity is None


@pytest.mark.parametrize(
    ("text", "wrong", "right", "whole"),
    [
        ("住房和城乡建没部公布", "没", "设", "住房和城乡建设部"),
        ("推进建没部署", "没", "设", None),
        ("", "", "", None),
    ],
)
def test_what_covers_a_mended_slip(text, wrong, right, whole):
    at = text.index(wrong)
    spoilt = covering(text, at, at + len(wrong), right)
    assert (spoilt.text if spoilt else None) == whole
