"""What was told to whom, so that a channel gets one message a day and only what is new to it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import insert, select

from ledger.codec import digest
from ledger.engine import Database
from ledger.schema import tellings


class TellingStore:
    """The messages a ledger remembers. A channel is kept as a hash: its address is a secret."""

    _database: Database

    def save_telling(
        self, channel: str, day: date, at: datetime, words: str, *, sent: bool, detail: str = ""
    ) -> None:
        """Remember a message as of `day`, sent or not; of its words only their hash is kept."""
        with self._database.writing() as connection:
            connection.execute(
                insert(tellings).values(
                    channel=channel_mark(channel),
                    day=day,
                    at=at,
                    digest=digest(words),
                    sent=sent,
                    detail=detail,
                )
            )

    def last_told(self, channel: str) -> tuple[date, datetime] | None:
        """As of which day the channel was last told something, and when."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(tellings.c.day, tellings.c.at)
                .where(tellings.c.channel == channel_mark(channel), tellings.c.sent)
                .order_by(tellings.c.day.desc(), tellings.c.at.desc())
                .limit(1)
            ).first()
        return None if row is None else (row.day, row.at)


def channel_mark(channel: str) -> str:
    """What stands for a channel's address where the address must not be read."""
    return digest(channel).hex()
