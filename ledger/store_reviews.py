"""What people have said of findings, kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import Row

from ledger.codec import SPANS
from ledger.engine import Database
from ledger.reviews import Review
from ledger.schema import reviews
from ledger.words import ReviewWord

_IN_ORDER = (reviews.c.at, reviews.c.id)


class ReviewStore:
    """The reviews of a ledger."""

    _database: Database

    def save_review(self, review: Review) -> None:
        """Add a word to what was said before of the finding."""
        with self._database.writing() as connection:
            connection.execute(
                insert(reviews).values(
                    site=review.site,
                    fingerprint=review.fingerprint,
                    word=review.word.value,
                    at=review.at,
                    day=review.day,
                    by=review.by,
                    note=review.note,
                    spans=SPANS.dump(review.spans),
                )
            )

    def reviews(self, site: str, as_of: date) -> list[Review]:
        """All that was said for a site up to a day, oldest first."""
        query = select(reviews).where(reviews.c.site == site, reviews.c.day <= as_of)
        with self._database.reading() as connection:
            return [_review(row) for row in connection.execute(query.order_by(*_IN_ORDER))]


@dataclass(frozen=True, slots=True)
class LastWord:
    """The latest word on a finding, from which day on, and whether it speaks of places in text."""

    word: ReviewWord
    day: date
    of_text: bool

    def holds(self, last_fired: date) -> bool:
        """Whether it still speaks of a finding that last fired on that day.

        Where people find a wording right, these very places are silent from then on: what fires
        later stands elsewhere, and nobody has looked at it yet.
        """
        return not self.of_text or self.word is ReviewWord.CONFIRMED or last_fired <= self.day


def last_words(connection: Connection, site: str, day: date) -> dict[str, LastWord]:
    """The latest word up to a day on each finding of a site."""
    rows = connection.execute(
        select(reviews.c.fingerprint, reviews.c.word, reviews.c.day, reviews.c.spans)
        .where(reviews.c.site == site, reviews.c.day <= day)
        .order_by(*_IN_ORDER)
    )
    return {
        mark: LastWord(ReviewWord(word), said, bool(SPANS.load(spans)))
        for mark, word, said, spans in rows
    }


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
    )
