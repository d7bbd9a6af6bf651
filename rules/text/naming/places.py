"""Where names stand beside titles in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rules.text.naming.words import NameWords

_PHRASE = 24


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a sentence that may be a name, and the title beside it.

    `title` is the title word, `phrase` all that is said of the office: the run of characters that
    ends with the title where it stands before the name, the title and what follows it else.
    """

    start: int
    end: int
    name: str
    title: str
    phrase: str
    leading: bool


def places(
    sentence: str, start: int, end: int, sizes: Collection[int], words: NameWords
) -> Iterator[Place]:
    """The possible names of these lengths right after and right before the title there."""
    title = sentence[start:end]
    first = end + 1 if sentence[end : end + 1] == " " else end
    phrase = _before(sentence, start) + title
    for size in sizes:
        name = sentence[first : first + size]
        if len(name) == size and _han(name) and _ends(sentence, first + size, words):
            yield Place(first, first + size, name, title, phrase, True)
        at = start - size
        if at >= 0 and _han(sentence[at:start]) and _begins(sentence, at, words):
            after = sentence[start : start + _PHRASE]
            yield Place(at, start, sentence[at:start], title, after, False)


def _han(text: str) -> bool:
    return all("\u3400" <= char <= "\u9fff" or char == "·" for char in text)


def _before(sentence: str, place: int) -> str:
    start = place
    while start > 0 and place - start < _PHRASE and _han(sentence[start - 1]):
        start -= 1
    return sentence[start:place]


def _ends(sentence: str, place: int, words: NameWords) -> bool:
    """Whether a name can end here."""
    return (
        place >= len(sentence)
        or not _han(sentence[place])
        or sentence.startswith((*words.after, *words.titles), place)
    )


def _begins(sentence: str, place: int, words: NameWords) -> bool:
    """Whether a name can begin here."""
    if place == 0 or not _han(sentence[place - 1]):
        return True
    return sentence.endswith((*words.before, *words.titles), max(0, place - 4), place)
