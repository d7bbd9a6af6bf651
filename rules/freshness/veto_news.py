"""F009: so many news, notice and policy columns late that the veto line of A4 is reached."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.words import Severity
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.national import UNKNOWN, national_clocks
from rules.freshness.tally import Counted, countable, draw_line, line_words, once
from rules.standards import Standards


def look(case: Case) -> Iterator[Claim | Clear]:
    """Counts the columns of the clause's classes that are late by the national clock."""
    hits, unknown = late_of_clause(case, RULE.clauses[0])
    labels = dict.fromkeys(
        f"{k.label}{k.limit_words}" for k in case.standards.classes if k.clause == RULE.clauses[0]
    )
    yield from draw_line(
        RULE,
        case,
        hits,
        unknown,
        lambda count, line: (
            f"超过国家时限（{'、'.join(labels)}）没有更新的栏目共{count}个，{line}；"
            "栏目类别由名称推断，请逐个核实"
        ),
    )


def late_of_clause(case: Case, clause: str) -> tuple[dict[str, Counted], int]:
    """The late columns of a clause's classes by list, and how many of its columns are unknown."""
    clocks = {c.verdict.path: c for c in national_clocks(case) if c.kind.clause == clause}
    mine = [(c, v) for c, v in countable(case) if v.path in clocks]
    hits = once((c, v) for c, v in mine if clocks[v.path].late(case.day))
    unknown = once((c, v) for c, v in mine if v.verdict in UNKNOWN)
    return hits, len(unknown)


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """The line, the warning line and the limits of the classes counted."""
    limits = (f"{k.label}：{k.limit_words}" for k in numbers.classes if k.clause == "A4a")
    return (*line_words(numbers.clauses["A4a"]), *limits)


RULE = Rule(
    code="F009",
    name="动态要闻、通知政策类栏目不更新数量",
    family=FAMILY,
    severity=Severity.SEVERE,
    clauses=("A4a",),
    checks="数一数超过国家时限的动态、要闻类栏目和通知公告、政策文件类一级栏目；只数末级栏目和自己有列表的栏目，同一列表从两处进入只算一个。",
    why="两类合计达到数量线即单项否决，整站不合格；预警线留出补救时间。",
    mend="请从逾期最久的栏目开始补发，先把数量降到预警线以下。",
    look=look,
    thresholds=thresholds,
)
