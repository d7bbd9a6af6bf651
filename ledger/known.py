"""What a ledger remembers of addresses asked before, so that a night asks only what may be new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.facts import ColumnReading, DayReading
from ledger.site import ColumnPath
from ledger.words import Outcome, Role, Way


@dataclass(frozen=True, slots=True)
class Known:
    """How an address answered when it was last asked, on the as-of day `asked` by run `run_id`.

    `body` is a digest of the bytes that came, empty where none did. `reader` names the version of
    the readers that took them in. `misses` counts the runs since the address last gave its page.
    """

    url: str
    role: Role
    asked: date
    run_id: int
    etag: str = ""
    modified: str = ""
    body: bytes = b""
    outcome: Outcome = Outcome.OK
    misses: int = 0
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a document, read before, tells of the item that leads to it."""

    title: str = ""
    published: DayReading | None = None
    others: tuple[DayReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """How a column's address answered last, and what the same run read of the column."""

    known: Known
    reading: ColumnReading


@dataclass(frozen=True, slots=True)
class Access:
    """How a column's list was come by on the as-of day `learned`.

    INLINE: it stands in the scripts of the page at `url`. CALL: `call`, a request the page would
    make, is asked directly and `adapter` reads its answer. RENDER: a browser shows it; `call` is
    then a request seen to bring the same items, to be tried, and empty where none was.
    """

    path: ColumnPath
    url: str
    way: Way
    learned: date
    call: str = ""
    adapter: str = ""
