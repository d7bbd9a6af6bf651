"""What people have said of findings, kept for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import Row

from ledger.codec import SPANS
from ledger.engine import Database
from ledger.reviews import Review, Standing, standing
from ledger.schema import reviews
from ledger.words import ReviewWord

_IN_ORDER = (reviews.c.at, reviews.c.id)


class ReviewStore:
    """The reviews of a ledger."""

    _database: Database

    def save_review(self, review: Review) -> None:
        """Add a word to what was said before of the finding."""
        self.save_reviews([review])

    def save_reviews(self, said: Iterable[Review]) -> None:
        """Add words to what was said before, in their order: all of them, or none."""
        rows = [
            {
                "site": review.site,
                "fingerprint": review.fingerprint,
                "word": review.word.value,
                "at": review.at,
                "day": review.day,
                "by": review.by,
                "note": review.note,
                "spans": SPANS.dump(review.spans),
                "until": review.until,
                "unit": review.unit,
                "in_report": review.in_report,
                "veto": review.veto,
            }
            for review in said
        ]
        if rows:
            with self._database.writing() as connection:
                # One by one: the numbers of the rows keep the order, whatever the database.
                for row in rows:
                    connection.execute(insert(reviews), row)

    def reviews(self, site: str, as_of: date) -> list[Review]:
        """All that was said for a site up to a day, oldest first."""
        query = select(reviews).where(reviews.c.site == site, reviews.c.day <= as_of)
        with self._database.reading() as connection:
            return [_review(row) for row in connection.execute(query.order_by(*_IN_ORDER))]


def standings(connection: Connection, site: str, day: date) -> dict[str, Standing]:
    """What holds on a day of all that was said of each finding of a site."""
    rows = connection.execute(
        select(reviews).where(reviews.c.site == site, reviews.c.day <= day).order_by(*_IN_ORDER)
    )
    said: dict[str, list[Review]] = {}
    for row in rows:
        said.setdefault(row.fingerprint, []).append(_review(row))
    return {mark: standing(words, day) for mark, words in said.items()}


def _review(row: Row[*tuple[Any, ...]]) -> Review:
    return Review(
        site=row.site,
        fingerprint=row.fingerprint,
        word=ReviewWord(row.word),
        at=row.at,
        day=row.day,
        by=row.by,
        note=row.note,
        spans=SPANS.load(row.spans),
        until=row.until,
        unit=row.unit,
        in_report=row.in_report,
        veto=row.veto,
    )
