"""Finds what looks like a personal number in all texts, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.text.corpus import Corpus
from rules.text.privacy.surroundings import Around, Sheet

BEFORE = r"(?<![0-9A-Za-z_%&#=*])(?<![0-9][.-])(?<![A-Za-z]/)"
"""What may not stand before a personal number: it would be part of something longer."""

AFTER = r"(?![0-9A-Za-z_*])(?![.-][0-9])"
"""What may not follow it."""

_BLANKS = re.compile(r"[ -]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Digits at `start` to `end` of the comparable text `text`; `number` is without blanks."""

    text: int
    start: int
    end: int
    number: str
    sheet: Sheet

    @property
    def around(self) -> Around:
        """What stands around it."""
        return self.sheet.around(self.start)


def candidates(corpus: Corpus, pattern: re.Pattern[str]) -> Iterator[Candidate]:
    """Every match of `pattern`, whose group `number` holds the digits, that is not cut in two."""
    for text, held in enumerate(corpus.texts):
        sheet: Sheet | None = None
        for found in pattern.finditer(held.plain.text):
            sheet = sheet or Sheet(corpus, text)
            start, end = found.span("number")
            if sheet.whole(start, end):
                number = _BLANKS.sub("", found["number"])
                yield Candidate(text, start, end, number, sheet)
