"""Finds what is one edit away from an expression: pigeonhole over halves, many texts at once.

One edit leaves at least one half of an expression whole (or turns round the two characters where
the halves meet, which is a string of its own). So all halves are looked for together; numpy drops
the places where the other end is not in reach, and only what is left is compared.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from rules.text.alike.likeness import alike, lookalikes

SHORT = 4
"""Up to this length only a character that sounds or looks alike makes a near miss."""

_Ints = npt.NDArray[np.int64]


class Edit(StrEnum):
    """What was done to the expression."""

    OTHER = "other"  # one character is another
    LESS = "less"  # one is missing
    MORE = "more"  # one too many
    TWICE = "twice"  # one too many, the same as its neighbour
    TURNED = "turned"  # two neighbours change places


@dataclass(frozen=True, slots=True)
class Near:
    """A near miss at `start` to `end`; `low` to `high` are the characters the edit touches.

    Where a character is missing these are its two neighbours, where it stands twice both of them.
    `number` is the expression's.
    """

    start: int
    end: int
    low: int
    high: int
    number: int
    edit: Edit


class Scan:
    """What stands in a text: near misses, and whole expressions and allowed wordings."""

    def __init__(self, near: Sequence[Near], begin: _Ints, end: _Ints, number: _Ints) -> None:
        order = np.argsort(begin, kind="stable")
        self.near = near
        self._begin, self._end, self._number = begin[order], end[order], number[order]
        self._longest = int((end - begin).max(initial=0))

    def covering(self, low: int, high: int) -> Iterator[int]:
        """The numbers of what stands whole over these characters: expressions, then allowed."""
        first = np.searchsorted(self._begin, low - self._longest, "left")
        last = np.searchsorted(self._begin, low, "right")
        for at in range(int(first), int(last)):
            if self._end[at] >= high:
                yield int(self._number[at])


_Piece = tuple[str, int, int]
"""A stretch of an expression, how many characters into it, and what it is."""

_WHOLE, _LEFT, _RIGHT, _TURNED, _VARIANT = range(5)


class Scanner:
    """Looks for expressions, near misses of them and allowed wordings, all in one pass."""

    def __init__(self, expressions: Sequence[str], allowed: Sequence[str]) -> None:
        self._texts = tuple(expressions)
        texts = [*expressions, *allowed]
        known = frozenset(texts)
        patterns: dict[str, int] = {}
        parts = array("q")  # pattern, expression, offset, kind of one after another
        for number, text in enumerate(texts):
            parts.extend((patterns.setdefault(text, len(patterns)), number, 0, _WHOLE))
        for number, text in enumerate(expressions):
            for piece, offset, kind in _pieces(text):
                if kind in (_LEFT, _RIGHT) or piece not in known:
                    pattern = patterns.setdefault(piece, len(patterns))
                    parts.extend((pattern, number, offset, kind))
        self._automaton = ahocorasick_rs.AhoCorasick(list(patterns))
        table = np.frombuffer(parts, dtype=np.int64).reshape(-1, 4)
        table = table[np.argsort(table[:, 0], kind="stable")]
        self._first = np.searchsorted(table[:, 0], np.arange(len(patterns) + 1))
        self._number, self._offset, self._kind = table[:, 1:].T.copy()
        self._size = np.array([len(text) for text in texts], dtype=np.int64)
        self._ends = {
            at: np.array([ord(text[at]) for text in texts], dtype=np.uint32)
            for at in (0, 1, -2, -1)
        }
        self._reach = max((len(text) for text in texts), default=0) + 2

    def scan(self, text: str) -> Scan:
        """Everything in `text`."""
        found: Any = self._automaton.find_matches_as_indexes(text, overlapping=True)
        pattern, start, _ = np.array(found, dtype=np.int64).reshape(-1, 3).T
        many = self._first[pattern + 1] - self._first[pattern]
        part = np.repeat(self._first[pattern], many) + _counted(many)
        begin = np.repeat(start, many) - self._offset[part]
        kind, number = self._kind[part], self._number[part]
        whole = kind == _WHOLE
        near = list(self._near(text, begin, kind, number))
        return Scan(near, begin[whole], (begin + self._size[number])[whole], number[whole])

    def _near(self, text: str, begin: _Ints, kind: _Ints, number: _Ints) -> Iterator[Near]:
        # An expression that stands there whole has both its halves too: those say nothing.
        keys = begin * len(self._size) + number
        halves = (kind == _LEFT) | (kind == _RIGHT)
        halves &= ~np.isin(keys, keys[kind == _WHOLE])
        halves &= self._reachable(text, begin, kind, number)
        halves |= (kind == _TURNED) | (kind == _VARIANT)
        seen: set[tuple[int, int, int]] = set()
        for at, what, n in zip(begin[halves], kind[halves], number[halves], strict=True):
            for near in self._compared(text, int(at), int(what), int(n)):
                key = (near.start, near.end, near.number)
                if key not in seen:
                    seen.add(key)
                    yield near

    def _reachable(
        self, text: str, begin: _Ints, kind: _Ints, number: _Ints
    ) -> npt.NDArray[np.bool_]:
        """Whether the far end of the expression stands where one edit can have left it."""
        pad = self._reach
        codes = np.zeros(len(text) + 2 * pad, dtype=np.uint32)
        codes[pad:-pad] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        size = self._size[number]
        head, last = begin + pad, begin + pad + size - 1
        ends = {at: self._ends[at][number] for at in self._ends}
        right = codes[last] == ends[-1]
        right |= codes[last - 1] == ends[-1]
        right |= codes[last + 1] == ends[-1]
        right |= codes[last - 1] == ends[-2]
        left = codes[head] == ends[0]
        left |= codes[head - 1] == ends[0]
        left |= codes[head + 1] == ends[0]
        left |= codes[head + 1] == ends[1]
        reachable: npt.NDArray[np.bool_] = np.where(kind == _LEFT, right, left)
        return reachable

    def _compared(self, text: str, begin: int, kind: int, number: int) -> Iterator[Near]:
        """The stretches of one character more or less, or as many, that are one edit away."""
        right = self._texts[number]
        size = len(right)
        for more in (0, -1, 1):
            start = begin if kind != _RIGHT else begin - more
            end = start + size + more
            if start >= 0 and end <= len(text):
                near = _difference(text[start:end], right, start, number)
                if near:
                    yield near


def _counted(many: _Ints) -> _Ints:
    """0, 1, … up to each of these numbers, one after another."""
    total = int(many.sum())
    return np.arange(total) - np.repeat(np.cumsum(many) - many, many)


def _pieces(text: str) -> Iterator[_Piece]:
    size = len(text)
    if size <= SHORT:
        yield from _variants(text)
        return
    half = size // 2
    yield text[:half], 0, _LEFT
    yield text[half:], half, _RIGHT
    if text[half - 1] != text[half]:
        yield text[: half - 1] + text[half] + text[half - 1] + text[half + 1 :], 0, _TURNED


def _variants(text: str) -> Iterator[_Piece]:
    for at, char in enumerate(text):
        for other in lookalikes(char):
            yield text[:at] + other + text[at + 1 :], 0, _VARIANT


def _difference(wrong: str, right: str, start: int, number: int) -> Near | None:
    """How `wrong` differs from `right` by one edit that keeps both ends, or None."""
    shorter = min(len(wrong), len(right))
    same = next((i for i in range(shorter) if wrong[i] != right[i]), shorter)
    rest = shorter - same
    tail = next((i for i in range(rest) if wrong[-1 - i] != right[-1 - i]), rest)
    place, edit = start + same, None
    low, high = place, place + 1
    if len(wrong) == len(right):
        differing = len(right) - same - tail
        if differing == 1 and _other(wrong, right, same):
            edit = Edit.OTHER
        elif differing == 2 and _turned(wrong, right, same) and 0 < same < len(right) - 2:
            edit, high = Edit.TURNED, place + 2
    elif len(wrong) < len(right):
        if same + tail == len(wrong) and 0 < same < len(wrong):
            edit, low = Edit.LESS, place - 1
    elif same + tail == len(right) and 0 < same < len(right):
        # Of two equal neighbours it is always the second that the comparison stops at.
        edit = Edit.MORE
        if wrong[same] == wrong[same - 1]:
            edit, low = Edit.TWICE, place - 1
    if edit is None or not all("\u3400" <= char <= "\u9fff" for char in wrong[same : same + 1]):
        return None
    return Near(start, start + len(wrong), low, high, number, edit)


def _other(wrong: str, right: str, at: int) -> bool:
    """Whether a changed character counts: at an end only one that sounds or looks alike does."""
    return 0 < at < len(right) - 1 or alike(wrong[at], right[at])


def _turned(wrong: str, right: str, at: int) -> bool:
    return wrong[at : at + 2] == right[at + 1] + right[at]
