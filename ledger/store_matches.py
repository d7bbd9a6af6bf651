"""What a run learned of a portal before reading its columns; a resumed run goes on from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from ledger.codec import FOUND, PATH, digest
from ledger.engine import Database, upsert
from ledger.facts import Address
from ledger.schema import furniture, matches


class MatchStore:
    """Addresses found for columns, and what every page repeats; keyed by run."""

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

    def save_furniture(self, run_id: int, marks: Iterable[str]) -> None:
        """Keep the addresses and the headings of boxes the portal repeats on page after page."""
        rows = [
            {"run_id": run_id, "digest": digest(mark), "mark": mark} for mark in sorted(set(marks))
        ]
        if rows:
            with self._database.writing() as connection:
                upsert(connection, furniture, rows)

    def furniture(self, run_id: int) -> frozenset[str]:
        """What `save_furniture` kept."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(furniture.c.mark).where(furniture.c.run_id == run_id)
            ).scalars()
            return frozenset(found)
