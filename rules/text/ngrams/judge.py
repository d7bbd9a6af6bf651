"""Reads a whole site's sentences and says which characters it suspects, and how strongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams import features, silence
from rules.text.ngrams.alphabet import Ids, codes
from rules.text.ngrams.confusion import DATA, Confusions, Words
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.search import Edits, edits
from rules.text.ngrams.table import Floats, Stored
from rules.text.ngrams.trees import Forest

_CHUNK = 300_000
_PAD = 12  # line feeds before and after the text, so that no window leaves it
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


class Reader:
    """The table and the candidates: finds suspects and gathers what is known of them."""

    def __init__(self, scorer: Scorer, confusions: Confusions) -> None:
        self._scorer = scorer
        self._confusions = confusions

    def suspects(self, joined: str) -> list[Suspect]:
        """The suspects in sentences that are joined, a line feed after each."""
        if not joined:
            return []
        points = np.pad(codes(joined), _PAD, constant_values=_LINE)
        found, rows = self._found(points)
        if not len(found.place):
            return []
        letters = self._letters(found)
        breaks = np.flatnonzero(points == _LINE)
        unit = np.searchsorted(breaks, found.place) - _PAD
        starts = breaks[unit + _PAD - 1] + 1
        new = [chars[:size] for chars, size in zip(letters, found.length.tolist(), strict=True)]
        spans = self._spans(joined, found, starts, breaks[unit + _PAD])
        worded = [(text, at, end, n) for (text, at, end), n in zip(spans, new, strict=True)]
        fellows = Counter(unit.tolist())
        wordy = features.wordy(worded, (fellows[number] for number in unit.tolist()))
        site = features.site(points, found, _replacements(letters), joined.count("\n"))
        table = np.concatenate([rows, wordy, site], axis=1)
        return [
            Suspect(number, text, at, end, chars, row)
            for number, (text, at, end), chars, row in zip(
                unit.tolist(), spans, new, table, strict=True
            )
        ]

    def _found(self, points: NDArray[np.uint32]) -> tuple[Edits, Floats]:
        parts, rows = [], []
        for start, end in _chunks(points):
            here = np.pad(points[start:end], _PAD, constant_values=_LINE)
            ids: Ids = self._scorer.alphabet.number(here)
            base = self._scorer.score(ids)
            found = edits(self._scorer, self._confusions, here, ids, base)
            rows.append(features.local(self._scorer, ids, base, found))
            found.place[:] += start - _PAD
            parts.append(found)
        return Edits.joined(parts), np.concatenate(rows)

    def _letters(self, found: Edits) -> list[str]:
        char = self._scorer.alphabet.char
        return [char(one) + (char(two) or " ") for one, two in found.ids.tolist()]

    @staticmethod
    def _spans(
        joined: str, found: Edits, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> list[tuple[str, int, int]]:
        """The sentence of each edit and where in it the edit stands."""
        return [
            (joined[start - _PAD : end - _PAD], place - start, place - start + length)
            for place, length, start, end in zip(
                found.place.tolist(),
                found.length.tolist(),
                starts.tolist(),
                ends.tolist(),
                strict=True,
            )
        ]


def _chunks(points: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Stretches of whole sentences between the line feeds at both ends."""
    breaks = np.flatnonzero(points[: len(points) - _PAD + 1] == _LINE) + 1
    start, last = _PAD, len(points) - _PAD
    while start < last:
        at = min(int(np.searchsorted(breaks, start + _CHUNK)), len(breaks) - 1)
        end = int(breaks[at])
        end = last if end <= start else min(end, last)
        yield start, end
        start = end


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

    def verdicts(self, joined: str) -> Iterator[tuple[Suspect, float]]:
        """The suspects worth a person's look in sentences joined by line feeds, and their odds."""
        suspects = [suspect for suspect in self.reader.suspects(joined) if not stands(suspect)]
        if suspects:
            odds = self.forest.odds(np.stack([suspect.row for suspect in suspects]))
            odds += haste(int((odds >= self.report).sum()), len(joined))
            for suspect, score in zip(suspects, odds.tolist(), strict=True):
                if score >= self.review:
                    yield suspect, score


def reader(scorer: Scorer, folder: Path = DATA) -> Reader:
    """A reader with this table and the lists of a folder."""
    return Reader(scorer, Confusions(scorer.alphabet, Words.read(folder), folder))


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
