"""What changed between two inspections (与上次相比)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.findings import ColumnVerdict, Finding, Judgement
from ledger.site import ColumnPath
from ledger.words import State, Verdict
from reports.base import Model, PaperCase
from reports.safe import line
from reports.wording import PROBLEMS, day, verdict_word

NOTHING = "无变化"
"""What the paper says where nothing changed."""

FIRST = "这是第一次巡查，没有上次可比"

_GOOD = (Verdict.ON_TIME, Verdict.AS_NEEDED, Verdict.JUMP_OK)

Row = dict[str, Any]


def changes(case: PaperCase) -> Model:
    """Columns and findings that stand otherwise than at the inspection before.

    `rules_changed` warns that a turn may come from the rules and not from the portal.
    A suspicion that a second inspection confirms is told apart (`confirmed`): the portal itself
    did not change.
    """
    previous = case.previous
    groups = (
        _column_groups(previous, case.judgement) | _finding_groups(case)
        if previous
        else {name: [] for name in _COLUMN_GROUPS + _FINDING_GROUPS}
    )
    moved = any(groups[name] for name in groups if name != "confirmed") or bool(case.new_items)
    if previous is None:
        headline = FIRST
    elif moved:
        headline = _headline(groups, case.new_items)
    else:
        headline = NOTHING
    return {
        "since": day(previous.as_of) if previous else None,
        "changed": moved if previous else None,
        "headline": headline,
        "new_items": case.new_items,
        "rules_changed": previous is not None and previous.rule_set != case.judgement.rule_set,
        **groups,
    }


_COLUMN_GROUPS = (
    "worse",
    "recovered",
    "lost",
    "regained",
    "other",
    "updated",
    "added",
    "removed",
)
_FINDING_GROUPS = ("new_findings", "new_clues", "recurred", "returned", "resolved", "confirmed")

_HEADLINE = (
    ("worse", "新发现 {} 个问题栏目"),
    ("recovered", "{} 个栏目恢复正常"),
    ("lost", "{} 个栏目这次未能检查"),
    ("regained", "{} 个栏目恢复检查"),
    ("other", "{} 个栏目结论有其他变化"),
    ("new_findings", "新增问题 {} 个"),
    ("new_clues", "新增核查线索 {} 条"),
    ("recurred", "再次出现的问题 {} 个"),
    ("returned", "重新计入的问题 {} 个"),
    ("resolved", "已解决的问题 {} 个"),
    ("added", "栏目表新增 {} 个栏目"),
    ("removed", "栏目表减少 {} 个栏目"),
)


def _headline(groups: Model, new_items: int | None) -> str:
    parts = [words.format(len(groups[name])) for name, words in _HEADLINE if groups[name]]
    if new_items:
        parts.append(f"新增信息 {new_items} 条")
    elif groups["updated"]:
        parts.append(f"{len(groups['updated'])} 个栏目的最近更新日期有变化")
    return "，".join(parts)


def _column_groups(previous: Judgement, current: Judgement) -> Model:
    before = {verdict.path: verdict for verdict in previous.verdicts}
    groups: dict[str, list[Row]] = {name: [] for name in _COLUMN_GROUPS}
    for number, verdict in enumerate(current.verdicts, start=1):
        old = before.get(verdict.path)
        if old is None:
            groups["added"].append({"no": number, "path": _path(verdict.path)})
            continue
        if old.verdict is not verdict.verdict:
            groups[_direction(old, verdict)].append(_turn(number, old, verdict))
        if _moved(old, verdict):
            groups["updated"].append(
                {
                    "no": number,
                    "path": _path(verdict.path),
                    "from": day(old.last_updated),
                    "to": day(verdict.last_updated),
                }
            )
    kept = {verdict.path for verdict in current.verdicts}
    groups["removed"] = [{"path": _path(path)} for path in before if path not in kept]
    return dict(groups)


def _direction(old: ColumnVerdict, new: ColumnVerdict) -> str:
    if new.verdict in PROBLEMS:
        return "worse"
    if new.verdict is Verdict.NOT_CHECKED:
        return "lost"
    if old.verdict is Verdict.NOT_CHECKED:
        return "regained"
    return "recovered" if old.verdict not in _GOOD else "other"


def _turn(number: int, old: ColumnVerdict, new: ColumnVerdict) -> Row:
    return {
        "no": number,
        "path": _path(new.path),
        "unit": line(new.unit),
        "from": old.verdict.value,
        "from_word": verdict_word(old.verdict),
        "to": new.verdict.value,
        "to_word": verdict_word(new.verdict),
    }


def _moved(old: ColumnVerdict, new: ColumnVerdict) -> bool:
    unseen = Verdict.NOT_CHECKED in (old.verdict, new.verdict)
    return not unseen and old.last_updated != new.last_updated


def _path(path: ColumnPath) -> list[str]:
    return [line(name) for name in path]


def _finding_groups(case: PaperCase) -> Model:
    before = {finding.fingerprint: finding for finding in case.previous_findings}
    asking = clue_codes(case)
    faults = [finding for finding in case.findings if not is_clue(finding, asking)]
    clues = [finding for finding in case.findings if is_clue(finding, asking)]
    return {
        "new_findings": _named(f for f in faults if _is_new(f, before)),
        "new_clues": _named(
            f
            for f in clues
            if _is_new(f, before) or _has_recurred(f, before) or _has_returned(f, before)
        ),
        "recurred": _named(f for f in faults if _has_recurred(f, before)),
        "returned": _named(f for f in faults if _has_returned(f, before)),
        "resolved": _named(f for f in faults if just_resolved(f, case)),
        "confirmed": _named(
            finding
            for finding in faults
            if finding.state is State.CONFIRMED
            and finding.fingerprint in before
            and before[finding.fingerprint].state is State.SUSPECTED
        ),
    }


def clue_codes(case: PaperCase) -> frozenset[str]:
    """The rules that only ask a person to look (核查线索): no inspection confirms or mends them."""
    return frozenset(card.code for card in case.judgement.cards if card.confirm_after == 0)


def is_clue(finding: Finding, codes: frozenset[str]) -> bool:
    """Whether a finding only asks a person to look; `codes` are those of `clue_codes`.

    One that a person has found true is a fault like any other.
    """
    return (finding.doubtful or finding.code in codes) and finding.confirmed_on is None


def _is_new(finding: Finding, before: dict[str, Finding]) -> bool:
    # A finding known of old but absent from what stood then has come back, it is not new.
    open_now = finding.state in (State.SUSPECTED, State.CONFIRMED)
    return open_now and finding.fingerprint not in before


def _has_recurred(finding: Finding, before: dict[str, Finding]) -> bool:
    if not finding.state.open:
        return False
    old = before.get(finding.fingerprint)
    if old is None:
        return finding.state is State.RECURRED
    return old.state is State.RESOLVED


def _has_returned(finding: Finding, before: dict[str, Finding]) -> bool:
    """True where people had put it off or found it right, and now it counts (again)."""
    old = before.get(finding.fingerprint)
    laid_aside = (State.ACCEPTED, State.DISMISSED)
    return finding.state.open and old is not None and old.state in laid_aside


def just_resolved(finding: Finding, case: PaperCase) -> bool:
    """True where the finding was a fault at the inspection before and is resolved now."""
    if finding.state is not State.RESOLVED:
        return False
    return any(
        old.fingerprint == finding.fingerprint
        and old.state not in (State.RESOLVED, State.DISMISSED)
        for old in case.previous_findings
    )


def _named(findings: Iterable[Finding]) -> list[Row]:
    return [
        {
            "fingerprint": line(finding.fingerprint),
            "name": line(finding.name),
            "subject": line(finding.subject),
            "unit": line(finding.unit),
            "state_word": finding.state_word,
        }
        for finding in findings
    ]
