"""What a text rule gives back: hits, and how sure it is of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.texts import Tier
from ledger.words import Severity
from rules.text.corpus import Corpus

__all__ = ["Hit", "Scope", "TextRule", "Tier"]


class Scope(StrEnum):
    """What the numbers of a hit count: unique sentences, whole unique texts, or unique links.

    A hit on a link spans nothing: its `start` is 0 and its `end` 1.
    """

    SENTENCE = "sentence"
    TEXT = "text"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something wrong at `start` to `end` of the comparable sentence (text, link) `unit`.

    `suggest` may be empty where there is nothing to put instead; an insertion spans the character
    it follows and repeats it in `suggest`. `why` says in Chinese which expression, pair or score
    it rests on. `severity`, `clause` (an id in data/indicators.toml) and `tier` are the rule's own
    unless given. `shown` is what may be printed where the words themselves must not be. `days`
    limits the hit to pages published on these days, None to all.
    """

    unit: int
    start: int
    end: int
    suggest: str
    why: str
    tier: Tier = Tier.REPORT
    severity: Severity | None = None
    clause: str = ""
    category: str = ""
    shown: str = ""
    score: float = 0.0
    days: frozenset[date | None] | None = None


@dataclass(frozen=True, slots=True)
class TextRule:
    """One text rule. Wording is Chinese, for the operator.

    `clauses` are ids in data/indicators.toml. `scope` says what `find` counts in `Hit.unit`.
    `rank` decides where two rules hit the same characters: the lower one speaks. `contextual`
    says that the same words between other neighbours are another fault; `sharp` that it judges
    by characters and marks which are easily misread, so that it says nothing of recognised text.
    """

    code: str
    name: str
    severity: Severity
    clauses: tuple[str, ...]
    checks: str
    why: str
    mend: str
    find: Callable[[Corpus], Iterable[Hit]]
    scope: Scope = Scope.SENTENCE
    rank: int = 50
    contextual: bool = False
    sharp: bool = False
