"""Plants errors such as people make into sound text, to fit and measure the judge with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rules.text.ngrams.alphabet import Alphabet
from rules.text.ngrams.confusion import Confusions, Kind

_USAGE = frozenset("的地得他她它")  # a matter of grammar, not of typing
_TRIES = 6


@dataclass(frozen=True, slots=True)
class Planted:
    """An error at `start` to `end` of a sentence, where `right` should stand."""

    unit: int
    start: int
    end: int
    right: str


class Typist:
    """Makes mistakes: for a character or a word of two, what might be written in its stead.

    `wrong[right]` are the wrong writings of it and their weights.
    """

    def __init__(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        held: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for wrong, right, weight in pairs:
            held[right].append((wrong, weight))
        self._wrong = {
            right: ([w for w, _ in ways], np.cumsum([x for _, x in ways]) / sum(x for _, x in ways))
            for right, ways in held.items()
        }

    def plant(
        self, sentences: Sequence[str], share: float, chance: np.random.Generator
    ) -> tuple[list[str], list[Planted]]:
        """The sentences, a share of them with one error each, and those errors."""
        texts, errors = list(sentences), []
        for unit in np.flatnonzero(chance.random(len(texts)) < share).tolist():
            text = texts[unit]
            for _ in range(_TRIES):
                start = int(chance.integers(len(text)))
                size = 2 if text[start : start + 2] in self._wrong and chance.random() < 0.5 else 1
                right = text[start : start + size]
                if right in self._wrong:
                    ways, bounds = self._wrong[right]
                    wrong = ways[int(np.searchsorted(bounds, chance.random()))]
                    texts[unit] = text[:start] + wrong + text[start + size :]
                    errors.append(Planted(unit, start, start + size, right))
                    break
        return texts, errors


def human(files: Iterable[Path], part: int, parts: int) -> list[tuple[str, str, float]]:
    """Pairs of wrong and right characters people have made, from every `parts`-th line's edits.

    The files hold source, tab, target.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            wrong, right = line.split("\t")[:2]
            if number % parts == part and len(wrong) == len(right):
                seen.update(
                    (one, two)
                    for one, two in zip(wrong, right, strict=True)
                    if one != two and not {one, two} & _USAGE and _han(one) and _han(two)
                )
    return [(wrong, right, float(times)) for (wrong, right), times in sorted(seen.items())]


def made_up(
    alphabet: Alphabet, confusions: Confusions, common: int = 3000
) -> list[tuple[str, str, float]]:
    """Pairs by sound and shape among the common characters, sounds more often than shapes."""
    weight = {Kind.TONE: 3.0, Kind.SOUND: 2.0, Kind.FUZZY: 0.6, Kind.SHAPE: 1.0, Kind.SLIP: 3.0}
    pairs = []
    fan = confusions.single
    for number in range(2, min(common, len(alphabet.chars))):
        wrong = alphabet.char(number)
        for at in range(fan.start[ord(wrong)], fan.start[ord(wrong) + 1]):
            right = alphabet.char(int(fan.ids[at]))
            if not {wrong, right} & _USAGE:
                pairs.append((wrong, right, weight[Kind(fan.kinds[at])]))
    return pairs


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
