"""Facts (事实): what one run saw. Frozen, without judgement; the contract between rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger.site import Column, ColumnPath, Site
from ledger.texts import NO_PARTS, PageParts
from ledger.words import ColumnKind, How, Outcome, PageState

HISTORY_DAYS = 92
"""How far before a run its facts tell of items that appeared and of days and texts that changed."""


@dataclass(frozen=True, slots=True)
class DayReading:
    """A publication day and the text it was read from. `time` is `HH:MM` or None."""

    day: date
    how: How
    text: str
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a column's list (信息).

    `day` is None where nothing readable stood there; `fault` then carries the offending text of
    an impossible date (2月30日, 0001-01-01). `others` holds readings that disagree with the one
    that won. `page` is the number of the list page, from 1; `position` counts over the whole list.
    """

    url: str
    title: str
    day: date | None
    how: How | None = None
    text: str = ""
    time: str | None = None
    fault: str = ""
    pinned: bool = False
    page: int = 1
    position: int = 0
    others: tuple[DayReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """One address asked and how that ended. `chain` lists the addresses redirected through."""

    url: str
    outcome: Outcome
    at: datetime
    status: int | None = None
    final_url: str = ""
    chain: tuple[str, ...] = ()
    size: int = 0
    elapsed: float = 0.0
    attempts: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How a column's address was come by.

    `how` is one of roster, home, menu, breadcrumb, channel, none; `certainty` runs from 0 to 1;
    `text` is the menu text that matched and `source` the page it stood on.
    """

    how: str
    certainty: float = 1.0
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A column's address as a run found it, certainty and all."""

    path: ColumnPath
    url: str
    found: Found


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one run saw of one column.

    `outcome` is how opening the column's address ended (for a jump column: how its target ended).
    `complete` says the whole list was read; `cut` that a cap or the budget stopped the reading;
    `covers_from` is the earliest day from which on every item of the list was seen (None: unknown).
    `carried` says that all of the list, or all but its first page, is as an earlier run read it.
    `published` is the day of a single page. `excerpt` is the text that made the page empty, under
    construction or gone. `chain` lists the addresses a jump led through.
    """

    path: ColumnPath
    url: str | None
    outcome: Outcome
    kind: ColumnKind
    found: Found
    at: datetime
    status: int | None = None
    final_url: str = ""
    title: str = ""
    adapter: str = ""
    pages_read: int = 0
    complete: bool = False
    cut: bool = False
    covers_from: date | None = None
    published: DayReading | None = None
    excerpt: str = ""
    detail: str = ""
    chain: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article offers (附件); `name` is what the page calls it."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched document: its address, title, day of publication and main text.

    `tags` are its page tags (网页标签) as name and value, the names in their official spelling.
    `parts` is what else there is to read.
    """

    url: str
    title: str
    published: DayReading | None = None
    others: tuple[DayReading, ...] = ()
    source: str = ""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    parts: PageParts = NO_PARTS


@dataclass(frozen=True, slots=True)
class Front:
    """What there is to read of a page that leads to documents (a list, the home page) beside its
    entries."""

    url: str
    title: str
    parts: PageParts


@dataclass(frozen=True, slots=True)
class FileText:
    """The words of a file for download; `reason` says in Chinese what of it could not be read.

    `kind` is what its bytes say it is: pdf, docx, xls … `recognised` are words that were
    recognised from its pictures.
    """

    url: str
    kind: str
    text: str = ""
    reason: str = ""
    recognised: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One inspection of one site (巡查). `state` is running, finished or failed."""

    id: int
    site: str
    as_of: date
    state: str
    started: datetime
    finished: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """All a run knows of one column; `reading` is None where the run never came to it."""

    column: Column
    reading: ColumnReading | None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySeen:
    """From which as-of day on a day was shown; `reading` is None where none could be read."""

    seen: date
    reading: DayReading | None


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """How an item of a column's list came to be there, as far as earlier runs can tell.

    `first_seen` is the as-of day of the first run that saw its address in the column. `missed` is
    the as-of day of the latest run before that which read this list back beyond the day the item
    now shows and did not hold it; None where no run can say so. `days` are the days it has shown,
    oldest first, one entry a change.
    """

    url: str
    title: str
    reading: DayReading | None
    first_seen: date
    missed: date | None
    days: tuple[DaySeen, ...]


@dataclass(frozen=True, slots=True)
class ColumnHistory:
    """What earlier runs add to the reading of one list.

    `compared` is the as-of day of the last run before that read the same list. `items` are those
    with something to tell: new since that list was first read, or shown under several days.
    """

    path: ColumnPath
    compared: date
    items: tuple[ItemHistory, ...] = ()


@dataclass(frozen=True, slots=True)
class TextChange:
    """How a page's text differs from what was read before; `share` runs from 0 to 1.

    `before` and `after` are the places around the first difference; one of them may be empty.
    """

    before: str
    after: str
    share: float


@dataclass(frozen=True, slots=True)
class PageCheck:
    """What became of a page that an earlier run had read and this one asked for again.

    `paths` are the columns whose list holds it now. `seen` is the as-of day of the last run that
    read the page before; where the text has changed, of the last that read the old text. `found`
    is the as-of day of the run that first met the present state. `days` are the publication days
    the page has shown, oldest first, one entry a change.
    """

    url: str
    title: str
    state: PageState
    seen: date
    found: date
    paths: tuple[ColumnPath, ...] = ()
    published: DayReading | None = None
    days: tuple[DaySeen, ...] = ()
    change: TextChange | None = None
    outcome: Outcome = Outcome.OK
    status: int | None = None


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """All a run knows of a site, in the order of the column sheet.

    `histories` and `checks` compare the run with those before it, never with later ones. A column
    whose list was not read now, or never before, has no history.
    """

    site: Site
    run: Run
    columns: tuple[ColumnFacts, ...]
    home: ColumnReading | None = None
    home_items: tuple[Item, ...] = ()
    visits: tuple[Visit, ...] = ()
    histories: tuple[ColumnHistory, ...] = ()
    checks: tuple[PageCheck, ...] = ()
