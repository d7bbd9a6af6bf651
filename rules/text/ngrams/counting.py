"""Trains an n-gram table: modified Kneser-Ney counts, pruned, in numpy.

What was seen once is dropped from three characters up, so that no sentence can be put together
again from what is left. What is dropped goes to the back-off weight of its context.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import BITS, BREAK, UNKNOWN, Alphabet, Ids
from rules.text.ngrams.table import ORDER, Keys, Level, Model, quantised

_STEP = np.uint64(BITS)
_FEWEST = {1: 1, 2: 1, 3: 2, 4: 2, 5: 2}  # times seen, to be kept
_UNKNOWN_CHANCE = 1e-7

Counts = NDArray[np.int64]
Doubles = NDArray[np.float64]


@dataclass(slots=True)
class _Grams:
    """Distinct n-grams of one order: keys in order, times seen, and the counts to reckon with."""

    keys: Keys
    seen: Counts
    count: Counts


def train(text: str) -> Model:
    """The model of a text: sentences in comparable form, one a line."""
    text = f"\n{text.strip()}\n"
    alphabet = Alphabet.of(text)
    ids = alphabet.encode(text)
    grams = _counted(ids)
    discounts = [_discounts(level.count) for level in grams]
    levels = _levels(grams, discounts)
    about: dict[str, object] = {
        "order": ORDER,
        "characters": len(text),
        "fewest": _FEWEST,
        "kept": [len(level.keys) for level in levels],
        "distinct": [len(level.keys) for level in grams],
    }
    return Model(alphabet, tuple(levels), about)


def pack(ids: Ids, order: int) -> Keys:
    """The n-grams of this order at every place of a text, by the place where they begin."""
    count = max(0, len(ids) - order + 1)
    keys = np.zeros(count, dtype=np.uint64)
    for place in range(order):
        keys <<= _STEP
        keys |= ids[place : place + count]
    return keys


def _counted(ids: Ids) -> list[_Grams]:
    """All n-grams that neither cross a sentence nor hold an unknown character, orders 1 to ORDER.

    The highest order is reckoned with as seen; a lower one by how many characters it follows,
    unless it begins a sentence and so follows none.
    """
    grams: list[_Grams] = []
    longer: Keys | None = None
    for order in range(ORDER, 0, -1):
        keys, seen = np.unique(_sound(ids, order), return_counts=True)
        count = seen.copy()
        if longer is not None:
            suffix = longer & np.uint64((1 << BITS * order) - 1)
            follows, times = np.unique(suffix, return_counts=True)
            count[np.searchsorted(keys, follows)] = times
        grams.append(_Grams(keys, seen, count))
        longer = keys
    return grams[::-1]


def _sound(ids: Ids, order: int) -> Keys:
    sound = np.ones(max(0, len(ids) - order + 1), dtype=bool)
    for place in range(order):
        here = ids[place : place + len(sound)]
        sound &= here != UNKNOWN
        if 0 < place < order - 1:
            sound &= here != BREAK
    if order == 2:  # a line feed after a line feed is an empty sentence
        sound &= (ids[:-1] != BREAK) | (ids[1:] != BREAK)
    return pack(ids, order)[sound]


def _discounts(counts: Counts) -> Doubles:
    """What is taken off counts of 0, 1, 2, and 3 or more (Chen and Goodman 1998)."""
    n1, n2, n3, n4 = (max(1, int((counts == times).sum())) for times in (1, 2, 3, 4))
    part = n1 / (n1 + 2 * n2)
    taken = [1 - 2 * part * n2 / n1, 2 - 3 * part * n3 / n2, 3 - 4 * part * n4 / n3]
    return np.array([0.0, *(float(np.clip(d, 0.05, at + 0.95)) for at, d in enumerate(taken))])


def _totals(level: _Grams) -> tuple[NDArray[np.int64], Doubles]:
    """For each n-gram the number of its context, and for each context the sum of its counts."""
    context = level.keys >> _STEP
    fresh = np.concatenate(([True], context[1:] != context[:-1]))
    number = (np.cumsum(fresh) - 1).astype(np.int64)
    return number, np.bincount(number, weights=level.count).astype(np.float64)


def _levels(grams: list[_Grams], discounts: list[Doubles]) -> list[Level]:
    """The n-grams seen often enough, with interpolated probabilities and back-off weights.

    Whatever an n-gram is made of was seen as often as itself, so that a look-up may stop at the
    first it misses.
    """
    chances = [_first(grams[0], discounts[0])]
    keys = [grams[0].keys]
    backoffs: list[Doubles] = []
    for order in range(2, ORDER + 1):
        level = grams[order - 1]
        keep = level.seen >= _FEWEST[order]
        number, totals = _totals(level)
        share = (level.count - discounts[order - 1][np.minimum(level.count, 3)]) / totals[number]
        spare = 1 - np.bincount(number[keep], weights=share[keep], minlength=len(totals))
        spare = np.clip(spare, 1e-6, 1.0)
        mine = level.keys[keep]
        suffix = _suffixes(mine, keys[-1], order)
        backoff = np.ones(len(keys[-1]))
        backoff[np.searchsorted(keys[-1], mine >> _STEP)] = spare[number[keep]]
        backoffs.append(backoff)
        chances.append(share[keep] + spare[number[keep]] * chances[-1][suffix])
        keys.append(mine)
    backoffs.append(np.ones(len(keys[-1])))
    return [
        Level(k, quantised(np.log10(c)), quantised(np.log10(b)))
        for k, c, b in zip(keys, chances, backoffs, strict=True)
    ]


def _first(level: _Grams, discounts: Doubles) -> Doubles:
    """The probabilities of single characters, a little of each spread over the alphabet."""
    taken = discounts[np.minimum(level.count, 3)]
    total = level.count.sum()
    chance: Doubles = (level.count - taken) / total + taken.sum() / total / len(taken)
    return np.maximum(chance, _UNKNOWN_CHANCE)


def _suffixes(keys: Keys, shorter: Keys, order: int) -> NDArray[np.intp]:
    return np.searchsorted(shorter, keys & np.uint64((1 << BITS * (order - 1)) - 1))
