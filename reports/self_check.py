"""自查整改工作报告: what was checked, what was found, what has been mended and what stays open."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from ledger.period import Period, PeriodKind
from reports import charts, file_name
from reports.base import Model, Need, PaperCase, PaperError
from reports.citing import documents
from reports.counting import counted, rows, verify_counts
from reports.indicators import PAPER as INDICATORS
from reports.judged import run_model, site_model
from reports.month import PAPER as MONTH
from reports.official import Official
from reports.proof import proof
from reports.safe import line
from reports.self_check_action import kinds, next_steps, rectification, staying
from reports.self_check_prose import coverage, result
from reports.self_check_rows import OPEN, TOTAL, lists, unit_rows
from reports.self_check_words import brief
from reports.wording import MODE_WORDS, day, day_words

Row = dict[str, Any]

NAME, SUPERVISOR = "（单位名称）", "（主管单位名称）"
"""What stands for a name nobody has filled in under [report]."""

STAYING = 30
"""The most problems in the table of what stays open; the attachment has them all."""

_TITLE_LINE = 19
_OWN = "本工具自定"
# A government, or the office that signs for it.
_GOVERNMENT = re.compile("(.*政府)(?:办公室|办公厅|办)?")
_NUMERALS = "一二三四五六七八九"


class SelfCheck(Official):
    """自查整改工作报告 of one month."""

    name = "self-check"
    title = "自查整改工作报告"
    formats = ("html", "docx", "json")
    headed = "titled"
    covers = PeriodKind.MONTH
    needs = frozenset({Need.DUTIES, Need.INDICATORS, Need.INSPECTED, Need.TREND})

    def build(self, case: PaperCase) -> Model:
        """The model of one judged month."""
        if case.span is None:
            raise PaperError("自查整改工作报告需要月份，请用 --month YYYY-MM 指定。")
        as_of, start = case.judgement.as_of, case.span.start
        if as_of < start:
            raise PaperError(
                f"{case.span.words}没有可用的巡查结论（最近一次判定的基准日是 {as_of}）。"
                f"请先巡查并判定，再出这份报告。"
            )
        model: Model = {
            "paper": self.name,
            "title": self.title,
            **_titled(case),
            "site": site_model(case.site),
            "run": run_model(case.run),
            "as_of": day(as_of),
            **_people(case),
            "date_words": day_words(as_of),
            **lists(case, start),
            "trend": charts.trend_rows(case.trend),
        }
        model |= _prose(case, model, start)
        model["proof"] = proof(case, self.name)
        self.check(model)
        return model

    def charts(self, model: Model) -> dict[str, charts.Chart]:
        """What stood open over the month, and the problems of each unit."""
        drawn = {}
        if len(model["trend"]) > 1:
            drawn["trend_chart"] = charts.trend(model["trend"])
        if model["units"]:
            held = [
                {
                    "unit": row["unit"],
                    "overdue": row["overdue"],
                    "open": row["open"],
                    "closed": row["mended"] + row["mended_late"] + row["offline"],
                }
                for row in model["units"]
                if row["unit"] != TOTAL
            ]
            drawn["units_chart"] = charts.by_unit(held)
        return drawn

    def check(self, model: Model) -> None:
        """Refuse too where the tables differ from the lists."""
        verify_counts(model)
        if model["units"] != unit_rows(model["problems"]):
            raise PaperError("报表自检未通过：各单位整改情况与问题清单不一致，报表未生成。")
        unseen = [row for row in model["columns"] if row["verdict"] == "not_checked"]
        if model["unseen"] != unseen:
            raise PaperError("报表自检未通过：未检查栏目与栏目清单不一致，报表未生成。")


def _titled(case: PaperCase) -> Model:
    """The title; one too long for a line of a Word file breaks before the day."""
    agency = line(case.site.report.get("agency", "")) or NAME
    government = _GOVERNMENT.fullmatch(agency)
    owner = government[1] if government else f"{agency}政府"
    as_of = case.judgement.as_of
    head, tail = f"{owner}门户网站自查整改工作报告", f"（{as_of.month}月{as_of.day}日）"
    gap = "\n" if len(head + tail) > _TITLE_LINE else ""
    return {"titled": head + tail, "title_lines": head + gap + tail}


def _people(case: PaperCase) -> Model:
    """Who reports to whom; what nobody filled in stays a blank for a pen."""
    held = {key: line(words) for key, words in case.site.report.items()}
    contact = "，".join(
        f"{word}：{held[key]}"
        for key, word in (("author", "填报人"), ("contact", "联系人"), ("phone", "联系电话"))
        if held.get(key)
    )
    return {
        "agency": held.get("agency") or NAME,
        "supervisor": held.get("supervisor") or SUPERVISOR,
        "contact": f"（{contact}）" if contact else "（联系人及联系电话：        ）",
    }


def _prose(case: PaperCase, model: Model, start: date) -> Model:
    span = Period.holding(PeriodKind.MONTH, start)
    following = Period.holding(PeriodKind.MONTH, span.end + timedelta(days=1))
    month = file_name(MONTH, case.site, start, "xlsx")
    stands = file_name(INDICATORS, case.site, start, "docx")
    left = [row for row in model["problems"] if row["open"] or row["outcome"] == "deferred"]
    return {
        "lead": _lead(case, start),
        "basis": _basis(case),
        "scope": counted(
            "检查对象为{site}，自查时间为{days}，范围为栏目表所列的 {n} 个栏目"
            "以及巡查中读到的页面和附件。更新要求采用{mode}。",
            {"n": rows("columns")},
            model,
            texts={
                "site": _portal(case),
                "days": f"{day_words(start)}至{day_words(case.judgement.as_of)}",
                "mode": MODE_WORDS.get(case.site.freshness.mode, "栏目表的约定"),
            },
        ),
        "coverage": coverage(model),
        "result": result(model),
        "kinds": [
            kind | {"head": f"（{_NUMERALS[number]}）{kind['name']}"}
            for number, kind in enumerate(kinds(model))
        ],
        "rectification": rectification(model),
        "staying": staying(model),
        "left": [_left(row) for row in left[:STAYING]],
        "more": counted(
            "以上为其中最紧迫的，全部 {n} 个见附件1。",
            {"n": rows("problems", outcome=[*OPEN, "deferred"])},
            model,
        )
        if len(left) > STAYING
        else None,
        "next": next_steps(model, following.words),
        "unseen": [row for row in model["columns"] if row["verdict"] == "not_checked"],
        "attachments": [
            "1．问题清单",
            "2．未检查栏目",
            "3．月度栏目巡查表（另附）",
            "4．检查情况表（另附）",
        ],
        "files": f"另附的文件：{month}、{stands}",
    }


def _lead(case: PaperCase, start: date) -> str:
    operator = line(case.site.report.get("operator", ""))
    by = f"由{operator}承担巡查，" if operator else ""
    return (
        f"现将{start.year}年{start.month}月政府门户网站自查整改情况报告如下。"
        f"{by}本报告的数字截至{day_words(case.judgement.as_of)}。"
    )


def _portal(case: PaperCase) -> str:
    code = line(case.site.id_code)
    return f"{line(case.site.name)}{f'（网站标识码 {code}）' if code else ''}"


def _basis(case: PaperCase) -> list[str]:
    cited = [card.basis for card in case.judgement.cards]
    cited += [stand.basis for stand in case.indicators]
    named = "、".join(documents(cited))
    contract = line(case.site.report.get("contract", ""))
    held = [f"《{contract.strip('《》')}》"] if contract else []
    said = [f"本次自查依据{'、'.join([*([named] if named else []), *held])}开展。"]
    if not named and not held:
        said = ["本次自查依据栏目表约定的更新要求开展。"]
    if any(_OWN in words for words in cited):
        said.append("另按本工具自定的内部核查规则查找文字等方面的问题，这些规则不是法规条款。")
    return said


def _left(row: Row) -> Row:
    """A problem that stays, with why as far as somebody has said it."""
    why = row["note"] or "责任单位尚未说明原因。"
    if row["until"]:
        why = f"暂予保留至{row['until']}。{row['note']}"
    kept = {key: row[key] for key in ("no", "unit", "due", "outcome_word", "late")}
    return kept | {"what": brief(row), "why": why}


PAPER = SelfCheck()
