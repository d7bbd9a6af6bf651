"""Weighs a repeat by the n-gram table: how much likelier the text is without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import Ids
from rules.text.ngrams.scoring import REACH, Scored, Scorer
from rules.text.repeats.scan import Repeat


@dataclass(frozen=True, slots=True)
class Weight:
    """`gain` is what writing it once gains, in decades of likelihood.

    `joined` is the longest known n-gram across the place where a copy was taken out, `held` the
    longest across the place where two copies meet.
    """

    gain: float
    joined: int
    held: int


def weighed(scorer: Scorer, text: str, found: Sequence[Repeat]) -> list[Weight]:
    """The weight of each repeat of the text."""
    margin = "\n" * REACH
    ids = scorer.alphabet.encode(f"{margin}{text}{margin}")
    alike: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        alike[one.end - one.start, one.kept, one.length].append(number)
    weights: dict[int, Weight] = {}
    for (size, kept, length), numbers in alike.items():
        starts = [found[number].start for number in numbers]
        full = np.stack([ids[at : at + size + 2 * REACH] for at in starts])
        cut = REACH + kept
        short = np.concatenate((full[:, :cut], full[:, REACH + size :]), axis=1)
        for number, weight in zip(numbers, _rows(scorer, full, short, length, cut), strict=True):
            weights[number] = weight
    return [weights[number] for number in range(len(found))]


def _rows(scorer: Scorer, full: Ids, short: Ids, length: int, cut: int) -> list[Weight]:
    """The weights of repeats of one form: as they stand in `full`, written once in `short`."""
    as_is, mended = scorer.score(full), scorer.score(short)
    gain = mended.logs[:, REACH:].sum(axis=1) - as_is.logs[:, REACH:].sum(axis=1)
    joined, held = _across(mended, cut), _across(as_is, REACH + length)
    return [
        Weight(float(g), int(j), int(h))
        for g, j, h in zip(gain.tolist(), joined.tolist(), held.tolist(), strict=True)
    ]


def _across(scored: Scored, seam: int) -> NDArray[np.int64]:
    """For each row the longest known n-gram that begins before column `seam` and ends after it."""
    orders = scored.order[:, seam : seam + REACH].astype(np.int64)
    reaching = orders >= np.arange(orders.shape[1]) + 2
    longest: NDArray[np.int64] = np.where(reaching, orders, 1).max(axis=1)
    return longest
