"""Reads a whole site's sentences and says which characters it suspects, and how strongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams import features, silence
from rules.text.ngrams.alphabet import Ids, codes
from rules.text.ngrams.confusion import DATA, Confusions
from rules.text.ngrams.evidence import Marks, Points
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.search import Edits, edits
from rules.text.ngrams.table import Floats, Stored
from rules.text.ngrams.trees import Forest
from rules.text.sentences import Block, blocks

_PAD = 12  # line feeds before and after a block, so that no window leaves it
_LINE = ord("\n")
_USUAL = 600.0  # sure errors in a million characters of the text the judge learnt from
_DOUBT = 20_000  # characters a text needs to speak for itself
_HASTE = 2.0


@dataclass(frozen=True, slots=True)
class Suspect:
    """`start` to `end` of sentence `unit`, which is `text`, may have been meant to be `new`.

    `row` is what the judge is told of it, in the order of features.FEATURES.
    """

    unit: int
    text: str
    start: int
    end: int
    new: str
    row: Floats

    @property
    def wrong(self) -> str:
        """The characters suspected."""
        return self.text[self.start : self.end]

    def told(self, name: str) -> float:
        """One of the features."""
        return float(self.row[features.FEATURES.index(name)])

    def sentences(self, name: str) -> int:
        """One of the features that are logarithms of numbers of sentences, as that number."""
        return round(float(np.expm1(self.told(name))))


@dataclass(frozen=True, slots=True)
class _Found:
    """The edits of a block: unit, sentence, start, end and new wording of each, and what is known.

    `rows` hold what needs no more than the block, `asked` what is looked for in all of them.
    """

    spans: list[tuple[int, str, int, int, str]]
    rows: Floats
    asked: Marks


class Reader:
    """The table and the candidates: finds suspects and gathers what is known of them."""

    def __init__(self, scorer: Scorer, confusions: Confusions) -> None:
        self._scorer = scorer
        self._confusions = confusions

    def suspects(self, sentences: Sequence[str]) -> list[Suspect]:
        """The suspects in the different sentences of a site."""
        parts = [part for block in blocks(sentences) if (part := self._found(block)).spans]
        if not parts:
            return []
        asked = np.concatenate([part.asked for part in parts])
        site = features.site(map(_points, blocks(sentences)), asked, len(sentences))
        rows = np.concatenate([np.concatenate([part.rows for part in parts]), site], axis=1)
        spans = (span for part in parts for span in part.spans)
        return [Suspect(*span, row) for span, row in zip(spans, rows, strict=True)]

    def _found(self, block: Block) -> _Found:
        points = _points(block)
        ids: Ids = self._scorer.alphabet.number(points)
        base = self._scorer.score(ids)
        found = edits(self._scorer, self._confusions, points, ids, base)
        letters = self._letters(found)
        spans = _spans(block, found, letters)
        local = features.local(self._scorer, self._confusions.lexicon, ids, base, found)
        fellows = Counter(unit for unit, *_ in spans)
        wordy = features.wordy([span[1:] for span in spans], (fellows[unit] for unit, *_ in spans))
        return _Found(
            spans,
            np.concatenate([local, wordy], axis=1),
            features.asked(points, found, _replacements(letters)),
        )

    def _letters(self, found: Edits) -> list[str]:
        char = self._scorer.alphabet.char
        return [char(one) + (char(two) or " ") for one, two in found.ids.tolist()]


def _points(block: Block) -> Points:
    """The code points of a block with line feeds before and after it."""
    return np.pad(codes(block.text), _PAD, constant_values=_LINE)


def _spans(block: Block, found: Edits, letters: list[str]) -> list[tuple[int, str, int, int, str]]:
    """For each edit its sentence, where in it the edit stands, and the new wording."""
    spans = []
    rows = zip(found.place.tolist(), found.length.tolist(), letters, strict=True)
    for place, length, new in rows:
        unit, start = block.locate(place - _PAD)
        begin = place - _PAD - start
        text = block.text[begin : block.text.index("\n", begin)]
        spans.append((unit, text, start, start + length, new[:length]))
    return spans


def _replacements(letters: list[str]) -> NDArray[np.uint32]:
    return codes("".join(letters)).reshape(-1, 2)


def stands(suspect: Suspect) -> bool:
    """Whether a suspect is left alone whatever its score: usage, numerals, the site's own terms."""
    return (
        silence.usage(suspect.wrong, suspect.new)
        or silence.numerals(suspect.wrong, suspect.new)
        or silence.nation(suspect.text, suspect.start)
        or silence.term(suspect.text, suspect.start, suspect.end)
        or silence.repeated(suspect.sentences("old3_mid"), suspect.sentences("new3_mid"))
    )


def haste(sure: int, characters: int) -> float:
    """Log odds to add where a text has far more sure errors than the text the judge learnt from.

    A short text is taken to be as careful as most; none is taken to be more careful.
    """
    density = 1e6 * (sure + 1) / (characters + _DOUBT)
    return float(np.clip(np.log(density / _USUAL), 0.0, _HASTE))


@dataclass(frozen=True, slots=True)
class Judge:
    """Reader and forest together; from `report` (log odds) on it is sure, from `review` on not."""

    reader: Reader
    forest: Forest
    report: float
    review: float

    def verdicts(self, sentences: Sequence[str]) -> Iterator[tuple[Suspect, float]]:
        """The suspects worth a person's look in the sentences of a site, and their odds."""
        suspects = [suspect for suspect in self.reader.suspects(sentences) if not stands(suspect)]
        if suspects:
            odds = self.forest.odds(np.stack([suspect.row for suspect in suspects]))
            characters = sum(len(sentence) + 1 for sentence in sentences)
            odds += haste(int((odds >= self.report).sum()), characters)
            for suspect, score in zip(suspects, odds.tolist(), strict=True):
                if score >= self.review:
                    yield suspect, score


def reader(scorer: Scorer, folder: Path = DATA) -> Reader:
    """A reader with this table and the lists of a folder."""
    return Reader(scorer, Confusions(scorer.alphabet, folder))


@cache
def shipped_scorer() -> Scorer:
    """The table that is shipped, ready for looking up."""
    return Scorer(Stored(DATA / "table.npz"))


@cache
def shipped() -> Judge:
    """The judge that is shipped."""
    forest, also = Forest.load(DATA / "judge.json")
    if forest.features != features.FEATURES:
        raise ValueError("judge.json was fitted on other features than these")
    return Judge(reader(shipped_scorer()), forest, also["report"], also["review"])
