"""The numbers and clauses the rules stand on, read from the data files and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from ledger.site import ColumnPath
from ledger.words import Frequency
from rules.data_files import get, number, read_toml, tables, words
from rules.errors import RuleError
from rules.watching import Watching, read_watching

PERIODS = ("week", "month", "quarter", "half_year", "year")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a standard: what it says, where, and whether its text was read."""

    id: str
    standard: str
    doc_no: str
    url: str
    part: str
    text: str
    verified: bool
    count: int | None = None
    warn: int | None = None
    days: int | None = None
    own: bool = False

    @property
    def words(self) -> str:
        """The clause as a report cites it; an unverified one asks for a person's word.

        A check of our own is said to be one: it stands on no regulation.
        """
        if self.own:
            return f"{self.standard}（本工具自定，不是法规条款）{self.part}：{self.text}"
        number = f"（{self.doc_no}）" if self.doc_no else ""
        doubt = "" if self.verified else "（扣分待人工核定）"
        return f"《{self.standard}》{number}{self.part}：{self.text}{doubt}"

    def line(self) -> tuple[int, int]:
        """The number of columns that fires the clause, and the one that warns of it."""
        if self.count is None or self.warn is None:
            raise RuleError(
                f"条款 {self.id} 没有写 count 和 warn，请在 rules/data/indicators.toml 补上。"
            )
        return self.count, self.warn

    def limit(self) -> int:
        """The days the clause allows."""
        if self.days is None:
            raise RuleError(f"条款 {self.id} 没有写 days，请在 rules/data/indicators.toml 补上。")
        return self.days


@dataclass(frozen=True, slots=True)
class FrequencyLimit:
    """What a frequency allows; `days` and `period` are None where it owes nothing."""

    frequency: Frequency
    source: str
    days: int | None = None
    period: str | None = None
    warn_before: int = 0
    ask_after: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnClass:
    """A class of columns the national clock knows; exactly one of `days` and `months` is set."""

    id: str
    label: str
    clause: str
    verified: bool
    names: tuple[str, ...]
    endings: tuple[str, ...]
    unless: tuple[str, ...]
    level: int | None = None
    days: int | None = None
    months: int | None = None

    @property
    def limit_words(self) -> str:
        """The limit as a sentence says it."""
        if self.days is not None:
            return f"{self.days}天"
        months = self.months or 0
        return f"{months // 12}年" if months % 12 == 0 else f"{months}个月"

    def fits(self, name: str, level: int) -> bool:
        """Whether a column of this name on this level looks like one of the class."""
        if self.level is not None and level != self.level:
            return False
        if any(word in name for word in self.unless):
            return False
        return any(word in name for word in self.names) or name.endswith(self.endings)


@dataclass(frozen=True, slots=True)
class Standards:
    """Everything the data files say."""

    clauses: Mapping[str, Clause]
    limits: Mapping[Frequency, FrequencyLimit]
    classes: tuple[ColumnClass, ...]
    home_names: frozenset[str]
    exempt: tuple[str, ...]
    placeholders: frozenset[date]
    watching: Watching

    def on_home(self, path: ColumnPath) -> bool:
        """Whether the sheet places this column on the home page itself."""
        return bool(path) and _bare(path[0]) in self.home_names

    def class_of(self, path: ColumnPath) -> ColumnClass | None:
        """The class guessed from a column's name, or None; finished topics belong to none."""
        if not path or any(word in name for name in path for word in self.exempt):
            return None
        level = len(path) - 1 if self.on_home(path) else len(path)
        name = _bare(path[-1])
        return next((c for c in self.classes if c.fits(name, level)), None)


def _bare(name: str) -> str:
    return "".join(name.split())


@cache
def standards() -> Standards:
    """The standards shipped with the program."""
    return read_standards(resources.files("rules") / "data")


def read_standards(folder: Traversable) -> Standards:
    """Reads and checks the data files of `folder`; a fault there is a RuleError with its place."""
    clauses = _clauses(read_toml(folder, "indicators.toml"))
    classes = read_toml(folder, "classes.toml")
    dates = read_toml(folder, "dates.toml")
    where = "classes.toml"
    return Standards(
        clauses=MappingProxyType(clauses),
        limits=MappingProxyType(_limits(read_toml(folder, "frequencies.toml"))),
        classes=tuple(_class(t, clauses) for t in tables(classes, "class", where)),
        home_names=frozenset(words(classes, "home", where)),
        exempt=words(classes, "exempt", where),
        placeholders=frozenset(get(dates, "placeholders", list, "dates.toml")),
        watching=read_watching(read_toml(folder, "publication.toml")),
    )


def _clauses(table: Mapping[str, Any]) -> dict[str, Clause]:
    file = "indicators.toml"
    known = get(table, "standards", dict, file)
    clauses: dict[str, Clause] = {}
    for row in tables(table, "clauses", file):
        key = get(row, "id", str, file)
        where = f"{file} 的条款 {key}"
        if key in clauses:
            raise RuleError(f"规则数据 {where} 写了两次。")
        standard = known.get(get(row, "standard", str, where))
        if not isinstance(standard, dict):
            raise RuleError(f"规则数据 {where} 指向的标准 {row['standard']} 没有列出。")
        clauses[key] = Clause(
            id=key,
            standard=get(standard, "name", str, where),
            doc_no=str(standard.get("doc_no", "")),
            url=str(standard.get("url", "")),
            part=get(row, "part", str, where),
            text=get(row, "text", str, where),
            verified=get(row, "verified", bool, where),
            own=bool(standard.get("own", False)),
            count=number(row, "count", where),
            warn=number(row, "warn", where),
            days=number(row, "days", where),
        )
    return clauses


def _limits(table: Mapping[str, Any]) -> dict[Frequency, FrequencyLimit]:
    file = "frequencies.toml"
    limits: dict[Frequency, FrequencyLimit] = {}
    for row in tables(table, "frequency", file):
        key = get(row, "id", str, file)
        where = f"{file} 的频率 {key}"
        try:
            frequency = Frequency(key)
        except ValueError:
            raise RuleError(f"规则数据 {where} 不在频率清单里。") from None
        days, period = number(row, "days", where), row.get("period")
        if (days is None) != (period is None) or period not in (None, *PERIODS):
            raise RuleError(
                f"规则数据 {where} 应同时写 days 和 period（{'、'.join(PERIODS)}），或者都不写。"
            )
        limits[frequency] = FrequencyLimit(
            frequency=frequency,
            source=get(row, "source", str, where),
            days=days,
            period=period,
            warn_before=number(row, "warn_before", where) or 0,
            ask_after=number(row, "ask_after", where),
        )
    missing = [f.value for f in Frequency if f not in limits]
    if missing:
        raise RuleError(f"规则数据 {file} 缺少频率：{'、'.join(missing)}。")
    return limits


def _class(row: Mapping[str, Any], clauses: Mapping[str, Clause]) -> ColumnClass:
    key = get(row, "id", str, "classes.toml")
    where = f"classes.toml 的类别 {key}"
    clause = get(row, "clause", str, where)
    if clause not in clauses:
        raise RuleError(f"规则数据 {where} 指向的条款 {clause} 没有列出。")
    days, months = number(row, "days", where), number(row, "months", where)
    if (days is None) == (months is None):
        raise RuleError(f"规则数据 {where} 应在 days 和 months 中写一个。")
    return ColumnClass(
        id=key,
        label=get(row, "label", str, where),
        clause=clause,
        verified=get(row, "verified", bool, where),
        names=words(row, "names", where),
        endings=words(row, "endings", where),
        unless=words(row, "unless", where),
        level=number(row, "level", where),
        days=days,
        months=months,
    )
