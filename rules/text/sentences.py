"""The sentences of many texts, each held once, and as numbers: their words stay in the texts.

A site of millions of characters has hundreds of thousands of them; an object for each would take
many times the memory of the words themselves.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK = 300_000
"""Characters that are looked at together: arrays of all would take a hundred bytes for each."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands: `offset` characters into the comparable text `text`."""

    text: int
    offset: int


@dataclass(frozen=True, slots=True)
class Block:
    """Some sentences in one string, a line feed after each; `first` is the number of the first."""

    text: str
    first: int
    starts: Sequence[int]

    def locate(self, place: int) -> tuple[int, int]:
        """Which sentence a place in the block belongs to, and how far into it."""
        number = bisect_right(self.starts, place) - 1
        return self.first + number, place - self.starts[number]


def blocks(sentences: Iterable[str]) -> Iterator[Block]:
    """All sentences, enough at a time to be scanned quickly and few enough to fit in memory."""
    first, size = 0, 0
    words: list[str] = []
    starts: list[int] = []
    for sentence in sentences:
        words.append(sentence)
        starts.append(size)
        size += len(sentence) + 1
        if size >= _BLOCK:
            yield _block(words, first, starts)
            first, size = first + len(words), 0
            words, starts = [], []
    if words:
        yield _block(words, first, starts)


def _block(words: Sequence[str], first: int, starts: Sequence[int]) -> Block:
    return Block("\n".join(words) + "\n", first, starts)


class Sentences(Sequence[str]):
    """The different sentences of some texts, in the order in which they are first met."""

    def __init__(self, texts: Sequence[str], spans: Iterable[Iterable[tuple[int, int]]]) -> None:
        """`spans` says for each text where its sentences begin and end."""
        # Only where there is text to judge: most commands judge none, and every one starts.
        import numpy as np

        self._texts = texts
        self._text, self._start, self._end = array("I"), array("I"), array("I")
        marks = array("q")
        for number, (words, own) in enumerate(zip(texts, spans, strict=True)):
            for start, end in own:
                marks.append(hash(words[start:end]))
                self._text.append(number)
                self._start.append(start)
                self._end.append(end)
        same = firsts(np.frombuffer(marks, np.int64), self._words)
        self._first = _packed(np.flatnonzero(same == np.arange(len(same))))
        # Every place stands with those that hold the same words, in their order.
        order = np.argsort(same, kind="stable")
        self._places = _packed(order)
        self._bounds = _packed(np.searchsorted(same[order], [*self._first, len(same)]))

    def __len__(self) -> int:
        return len(self._first)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        if isinstance(number, slice):
            return [self._words(place) for place in self._first[number]]
        return self._words(self._first[number])

    def __iter__(self) -> Iterator[str]:
        return map(self._words, self._first)

    def spots(self, number: int) -> list[Spot]:
        """Where a sentence stands."""
        places = self._places[self._bounds[number] : self._bounds[number + 1]]
        return [Spot(self._text[place], self._start[place]) for place in places]

    def _words(self, place: int) -> str:
        return self._texts[self._text[place]][self._start[place] : self._end[place]]


def firsts(marks: NDArray[np.int64], words: Callable[[int], str]) -> NDArray[np.int64]:
    """For each place the first that holds the same words; equal words have equal marks."""
    import numpy as np

    _, first, back = np.unique(marks, return_index=True, return_inverse=True)
    same: NDArray[np.int64] = first[back]
    for place in np.flatnonzero(same != np.arange(len(same))).tolist():
        # Where other words have the same mark by chance, they are kept apart.
        if words(place) != words(int(same[place])):
            same[place] = place
    return same


def _packed(numbers: NDArray[np.int64]) -> array[int]:
    """Numbers of four bytes each that are looked up one at a time."""
    import numpy as np

    return array("I", numbers.astype(np.uint32).tobytes())
