"""F010: so many other columns late that the veto line of A4 is reached."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.words import Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.deadline import owes
from rules.freshness.national import UNKNOWN, national_clocks
from rules.freshness.tally import countable, draw_line, line_words, once
from rules.freshness.veto_news import late_of_clause
from rules.standards import Standards


def look(case: Case) -> Iterator[Claim | Clear]:
    """Counts late columns that no other line of the clause counts; blank ones have their own."""
    counted, _ = late_of_clause(case, "A4a")
    late = {c.verdict.path for c in national_clocks(case) if c.late(case.day)}
    columns = list(countable(case))
    hits = once((c, v) for c, v in columns if v.verdict is Verdict.OVERDUE or v.path in late)
    others = {key: hit for key, hit in hits.items() if key not in counted}
    unknown = once(
        (c, v) for c, v in columns if v.verdict in UNKNOWN and owes(v.frequency, case.standards)
    )
    yield from draw_line(
        RULE,
        case,
        others,
        len(unknown),
        lambda count, line: (
            f"应更新而没有更新的栏目共{count}个，{line}；"
            "国家指标没有规定“长期”的天数，这里按栏目责任表的频率统计"
        ),
    )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """The line and the warning line."""
    return line_words(numbers.clauses["A4b"])


RULE = Rule(
    code="F010",
    name="应更新未更新栏目数量",
    family=FAMILY,
    severity=Severity.SEVERE,
    clauses=("A4b",),
    checks="数一数逾期的栏目；已计入动态要闻、通知政策类的和空白栏目不重复计，只数末级栏目和自己有列表的栏目，同一列表从两处进入只算一个。",
    why="应更新但长期没有更新的栏目达到数量线即单项否决，整站不合格；预警线留出补救时间。",
    mend="请从逾期最久的栏目开始补发；没有内容可发的栏目，报主办单位合并或撤下。",
    look=look,
    thresholds=thresholds,
)
