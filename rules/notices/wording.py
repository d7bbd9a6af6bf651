"""V101: wording or personal data that a vendor's notice names, until the page is without it."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.notices import UNVERIFIED, NoticeKind, Sight
from ledger.words import Severity
from rules.base import Case, Rule
from rules.notices import FAMILY
from rules.notices.reported import Reported, reported, unseen
from rules.notices.standing import mended_before, shows
from rules.publication.pages import lost_at_once
from rules.standards import Standards
from rules.wording import clip, day_words


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims what a page still shows, or what nobody could look at since."""
    # Where most pages are gone in one night it is the portal that has failed.
    failed = lost_at_once(case.facts.checks, case.standards)
    for fault in reported(case, NoticeKind.WORDING, NoticeKind.PRIVACY):
        subject, term = fault.key
        sight = case.notices.sights.get(fault.item.url)
        if fault.ours:
            # Told once, by our own finding.
            yield RULE.clear(subject, term)
            continue
        ended = _ended(fault, sight, failed)
        if ended is not None:
            yield RULE.clear(subject, term, offline=ended)
        else:
            yield _claim(case, fault, sight)


def _ended(fault: Reported, sight: Sight | None, failed: bool) -> bool | None:
    """None while it stands or nobody knows; else whether it ended because the page is gone."""
    if sight is None or sight.last_on is None:
        return None
    if sight.gone and sight.last_on > fault.since:
        return None if failed else True
    read = sight.read_on is not None and sight.read_on > fault.since
    if read and not sight.gone and shows(fault.item, sight) is False and not sight.unread:
        return False
    return None


def _claim(case: Case, fault: Reported, sight: Sight | None) -> Claim:
    item = fault.item
    subject, term = fault.key
    page = f"页面“{clip(item.title, 40)}”" if item.title else "该页面"
    wrong = clip(item.wrong, 60)
    shown = f"“{wrong}”" if wrong else ""
    what = f"公开了个人信息{shown}" if item.kind is NoticeKind.PRIVACY else f"有{shown}"
    better = f"，建议改为“{clip(item.suggest, 60)}”" if item.suggest else ""
    return RULE.claim(
        case,
        subject,
        f"{fault.opening()}：{page}{what}{better}。"
        f"{fault.said()}{_before(case, fault)}{_since(fault, sight)}",
        term=term,
        doubtful=fault.doubtful,
        severity=fault.severity,
        unit=item.unit or ("、".join(sight.units) if sight is not None else ""),
        places=fault.place(sight),
    )


def _before(case: Case, fault: Reported) -> str:
    """That we found it too, and when it was closed, where the vendor may have seen an old page."""
    ended = mended_before(fault.item, case.notices)
    if ended is None or ended.resolved_on is None:
        return ""
    return f"本工具也曾发现这处文字，{day_words(ended.resolved_on)}记为已解决。"


def _since(fault: Reported, sight: Sight | None) -> str:
    """What our own look at the page says."""
    if sight is None or sight.read_on is None or sight.read_on <= fault.since or sight.gone:
        return unseen(sight, fault.since)
    if sight.last_on != sight.read_on:
        return unseen(sight, fault.since)
    day, there = day_words(sight.read_on), shows(fault.item, sight)
    if there:
        return f"{day}的巡查读到，页面上仍有这处文字。"
    if sight.unread:
        return (
            f"{day}的巡查读到了页面，正文中没有这处文字，但{clip(sight.unread, 80)}，{UNVERIFIED}。"
        )
    return f"{day}的巡查读到了页面，这处文字无法自动核对，本次{UNVERIFIED}，需人工核实。"


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """When it ends."""
    return (
        "通报日期（有监测时间的按监测时间）之后的巡查读到页面，且其中已没有这处文字的，算已解决",
        "之后页面已不存在的，算已下线；没有读到、被拦截或附件没有读到的，保持不变",
    )


RULE = Rule(
    code="V101",
    name="监测通报的文字问题",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("own-notice",),
    checks="监测单位通报的错别字、表述和个人信息，逐条重新读取页面，看是否还在。",
    why="通报的问题有整改时限，逾期没有整改的会被再次通报。",
    mend="按建议改正并重新发布；认为不是错误的，复核为误报并写明理由，同时反馈监测单位。",
    look=look,
    thresholds=thresholds,
)
