"""How lists were come by that their pages do not show, and what was read of them last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from ledger.codec import clean, digest
from ledger.engine import Database, upsert
from ledger.fact_rows import reading_of
from ledger.facts import ColumnReading
from ledger.known import Access
from ledger.schema import accesses, columns, readings, runs
from ledger.site import ColumnPath
from ledger.store_runs import run_of
from ledger.words import ColumnKind, Outcome, Way

_READ = (ColumnKind.LIST, ColumnKind.CHANNEL, ColumnKind.EMPTY)


class AccessStore:
    """What was learned of columns; one row a column, the newest counts."""

    _database: Database

    def access(self, run_id: int, path: ColumnPath) -> Access | None:
        """How the list of a column of the run's site was come by, where that is known."""
        with self._database.reading() as connection:
            site = run_of(connection, run_id).site
            row = connection.execute(
                select(accesses)
                .join(columns, columns.c.id == accesses.c.column_id)
                .where(*_named(site, path))
            ).first()
        if row is None:
            return None
        return Access(path, row.url, Way(row.way), row.learned, row.call, row.adapter)

    def last_list(
        self, run_id: int, path: ColumnPath, url: str
    ) -> tuple[int, ColumnReading] | None:
        """The newest run before this one that read the column's list at `url`, and its reading."""
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            row = connection.execute(
                _lists(run.site, path, url).where(
                    or_(
                        runs.c.as_of < run.as_of,
                        and_(runs.c.as_of == run.as_of, runs.c.id < run.id),
                    )
                )
            ).first()
        return None if row is None else (row.run_id, reading_of(row, path))


def save_access(connection: Connection, column_id: int, access: Access) -> None:
    """Keep how the column's list was come by."""
    row = {
        "column_id": column_id,
        "url": clean(access.url),
        "way": access.way.value,
        "call": clean(access.call),
        "adapter": access.adapter,
        "learned": access.learned,
    }
    upsert(connection, accesses, [row])


def _named(site: str, path: ColumnPath) -> tuple[Any, ...]:
    key = digest(*(clean(name) for name in path))
    return columns.c.site == site, columns.c.digest == key


def _lists(site: str, path: ColumnPath, url: str) -> Select[*tuple[Any, ...]]:
    return (
        select(readings)
        .join(columns, columns.c.id == readings.c.column_id)
        .join(runs, runs.c.id == readings.c.run_id)
        .where(
            *_named(site, path),
            readings.c.url == clean(url),
            readings.c.outcome == Outcome.OK.value,
            readings.c.kind.in_([kind.value for kind in _READ]),
        )
        .order_by(runs.c.as_of.desc(), runs.c.id.desc())
        .limit(1)
    )
