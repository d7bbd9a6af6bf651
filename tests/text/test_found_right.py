"""What a person has found right is not called wrong by another rule at the same place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.texts import OutLink, PageText, Passage, PassageKind, TextPolicy, WordReview
from ledger.words import Severity
from rules.text.base import Hit, TextRule
from rules.text.corpus import Corpus, gather
from rules.text.found_right import gone
from rules.text.proofing import proofs

DAY = date(2026, 3, 20)
TEXT = "宣传秸杆禁烧政策，秸杆禁烧不放松。"


def rule(code: str, words: str, rank: int) -> TextRule:
    """A rule that calls `words` wrong wherever they stand."""

    def find(corpus: Corpus) -> Iterator[Hit]:
        for number, sentence in enumerate(corpus.sentences):
            at = sentence.find(words)
            while at >= 0:
                yield Hit(number, at, at + len(words), "", "")
                at = sentence.find(words, at + 1)

    return TextRule(code, code, Severity.GENERAL, (), "", "", "", find, rank=rank)


RULES = (rule("X1", "秸杆禁烧", 30), rule("X2", "杆", 60), rule("X3", "政策", 60))


def found(policy: TextPolicy) -> list[tuple[str, str]]:
    page = PageText("http://demo.test/", passages=(Passage(PassageKind.BODY, TEXT),))
    return [(p.rule.code, p.before + p.wrong) for p in proofs(gather((page,), policy, DAY), RULES)]


def test_the_stronger_rule_speaks_alone() -> None:
    assert found(TextPolicy()) == [("X1", "传秸杆禁烧"), ("X3", "烧政策"), ("X1", "，秸杆禁烧")]


def test_no_other_rule_steps_in_where_a_person_found_nothing_wrong() -> None:
    right = WordReview("秸杆禁烧", "传", "政", "秸秆禁烧", right=True)
    assert found(TextPolicy(reviews=(right,))) == [("X3", "烧政策"), ("X1", "，秸杆禁烧")]


def test_what_the_site_stands_by_leaves_room_for_others() -> None:
    assert found(TextPolicy(terms=frozenset({"秸杆禁烧"}))) == [("X3", "烧政策")]


def test_a_wording_at_either_end_of_a_line_can_be_found_right() -> None:
    text = "宣传政策\n秸杆禁烧\n不放松"
    page = PageText("http://demo.test/", passages=(Passage(PassageKind.BODY, text),))
    right = WordReview("秸杆禁烧", "", "", "秸秆禁烧", right=True)
    corpus = gather((page,), TextPolicy(reviews=(right,)), DAY)
    assert proofs(corpus, RULES[:2]) == []


def test_what_was_found_right_and_stands_nowhere_any_more_is_told() -> None:
    spans = [
        WordReview("秸杆禁烧", "传", "政", "", right=True),
        WordReview("秸杆禁烧", "传", "不", "", right=True),
        WordReview("秸杆", "", "禁", "", right=True),
        WordReview("秸杆禁", "秸", "烧", "", right=True),
        WordReview("政策", "烧", "不", "", right=False),
        WordReview("http://a.test/", "看", "", "", right=True),
        WordReview("http://b.test/", "看", "", "", right=True),
    ]
    page = PageText(
        "http://demo.test/",
        passages=(Passage(PassageKind.BODY, TEXT),),
        links=(OutLink("http://a.test/", "看"),),
    )
    corpus = gather((page,), TextPolicy(reviews=tuple(spans)), DAY)
    assert set(gone(corpus)) == {
        ("秸杆禁烧", "传", "不"),
        ("秸杆禁", "秸", "烧"),
        ("http://b.test/", "看", ""),
    }
    assert gone(gather((page,), TextPolicy(), DAY)) == ()
