"""How often a dictionary has two characters as a word: many pairs of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import BITS, UNKNOWN, Alphabet, Ids

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of two characters by their numbers in an alphabet, in order.

    `logs` are the decimal logarithms of how often each is seen.
    """

    keys: NDArray[np.uint32]
    logs: Floats

    @classmethod
    def of(cls, alphabet: Alphabet, rows: Iterable[tuple[str, int]]) -> Lexicon:
        """The words, of these, whose characters the alphabet has."""
        words, seen = zip(*rows, strict=True)
        pairs = alphabet.encode("".join(words)).reshape(-1, 2)
        known = (pairs != UNKNOWN).all(axis=1)
        keys = _keys(pairs[known, 0], pairs[known, 1])
        order = np.argsort(keys)
        return cls(keys[order], np.log10(np.array(seen, dtype=np.float32)[known])[order])

    def common(self, left: Ids, right: Ids) -> Floats:
        """The decimal logarithm of how often each pair is seen as a word; 0 where it is none."""
        keys = _keys(left, right)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: Floats = np.where(self.keys[at] == keys, self.logs[at], np.float32(0))
        return found


def _keys(left: Ids, right: Ids) -> NDArray[np.uint32]:
    keys: NDArray[np.uint32] = left.astype(np.uint32) << np.uint32(BITS) | right
    return keys
