"""What runs saw, in the ledger: readings, items, visits, pages.

An item is stored once per version (address, title, day and how it was read); what a run saw of it
is one thin row of `sightings`, so an unchanged night adds nothing to `items`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Select, and_, delete, func, or_, select

from ledger.codec import PATH, clean, digest
from ledger.engine import Database, batched, upsert
from ledger.fact_rows import (
    item_of,
    item_row,
    reading_of,
    reading_row,
    visit_of,
    visit_row,
)
from ledger.facts import (
    ColumnFacts,
    ColumnReading,
    FileText,
    Front,
    Item,
    Page,
    SiteFacts,
    Visit,
)
from ledger.item_history import Entries, column_histories
from ledger.known import Access, Known
from ledger.page_history import page_checks
from ledger.past import past_of
from ledger.schema import (
    columns,
    items,
    readings,
    runs,
    sightings,
    visits,
)
from ledger.site import HOME_PATH, ColumnPath, Site
from ledger.store_accesses import save_access
from ledger.store_known import carry_list, carry_page, save_known
from ledger.store_pages import pages_of, save_read
from ledger.store_runs import roster_of, run_of
from ledger.words import Outcome


class FactStore:
    """The facts of a ledger, keyed by run and subject: a run repeated overwrites itself."""

    _database: Database

    def save_column(
        self,
        run_id: int,
        reading: ColumnReading,
        items: Sequence[Item],
        visits: Sequence[Visit] = (),
        pages: Sequence[Page] = (),
        known: Sequence[Known] = (),
        carried: int | None = None,
        access: Access | None = None,
        front: Front | None = None,
    ) -> None:
        """Keep what a run saw of a column, all of it or nothing; the home page has path ().

        The reading and its list replace what the run held of the column before. Visits and pages
        are known by their address alone and replace those of the same address. `known` says how
        addresses answered; with `carried` list and page are as that run saw them, `items` empty.
        `access` is how the list was come by, where that was learned anew; `front` what else there
        is to read of its page.
        """
        with self._database.writing() as connection:
            site = run_of(connection, run_id).site
            column_id = _column_id(connection, site, reading.path)
            _forget_list(connection, run_id, column_id)
            upsert(connection, readings, [reading_row(run_id, column_id, reading)])
            if carried is None:
                _save_items(connection, run_id, column_id, items)
            else:
                carry_list(connection, column_id, carried, run_id)
                if reading.url:
                    carry_page(connection, reading.url, carried, run_id)
            _save_visits(connection, run_id, visits)
            save_read(connection, run_id, pages, () if front is None else (front,))
            save_known(connection, site, known)
            if access is not None:
                save_access(connection, column_id, access)

    def save_pages(
        self,
        run_id: int,
        pages: Sequence[Page],
        visits: Sequence[Visit],
        known: Sequence[Known],
        carried: Sequence[tuple[str, int]] = (),
        files: Sequence[FileText] = (),
    ) -> None:
        """Keep documents and files a run fetched, or found as another run had read them.

        `carried` names address and run of the documents that have not changed since.
        """
        with self._database.writing() as connection:
            site = run_of(connection, run_id).site
            save_read(connection, run_id, pages, read_files=files)
            for url, source in carried:
                carry_page(connection, url, source, run_id)
            _save_visits(connection, run_id, visits)
            save_known(connection, site, known)

    def listed(self, run_id: int, path: ColumnPath) -> tuple[Item, ...]:
        """The list the run saw of a column."""
        with self._database.reading() as connection:
            site = run_of(connection, run_id).site
            column_id = connection.execute(_numbered(site, path)).scalar()
            if column_id is None:
                return ()
            entries = _lists(connection, run_id, column_id).get(column_id, ())
            return tuple(item for _, item in entries)

    def save_visits(self, run_id: int, visits: Sequence[Visit]) -> None:
        """Keep visits that belong to no column; one of the same address is replaced."""
        with self._database.writing() as connection:
            run_of(connection, run_id)
            _save_visits(connection, run_id, visits)

    def finished_columns(self, run_id: int, outcome: Outcome | None = None) -> set[ColumnPath]:
        """The columns the run has read already, the home page as (); those that ended so."""
        query = (
            select(columns.c.path)
            .join(readings, readings.c.column_id == columns.c.id)
            .where(readings.c.run_id == run_id)
        )
        if outcome is not None:
            query = query.where(readings.c.outcome == outcome.value)
        with self._database.reading() as connection:
            return {PATH.load(path) for path in connection.execute(query).scalars()}

    def facts(self, run_id: int, site: Site | None = None) -> SiteFacts:
        """All the run saw, in the order of the columns of `site` (default: the run's roster).

        A column the run never came to has no reading; one no longer in the roster is left out.
        """
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            roster = site or roster_of(connection, run_id)
            seen = _readings(connection, run_id)
            lists = _lists(connection, run_id)
            asked = _visits(connection, run_id)
            past = past_of(connection, run)
            histories = column_histories(connection, past, lists)
            checks = page_checks(connection, past, _listing_paths(seen, lists))
        keys = {path: key for key, (path, _) in seen.items()}

        def part(path: ColumnPath) -> tuple[ColumnReading | None, tuple[Item, ...]]:
            key = keys.get(_cleaned(path))
            if key is None:
                return None, ()
            return seen[key][1], tuple(item for _, item in lists.get(key, ()))

        home, home_items = part(HOME_PATH)
        return SiteFacts(
            site=roster,
            run=run,
            columns=tuple(ColumnFacts(column, *part(column.path)) for column in roster.columns),
            home=home,
            home_items=home_items,
            visits=asked,
            histories=histories,
            checks=checks,
        )

    def spent(self, run_id: int) -> int:
        """How many requests the run has made so far, repeated tries counted."""
        with self._database.reading() as connection:
            run_of(connection, run_id)
            query = select(func.sum(visits.c.attempts)).where(visits.c.run_id == run_id)
            return int(connection.execute(query).scalar_one() or 0)

    def item_counts(self, run_id: int) -> dict[ColumnPath, int]:
        """How many items the run saw on each list that has any."""
        with self._database.reading() as connection:
            run_of(connection, run_id)
            rows = connection.execute(
                select(columns.c.path, func.count())
                .join(sightings, sightings.c.column_id == columns.c.id)
                .where(sightings.c.run_id == run_id)
                .group_by(columns.c.id, columns.c.path)
            )
            return {PATH.load(path): count for path, count in rows}

    def pages(self, run_id: int) -> list[Page]:
        """The documents the run fetched, in order of address."""
        with self._database.reading() as connection:
            run_of(connection, run_id)
            return pages_of(connection, run_id)

    def new_items(self, run_id: int) -> int:
        """How many items of the columns the run saw that no finished run before it had seen.

        An item is known by column and address. The home page only repeats what columns hold and is
        not counted; a run that never finished has shown its items to nobody and does not count.
        """
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            seen, item, before = sightings.alias(), items.alias(), runs.alias()
            known = (
                select(1)
                .select_from(seen)
                .join(item, item.c.id == seen.c.item_id)
                .join(before, before.c.id == seen.c.run_id)
                .where(
                    item.c.column_id == items.c.column_id,
                    item.c.address == items.c.address,
                    before.c.state == "finished",
                    or_(
                        before.c.as_of < run.as_of,
                        and_(before.c.as_of == run.as_of, before.c.id < run.id),
                    ),
                )
                .correlate(items)
            )
            fresh = (
                select(items.c.column_id, items.c.address)
                .join(sightings, sightings.c.item_id == items.c.id)
                .join(columns, columns.c.id == items.c.column_id)
                .where(
                    sightings.c.run_id == run_id,
                    columns.c.digest != _path_digest(HOME_PATH),
                    ~known.exists(),
                )
                .distinct()
                .subquery()
            )
            return connection.execute(select(func.count()).select_from(fresh)).scalar_one()

    def first_seen(self, site_key: str) -> dict[tuple[ColumnPath, str], date]:
        """The as-of day of the first run that saw an item, by column and address."""
        with self._database.reading() as connection:
            first = (
                select(sightings.c.item_id, func.min(runs.c.as_of).label("day"))
                .join(runs, runs.c.id == sightings.c.run_id)
                .where(runs.c.site == site_key)
                .group_by(sightings.c.item_id)
                .subquery()
            )
            rows = connection.execute(
                select(columns.c.path, items.c.url, first.c.day)
                .select_from(first)
                .join(items, items.c.id == first.c.item_id)
                .join(columns, columns.c.id == items.c.column_id)
                .order_by(columns.c.id, items.c.url, first.c.day)
            ).all()
        paths = {text: PATH.load(text) for text in {row.path for row in rows}}
        found: dict[tuple[ColumnPath, str], date] = {}
        for path, url, day in rows:
            # Several versions of one item come oldest first.
            found.setdefault((paths[path], url), day)
        return dict(sorted(found.items()))


def _listing_paths(
    seen: Mapping[int, tuple[ColumnPath, ColumnReading]], lists: Mapping[int, Entries]
) -> dict[bytes, list[ColumnPath]]:
    """The columns whose list holds an address, by its digest; the home page only repeats them."""
    found: dict[bytes, list[ColumnPath]] = {}
    for key, (path, _) in sorted(seen.items(), key=lambda entry: entry[1][0]):
        if path != HOME_PATH:
            for address in {address for address, item in lists.get(key, ()) if item.url}:
                found.setdefault(address, []).append(path)
    return found


def _cleaned(path: ColumnPath) -> ColumnPath:
    return tuple(clean(name) for name in path)


def _path_digest(path: ColumnPath) -> bytes:
    return digest(*_cleaned(path))


def _column_id(connection: Connection, site: str, path: ColumnPath) -> int:
    query = _numbered(site, path)
    number = connection.execute(query).scalar()
    if number is None:
        row = {"site": site, "digest": _path_digest(path), "path": PATH.dump(_cleaned(path))}
        upsert(connection, columns, [row], keep=True, key=("site", "digest"))
        return connection.execute(query).scalar_one()
    return number


def _numbered(site: str, path: ColumnPath) -> Select[int]:
    return select(columns.c.id).where(
        columns.c.site == site, columns.c.digest == _path_digest(path)
    )


def _forget_list(connection: Connection, run_id: int, column_id: int) -> None:
    connection.execute(
        delete(sightings).where(sightings.c.run_id == run_id, sightings.c.column_id == column_id)
    )


def _readings(connection: Connection, run_id: int) -> dict[int, tuple[ColumnPath, ColumnReading]]:
    rows = connection.execute(
        select(readings, columns.c.path)
        .join(columns, columns.c.id == readings.c.column_id)
        .where(readings.c.run_id == run_id)
    )
    return {row.column_id: (path := PATH.load(row.path), reading_of(row, path)) for row in rows}


def _save_items(
    connection: Connection, run_id: int, column_id: int, entries: Sequence[Item]
) -> None:
    rows = [item_row(column_id, entry) for entry in entries]
    versions = {row["digest"]: row for row in rows}
    known = _item_ids(connection, column_id, list(versions))
    fresh = [row for key, row in versions.items() if key not in known]
    upsert(connection, items, fresh, keep=True, key=("column_id", "digest"))
    known |= _item_ids(connection, column_id, [row["digest"] for row in fresh])
    thin = [
        {
            "run_id": run_id,
            "column_id": column_id,
            "ordinal": ordinal,
            "item_id": known[row["digest"]],
            "position": entry.position,
            "page": entry.page,
            "pinned": entry.pinned,
        }
        for ordinal, (entry, row) in enumerate(zip(entries, rows, strict=True))
    ]
    upsert(connection, sightings, thin)


def _item_ids(connection: Connection, column_id: int, keys: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for batch in batched(keys):
        rows = connection.execute(
            select(items.c.digest, items.c.id).where(
                items.c.column_id == column_id, items.c.digest.in_(batch)
            )
        )
        found.update((bytes(key), number) for key, number in rows)
    return found


def _lists(connection: Connection, run_id: int, column_id: int | None = None) -> dict[int, Entries]:
    """By column the entries of its list in order, each with the digest of its address."""
    query = (
        select(sightings, *(c for c in items.c if c.name not in ("id", "column_id")))
        .join(items, items.c.id == sightings.c.item_id)
        .where(sightings.c.run_id == run_id)
        .order_by(sightings.c.column_id, sightings.c.ordinal)
    )
    rows = connection.execute(
        query if column_id is None else query.where(sightings.c.column_id == column_id)
    )
    lists: dict[int, Entries] = {}
    for row in rows:
        lists.setdefault(row.column_id, []).append((bytes(row.address), item_of(row)))
    return lists


def _save_visits(connection: Connection, run_id: int, asked: Sequence[Visit]) -> None:
    rows = {visit.url: visit_row(run_id, visit) for visit in asked}
    upsert(connection, visits, list(rows.values()))


def _visits(connection: Connection, run_id: int) -> tuple[Visit, ...]:
    rows = connection.execute(select(visits).where(visits.c.run_id == run_id))
    # Sorted here: databases disagree on the order of text.
    return tuple(sorted(map(visit_of, rows), key=lambda visit: (visit.at, visit.url)))
