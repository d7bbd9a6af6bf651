"""Makes text comparable without losing the way back: every character knows where it came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_SPACES = frozenset(
    "\t\v\f \u00a0\u3000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
)
_BREAKS = frozenset("\n\r\u0085\u2028\u2029")
_ASIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_ALIKE = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "﹒": "．", "．": ".", "—": "-", "－": "-"}
)
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[\"'）》]*")
_RUN = re.compile(r"[ \n]\n|  ")
_HAN = re.compile("[\u3400-\u9fff，。；：？！（）《》、]")


class _Folds(dict[int, str | None]):
    """Every character's comparable form, worked out when it is first met; None for none."""

    def __missing__(self, code: int) -> str | None:
        self[code] = form = _one(chr(code)) or None
        return form


@dataclass(frozen=True, slots=True)
class Plain:
    """Comparable text; character i of `text` stands at `at[i]` of the original."""

    text: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `text[start:end]`, which must not be empty."""
        return self.at[start], self.at[end - 1] + 1


class _Shifted(Sequence[int]):
    """Where characters came from: from `begins[k]` on each from `ahead[k]` places further on."""

    def __init__(self, size: int, begins: array[int], ahead: array[int]) -> None:
        self._size, self._begins, self._ahead = size, begins, ahead

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return [self[one] for one in range(self._size)[place]]
        at = range(self._size)[place]
        return at + self._ahead[bisect_right(self._begins, at) - 1]


_FOLDS = _Folds()


def plain(text: str) -> Plain:
    """Widths, punctuation and white space made one; one character for one, or none.

    Letters and digits become half width, punctuation beside Chinese full width, quotes and dashes
    straight, white space inside a line one blank, line ends `\\n`. What shows nothing is dropped.
    """
    folded = text.translate(_FOLDS)
    if len(folded) == len(text) and not _RUN.search(folded):
        same = _punctuated(folded)
        return Plain(text if same == text else same, range(len(text)))  # one copy where it can
    kept: list[str] = []
    begins, ahead = array("I", [0]), array("I", [0])
    for place, code in enumerate(map(ord, text)):
        char = _FOLDS[code]
        if char == "\n" and kept and kept[-1] == " ":
            kept.pop()
        if not char or (char in " \n" and kept and kept[-1] == char):
            continue
        if place - len(kept) != ahead[-1]:
            if begins[-1] == len(kept):
                begins.pop()
                ahead.pop()
            begins.append(len(kept))
            ahead.append(place - len(kept))
        kept.append(char)
    return Plain(_punctuated("".join(kept)), _Shifted(len(kept), begins, ahead))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of comparable text begin and end, blanks at their ends left out."""
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while start < end and text[start] == " ":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        if start < end:
            yield start, end


def _one(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char in _SPACES:
        return " "
    if char in _BREAKS:
        return "\n"
    folded = unicodedata.normalize("NFKC", char)
    return (folded if len(folded) == 1 else char).translate(_ALIKE)


def _punctuated(text: str) -> str:
    """Half-width marks that stand beside Chinese, or its marks, as their full-width selves."""
    if not any(mark in text for mark in _ASIDE):
        return text
    chars = list(text)
    for place, char in enumerate(chars):
        wide = _ASIDE.get(char)
        if wide and (_han(chars, place - 1) or _han(chars, place + 1)):
            chars[place] = wide
    return "".join(chars)


def _han(chars: list[str], place: int) -> bool:
    return 0 <= place < len(chars) and _HAN.match(chars[place]) is not None
