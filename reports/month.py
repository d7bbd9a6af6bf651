"""The monthly column table (月度栏目巡查表): every column, every period of the month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ledger.findings import ColumnVerdict, PeriodCount
from ledger.period import PeriodKind
from ledger.words import Frequency, Verdict
from reports import charts
from reports import columns as table
from reports.base import Model, Need, OneFile, PaperCase, PaperError, refuse_format, to_json
from reports.charts import Chart, calendar_rows
from reports.columns import Row, spread
from reports.judged import commands, judged, notices, run_model, site_model
from reports.month_sheet import workbook
from reports.month_word import word_file
from reports.page import page
from reports.proof import proof
from reports.safe import line
from reports.view import common_view
from reports.wording import (
    MEANINGS,
    NO_REASON,
    PROBLEMS,
    SOON,
    VERDICT_ORDER,
    day,
    span,
)

LEVELS = ("一级栏目", "二级栏目", "三级栏目", "四级栏目", "五级栏目")

_LEAST_LEVELS = 4
_CALENDARS = 3


class Month(OneFile):
    """月度栏目巡查表: the table a contract asks for each month."""

    name = "month"
    title = "月度栏目巡查表"
    formats = ("html", "docx", "xlsx", "json")
    covers = PeriodKind.MONTH
    needs = frozenset({Need.PERIODS, Need.UPDATES})

    def build(self, case: PaperCase) -> Model:
        """The model of one judged month."""
        if case.month is None:
            raise PaperError("月度栏目巡查表需要月份，请用 --month YYYY-MM 指定。")
        rows = _rows(case)
        counted = table.totals(rows)
        gaps = _gaps(rows)
        model: Model = {
            "paper": self.name,
            "title": self.title,
            "site": site_model(case.site),
            "month": f"{case.month:%Y-%m}",
            "month_word": f"{case.month.year}年{case.month.month}月",
            "as_of": day(case.judgement.as_of),
            "run": run_model(case.run),
            "notices": notices(case, rows, counted)
            + _month_notices(case.judgement.as_of, case.month),
            "summary": table.sentence(counted),
            "gaps": gaps,
            "gaps_words": _gaps_words(gaps),
            "totals": counted,
            "levels": list(LEVELS[: _depth(rows)]),
            "illustrated": True,
            "units": table.units(rows),
            "columns": rows,
            "not_checked": table.unchecked(rows),
            "judged": judged(case, rows),
            "calendars": _calendars(case, rows),
            "reproduce": commands(case, self.name),
            "proof": proof(case, self.name),
        }
        _verify(model)
        return model

    def render(self, model: Model, format: str, templates: Path | None = None) -> bytes:
        """The model as `html`, `xlsx` or `json`."""
        _verify(model)
        if format == "json":
            return to_json(model)
        if format == "xlsx":
            return workbook(model)
        if format == "html":
            return page("month.html", ("page.css", "month.css"), ("page.js",), **_view(model))
        if format == "docx":
            return word_file(model, _charts(model), templates)
        raise refuse_format(self, format)


def _rows(case: PaperCase) -> list[Row]:
    periods = {held.path: held.periods for held in case.periods}
    rows = table.rows(case.judgement, case.readings)
    for row, verdict in zip(rows, case.judgement.verdicts, strict=True):
        held = periods.get(verdict.path, ())
        row |= _period_fields(_told(held, verdict, case.judgement.as_of), verdict, case)
        row["remark"] = _remark(row)
    return rows


def _told(periods: Sequence[PeriodCount], verdict: ColumnVerdict, as_of: date) -> list[PeriodCount]:
    """The periods worth a word: those that have begun, of a column that publishes at all."""
    if verdict.frequency is Frequency.JUMP:
        return []
    return [period for period in periods if period.start <= as_of]


def _period_fields(told: Sequence[PeriodCount], verdict: ColumnVerdict, case: PaperCase) -> Row:
    # A column without a verdict is accused of nothing, not of a missing period either.
    accused = verdict.verdict is not Verdict.NOT_CHECKED
    listed = [_period(period, accused, case.judgement.as_of) for period in told]
    return {
        "periods": listed,
        "periods_words": "；".join(period["words"] for period in listed),
        "missed": _missed(listed) if accused else None,
        "unread": sum(1 for period in listed if period["count"] is None),
    }


def _period(period: PeriodCount, accused: bool, as_of: date) -> Row:
    label = line(period.label) or span(period.start, period.end)
    missed = accused and period.owed and period.count == 0
    if period.count is None:
        said = "未读到"
    elif missed:
        said = "0条（缺更）"
    elif period.end > as_of:
        said = f"{period.count}条（本期未满）"
    else:
        said = f"{period.count}条"
    return {
        "label": label,
        "start": day(period.start),
        "end": day(period.end),
        "count": period.count,
        "owed": period.owed,
        "missed": missed,
        "words": f"{label}：{said}",
    }


def _missed(listed: Sequence[Row]) -> int | None:
    """How many periods lack the publication they owed; None where none that owed one was read."""
    if not any(period["owed"] and period["count"] is not None for period in listed):
        return None
    return sum(1 for period in listed if period["missed"])


def _remark(row: Row) -> str:
    """What a reader of the row must know besides its cells."""
    parts = []
    if row["verdict"] == Verdict.NOT_CHECKED:
        parts.append(row["explain"] or f"未检查：{row['reason_word'] or NO_REASON}")
    elif row["days_over"]:
        # The other cells hold the rest of the explanation.
        parts.append(f"超期 {row['days_over']} 天")
    elif row["verdict"] in PROBLEMS:
        parts.append(row["explain"])
    if row["cut"]:
        parts.append("列表未读全（页数上限）")
    if row["unread"] and row["missed"] is not None:
        parts.append(f"{row['unread']} 期未读到，不计缺更")
    parts.append(row["note"])
    return "；".join(part.rstrip("。；") for part in parts if part)


def _gaps(rows: Sequence[Row]) -> Model:
    return {
        "counted_columns": sum(1 for row in rows if row["missed"] is not None),
        "missed": sum(row["missed"] or 0 for row in rows),
        "columns": sum(1 for row in rows if row["missed"]),
        "unread_columns": sum(1 for row in rows if row["unread"]),
    }


def _gaps_words(gaps: Model) -> str:
    if gaps["missed"]:
        said = f"各期中缺更 {gaps['missed']} 期，涉及 {gaps['columns']} 个栏目"
    elif gaps["counted_columns"]:
        said = "已读到的各期没有缺更"
    else:
        said = "没有可按期统计的栏目"
    if gaps["unread_columns"]:
        said += f"；{gaps['unread_columns']} 个栏目有未读到的期，不计缺更"
    return said + "。"


def _month_notices(as_of: date, month: date) -> list[str]:
    last = month.replace(day=monthrange(month.year, month.month)[1])
    if as_of < last:
        return [f"本月尚未结束，本表截至 {day(as_of)}。"]
    if as_of > last:
        return [f"本表的结论与已过天数按基准日 {day(as_of)} 计算，晚于本月最后一天。"]
    return []


def _calendars(case: PaperCase, rows: Sequence[Row]) -> list[Row]:
    """The year of the columns that are overdue for longest, where days are known."""
    late = sorted((row for row in rows if row["days_over"]), key=lambda row: -row["days_over"])
    paths = {row["no"]: v.path for row, v in zip(rows, case.judgement.verdicts, strict=True)}
    found = []
    for row in late[:_CALENDARS]:
        days, reading = case.updates.get(paths[row["no"]]), case.readings.get(paths[row["no"]])
        if days and reading is not None:
            since = None if reading.complete else day(reading.covers_from or case.judgement.as_of)
            name = row["path"][-1] if row["path"] else ""
            found.append(
                {"no": row["no"], "name": name, "since": since, "days": calendar_rows(days)}
            )
    return found


def _charts(model: Model) -> dict[str, Chart]:
    if not model["illustrated"]:
        return {}
    late = charts.age_rows(model["columns"])
    drawn = {"ages": charts.ages(late)} if late else {}
    for number, held in enumerate(model["calendars"], start=1):
        drawn[f"calendar_{number}"] = charts.update_calendar(
            held["days"], model["as_of"], name=held["name"], since=held["since"]
        )
    return drawn


def _depth(rows: Sequence[Row]) -> int:
    deepest = max((len(row["path"]) for row in rows), default=0)
    return min(len(LEVELS), max(_LEAST_LEVELS, deepest))


def _verify(model: Model) -> None:
    table.verify(model)
    gaps = _gaps(model["columns"])
    if model["gaps"] != gaps or model["gaps_words"] != _gaps_words(gaps):
        raise PaperError("报表自检未通过：缺更合计与栏目表各行不一致，报表未生成。")


def _view(model: Model) -> dict[str, Any]:
    return common_view(model) | {
        "charts": _charts(model),
        "names": spread(model["columns"], len(model["levels"])),
        "orders": {verdict.value: index for index, verdict in enumerate(VERDICT_ORDER)},
        "soon_meaning": MEANINGS[SOON],
    }


PAPER = Month()
