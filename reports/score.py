"""季度考核评分表: what the ledger can count under each head; the points are a person's to give."""

from __future__ import annotations

from typing import Any

from ledger.months import ScoreFact, ScoreHead, ScoreSheet
from ledger.period import PeriodKind
from reports.base import Model, Need, PaperCase, PaperError
from reports.counting import counted, rows, verify_counts
from reports.judged import run_model, site_model
from reports.official import Official
from reports.proof import proof
from reports.safe import line, long_line
from reports.score_sheet import workbook
from reports.wording import day

Row = dict[str, Any]

_WHOLE = 100


class Score(Official):
    """季度考核评分表."""

    name = "score"
    title = "季度考核评分表"
    formats = ("html", "docx", "xlsx", "json")
    wide = True
    covers = PeriodKind.QUARTER
    needs = frozenset({Need.MONTHS, Need.SCORING})

    def build(self, case: PaperCase) -> Model:
        """The model of one quarter."""
        if case.span is None or case.scoring is None:
            raise PaperError("季度考核评分表需要季度，请用 --quarter YYYY-Qn 指定。")
        sheet = case.scoring
        model: Model = {
            "paper": self.name,
            "title": self.title,
            "heading": f"{line(case.site.name)}运维服务{case.span.words}考核评分表",
            "site": site_model(case.site),
            "period": case.span.label,
            "period_words": case.span.words,
            "as_of": day(case.judgement.as_of),
            "run": run_model(case.run),
            "agency": line(case.site.report.get("agency", "")) or "（采购人名称）",
            "operator": line(case.site.report.get("operator", "")) or "（运维单位名称）",
            "heads": [_head(number, head) for number, head in enumerate(sheet.heads, start=1)],
            "months": [
                {"month": month.period.label, "runs": month.runs, "seen": month.runs > 0}
                for month in case.months
            ],
            "notes": _notes(case),
            "arithmetic": _arithmetic(sheet),
            "grades": list(sheet.grades),
            "pass_mark": sheet.pass_mark,
            "fee_percent": sheet.fee_percent,
            "source": line(sheet.source),
            "proof": proof(case, self.name),
        }
        model["summary"] = _summary(model)
        self.check(model)
        return model

    def other(self, model: Model, format: str) -> bytes:
        """The workbook."""
        return workbook(model)

    def check(self, model: Model) -> None:
        """Refuse too where the points of the heads do not make the whole."""
        verify_counts(model)
        if sum(head["points"] for head in model["heads"]) != _WHOLE:
            raise PaperError(f"报表自检未通过：考核项的分值相加不是 {_WHOLE}，报表未生成。")


def _head(number: int, head: ScoreHead) -> Row:
    left = None if head.taken is None else head.points - head.taken
    return {
        "no": number,
        "name": line(head.name),
        "points": head.points,
        "asks": line(head.asks),
        "facts": [_fact(fact) for fact in head.facts],
        "evidence": "；".join(_fact(fact)["words"] for fact in head.facts) or "没有机器取证",
        "machine": bool(head.facts),
        "left": left,
        "score_word": "待评定" if left is None else f"{left:g}",
        "why": long_line(head.why),
        "decided": left is not None,
    }


def _fact(fact: ScoreFact) -> Row:
    said = "没有数据" if fact.n is None else str(fact.n)
    return {"name": line(fact.name), "n": fact.n, "words": f"{line(fact.name)} {said}"}


def _summary(model: Model) -> Model:
    counts = {
        "heads": rows("heads"),
        "whole": rows("heads", sum_of="points"),
        "open": rows("heads", decided=False),
        "machine": rows("heads", machine=True),
        "runs": rows("months", sum_of="runs"),
    }
    return counted(
        "本表共 {heads} 个考核项，合计 {whole} 分。本期完成巡查 {runs} 次；{machine} 个考核项"
        "附有台账统计，{open} 个考核项的得分由采购人评定。",
        counts,
        model,
    )


def _notes(case: PaperCase) -> list[str]:
    said = []
    empty = [month.period.words for month in case.months if not month.runs]
    if empty:
        said.append(f"{'、'.join(empty)}没有完成的巡查，统计不含这些月份。")
    if case.span is not None and case.judgement.as_of < case.span.end:
        said.append(f"本季度尚未结束或之后没有巡查，统计截至 {day(case.judgement.as_of)}。")
    return said


def _arithmetic(sheet: ScoreSheet) -> list[str]:
    """The contract's own terms, in the words of its data."""
    best, *rest = sheet.grades
    grades = f"{best} 分及以上为第一档"
    for number, least in enumerate(rest, start=2):
        grades += f"，{least} 分及以上为第{'一二三四五六'[number - 1]}档"
    return [
        f"总分为各项得分之和；{grades}，{sheet.pass_mark} 分以下为不合格。",
        f"总分低于 {sheet.pass_mark} 分的，每低 1 分扣除服务费的 {sheet.fee_percent}%。",
        *(f"{line(term)}。" for term in sheet.terms),
    ]


PAPER = Score()
