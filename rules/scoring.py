"""The contract's quarterly score sheet: what the ledger can count under each head."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from ledger.months import MonthStand, ScoreFact, ScoreHead, ScoreSheet
from ledger.rectification import Outcome
from ledger.words import Verdict
from rules.data_files import get, number, read_toml
from rules.errors import RuleError

_FILE = "contract.toml"
_WHOLE = 100
_PROBLEMS = (Verdict.OVERDUE, Verdict.BLANK, Verdict.UNREACHABLE, Verdict.JUMP_BROKEN)
_OPENNESS = "政务公开"

Count = Callable[[Sequence[MonthStand]], int | None]


def score_sheet(
    months: Sequence[MonthStand], wording: frozenset[str], table: Mapping[str, Any] | None = None
) -> ScoreSheet:
    """The sheet for a quarter given as its months; `wording` are the codes of the text rules.

    `table` is another contract's terms, in the form of rules/data/contract.toml.
    """
    terms = _contract() if table is None else table
    heads = get(terms, "heads", list, _FILE)
    facts = _facts(wording)
    made = tuple(_head(head, months, facts) for head in heads)
    if sum(head.points for head in made) != _WHOLE:
        raise RuleError(f"规则数据 {_FILE} 各考核项的分值相加应为 {_WHOLE}，请核对 points。")
    return ScoreSheet(
        heads=made,
        grades=tuple(get(terms, "grades", list, _FILE)),
        pass_mark=_number(terms, "pass_mark"),
        fee_percent=_number(terms, "fee_percent"),
        terms=tuple(get(terms, "terms", list, _FILE)),
        source=get(terms, "source", str, _FILE),
    )


@cache
def _contract() -> Mapping[str, Any]:
    return MappingProxyType(read_toml(resources.files("rules") / "data", _FILE))


def _number(table: Mapping[str, Any], key: str) -> int:
    found = number(table, key, _FILE)
    if found is None:
        raise RuleError(f"规则数据 {_FILE} 缺少 {key}。")
    return found


def _head(
    head: Mapping[str, Any], months: Sequence[MonthStand], facts: Mapping[str, tuple[str, Count]]
) -> ScoreHead:
    where = f"{_FILE} 的 {head.get('name', '')}"
    named = [*get(head, "facts", list, where), *(d["fact"] for d in head.get("deductions", ()))]
    unknown = [key for key in named if key not in facts]
    if unknown:
        raise RuleError(
            f"规则数据 {where} 中不认识的统计项 {'、'.join(unknown)}；可用：{'、'.join(facts)}。"
        )
    counted = {key: facts[key][1](months) for key in dict.fromkeys(named)}
    points = _number(head, "points")
    taken, why = _taken(head, counted, facts, points)
    return ScoreHead(
        id=get(head, "id", str, where),
        name=get(head, "name", str, where),
        points=points,
        asks=get(head, "asks", str, where),
        facts=tuple(ScoreFact(facts[key][0], counted[key]) for key in counted),
        taken=taken,
        why=why,
    )


def _taken(
    head: Mapping[str, Any],
    counted: Mapping[str, int | None],
    facts: Mapping[str, tuple[str, Count]],
    points: int,
) -> tuple[float | None, str]:
    """The points the contract's own rules take off, and how; None where a person must decide."""
    deductions = head.get("deductions", ())
    if not deductions:
        return None, get(head, "person", str, f"{_FILE} 的 {head['name']}")
    if any(counted[rule["fact"]] is None for rule in deductions):
        return None, "统计项没有数据，由采购人评定"
    taken, said = 0.0, []
    for rule in deductions:
        n = counted[rule["fact"]] or 0
        taken += n * float(rule["points"])
        said.append(f"{facts[rule['fact']][0]} {n}，每项扣 {rule['points']:g} 分")
    return min(taken, float(points)), "；".join(said)


def _facts(wording: frozenset[str]) -> dict[str, tuple[str, Count]]:
    """Everything that can be counted, by the key contract.toml uses, with its name."""
    return {
        "confirmed": ("期内确认的问题", lambda m: len(_confirmed(m))),
        "wording": ("其中文字问题", lambda m: sum(f.code in wording for f in _confirmed(m))),
        "mended": ("期内已整改", _ended(Outcome.MENDED, Outcome.MENDED_LATE, Outcome.OFFLINE)),
        "late": ("其中超期整改", _ended(Outcome.MENDED_LATE)),
        "open": ("期末未整改", _still_open),
        "notices": ("监测通报", lambda m: sum(len(month.notices) for month in m)),
        "notice_items": ("通报的问题", lambda m: len(_items(m))),
        "notice_open": ("期末未整改的通报问题", _notice_open),
        "inspections": ("完成的巡查", lambda m: sum(month.runs for month in m)),
        "months_inspected": ("有巡查的月份", lambda m: sum(month.runs > 0 for month in m)),
        "columns": ("期末栏目", lambda m: _columns(m, tuple(Verdict))),
        "columns_problem": ("期末问题栏目", lambda m: _columns(m, _PROBLEMS)),
        "columns_unchecked": (
            "期末未能检查的栏目",
            lambda m: _columns(m, (Verdict.NOT_CHECKED,)),
        ),
        "open_columns": ("政务公开栏目", lambda m: _columns(m, tuple(Verdict), _OPENNESS)),
        "open_problem": ("其中问题栏目", lambda m: _columns(m, _PROBLEMS, _OPENNESS)),
    }


def _last(months: Sequence[MonthStand]) -> MonthStand | None:
    return next((month for month in reversed(months) if month.judgement is not None), None)


def _confirmed(months: Sequence[MonthStand]) -> list[Any]:
    last = _last(months)
    if last is None:
        return []
    first = months[0].period.start
    since = {duty.fingerprint for duty in last.duties if duty.since >= first}
    return [finding for finding in last.findings if finding.fingerprint in since]


def _ended(*outcomes: Outcome) -> Count:
    def count(months: Sequence[MonthStand]) -> int | None:
        last = _last(months)
        if last is None:
            return None
        first = months[0].period.start
        return sum(
            duty.outcome in outcomes and duty.closed_on is not None and duty.closed_on >= first
            for duty in last.duties
        )

    return count


def _still_open(months: Sequence[MonthStand]) -> int | None:
    last = _last(months)
    return None if last is None else sum(duty.outcome.open for duty in last.duties)


def _items(months: Sequence[MonthStand]) -> set[str]:
    return {
        item.fingerprint for month in months for notice in month.notices for item in notice.items
    }


def _notice_open(months: Sequence[MonthStand]) -> int | None:
    last = _last(months)
    if last is None:
        return None
    told = _items(months)
    return sum(duty.outcome.open and duty.fingerprint in told for duty in last.duties)


def _columns(
    months: Sequence[MonthStand], verdicts: Sequence[Verdict], top: str = ""
) -> int | None:
    last = _last(months)
    if last is None or last.judgement is None:
        return None
    return sum(
        verdict.verdict in verdicts and (not top or top in verdict.path[0])
        for verdict in last.judgement.verdicts
    )
