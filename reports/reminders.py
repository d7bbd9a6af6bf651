"""栏目更新提醒: what falls due soon and what is overdue, columns and duties, for each unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ledger.findings import ColumnVerdict
from ledger.period import Period, PeriodKind
from ledger.words import Verdict
from reports.base import Model, Need, PaperCase, PaperError
from reports.counting import counted, rows, verify_counts
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.rectify_rows import UNCLEAR, by_unit, parts, rectify_rows, renumbered
from reports.reminders_calendar import calendar
from reports.reminders_sheet import workbook
from reports.safe import line, long_line
from reports.word import marked
from reports.wording import day, owes

Row = dict[str, Any]

NAME, TITLE = "reminders", "栏目更新提醒"
DAYS = 7
"""How many days ahead reminders look where [report] remind_days does not say; our own choice."""

OVERDUE, SOON = "overdue", "soon"


class _Reminders(Official):
    """One paper for all, and one for each unit."""

    name = NAME
    title = TITLE
    formats = ("html", "docx", "xlsx", "ics", "json")
    wide = True
    needs = frozenset({Need.DUTIES})

    def build(self, case: PaperCase) -> Model:
        """Columns and duties that are overdue or fall due within the days looked ahead."""
        ahead = int(case.site.report.get("remind_days", DAYS))
        as_of = case.judgement.as_of
        model = _told(
            {
                "paper": NAME,
                "title": TITLE,
                "site": site_model(case.site),
                "run": run_model(case.run),
                "as_of": day(as_of),
                "as_of_words": Period.holding(PeriodKind.DAY, as_of).words,
                "heading": f"{line(case.site.name)}{TITLE}",
                "days": ahead,
                "unit": "",
                "columns": _columns(case.judgement.verdicts, as_of, ahead),
                "duties": _duties(case, ahead),
                "unchecked": _unchecked(case),
                "proof": proof(case, NAME),
            }
        )
        self.check(model)
        return model

    def split(self, model: Model) -> dict[str, Model]:
        """Everything, and what concerns each unit."""
        columns, duties = by_unit(model["columns"]), by_unit(model["duties"])
        units = sorted({*columns, *duties}, key=lambda unit: (unit == UNCLEAR, unit))
        found = {"": model}
        for unit, part in parts(units).items():
            unseen = [column for column in model["unchecked"] if unit in column["units"]]
            own = {
                "unit": unit,
                "heading": f"{model['heading']}（{unit}）",
                "columns": renumbered(columns.get(unit, [])),
                "duties": renumbered(duties.get(unit, [])),
                "unchecked": renumbered(unseen),
            }
            found[part] = _told(model | own)
        return found

    def for_word(self, model: Model) -> Model:
        """With the wrong wording set off in its sentence."""
        duties = [row | {"marked": marked(row["excerpt"])} for row in model["duties"]]
        return model | {"duties": duties}

    def other(self, model: Model, format: str) -> bytes:
        """The workbook or the calendar."""
        return calendar(model) if format == "ics" else workbook(model)

    def check(self, model: Model) -> None:
        """Refuse too where the letters of the units differ from the whole."""
        verify_counts(model)
        if model["units"] != _units(model):
            raise PaperError("报表自检未通过：各单位合计与清单各行不一致，报表未生成。")


def _columns(verdicts: Iterable[ColumnVerdict], as_of: date, ahead: int) -> list[Row]:
    """Columns with a clock of their own; what owes nothing by any day is never reminded of."""
    found = [
        _column(verdict, as_of)
        for verdict in verdicts
        if owes(verdict.frequency) and _pressing(verdict, as_of, ahead)
    ]
    # One that is overdue without a day to show has waited longest.
    found.sort(key=lambda row: (row["due"] or "", row["path"]))
    return renumbered(found)


def _pressing(verdict: ColumnVerdict, as_of: date, ahead: int) -> bool:
    if verdict.verdict is Verdict.OVERDUE:
        return True
    if verdict.verdict is not Verdict.ON_TIME or verdict.due is None:
        return False
    left, age = (verdict.due - as_of).days, verdict.age or 0
    # A column that owes something every week must not be reminded of from its first day.
    return verdict.soon or left <= min(ahead, (left + age) // 2)


def _column(verdict: ColumnVerdict, as_of: date) -> Row:
    units = list(dict.fromkeys(filter(None, map(line, verdict.units)))) or [UNCLEAR]
    left = (verdict.due - as_of).days if verdict.due else None
    overdue = verdict.verdict is Verdict.OVERDUE
    return {
        "path": [line(name) for name in verdict.path],
        "name": " > ".join(line(name) for name in verdict.path),
        "units": units,
        "unit": "、".join(units),
        "frequency_word": line(verdict.frequency_text) or verdict.frequency.label,
        "last_updated": day(verdict.last_updated),
        "last_title": line(verdict.last_title),
        "due": day(verdict.due),
        "left": left,
        "state": OVERDUE if overdue else SOON,
        "words": _column_words(left) if overdue else _left_words(left or 0),
        "url": long_line(verdict.url) if verdict.url else "",
    }


def _column_words(left: int | None) -> str:
    return f"已逾期{-left}天" if left is not None and left < 0 else "已逾期"


def _left_words(left: int) -> str:
    return f"还有{left}天到期" if left > 0 else "今天到期"


def _duties(case: PaperCase, ahead: int) -> list[Row]:
    """Duties that are overdue or soon will be, in the order of their last days."""
    found = []
    for row in rectify_rows(case):
        left = (date.fromisoformat(row["due"]) - case.judgement.as_of).days
        if not row["open"] or left > ahead:
            continue
        overdue = row["outcome"] == OVERDUE
        words = f"已超期{row['late']}个工作日" if overdue and row["late"] else "已超期"
        found.append(
            row
            | {
                "left": left,
                "state": OVERDUE if overdue else SOON,
                "words": words if overdue else _left_words(left),
            }
        )
    found.sort(key=lambda row: (row["due"], row["no"]))
    return renumbered(found)


def _unchecked(case: PaperCase) -> list[Row]:
    """Columns with a clock of which nobody knows today whether they fall due."""
    return renumbered(
        [
            {
                "name": " > ".join(line(name) for name in verdict.path),
                "units": [line(unit) for unit in verdict.units] or [UNCLEAR],
            }
            for verdict in case.judgement.verdicts
            if verdict.verdict is Verdict.NOT_CHECKED and owes(verdict.frequency)
        ]
    )


def _told(model: Model) -> Model:
    """The model with its sentences and with what each unit has to do."""
    as_of, ahead = model["as_of_words"], model["days"]
    lead = counted(
        f"按基准日{as_of}的巡查结果，已逾期的栏目 {{overdue}} 个，临近时限或将在{ahead}天内到期的"
        f"栏目 {{soon}} 个；已超期的整改任务 {{late}} 项，{ahead}天内到期的整改任务 {{due}} 项。",
        {
            "overdue": rows("columns", state=OVERDUE),
            "soon": rows("columns", state=SOON),
            "late": rows("duties", state=OVERDUE),
            "due": rows("duties", state=SOON),
        },
        model,
    )
    unseen = None
    if model["unchecked"]:
        unseen = counted(
            "另有 {unchecked} 个有更新时限的栏目本次未检查，是否临近到期无从知道。",
            {"unchecked": rows("unchecked")},
            model,
        )
    return model | {"lead": lead, "unchecked_words": unseen, "units": _units(model)}


def _units(model: Model) -> list[Row]:
    """How much each unit has to do; none where the paper is one unit's own."""
    if model["unit"]:
        return []
    columns, duties = by_unit(model["columns"]), by_unit(model["duties"])
    names = sorted({*columns, *duties}, key=lambda unit: (unit == UNCLEAR, unit))
    return [
        {
            "unit": unit,
            "overdue": _count(columns.get(unit, []), OVERDUE),
            "soon": _count(columns.get(unit, []), SOON),
            "late": _count(duties.get(unit, []), OVERDUE),
            "due": _count(duties.get(unit, []), SOON),
        }
        for unit in names
    ]


def _count(listed: Sequence[Row], state: str) -> int:
    return sum(1 for row in listed if row["state"] == state)


PAPER = _Reminders()
