"""整改通知单: a formal letter to each unit that has something to mend, with a slip to return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.period import Period, PeriodKind
from ledger.words import Verdict
from reports.base import Model, Need, PaperCase
from reports.counting import counted, rows
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.rectify_rows import PLACES, UNCLEAR, by_unit, parts, rectify_rows, renumbered
from reports.safe import line
from reports.word import marked
from reports.wording import day

Row = dict[str, Any]

NAME, TITLE = "unit-notice", "整改通知单"
_LINE = 20
"""The most characters of a title on one line of a Word page."""


class _UnitNotice(Official):
    """One letter a unit."""

    name = NAME
    title = TITLE
    formats = ("docx", "html", "json")
    needs = frozenset({Need.DUTIES})

    def build(self, case: PaperCase) -> Model:
        """All open duties; `split` makes the letters of them."""
        listed = [_row(row) for row in rectify_rows(case) if row["open"]]
        as_of = Period.holding(PeriodKind.DAY, case.judgement.as_of)
        report = case.site.report
        model: Model = {
            "paper": NAME,
            "title": TITLE,
            "site": site_model(case.site),
            "run": run_model(case.run),
            "as_of": day(as_of.start),
            "as_of_words": as_of.words,
            "heading": f"关于{line(case.site.name)}有关问题整改的通知",
            "issuer": line(report.get("agency") or report.get("operator") or case.site.name),
            "contact": line(report.get("contact", "")),
            "phone": line(report.get("phone", "")),
            "unit": "",
            "rows": listed,
            "unchecked": _unchecked(case),
            "proof": proof(case, NAME),
        }
        model = _told(model)
        self.check(model)
        return model

    def split(self, model: Model) -> dict[str, Model]:
        """A letter for each unit; a single page where nothing is to be mended."""
        units = by_unit(model["rows"])
        if not units:
            return {"": model}
        names = parts(units)
        return {names[unit]: _letter(model, unit, owed) for unit, owed in units.items()}

    def for_word(self, model: Model) -> Model:
        """With rows and heading broken into lines."""
        rows = [_for_word(row) for row in model["rows"]]
        return model | {"rows": rows, "heading": _broken(model)}


def _letter(model: Model, unit: str, owed: Sequence[Row]) -> Model:
    """The model of one unit's letter, with sentences that count its own rows."""
    unseen = [column for column in model["unchecked"] if unit in column["units"]]
    return _told(model | {"unit": unit, "rows": renumbered(owed), "unchecked": unseen})


def _told(model: Model) -> Model:
    """The model with its sentences."""
    listed = model["rows"]
    known = model["unit"] not in ("", UNCLEAR)
    return model | {
        "signer": model["unit"] if known else "",
        "addressee": f"{model['unit']}：" if known else f"{UNCLEAR}（请确定后转办）：",
        "lead": _lead(model),
        "unchecked_words": _unchecked_words(model),
        "bases": [f"{basis.rstrip('。')}。" for basis in _bases(listed)],
        "demands": _demands(listed),
    }


def _bases(listed: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["basis"] for row in listed if row["basis"]))


def _lead(model: Model) -> Model:
    as_of, listed = model["as_of_words"], model["rows"]
    if not listed:
        return counted(
            f"按基准日{as_of}的巡查结果，需要通知整改的问题 {{total}} 项。",
            {"total": rows("rows")},
            model,
            none=f"按基准日{as_of}的巡查结果，没有已确认、需要通知整改的问题，不发整改通知。",
        )
    whose = "你单位负责的内容中" if model["unit"] not in ("", UNCLEAR) else ""
    pattern = f"按基准日{as_of}的巡查结果，{whose}有需要整改的问题 {{total}} 项"
    counts = {"total": rows("rows")}
    if any(row["late"] for row in listed):
        pattern += "，其中已超过整改期限的 {overdue} 项"
        counts["overdue"] = rows("rows", outcome="overdue")
    if any(row["shared"] for row in listed):
        pattern += "，与其他单位共同负责的 {shared} 项"
        counts["shared"] = rows("rows", shared=True)
    return counted(f"{pattern}。现将有关事项通知如下。", counts, model)


def _unchecked(case: PaperCase) -> list[Row]:
    return [
        {
            "path": " > ".join(line(name) for name in verdict.path),
            "units": [line(unit) for unit in verdict.units] or [UNCLEAR],
        }
        for verdict in case.judgement.verdicts
        if verdict.verdict is Verdict.NOT_CHECKED
    ]


def _unchecked_words(model: Model) -> Model | None:
    """What nobody looked at is not said to be in order."""
    if not model["unchecked"]:
        return None
    whose = "你单位负责的" if model["unit"] not in ("", UNCLEAR) else ""
    return counted(
        f"另有{whose} {{unchecked}} 个栏目本次未检查，不能据此认为没有问题。",
        {"unchecked": rows("unchecked")},
        model,
    )


def _demands(listed: Sequence[Row]) -> list[str]:
    """What the unit is asked to do; the terms of each problem stand in its row."""
    said = [
        "逐项核实，按表中所列期限完成整改。期限自问题确认的次一工作日起按工作日计算，最后一日当日完成的不算超期。",
        "对同类问题一并排查，不只改表中列出的页面。确需撤下页面的，先按规定履行审批手续，并从栏目列表中去掉链接。",
        "整改完成后填写所附回执，在期限届满前送回。系统在此后的巡查中自动复核：问题消除且页面正常打开的记为已整改，"
        "页面已撤下的记为已下线。",
        "认为所列内容不属于问题的，请在回执中写明理由，由我们复核。",
    ]
    if any(row["late"] for row in listed):
        said.insert(1, "表中注明已超期的，请立即整改，并在回执中说明超期原因。")
    if any(row["shared"] for row in listed):
        said.insert(1, "表中注明共同责任的，请与所列单位商定由谁整改，避免遗漏。")
    if any(row["assumed"] for row in listed):
        said.append(
            "部分期限所跨年度的节假日安排尚未公布，暂按周一至周五为工作日计算，公布后以公布的安排为准。"
        )
    return said


def _row(row: Row) -> Row:
    """A row of the table in words: where, what to do, until when."""
    due = Period.holding(PeriodKind.DAY, date.fromisoformat(row["due"])).words
    limit = f"{row['days']}个工作日内，至{due}"
    if row["late"]:
        limit += f"；已超期{row['late']}个工作日"
    return row | {
        "where": _where(row),
        "todo": f"建议改为“{row['suggest']}”。{row['advice']}" if row["suggest"] else row["advice"],
        "who": f"共同责任：{row['unit']}" if row["shared"] else "",
        "named": f"{row['name']}：{row['subject']}",
        "limit": limit,
    }


def _where(row: Row) -> Row:
    """The addresses of a problem, each once, and how many pages there are beyond them."""
    urls = list(dict.fromkeys(place["url"] for place in row["places"] if place["url"]))
    more = max(0, row["count"] - len(urls)) if len(row["places"]) >= PLACES else 0
    return {"urls": urls, "more": f"另有 {more} 个页面未逐一列出。" if more else ""}


def _broken(model: Model) -> str:
    """The heading on two lines where one has no room for it, parted between two words."""
    heading: str = model["heading"]
    if len(heading) <= _LINE:
        return heading
    return heading.replace(model["site"]["name"], f"{model['site']['name']}\n", 1)


def _for_word(row: Row) -> Row:
    """The row with its addresses a line each, and with what is wrong set off."""
    where = "\n".join(filter(None, (*row["where"]["urls"], row["where"]["more"])))
    about = "\n".join(filter(None, (f"{row['name']}（{row['severity_word']}）", row["who"])))
    return row | {"marked": marked(row["excerpt"]), "where": where, "about": about}


PAPER = _UnitNotice()
