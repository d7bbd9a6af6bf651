"""The lists behind the self-check report: what its sentences count and its attachments print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ledger.findings import TextTally
from ledger.rectification import Outcome
from ledger.words import Outcome as Asked
from ledger.words import Severity, State
from reports import columns as table
from reports.base import Model, PaperCase
from reports.changes import clue_codes, is_clue
from reports.indicators import stand_rows
from reports.judged import asked_of
from reports.kinds import kind_of
from reports.rectify_rows import UNCLEAR, by_unit, rectify_rows, renumbered
from reports.safe import line
from reports.texts import text_model
from reports.wording import NO_ADDRESS, day

Row = dict[str, Any]

TOTAL = "合计"
# Told in other papers, and long.
_UNUSED = ("places", "excerpt", "suggest", "link")
_WHOLE = ("全站", "首页")
_AGAIN = "下次巡查时补查，仍然打不开的由人工核实"
_LOOK = "由人工查看"
# What helps where a column was not checked, said to those who take the report.
_MENDS = {
    Asked.BLOCKED: "商请网站技术单位将巡查出口地址加入白名单后补查，加入之前由人工查看",
    Asked.ROBOTS: "商请网站技术单位允许巡查程序访问后补查，允许之前由人工查看",
    Asked.TIMEOUT: _AGAIN,
    Asked.DNS: _AGAIN,
    Asked.REFUSED: _AGAIN,
    Asked.SERVER_ERROR: _AGAIN,
    Asked.CERTIFICATE: "通知网站技术单位更换证书后补查",
    Asked.BUDGET: "扩大巡查的页数上限后补查",
    Asked.EXCLUDED: "核对是否应当检查，应当检查的补查",
}
_NO_ADDRESS_MEND = "在栏目表中补填栏目网址后补查，栏目已经撤并的从栏目表中删去"

DONE = (Outcome.MENDED.value, Outcome.MENDED_LATE.value, Outcome.OFFLINE.value)
"""How a duty ends that has been done."""

OPEN = (Outcome.OPEN.value, Outcome.OVERDUE.value)


def lists(case: PaperCase, start: date) -> Model:
    """Every list of the paper on the days from `start` to the judged day."""
    rows = table.rows(case.judgement, case.readings)
    problems = problem_rows(case, start)
    return {
        "columns": [_column(row) for row in rows],
        "reasons": [
            {"word": group["word"], "mend": _mend(group)} for group in table.unchecked(rows)
        ],
        "days": _days(case, start),
        "asked": asked_of(case.visits)["outcomes"],
        "rules": [line(card.code) for card in case.judgement.cards],
        **_texts(case.judgement.texts),
        "problems": problems,
        "pending": _pending(case),
        "indicators": [
            {"veto": row["veto"], "state": row["state"], "level": row["level"]}
            for row in stand_rows(case.indicators)
        ],
        "units": unit_rows(problems),
    }


def problem_rows(case: PaperCase, start: date) -> list[Row]:
    """The duties that were open on `start` or later, gravest outcome first, numbered from 1.

    What was mended before is no problem of this period.
    """
    findings = {finding.fingerprint: finding for finding in case.findings}
    leaves = {" > ".join(verdict.path): verdict.path[-1] for verdict in case.judgement.verdicts}
    told = [
        row
        for row in rectify_rows(case)
        if row["closed_on"] is None or row["closed_on"] >= start.isoformat()
    ]
    listed = []
    for row in renumbered(told):
        finding = findings[row["fingerprint"]]
        veto = finding.veto
        severe = row["severity"] == Severity.SEVERE
        kept = {key: row[key] for key in row if key not in _UNUSED}
        listed.append(
            kept
            | {
                "kind": kind_of(row["code"]),
                "veto": veto is True,
                # Grave, and nobody has said yet whether it fails the whole site.
                "asked": severe and veto is None and row["open"],
                "named_units": [unit for unit in row["units"] if unit != UNCLEAR],
                "assigned": row["units"] != [UNCLEAR],
                # What is counted over the whole site is mended unit by unit, column by column.
                "whole": finding.subject in _WHOLE,
                "column": line(leaves.get(finding.subject, "")),
                "noted": bool(row["note"]),
                "reviewed": finding.review is not None,
                "where": row["url"] + (f"（共{row['count']}处）" if row["count"] > 1 else ""),
            }
        )
    return listed


def unit_rows(problems: Sequence[Row]) -> list[Row]:
    """How each unit stands, one line a unit, and all problems together in the last line."""
    if not problems:
        return []
    held = [_unit_row(unit, mine) for unit, mine in by_unit(problems).items()]
    held.sort(key=lambda row: (row["unit"] == UNCLEAR, -row["overdue"], -row["all"], row["unit"]))
    return [*held, _unit_row(TOTAL, problems)]


def _unit_row(unit: str, mine: Sequence[Row]) -> Row:
    counts = {outcome.value: sum(row["outcome"] == outcome for row in mine) for outcome in Outcome}
    done = sum(counts[outcome] for outcome in DONE)
    owed = len(mine) - counts[Outcome.DEFERRED]
    rate = f"{100 * done / owed:.1f}%" if owed else "—"
    return {"unit": unit, "all": len(mine), **counts, "rate": rate}


def _mend(group: Row) -> str:
    if group["word"] == NO_ADDRESS:
        return _NO_ADDRESS_MEND
    return _MENDS.get(Asked(group["reason"]), _LOOK) if group["reason"] else _LOOK


def _column(row: Row) -> Row:
    return {
        "no": row["no"],
        "name": " > ".join(row["path"]),
        "unit": row["unit"],
        "verdict": row["verdict"],
        "word": row["word"],
        "reason_word": row["reason_word"] or "",
        "explain": row["explain"],
        "cut": row["cut"],
    }


def _days(case: PaperCase, start: date) -> list[Row]:
    """Every day of the period up to the judged one, and whether an inspection was finished."""
    seen = frozenset(case.inspected)
    count = (case.judgement.as_of - start).days + 1
    held = [start + timedelta(days=number) for number in range(count)]
    return [{"day": day(one), "inspected": one in seen} for one in held]


def _texts(tally: TextTally | None) -> Model:
    """What was read of texts as one row, what was not by its reason; empty where none was asked."""
    read = text_model(tally)
    if read is None:
        return {"texts": [], "unread": [], "shadow": None}
    return {
        "texts": [{key: read[key] for key in ("pages", "characters", "attachments")}],
        "unread": [{"reason": row["reason"], "count": row["count"]} for row in read["unchecked"]],
        "shadow": read["shadow"],
    }


def _pending(case: PaperCase) -> list[Row]:
    """What only asks a person to look, and what is only suspected yet: counted, not accused of."""
    clues = clue_codes(case)
    return [
        {"fingerprint": line(finding.fingerprint), "clue": is_clue(finding, clues)}
        for finding in case.findings
        if finding.state is State.SUSPECTED and finding.in_report
    ]
