"""When columns published what: all lists the runs have seen, laid over each other."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from ledger.codec import PATH
from ledger.engine import Database
from ledger.past import past_of
from ledger.schema import columns, items, runs, sightings
from ledger.site import HOME_PATH, ColumnPath
from ledger.store_runs import run_of


class UpdateStore:
    """The publication days of a ledger."""

    _database: Database

    def item_days(self, run_id: int, since: date) -> dict[ColumnPath, dict[date, int]]:
        """How many items each column published on each day from `since` to the run's own.

        Told from all lists seen up to the run: an item counts once a column, under the day it was
        last seen with. The home page only repeats what columns hold and is left out.
        """
        with self._database.reading() as connection:
            past = past_of(connection, run_of(connection, run_id))
            last_seen = (
                select(sightings.c.run_id)
                .join(runs, runs.c.id == sightings.c.run_id)
                .where(sightings.c.item_id == items.c.id, past.counts())
                # With numbers in the order of days the index alone finds the last sighting.
                .order_by(
                    *(
                        [sightings.c.run_id.desc()]
                        if past.in_order
                        else [runs.c.as_of.desc(), runs.c.id.desc()]
                    )
                )
                .limit(1)
                .correlate(items)
                .scalar_subquery()
            )
            rows = connection.execute(
                select(
                    columns.c.path,
                    items.c.address,
                    items.c.url,
                    items.c.day,
                    last_seen.label("run"),
                )
                .join(columns, columns.c.id == items.c.column_id)
                .where(columns.c.site == past.run.site)
                .order_by(items.c.id)
            ).all()
        place = {number: order for order, number in enumerate(past.days)}
        best: dict[tuple[str, object], tuple[int, date | None]] = {}
        for number, (path, address, url, day, run) in enumerate(rows):
            # Entries without an address are told apart by nothing: each counts.
            key = (path, bytes(address) if url else number)
            if run is not None and place[run] >= best.get(key, (-1, None))[0]:
                best[key] = (place[run], day)
        paths = {text: PATH.load(text) for text in {path for path, _ in best}}
        found: dict[ColumnPath, dict[date, int]] = {}
        for (path, _), (_, day) in best.items():
            if day is not None and since <= day <= past.run.as_of and paths[path] != HOME_PATH:
                held = found.setdefault(paths[path], {})
                held[day] = held.get(day, 0) + 1
        return found
