"""Errors people make, taken from corrected sentences, and put into text that is right."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

from bench.text_folder import Pair

SHARE = 0.05
SEED = 20260320

_LEFT_OUT = frozenset("的地得他她它")
"""Mixed up so often that no rule may report them by themselves."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Someone wrote `wrong` where character `at` of `word` was right."""

    word: str
    at: int
    wrong: str

    @property
    def right(self) -> str:
        """The character that should stand there."""
        return self.word[self.at]


@dataclass(frozen=True, slots=True)
class Planted:
    """An error put into a line; `at` counts in the line as it was given."""

    line: int
    at: int
    right: str
    wrong: str


def slips(pairs: Iterable[Pair]) -> Counter[Slip]:
    """The single-character slips in pairs of one length, in the words they were made in."""
    found: Counter[Slip] = Counter()
    for source, target in pairs:
        if len(source) != len(target) or source == target:
            continue
        for word, start in words(target):
            for at, right in enumerate(word):
                wrong = source[start + at]
                if wrong != right and _counts(wrong) and _counts(right):
                    found[Slip(word, at, wrong)] += 1
    return found


def words(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text and where they begin."""
    start = 0
    for word in rjieba.cut(text):
        yield word, start
        start += len(word)


def _counts(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _LEFT_OUT


class Planter:
    """Puts slips where their right character stands in the same or a like word.

    A like word has as many characters, more than one, and the right one in the same place.
    """

    def __init__(self, known: Counter[Slip]) -> None:
        self._by_place: dict[tuple[str, int, int], Counter[tuple[str, str]]] = defaultdict(Counter)
        for slip, count in known.items():
            place = (slip.right, slip.at, len(slip.word))
            self._by_place[place][slip.word, slip.wrong] += count

    def plant(
        self, lines: Sequence[str], share: float = SHARE, seed: int = SEED
    ) -> tuple[list[str], list[Planted]]:
        """The lines, one error in that share of them where one can be put, and the errors."""
        draw = random.Random(seed)
        out, planted = list(lines), list[Planted]()
        for number in sorted(draw.sample(range(len(lines)), round(share * len(lines)))):
            choices = self._choices(lines[number])
            if not choices:
                continue
            (at, wrong), *_ = draw.choices(list(choices), weights=list(choices.values()))
            line = lines[number]
            planted.append(Planted(number, at, line[at], wrong))
            out[number] = f"{line[:at]}{wrong}{line[at + 1 :]}"
        return out, planted

    def _choices(self, line: str) -> Counter[tuple[int, str]]:
        """Every place of the line and wrong character for it, by how often people made it."""
        found: Counter[tuple[int, str]] = Counter()
        for word, start in words(line):
            for at, right in enumerate(word):
                known = self._by_place.get((right, at, len(word)))
                for (like, wrong), count in known.items() if known else ():
                    if like == word or len(word) > 1:
                        found[start + at, wrong] += count
        return found
