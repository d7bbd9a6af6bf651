"""Personal numbers and addresses as they may be printed."""

from __future__ import annotations

import re

# A whole citizen's or mobile number ends there: what stands behind a blank is the next cell's.
_LONG = re.compile(
    r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9}|[0-9](?:[ -]?[0-9]){10,24}[Xx]?)(?![0-9])"
)
_DOOR = re.compile(
    r"[0-9]+(?:-[0-9]+)*|[A-Za-z](?=[座栋幢区])|[一二三四五六七八九十百〇零]+(?=[号栋幢室组户巷弄座层楼排]|单元)"
)
_SHORTEST_LONG, _MOBILE = 15, 11


def masked_citizen(number: str) -> str:
    """A citizen's number with its first four and last two characters."""
    return _starred(number, 4, 2)


def masked_mobile(number: str) -> str:
    """A mobile number with its first three and last four digits."""
    return _starred(number, 3, 4)


def masked_card(number: str) -> str:
    """A card's number with its first and last four digits."""
    return _starred(number, 4, 4)


def masked_address(words: str) -> str:
    """An address without the numbers of lane, house, staircase and door."""
    return _DOOR.sub(lambda found: "*" * min(len(found[0]), 3), words)


def veiled_address(words: str) -> str:
    """An address as `masked_address` gives it, but with every character in its place."""
    return _DOOR.sub(lambda found: "*" * len(found[0]), words)


def veiled(text: str) -> str:
    """A text with everything masked in it that has the length of a personal number.

    Every character keeps its place.
    """
    return _LONG.sub(_veil, text)


def _veil(found: re.Match[str]) -> str:
    places = [place for place, char in enumerate(found[0]) if char not in " -"]
    if len(places) < _SHORTEST_LONG:
        # Landlines begin with a zero, days and amounts are shorter.
        if found[0][places[-_MOBILE]] != "1":
            return found[0]
        first, last = len(places) - _MOBILE + 3, 4
    else:
        first, last = 4, 2
    hidden = set(places[first : len(places) - last])
    return "".join("*" if place in hidden else char for place, char in enumerate(found[0]))


def _starred(number: str, first: int, last: int) -> str:
    return f"{number[:first]}{'*' * (len(number) - first - last)}{number[-last:]}"
