"""V103: columns that a vendor's notice found stale or blank, until they are in time again."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear, ColumnVerdict
from ledger.notices import UNVERIFIED, NoticeKind
from ledger.words import Severity, Verdict
from rules.base import Case, Rule
from rules.notices import FAMILY
from rules.notices.matching import column_of
from rules.notices.reported import Reported, reported
from rules.standards import Standards
from rules.wording import clip, day_words, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims what we too find late without a finding of ours, or could not look at."""
    verdicts = {verdict.path: verdict for verdict in case.verdicts}
    for fault in reported(case, NoticeKind.COLUMN):
        subject, term = fault.key
        path = column_of(fault.item, case.facts)
        verdict = verdicts.get(path) if path is not None else None
        if fault.ours or (verdict is not None and _mended(case, fault, verdict)):
            yield RULE.clear(subject, term)
        else:
            yield _claim(case, fault, verdict)


def _mended(case: Case, fault: Reported, verdict: ColumnVerdict) -> bool:
    if case.facts.run.as_of <= fault.since:
        return False
    if verdict.verdict is Verdict.ON_TIME:
        return True
    last = verdict.last_updated
    return verdict.verdict is Verdict.AS_NEEDED and last is not None and last > fault.since


def _claim(case: Case, fault: Reported, verdict: ColumnVerdict | None) -> Claim:
    item = fault.item
    subject, term = fault.key
    said = f"（{clip(item.context, 80)}）" if item.context else ""
    kind = clip(item.kind_text, 20) or "栏目更新有问题"
    return RULE.claim(
        case,
        subject,
        f"{fault.opening()}：栏目“{clip(item.column or item.url, 80)}”{kind}{said}。"
        f"{fault.said()}{_since(case, fault, verdict)}",
        term=term,
        doubtful=fault.doubtful,
        severity=fault.severity,
        unit=item.unit or (verdict.unit if verdict is not None else ""),
        places=fault.place(case.notices.sights.get(item.url)),
    )


def _since(case: Case, fault: Reported, verdict: ColumnVerdict | None) -> str:
    if verdict is None:
        return f"本次{UNVERIFIED}：栏目表中没有与它对应的栏目，请核对栏目名称或补入栏目表。"
    column, day = subject_of(verdict.path), day_words(case.facts.run.as_of)
    if verdict.verdict is Verdict.NOT_CHECKED:
        return f"本次{UNVERIFIED}：栏目“{column}”{verdict.explain}"
    told = f"{day}的巡查中栏目“{column}”的结论是{verdict.verdict.label}：{verdict.explain}"
    if verdict.verdict is Verdict.ON_TIME:
        return f"{told}通报之后的巡查仍是如此才算已解决。"
    return told


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """When it ends."""
    return (
        "通报日期之后的巡查，该栏目的结论为正常的，算已解决",
        "按需、适时更新的栏目，通报之后有新信息的，算已解决",
        "栏目表中没有对应栏目的，由人复核销号",
    )


RULE = Rule(
    code="V103",
    name="监测通报的栏目更新问题",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("own-notice",),
    checks="监测单位通报的不更新栏目和空白栏目，与本工具对该栏目的结论对照。",
    why="通报的栏目逾期没有更新的会被再次通报，检查时按栏目不更新计算。",
    mend="补充更新信息；栏目名称对不上的，在栏目表中补入该栏目，或复核销号。",
    look=look,
    thresholds=thresholds,
)
