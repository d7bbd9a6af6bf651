"""The findings (问题) as the papers list them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.findings import Finding
from ledger.words import Severity, State
from reports.base import Model, PaperCase, PaperError
from reports.changes import clue_codes, is_clue, just_resolved
from reports.safe import line, long_line
from reports.wording import day

PLACES = 10
"""The most places listed for one finding; `count` tells of the rest."""

Row = dict[str, Any]

_STATES = (State.RECURRED, State.CONFIRMED, State.SUSPECTED, State.RESOLVED, State.DISMISSED)


def problems(case: PaperCase) -> list[Row]:
    """The open findings, gravest first, then clues, then what was resolved since the last time.

    A clue (核查线索) only asks a person to look; one that is laid aside has not been resolved.
    """
    known = {finding.fingerprint for finding in case.previous_findings}
    clues = clue_codes(case)
    shown = [
        finding
        for finding in case.findings
        if finding.state.open or (not is_clue(finding, clues) and just_resolved(finding, case))
    ]
    shown.sort(key=lambda finding: _order(finding, is_clue(finding, clues)))
    return [
        _row(f, case.previous is not None and f.fingerprint not in known, is_clue(f, clues))
        for f in shown
    ]


def _order(finding: Finding, clue: bool) -> tuple[object, ...]:
    return (
        not finding.state.open,
        clue,
        -finding.severity.rank,
        finding.code,
        _STATES.index(finding.state),
        finding.subject,
        finding.fingerprint,
    )


def _row(finding: Finding, new: bool, clue: bool) -> Row:
    return {
        "clue": clue,
        "fingerprint": line(finding.fingerprint),
        "code": line(finding.code),
        "name": line(finding.name),
        "severity": finding.severity.value,
        "severity_word": finding.severity.label,
        "state": finding.state.value,
        "state_word": finding.state_word,
        "new": new and finding.state.open,
        "subject": long_line(finding.subject),
        # An address that is what is wrong with a page must not invite a click.
        "linked": not finding.places or any(p.url == finding.subject for p in finding.places),
        "message": long_line(finding.message),
        "unit": line(finding.unit),
        "basis": long_line(finding.basis),
        "advice": long_line(finding.advice),
        "first_seen": day(finding.first_seen),
        "last_seen": day(finding.last_seen),
        "resolved_on": day(finding.resolved_on),
        "count": finding.count,
        "places": [
            {"url": long_line(place.url), "excerpt": long_line(place.excerpt)}
            for place in finding.places[:PLACES]
        ],
    }


def problem_totals(listed: Sequence[Row]) -> Model:
    """How many findings stand in each state and, of the open ones, under each severity.

    Clues are counted apart.
    """
    clues = sum(row["clue"] for row in listed)
    listed = [row for row in listed if not row["clue"]]
    still_open = [row for row in listed if row["state"] != State.RESOLVED]
    return {
        "open": len(still_open),
        "clues": clues,
        "by_state": {
            state.value: sum(1 for row in listed if row["state"] == state) for state in State
        },
        "by_severity": {
            severity.value: sum(1 for row in still_open if row["severity"] == severity)
            for severity in reversed(Severity)
        },
    }


def verify_problems(model: Model) -> None:
    """Refuse a model whose finding counts differ from its findings."""
    if model["finding_totals"] != problem_totals(model["findings"]):
        raise PaperError("报表自检未通过：问题合计与问题清单不一致，报表未生成。")


def grouped(listed: Sequence[Row], cards: Sequence[Row]) -> list[Row]:
    """The findings rule by rule, with basis and advice said once where all of a rule share them."""
    groups: dict[tuple[str, str, bool], Row] = {}
    known = {card["code"]: card for card in cards}
    for row in listed:
        ended = "resolved" if row["state"] == State.RESOLVED else "open"
        group = groups.setdefault(
            (ended, row["code"], row["clue"]),
            {
                "state": ended,
                "clue": row["clue"],
                "code": row["code"],
                "name": row["name"],
                "severity": row["severity"],
                "severity_word": row["severity_word"],
                "checks": known.get(row["code"], {}).get("checks", ""),
                "rows": [],
            },
        )
        group["rows"].append(row)
    for group in groups.values():
        for name in ("basis", "advice"):
            values = {row[name] for row in group["rows"]}
            group[name] = values.pop() if len(values) == 1 else None
    return list(groups.values())
