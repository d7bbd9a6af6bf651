"""How far a list of judged columns agrees with a list of the truth."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.paper import Section
from ledger.words import Verdict

Row = Mapping[str, Any]

_BAD = {Verdict.OVERDUE, Verdict.BLANK, Verdict.UNREACHABLE, Verdict.JUMP_BROKEN}
_SHOWN = 30


class Unreadable(Exception):
    """A file is not what it should be; the text says what is expected."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many right of so many."""

    right: int
    of: int

    def __str__(self) -> str:
        share = f" ({100 * self.right / self.of:.1f} %)" if self.of else ""
        return f"{self.right} of {self.of}{share}"

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Judged columns against the truth.

    A column that was not judged at all disagrees. `dates` compares every column whose truth names
    `last_updated`, null included; `dated` only those that have a day. `accused` counts columns
    called bad that are not, `missed` bad ones called anything else.
    """

    verdicts: Tally
    reasons: Tally
    dates: Tally
    dated: Tally
    accused: int
    missed: int
    differences: tuple[str, ...]

    def rows(self) -> tuple[tuple[str, str], ...]:
        """The figures, named."""
        return (
            ("verdicts that agree", str(self.verdicts)),
            ("reasons of not_checked that agree", str(self.reasons)),
            ("dates that agree (no date included)", str(self.dates)),
            ("dates that agree, of columns that have one", str(self.dated)),
            ("columns falsely accused", str(self.accused)),
            ("bad columns called something else", str(self.missed)),
        )

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.verdicts + other.verdicts,
            self.reasons + other.reasons,
            self.dates + other.dates,
            self.dated + other.dated,
            self.accused + other.accused,
            self.missed + other.missed,
            self.differences + other.differences,
        )


def compare(judged: Sequence[Row], truth: Sequence[Row]) -> Agreement:
    """Hold `judged` against `truth`; columns the truth leaves out do not count."""
    found = {_path(row): row for row in judged}
    pairs = [(row, found.get(_path(row), {})) for row in truth]
    reasoned = [(t, j) for t, j in pairs if t.get("reason")]
    named = [(t, j) for t, j in pairs if "last_updated" in t]
    return Agreement(
        verdicts=_tally(pairs, "verdict"),
        reasons=_tally(reasoned, "reason"),
        dates=_tally(named, "last_updated"),
        dated=_tally([(t, j) for t, j in named if t["last_updated"]], "last_updated"),
        accused=sum(_is_bad(j) and not _is_bad(t) for t, j in pairs),
        missed=sum(_is_bad(t) and not _is_bad(j) for t, j in pairs),
        differences=tuple(_difference(t, j) for t, j in pairs if not _same(t, j)),
    )


def _tally(pairs: Sequence[tuple[Row, Row]], key: str) -> Tally:
    return Tally(sum(bool(j) and t[key] == j.get(key) for t, j in pairs), len(pairs))


def _is_bad(row: Row) -> bool:
    return row.get("verdict") in _BAD


def _same(truth: Row, judged: Row) -> bool:
    if not judged or truth["verdict"] != judged.get("verdict"):
        return False
    if truth.get("reason") and truth["reason"] != judged.get("reason"):
        return False
    return "last_updated" not in truth or truth["last_updated"] == judged.get("last_updated")


def _difference(truth: Row, judged: Row) -> str:
    said = _words(judged) if judged else "absent"
    return f"{' > '.join(_path(truth))}: truth {_words(truth)}; judged {said}"


def _words(row: Row) -> str:
    reason = f" ({row['reason']})" if row.get("reason") else ""
    return f"{row.get('verdict')}{reason} {row.get('last_updated') or 'no date'}"


def _path(row: Row) -> tuple[str, ...]:
    """The path as names without any white space: sheets and truths differ in that alone."""
    path = row["path"]
    names = path.split(">") if isinstance(path, str) else path
    return tuple("".join(str(name).split()) for name in names)


def read_columns(file: Path) -> list[Row]:
    """The rows of `xuncha columns --format json`, or of a truth written likewise or as a list."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror}") from error
    except ValueError as error:
        raise Unreadable(f"{file}: not JSON ({error})") from error
    rows = data.get("columns") if isinstance(data, dict) else data
    if isinstance(rows, list) and all(_is_row(row) for row in rows):
        return rows
    raise Unreadable(
        f"{file}: expected one site's output of `xuncha columns --format json`, or a list of "
        "objects with path, verdict, reason and last_updated"
    )


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and "verdict" in row and isinstance(row.get("path"), list | str)


def report(columns: Path, truth: Path) -> str:
    """What to print for `--portal COLUMNS TRUTH`."""
    agreement = compare(read_columns(columns), read_columns(truth))
    section = Section(
        title=f"{columns.name} against {truth.name}",
        how=f"{agreement.verdicts.of} columns.",
        header=("figure", "columns"),
        rows=agreement.rows(),
    )
    listed = [f"- {line}" for line in agreement.differences[:_SHOWN]]
    if len(agreement.differences) > _SHOWN:
        listed.append(f"- and {len(agreement.differences) - _SHOWN} more")
    return "\n".join([section.markdown(), *listed, *([""] if listed else [])])
