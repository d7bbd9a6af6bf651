"""What a paper is made from and what every paper offers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from ledger.facts import ColumnReading, Run, Visit
from ledger.findings import ColumnPeriods, Finding, Judgement
from ledger.indicators import IndicatorStand
from ledger.months import MonthStand, ScoreSheet
from ledger.notices import Notice
from ledger.period import Period, PeriodKind
from ledger.rectification import Duty
from ledger.reviews import Review
from ledger.site import ColumnPath, Site

__all__ = [
    "IndicatorStand",
    "Model",
    "MonthStand",
    "Need",
    "OneFile",
    "Paper",
    "PaperCase",
    "PaperError",
    "TrendPoint",
    "refuse_format",
    "to_json",
]

Model = dict[str, Any]
"""A paper before it has a format: dicts, lists, strings, numbers, booleans and None only."""


class PaperError(Exception):
    """A paper cannot be made; the message is a Chinese sentence for the operator."""


class Need(StrEnum):
    """What a paper may ask for beside what every paper gets; a case holds no more than asked."""

    PERIODS = "periods"
    BEFORE = "before"
    DUTIES = "duties"
    REVIEWS = "reviews"
    NOTICES = "notices"
    INDICATORS = "indicators"
    TREND = "trend"
    UPDATES = "updates"
    MONTHS = "months"
    INSPECTED = "inspected"
    SCORING = "scoring"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Findings at the end of a day: how many stood open, and what came and went since the last."""

    day: date
    open: int
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class PaperCase:
    """Everything a paper may be built from. The day is the judgement's `as_of`.

    `previous`, `previous_findings` and `new_items` describe the inspection before, as it stood
    then, for papers that need `BEFORE`.
    `periods` and `month` (its first day) serve the month paper alone. `new_items` counts the items
    first seen in this run and is None when there was no run before. `readings` tells for each
    column how it was found and read. `span` is the period the paper covers. What stands below
    `ledger_digest` is filled only for a paper that says it needs it. `ledger_digest` is a hash
    over all the ledger holds of the site up to the day: runs, judgements, reviews and notices.
    `updates` counts the items each column published on each day of the year that ends on the day.
    `inspected` are the days of the period, up to the day, on which an inspection was finished.
    """

    site: Site
    run: Run
    judgement: Judgement
    findings: tuple[Finding, ...]
    previous: Judgement | None = None
    previous_findings: tuple[Finding, ...] = ()
    periods: tuple[ColumnPeriods, ...] = ()
    month: date | None = None
    new_items: int | None = None
    visits: tuple[Visit, ...] = ()
    readings: Mapping[ColumnPath, ColumnReading] = field(
        default_factory=lambda: MappingProxyType({})
    )
    span: Period | None = None
    ledger_digest: str = ""
    duties: tuple[Duty, ...] = ()
    reviews: tuple[Review, ...] = ()
    notices: tuple[Notice, ...] = ()
    indicators: tuple[IndicatorStand, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    updates: Mapping[ColumnPath, Mapping[date, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    months: tuple[MonthStand, ...] = ()
    scoring: ScoreSheet | None = None
    inspected: tuple[date, ...] = ()


class Paper(Protocol):
    """One file under `reports/` with a module-level `PAPER` of this shape.

    `build` turns a case into a model and looks at nothing else: the same case gives the same
    model. `render` turns a model into the bytes of one of `formats`; `templates` is a folder with
    the operator's own Word templates, used where it holds one of the paper's name.
    `split` gives the models of the files a paper falls into, by what is added to their names; most
    papers are one file with nothing added.
    """

    @property
    def name(self) -> str:
        """The word on the command line and in file names."""
        ...

    @property
    def title(self) -> str:
        """The Chinese title."""
        ...

    @property
    def formats(self) -> tuple[str, ...]:
        """What `render` can make, the usual one first."""
        ...

    @property
    def covers(self) -> PeriodKind:
        """How long the period is that one paper covers; its file name carries it."""
        ...

    @property
    def needs(self) -> frozenset[Need]:
        """What of a case the paper reads beside what every case holds."""
        ...

    def build(self, case: PaperCase) -> Model:
        """The model of the case."""
        ...

    def split(self, model: Model) -> dict[str, Model]:
        """The models of the paper's files by what their names add, empty for nothing."""
        ...

    def render(self, model: Model, format: str, templates: Path | None = None) -> bytes:
        """The model in one of `formats`."""
        ...


class OneFile:
    """What most papers share: a day's paper in one file, asking for nothing special."""

    covers = PeriodKind.DAY
    needs: frozenset[Need] = frozenset()

    def split(self, model: Model) -> dict[str, Model]:
        """The whole paper in one file."""
        return {"": model}


def to_json(model: Model) -> bytes:
    """The model as UTF-8 JSON, the same bytes for the same model."""
    text = json.dumps(model, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode()


def refuse_format(paper: Paper, format: str) -> PaperError:
    """The sentence for a format the paper cannot be made in."""
    offered = "、".join(paper.formats)
    return PaperError(f"“{paper.title}”没有 {format} 格式，可选：{offered}。")
