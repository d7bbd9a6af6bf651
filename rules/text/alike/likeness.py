"""Whether two characters sound or look alike, and which ones do."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from rules.data_files import read_table

_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_FUZZY_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def sounds(char: str) -> frozenset[str]:
    """The readings of a character without tone, initials and endings often confused made one."""
    return frozenset(_folded(reading) for reading in _readings().get(char, "").split())


@cache
def _readings() -> dict[str, str]:
    folder = files("rules") / "data" / "text" / "ngrams"
    return {row[0]: row[1] for _, row in read_table(folder, "sounds.tsv")}


@cache
def _folded(reading: str) -> str:
    letters = reading.rstrip("012345")
    for start, fold in _FUZZY:
        if letters.startswith(start):
            letters = fold + letters[len(start) :]
    for end, fold in _FUZZY_ENDS:
        if letters.endswith(end):
            letters = letters[: -len(end)] + fold
    return letters


@cache
def _shapes() -> dict[str, str]:
    folder = files("rules") / "data" / "text" / "alike"
    return {row[0]: row[1] for _, row in read_table(folder, "shapes.tsv")}


def looks_alike(one: str, other: str) -> bool:
    """Whether two characters have most of their strokes in common."""
    return other in _shapes().get(one, "") or one in _shapes().get(other, "")


def alike(one: str, other: str) -> bool:
    """Whether two characters sound or look alike."""
    return not sounds(one).isdisjoint(sounds(other)) or looks_alike(one, other)


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for char in _common():
        for sound in sounds(char):
            found.setdefault(sound, []).append(char)
    return {sound: tuple(chars) for sound, chars in found.items()}


def _common() -> Iterable[str]:
    """The characters of GB 2312, in its order."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            char = bytes((high, low)).decode("gb2312", "ignore")
            if char:
                yield char


@cache
def lookalikes(char: str) -> frozenset[str]:
    """The common characters that sound or look like this one."""
    heard = {other for sound in sounds(char) for other in _by_sound().get(sound, ())}
    return frozenset(heard | set(_shapes().get(char, ""))) - {char}
