"""F011: so many blank columns that the veto line of A4 is reached."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.words import Frequency, Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.national import UNKNOWN
from rules.freshness.tally import countable, draw_line, line_words, once
from rules.standards import Standards


def look(case: Case) -> Iterator[Claim | Clear]:
    """Counts blank columns."""
    columns = [(c, v) for c, v in countable(case) if v.frequency is not Frequency.JUMP]
    hits = once((c, v) for c, v in columns if v.verdict is Verdict.BLANK)
    unknown = once((c, v) for c, v in columns if v.verdict in UNKNOWN)
    yield from draw_line(
        RULE, case, hits, len(unknown), lambda count, line: f"空白栏目共{count}个，{line}"
    )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """The line and the warning line."""
    return line_words(numbers.clauses["A4c"])


RULE = Rule(
    code="F011",
    name="空白栏目数量",
    family=FAMILY,
    severity=Severity.SEVERE,
    clauses=("A4c",),
    checks="数一数空白栏目；只数末级栏目和自己有列表的栏目，同一列表从两处进入只算一个。",
    why="空白栏目达到数量线即单项否决，整站不合格；预警线留出补救时间。",
    mend="请补充内容，或者先从前台撤下暂时没有内容的栏目入口。",
    look=look,
    thresholds=thresholds,
)
