"""Whether a slip found by another rule stands inside a grave expression once it is mended."""

from __future__ import annotations

from functools import cache
from typing import Any

import ahocorasick_rs

from ledger.words import Severity
from rules.text.fixed.entries import Expression, book

_AROUND = 30
"""Characters on either side that are looked at; few expressions are longer."""


@cache
def _grave() -> tuple[tuple[Expression, ...], Any]:
    held = tuple(
        expression
        for expression in book().expressions
        if expression.category.severity is Severity.SEVERE
    )
    return held, ahocorasick_rs.AhoCorasick([expression.text for expression in held])


def covering(text: str, start: int, end: int, suggest: str) -> Expression | None:
    """The grave expression of which `suggest` is part, put in place of `text[start:end]`."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    mended = before + suggest + after
    low, high = len(before), len(before) + len(suggest)
    held, automaton = _grave()
    for which, first, last in automaton.find_matches_as_indexes(mended, overlapping=True):
        if first <= low and high <= last:
            expression: Expression = held[which]
            return expression
    return None
