"""A case with duties of every outcome: shared ones, one of no unit, one with hostile text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.findings import Finding, Place
from ledger.rectification import Duty, Outcome
from ledger.words import ReviewWord, Severity, State
from reports.base import PaperCase
from tests.reports.conftest import AS_OF, ATTRIBUTE, FORMULA, HOME, LONG_NAME, SCRIPT, build_case

FISCAL, AUDIT, STATS = "区财政局", "区审计局", "区统计局"
CODE_FIELD = '{{ 7*7 }} { HYPERLINK "http://evil.example/" }'


def finding(number: int, unit: str, **more: Any) -> Finding:
    """A wrong wording on one page of a unit's column."""
    base = Finding(
        fingerprint=f"{number:016x}",
        site="shahe",
        code="T101",
        name="错别字",
        severity=Severity.GENERAL,
        state=State.CONFIRMED,
        subject="秸杆",
        message="“秸杆”应为“秸秆”。",
        basis="《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）内容保障：错别字",
        unit=unit,
        first_seen=date(2026, 3, 2),
        last_seen=AS_OF,
        count=1,
        places=(Place(f"{HOME}zwgk/t{number}.html", "［正文］严禁焚烧【秸杆】，违者依法处理"),),
        advice="请改正后重新发布。",
        term="→秸秆",
        confirmed_on=date(2026, 3, 2),
    )
    return replace(base, **more)


def duty(found: Finding, outcome: Outcome, due: date, **more: Any) -> Duty:
    """What a finding asks of its units."""
    base = Duty(
        fingerprint=found.fingerprint,
        units=tuple(found.responsible.split("、")) if found.responsible else (),
        since=found.confirmed_on or AS_OF,
        due=due,
        days=10,
        outcome=outcome,
    )
    return replace(base, **more)


def owed_case() -> PaperCase:
    """The night of `build_case` with nine duties in the report and one that a person took out."""
    mended = {"state": State.RESOLVED, "resolved_on": date(2026, 3, 12)}
    held = (
        (finding(1, FISCAL), Outcome.OVERDUE, date(2026, 3, 16), {"late": 4}),
        (
            finding(2, f"{FISCAL}、{AUDIT}", count=3, severity=Severity.SEVERE),
            Outcome.OPEN,
            date(2026, 3, 23),
            {"days": 3},
        ),
        (finding(3, "", subject="的的", term="→的"), Outcome.OPEN, date(2026, 4, 3), {}),
        (
            finding(
                4,
                STATS,
                subject=f"坏{SCRIPT}",
                name=ATTRIBUTE,
                message=FORMULA,
                advice=CODE_FIELD,
                places=(Place("javascript:alert(1)", f"［正文］{SCRIPT}【{FORMULA}】{ATTRIBUTE}"),),
                term=f"→{LONG_NAME}",
            ),
            Outcome.OPEN,
            date(2027, 1, 6),
            {"assumed": True},
        ),
        (finding(5, FISCAL, **mended), Outcome.MENDED, date(2026, 3, 16), {}),
        (
            finding(6, AUDIT, **mended),
            Outcome.MENDED_LATE,
            date(2026, 3, 10),
            {"closed_on": date(2026, 3, 12), "late": 2},
        ),
        (
            finding(7, STATS, offline=True, **mended),
            Outcome.OFFLINE,
            date(2026, 3, 16),
            {"closed_on": date(2026, 3, 12)},
        ),
        (
            finding(
                8,
                STATS,
                state=State.ACCEPTED,
                review=ReviewWord.ACCEPTED,
                accepted_until=date(2026, 6, 30),
                note="历史文件，保留原貌。",
            ),
            Outcome.DEFERRED,
            date(2026, 7, 14),
            {},
        ),
        (
            finding(
                9,
                FISCAL,
                code="F001",
                name="栏目逾期未更新",
                subject="政务公开 > 财政资金",
                message="栏目“政务公开 > 财政资金”最近更新2026-01-15，距基准日64天，超过时限31天。",
                term="",
                places=(Place(f"{HOME}czzj/", "最近更新 2026-01-15"),),
                advice="请及时更新。",
            ),
            Outcome.OPEN,
            date(2026, 3, 25),
            {},
        ),
        (finding(10, FISCAL, in_report=False), Outcome.OVERDUE, date(2026, 3, 9), {"late": 9}),
    )
    findings = tuple(found for found, *_ in held)
    duties = tuple(duty(found, outcome, due, **more) for found, outcome, due, more in held)
    case = build_case()
    site = replace(
        case.site,
        report={"agency": "沙河区人民政府办公室", "operator": "某某科技有限公司"},
    )
    return replace(case, site=site, findings=findings, duties=duties, ledger_digest="0" * 16)
