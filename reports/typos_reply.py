"""错别字整改反馈: what became of each wording finding that the agency was told of."""

from __future__ import annotations

from datetime import timedelta

from ledger.findings import Finding
from ledger.notices import NoticeItem
from ledger.rectification import Duty, Outcome
from ledger.words import State
from reports import typo_rows
from reports.base import Model, PaperCase
from reports.counting import counted, rows
from reports.safe import long_line
from reports.typo_paper import TypoPaper
from reports.typo_rows import Row
from reports.typo_sheet import Head
from reports.vendor_rows import STATES, never_read
from reports.wording import day

CLOSED_DAYS = 31
"""For how many days after its end a finding is still answered for."""

_FALSE, _ABSENT = "false_alarm", "absent"
_WORDS = {_FALSE: "经复核不属错误", _ABSENT: STATES["absent"]}
_MENDED = (Outcome.MENDED.value, Outcome.MENDED_LATE.value)
_ORDER = (
    Outcome.OVERDUE.value,
    Outcome.OPEN.value,
    Outcome.MENDED_LATE.value,
    Outcome.MENDED.value,
    Outcome.OFFLINE.value,
    Outcome.DEFERRED.value,
    _ABSENT,
    _FALSE,
)
_HEADS = (
    Head("序号", 6, "no"),
    Head("级别", 8, "severity_word"),
    Head("来源", 10, "source"),
    Head("原文（错处以【】标明）", 52, "excerpt"),
    Head("错误内容", 18, "wrong"),
    Head("建议改为", 18, "suggest"),
    Head("网址", 44, "url"),
    Head("标题", 26, "title"),
    Head("涉及页面数", 10, "count"),
    Head("责任单位", 20, "unit"),
    Head("首次发现", 12, "first_seen"),
    Head("整改期限", 12, "due"),
    Head("整改状态", 14, "outcome_word"),
    Head("完成日期", 12, "closed_on"),
    Head("说明", 40, "remark"),
)


class TyposReply(TypoPaper):
    """错别字整改反馈."""

    name = "typos-reply"
    title = "错别字整改反馈"
    named = "错别字整改反馈"
    heads = _HEADS
    said_first = (
        f"本表列出未整改的问题，以及近 {CLOSED_DAYS} 日内整改、下线或复核为误报的问题；"
        "完成日期是巡查首次读到已改正或页面已不存在的日期；"
        "监测通报中的文字我们从未在页面上读到的，不计为已整改。",
    )

    def rows(self, case: PaperCase) -> list[Row]:
        """A row for each finding to be answered for, the gravest first, then the unmended."""
        duties, told = typo_rows.duties_of(case), typo_rows.told_of(case)
        held = [
            _row(finding, duties.get(finding.fingerprint), told.get(finding.fingerprint))
            for finding in case.findings
            if typo_rows.is_wording(finding) and finding.in_report and _answered(finding, case)
        ]
        held.sort(key=lambda pair: pair[0])
        return typo_rows.numbered(row for _, row in held)

    def units(self, model: Model) -> list[Row]:
        """A row for each unit."""
        return typo_rows.unit_rows(
            model["rows"],
            mended=lambda row: row["outcome"] in _MENDED,
            offline=lambda row: row["outcome"] == Outcome.OFFLINE.value,
            open=lambda row: row["outcome"] == Outcome.OPEN.value,
            overdue=lambda row: row["outcome"] == Outcome.OVERDUE.value,
            other=lambda row: row["outcome"] in (Outcome.DEFERRED.value, _ABSENT, _FALSE),
        )

    def summary(self, model: Model) -> Model:
        """The first sentence, counted."""
        if not model["rows"]:
            return counted(
                f"截至 {model['as_of']}，需要反馈的文字问题 {{n}} 个。",
                {"n": rows("rows")},
                model,
                none=f"截至 {model['as_of']}，没有需要反馈的文字问题。",
            )
        counts = {}
        absent = ""
        if any(row["outcome"] == _ABSENT for row in model["rows"]):
            absent = f"{_WORDS[_ABSENT]} {{absent}} 个，"
            counts["absent"] = rows("rows", outcome=_ABSENT)
        return counted(
            f"截至 {model['as_of']}，列入反馈的文字问题 {{all}} 个：已整改 {{mended}} 个，已下线 "
            "{offline} 个，整改中 {open} 个，超期未整改 {overdue} 个，暂予保留 {deferred} 个，"
            f"{absent}经复核不属错误 {{false}} 个。其中来自监测通报的 {{told}} 个，涉及责任单位 "
            "{units} 个。",
            counts
            | {
                "all": rows("rows"),
                "mended": rows("rows", outcome=list(_MENDED)),
                "offline": rows("rows", outcome=Outcome.OFFLINE.value),
                "open": rows("rows", outcome=Outcome.OPEN.value),
                "overdue": rows("rows", outcome=Outcome.OVERDUE.value),
                "deferred": rows("rows", outcome=Outcome.DEFERRED.value),
                "false": rows("rows", outcome=_FALSE),
                "told": rows("rows", source="监测通报"),
                "units": rows("rows", distinct="units"),
            },
            model,
        )


def _answered(finding: Finding, case: PaperCase) -> bool:
    """Whether the agency was told of a finding that is open or ended not long ago."""
    if finding.confirmed_on is None:
        return False
    since = case.judgement.as_of - timedelta(days=CLOSED_DAYS)
    if finding.state is State.RESOLVED:
        return finding.resolved_on is not None and finding.resolved_on > since
    if finding.state is State.DISMISSED:
        return finding.last_seen > since
    return finding.state is not State.SUSPECTED


def _row(
    finding: Finding, duty: Duty | None, told: NoticeItem | None
) -> tuple[tuple[object, ...], Row]:
    place = typo_rows.place_row(next(iter(finding.places), None), finding)
    outcome, word = _outcome(finding, duty, told)
    row = typo_rows.base_row(finding, duty, told) | place
    row |= {
        "outcome": outcome,
        "outcome_word": word,
        "closed_on": day(finding.resolved_on) if _ended(finding, outcome) else None,
        "remark": _remark(finding, duty.late if duty else 0, outcome),
    }
    order = (-finding.severity.rank, _ORDER.index(outcome), finding.subject, finding.fingerprint)
    return order, row


def _ended(finding: Finding, outcome: str) -> bool:
    return finding.state is State.RESOLVED and outcome != _ABSENT


def _outcome(finding: Finding, duty: Duty | None, told: NoticeItem | None) -> tuple[str, str]:
    stands = duty.outcome if duty else _without_duty(finding)
    if finding.state is State.DISMISSED:
        return _FALSE, _WORDS[_FALSE]
    if stands.value in _MENDED and told is not None and never_read(told, finding):
        return _ABSENT, _WORDS[_ABSENT]
    return stands.value, stands.label


def _without_duty(finding: Finding) -> Outcome:
    """How a finding stands that asks nobody for anything."""
    if finding.state is State.ACCEPTED:
        return Outcome.DEFERRED
    if finding.state is State.RESOLVED:
        return Outcome.OFFLINE if finding.offline else Outcome.MENDED
    return Outcome.OPEN


def _remark(finding: Finding, late: int, outcome: str) -> str:
    parts = []
    if outcome == Outcome.OFFLINE:
        parts.append("页面已不存在")
    if outcome == Outcome.DEFERRED and finding.accepted_until:
        parts.append(f"经批准保留至 {finding.accepted_until}")
    if late:
        parts.append(f"超期 {late} 个工作日")
    if finding.state is State.RECURRED:
        parts.append("整改后再次出现")
    parts.append(long_line(finding.note).rstrip("。"))
    return "；".join(part for part in parts if part)


PAPER = TyposReply()
