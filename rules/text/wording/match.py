"""Where wordings of the rules stand in a sentence and are the page's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.text.wording.entries import Wording

_SPOKEN_OF = 6
_QUOTES = {"《": "》", "「": "」", "『": "』", "〈": "〉"}


def matches(wording: Wording, sentence: str) -> Iterator[re.Match[str]]:
    """The matches that count as far as their list of names goes."""
    for match in wording.pattern.finditer(sentence):
        if not wording.parts or _mixed(wording, match["list"].split("、")):
            yield match


def _mixed(wording: Wording, names: list[str]) -> bool:
    """Whether a list names one of the parts and, beside it, one of the others.

    The first name may have other words before it.
    """
    lists = [(name, index == 0) for index, name in enumerate(names)]
    return any(_named(name, first, wording.parts) for name, first in lists) and any(
        _named(name, first, wording.beside) for name, first in lists
    )


def _named(name: str, first: bool, known: frozenset[str]) -> bool:
    return name in known or (first and any(name.endswith(one) for one in known))


def quoted(sentence: str, start: int) -> bool:
    """Whether this place stands within quotation marks or the marks of a title."""
    if sentence.count('"', 0, start) % 2 and '"' in sentence[start:]:
        return True
    return any(
        sentence.rfind(opening, 0, start) > sentence.rfind(closing, 0, start)
        for opening, closing in _QUOTES.items()
    )


def disowned(sentence: str, start: int, words: tuple[str, ...]) -> bool:
    """Whether the words before this place keep what follows at arm's length."""
    before = sentence[max(0, start - _SPOKEN_OF) : start].rstrip('"')
    return before.endswith(words)
