"""How many sentences of the site hold certain few characters in a row."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.uint32]
Counts = NDArray[np.int64]

_CHUNK = 1 << 20
_SIEVE = 22  # bits of the sieve before the search
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 1],
    dtype=np.uint64,
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_LINE = ord("\n")


def sentence_counts(points: Points, rows: Mapping[int, Points]) -> dict[int, Counts]:
    """For each row of n code points the number of sentences that hold it.

    `points` is the text, a line feed after each sentence; `rows[n]` is a table of n columns.
    """
    wanted: dict[int, tuple[NDArray[np.uint64], Counts]] = {}
    totals: dict[int, Counts] = {}
    for size, table in rows.items():
        unique, back = np.unique(_hashes(table.T), return_inverse=True)
        wanted[size] = unique, back.reshape(-1)
        totals[size] = np.zeros(len(unique), dtype=np.int64)
    sieves = {size: _sieve(unique) for size, (unique, _) in wanted.items()}
    for chunk in _chunks(points):
        sentence = np.cumsum(chunk == _LINE)
        for size, (unique, _) in wanted.items():
            if len(chunk) >= size and len(unique):
                totals[size] += _held(chunk, sentence, size, unique, sieves[size])
    return {size: totals[size][back] for size, (_, back) in wanted.items()}


def _held(
    chunk: Points,
    sentence: Counts,
    size: int,
    unique: NDArray[np.uint64],
    sieve: NDArray[np.bool_],
) -> Counts:
    """For each wanted hash the number of sentences of this chunk that hold it."""
    count = len(chunk) - size + 1
    hashes = _hashes([chunk[place : place + count] for place in range(size)])
    likely = np.flatnonzero(sieve[hashes >> np.uint64(64 - _SIEVE)])
    at = np.searchsorted(unique, hashes[likely])
    at[at == len(unique)] = 0
    same = unique[at] == hashes[likely]
    both = at[same] * (int(sentence[-1]) + 1) + sentence[likely[same]]
    return np.bincount(np.unique(both) // (int(sentence[-1]) + 1), minlength=len(unique))


def _chunks(points: Points) -> list[Points]:
    """Pieces of whole sentences."""
    ends = np.flatnonzero(points == _LINE) + 1
    if not len(ends):
        return [points]
    cuts = np.unique(ends[np.searchsorted(ends, np.arange(_CHUNK, len(points), _CHUNK)) - 1])
    return [piece for piece in np.split(points, cuts) if len(piece)]


def _sieve(unique: NDArray[np.uint64]) -> NDArray[np.bool_]:
    sieve = np.zeros(1 << _SIEVE, dtype=bool)
    sieve[unique >> np.uint64(64 - _SIEVE)] = True
    return sieve


def _hashes(columns: NDArray[np.uint32] | list[Points]) -> NDArray[np.uint64]:
    """One number for each row of code points, given column by column."""
    total = np.zeros(len(columns[0]), dtype=np.uint64)
    for column, factor in zip(columns, _FACTORS, strict=False):
        total += (column.astype(np.uint64) + np.uint64(1)) * factor
        total ^= total >> np.uint64(31)
        total *= _MIX
    return total
