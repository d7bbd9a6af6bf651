"""年度运维报告: the year, month by month, from what the ledger holds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from ledger.months import MonthStand
from ledger.period import PeriodKind
from ledger.words import State, Verdict
from reports import rectify_rows as duties
from reports.base import Model, Need, PaperCase, PaperError
from reports.charts import Chart, by_unit, trend
from reports.counting import counted, rows
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.safe import line
from reports.wording import PROBLEMS, day, day_words

Row = dict[str, Any]

_GOOD = (Verdict.ON_TIME, Verdict.AS_NEEDED, Verdict.JUMP_OK)
_LEFT = 50
"""The most open duties listed; the rest is counted."""


class Annual(Official):
    """年度运维报告."""

    name = "annual"
    title = "年度运维报告"
    formats = ("html", "docx", "json")
    covers = PeriodKind.YEAR
    needs = frozenset({Need.MONTHS, Need.DUTIES})

    def build(self, case: PaperCase) -> Model:
        """The model of one year."""
        if case.span is None:
            raise PaperError("年度运维报告需要年度，请用 --year YYYY 指定。")
        year = case.span
        listed = [row for row in duties.rectify_rows(case) if _of_year(row, year.start.isoformat())]
        model: Model = {
            "paper": self.name,
            "title": self.title,
            "heading": f"{line(case.site.name)}{year.words}运维报告",
            "site": site_model(case.site),
            "period": year.label,
            "period_words": year.words,
            "as_of": day(case.judgement.as_of),
            "date_words": day_words(case.judgement.as_of),
            "run": run_model(case.run),
            "agency": line(case.site.report.get("agency", "")) or "（主管单位名称）",
            "operator": line(case.site.report.get("operator", "")) or "（运维单位名称）",
            "months": [_month(month, case.judgement.as_of) for month in case.months],
            "columns": [
                {"verdict": verdict.verdict.value, "unit": line(verdict.unit)}
                for verdict in case.judgement.verdicts
            ],
            "duties": [_duty(row) for row in listed],
            "kinds": _kinds(listed),
            "units": _units(listed),
            "proof": proof(case, self.name),
        }
        model["left"] = [row for row in model["duties"] if row["open"]][:_LEFT]
        model |= _sentences(model, case)
        self.check(model)
        return model

    def charts(self, model: Model) -> dict[str, Chart]:
        """Month by month what stood open, and the problems of each unit."""
        seen = [month for month in model["months"] if month["seen"]]
        drawn = {}
        if len(seen) > 1:
            points = [month | {"opened": month["confirmed"]} for month in seen]
            drawn["trend_chart"] = trend(points)
        if model["units"]:
            drawn["units_chart"] = by_unit([_bar(unit) for unit in model["units"]])
        return drawn


def _bar(unit: Row) -> Row:
    overdue = unit["overdue"]
    return {
        "unit": unit["name"],
        "overdue": overdue,
        "open": unit["open"] - overdue,
        "closed": unit["ended"],
    }


def _of_year(row: Row, first: str) -> bool:
    """Whether a duty arose in the year or was still open when it began."""
    closed = row["closed_on"]
    return row["since"] >= first or closed is None or closed >= first


def _duty(row: Row) -> Row:
    kept = ("no", "name", "subject", "unit", "units", "since", "due", "outcome_word", "outcome")
    return {key: row[key] for key in (*kept, "open", "closed_on", "late", "note")}


def _month(month: MonthStand, as_of: date) -> Row:
    verdicts = month.judgement.verdicts if month.judgement else ()
    first = month.period.start
    known = {duty.fingerprint: duty for duty in month.duties}
    return {
        "label": month.period.label,
        "words": f"{month.period.start.month}月",
        "seen": month.judgement is not None,
        "day": day(min(month.period.end, as_of)),
        "runs": month.runs,
        "columns": len(verdicts),
        "good": sum(verdict.verdict in _GOOD for verdict in verdicts),
        "problems": sum(verdict.verdict in PROBLEMS for verdict in verdicts),
        "unchecked": sum(verdict.verdict is Verdict.NOT_CHECKED for verdict in verdicts),
        "confirmed": sum(duty.since >= first for duty in known.values()),
        "closed": sum(bool(d.closed_on and d.closed_on >= first) for d in known.values()),
        "open": sum(duty.outcome.open for duty in known.values()),
        "suspected": sum(finding.state is State.SUSPECTED for finding in month.findings),
    }


def _kinds(listed: list[Row]) -> list[Row]:
    names = Counter(row["name"] for row in listed)
    return [
        _tally(name, [row for row in listed if row["name"] == name])
        for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0]))
    ]


def _units(listed: list[Row]) -> list[Row]:
    return [_tally(unit, held) for unit, held in duties.by_unit(listed).items()]


def _tally(name: str, held: list[Row]) -> Row:
    ended = [row for row in held if not row["open"] and row["closed_on"]]
    return {
        "name": name,
        "all": len(held),
        "ended": len(ended),
        "late": sum(row["outcome"] == "mended_late" for row in held),
        "open": sum(row["open"] for row in held),
        "overdue": sum(row["outcome"] == "overdue" for row in held),
        "deferred": sum(row["outcome"] == "deferred" for row in held),
    }


def _sentences(model: Model, case: PaperCase) -> Model:
    return {
        "basis": _basis(model),
        "columns_said": _columns_said(model),
        "duties_said": _duties_said(model),
        "left_said": _left_said(model),
        "gaps": _gaps(case),
    }


def _basis(model: Model) -> Model:
    return counted(
        "本年度有巡查记录的月份 {seen} 个，共完成巡查 {runs} 次；截至" + model["date_words"] + "，"
        "栏目表中有栏目 {columns} 个。",
        {
            "seen": rows("months", seen=True),
            "runs": rows("months", sum_of="runs"),
            "columns": rows("columns"),
        },
        model,
    )


def _columns_said(model: Model) -> Model:
    return counted(
        "年末结论正常的栏目 {good} 个，有问题的栏目 {problems} 个，未能检查的栏目 {unchecked} 个。",
        {
            "good": rows("columns", verdict=[verdict.value for verdict in _GOOD]),
            "problems": rows("columns", verdict=[verdict.value for verdict in PROBLEMS]),
            "unchecked": rows("columns", verdict=Verdict.NOT_CHECKED.value),
        },
        model,
    )


def _duties_said(model: Model) -> Model:
    if not model["duties"]:
        return counted("本年度没有确认的问题。", {}, model)
    return counted(
        "本年度处理的确认问题共 {all} 个，涉及 {units} 个责任单位；已整改 {mended} 个"
        "（其中超期整改 {late} 个），页面已下线 {offline} 个，整改中 {open} 个，"
        "超期未整改 {overdue} 个，暂予保留 {deferred} 个。",
        {
            "all": rows("duties"),
            "units": rows("duties", distinct="units"),
            "mended": rows("duties", outcome=["mended", "mended_late"]),
            "late": rows("duties", outcome="mended_late"),
            "offline": rows("duties", outcome="offline"),
            "open": rows("duties", outcome="open"),
            "overdue": rows("duties", outcome="overdue"),
            "deferred": rows("duties", outcome="deferred"),
        },
        model,
    )


def _left_said(model: Model) -> Model:
    if not model["left"]:
        return counted("没有遗留未整改的问题。", {}, model)
    return counted(
        "遗留未整改的问题 {open} 个，下表列出 {shown} 个。",
        {"open": rows("duties", open=True), "shown": rows("left")},
        model,
    )


def _gaps(case: PaperCase) -> list[str]:
    said = []
    empty = [f"{m.period.start.month}月" for m in case.months if m.judgement is None]
    if empty:
        said.append(f"{'、'.join(empty)}没有巡查记录，以下统计不含这些月份。")
    if case.span is not None and case.judgement.as_of < case.span.end:
        said.append(f"统计截至{day_words(case.judgement.as_of)}，之后的情况没有计入。")
    return said


PAPER = Annual()
