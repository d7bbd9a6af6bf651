"""Where a run found columns whose address the roster does not give."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from ledger.codec import FOUND, PATH, digest
from ledger.engine import Database, upsert
from ledger.facts import Address
from ledger.schema import matches


class MatchStore:
    """The addresses of a ledger, keyed by run and column path."""

    _database: Database

    def save_addresses(self, run_id: int, addresses: Sequence[Address]) -> None:
        """Keep addresses as soon as they are found; a later one for the same path replaces it."""
        rows = [
            {
                "run_id": run_id,
                "digest": digest(*one.path),
                "path": PATH.dump(one.path),
                "url": one.url,
                "found": FOUND.dump(one.found),
            }
            for one in addresses
        ]
        if rows:
            with self._database.writing() as connection:
                upsert(connection, matches, rows)

    def addresses(self, run_id: int) -> list[Address]:
        """The addresses the run has found so far, in the order of their paths."""
        with self._database.reading() as connection:
            rows = connection.execute(select(matches).where(matches.c.run_id == run_id)).all()
        return sorted(
            (Address(PATH.load(r.path), r.url, FOUND.load(r.found)) for r in rows),
            key=lambda one: one.path,
        )
