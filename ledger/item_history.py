"""What earlier runs tell of the items a run saw: since when, missed by whom, under which days."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_
from sqlalchemy.engine import Row

from ledger.codec import DAYS, PATH
from ledger.facts import ColumnHistory, DayReading, DaySeen, Item, ItemHistory
from ledger.past import Past, Shown, days_seen
from ledger.schema import columns, items, readings, runs, sightings
from ledger.site import HOME_PATH
from ledger.words import ColumnKind, How, Outcome

_BATCH = 300
_SAME_LIST = 0.5
"""Two readings are of one list where the later holds so much of what the earlier held."""
_CUT_TITLE = 10

_Rows = Sequence[Row[*tuple[Any, ...]]]
_Key = tuple[int, bytes]
Entries = list[tuple[bytes, Item]]
"""A list's entries in order, each with the digest of its address."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A list as one run read it: at which address, by which readers, how far back.

    `carried` says that beyond the first page it is as an earlier run read it.
    """

    run: int
    reader: str
    place: str
    carried: bool
    complete: bool
    covers_from: date | None

    def reached(self, day: date) -> bool:
        """Whether an item of `day` would have been seen."""
        return self.complete or (self.covers_from is not None and self.covers_from <= day)


@dataclass(frozen=True, slots=True)
class _List:
    """The entries of a list: addresses with their titles as they are compared.

    `front` are those on its first page in their turn: what is not pinned there was written last.
    """

    titles: dict[bytes, str]
    front: frozenset[bytes]

    def is_continued_by(self, later: _List) -> bool:
        """Whether `later` is the same list, some days on: addresses or titles have stayed."""
        names = set(later.titles.values())
        stayed = sum(a in later.titles or t in names for a, t in self.titles.items())
        return stayed >= len(self.titles) * _SAME_LIST

    def moved_to(self, title: str, later: _List) -> bool:
        """Whether an entry of this title left for another address by the time of `later`."""
        name = _name(title)
        left = (t for a, t in self.titles.items() if a not in later.titles)
        return any(t == name or _is_start(t, name) or _is_start(name, t) for t in left)


def column_histories(
    connection: Connection, past: Past, lists: Mapping[int, Entries]
) -> tuple[ColumnHistory, ...]:
    """The histories of the lists `past.run` read, by path; `lists` are its items by column."""
    if len(past.days) < 2:
        return ()
    compared = _compared(connection, past)
    if not compared:
        return ()
    told = _Teller(connection, past, compared).items(lists)
    paths = _paths(connection, compared)
    return tuple(
        sorted(
            (
                ColumnHistory(path, past.days[compared[key].run], tuple(told.get(key, ())))
                for key, path in paths.items()
                if path != HOME_PATH
            ),
            key=lambda history: history.path,
        )
    )


class _Teller:
    """Tells of the items of one run, asking the ledger once for each thing it needs to know."""

    def __init__(
        self, connection: Connection, past: Past, compared: Mapping[int, _Reading]
    ) -> None:
        self._connection = connection
        self._past = past
        self._compared = compared
        self._order = {run: place for place, run in enumerate(past.days)}
        self._readings: dict[int, list[_Reading]] = {}
        self._lists: dict[tuple[int, int], _List] = {}
        self._entries: dict[int, dict[int, tuple[bytes, str]]] = {}

    def items(self, lists: Mapping[int, Entries]) -> dict[int, list[ItemHistory]]:
        """By column the histories worth telling, in the order of the list."""
        present = {
            (column, address): item
            for column in self._compared
            for address, item in _plain_items(lists.get(column, [])).items()
        }
        first, several = self._first_seen()
        days = self._days(several & present.keys())
        told: dict[int, list[ItemHistory]] = {}
        for key, item in present.items():
            if key in first:
                history = self._history(key, item, first[key], days.get(key))
                if history is not None:
                    told.setdefault(key[0], []).append(history)
        return told

    def _history(self, key: _Key, item: Item, first: int, days: _Rows | None) -> ItemHistory | None:
        shown = days_seen(self._shown(row) for row in days or ())
        changed = len(shown) > 1 and shown[-1].seen >= self._past.since
        seen = self._past.days[first]
        fresh = seen >= self._past.since and bool(self._before(key[0], first))
        if not changed and not fresh:
            return None
        missed, moved = self._missed(key, item, first) if fresh else (None, False)
        if moved and not changed:
            return None
        reading = _shown(item)
        return ItemHistory(
            url=item.url,
            title=item.title,
            reading=reading,
            first_seen=seen,
            missed=missed,
            days=shown or (DaySeen(seen, reading),),
        )

    def _shown(self, row: Row[*tuple[Any, ...]]) -> Shown:
        others = DAYS.load(row.others) if row.others else ()
        run = row.run_id
        return Shown(self._past.days[run], self._past.readers[run], _reading_of(row), others)

    def _before(self, column: int, run: int) -> list[_Reading]:
        """The readings of the list before `run` by the same readers, newest first."""
        if column not in self._readings:
            place = self._compared[column].place
            read = _lists_read(self._connection, self._past, readings.c.column_id == column)
            self._readings[column] = [r for _, r in reversed(read) if r.place == place]
        reader = self._past.readers[run]
        return [
            reading
            for reading in self._readings[column]
            if reading.reader == reader and self._order[reading.run] < self._order[run]
        ]

    def _missed(self, key: _Key, item: Item, first: int) -> tuple[date | None, bool]:
        """The day of the last run that should have seen the item, and whether it only moved.

        Only a list that went on as the same one can have missed anything, and only where the item
        claims to be older are the two lists held against each other.
        """
        column, address = key
        day = item.day
        if day is None:
            return None, False
        reached = [reading for reading in self._before(column, first) if reading.reached(day)]
        if not reached or self._past.days[reached[0].run] <= day:
            return (self._past.days[reached[0].run] if reached else None), False
        later = self._list(first, column)
        # What stands behind the first page was last seen by a run that read that far.
        proof = next((r for r in reached if not r.carried or address in later.front), None)
        if proof is None:
            return None, False
        missed = self._past.days[proof.run]
        if missed <= day:
            return missed, False
        then = self._list(proof.run, column)
        if not then.titles or not then.is_continued_by(later):
            return None, False
        return (None, True) if then.moved_to(item.title, later) else (missed, False)

    def _list(self, run: int, column: int) -> _List:
        """The list of a column as a run saw it; a column's entries are read once for all runs."""
        key = (run, column)
        if key not in self._lists:
            entries = self._entries_of(column)
            rows = self._connection.execute(
                select(sightings.c.item_id, sightings.c.page, sightings.c.pinned).where(
                    sightings.c.run_id == run, sightings.c.column_id == column
                )
            ).all()
            self._lists[key] = _List(
                dict(entries[number] for number, _, _ in rows),
                frozenset(
                    entries[number][0] for number, page, pinned in rows if page == 1 and not pinned
                ),
            )
        return self._lists[key]

    def _entries_of(self, column: int) -> dict[int, tuple[bytes, str]]:
        if column not in self._entries:
            rows = self._connection.execute(
                select(items.c.id, items.c.address, items.c.title).where(
                    items.c.column_id == column
                )
            )
            self._entries[column] = {
                number: (bytes(address), _name(title)) for number, address, title in rows
            }
        return self._entries[column]

    def _first_seen(self) -> tuple[dict[_Key, int], set[_Key]]:
        """The run that first saw each item of this run, and the items that showed several days."""
        current = (
            select(items.c.column_id, items.c.address)
            .join(sightings, sightings.c.item_id == items.c.id)
            .where(sightings.c.run_id == self._past.run.id)
            .distinct()
            .subquery()
        )
        version = items.alias()
        # With numbers in the order of days the index alone finds the first sighting.
        order = [sightings.c.run_id] if self._past.in_order else [runs.c.as_of, runs.c.id]
        seen_by = (
            select(sightings.c.run_id)
            .join(runs, runs.c.id == sightings.c.run_id)
            .where(sightings.c.item_id == version.c.id, self._past.counts())
            .order_by(*order)
            .limit(1)
            .correlate(version)
            .scalar_subquery()
        )
        address = (version.c.column_id, version.c.address)
        versions = (
            select(
                *address,
                version.c.day,
                seen_by.label("run"),
                func.count().over(partition_by=address).label("count"),
            )
            .join(current, and_(*(current.c[c.name] == c for c in address)))
            .subquery()
        )
        # Most items have stood there for long and have never changed: they stay in the database.
        told = or_(versions.c.count > 1, versions.c.run.in_(self._past.recent))
        found: dict[_Key, int] = {}
        shown: dict[_Key, date] = {}
        several: set[_Key] = set()
        for column, mark, day, run, _ in self._connection.execute(select(versions).where(told)):
            if run is None:
                continue
            key = (column, bytes(mark))
            known = found.setdefault(key, run)
            if self._order[run] < self._order[known]:
                found[key] = run
            if day is not None and shown.setdefault(key, day) != day:
                several.add(key)
        return found, several

    def _days(self, keys: Iterable[_Key]) -> dict[_Key, _Rows]:
        """The versions of these items with the runs that saw them, oldest first.

        Where one run saw an address under two days, several items share it and nothing is told.
        """
        wanted = sorted(keys)
        found: dict[_Key, list[Row[*tuple[Any, ...]]]] = {}
        for start in range(0, len(wanted), _BATCH):
            rows = self._connection.execute(
                select(items, sightings.c.run_id)
                .join(sightings, sightings.c.item_id == items.c.id)
                .where(
                    tuple_(items.c.column_id, items.c.address).in_(wanted[start : start + _BATCH])
                )
            )
            for row in rows:
                if row.run_id in self._order:
                    found.setdefault((row.column_id, bytes(row.address)), []).append(row)
        for seen in found.values():
            seen.sort(key=lambda row: (self._order[row.run_id], row.id))
        return {key: seen for key, seen in found.items() if not _ambiguous(seen)}


def _compared(connection: Connection, past: Past) -> dict[int, _Reading]:
    """By column read now the last reading of the same list before it, by the same readers."""
    *before, now = past.reach
    here = dict(_lists_read(connection, past, readings.c.run_id == now))
    found: dict[int, _Reading] = {}
    for run in reversed(before):
        wanted = here.keys() - found.keys()
        if not wanted:
            break
        if past.readers[run] != past.readers[now]:
            continue
        for column, reading in _lists_read(connection, past, readings.c.run_id == run):
            if column in wanted and reading.place == here[column].place:
                found[column] = reading
    return found


def _lists_read(
    connection: Connection, past: Past, which: ColumnElement[bool]
) -> list[tuple[int, _Reading]]:
    """Lists that could be read, each with its column, oldest first, within the facts' reach."""
    rows = connection.execute(
        select(
            readings.c.run_id,
            readings.c.column_id,
            readings.c.url,
            readings.c.final_url,
            readings.c.complete,
            readings.c.covers_from,
            readings.c.carried,
        ).where(
            which,
            readings.c.run_id.in_(past.reach),
            readings.c.outcome == Outcome.OK.value,
            readings.c.kind == ColumnKind.LIST.value,
        )
    ).all()
    found = [
        (
            row.column_id,
            _Reading(
                row.run_id,
                past.readers[row.run_id],
                row.final_url or row.url or "",
                row.carried,
                row.complete,
                row.covers_from,
            ),
        )
        for row in rows
    ]
    place = {run: number for number, run in enumerate(past.days)}
    return sorted(found, key=lambda entry: place[entry[1].run])


def _paths(connection: Connection, keys: Iterable[int]) -> dict[int, tuple[str, ...]]:
    wanted = set(keys)
    rows = connection.execute(select(columns.c.id, columns.c.path))
    return {key: PATH.load(path) for key, path in rows if key in wanted}


def _plain_items(entries: Entries) -> dict[bytes, Item]:
    """By address the entries that have one of their own."""
    found: dict[bytes, Item] = {}
    shared: set[bytes] = set()
    for key, item in entries:
        if not item.url:
            continue
        known = found.setdefault(key, item)
        if known.day != item.day:
            shared.add(key)
    return {key: item for key, item in found.items() if key not in shared}


def _ambiguous(seen: Sequence[Row[*tuple[Any, ...]]]) -> bool:
    days: dict[int, date | None] = {}
    return any(days.setdefault(row.run_id, row.day) != row.day for row in seen)


def _shown(item: Item) -> DayReading | None:
    if item.day is None or item.how is None:
        return None
    return DayReading(item.day, item.how, item.text, item.time)


def _reading_of(row: Row[*tuple[Any, ...]]) -> DayReading | None:
    if row.day is None or row.how is None:
        return None
    return DayReading(row.day, How(row.how), row.text, row.time)


def _name(title: str) -> str:
    """A title as lists are compared by: without blanks, width and the mark of having been cut."""
    return "".join(unicodedata.normalize("NFKC", title[:500]).split()).rstrip(".…·")


def _is_start(short: str, whole: str) -> bool:
    return len(short) >= _CUT_TITLE and whole.startswith(short)
