"""What a large invented portal holds: its channels, columns and articles, and what changes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

AS_OF = date(2026, 3, 20)
"""The day of the first night; later nights are days after it, all within one month."""

CHANGED_DAY = AS_OF + timedelta(days=2)
"""The day on which one article in a hundred is new or edited."""

_DATA = Path(__file__).with_name("data") / "large.toml"
NAMES: Mapping[str, Any] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
"""What channels, columns, offices and towns are called."""

_TOPICS = ("district", "notice", "paper", "stat", "people", "social", "project", "safety", "jobs")
_DUE = (("按年更新", 420), ("按半年更新", 250))
"""Frequencies, and the days over which a list is spread so that all of it has to be read."""

_CHANGED = 0.01


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the portal is: so many articles, in a hundred columns or a tenth as many."""

    articles: int = 20_000
    page_size: int = 20

    @property
    def columns(self) -> int:
        """Its columns."""
        return max(1, min(100, self.articles // 10))

    @property
    def each(self) -> int:
        """Articles of a column."""
        return self.articles // self.columns


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it stands, and what it owes."""

    number: int
    channel: str
    channel_at: str
    name: str
    at: str
    topic: str
    unit: str
    due: str
    span: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An article; `number` is its place in its column, from 1, the oldest."""

    column: Column
    number: int
    day: date
    edited: date | None = None

    @property
    def token(self) -> int:
        """Its number in the whole portal."""
        return self.column.number * 100_000 + self.number

    @property
    def at(self) -> str:
        """Its address, from the root."""
        return f"{self.column.at}{self.day:%Y%m}/t{self.day:%Y%m%d}_{self.token}.html"

    @property
    def file_at(self) -> str:
        """The address of its attachment, empty where it has none."""
        if self.token % 10:
            return ""
        return f"{self.column.at}{self.day:%Y%m}/P{self.day:%Y%m%d}{self.token}.pdf"


class Plan:
    """The portal's content on one of its days."""

    def __init__(self, shape: Shape, day: date = AS_OF) -> None:
        self.shape = shape
        self.day = day
        self.columns = tuple(_columns(shape.columns))
        changed = day >= CHANGED_DAY
        self.grown = _grown(shape) if changed else {}
        self.edited = _edited(shape) if changed else frozenset()
        self._entries: dict[int, list[Entry]] = {}

    @property
    def channels(self) -> list[tuple[str, str, list[Column]]]:
        """Name, address and columns of each channel."""
        found: dict[tuple[str, str], list[Column]] = {}
        for column in self.columns:
            found.setdefault((column.channel, column.channel_at), []).append(column)
        return [(name, at, columns) for (name, at), columns in found.items()]

    def entries(self, column: Column) -> list[Entry]:
        """The column's articles, the newest first."""
        if column.number not in self._entries:
            last = self.shape.each + self.grown.get(column.number, 0)
            self._entries[column.number] = [self._made(column, n) for n in range(last, 0, -1)]
        return self._entries[column.number]

    def entry(self, column: Column, number: int) -> Entry:
        """The column's article of that number."""
        entries = self.entries(column)
        return entries[len(entries) - number]

    def _made(self, column: Column, number: int) -> Entry:
        each = self.shape.each
        if number > each:
            return Entry(column, number, CHANGED_DAY)
        day = AS_OF - timedelta(days=(each - number) * column.span // each)
        edited = CHANGED_DAY if (column.number, number) in self.edited else None
        return Entry(column, number, day, edited)

    def list_pages(self, column: Column) -> list[Sequence[Entry]]:
        """The articles as the pages of the column's list hold them."""
        entries, size = self.entries(column), self.shape.page_size
        return [entries[start : start + size] for start in range(0, len(entries), size)]


def list_at(column: Column, page: int) -> str:
    """The address of a list page, counted from 1."""
    return column.at if page == 1 else f"{column.at}index_{page - 1}.html"


def _columns(count: int) -> Iterator[Column]:
    number = 0
    for channel in NAMES["channel"]:
        for place, name in enumerate(channel["columns"].split()):
            if number == count:
                return
            due, span = _DUE[number % len(_DUE)]
            yield Column(
                number=number,
                channel=channel["name"],
                channel_at=f"/{channel['folder']}/",
                name=name,
                at=f"/{channel['folder']}/lm{place + 1:02d}/",
                topic=_TOPICS[number % len(_TOPICS)],
                unit=f"区第{number % 12 + 1}局",
                due=due,
                span=span,
            )
            number += 1


def _grown(shape: Shape) -> dict[int, int]:
    """New articles by column: half of what changes, on every fifth column."""
    count = max(1, round(shape.articles * _CHANGED / 2))
    homes = range(0, shape.columns, 5)
    return {n: count // len(homes) + (i < count % len(homes)) for i, n in enumerate(homes)}


def _edited(shape: Shape) -> frozenset[tuple[int, int]]:
    """The other half: articles whose text was edited, anywhere."""
    count = max(1, round(shape.articles * _CHANGED / 2))
    chosen = Random("edited").sample(range(shape.columns * shape.each), count)
    return frozenset((n // shape.each, n % shape.each + 1) for n in chosen)
