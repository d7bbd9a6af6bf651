"""Which of a page's possible days are worth reading: where none could be believed, none is read."""

from __future__ import annotations

from crawler.reading.day_spots import Span
from crawler.reading.landmarks import CREDITS, PROSE, SENTENCE
from crawler.reading.lines import Line, Lines

_LONGEST_DAY = 40
"""Characters of a written day with its clock, at most."""


def telling_spots(lines: Lines, marked: list[Span], numbers: list[int]) -> list[Span]:
    """The spots neither in entries of other articles nor in plain running text.

    `numbers` are the lines of the spots in `marked`, one for each.
    """
    silent: dict[int, bool] = {}
    kept: list[Span] = []
    for span, number in zip(marked, numbers, strict=True):
        known = silent.get(number)
        if known is None:
            line = lines[number]
            known = silent[number] = line.listed_by_entry or _is_plain_prose(line)
        if not known:
            kept.append(span)
    return kept


def _is_plain_prose(line: Line) -> bool:
    """True where whatever day stands in the line runs in a sentence, with no credits near it."""
    text = line.text
    if len(text) < PROSE + _LONGEST_DAY or SENTENCE.search(text) is None:
        return False
    # 访问 is the one word of PEOPLE that CREDITS does not know.
    return "访问" not in text and CREDITS.search(text) is None
