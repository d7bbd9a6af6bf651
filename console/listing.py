"""Columns and findings as data: the objects programs read and the tables people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from console.judging import Judged, is_open
from console.output import Format, Heading, emit, on_terminal, to_csv, to_json, to_jsonl, to_table
from ledger.facts import ColumnReading
from ledger.findings import ColumnVerdict, Finding, Place
from ledger.texts import Tier
from ledger.words import Outcome, State, Verdict

Row = dict[str, Any]

_COLUMN_HEADINGS = (
    Heading("path", "栏目"),
    Heading("unit", "责任单位"),
    Heading("frequency", "更新频率"),
    Heading("verdict", "结论"),
    Heading("last_updated", "最近更新"),
    Heading("due", "应更新至"),
    Heading("items", "信息数"),
)
_FINDING_HEADINGS = (
    Heading("severity", "程度"),
    Heading("state", "状态"),
    Heading("code", "规则"),
    Heading("name", "问题"),
    Heading("unit", "责任单位"),
    Heading("first_seen", "首次发现"),
    Heading("message", "说明"),
    Heading("fingerprint", "编号"),
)
_FINDING_ORDER = {State.CONFIRMED: 0, State.RECURRED: 0, State.SUSPECTED: 1, State.RESOLVED: 2}
_LAST = len(_FINDING_ORDER)


def columns_of(judged: Judged) -> Row:
    """The columns of one site on the judged day."""
    readings = {c.column.path: c.reading for c in judged.facts.columns}
    return {
        "site": judged.judgement.site,
        "as_of": judged.judgement.as_of.isoformat(),
        "columns": [_column(v, readings.get(v.path)) for v in judged.judgement.verdicts],
    }


def _column(verdict: ColumnVerdict, reading: ColumnReading | None) -> Row:
    evidence = verdict.evidence
    return {
        "path": list(verdict.path),
        "unit": verdict.unit,
        "frequency": verdict.frequency_text,
        "url": verdict.url,
        "verdict": str(verdict.verdict),
        "reason": str(verdict.reason) if verdict.reason else None,
        "last_updated": verdict.last_updated.isoformat() if verdict.last_updated else None,
        "due": verdict.due.isoformat() if verdict.due else None,
        "items": verdict.items,
        "evidence": (
            {"url": evidence.url, "text": evidence.text, "how": str(evidence.how)}
            if evidence
            else None
        ),
        "kind": str(verdict.kind),
        "found": reading.found.how if reading else None,
        "soon": verdict.soon,
        "explain": verdict.explain,
    }


def findings_of(judged: Judged) -> list[Row]:
    """The findings of one site as they stood on the judged day, the open ones first."""
    ordered = sorted(judged.findings, key=lambda f: _FINDING_ORDER.get(f.state, _LAST))
    return [_finding(finding) for finding in ordered]


def _finding(finding: Finding) -> Row:
    return {
        "fingerprint": finding.fingerprint,
        "site": finding.site,
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "state": str(finding.state),
        "subject": finding.subject,
        "message": finding.message,
        "basis": finding.basis,
        "unit": finding.unit,
        "first_seen": finding.first_seen.isoformat(),
        "last_seen": finding.last_seen.isoformat(),
        "count": finding.count,
        "places": [_place(place) for place in finding.places],
        "advice": finding.advice,
        "resolved_on": finding.resolved_on.isoformat() if finding.resolved_on else None,
        "offline": finding.offline,
        "removed": finding.removed,
        "tier": str(_tier(finding)),
        "review": str(finding.review) if finding.review else None,
        "accepted_until": finding.accepted_until.isoformat() if finding.accepted_until else None,
        "assigned": finding.assigned,
        "in_report": finding.in_report,
        "veto": finding.veto,
        "note": finding.note,
    }


def _tier(finding: Finding) -> Tier:
    if finding.recognised:
        return Tier.OCR
    return Tier.REVIEW if finding.doubtful else Tier.REPORT


def _place(place: Place) -> Row:
    return {"address": place.url, "excerpt": place.excerpt}


def print_columns(sites: Sequence[Judged], form: Format, *, many: bool) -> None:
    """Print the columns; one site as an object, several as an array."""
    documents = [columns_of(judged) for judged in sites]
    if form is Format.JSON:
        emit(to_json(documents if many else documents[0]), form)
        return
    rows = [
        {"site": d["site"], "as_of": d["as_of"], **column}
        for d in documents
        for column in d["columns"]
    ]
    if form is Format.JSONL:
        emit(to_jsonl(rows), form)
    elif form is Format.CSV:
        emit(to_csv([_flat_column(row) for row in rows], _COLUMN_KEYS), form)
    else:
        emit("\n".join(_columns_table(judged) for judged in sites))


_COLUMN_KEYS = [
    "site",
    "as_of",
    "path",
    "unit",
    "frequency",
    "url",
    "verdict",
    "reason",
    "last_updated",
    "due",
    "items",
    "evidence_url",
    "evidence_text",
    "evidence_how",
    "kind",
    "found",
    "soon",
    "explain",
]


def _flat_column(row: Row) -> Row:
    evidence = row["evidence"] or {}
    return {
        **row,
        "path": " > ".join(row["path"]),
        **{f"evidence_{key}": evidence.get(key) for key in ("url", "text", "how")},
    }


def _columns_table(judged: Judged) -> str:
    judgement = judged.judgement
    rows = [
        {
            "path": " > ".join(v.path),
            "unit": v.unit,
            "frequency": v.frequency_text,
            "verdict": _verdict_words(v),
            "last_updated": v.last_updated,
            "due": v.due,
            "items": v.items,
        }
        for v in judgement.verdicts
    ]
    title = f"{judged.facts.site.name}（{judgement.site}）　基准日 {judgement.as_of}\n"
    return title + to_table(rows, _COLUMN_HEADINGS, terminal=on_terminal())


def _verdict_words(verdict: ColumnVerdict) -> str:
    word = verdict.verdict.label
    if verdict.reason:
        return f"{word}：{Outcome(verdict.reason).label}"
    return f"{word}（临近）" if verdict.soon else word


def print_findings(judged: Sequence[Judged], form: Format, *, only_open: bool) -> None:
    """Print the findings of all sites as one flat list, with `only_open` without the resolved."""
    if only_open:
        judged = [replace(one, findings=tuple(filter(is_open, one.findings))) for one in judged]
    rows = [row for one in judged for row in findings_of(one)]
    if form is Format.JSON:
        emit(to_json(rows), form)
    elif form is Format.JSONL:
        emit(to_jsonl(rows), form)
    elif form is Format.CSV:
        emit(to_csv([_flat_finding(row) for row in rows], _FINDING_KEYS), form)
    elif not rows:
        emit(_nothing_found(judged))
    else:
        emit(to_table(_finding_rows(judged), _FINDING_HEADINGS, terminal=on_terminal()))


def _nothing_found(judged: Sequence[Judged]) -> str:
    """Nothing found is no praise where nothing was seen."""
    verdicts = [v.verdict for one in judged for v in one.judgement.verdicts]
    unseen = verdicts.count(Verdict.NOT_CHECKED)
    if not unseen:
        return "没有发现问题。\n"
    if unseen == len(verdicts):
        return f"{unseen} 个栏目全部未检查，无从发现问题；原因见 xuncha columns。\n"
    return f"已检查的栏目没有发现问题；另有 {unseen} 个栏目未检查，原因见 xuncha columns。\n"


_FINDING_KEYS = [
    "fingerprint",
    "site",
    "code",
    "name",
    "severity",
    "state",
    "subject",
    "message",
    "basis",
    "unit",
    "first_seen",
    "last_seen",
    "count",
    "place_address",
    "place_excerpt",
    "advice",
    "resolved_on",
    "offline",
    "removed",
    "review",
    "accepted_until",
    "assigned",
    "in_report",
    "veto",
    "note",
]


def _flat_finding(row: Row) -> Row:
    first = row["places"][0] if row["places"] else {}
    return {**row, **{f"place_{key}": first.get(key) for key in ("address", "excerpt")}}


def _finding_rows(judged: Iterable[Judged]) -> list[Row]:
    found = [f for one in judged for f in one.findings]
    ordered = sorted(found, key=lambda f: _FINDING_ORDER.get(f.state, _LAST))
    return [
        {
            "severity": f.severity.label,
            "state": f.state_word,
            "code": f.code,
            "name": f.name,
            "unit": f.unit,
            "first_seen": f.first_seen,
            "message": f.message,
            "fingerprint": f.fingerprint,
        }
        for f in ordered
    ]
