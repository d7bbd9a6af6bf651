"""One month of a longer paper, and the contract's quarterly score sheet made from months."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.findings import Finding, Judgement
from ledger.notices import Notice
from ledger.period import Period
from ledger.rectification import Duty


@dataclass(frozen=True, slots=True)
class MonthStand:
    """One month of a longer paper: the last judgement in it and the findings as they stood then.

    `judgement` is None where the site was not inspected in that month. `runs` counts the
    inspections finished in it, `notices` are those of the month.
    """

    period: Period
    judgement: Judgement | None
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...] = ()
    runs: int = 0
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreFact:
    """One count that speaks for a head; `n` is None where nobody could count it."""

    name: str
    n: int | None


@dataclass(frozen=True, slots=True)
class ScoreHead:
    """One head of the contract's score sheet (考核项) with what was counted under it.

    `points` is its weight. `taken` are the points a rule of the contract takes off, None where a
    person must decide; `why` says how, or what a person must look at.
    """

    id: str
    name: str
    points: int
    asks: str
    facts: tuple[ScoreFact, ...]
    taken: float | None
    why: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The heads, and the arithmetic of the contract.

    `grades` are the least points of each grade, best first. Below `pass_mark` each missing point
    takes `fee_percent` per cent off the fee. `terms` are the other terms, in words.
    """

    heads: tuple[ScoreHead, ...]
    grades: tuple[int, ...]
    pass_mark: int
    fee_percent: int
    terms: tuple[str, ...]
    source: str
