"""A month with two notices and one the month before: every outcome, hostile text, our own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from ledger.clock import ZONE
from ledger.findings import Clear, Finding
from ledger.life import fingerprint
from ledger.notices import Notice, NoticeItem, NoticeKind
from ledger.period import Period, PeriodKind
from ledger.words import State
from reports.base import PaperCase
from tests.reports.conftest import ATTRIBUTE, FORMULA, HOME, SCRIPT, build_case
from tests.reports.rectify_case import FISCAL, STATS, finding

_AT = datetime(2026, 3, 11, 9, tzinfo=ZONE)
_CLEARED = fingerprint("shahe", "V101", "shahe.example.gov.cn/zwgk/t96.html", "截止")


def item(number: int, wrong: str, **more: object) -> NoticeItem:
    """One wording on the page of that number; its finding has the number for a fingerprint."""
    mark = f"{number:016x}"
    base = NoticeItem(
        place=f"工作表“错别字”第 {number} 行",
        kind=NoticeKind.WORDING,
        kind_text="错别字",
        url=f"{HOME}zwgk/t{number}.html",
        wrong=wrong,
        suggest="正确",
        title="通知",
        context=f"严禁焚烧{wrong}，违者依法处理",
        unit=FISCAL,
        fingerprint=mark,
        own=mark,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def notice(number: int, name: str, day: date, *items: NoticeItem) -> Notice:
    """A file of a vendor."""
    return Notice("shahe", bytes([number]) * 16, name, "某监测公司", day, _AT, items)


def _told(number: int, **more: object) -> Finding:
    base = {"code": "V101", "name": "监测通报的文字问题", "term": "误", "message": "通报指出有误。"}
    return replace(finding(number, FISCAL), **(base | more))


def vendor_case() -> PaperCase:
    """The case; its judgement holds a clear for a fault that was gone before anybody looked."""
    march = (
        item(90, "秸杆", own="f" * 16, matched=True, matched_on=date(2026, 3, 11)),
        item(91, "布署"),
        item(92, "帐户", unit=STATS),
        item(93, f"坏{SCRIPT}", title=ATTRIBUTE, suggest=FORMULA, url="javascript:alert(1)"),
        item(94, "的的"),
        item(95, "得得"),
        item(96, "截止", fingerprint=_CLEARED, own=_CLEARED),
        item(97, "", kind=NoticeKind.LINK, kind_text="死链", context="404", unit=""),
        item(98, "", kind=NoticeKind.COLUMN, column="统计信息", context="未更新天数：160", unit=""),
    )
    again = (item(91, "布署"),)
    before = (item(91, "布署"), item(80, "旧误"))
    case = build_case()
    ended = {"state": State.RESOLVED, "resolved_on": date(2026, 3, 18)}
    findings = (
        finding(90, FISCAL),
        _told(91),
        _told(92, unit=STATS, **ended),
        _told(93, message="本次未能核实：巡查还没有读到这个地址。"),
        _told(94, state=State.DISMISSED, note="地名，不是错误"),
        _told(95, offline=True, **ended),
        _told(97, code="V102", unit="", message="本次未能核实：超时。"),
        finding(70, STATS),
        finding(71, STATS, in_report=False),
        finding(72, STATS, doubtful=True, state=State.SUSPECTED, confirmed_on=None),
    )
    return replace(
        case,
        span=Period.holding(PeriodKind.MONTH, date(2026, 3, 20)),
        findings=findings,
        judgement=replace(
            case.judgement,
            clears=(Clear("V101", "shahe.example.gov.cn/zwgk/t96.html", "截止"),),
        ),
        notices=(
            notice(1, "二月通报.xlsx", date(2026, 2, 10), *before),
            notice(2, f"三月通报{SCRIPT}.xlsx", date(2026, 3, 10), *march),
            notice(3, "三月补报.docx", date(2026, 3, 15), *again),
        ),
    )
