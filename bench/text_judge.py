"""Judges lines as `xuncha text -` does, all of them one site's text, and says what was flagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property

from bench.measure import cpu_seconds
from ledger.clock import today
from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from rules.text.base import Hit, TextRule, Tier
from rules.text.catalog import text_rules
from rules.text.corpus import Corpus, gather
from rules.text.proofing import Proof, proofs


@dataclass(frozen=True, slots=True)
class Flag:
    """What was said of a line; `start` and `end` count in its comparable text."""

    line: int
    start: int
    end: int
    wrong: str
    suggest: str
    code: str
    tier: Tier
    why: str = ""

    @property
    def places(self) -> frozenset[int]:
        """The characters it would change; all it covers where it has nothing to put instead."""
        if not self.suggest or self.suggest == self.wrong:
            return frozenset(range(self.start, self.end))
        return frozenset(self.start + place for place in changed(self.wrong, self.suggest))


@dataclass(frozen=True)
class Judged:
    """The flags of a corpus of lines; `seconds` of CPU went into gathering and into each rule."""

    corpus: Corpus
    flags: tuple[Flag, ...]
    seconds: dict[str, float] = field(default_factory=dict)

    @cached_property
    def size(self) -> int:
        """Characters judged."""
        return sum(len(passage.text) for passage in self.corpus.pages[0].passages)

    @cached_property
    def _texts(self) -> dict[int, int]:
        """The number of the unique text of each line."""
        return {
            line: number
            for number, text in enumerate(self.corpus.texts)
            for _, line in text.holders
        }

    def comparable(self, line: int) -> str:
        """A line in the form flags count in."""
        return self.corpus.texts[self._texts[line]].plain.text

    def place(self, line: int, raw: int) -> int:
        """Where character `raw` of a line stands in its comparable form."""
        return self.corpus.texts[self._texts[line]].plain.at.index(raw)


def judge(lines: Sequence[str], codes: Sequence[str] = ()) -> Judged:
    """The rules over these lines, or only those of the codes named."""
    rules = [rule for rule in text_rules() if not codes or rule.code in codes]
    seconds: dict[str, float] = {}
    passages = tuple(Passage(PassageKind.BODY, line) for line in lines)
    page = PageText(url="", passages=passages)
    seconds["gather"], corpus = cpu_seconds(lambda: gather([page], TextPolicy(), today()))
    timed = [_timed(rule, seconds) for rule in rules]
    spent, found = cpu_seconds(lambda: proofs(corpus, timed))
    seconds["settle"] = spent - sum(seconds[rule.code] for rule in rules)
    flags = [flag for proof in found for flag in _flags(corpus, proof)]
    return Judged(corpus, tuple(sorted(flags, key=lambda f: (f.line, f.start))), seconds)


def _timed(rule: TextRule, seconds: dict[str, float]) -> TextRule:
    """The rule, telling what CPU time it takes to find all it finds."""

    def find(corpus: Corpus) -> list[Hit]:
        seconds[rule.code], hits = cpu_seconds(lambda: list(rule.find(corpus)))
        return hits

    return replace(rule, find=find)


def _flags(corpus: Corpus, proof: Proof) -> Iterator[Flag]:
    for _, line in corpus.texts[proof.text].holders:
        yield Flag(
            line,
            proof.start,
            proof.end,
            proof.wrong,
            proof.hit.suggest,
            proof.rule.code,
            proof.tier,
            proof.hit.why,
        )


def changed(wrong: str, right: str) -> frozenset[int]:
    """The characters of `wrong` that are not in `right`; before a gap, the one it follows."""
    if len(wrong) == len(right):
        return frozenset(at for at, char in enumerate(wrong) if char != right[at])
    places: set[int] = set()
    for kind, start, end, _, _ in SequenceMatcher(None, wrong, right, False).get_opcodes():
        if kind == "insert":
            places.add(max(0, start - 1))
        elif kind != "equal":
            places.update(range(start, end))
    return frozenset(places)
