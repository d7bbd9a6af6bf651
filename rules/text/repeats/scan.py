"""Finds characters, words and marks that stand two or more times in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 6
"""Characters of the longest word that is looked for."""

_HAN_FIRST, _HAN_LAST = 0x4E00, 0x9FFF
_MARKS = re.compile(r"([，、；：。])\1+")
_LISTED = re.compile(
    r"(?<![^，、；：。（\"\n])([\u4e00-\u9fff]{2,8})、\1(?![^，、；。）\"\n等]|、再)"
)


@dataclass(frozen=True, slots=True)
class Repeat:
    """`text[start:end]` is a stretch of `length` characters written `copies` times in a row.

    What follows the last whole copy and still goes on like it is part of the stretch: taking any
    copy out of it leaves the same characters.
    """

    start: int
    end: int
    length: int

    @property
    def copies(self) -> int:
        """How many whole copies stand there."""
        return (self.end - self.start) // self.length

    @property
    def kept(self) -> int:
        """Characters that are left when it is written once."""
        return self.end - self.start - (self.copies - 1) * self.length


def is_han(char: str) -> bool:
    """Whether this is one Chinese character."""
    return len(char) == 1 and _HAN_FIRST <= ord(char) <= _HAN_LAST


def repeats(text: str) -> list[Repeat]:
    """Every stretch of Chinese characters written over again, shortest words first, then by place.

    A stretch in which a shorter word is already found repeated is not given again.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    han = (codes >= _HAN_FIRST) & (codes <= _HAN_LAST)
    taken: set[int] = set()
    found: list[Repeat] = []
    for length in range(1, LONGEST + 1):
        if len(codes) <= length:
            break
        same = (codes[:-length] == codes[length:]) & han[:-length]
        for start, run in _runs(same, length):
            if start not in taken and start + length not in taken:
                end = start + run + length
                found.append(Repeat(start, end, length))
                taken.update(range(start, end))
    return found


def _runs(same: NDArray[np.bool_], least: int) -> Iterator[tuple[int, int]]:
    """Where at least so many True stand in a row, and how many."""
    edges = np.diff(np.concatenate(([0], same.view(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    long = ends - starts >= least
    yield from zip(starts[long].tolist(), (ends - starts)[long].tolist(), strict=True)


def marks(text: str) -> Iterator[tuple[int, int]]:
    """Where a punctuation mark stands again right after itself."""
    return (found.span() for found in _MARKS.finditer(text))


def listed(text: str) -> Iterator[tuple[int, int, int]]:
    """Where an item of an enumeration is named again at once; the last is where the first ends."""
    for found in _LISTED.finditer(text):
        yield found.start(), found.end(), found.end(1)
