"""监测报告分析: what the vendor found, what we found, the difference, and month against month."""

from __future__ import annotations

from datetime import date, timedelta

from ledger.period import Period, PeriodKind
from reports.base import Model, Need, PaperCase, PaperError
from reports.counting import counted, rows, verify_counts
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.safe import line
from reports.vendor_rows import (
    STATES,
    compared,
    faults,
    grouped,
    item_rows,
    notice_rows,
    notices_in,
    our_rows,
)
from reports.vendor_sheet import workbook
from reports.word import marked
from reports.wording import day

NAME, TITLE = "vendor", "监测报告分析"

_PARTS = {
    "lead": "总体情况",
    "kinds": "月度对比",
    "units": "按责任单位",
    "columns": "按栏目",
    "items": "通报问题及结果",
    "ours": "仅本工具发现的同类问题",
}
_NUMERALS = "一二三四五六"


class _Vendor(Official):
    """One month of notices."""

    name = NAME
    title = TITLE
    formats = ("docx", "html", "xlsx", "json")
    wide = True
    covers = PeriodKind.MONTH
    needs = frozenset({Need.NOTICES})

    def build(self, case: PaperCase) -> Model:
        """The month's faults with their outcomes, and the tables counted from them."""
        span = case.span or Period.holding(PeriodKind.MONTH, case.judgement.as_of)
        last = Period.holding(PeriodKind.MONTH, span.start - timedelta(days=1))
        notices = notices_in(case, span)
        told, earlier = faults(notices), faults(notices_in(case, last))
        items = item_rows(case, told, earlier)
        # Without a notice there is nothing to hold our own findings against.
        ours = our_rows(case, told, span) if notices else []
        model: Model = {
            "paper": NAME,
            "title": TITLE,
            "site": site_model(case.site),
            "run": run_model(case.run),
            "as_of": day(case.judgement.as_of),
            "period": span.words,
            "last_period": last.words,
            "heading": f"{line(case.site.name)}{TITLE}（{span.words}）",
            "notices": notice_rows(notices),
            "items": items,
            "ours": ours,
            "earlier": [{"again": mark in told} for mark in earlier],
            "kinds": compared(items, earlier),
            "units": grouped(items, ours, "unit"),
            "columns": grouped(items, ours, "column"),
            "proof": proof(case, NAME),
        }
        model["lead"] = _lead(model)
        model["difference"] = _difference(model)
        model["outcomes"] = _outcomes(model)
        model["months"] = _months(model)
        model["heads"] = _heads(model)
        self.check(model)
        return model

    def for_word(self, model: Model) -> Model:
        """With the wrong wording set off in its sentence."""
        return model | {
            "items_": [row | {"marked": marked(row["excerpt"])} for row in model["items"]]
        }

    def other(self, model: Model, format: str) -> bytes:
        """The workbook."""
        return workbook(model)

    def check(self, model: Model) -> None:
        """Refuse too where a table counts otherwise than the list."""
        verify_counts(model)
        items, ours = model["items"], model["ours"]
        for key, table in (("unit", "units"), ("column", "columns")):
            if model[table] != grouped(items, ours, key):
                raise PaperError(f"报表自检未通过：{TITLE}的分组统计与清单不一致，报表未生成。")
        now = sum(row["now"] for row in model["kinds"])
        before = sum(row["before"] for row in model["kinds"])
        if now != len(items) or before != len(model["earlier"]):
            raise PaperError(f"报表自检未通过：{TITLE}的月度对比与清单不一致，报表未生成。")


def _heads(model: Model) -> dict[str, str]:
    """The headings of the parts that have something to tell, numbered one after the other."""
    shown = [key for key in _PARTS if key == "lead" or model[key]]
    return {key: f"{_NUMERALS[at]}、{_PARTS[key]}" for at, key in enumerate(shown)}


def _lead(model: Model) -> Model:
    if not model["notices"]:
        return counted(f"{model['period']}没有导入监测通报，不作分析。", {}, model)
    return counted(
        f"{model['period']}收到监测通报 {{files}} 份，共 {{entries}} 条，"
        "同一处问题合并后为 {faults} 个。",
        {
            "files": rows("notices"),
            "entries": rows("notices", sum_of="count"),
            "faults": rows("items"),
        },
        model,
    )


def _difference(model: Model) -> Model | None:
    if not model["notices"]:
        return None
    ours = "同期只有本工具发现、已确认的同类问题 {ours} 个。"
    counts = {"ours": rows("ours")}
    if not model["items"]:
        return counted(ours, counts, model)
    return counted(
        f"其中本工具也发现的 {{both}} 个，只有监测单位发现的 {{theirs}} 个；{ours}",
        counts | {"both": rows("items", both=True), "theirs": rows("items", both=False)},
        model,
    )


def _outcomes(model: Model) -> Model | None:
    """How many stand in each state; those nobody could look at are said to be so."""
    held = [state for state in STATES if any(row["state"] == state for row in model["items"])]
    if not held:
        return None
    as_of = Period.holding(PeriodKind.DAY, date.fromisoformat(model["as_of"])).words
    said = "，".join(f"{STATES[state]} {{{state}}} 个" for state in held)
    apart = [STATES[state] for state in ("absent", "unseen") if state in held]
    rest = f"{'、'.join(apart)}的没有计入已整改。" if apart else ""
    return counted(
        f"截至{as_of}，通报的问题{said}。{rest}",
        {state: rows("items", state=state) for state in held},
        model,
    )


def _months(model: Model) -> Model:
    if not model["earlier"]:
        return counted(f"{model['last_period']}没有导入监测通报，不作月度对比。", {}, model)
    return counted(
        f"{model['last_period']}通报的问题 {{before}} 个，{model['period']}通报的 {{now}} 个，"
        "其中上月已通报、本月再次通报的 {again} 个，本月新通报的 {fresh} 个。",
        {
            "before": rows("earlier"),
            "now": rows("items"),
            "again": rows("items", again=True),
            "fresh": rows("items", again=False),
        },
        model,
    )


PAPER = _Vendor()
