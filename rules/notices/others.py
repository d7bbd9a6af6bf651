"""V109: what else a vendor's notice names; only a person can say that it is put right."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.notices import UNVERIFIED, NoticeKind
from ledger.words import Severity
from rules.base import Case, Rule
from rules.notices import FAMILY
from rules.notices.reported import reported
from rules.standards import Standards
from rules.wording import clip


def look(case: Case) -> Iterator[Claim | Clear]:
    """One claim a fault; a clear only where our own finding tells it."""
    for fault in reported(case, NoticeKind.OTHER):
        item = fault.item
        subject, term = fault.key
        if fault.ours:
            yield RULE.clear(subject, term)
            continue
        kind = clip(item.kind_text, 40) or "有问题"
        said = f"（{clip(item.context, 120)}）" if item.context else ""
        where = f"页面“{clip(item.title, 40)}”" if item.title else "该页面"
        yield RULE.claim(
            case,
            subject,
            f"{fault.opening()}：{where}{kind}{said}。{fault.said()}这类问题无法自动核对，本次{UNVERIFIED}，整改后请人工销号。",
            term=term,
            doubtful=fault.doubtful,
            severity=fault.severity,
            unit=item.unit,
            places=fault.place(case.notices.sights.get(item.url)),
        )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """When it ends."""
    return ("由人复核销号",)


RULE = Rule(
    code="V109",
    name="监测通报的其他问题",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("own-notice",),
    checks="监测单位通报的、不属于文字、链接和栏目更新的问题，逐条列出。",
    why="通报的问题有整改时限，逾期没有整改的会被再次通报。",
    mend="按通报整改后复核销号，并反馈监测单位。",
    look=look,
    thresholds=thresholds,
)
