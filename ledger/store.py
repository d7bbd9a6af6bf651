"""The ledger: the one door to everything Xuncha remembers."""

from __future__ import annotations

from types import TracebackType

from ledger.engine import Database, open_database
from ledger.errors import LeaseHeld, LedgerError
from ledger.lease import Lease, LeaseStore
from ledger.store_accesses import AccessStore
from ledger.store_digest import DigestStore
from ledger.store_editions import EditionStore
from ledger.store_facts import FactStore
from ledger.store_findings import FindingStore
from ledger.store_judgements import JudgementStore
from ledger.store_known import KnownStore
from ledger.store_matches import MatchStore
from ledger.store_notices import NoticeStore
from ledger.store_reviews import ReviewStore
from ledger.store_runs import RunStore
from ledger.store_tellings import TellingStore
from ledger.store_texts import TextStore
from ledger.store_updates import UpdateStore

__all__ = ["Lease", "LeaseHeld", "Ledger", "LedgerError"]


class Ledger(
    RunStore,
    LeaseStore,
    FactStore,
    KnownStore,
    AccessStore,
    MatchStore,
    JudgementStore,
    FindingStore,
    TextStore,
    ReviewStore,
    NoticeStore,
    DigestStore,
    EditionStore,
    UpdateStore,
    TellingStore,
):
    """An open ledger. Whatever goes wrong with it is a `LedgerError` with the remedy in Chinese.

    It may be used from several threads; a child process opens its own.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str) -> Ledger:
        """The ledger at `url`, `sqlite:///file.db` or `postgresql+psycopg://…`.

        Created where there is none, migrated where it is of an older version, refused where it is
        of a newer one.
        """
        return cls(open_database(url))

    @property
    def label(self) -> str:
        """The file or address, without a password, for messages."""
        return self._database.label

    def close(self) -> None:
        """Let go of the database."""
        self._database.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
