"""Where the words of a sentence begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

# rjieba is imported where it is needed, and nobody has an instance of his own: each holds a
# dictionary of 25 MB, and most runs never ask.


@lru_cache(maxsize=256)
def tokens(sentence: str) -> tuple[tuple[int, int], ...]:
    """The words of a sentence as (start, end); what no word of the dictionary covers is single."""
    import rjieba

    return tuple((start, end) for _, start, end in rjieba.tokenize(sentence, "default", False))


def guessed(text: str) -> list[str]:
    """The words of a text, those guessed that the dictionary has not."""
    import rjieba

    return rjieba.cut(text)


def splits(words: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a border at `place` would cut one of these words in two."""
    return any(start < place < end for start, end in words)
