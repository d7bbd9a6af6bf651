"""`xuncha review list` and `history`: how findings stand after people's words, and every word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from console.errors import Exit
from console.judged_commands import existing_ledger
from console.output import Format, Heading, emit, on_terminal, to_csv, to_json, to_jsonl, to_table
from console.review_choosing import Filters, Reviewed, filtered, look, named
from console.reviewing import Answer, outcome
from console.sites import load_sites
from ledger.findings import Finding
from ledger.reviews import Review, last_verdicts
from ledger.spent_reviews import SpentReview, spent
from ledger.texts import Tier
from ledger.words import ReviewWord, Severity, State

Row = dict[str, Any]

_LIST_KEYS = (
    "fingerprint", "site", "code", "name", "severity", "state", "tier", "subject", "message",
    "unit", "first_seen", "last_seen", "count", "review", "by", "on", "until", "assigned",
    "in_report", "veto", "note", "spent", "remark",
)  # fmt: skip
_HISTORY_KEYS = (
    "day", "at", "site", "fingerprint", "code", "name", "subject", "word", "by", "note", "until",
    "unit", "in_report", "veto",
)  # fmt: skip
_LIST_HEADINGS = (
    Heading("severity", "程度"),
    Heading("state", "状态"),
    Heading("name", "问题"),
    Heading("subject", "栏目/页面"),
    Heading("unit", "责任单位"),
    Heading("review", "复核"),
    Heading("by", "复核人"),
    Heading("on", "日期"),
    Heading("note", "理由"),
    Heading("remark", "说明"),
    Heading("fingerprint", "编号"),
)
_HISTORY_HEADINGS = (
    Heading("day", "日期"),
    Heading("word", "意见"),
    Heading("by", "复核人"),
    Heading("note", "理由"),
    Heading("name", "问题"),
    Heading("subject", "栏目/页面"),
    Heading("fingerprint", "编号"),
)
ELSEWHERE = "此前的误报只针对当时所在的文字，现在另一处又有，请再核实。"


def print_list(
    path: Path, url: str, day: date, form: Format, filters: Filters, *, stale: bool
) -> Exit:
    """Print the findings with what people have said of them; with `stale` words at their end."""
    sites = load_sites(path)
    with existing_ledger(url) as ledger:
        reviewed = [look(ledger, site, day) for site in sites]
    rows = [row for one in reviewed for row in _rows(one, filters, day)]
    if stale:
        rows = [row for row in rows if row["spent"]]
    nothing = "没有不再命中的误报，也没有已到期的暂予保留。" if stale else "没有符合条件的问题。"
    _print(rows, form, _LIST_KEYS, _LIST_HEADINGS, _list_words, nothing)
    return Exit.FINE


def print_history(path: Path, url: str, day: date, form: Format, marks: Sequence[str]) -> Exit:
    """Print every word people have said, oldest first."""
    sites = load_sites(path)
    with existing_ledger(url) as ledger:
        reviewed = [look(ledger, site, day) for site in sites]
    asked = {finding.fingerprint for finding in named(reviewed, marks)} if marks else None
    rows = [
        _told(review, known.get(review.fingerprint))
        for one in reviewed
        for known in [{finding.fingerprint: finding for finding in one.findings}]
        for review in one.said
        if asked is None or review.fingerprint in asked
    ]
    _print(rows, form, _HISTORY_KEYS, _HISTORY_HEADINGS, _history_words, "还没有复核意见。")
    return Exit.FINE


def _print(
    rows: Sequence[Row],
    form: Format,
    keys: Sequence[str],
    headings: Sequence[Heading],
    words: Any,
    nothing: str,
) -> None:
    if form is Format.JSON:
        emit(to_json(rows), form)
    elif form is Format.JSONL:
        emit(to_jsonl(rows), form)
    elif form is Format.CSV:
        emit(to_csv(rows, keys), form)
    elif not rows:
        emit(f"{nothing}\n")
    else:
        emit(to_table([words(row) for row in rows], headings, terminal=on_terminal()))


def _rows(one: Reviewed, filters: Filters, day: date) -> Iterable[Row]:
    last = last_verdicts(one.said)
    ended = {
        end.finding.fingerprint: end for end in spent(one.findings, one.said, one.judgement, day)
    }
    for finding in filtered([one], filters):
        mark = finding.fingerprint
        yield _standing(finding, last.get(mark), ended.get(mark))


def _standing(finding: Finding, verdict: Review | None, end: SpentReview | None) -> Row:
    held = verdict if finding.review is not None else None
    until = finding.accepted_until if finding.review is ReviewWord.ACCEPTED else None
    return {
        "fingerprint": finding.fingerprint,
        "site": finding.site,
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "state": str(finding.state),
        "tier": str(Tier.REVIEW if finding.doubtful else Tier.REPORT),
        "subject": finding.subject,
        "message": finding.message,
        "unit": finding.responsible,
        "first_seen": finding.first_seen.isoformat(),
        "last_seen": finding.last_seen.isoformat(),
        "count": finding.count,
        "review": str(finding.review) if finding.review else None,
        "by": held.by if held else None,
        "on": held.day.isoformat() if held else None,
        "until": until.isoformat() if until else None,
        "assigned": finding.assigned,
        "in_report": finding.in_report,
        "veto": finding.veto,
        "note": finding.note,
        "spent": str(end.how) if end else None,
        "remark": remark_of(finding, verdict, end),
    }


def remark_of(finding: Finding, verdict: Review | None, end: SpentReview | None) -> str:
    """What must be known of the last verdict on a finding, empty where nothing."""
    if end is not None:
        return end.sentence
    dismissed = verdict is not None and verdict.word is ReviewWord.DISMISSED
    return ELSEWHERE if dismissed and finding.review is None else ""


def _list_words(row: Row) -> Row:
    review = ReviewWord(row["review"]).label if row["review"] else ""
    told = [
        f"指派：{row['assigned']}" if row["assigned"] else "",
        "" if row["in_report"] else "不纳入报告",
        {True: "计入单项否决", False: "不计入单项否决", None: ""}[row["veto"]],
        row["remark"],
    ]
    return {
        **row,
        "severity": Severity(row["severity"]).label,
        "state": State(row["state"]).label,
        "review": f"{review}（至 {row['until']}）" if row["until"] else review,
        "remark": "；".join(filter(None, told)),
    }


def _told(review: Review, finding: Finding | None) -> Row:
    return {
        "day": review.day.isoformat(),
        "at": review.at.isoformat(timespec="seconds"),
        "site": review.site,
        "fingerprint": review.fingerprint,
        "code": finding.code if finding else None,
        "name": finding.name if finding else None,
        "subject": finding.subject if finding else None,
        "word": str(review.word),
        "by": review.by,
        "note": review.note,
        "until": review.until.isoformat() if review.until else None,
        "unit": review.unit,
        "in_report": review.in_report,
        "veto": review.veto,
    }


def _history_words(row: Row) -> Row:
    said = Answer(
        ReviewWord(row["word"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        unit=row["unit"],
        in_report=row["in_report"],
        veto=row["veto"],
    )
    return {**row, "word": outcome(said)}
