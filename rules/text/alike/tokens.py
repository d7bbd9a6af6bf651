"""Where the words of a sentence begin and end, by dictionary alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=256)
def tokens(sentence: str) -> tuple[tuple[int, int], ...]:
    """The words of a sentence as (start, end); what no word of the dictionary covers is single."""
    # Imported here: it holds a dictionary, and most runs never ask.
    import rjieba

    return tuple((start, end) for _, start, end in rjieba.tokenize(sentence, "default", False))


def splits(words: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a border at `place` would cut one of these words in two."""
    return any(start < place < end for start, end in words)
