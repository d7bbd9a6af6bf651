"""Known wrong forms of grave words that are too short to be matched by nearness."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import ahocorasick_rs

from ledger.words import Severity
from rules.text.alike.tokens import splits, tokens
from rules.text.base import Hit
from rules.text.corpus import Corpus
from rules.text.fixed.entries import book


@cache
def _automaton() -> Any:
    return ahocorasick_rs.AhoCorasick(list(book().slips))


def known_slips(corpus: Corpus) -> Iterator[Hit]:
    """The known slips that begin and end where words do."""
    rights = list(book().slips.values())
    for which, number, at, to in corpus.matches(_automaton()):
        sentence = corpus.sentences[number]
        words = tokens(sentence)
        if splits(words, at) or splits(words, to):
            continue
        wrong, right = sentence[at:to], rights[which]
        yield Hit(
            unit=number,
            start=at,
            end=to,
            suggest=right,
            why=f"“{wrong}”是“{right}”常见的错写，不是规范说法",
            severity=Severity.SEVERE,
            clause="A1",
            category="国家机构和重要提法",
        )
