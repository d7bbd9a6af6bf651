"""Plants errors such as people make into sound text, to fit and measure the judge with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rules.text.ngrams.alphabet import Alphabet
from rules.text.ngrams.confusion import Confusions, Kind

_USAGE = frozenset("的地得他她它")  # a matter of grammar, not of typing
_TRIES = 6
_COMMON = 300  # characters from which on others are clearly rarer
_OFTEN = 50  # times a word must have been seen to be written for another


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

    def slip(self, unit: int, text: str, chance: np.random.Generator) -> tuple[str, Planted] | None:
        """The sentence of this number with one error in it, and the error."""
        for _ in range(_TRIES):
            start = int(chance.integers(len(text)))
            size = 2 if text[start : start + 2] in self._wrong and chance.random() < 0.5 else 1
            right = text[start : start + size]
            if right in self._wrong:
                ways, bounds = self._wrong[right]
                wrong = ways[int(np.searchsorted(bounds, chance.random()))]
                error = Planted(unit, start, start + size, right)
                return text[:start] + wrong + text[start + size :], error
        return None


def plant(
    sentences: Sequence[str],
    typists: Sequence[tuple[Typist, float]],
    chance: np.random.Generator,
) -> tuple[list[str], list[Planted]]:
    """The sentences, in a share of them one error by each typist, and those errors."""
    texts, errors = list(sentences), []
    bounds = np.cumsum([share for _, share in typists])
    drawn = np.searchsorted(bounds, chance.random(len(texts)), side="right")
    for unit in np.flatnonzero(drawn < len(typists)).tolist():
        made = typists[drawn[unit]][0].slip(unit, texts[unit], chance)
        if made is not None:
            texts[unit], error = made
            errors.append(error)
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
    """Pairs by sound and shape among the common characters, common ones more often than others."""
    weight = {
        Kind.BOTH: 3.0,
        Kind.TONE: 3.0,
        Kind.SOUND: 2.0,
        Kind.FUZZY: 0.6,
        Kind.SHAPE: 1.0,
        Kind.SLIP: 3.0,
    }
    pairs = []
    fan = confusions.single
    for number in range(2, min(common, len(alphabet.chars))):
        wrong = alphabet.char(number)
        for at in range(fan.start[ord(wrong)], fan.start[ord(wrong) + 1]):
            right = alphabet.char(int(fan.ids[at]))
            if not {wrong, right} & _USAGE:
                likely = weight[Kind(fan.kinds[at])] * (_COMMON / (_COMMON + number)) ** 0.5
                pairs.append((wrong, right, likely))
    return pairs


def mixed_up(
    words: Mapping[str, int], told: Mapping[str, Sequence[str]]
) -> list[tuple[str, str, float]]:
    """Pairs of words of two characters: others of the same sound, and the two turned round.

    `told` are the readings of characters, the usual one first.
    """
    heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word, seen in words.items():
        if seen >= _OFTEN and all(char in told for char in word):
            heard[tuple(told[char][0][:-1] for char in word)].append(word)
    pairs = []
    for group in heard.values():
        for right in group:
            others = [w for w in group if w[0] != right[0] and w[1] != right[1]]
            whole = sum(words[other] ** 0.5 for other in others)
            pairs += [(other, right, words[other] ** 0.5 / whole) for other in others]
            if right[::-1] not in words and right[0] != right[1]:
                pairs.append((right[::-1], right, 0.7))
    return pairs


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
