"""Turns characters into small numbers, as the n-gram table counts them."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

UNKNOWN, BREAK = 0, 1
BITS = 12
SIZE = 1 << BITS

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_CODES = 1 << 16

Ids = NDArray[np.uint16]


def folded(code: int) -> int:
    """The code point that stands for this one: one for all digits, one for all Latin letters."""
    char = chr(code)
    return ord("0") if char in _DIGITS else ord("a") if char in _LATIN else code


class Alphabet:
    """The characters a table knows, the most frequent first; all others are unknown.

    Number 0 is the unknown character, 1 the line feed between sentences.
    """

    def __init__(self, chars: str) -> None:
        if len(chars) > SIZE - 2:
            raise ValueError(f"an alphabet holds at most {SIZE - 2} characters")
        self.chars = chars

    @cached_property
    def _numbers(self) -> Ids:
        numbers = np.zeros(_CODES, dtype=np.uint16)
        numbers[ord("\n")] = BREAK
        for number, char in enumerate(self.chars, start=2):
            numbers[ord(char)] = number
        for char in _LATIN + _DIGITS:
            numbers[ord(char)] = numbers[folded(ord(char))]
        return numbers

    def encode(self, text: str) -> Ids:
        """One number for each character."""
        return self.number(codes(text))

    def number(self, points: NDArray[np.uint32]) -> Ids:
        """The numbers of these code points."""
        return self._numbers[np.where(points < _CODES, points, 0)]

    def char(self, number: int) -> str:
        """The character of a number; empty for an unknown one."""
        return "" if number == UNKNOWN else "\n" if number == BREAK else self.chars[number - 2]

    @classmethod
    def of(cls, text: str) -> Alphabet:
        """The alphabet of this text: its most frequent characters."""
        points, counts = np.unique(codes(text), return_counts=True)
        totals: dict[int, int] = {}
        for point, count in zip(points.tolist(), counts.tolist(), strict=True):
            if point < _CODES and point != ord("\n"):
                totals[folded(point)] = totals.get(folded(point), 0) + count
        ranked = sorted(totals, key=lambda point: (-totals[point], point))
        return cls("".join(map(chr, ranked[: SIZE - 2])))


def codes(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
