"""What a large site costs in memory: little more than its words, whatever is looked for in it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from rules.text import sentences
from rules.text.base import TextRule
from rules.text.catalog import text_rules
from rules.text.corpus import Corpus, gather
from rules.text.ngrams.judge import shipped_scorer
from rules.text.sentences import Sentences, blocks, firsts

DAY = date(2026, 3, 20)
WORDS = "全县第{}次会议研究部署安全生产和春季植树工作，{}号文件要求各乡镇认真落实。"


def pages_of(count: int, gap: str = "\n") -> list[PageText]:
    """Pages of twenty sentences each, all of them different."""
    return [
        PageText(
            f"http://a.gov.cn/{page}.html",
            day=DAY,
            passages=(
                Passage(
                    PassageKind.BODY,
                    gap.join(WORDS.format(page * 20 + n, page) for n in range(20)),
                ),
            ),
        )
        for page in range(count)
    ]


def site(pages: int) -> Corpus:
    return gather(pages_of(pages), TextPolicy(), DAY)


def size(corpus: Corpus) -> int:
    return sum(len(text.plain.text) for text in corpus.texts)


@pytest.fixture(scope="module")
def sites() -> tuple[Corpus, Corpus]:
    """A small one and a large one, after so much other text that the n-gram table is hashed."""
    scorer = shipped_scorer()
    for _ in range(8):
        scorer.score(scorer.alphabet.encode("中华人民共和国" * 30_000))
    return site(20), site(120)


def traced(work: Callable[[], object]) -> tuple[int, int]:
    """The bytes that are left behind by some work, and those it took at its worst."""
    tracemalloc.start()
    try:
        kept = work()
        left, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    del kept
    return left, most


@pytest.mark.parametrize("gap", ["\n", "\n\n　　"])
def test_a_site_takes_little_more_than_its_words(gap: str) -> None:
    pages = pages_of(100, gap)
    size = sum(len(passage.text) for page in pages for passage in page.passages)
    left, most = traced(lambda: gather(pages, TextPolicy(), DAY))
    # The words in comparable form, two bytes a character, and as much for all the rest.
    assert left / size < 4
    assert most / size < 8


@pytest.mark.parametrize("rule", text_rules(), ids=lambda rule: rule.code)
def test_no_rule_asks_for_more_where_there_is_more_text(
    rule: TextRule, sites: tuple[Corpus, Corpus], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "_BLOCK", 8_000)
    small, large = sites
    list(rule.find(small))  # reads the rule's own data
    _, less = traced(lambda: list(rule.find(small)))
    _, more = traced(lambda: list(rule.find(large)))
    assert (more - less) / (size(large) - size(small)) < 0.8


def test_blocks_hold_every_sentence_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_BLOCK", 200)
    corpus = site(3)
    parts = list(corpus.blocks())
    assert len(parts) > 5
    assert "".join(part.text for part in parts) == "".join(f"{s}\n" for s in corpus.sentences)
    for part in parts:
        for offset, line in enumerate(part.text.splitlines()):
            unit, start = part.locate(part.text.index(line) + 3)
            assert (unit, start) == (part.first + offset, 3)
            assert corpus.sentences[unit] == line
    assert list(blocks([])) == []


def test_a_sentence_is_held_once_with_all_its_spots() -> None:
    texts = ["甲乙。丙。", "丙。甲乙。丙。"]
    held = Sentences(texts, [[(0, 3), (3, 5)], [(0, 2), (2, 5), (5, 7)]])
    assert list(held) == ["甲乙。", "丙。"]
    assert held[1:] == ["丙。"]
    assert [(spot.text, spot.offset) for spot in held.spots(0)] == [(0, 0), (1, 2)]
    assert [(spot.text, spot.offset) for spot in held.spots(1)] == [(0, 3), (1, 0), (1, 5)]


def test_sentences_that_share_a_mark_by_chance_are_kept_apart() -> None:
    words = ["甲", "乙", "甲", "丙"]
    same = firsts(np.array([7, 7, 7, 9]), words.__getitem__)
    assert same.tolist() == [0, 1, 0, 3]
