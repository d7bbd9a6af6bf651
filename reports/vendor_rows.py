"""What a monitoring vendor told, fault by fault, beside what we found ourselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.addresses import canonical
from ledger.findings import Finding
from ledger.life import fingerprint
from ledger.notices import UNVERIFIED, Notice, NoticeItem, NoticeKind
from ledger.period import Period
from ledger.site import ColumnPath
from ledger.words import REMOVED, State
from reports.base import PaperCase
from reports.changes import clue_codes, is_clue
from reports.kinds import kind_of
from reports.rectify_rows import UNCLEAR
from reports.safe import line, link, long_line
from reports.wording import day

Row = dict[str, Any]

NO_COLUMN = "未标明栏目"
STATES = {
    "mended": "已整改",
    "absent": "核实时页面上没有",
    "offline": "已下线",
    "removed": REMOVED,
    "standing": "仍存在",
    "unseen": "未能核实",
    "dismissed": "我方判为误报",
    "deferred": "暂予保留",
    "unjudged": "尚未判定",
}
_COMPARED = ("栏目更新", "空白栏目", "链接与跳转", "不良信息和外链", "个人信息", "文字表述")
"""The kinds of problems that vendors look for too; the rest is not held against them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a month: the entry that tells it last, and every notice that does."""

    item: NoticeItem
    notices: tuple[Notice, ...]
    entries: int

    @property
    def mark(self) -> str:
        """What the notice's own finding is called."""
        return self.item.own or self.item.fingerprint


def notices_in(case: PaperCase, span: Period | None) -> tuple[Notice, ...]:
    """The notices of that period."""
    return tuple(one for one in case.notices if span is not None and one.day in span)


def faults(notices: Iterable[Notice]) -> dict[str, Fault]:
    """The faults these notices tell, each once, in the order in which they come up first."""
    found: dict[str, Fault] = {}
    for notice in notices:
        for item in notice.items:
            known = found.get(item.own or item.fingerprint)
            before = known.notices if known is not None else ()
            told = before if notice in before else (*before, notice)
            count = known.entries + 1 if known is not None else 1
            found[item.own or item.fingerprint] = Fault(item, told, count)
    return found


def notice_rows(notices: Sequence[Notice]) -> list[Row]:
    """The files of a month."""
    return [
        {
            "no": number,
            "name": line(notice.name),
            "vendor": line(notice.vendor),
            "day": day(notice.day),
            "count": len(notice.items),
        }
        for number, notice in enumerate(notices, start=1)
    ]


def item_rows(
    case: PaperCase, told: Mapping[str, Fault], earlier: Mapping[str, Fault]
) -> list[Row]:
    """A row for each fault of the month with how it stands; `earlier` is the month before."""
    findings = {finding.fingerprint: finding for finding in case.findings}
    cleared = {
        fingerprint(case.judgement.site, clear.code, clear.subject, clear.term): clear.offline
        for clear in case.judgement.clears
    }
    columns = _columns(case)
    return [
        _row(number, fault, findings.get(fault.item.fingerprint), cleared, columns)
        | {"again": mark in earlier}
        for number, (mark, fault) in enumerate(told.items(), start=1)
    ]


def our_rows(case: PaperCase, told: Mapping[str, Fault], span: Period) -> list[Row]:
    """What only we found in the period, of the kinds vendors look for: confirmed, in the report."""
    theirs = {fault.item.fingerprint for fault in told.values()} | set(told)
    codes = clue_codes(case)
    shown = [
        finding
        for finding in case.findings
        if finding.fingerprint not in theirs
        and not is_clue(finding, codes)
        and finding.in_report
        and kind_of(finding.code) in _COMPARED
        and _active(finding, span)
    ]
    return [
        {
            "no": number,
            "kind": kind_of(finding.code),
            "name": line(finding.name),
            "what": long_line(finding.message),
            "unit": line(finding.responsible) or UNCLEAR,
            "column": _column_of(finding.places[0].url if finding.places else "", _columns(case))
            if finding.places
            else long_line(finding.subject),
            "url": long_line(finding.places[0].url) if finding.places else "",
            "link": link(finding.places[0].url) if finding.places else None,
            "count": finding.count,
            "state": _state_of(finding),
            "state_word": STATES[_state_of(finding)],
            "since": day(finding.confirmed_on),
        }
        for number, finding in enumerate(shown, start=1)
    ]


def grouped(items: Sequence[Row], ours: Sequence[Row], key: str) -> list[Row]:
    """By unit, column or kind: what both found, what one did, and what of the vendor's stands."""
    names = dict.fromkeys(row[key] for row in (*items, *ours))
    found = []
    for name in names:
        told = [row for row in items if row[key] == name]
        found.append(
            {
                "name": name,
                "told": len(told),
                "both": sum(row["both"] for row in told),
                "theirs": sum(not row["both"] for row in told),
                "ours": sum(row[key] == name for row in ours),
                "ended": sum(row["state"] in ("mended", "offline") for row in told),
                "open": sum(row["state"] in ("standing", "unseen", "unjudged") for row in told),
            }
        )
    last = (UNCLEAR, NO_COLUMN)
    return sorted(found, key=lambda row: (row["name"] in last, -row["told"], row["name"]))


def compared(items: Sequence[Row], earlier: Mapping[str, Fault]) -> list[Row]:
    """Kind by kind: the month before, this month, and what was told again."""
    before = [fault.item.kind.label for fault in earlier.values()]
    names = dict.fromkeys([*(row["kind"] for row in items), *before])
    return [
        {
            "name": name,
            "before": before.count(name),
            "now": sum(row["kind"] == name for row in items),
            "again": sum(row["kind"] == name and row["again"] for row in items),
            "fresh": sum(row["kind"] == name and not row["again"] for row in items),
        }
        for name in names
    ]


def _row(
    number: int,
    fault: Fault,
    finding: Finding | None,
    cleared: Mapping[str, bool],
    columns: Mapping[str, ColumnPath],
) -> Row:
    item = fault.item
    state = _standing(fault, finding, cleared)
    unit = (finding.responsible if finding is not None else "") or item.unit
    last = fault.notices[-1]
    return {
        "no": number,
        "fingerprint": line(item.fingerprint),
        "kind": item.kind.label,
        "kind_text": line(item.kind_text),
        "title": line(item.title),
        "excerpt": long_line(_excerpt(item)),
        "wrong": line(item.wrong),
        "suggest": line(item.suggest),
        "unit": line(unit) or UNCLEAR,
        "column": long_line(item.column) or _column_of(item.url, columns),
        "url": long_line(item.url),
        "link": link(item.url),
        "notices": [line(notice.name) for notice in fault.notices],
        "day": day(last.day),
        "place": line(item.place),
        "entries": fault.entries,
        "both": item.matched,
        "found_by": "双方" if item.matched else "仅监测单位",
        "state": state,
        "state_word": STATES[state],
        "ended_on": day(finding.resolved_on) if finding is not None else None,
        "note": long_line(_note(item, finding)),
    }


def _note(item: NoticeItem, finding: Finding | None) -> str:
    """What people said of it, else the vendor's own word of how it stands."""
    if finding is not None and finding.note:
        return finding.note
    return f"通报写明{item.said_mended}" if item.said_mended else ""


def _standing(fault: Fault, finding: Finding | None, cleared: Mapping[str, bool]) -> str:
    if finding is not None:
        state = _state_of(finding)
        return "absent" if state == "mended" and never_read(fault.item, finding) else state
    # It was gone before anybody looked: then there never was a finding.
    gone = cleared.get(fault.mark)
    if gone is None:
        return "unjudged"
    if gone:
        return "offline"
    return "absent" if _unseen(fault.item) else "mended"


def never_read(item: NoticeItem, finding: Finding) -> bool:
    """Whether nobody of ours ever read on the page what a finding says: nothing shows a mending."""
    return UNVERIFIED in finding.message and _unseen(item)


def _unseen(item: NoticeItem) -> bool:
    texts = item.kind in (NoticeKind.WORDING, NoticeKind.PRIVACY)
    return texts and not item.matched and item.seen_on is None


def _state_of(finding: Finding) -> str:
    if finding.state is State.DISMISSED:
        return "dismissed"
    if finding.state is State.ACCEPTED:
        return "deferred"
    if finding.state is State.RESOLVED:
        return "removed" if finding.removed else "offline" if finding.offline else "mended"
    return "unseen" if UNVERIFIED in finding.message else "standing"


def _active(finding: Finding, span: Period) -> bool:
    """Whether it stood confirmed at some time of the period."""
    since, until = finding.confirmed_on, finding.resolved_on
    if since is None or since > span.end or finding.state in (State.DISMISSED, State.ACCEPTED):
        return False
    return until is None or until >= span.start


def _excerpt(item: NoticeItem) -> str:
    """The sentence with the wrong part marked, else what the vendor wrote."""
    if not item.wrong:
        return item.context or item.kind_text
    before, found, after = item.context.partition(item.wrong)
    return f"{before}【{item.wrong}】{after}" if found else f"【{item.wrong}】"


def _columns(case: PaperCase) -> dict[str, ColumnPath]:
    """The columns by the folder of their address; one that several share tells nothing."""
    found: dict[str, ColumnPath | None] = {}
    for path, reading in case.readings.items():
        url = reading.final_url or reading.url or ""
        folder = canonical(url).rpartition("/")[0] if "." in url.rpartition("/")[2] else ""
        name = folder or canonical(url)
        if path and "/" in name:
            found[name] = None if found.get(name, path) != path else path
    return {name: path for name, path in found.items() if path is not None}


def _column_of(url: str, columns: Mapping[str, ColumnPath]) -> str:
    """The column in whose folder a page lies, as far as the address tells."""
    name = canonical(url) if link(url) else ""
    while "/" in name:
        if name in columns:
            return " > ".join(line(part) for part in columns[name])
        name = name.rpartition("/")[0]
    return NO_COLUMN
