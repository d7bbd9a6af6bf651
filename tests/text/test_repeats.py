"""What stands twice in a row: found, weighed, and left to a site where it is its own term."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.texts import PageText, Passage, PassageKind, TextPolicy, Tier
from rules.text.corpus import gather
from rules.text.ngrams.counting import train
from rules.text.ngrams.scoring import Scorer
from rules.text.proofing import Proof, proofs
from rules.text.repeated import RULE
from rules.text.repeats.doubled import doubled
from rules.text.repeats.scan import LONGEST, Repeat, listed, marks, repeats
from rules.text.repeats.weigh import weighed


def _said(*lines: str, shadow: bool = False) -> list[Proof]:
    passages = tuple(Passage(PassageKind.BODY, line) for line in lines)
    page = PageText("http://www.example.gov.cn/1.html", passages=passages)
    return proofs(gather([page], TextPolicy(shadow=shadow), date(2026, 3, 20)), [RULE])


@pytest.mark.parametrize(
    ("text", "words", "copies", "kept"),
    [
        ("今年的主主要任务", "主主", 2, 1),
        ("布图设计设计专有权", "设计设计", 2, 2),
        ("好好好办事", "好好好", 3, 1),
        ("退税缓税缓税费", "税缓税缓税", 2, 3),
        ("由人民政府人民政府负责", "人民政府人民政府", 2, 4),
    ],
)
def test_finds_what_is_written_again(text: str, words: str, copies: int, kept: int) -> None:
    (found,) = repeats(text)
    assert text[found.start : found.end] == words
    assert (found.copies, found.kept) == (copies, kept)
    once = text[: found.start + kept] + text[found.end :]
    assert once == text.replace(words, words[:kept])


def test_finds_nothing_across_sentences_in_figures_or_past_the_longest_word() -> None:
    assert repeats("抓落实\n实事求是") == []
    assert repeats("2022年11月，WWW，——") == []
    long = "甲乙丙丁戊己庚辛"[: LONGEST + 1]
    assert repeats(long + long) == []
    assert repeats("") == []


def test_finds_marks_and_items_named_again() -> None:
    assert list(marks("团体、、单位，作风，，效率……好！！")) == [(2, 4), (9, 11)]
    assert [span[:2] for span in listed("范围：农业、农业、林业")] == [(3, 8)]
    assert list(listed("北京—上海、上海—成都，上海、上海市，服务、服务、再服务")) == []


def test_weighs_by_what_the_table_knows() -> None:
    lines = [f"第{number}次会议明确主要任务，自主要求进步。" for number in range(40)]
    scorer = Scorer(train("\n".join(lines)))
    text = "会议明确主主要任务\n自主要求"
    (weight,) = weighed(scorer, text, [Repeat(4, 6, 1)])
    assert weight.gain > 2
    assert weight.joined == 5
    assert weight.held == 1
    assert weighed(scorer, text, []) == []


def test_what_a_site_repeats_may_be_a_term_of_its_own() -> None:
    once = "全区认真落实责任任，确保取得实效。"
    other = "各单位要强化责任任，层层传导压力。"
    assert [(proof.wrong, proof.tier) for proof in _said(once)] == [("任任", Tier.REPORT)]
    assert [proof.tier for proof in _said(once, other)] == [Tier.REVIEW] * 2
    assert [proof.tier for proof in _said(once, once)] == [Tier.REPORT]


def test_reports_nothing_of_words_in_the_first_weeks_of_a_site() -> None:
    text = "切实维护人民群众的的合法权益。"
    assert [proof.tier for proof in _said(text)] == [Tier.REPORT]
    assert [proof.tier for proof in _said(text, shadow=True)] == [Tier.REVIEW]


def test_says_how_it_reads_without() -> None:
    (proof,) = _said("会议明确了今年的主主要任务。")
    assert (proof.wrong, proof.hit.suggest) == ("主主", "主")
    assert "主要任" in proof.hit.why


def test_every_list_holds_single_characters() -> None:
    known = doubled()
    for name in doubled().__slots__:
        sizes = {len(entry) for entry in getattr(known, name)}
        assert sizes == ({2} if name == "tried_words" else {1}), name
