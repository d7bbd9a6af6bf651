"""Where a site's texts stand in the ledger: what was last read of its pages, lists and files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Subquery, Table, func, select
from sqlalchemy.engine import Row

from ledger.codec import PATH, clean, digest
from ledger.engine import batched
from ledger.past import Past
from ledger.schema import (
    columns,
    files,
    fronts,
    items,
    known,
    pages,
    readings,
    runs,
    sightings,
    visits,
)
from ledger.site import HOME_PATH, ColumnPath
from ledger.words import Outcome

_LOST = (Outcome.GONE.value, Outcome.SOFT_GONE.value)
_TOLD = (Outcome.OK.value, *_LOST)
_Row = Row[*tuple[Any, ...]]


class PageRow(NamedTuple):
    """What was last read of a document; digests are empty where there is nothing."""

    url: str
    title: str
    published: str | None
    attachments: str
    text: bytes
    parts: bytes
    links: bytes


class FrontRow(NamedTuple):
    """What was last read of a list's page beside its entries."""

    parts: bytes
    links: bytes


class FileRow(NamedTuple):
    """What was last read of a file."""

    url: str
    text: bytes
    reason: str
    recognised: bytes


@dataclass(slots=True)
class ListRow:
    """A list's page and the titles on it, each once."""

    url: str
    title: str
    titles: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class ColumnRows:
    """The columns as last read.

    By address: `lists` their pages with what these list; `paths` the columns that a page is of, or
    whose list holds or held it; `days` and `names` the day and the title its newest entry shows.
    """

    lists: dict[bytes, ListRow] = field(default_factory=dict)
    paths: dict[bytes, list[ColumnPath]] = field(default_factory=dict)
    days: dict[bytes, date] = field(default_factory=dict)
    names: dict[bytes, str] = field(default_factory=dict)

    def add(
        self, address: bytes, path: ColumnPath, day: date | None = None, name: str = ""
    ) -> None:
        """Let a page belong to a column; the home page only repeats what columns hold."""
        held = self.paths.setdefault(address, [])
        if path != HOME_PATH and path not in held:
            held.append(path)
        if day is not None and address not in self.days:
            self.days[address] = day
        if name:
            self.names.setdefault(address, name)


def pages_read(connection: Connection, past: Past) -> dict[bytes, PageRow]:
    """By address the documents as last read, but those that were gone after that."""
    return {
        bytes(row.address): PageRow(
            row.url,
            row.title,
            row.published,
            row.attachments,
            _digest(row.text),
            _digest(row.parts),
            _digest(row.links),
        )
        for row in _alive(connection, past, pages)
    }


def fronts_read(connection: Connection, past: Past) -> dict[bytes, FrontRow]:
    """By address what was last read of lists' pages beside their entries."""
    return {
        bytes(row.address): FrontRow(_digest(row.parts), _digest(row.links))
        for row in _alive(connection, past, fronts)
    }


def files_read(connection: Connection, past: Past) -> dict[bytes, FileRow]:
    """By address what was last read of files; of those gone it says so."""
    return {
        bytes(row.address): FileRow(row.url, _digest(row.text), row.reason, _digest(row.recognised))
        for row in _newest(connection, past, files)
    }


def columns_read(connection: Connection, past: Past) -> ColumnRows:
    """The site's columns as last read, but those gone by then."""
    turn = _turn(past, readings, readings.c.column_id, outcomes=_TOLD)
    last = (
        select(readings)
        .join(
            turn,
            (turn.c.run_id == readings.c.run_id)
            & (turn.c.column_id == readings.c.column_id)
            & (turn.c.turn == 1),
        )
        .where(readings.c.outcome == Outcome.OK.value)
        .subquery()
    )
    rows = connection.execute(
        select(last.c.column_id, last.c.url, last.c.final_url, last.c.title, columns.c.path).join(
            columns, columns.c.id == last.c.column_id
        )
    )
    found = ColumnRows()
    of_column: dict[int, tuple[ColumnPath, ListRow | None]] = {}
    for path, row in sorted(((PATH.load(row.path), row) for row in rows), key=lambda pair: pair[0]):
        url = row.final_url or row.url
        page = None
        if url:
            page = found.lists.setdefault(digest(clean(url)), ListRow(url, row.title))
            for one in dict.fromkeys((url, row.url or url)):
                found.add(digest(clean(one)), path)
        of_column[row.column_id] = path, page
    _take_entries(connection, last, found, of_column)
    _take_earlier(connection, past, found)
    return found


def asked(connection: Connection, site: str, urls: Sequence[str]) -> set[str]:
    """Those of the addresses that a run of the site has had an answer from."""
    keys = {digest(clean(url)): url for url in urls}
    found: set[str] = set()
    for batch in batched(list(keys)):
        rows = connection.execute(
            select(known.c.address).where(known.c.site == site, known.c.address.in_(batch))
        )
        found.update(keys[bytes(address)] for address in rows.scalars())
    return found


def nights_gone(connection: Connection, past: Past, urls: Iterable[str]) -> dict[str, int]:
    """By address how many runs in a row, the last to have an answer included, found it gone.

    Only addresses that are gone now; a run that was blocked or timed out says nothing.
    """
    keys = {digest(clean(url)): url for url in urls}
    place = {run: number for number, run in enumerate(past.days)}
    told: dict[bytes, dict[int, bool]] = {}
    for batch in batched(list(keys)):
        rows = connection.execute(
            select(visits.c.address, visits.c.run_id, visits.c.outcome)
            .join(runs, runs.c.id == visits.c.run_id)
            .where(past.counts(), visits.c.outcome.in_(_TOLD), visits.c.address.in_(batch))
        )
        for address, run, outcome in rows:
            told.setdefault(bytes(address), {})[place[run]] = outcome in _LOST
    found: dict[str, int] = {}
    for key, answers in told.items():
        latest = [answers[number] for number in sorted(answers, reverse=True)]
        lost = latest.index(False) if False in latest else len(latest)
        if lost:
            found[keys[key]] = lost
    return found


def _take_entries(
    connection: Connection,
    last: Subquery,
    found: ColumnRows,
    of_column: dict[int, tuple[ColumnPath, ListRow | None]],
) -> None:
    """Titles, columns and days from the lists as last read."""
    rows = connection.execute(
        select(sightings.c.column_id, items.c.address, items.c.url, items.c.title, items.c.day)
        .join(items, items.c.id == sightings.c.item_id)
        .join(
            last,
            (last.c.run_id == sightings.c.run_id) & (last.c.column_id == sightings.c.column_id),
        )
        .order_by(sightings.c.column_id, sightings.c.ordinal)
    )
    for row in rows:
        path, page = of_column[row.column_id]
        if page is not None and row.title:
            page.titles[row.title] = None
        if row.url:
            found.add(bytes(row.address), path, row.day, row.title)


def _take_earlier(connection: Connection, past: Past, found: ColumnRows) -> None:
    """Columns and days of what no list shows any more: lists are read back only so far."""
    seen = (
        select(1)
        .select_from(sightings)
        .join(runs, runs.c.id == sightings.c.run_id)
        .where(sightings.c.item_id == items.c.id, past.counts())
    )
    rows = connection.execute(
        select(columns.c.path, items.c.address, items.c.day, items.c.title)
        .join(columns, columns.c.id == items.c.column_id)
        .where(columns.c.site == past.run.site, items.c.url != "", seen.exists())
        .order_by(columns.c.id, items.c.id)
    )
    paths: dict[str, ColumnPath] = {}
    earlier = [
        (paths.get(path) or paths.setdefault(path, PATH.load(path)), bytes(address), *more)
        for path, address, *more in rows
        if bytes(address) not in found.paths
    ]
    for path, address, day, name in earlier:
        found.add(address, path, day, name)


def _alive(connection: Connection, past: Past, table: Table) -> list[_Row]:
    """The newest row of each address, but for addresses that were gone after it."""
    place = {run: number for number, run in enumerate(past.days)}
    gone = _gone(connection, past, place)
    newest = _newest(connection, past, table)
    return [row for row in newest if gone.get(bytes(row.address), -1) < place[row.run_id]]


def _newest(connection: Connection, past: Past, table: Table) -> Sequence[_Row]:
    """The newest row of each address."""
    turn = _turn(past, table, table.c.address)
    return connection.execute(
        select(table).join(
            turn,
            (turn.c.run_id == table.c.run_id)
            & (turn.c.address == table.c.address)
            & (turn.c.turn == 1),
        )
    ).all()


def _turn(past: Past, table: Table, key: Any, outcomes: Sequence[str] = ()) -> Subquery:
    """The rows of the runs that count, numbered for each key from the newest run on."""
    newest_first = (runs.c.as_of.desc(), runs.c.id.desc())
    turn = func.row_number().over(partition_by=key, order_by=newest_first).label("turn")
    query = (
        select(key, table.c.run_id, turn)
        .join(runs, runs.c.id == table.c.run_id)
        .where(past.counts())
    )
    if outcomes:
        query = query.where(table.c.outcome.in_(outcomes))
    return query.subquery()


def _gone(connection: Connection, past: Past, place: dict[int, int]) -> dict[bytes, int]:
    """By address the place of the last run that found it gone."""
    rows = connection.execute(
        select(visits.c.address, visits.c.run_id)
        .join(runs, runs.c.id == visits.c.run_id)
        .where(past.counts(), visits.c.outcome.in_(_LOST))
    )
    found: dict[bytes, int] = {}
    for address, run in rows:
        key = bytes(address)
        found[key] = max(place[run], found.get(key, -1))
    return found


def _digest(value: bytes | None) -> bytes:
    return bytes(value) if value is not None else b""
