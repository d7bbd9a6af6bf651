"""F002: a column whose class the national index gives a limit of its own, and that exceeds it."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.findings import Claim, Clear
from ledger.words import Severity
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.national import DATED, NationalClock, national_clocks
from rules.freshness.newest import newest_place
from rules.standards import Standards
from rules.wording import as_seen, day_words, subject_of


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims the columns that are late by the national clock, whatever the contract says."""
    clocks = {clock.verdict.path: clock for clock in national_clocks(case)}
    for _, verdict in case.columns():
        clock = clocks.get(verdict.path)
        if clock is None:
            if verdict.verdict in DATED:
                yield RULE.clear(subject_of(verdict.path))
        elif clock.late(case.day):
            yield _claim(case, clock)
        elif clock.due is not None:
            yield RULE.clear(subject_of(verdict.path))


def _claim(case: Case, clock: NationalClock) -> Claim:
    verdict, kind = clock.verdict, clock.kind
    subject = subject_of(verdict.path)
    return RULE.claim(
        case,
        subject,
        as_seen(_message(case, clock, subject), case.facts.run.as_of, case.day),
        basis=(case.standards.clauses[kind.clause],),
        unit=verdict.unit,
        places=(newest_place(verdict),),
    )


def _message(case: Case, clock: NationalClock, subject: str) -> str:
    verdict, kind = clock.verdict, clock.kind
    last = verdict.last_updated
    since = (
        f"最近一次更新是{day_words(last)}，到{day_words(case.day)}已{verdict.age}天，"
        if last
        else ""
    )
    doubt = "" if kind.verified else "栏目类别由名称推断，需核实。"
    return (
        f"栏目“{subject}”超过国家检查时限（{kind.label}，{kind.limit_words}）。{since}"
        f"按国家时限最迟应于{day_words(clock.due or case.day)}更新。{doubt}"
    )


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """The limit of each class and the names it is guessed from."""
    return tuple(
        f"{kind.label}：{kind.limit_words}（按名称推断：{'、'.join(kind.names + kind.endings)}）"
        for kind in numbers.classes
    )


RULE = Rule(
    code="F002",
    name="栏目超过国家检查时限",
    family=FAMILY,
    severity=Severity.GENERAL,
    clauses=("A4a", "P-year"),
    checks="由栏目名称推断它是否属于动态要闻、通知公告和政策文件（一级栏目）、人事和规划计划，再看最近一次发布日期是否超过该类的国家时限；月数按日历推算。",
    why="国家检查不看合同约定的频率，这几类栏目超过时限直接计入单项否决的栏目数。",
    mend="请先核实栏目是否属于该类；属于的，请责任单位尽快发布新信息，并建议把合同里的发布形式改到不低于国家时限。",
    look=look,
    thresholds=thresholds,
)
