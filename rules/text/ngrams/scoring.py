"""How likely text is under the table: many windows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import BITS, SIZE, Ids
from rules.text.ngrams.table import LOWEST, ORDER, VALUES, Floats, Hashed, Model, Stored

Words = NDArray[np.uint32]
Bytes = NDArray[np.uint8]

_STEP = np.uint64(BITS)
_LOW = 0x7F


@dataclass(frozen=True, slots=True)
class Scored:
    """For each character its log probability (to base 10) and the longest n-gram it ends."""

    logs: Floats
    order: Bytes


class Scorer:
    """A table made ready for looking up."""

    def __init__(self, table: Model | Stored) -> None:
        each = iter(table.levels)
        first, second = next(each), next(each)
        self.alphabet = table.alphabet
        self.single = np.full(SIZE, -LOWEST, dtype=np.float32)
        self.single[first.keys.astype(np.intp)] = VALUES[first.chance]
        self._single_backoff = np.zeros(SIZE, dtype=np.float32)
        self._single_backoff[first.keys.astype(np.intp)] = VALUES[first.backoff]
        self._pairs = np.zeros(SIZE * SIZE, dtype=np.uint16)
        word = second.chance.astype(np.uint16) << 7 | second.backoff
        self._pairs[second.keys.astype(np.intp)] = word
        del first, second
        self._hashed = tuple(map(Hashed, each))

    def score(self, ids: Ids) -> Scored:
        """Every row of numbers scored by itself; columns before ORDER - 1 see less than there is.

        A character's probability is that of the longest known n-gram it ends, or, where a longer
        context is known but not with this character, that times the context's back-off weight.
        """
        logs = self.single[ids]
        order = np.ones(ids.shape, dtype=np.uint8)
        wide = ids.astype(np.uint64)
        keys = wide[..., :-1] << _STEP | wide[..., 1:]
        found: Words = self._pairs[keys.astype(np.intp)].astype(np.uint32)
        self._take(logs, order, found, self._single_backoff[ids[..., :-1]])
        for hashed in self._hashed:
            if found.shape[-1] < 2:
                break
            longer = np.zeros((*found.shape[:-1], found.shape[-1] - 1), dtype=np.uint32)
            keys = keys[..., :-1] << _STEP | wide[..., -longer.shape[-1] :]
            open_ = (found[..., :-1] != 0) & (found[..., 1:] != 0)
            longer[open_] = hashed.find(keys[open_])
            self._take(logs, order, longer, VALUES[found[..., :-1] & _LOW])
            found = longer
        return Scored(logs, order)

    @staticmethod
    def _take(logs: Floats, order: Bytes, found: Words, backoff: Floats) -> None:
        """Puts in what n-grams of one more character say."""
        tail = logs[..., -found.shape[-1] :]
        known = found != 0
        tail[...] = np.where(known, VALUES[found >> 7], tail + backoff)
        order[..., -found.shape[-1] :] += known

    def pair(self, left: Ids, right: Ids) -> tuple[Floats, NDArray[np.bool_]]:
        """The log probability of a character after another, and whether the pair is known."""
        found = self._pairs[left.astype(np.intp) << BITS | right]
        backed = self._single_backoff[left] + self.single[right]
        return np.where(found != 0, VALUES[found >> 7], backed), found != 0

    def triple(self, first: Ids, second: Ids, third: Ids) -> NDArray[np.bool_]:
        """Whether three characters are known in this order."""
        key = (first.astype(np.uint64) << _STEP | second) << _STEP | third
        known: NDArray[np.bool_] = self._hashed[0].find(key) != 0
        return known


REACH = ORDER - 1  # how far one character is felt
