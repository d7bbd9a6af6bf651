"""The fixed expressions as data: what they are, where they stand, since when, and what may vary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ledger.words import Severity
from rules.data_files import get, read_table, read_toml, tables
from rules.errors import RuleError


class Edits(StrEnum):
    """Which one-character differences are errors: any, any but an insertion, those like slips."""

    ANY = "any"
    NAME = "name"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of fixed expression.

    `titled` says that it counts only as a title: in 《》 or after the state's name.
    """

    key: str
    name: str
    severity: Severity
    edits: Edits
    titled: bool
    source: str


@dataclass(frozen=True, slots=True)
class Expression:
    """One fixed expression, the document it stands in and the days between which it holds."""

    text: str
    category: Category
    source: str
    since: date | None
    until: date | None

    def holds(self, day: date | None) -> bool:
        """Whether a page of this day should have it; an undated page should."""
        return day is None or (
            (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Book:
    """All of it. `allowed` are wordings that may stand, and for which categories (none: all).

    `inserted` and `dropped` are characters whose coming or going is no slip, `particles` those
    that stand beside an expression as words of their own. `slips` are known wrong forms of words
    too short to be matched by nearness, with the right ones.
    """

    expressions: tuple[Expression, ...]
    allowed: dict[str, frozenset[str]]
    inserted: frozenset[str]
    dropped: frozenset[str]
    particles: frozenset[str]
    slips: dict[str, str]


@cache
def book() -> Book:
    """The expressions of rules/data/text/fixed."""
    folder = files("rules") / "data" / "text" / "fixed"
    table = read_toml(folder, "categories.toml")
    slack = get(table, "slack", dict, "categories.toml")
    found: dict[str, Expression] = {}
    for row in tables(table, "categories", "categories.toml"):
        for expression in _expressions(folder, _category(row)):
            found.setdefault(expression.text, expression)
    return Book(
        expressions=tuple(found.values()),
        allowed=dict(_allowed(folder)),
        inserted=frozenset(get(slack, "inserted", str, "categories.toml slack")),
        dropped=frozenset(get(slack, "dropped", str, "categories.toml slack")),
        particles=frozenset(get(slack, "particles", str, "categories.toml slack")),
        slips=dict(_slips(folder)),
    )


def _category(row: dict[str, object]) -> Category:
    where = f"categories.toml {row.get('key')}"
    edits = get(row, "edits", str, where)
    if edits not in set(Edits):
        raise RuleError(f"规则数据 {where} 的 edits 只能是 {'、'.join(Edits)}，现在是 {edits}。")
    return Category(
        key=get(row, "key", str, where),
        name=get(row, "name", str, where),
        severity=Severity(get(row, "severity", str, where)),
        edits=Edits(edits),
        titled=row.get("context") == "title",
        source=get(row, "source", str, where),
    )


def _expressions(folder: Traversable, category: Category) -> Iterator[Expression]:
    name = f"{category.key}.tsv"
    for number, row in read_table(folder, name):
        text, source, since, until = (*row, "", "", "")[:4]
        if len(text) < 2 or len(row) > 4:
            raise RuleError(f"规则数据 {name} 第 {number} 行不是“表述、出处、起、止”四列。")
        yield Expression(
            text=text,
            category=category,
            source=f"《{source}》" if source else category.source,
            since=_day(since, name, number),
            until=_day(until, name, number),
        )


def _day(text: str, name: str, number: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RuleError(f"规则数据 {name} 第 {number} 行的日期 {text} 不是 YYYY-MM-DD。") from error


def _allowed(folder: Traversable) -> Iterator[tuple[str, frozenset[str]]]:
    for _, row in read_table(folder, "allowed.tsv"):
        yield row[0], frozenset(row[1].split()) if len(row) > 1 else frozenset()


def _slips(folder: Traversable) -> Iterator[tuple[str, str]]:
    for number, row in read_table(folder, "slips.tsv"):
        if len(row) != 2 or row[0] == row[1]:
            raise RuleError(f"规则数据 slips.tsv 第 {number} 行不是“错、对”两列。")
        yield row[0], row[1]
