"""The column table both papers share: one row a column, and every count taken from the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.facts import ColumnReading
from ledger.findings import ColumnVerdict, Judgement
from ledger.site import ColumnPath
from ledger.words import Frequency, Outcome, Verdict
from reports.base import Model, PaperError
from reports.safe import line, long_line
from reports.wording import (
    ADVICE,
    FOUND_WORDS,
    KIND_WORDS,
    NO_ADDRESS,
    NO_ADDRESS_ADVICE,
    NO_REASON,
    NO_UNIT,
    PROBLEMS,
    SOON_WORD,
    VERDICT_ORDER,
    day,
    how_word,
    reason_word,
    verdict_word,
)

Row = dict[str, Any]


def rows(judgement: Judgement, readings: Mapping[ColumnPath, ColumnReading]) -> list[Row]:
    """A row for each verdict, in the order of the column sheet, numbered from 1."""
    return [
        _row(number, verdict, judgement.as_of, readings.get(verdict.path))
        for number, verdict in enumerate(judgement.verdicts, start=1)
    ]


def _row(number: int, verdict: ColumnVerdict, as_of: date, reading: ColumnReading | None) -> Row:
    soon = verdict.soon and verdict.verdict is Verdict.ON_TIME
    return {
        "no": number,
        "path": [line(name) for name in verdict.path],
        "unit": line(verdict.unit),
        "units": [line(unit) for unit in verdict.units] or [NO_UNIT],
        "frequency": verdict.frequency.value,
        "frequency_word": line(verdict.frequency_text) or verdict.frequency.label,
        "url": long_line(verdict.url) if verdict.url else None,
        "kind": verdict.kind.value,
        "kind_word": KIND_WORDS[verdict.kind],
        "verdict": verdict.verdict.value,
        "word": SOON_WORD if soon else verdict_word(verdict.verdict),
        "soon": soon,
        "reason": verdict.reason.value if verdict.reason else None,
        "reason_word": _reason(verdict, reading),
        "last_updated": day(verdict.last_updated),
        "last_title": line(verdict.last_title),
        "age": verdict.age,
        "due": day(verdict.due),
        "days_over": _days_over(verdict, as_of),
        "items": verdict.items,
        "cut": verdict.cut,
        "evidence": _evidence(verdict),
        "explain": long_line(verdict.explain),
        "note": line(verdict.note),
        "read": _read(reading),
    }


def _reason(verdict: ColumnVerdict, reading: ColumnReading | None) -> str | None:
    if verdict.reason is Outcome.EXCLUDED and reading is not None and reading.found.how == "none":
        return NO_ADDRESS
    return reason_word(verdict.reason) if verdict.reason else None


def _days_over(verdict: ColumnVerdict, as_of: date) -> int | None:
    if verdict.verdict is not Verdict.OVERDUE or verdict.due is None:
        return None
    return max(0, (as_of - verdict.due).days)


def _evidence(verdict: ColumnVerdict) -> Row | None:
    held = verdict.evidence
    if held is None:
        return None
    return {
        "url": long_line(held.url),
        "text": line(held.text),
        "how": line(held.how),
        "how_word": line(how_word(held.how)),
        "title": line(held.title),
    }


def _read(reading: ColumnReading | None) -> Row | None:
    if reading is None:
        return None
    found = reading.found
    return {
        "found": line(found.how),
        "found_word": FOUND_WORDS.get(found.how, line(found.how)),
        "certainty": round(found.certainty, 2),
        "found_text": line(found.text),
        "found_source": long_line(found.source),
        "adapter": line(reading.adapter),
        "pages": reading.pages_read,
        "complete": reading.complete,
        "covers_from": day(reading.covers_from),
        "outcome": reading.outcome.value,
        "outcome_word": reading.outcome.label,
        "status": reading.status,
        "detail": line(reading.detail),
        "excerpt": line(reading.excerpt),
    }


def totals(table: Sequence[Row]) -> Model:
    """How many rows stand under each verdict."""
    counted = {verdict.value: 0 for verdict in VERDICT_ORDER}
    for row in table:
        counted[row["verdict"]] += 1
    return {
        "all": len(table),
        "by_verdict": counted,
        "soon": sum(1 for row in table if row["soon"]),
        "problems": sum(counted[verdict] for verdict in PROBLEMS),
    }


def units(table: Sequence[Row]) -> list[Row]:
    """Every unit with its counts and the numbers of its problem rows, most problems first.

    A column of several units stands under each of them.
    """
    found: dict[str, Row] = {}
    for row in table:
        for name in dict.fromkeys(row["units"]):
            unit = found.setdefault(name, _empty_unit(name))
            unit["all"] += 1
            unit["by_verdict"][row["verdict"]] += 1
            if row["verdict"] in PROBLEMS:
                unit["problems"].append(row["no"])
    order = {row["no"]: _gravity(row) for row in table}
    for unit in found.values():
        unit["problems"].sort(key=lambda no: (order[no], no))
    listed = list(found.values())
    listed.sort(key=lambda unit: -len(unit["problems"]))
    return listed


def _empty_unit(name: str) -> Row:
    return {
        "unit": name,
        "all": 0,
        "by_verdict": {verdict.value: 0 for verdict in VERDICT_ORDER},
        "problems": [],
    }


def _gravity(row: Row) -> int:
    return VERDICT_ORDER.index(Verdict(row["verdict"]))


def by_gravity(table: Iterable[Row]) -> list[Row]:
    """The rows with the problems first, 临近 before the rest in time, else as in the sheet."""
    return sorted(table, key=lambda row: (_gravity(row), not row["soon"], row["no"]))


def unchecked(table: Sequence[Row]) -> list[Row]:
    """The rows without a conclusion, grouped by their reason, each with what to do."""
    groups: dict[str, Row] = {}
    for row in table:
        if row["verdict"] != Verdict.NOT_CHECKED:
            continue
        word = row["reason_word"] or NO_REASON
        group = groups.setdefault(
            word,
            {"reason": row["reason"], "word": word, "advice": _advice(row), "columns": []},
        )
        group["columns"].append(row["no"])
    return sorted(groups.values(), key=lambda group: -len(group["columns"]))


def _advice(row: Row) -> str:
    if row["reason_word"] == NO_ADDRESS:
        return NO_ADDRESS_ADVICE
    return ADVICE[Outcome(row["reason"]) if row["reason"] else Outcome.OK]


def sentence(counted: Model) -> str:
    """The totals as prose."""
    if not counted["all"]:
        return "栏目表中没有栏目，没有可巡查的内容。"
    parts = [
        f"{verdict_word(verdict)} {counted['by_verdict'][verdict]} 个"
        for verdict in VERDICT_ORDER
        if counted["by_verdict"][verdict]
    ]
    soon = f"（其中{SOON_WORD} {counted['soon']} 个）" if counted["soon"] else ""
    in_time = verdict_word(Verdict.ON_TIME)
    parts = [part + soon if part.startswith(in_time + " ") else part for part in parts]
    return f"栏目表共 {counted['all']} 个栏目：{'、'.join(parts)}。"


def verify(model: Model) -> None:
    """Refuse a model whose counts or prose differ from its rows."""
    table = model["columns"]
    checks = (
        ("栏目合计", model["totals"], totals(table)),
        ("责任单位合计", model["units"], units(table)),
        ("未检查分组", model["not_checked"], unchecked(table)),
        ("概述", model["summary"], sentence(totals(table))),
        ("序号", [row["no"] for row in table], list(range(1, len(table) + 1))),
    )
    for name, stated, counted in checks:
        if stated != counted:
            raise PaperError(f"报表自检未通过：{name}与栏目表各行不一致，报表未生成。")


def limits(
    judgement: Judgement, table: Sequence[Row], by_calendar: Callable[[Frequency], bool]
) -> list[Row]:
    """For each frequency in use: how many columns, and the days it allowed where these show.

    Days mean nothing where a frequency is judged by the calendar's own periods.
    """
    found: dict[Frequency, set[int]] = {}
    for verdict in judgement.verdicts:
        held = found.setdefault(verdict.frequency, set())
        if verdict.due and verdict.last_updated and verdict.due > verdict.last_updated:
            held.add((verdict.due - verdict.last_updated).days)
    return [
        {
            "frequency": frequency.value,
            "word": frequency.label,
            "columns": sum(1 for row in table if row["frequency"] == frequency),
            "calendar": by_calendar(frequency),
            "days": [] if by_calendar(frequency) else sorted(found[frequency]),
        }
        for frequency in Frequency
        if frequency in found
    ]


def spread(table: Sequence[Row], depth: int) -> list[list[tuple[str, bool]]]:
    """Each row's names level by level, True where a parent repeats the row above.

    A path deeper than `depth` keeps its tail in the last level; a shallower one is filled up.
    """
    listed: list[list[tuple[str, bool]]] = []
    above: list[str] = []
    for row in table:
        names = list(row["path"])
        if len(names) > depth:
            names[depth - 1 :] = [" › ".join(names[depth - 1 :])]
        cells = [
            (name, level < len(names) - 1 and names[: level + 1] == above[: level + 1])
            for level, name in enumerate(names)
        ]
        listed.append(cells + [("", False)] * (depth - len(names)))
        above = names
    return listed
