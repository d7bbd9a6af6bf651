"""The papers of closed periods, as they were handed over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from ledger.codec import unpack
from ledger.editions import Edition
from ledger.engine import Database
from ledger.schema import contents, editions
from ledger.store_runs import keep_contents


class EditionStore:
    """The editions of a ledger. None is ever changed or removed."""

    _database: Database

    def save_editions(self, made: Sequence[Edition]) -> None:
        """Keep new editions, all or none."""
        with self._database.writing() as connection:
            for edition in made:
                [model] = keep_contents(connection, [edition.model])
                connection.execute(
                    insert(editions).values(
                        site=edition.site,
                        paper=edition.paper,
                        period=edition.period,
                        number=edition.number,
                        at=edition.at,
                        by=edition.by,
                        reason=edition.reason,
                        model=model,
                    )
                )

    def editions(self, site: str, paper: str, period: str) -> list[Edition]:
        """The editions of one paper on one period, the first one first."""
        query = (
            select(editions, contents.c.body)
            .join(contents, contents.c.digest == editions.c.model)
            .where(
                editions.c.site == site,
                editions.c.paper == paper,
                editions.c.period == period,
            )
            .order_by(editions.c.number)
        )
        with self._database.reading() as connection:
            return [
                Edition(
                    site=row.site,
                    paper=row.paper,
                    period=row.period,
                    number=row.number,
                    at=row.at,
                    by=row.by,
                    reason=row.reason,
                    model=unpack(row.body),
                )
                for row in connection.execute(query)
            ]
