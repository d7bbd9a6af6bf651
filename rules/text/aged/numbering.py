"""Numbered paragraphs of a text and the runs they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from rules.text.aged.calendar import han_number


class Style(IntEnum):
    """How a paragraph is numbered, from the outermost to the innermost."""

    HAN = 0  # 一、
    HAN_BRACKETED = 1  # （一）
    FIGURE = 2  # 1.
    FIGURE_BRACKETED = 3  # （1）


_HAN = "[一二三四五六七八九十]{1,3}"
_MARK = re.compile(
    rf"^ ?(?:({_HAN})、|（({_HAN})）|([0-9]{{1,2}}) ?[.、．](?![0-9])|（([0-9]{{1,2}})）)",
    re.MULTILINE,
)
_DEEPEST = 8  # runs of one style that are kept open, one inside the other
_CONTENTS = re.compile(r"(?:…|\.{3}|·{3})[^\n]*[0-9] *$")  # a line of a table of contents


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a paragraph, written at `start` to `end`."""

    style: Style
    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that breaks its run: the marks before and after it, and the number that is missed.

    `sure` says that nothing but this number is wrong: 一、二、二、四.
    """

    mark: Mark
    before: Mark
    after: Mark
    right: int
    sure: bool


def marks(text: str) -> Iterator[Mark]:
    """The numbers of the paragraphs of a text."""
    for found in _MARK.finditer(text):
        which = found.lastindex or 1
        written = found[which]
        value = int(written) if written.isdigit() else han_number(written)
        line_end = text.find("\n", found.end())
        line = text[found.start() : len(text) if line_end < 0 else line_end]
        if value and not _CONTENTS.search(line[-60:]):
            yield Mark(Style(which - 1), value, found.start(which), found.end(which))


def slips(text: str, least: int) -> Iterator[Slip]:
    """Numbers that come twice or are left out, where `least` regular ones show the run."""
    for run in _runs(marks(text)):
        regular = next((n for n, mark in enumerate(run) if mark.value != n + 1), len(run))
        slip = _slip(text, run, regular, least)
        if slip and not _elsewhere(text, slip):
            yield slip


def _runs(found: Iterable[Mark]) -> list[list[Mark]]:
    """The marks in runs that begin with 1.

    A run begun inside another of its style suspends it; an outer number ends what is inside.
    """
    done: list[list[Mark]] = []
    open_runs: dict[Style, list[list[Mark]]] = {style: [] for style in Style}
    for mark in found:
        for style in Style:
            if style > mark.style:
                open_runs[style].clear()
        stack = open_runs[mark.style]
        if mark.value == 1:
            run = [mark]
            stack.append(run)
            del stack[:-_DEEPEST]
            done.append(run)
            continue
        fits = [run for run in stack if run[-1].value == mark.value - 1]
        if fits:
            while stack[-1] is not fits[-1]:
                stack.pop()
        elif not (len(stack) and mark.value - stack[-1][-1].value in (0, 2)):
            stack.clear()
        if stack:
            stack[-1].append(mark)
    return done


def _slip(text: str, run: list[Mark], place: int, least: int) -> Slip | None:
    """What is wrong at the place where a run stops being regular, if its neighbours show it."""
    if place + 1 >= len(run):
        return None
    before, mark, after = run[place - 1], run[place], run[place + 1]
    step, rest = mark.value - before.value, after.value - mark.value
    if place + _climb(run, place + 1) < least:
        return None
    if step == 0 and rest in (1, 2):
        sure = rest == 2 and place > 1 and _one_list(text, before, mark)
        return Slip(mark, before, after, mark.value + 1, sure)
    if step == 2 and rest == 1:
        return Slip(mark, before, after, mark.value - 1, sure=False)
    return None


def _one_list(text: str, before: Mark, mark: Mark) -> bool:
    """Whether no other list can have begun between two marks: headings, or lines that adjoin."""
    return mark.style is Style.HAN or text.count("\n", before.end, mark.start) == 1


def _climb(run: list[Mark], place: int) -> int:
    """How many marks from a place on follow each other."""
    end = place + 1
    while end < len(run) and run[end].value == run[end - 1].value + 1:
        end += 1
    return end - place


def _elsewhere(text: str, slip: Slip) -> bool:
    """Whether the number that is missed stands between, only not where it was looked for."""
    between = text[slip.before.end : slip.after.start]
    return any(sign in between for sign in _signs(slip.right))


def _signs(value: int) -> list[str]:
    """The ways in which a number may be written."""
    han = han_written(value)
    return [f"{han}{end}" for end in "、）是．."] + [f"{value}{end}" for end in ".、）．"]


def han_written(value: int) -> str:
    """A number below a hundred in Chinese numerals."""
    tens, ones = divmod(value, 10)
    digits = "〇一二三四五六七八九"
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return ten + (digits[ones] if ones or not tens else "")
