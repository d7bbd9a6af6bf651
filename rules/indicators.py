"""The rows of the inspection table (检查情况表), read from the data file and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from ledger.indicators import Machine
from rules.data_files import get, read_toml, tables, words
from rules.errors import RuleError
from rules.standards import Standards, standards

_FILE = "checklist.toml"
VETO = "A"
"""The part whose every row fails the whole site."""


class Looks(StrEnum):
    """What the program looks at for a row; see the head of the data file."""

    HOME = "home"
    LINE = "line"
    CLASS = "class"
    COLUMNS = "columns"
    TEXTS = "texts"
    CLUES = "clues"
    PART = "part"
    NONE = "none"

    @property
    def level(self) -> Machine:
        """How far the program decides such a row."""
        if self is Looks.NONE:
            return Machine.MANUAL
        shows = (Looks.TEXTS, Looks.CLUES, Looks.PART)
        return Machine.ASSISTED if self in shows else Machine.AUTO


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `codes` are the rules that speak for it, `switched` those that speak only where a
    person counts a finding as a veto, `told` those that pass on a vendor's notice. `clause` gives
    the number of a line, `kind` a class of columns. `rest` takes the vetoes that belong to no other
    row, and shows only where it has one.
    """

    id: str
    part: str
    part_name: str
    group: str
    name: str
    text: str
    standard: str
    source: str
    verified: bool
    looks: Looks
    codes: tuple[str, ...]
    switched: tuple[str, ...]
    told: tuple[str, ...]
    clause: str
    kind: str
    names: tuple[str, ...]
    said: str
    points: str
    rest: bool

    @property
    def veto(self) -> bool:
        """Whether the row fails the whole site."""
        return self.part == VETO

    @property
    def basis(self) -> str:
        """The standard and the place in it, as a report cites them."""
        doubt = "" if self.verified else f"（{self.source}）"
        return f"{self.standard}{self.part_name} {self.group}{doubt}"


@cache
def rows() -> tuple[Row, ...]:
    """The rows shipped with the program, in the order of the standard."""
    return read_rows(resources.files("rules") / "data", standards())


def read_rows(folder: Traversable, numbers: Standards) -> tuple[Row, ...]:
    """Reads and checks the rows in `folder`; a fault there is a RuleError with its place."""
    table = read_toml(folder, _FILE)
    known = get(read_toml(folder, "indicators.toml"), "standards", dict, "indicators.toml")
    standard = known.get(get(table, "standard", str, _FILE))
    if not isinstance(standard, dict):
        raise RuleError(f"规则数据 {_FILE} 的 standard 在 indicators.toml 的标准里没有列出。")
    title = get(standard, "name", str, "indicators.toml 的标准")
    number = get(standard, "doc_no", str, "indicators.toml 的标准")
    cited = f"《{title}》（{number}）"
    found = [_row(raw, table, cited, numbers) for raw in tables(table, "rows", _FILE)]
    twice = {row.id for row in found if sum(other.id == row.id for other in found) > 1}
    if twice:
        raise RuleError(f"规则数据 {_FILE} 的行 {'、'.join(sorted(twice))} 写了两次。")
    return tuple(found)


def _row(
    raw: Mapping[str, Any], table: Mapping[str, Any], standard: str, numbers: Standards
) -> Row:
    where = f"{_FILE} 的行 {get(raw, 'id', str, _FILE)}"
    parts = get(table, "parts", dict, _FILE)
    part = get(raw, "part", str, where)
    source = get(table, "sources", dict, _FILE).get(get(raw, "source", str, where))
    if part not in parts or not isinstance(source, dict):
        raise RuleError(f"规则数据 {where} 的 part 或 source 没有在文件开头列出。")
    looks = _looks(raw, where)
    clause = str(raw.get("clause", ""))
    if clause and clause not in numbers.clauses:
        raise RuleError(f"规则数据 {where} 的条款 {clause} 在 indicators.toml 里没有。")
    kind = str(raw.get("class", ""))
    if looks is Looks.CLASS and kind not in {known.id for known in numbers.classes}:
        raise RuleError(f"规则数据 {where} 的类别 {kind} 在 classes.toml 里没有。")
    if looks is Looks.LINE:
        numbers.clauses[get(raw, "clause", str, where)].line()
    said = get(raw, "said", str, where) if looks in (Looks.PART, Looks.NONE) else ""
    return Row(
        id=raw["id"],
        part=part,
        part_name=get(parts, part, str, where),
        group=get(raw, "group", str, where),
        name=get(raw, "name", str, where),
        text=numbers.clauses[clause].text if clause else get(raw, "text", str, where),
        standard=standard,
        source=get(source, "words", str, where),
        verified=get(source, "verified", bool, where),
        looks=looks,
        codes=words(raw, "codes", where),
        switched=words(raw, "switched", where),
        told=words(raw, "told", where),
        clause=clause,
        kind=kind,
        names=words(raw, "names", where),
        said=said,
        points=str(raw.get("points", "")),
        rest=bool(raw.get("rest", False)),
    )


def _looks(raw: Mapping[str, Any], where: str) -> Looks:
    try:
        return Looks(get(raw, "looks", str, where))
    except ValueError:
        known = "、".join(Looks)
        raise RuleError(f"规则数据 {where} 的 looks 应是 {known} 之一。") from None
