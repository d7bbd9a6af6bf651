"""Runs and rosters in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, insert, or_, select, update

from ledger.codec import SITE, digest, pack, unpack
from ledger.engine import Database, upsert
from ledger.errors import LedgerError
from ledger.facts import Run
from ledger.notify import NotifyPolicy
from ledger.schema import contents, runs
from ledger.site import Site

_FINISHED = "finished"
_RUNNING = "running"
_RUN = select(
    runs.c.id,
    runs.c.site,
    runs.c.as_of,
    runs.c.state,
    runs.c.started,
    runs.c.finished,
    runs.c.note,
)
_NEWEST_FIRST = (runs.c.as_of.desc(), runs.c.id.desc())


def keep_contents(connection: Connection, texts: Iterable[str]) -> list[bytes]:
    """Store each text once, compressed; the digests under which they are found, in order."""
    keyed = [(digest(text), text) for text in texts]
    rows = {key: {"digest": key, "body": pack(text)} for key, text in keyed}
    # In one order everywhere: two writers storing the same texts then never wait for each other
    # crosswise.
    upsert(connection, contents, [rows[key] for key in sorted(rows)], keep=True)
    return [key for key, _ in keyed]


def _told(site: Site) -> Site:
    """The site without the addresses it tells things to: these are secrets, not facts."""
    return replace(site, notify=NotifyPolicy())


class RunStore:
    """The runs of a ledger, in the order of as-of day, then of number."""

    _database: Database

    def begin_run(self, site: Site, as_of: date, now: datetime, reader: str = "") -> Run:
        """Resume the newest running run of `site` for `as_of`, or start one.

        The roster is kept with the run; a resumed run takes the roster given now. `reader` names
        the version of the readers: what two versions read is never taken for a change of the
        portal. A run that two versions have worked on is like no other.
        """
        with self._database.writing() as connection:
            [roster] = keep_contents(connection, [SITE.dump(_told(site))])
            unfinished = connection.execute(
                _RUN.add_columns(runs.c.reader)
                .where(runs.c.site == site.key, runs.c.as_of == as_of, runs.c.state == _RUNNING)
                .order_by(runs.c.id.desc())
            ).first()
            if unfinished is not None:
                *row, known = unfinished
                mixed = known if known == reader else f"run {unfinished.id}"
                connection.execute(
                    update(runs)
                    .where(runs.c.id == unfinished.id)
                    .values(roster=roster, reader=mixed)
                )
                return Run(*row)
            number = connection.execute(
                insert(runs)
                .values(
                    site=site.key,
                    as_of=as_of,
                    state=_RUNNING,
                    started=now,
                    note="",
                    roster=roster,
                    reader=reader,
                )
                .returning(runs.c.id)
            ).scalar_one()
            return run_of(connection, number)

    def finish_run(
        self, run_id: int, now: datetime, state: str = _FINISHED, note: str = ""
    ) -> None:
        """Close a run; `state` is finished or failed."""
        with self._database.writing() as connection:
            run_of(connection, run_id)
            connection.execute(
                update(runs).where(runs.c.id == run_id).values(state=state, finished=now, note=note)
            )

    def run(self, run_id: int) -> Run:
        """The run of that number."""
        with self._database.reading() as connection:
            return run_of(connection, run_id)

    def runs(self, site_key: str) -> list[Run]:
        """Every run of a site, oldest first, finished or not."""
        with self._database.reading() as connection:
            rows = connection.execute(
                _RUN.where(runs.c.site == site_key).order_by(runs.c.as_of, runs.c.id)
            )
            return [Run(*row) for row in rows]

    def newest_run(self, site_key: str, as_of: date | None = None) -> Run | None:
        """The last finished run, of those up to `as_of`."""
        query = _finished(site_key).order_by(*_NEWEST_FIRST)
        if as_of is not None:
            query = query.where(runs.c.as_of <= as_of)
        return _first(self._database, query)

    def earliest_run(self, site_key: str) -> Run | None:
        """The first finished run."""
        return _first(self._database, _finished(site_key).order_by(runs.c.as_of, runs.c.id))

    def previous_run(self, run: Run) -> Run | None:
        """The finished run before `run`."""
        before = or_(runs.c.as_of < run.as_of, and_(runs.c.as_of == run.as_of, runs.c.id < run.id))
        return _first(self._database, _finished(run.site).where(before).order_by(*_NEWEST_FIRST))

    def run_site(self, run_id: int) -> Site:
        """The roster as it stood when the run was last begun."""
        with self._database.reading() as connection:
            return roster_of(connection, run_id)

    def site_keys(self) -> list[str]:
        """The sites that were ever inspected, in order of key."""
        with self._database.reading() as connection:
            return sorted(connection.execute(select(runs.c.site).distinct()).scalars())


def run_of(connection: Connection, run_id: int) -> Run:
    """The run of that number, or a `LedgerError`."""
    row = connection.execute(_RUN.where(runs.c.id == run_id)).first()
    if row is None:
        raise LedgerError(f"台账里没有第 {run_id} 次巡查。请先运行 xuncha crawl。")
    return Run(*row)


def roster_of(connection: Connection, run_id: int) -> Site:
    """The roster kept with a run."""
    run_of(connection, run_id)
    body = connection.execute(
        select(contents.c.body)
        .join(runs, runs.c.roster == contents.c.digest)
        .where(runs.c.id == run_id)
    ).scalar_one()
    return SITE.load(unpack(body))


def _finished(site_key: str) -> Select[*tuple[Any, ...]]:
    return _RUN.where(runs.c.site == site_key, runs.c.state == _FINISHED)


def _first(database: Database, query: Select[*tuple[Any, ...]]) -> Run | None:
    with database.reading() as connection:
        row = connection.execute(query.limit(1)).first()
        return None if row is None else Run(*row)
