"""A month for the self-check papers: a rich one, a clean one, one that saw next to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ledger.findings import Clear, Finding, Place, RuleCard, TextTally, Unchecked
from ledger.period import Period, PeriodKind
from ledger.rectification import Outcome as Ended
from ledger.words import Outcome, Severity, State, Verdict
from reports.base import PaperCase, TrendPoint
from rules.checklist import stands
from tests.reports.conftest import AS_OF, BIDI, FORMULA, HOME, SCRIPT, build_case, made
from tests.reports.rectify_case import duty, finding, owed_case

SPAN = Period.holding(PeriodKind.MONTH, AS_OF)
REPORT = {
    "agency": "沙河区",
    "operator": "某某科技有限公司",
    "supervisor": "沙河区人民政府办公室",
    "author": "李某",
    "contact": "王某",
    "phone": "0990-1234567",
    "contract": "沙河区政府门户网站运维服务合同",
}
STANDARD = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
TEXT_CARDS = (
    RuleCard("T101", "固定表述写错", 1, Severity.SEVERE, f"{STANDARD}单项否决：严重表述错误"),
    RuleCard("T201", "常见错别字", 1, Severity.GENERAL, "内部核查规则（本工具自定，不是法规条款）"),
    RuleCard("P001", "发布日期早于首次看到的日期", 0, Severity.INFO, "内部核查规则（本工具自定）"),
)


def _inspected(*missed: int) -> tuple[date, ...]:
    days = (SPAN.start + timedelta(days=number) for number in range(AS_OF.day))
    return tuple(day for day in days if day.day not in missed)


def _with_stands(case: PaperCase) -> PaperCase:
    told = stands(case.judgement, case.findings, case.judgement.as_of)
    return replace(case, indicators=told, span=SPAN, month=SPAN.start)


def _vetoes() -> tuple[Finding, ...]:
    """Two grave wordings nobody has decided on, one line of columns that a person counted."""
    grave = finding(
        21,
        "区委宣传部",
        severity=Severity.SEVERE,
        name="固定表述写错",
        subject="中华人民共合国",
        message="国名：“中华人民共合国”建议改为“中华人民共和国”。",
        term="→中华人民共和国",
        basis=f"{STANDARD}单项否决 安全、泄密事故等严重问题：出现严重表述错误",
        places=(Place(f"{HOME}zwgk/t21.html", "［标题］【中华人民共合国】成立"),),
    )
    line = finding(
        22,
        "",
        severity=Severity.SEVERE,
        code="F011",
        name="空白栏目数量",
        subject="全站",
        message="空白栏目共5个，已到单项否决的数量线（5个及以上），需人工核定。",
        basis=f"{STANDARD}单项否决 栏目不更新：空白栏目5个及以上",
        term="",
        count=5,
        veto=True,
        places=(Place(f"{HOME}kb/", "政务公开 > 涉农补贴：栏目能打开，列表中没有一条信息。"),),
        advice="请补充内容，或者先从前台撤下暂时没有内容的栏目入口。",
    )
    blank = finding(
        23,
        "区农业农村局",
        code="F003",
        name="空白栏目",
        subject="政务公开 > 重点领域 > 涉农补贴",
        message="栏目“政务公开 > 重点领域 > 涉农补贴”没有一条信息。",
        basis=f"{STANDARD}单项否决 栏目不更新：空白栏目5个及以上；{STANDARD}扣分 发布解读 其他栏目"
        "：存在空白栏目（扣分待人工核定）",
        term="",
        places=(Place(f"{HOME}kb/", "栏目能打开，列表中没有一条信息。"),),
        advice="请责任单位补充内容。",
        note="责任单位说明：补贴政策尚未下达，4月中旬发布。",
    )
    unsure = finding(24, "区统计局", state=State.SUSPECTED, confirmed_on=None, code="T201")
    clue = replace(unsure, fingerprint="c" * 16, code="P001", severity=Severity.INFO)
    return grave, line, blank, unsure, clue


def rich_case() -> PaperCase:
    """Every verdict, every outcome of a duty, veto and candidates, hostile text, missed days."""
    case = owed_case()
    more = _vetoes()
    duties = (
        *case.duties,
        duty(more[0], Ended.OPEN, date(2026, 3, 25), days=3),
        duty(more[1], Ended.OVERDUE, date(2026, 3, 16), late=4),
        duty(more[2], Ended.OPEN, date(2026, 4, 3)),
    )
    texts = TextTally(
        1234,
        567_890,
        45,
        (
            Unchecked("未检查：附件加密", 2, (Place(f"{HOME}a.html", f"名册{SCRIPT}.docx"),)),
            Unchecked("未检查：图片扫描件，没有文字层", 5, (Place(f"{HOME}b.html", FORMULA),)),
        ),
        shadow=True,
    )
    judgement = replace(case.judgement, cards=(*case.judgement.cards, *TEXT_CARDS), texts=texts)
    told = replace(
        case,
        site=replace(case.site, report=REPORT),
        judgement=judgement,
        findings=(*case.findings, *more),
        duties=duties,
        inspected=_inspected(5, 6, 7, 8, 9, 10, 15),
        trend=tuple(
            TrendPoint(AS_OF - timedelta(days=7 * weeks), 9 - weeks, 3, 2)
            for weeks in reversed(range(6))
        ),
    )
    return _with_stands(told)


def clean_case() -> PaperCase:
    """Everything in time, nothing found, and nothing filled in under [report]."""
    case = build_case()
    verdicts = tuple(made(f"栏目{n}", Verdict.ON_TIME, last=AS_OF) for n in range(4))
    clears = (
        *(Clear(code, "全站") for code in ("F009", "F010", "F011")),
        Clear("F006", "首页"),
    )
    judgement = replace(
        case.judgement,
        verdicts=verdicts,
        clears=clears,
        cards=(*case.judgement.cards, *TEXT_CARDS),
        texts=TextTally(10, 2000, 0),
    )
    return _with_stands(
        replace(case, judgement=judgement, findings=(), readings={}, inspected=_inspected())
    )


def blind_case() -> PaperCase:
    """Nearly every column blocked, no text looked at, one day inspected."""
    case = build_case()
    seen = made("栏目", Verdict.ON_TIME, last=AS_OF)
    verdicts = tuple(
        made(
            f"政务公开/栏目{n}{BIDI if n == 3 else ''}",
            Verdict.NOT_CHECKED,
            unit=f"单位{n % 7}",
            reason=(Outcome.BLOCKED, Outcome.TIMEOUT, Outcome.ROBOTS)[n % 3],
        )
        for n in range(60)
    )
    judgement = replace(case.judgement, verdicts=(seen, *verdicts))
    bare = replace(case, judgement=judgement, findings=(), readings={}, inspected=(AS_OF,))
    return _with_stands(bare)
