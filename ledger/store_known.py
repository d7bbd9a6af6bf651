"""Addresses asked before: how they answered, which are new, which are due for another look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, literal, or_, select
from sqlalchemy.engine import Row

from ledger.codec import ATTACHMENTS, CLAIM, TALLY, clean, digest, unpack
from ledger.engine import Database, batched, upsert
from ledger.fact_rows import reading_of, told_of
from ledger.facts import Run
from ledger.known import Before, Known, Told
from ledger.schema import (
    claims,
    columns,
    contents,
    items,
    judgements,
    known,
    pages,
    readings,
    runs,
    sightings,
)
from ledger.site import ColumnPath
from ledger.store_runs import run_of
from ledger.words import Outcome, Role

_SURE = 2
"""A page missed so often in a row is lost: from then on it is asked for in its turn only."""
_Row = Row[*tuple[Any, ...]]


class KnownStore:
    """What the next run may leave unasked. Keyed by site and address: the newest answer counts."""

    _database: Database

    def before(self, run_id: int, path: ColumnPath, url: str) -> Before | None:
        """How `url` answered last and what that run read of the column, or None.

        An answer whose run never came to keep the column is no ground for leaving it unread.
        """
        with self._database.reading() as connection:
            site = run_of(connection, run_id).site
            last = connection.execute(
                select(known).where(
                    known.c.site == site,
                    known.c.address == digest(clean(url)),
                    known.c.run_id != run_id,
                )
            ).first()
            if last is None:
                return None
            row = connection.execute(
                select(readings)
                .join(columns, columns.c.id == readings.c.column_id)
                .where(
                    readings.c.run_id == last.run_id,
                    columns.c.site == site,
                    columns.c.digest == digest(*(clean(name) for name in path)),
                )
            ).first()
        return None if row is None else Before(known_of(last), reading_of(row, path))

    def told(self, run_id: int, urls: Sequence[str], reader: str) -> dict[str, Told]:
        """What documents tell that were read before, by those of the addresses that were.

        Those read by other readers than `reader` are left out, as are those of a later day. The
        page of a column, or one that has no document to give, tells nothing: an answer too.
        """
        keys = {digest(clean(url)): url for url in urls}
        found: dict[str, Told] = {}
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            for batch in batched(list(keys)):
                rows = connection.execute(
                    select(known.c.address, known.c.role).where(
                        known.c.site == run.site,
                        known.c.asked <= run.as_of,
                        (known.c.reader == reader) | (known.c.outcome != Outcome.OK.value),
                        known.c.address.in_(batch),
                    )
                ).all()
                found |= {keys[bytes(row.address)]: Told() for row in rows}
                documents = [row.address for row in rows if row.role == Role.PAGE.value]
                seen = connection.execute(
                    select(pages.c.address, pages.c.title, pages.c.published, pages.c.others)
                    .join(runs, runs.c.id == pages.c.run_id)
                    .where(
                        runs.c.site == run.site,
                        runs.c.as_of <= run.as_of,
                        pages.c.address.in_(documents),
                    )
                    .order_by(runs.c.as_of, runs.c.id)
                )
                found |= {keys[bytes(row.address)]: told_of(row) for row in seen}
        return found

    def unread(self, run_id: int) -> list[str]:
        """The addresses on the run's lists that no run has had an answer from, newest first."""
        with self._database.reading() as connection:
            site = run_of(connection, run_id).site
            day = func.max(items.c.day)
            rows = connection.execute(
                select(items.c.url, day.label("day"))
                .join(sightings, sightings.c.item_id == items.c.id)
                .outerjoin(known, (known.c.site == site) & (known.c.address == items.c.address))
                .where(sightings.c.run_id == run_id, known.c.address.is_(None), items.c.url != "")
                .group_by(items.c.url)
            ).all()
        # Sorted here: databases disagree on where no day comes.
        dated = sorted(rows, key=lambda row: (row.day or date.min, row.url), reverse=True)
        return [row.url for row in dated]

    def due_pages(self, run_id: int, nights: int, role: Role = Role.PAGE) -> list[Known]:
        """The pages to look at again tonight so that `nights` nights see each of them once.

        Pages missed once come first: a second look tells a lost page from a bad night. Then the
        longest unseen: a share of all, and whatever a missed night left behind. `role` may be
        files instead.
        """
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            kept = (
                known.c.site == run.site,
                known.c.role == role.value,
            )
            doubtful = known.c.misses.between(1, _SURE - 1)
            count = connection.execute(
                select(func.count()).select_from(known).where(*kept)
            ).scalar_one()
            waiting = (*kept, known.c.asked < run.as_of, known.c.run_id != run_id)
            late = connection.execute(
                select(func.count())
                .select_from(known)
                .where(
                    *waiting,
                    or_(
                        known.c.asked <= run.as_of - timedelta(days=nights),
                        doubtful,
                    ),
                )
            ).scalar_one()
            rows = connection.execute(
                select(known)
                .where(*waiting)
                .order_by(doubtful.desc(), known.c.asked, known.c.address)
                .limit(max(late, -(-count // nights)))
            ).all()
        return [known_of(row) for row in rows]

    def blamed(self, run_id: int, role: Role, most: int) -> list[Known]:
        """The documents (or their files) that findings of the last judgement rest on.

        Asked for tonight they show what was put right. Those that could not be had the last time
        come in their turn, and of the others no more than `most`, the longest unseen first.
        """
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            urls = _blamed_urls(connection, run)
            if role is Role.FILE:
                urls |= _offered(connection, run, urls)
            found: list[Known] = []
            for batch in batched(sorted(digest(clean(url)) for url in urls)):
                rows = connection.execute(
                    select(known).where(
                        known.c.site == run.site,
                        known.c.role == role.value,
                        known.c.outcome == Outcome.OK.value,
                        known.c.asked < run.as_of,
                        known.c.run_id != run_id,
                        known.c.address.in_(batch),
                    )
                )
                found += map(known_of, rows)
        return sorted(found, key=lambda one: (one.asked, one.url))[:most]


def _blamed_urls(connection: Connection, run: Run) -> set[str]:
    """The places of what the last judgement before the run claimed, and all pages with faults."""
    last = connection.execute(
        select(judgements.c.run_id, judgements.c.as_of, contents.c.body)
        .outerjoin(contents, contents.c.digest == judgements.c.texts)
        .where(
            judgements.c.site == run.site,
            judgements.c.as_of <= run.as_of,
            judgements.c.run_id != run.id,
        )
        .order_by(judgements.c.as_of.desc(), judgements.c.run_id.desc())
    ).first()
    if last is None:
        return set()
    payloads = connection.execute(
        select(claims.c.payload).where(claims.c.run_id == last.run_id, claims.c.as_of == last.as_of)
    )
    # A claim names no more than its first places; a template's fault stands on thousands.
    faulty = TALLY.load(unpack(last.body)).faulty if last.body is not None else ()
    return {place.url for text in payloads.scalars() for place in CLAIM.load(text).places}.union(
        faulty
    )


def _offered(connection: Connection, run: Run, urls: set[str]) -> set[str]:
    """The files that these documents have offered."""
    found: set[str] = set()
    for batch in batched(sorted(digest(clean(url)) for url in urls)):
        rows = connection.execute(
            select(pages.c.attachments)
            .join(runs, runs.c.id == pages.c.run_id)
            .where(runs.c.site == run.site, pages.c.attachments != "", pages.c.address.in_(batch))
            .distinct()
        )
        found |= {one.url for text in rows.scalars() for one in ATTACHMENTS.load(text)}
    return found


def save_known(connection: Connection, site: str, answers: Sequence[Known]) -> None:
    """Keep how addresses answered; of one address the last in `answers` counts."""
    rows = {one.url: _known_row(site, one) for one in answers}
    upsert(connection, known, list(rows.values()))


def carry_list(connection: Connection, column_id: int, source: int, run_id: int) -> None:
    """Let the run see the list the run `source` saw."""
    connection.execute(
        insert(sightings).from_select(
            list(sightings.c.keys()),
            select(
                literal(run_id),
                *(column for column in sightings.c if column.name != "run_id"),
            ).where(sightings.c.run_id == source, sightings.c.column_id == column_id),
        )
    )


def carry_page(connection: Connection, url: str, source: int, run_id: int) -> None:
    """Let the run have read the page as the run `source` read it; what it read itself stays."""
    address = digest(clean(url))
    own = select(1).where(pages.c.run_id == run_id, pages.c.address == address)
    if connection.execute(own).first() is not None:
        return
    connection.execute(
        insert(pages).from_select(
            list(pages.c.keys()),
            select(
                literal(run_id), *(column for column in pages.c if column.name != "run_id")
            ).where(pages.c.run_id == source, pages.c.address == address),
        )
    )


def _known_row(site: str, one: Known) -> dict[str, Any]:
    return {
        "site": site,
        "address": digest(clean(one.url)),
        "url": one.url,
        "role": one.role.value,
        "etag": one.etag,
        "modified": one.modified,
        "body": one.body,
        "asked": one.asked,
        "run_id": one.run_id,
        "outcome": one.outcome.value,
        "misses": one.misses,
        "reader": one.reader,
    }


def known_of(row: _Row) -> Known:
    """How an address answered, from its row."""
    return Known(
        url=row.url,
        role=Role(row.role),
        asked=row.asked,
        run_id=row.run_id,
        etag=row.etag,
        modified=row.modified,
        body=bytes(row.body),
        outcome=Outcome(row.outcome),
        misses=row.misses,
        reader=row.reader,
    )
