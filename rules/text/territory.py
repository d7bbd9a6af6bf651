"""T102: wordings on Taiwan, Hong Kong, Macao and territory that are wrong as such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import ahocorasick_rs

from ledger.texts import PassageKind
from ledger.words import Severity
from rules.text.base import Hit, TextRule
from rules.text.corpus import Corpus
from rules.text.wording.entries import Wording, wordings
from rules.text.wording.match import disowned, matches, quoted

_HEADLINES = (PassageKind.TITLE, PassageKind.ENTRY)


@cache
def _anchors() -> tuple[Any, dict[int, list[Wording]]]:
    """What finds the anchors, and the rules each of them calls up."""
    called: dict[str, list[Wording]] = {}
    for wording in wordings().rules:
        for anchor in wording.anchors:
            called.setdefault(anchor, []).append(wording)
    return ahocorasick_rs.AhoCorasick(list(called)), dict(enumerate(called.values()))


def _find(corpus: Corpus) -> Iterator[Hit]:
    automaton, called = _anchors()
    asked: set[tuple[int, str]] = set()
    for which, number, _, _ in corpus.matches(automaton):
        for wording in called[which]:
            if (number, wording.key) not in asked:
                asked.add((number, wording.key))
                yield from _hits(corpus, number, wording)


def _hits(corpus: Corpus, number: int, wording: Wording) -> Iterator[Hit]:
    sentence = corpus.sentences[number]
    for match in matches(wording, sentence):
        if disowned(sentence, match.start(), wordings().disowned) or (
            not wording.quoted and quoted(sentence, match.start())
        ):
            continue
        days = _days(corpus, number, wording)
        if days is not None and not days:
            return
        start, end = match.span("hit" if "hit" in wording.pattern.groupindex else 0)
        yield Hit(
            unit=number,
            start=start,
            end=end,
            suggest=match.expand(wording.suggest),
            why=f"{wording.why}（依据{wording.source}）",
            tier=wording.tier,
            severity=wording.severity,
            clause="A1" if wording.severity is Severity.SEVERE else "own-wording",
            category="涉港澳台和领土用语",
            days=days,
        )


def _days(corpus: Corpus, number: int, wording: Wording) -> frozenset[date | None] | None:
    """The publication days on which the rule holds where it is asked to; None for all."""
    if not (wording.since or wording.until or wording.headline):
        return None
    return frozenset(
        day
        for spot in corpus.sentences.spots(number)
        if not wording.headline or _headline(corpus, spot.text)
        for day in corpus.days(spot.text)
        if wording.holds(day)
    )


def _headline(corpus: Corpus, text: int) -> bool:
    return any(passage.kind in _HEADLINES for _, passage in corpus.passages(text))


RULE = TextRule(
    code="T102",
    name="涉港澳台和领土用语不当",
    severity=Severity.SEVERE,
    clauses=("A1", "own-wording"),
    checks="涉台、涉港澳和领土的用语是否符合宣传用语规范，例如把港澳台列为国家、对台湾机构用国家机构的名称。",
    why="这类用语关系国家主权和领土完整，写错可能构成严重表述错误。",
    mend="按建议改正；确需引用他人说法的，加引号或写明“所谓”。",
    find=_find,
    rank=15,
)
