"""Duties (整改任务) as rows, and by unit, for every paper that lists what must be mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ledger.findings import Finding
from ledger.rectification import Duty, Outcome
from reports.base import PaperCase
from reports.safe import line, link, long_line
from reports.wording import day

UNCLEAR = "未明确责任单位"
"""Where duties stand whose unit nobody knows."""

PLACES = 10
"""The most places listed for one duty; `count` tells of the rest."""

Row = dict[str, Any]

_UNFIT = re.compile(r"[^\w.-]+")
_PART = 32

_ORDER = (
    Outcome.OVERDUE,
    Outcome.OPEN,
    Outcome.MENDED_LATE,
    Outcome.MENDED,
    Outcome.OFFLINE,
    Outcome.DEFERRED,
)


def rectify_rows(case: PaperCase) -> list[Row]:
    """A row for each duty whose finding is in the report, the most pressing first.

    The paper must ask for `Need.DUTIES`. What a person took out of the report has no row.
    """
    findings = {finding.fingerprint: finding for finding in case.findings if finding.in_report}
    held = [
        (findings[duty.fingerprint], duty) for duty in case.duties if duty.fingerprint in findings
    ]
    held.sort(key=_order)
    return [_row(number, *pair) for number, pair in enumerate(held, start=1)]


def by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows under each unit that must act, by name; a shared one stands under each of its units.

    Those of no known unit come last, under `UNCLEAR`.
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        for unit in row["units"]:
            found.setdefault(unit, []).append(row)
    return {unit: found[unit] for unit in sorted(found, key=lambda unit: (unit == UNCLEAR, unit))}


def renumbered(rows: Sequence[Row]) -> list[Row]:
    """The rows with numbers of their own, from 1."""
    return [row | {"no": number} for number, row in enumerate(rows, start=1)]


def parts(units: Iterable[str]) -> dict[str, str]:
    """What the name of each unit's file adds: fit for a file name, and no two the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for unit in units:
        plain = _UNFIT.sub("_", unit).strip("._-")[:_PART] or "单位"
        part, number = plain, 1
        while part.casefold() in taken:
            number += 1
            part = f"{plain}-{number}"
        taken.add(part.casefold())
        found[unit] = part
    return found


def suggestion(finding: Finding) -> str:
    """What a wrong wording should read; empty where the finding is about something else."""
    return line(finding.term.rpartition("→")[2]) if "→" in finding.term else ""


def _order(pair: tuple[Finding, Duty]) -> tuple[object, ...]:
    finding, duty = pair
    return (
        _ORDER.index(duty.outcome),
        duty.due,
        -finding.severity.rank,
        finding.code,
        finding.subject,
        finding.fingerprint,
    )


def _row(number: int, finding: Finding, duty: Duty) -> Row:
    place = finding.places[0] if finding.places else None
    units = list(dict.fromkeys(filter(None, map(line, duty.units)))) or [UNCLEAR]
    return {
        "no": number,
        "fingerprint": line(finding.fingerprint),
        "units": units,
        "unit": "、".join(units),
        "shared": len(units) > 1,
        "code": line(finding.code),
        "name": line(finding.name),
        "severity": finding.severity.value,
        "severity_word": finding.severity.label,
        "subject": long_line(finding.subject),
        "message": long_line(finding.message),
        # Only wording has a place that shows it; of other faults the message says more.
        "excerpt": long_line(place.excerpt if place and "【" in place.excerpt else finding.message),
        "url": long_line(place.url) if place else "",
        "link": link(place.url) if place else None,
        "count": finding.count,
        "places": [
            {"url": long_line(one.url), "excerpt": long_line(one.excerpt)}
            for one in finding.places[:PLACES]
        ],
        "basis": long_line(finding.basis),
        "suggest": suggestion(finding),
        "advice": long_line(finding.advice),
        "since": day(duty.since),
        "due": day(duty.due),
        "days": duty.days,
        "outcome": duty.outcome.value,
        "outcome_word": duty.outcome.label,
        "open": duty.outcome.open,
        "closed_on": day(duty.closed_on),
        "until": day(finding.accepted_until) if duty.outcome is Outcome.DEFERRED else None,
        "late": duty.late,
        "assumed": duty.assumed,
        "note": long_line(finding.note),
    }
