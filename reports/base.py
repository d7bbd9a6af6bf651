"""What a paper is made from and what every paper offers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from ledger.facts import ColumnReading, Run, Visit
from ledger.findings import ColumnPeriods, Finding, Judgement
from ledger.site import ColumnPath, Site

Model = dict[str, Any]
"""A paper before it has a format: dicts, lists, strings, numbers, booleans and None only."""


class PaperError(Exception):
    """A paper cannot be made; the message is a Chinese sentence for the operator."""


@dataclass(frozen=True, slots=True)
class PaperCase:
    """Everything a paper may be built from. The day is the judgement's `as_of`.

    `previous` and `previous_findings` describe the inspection before, as it stood then.
    `periods` and `month` (its first day) serve the month paper alone. `new_items` counts the items
    first seen in this run and is None when there was no run before. `readings` tells for each
    column how it was found and read.
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


class Paper(Protocol):
    """One file under `reports/` with a module-level `PAPER` of this shape.

    `build` turns a case into a model and looks at nothing else: the same case gives the same
    model. `render` turns a model into the bytes of one of `formats`.
    `monthly` says that the paper covers a month, which its file name then carries.
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
    def monthly(self) -> bool:
        """True where the paper covers a month, False where it covers a day."""
        ...

    def build(self, case: PaperCase) -> Model:
        """The model of the case."""
        ...

    def render(self, model: Model, format: str) -> bytes:
        """The model in one of `formats`."""
        ...


def to_json(model: Model) -> bytes:
    """The model as UTF-8 JSON, the same bytes for the same model."""
    text = json.dumps(model, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode()


def refuse_format(paper: Paper, format: str) -> PaperError:
    """The sentence for a format the paper cannot be made in."""
    offered = "、".join(paper.formats)
    return PaperError(f"“{paper.title}”没有 {format} 格式，可选：{offered}。")
