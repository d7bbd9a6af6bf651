"""A hash over what the ledger holds of a site, so that a paper can say what it was made from."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from ledger.codec import unpack
from ledger.engine import Database
from ledger.schema import judgements, notices, reviews, runs

_DIGITS = 16
_KEY_SIZE = 16
"""The bytes of a key of `contents`."""


class DigestStore:
    """Hashes of a ledger's content."""

    _database: Database

    def digest(self, site_key: str, as_of: date) -> str:
        """16 hex digits over the runs, judgements, reviews and notices of a site up to a day.

        Two ledgers that say the same have the same digest, whichever database keeps them; what
        depends on the machine (row numbers of reviews, times of writing) does not count.
        """
        state = hashlib.sha256()
        with self._database.reading() as connection:
            for query in _queries(site_key, as_of):
                for row in connection.execute(query):
                    state.update(json.dumps([_plain(value) for value in row]).encode() + b"\n")
        return state.hexdigest()[:_DIGITS]


def _queries(site: str, day: date) -> tuple[Select[*tuple[Any, ...]], ...]:
    return (
        select(runs.c.id, runs.c.as_of, runs.c.state, runs.c.roster)
        .where(runs.c.site == site, runs.c.as_of <= day)
        .order_by(runs.c.id),
        select(
            judgements.c.run_id,
            judgements.c.as_of,
            judgements.c.rule_set,
            judgements.c.cards,
            judgements.c.paths,
            judgements.c.verdicts,
            judgements.c.clears,
            judgements.c.texts,
        )
        .where(judgements.c.site == site, judgements.c.as_of <= day)
        .order_by(judgements.c.as_of, judgements.c.run_id),
        select(
            reviews.c.fingerprint,
            reviews.c.word,
            reviews.c.day,
            reviews.c.by,
            reviews.c.note,
            reviews.c.spans,
            reviews.c.until,
            reviews.c.unit,
            reviews.c.in_report,
            reviews.c.veto,
        )
        .where(reviews.c.site == site, reviews.c.day <= day)
        .order_by(reviews.c.at, reviews.c.id),
        select(notices.c.digest, notices.c.day, notices.c.vendor)
        .where(notices.c.site == site, notices.c.day <= day)
        .order_by(notices.c.day, notices.c.id),
    )


def _plain(value: object) -> object:
    """A cell as JSON can hold it; a compressed body by the hash of what it holds."""
    if isinstance(value, bytes | memoryview):
        held = bytes(value)
        whole = held if len(held) == _KEY_SIZE else unpack(held).encode()
        return hashlib.sha256(whole).hexdigest()
    return value.isoformat() if isinstance(value, date) else value
