"""How many sentences of the site hold certain few characters in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint32]
Marks = NDArray[np.uint64]
Counts = NDArray[np.int64]

_SIEVE = 22  # bits of the sieve before the search
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 1],
    dtype=np.uint64,
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_LINE = ord("\n")


def marks(rows: Points) -> Marks:
    """One number for each row of code points: what is looked for, and a fraction of its size."""
    return _hashes(rows.T)


def sentence_counts(texts: Iterable[Points], wanted: Mapping[int, Marks]) -> dict[int, Counts]:
    """For each mark of n code points the number of sentences that hold them.

    `texts` are the code points of sentences, some at a time, a line feed after each; `wanted[n]`
    are marks of rows of n.
    """
    sought = {size: _Sought(size, rows) for size, rows in wanted.items() if len(rows)}
    for points in texts:
        sentence = np.cumsum(points == _LINE)
        for each in sought.values():
            each.look(points, sentence)
    none = np.zeros(0, dtype=np.int64)
    return {size: sought[size].totals if size in sought else none for size in wanted}


class _Sought:
    """The marks of one size and how often each was found."""

    def __init__(self, size: int, rows: Marks) -> None:
        self._size = size
        self._marks, self._row = np.unique(rows, return_inverse=True)
        self._counts = np.zeros(len(self._marks), dtype=np.int64)
        self._sieve = np.zeros(1 << _SIEVE, dtype=bool)
        self._sieve[self._marks >> np.uint64(64 - _SIEVE)] = True

    @property
    def totals(self) -> Counts:
        """The number of sentences for each row."""
        return self._counts[self._row]

    def look(self, points: Points, sentence: Counts) -> None:
        """Count the sentences of this text; `sentence` says which one each character is of."""
        count = len(points) - self._size + 1
        if count <= 0:
            return
        hashes = _hashes([points[place : place + count] for place in range(self._size)])
        likely = np.flatnonzero(self._sieve[hashes >> np.uint64(64 - _SIEVE)])
        at = np.searchsorted(self._marks, hashes[likely])
        at[at == len(self._marks)] = 0
        same = self._marks[at] == hashes[likely]
        many = int(sentence[-1]) + 1
        both = at[same] * many + sentence[likely[same]]
        np.add.at(self._counts, np.unique(both) // many, 1)


def _hashes(columns: NDArray[np.uint32] | list[Points]) -> Marks:
    """One number for each row of code points, given column by column."""
    total = np.zeros(len(columns[0]), dtype=np.uint64)
    for column, factor in zip(columns, _FACTORS, strict=False):
        total += (column.astype(np.uint64) + np.uint64(1)) * factor
        total ^= total >> np.uint64(31)
        total *= _MIX
    return total
