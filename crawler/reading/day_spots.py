"""Where in a long text a day can stand at all: the few spots worth reading closely.

Nearly all of a page is prose and names without a date. Each pattern here begins with a plain set of
characters, so that the rest is passed over at the speed of the search itself; what it finds is any
place where one of the written forms of a day may lie, and much that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGIT = "0-9０-９"
_MARK = r"\-/.·－／．‐‑‒–—―−﹣⁃─━∕⁄|｜"
_BLANK = r"[\s\u200b\ufeff]"
_PATTERNS = (
    # 2026-09-16, 09/16, 20260916, 2026年9, 2026 09 16
    re.compile(
        rf"[{_DIGIT}](?<![{_DIGIT}]{{2}})[{_DIGIT}]*+(?:"
        rf"{_BLANK}{{0,3}}[{_MARK}]{_BLANK}{{0,3}}[{_DIGIT}]{{1,4}}"
        rf"(?:{_BLANK}{{0,3}}[{_MARK}]{_BLANK}{{0,3}}[{_DIGIT}]{{1,4}})?|"
        rf"(?<=[{_DIGIT}]{{8}})|{_BLANK}{{0,3}}年{_BLANK}{{0,3}}[{_DIGIT}]|"
        rf"{_BLANK}{{1,3}}[{_DIGIT}]{{1,4}}{_BLANK}{{1,3}}[{_DIGIT}])"
    ),
    re.compile("[月⽉]"),
    re.compile(
        "[今昨前刚秒钟分时時天日⽇周期拜]"
        "(?:(?<=[今昨前])[天日⽇]|(?<=刚)[刚才]|(?<![今昨前刚])(?:之?前|以前))"
    ),
    re.compile(
        "[JjFfMmAaSsOoNnDd](?:(?<=[Jj])[AaUu][NnLl]|(?<=[Ff])[Ee][Bb]|(?<=[Mm])[Aa][RrYy]|"
        "(?<=[Aa])(?:[PpUu][RrGg]|[Gg][Oo])|(?<=[Ss])[Ee][Pp]|(?<=[Oo])[Cc][Tt]|"
        "(?<=[Nn])[Oo][Vv]|(?<=[Dd])[Ee][Cc])"
    ),
)
Span = tuple[int, int]
_BEFORE = 40
_BEHIND = 60


def spots(text: str) -> list[Span]:
    """Spans of `text` that may belong to a day, in order of appearance."""
    found = [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)]
    found.sort()
    return found


def has_spot(text: str) -> bool:
    """True where `text` may hold a day."""
    return any(pattern.search(text) is not None for pattern in _PATTERNS)


def windows(marked: list[Span], length: int) -> Iterator[tuple[int, int, list[Span]]]:
    """Stretches around spots, wide enough for whatever tells a day from another number.

    Each comes with its begin, its end and the spots in it.
    """
    begin = end = 0
    inside: list[Span] = []
    for span in marked:
        first, last = span
        if inside and first - _BEFORE <= end:
            end = max(end, last + _BEHIND)
        else:
            if inside:
                yield begin, min(end, length), inside
            begin, end, inside = max(0, first - _BEFORE), last + _BEHIND, []
        inside.append(span)
    if inside:
        yield begin, min(end, length), inside
