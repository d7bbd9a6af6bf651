"""F006: a home page on which nothing was published for longer than the veto line allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.facts import ColumnReading
from ledger.findings import Claim, Clear, Place
from ledger.words import ColumnKind, Outcome, Severity, Verdict
from rules.base import Case, Rule
from rules.freshness import FAMILY
from rules.freshness.newest import usable_day
from rules.standards import Standards
from rules.wording import HOME_SUBJECT, as_seen, day_words


def look(case: Case) -> Iterator[Claim | Clear]:
    """Claims a stale home page; says nothing where the home page was not read."""
    home = case.facts.home
    if home is None or home.outcome is not Outcome.OK or home.kind is ColumnKind.SHELL:
        return
    limit = case.standards.clauses["A3"].limit()
    own = _home_days(case)
    columns = _column_days(case)
    newest = max(own or columns, default=None)
    if newest is None:
        return
    age = (case.day - newest).days
    if age <= limit:
        yield RULE.clear(HOME_SUBJECT)
    elif not _unsure(case, own, columns, limit):
        yield RULE.claim(
            case,
            HOME_SUBJECT,
            _message(case, newest, age, limit, from_home=bool(own)),
            places=(Place(_address(home), day_words(newest)),),
        )


def _home_days(case: Case) -> list[date]:
    """Publication days up to the judged day of what stands on the home page.

    A title without a day has the day its column's list gives for the same address. Columns that
    the sheet places under 首页 are the home page's own blocks.
    """
    facts, numbers = case.facts, case.standards
    known: dict[str, date] = {}
    for column in facts.columns:
        for item in column.items:
            day = usable_day(item, numbers)
            if day is not None and item.url:
                known[item.url] = max(day, known.get(item.url, day))
    days = [usable_day(item, numbers) or known.get(item.url) for item in facts.home_items]
    days += [v.last_updated for v in case.verdicts if numbers.on_home(v.path)]
    return [day for day in days if day is not None and day <= case.day]


def _column_days(case: Case) -> list[date]:
    return [v.last_updated for v in case.verdicts if v.last_updated is not None]


def _unsure(case: Case, own: list[date], columns: list[date], limit: int) -> bool:
    """Whether newer items may stand on the home page without our knowing.

    A past day cannot be judged from today's home page. Where most of its titles carry no day and
    a column did publish in time, the new titles may be among them. And where columns stand in for
    it, and more of them were not checked than read, the fresh ones may be among those.
    """
    if case.day < case.facts.run.as_of:
        return True
    if not own:
        return sum(v.verdict is Verdict.NOT_CHECKED for v in case.verdicts) > len(columns)
    undated = sum(usable_day(item, case.standards) is None for item in case.facts.home_items)
    fresh = any((case.day - day).days <= limit for day in columns)
    return fresh and undated * 2 > len(case.facts.home_items)


def _message(case: Case, newest: date, age: int, limit: int, *, from_home: bool) -> str:
    what = "首页可读到日期的" if from_home else "首页没有可读的日期，全部栏目中"
    words = (
        f"首页超过{limit}天没有更新。{what}最新信息是{day_words(newest)}，"
        f"到{day_words(case.day)}已{age}天；涉及单项否决，请先人工核实。"
    )
    return as_seen(words, case.facts.run.as_of, case.day)


def _address(home: ColumnReading) -> str:
    return home.final_url or home.url or ""


def thresholds(numbers: Standards) -> tuple[str, ...]:
    """The days a home page may stand still."""
    return (f"首页最新信息距基准日超过{numbers.clauses['A3'].limit()}天",)


RULE = Rule(
    code="F006",
    name="首页没有更新",
    family=FAMILY,
    severity=Severity.SEVERE,
    clauses=("A3",),
    checks="看首页信息里最新的发布日期；首页没有可读日期的，看所有栏目里最新的发布日期；首页没有打开的不下结论。",
    why="首页超过时限没有任何信息更新，国家检查单项否决，整站不合格。",
    mend="请当天在首页发布新信息，并检查首页各板块是否自动取到栏目里的新信息。",
    look=look,
    thresholds=thresholds,
)
