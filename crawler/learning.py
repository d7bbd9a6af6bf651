"""How a column's list was come by: learned one night, used directly on the nights that follow.

A request that a page's scripts would make, or that a browser was seen to make, is asked directly
only as long as it goes on to bring the column's own list. Whatever is learned is learned again in
a new month, and before a list that brought nothing new would come to count as late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum, auto
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.adapters import choose_for_data, named
from crawler.adapters.base import DataAdapter, ListReading
from crawler.call import FORM, Call
from crawler.reading.address import canonical, nameless
from crawler.reading.answers import read_answer
from crawler.reading.document import Document
from crawler.rendering.calls import MAX_POST, MAX_TEXT, DataCall
from ledger import clock
from ledger.facts import ColumnReading, Item, Visit
from ledger.known import Access, Before
from ledger.site import ColumnPath
from ledger.words import ColumnKind, How, Outcome, Way

ALIKE = 0.8
"""The share of items that two readings of one list must have in common, seen from either."""
_JOINT = 3
"""So many items of the earlier list, or all there are, show that a list is still the same one."""
_BY_ARTICLE = (How.ARTICLE, How.META)
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)
_TIME = re.compile(r"(?<!\d)1\d{9}(?:\d{3})?(?!\d)")
_BUSTERS = frozenset(
    ("_", "_t", "t", "ts", "timestamp", "r", "rand", "random", "rnd", "nocache", "cache", "v")
)
_NEAR = 2 * 86_400
_PASSING = frozenset(
    {Outcome.TIMEOUT, Outcome.DNS, Outcome.REFUSED, Outcome.CERTIFICATE, Outcome.BUDGET}
)
DIRECT = "列表由此前学到的数据请求直接取得，未再打开浏览器"


class Trial(Enum):
    """What came of using a lesson tonight."""

    NONE = auto()
    SERVED = auto()
    REFUTED = auto()
    UNANSWERED = auto()


@dataclass
class Lesson:
    """What earlier nights know of a column whose page does not show its list.

    `reading` and `items` are the list as it was read last. `due` says that all is to be learned
    afresh tonight. `before` is set where the list may stand if the answer is the same again.
    """

    access: Access
    reading: ColumnReading
    items: tuple[Item, ...]
    due: bool
    before: Before | None = None
    trial: Trial = Trial.NONE
    asked: list[Visit] = field(default_factory=list)

    @property
    def call(self) -> Call | None:
        """The request to be asked directly, where one is known."""
        return Call.load(self.access.call) if self.access.call else None

    @property
    def adapter(self) -> DataAdapter:
        """Who reads the answer."""
        found = named(self.access.adapter)
        if not isinstance(found, DataAdapter):
            found = named("generic")
        assert isinstance(found, DataAdapter)
        return found

    @property
    def usable(self) -> bool:
        """Whether to ask directly before anything else."""
        return bool(self.access.call) and not self.due and self.trial is Trial.NONE

    @property
    def rendered(self) -> bool:
        """Whether only a browser shows the list, and that was seen this month."""
        return self.access.way is Way.RENDER and not self.due

    def fits(self, reading: ListReading) -> bool:
        """Whether a new answer goes on with the earlier list: as dated, and joined to it."""
        if not reading.items or not self.items:
            return reading.kind is self.reading.kind is ColumnKind.EMPTY
        if _dated(reading.items) < ALIKE * _dated(self.items):
            return False
        pairs = _pairs(reading.items, self.items)
        wanted = min(_JOINT, len(reading.items), len(self.items))
        return len(pairs) >= wanted and _agree(pairs)

    def failed(self, outcome: Outcome) -> None:
        """Note that the direct request brought no list; a server that is down refutes nothing."""
        proven = self.access.way is Way.CALL
        passing = outcome in _PASSING or (outcome is Outcome.SERVER_ERROR and proven)
        self.trial = Trial.UNANSWERED if passing else Trial.REFUTED


def is_due(access: Access, items: Sequence[Item], limit: int | None, as_of: date) -> bool:
    """Whether a column's access is to be learned afresh.

    In every new month; and once after the list came to be late (`limit` days without anything
    new), since a request that goes on giving an old list must not make it so.
    """
    if access.learned.replace(day=1) != as_of.replace(day=1):
        return True
    days = [item.day for item in items if item.day is not None and item.day <= as_of]
    if limit is None or not days:
        return False
    late = max(days) + timedelta(days=limit)
    return access.learned <= late < as_of


def learned(
    path: ColumnPath,
    url: str,
    way: Way,
    brought: tuple[Call, str] | None,
    lesson: Lesson | None,
    today: date,
    seen: Callable[[], tuple[Call, str] | None],
) -> Access | None:
    """What is to be kept of how a list was come by tonight; None where nothing new is known.

    `brought` is the request that brought it and who read the answer; `seen` looks for one among
    those the browser made.
    """
    access = lesson.access if lesson else None
    fresh = Access(path, url, way, today)
    if lesson is not None and lesson.trial is Trial.SERVED:
        return replace(lesson.access, way=Way.CALL) if lesson.rendered else None
    if way is not Way.RENDER:
        if brought is not None:
            fresh = replace(fresh, call=brought[0].dump(), adapter=brought[1])
        same = access is not None and replace(access, learned=today) == fresh
        return None if same and lesson is not None and not lesson.due else fresh
    if lesson is not None and not lesson.due:
        if lesson.trial is Trial.UNANSWERED:
            return None
        if lesson.rendered:
            # A request that did not serve once will not serve again; the browser does.
            return fresh if lesson.trial is Trial.REFUTED else None
    found = seen()
    return replace(fresh, call=found[0].dump(), adapter=found[1]) if found else fresh


def seen_to_bring(
    calls: Sequence[DataCall], shown: Sequence[Item], doc: Document, today: date
) -> tuple[Call, str] | None:
    """The request whose answer holds the items a browser showed, and who reads it."""
    for made in calls:
        call = _asked_again(made, today)
        if call is None:
            continue
        for adapter, reading in _readings(made.text, call, doc, today):
            if same_items(shown, reading.items):
                return call, adapter
    return None


def same_items(shown: Sequence[Item], told: Sequence[Item]) -> bool:
    """Whether two readings are of one list: the same items, and the same days where both tell."""
    pairs = _pairs(shown, told)
    enough = ALIKE * max(len(shown), len(told), 1)
    missing = sum(a.day is not None and b.day is None for a, b in pairs)
    return (
        len(pairs) >= enough
        and missing <= (1 - ALIKE) * len(pairs)
        and all(a.day == b.day for a, b in pairs if a.day and b.day)
    )


def _readings(text: str, call: Call, doc: Document, today: date) -> list[tuple[str, ListReading]]:
    """An answer as the page's family reads it, and as anybody would."""
    family = choose_for_data(doc)
    found = [("generic", read_answer(text, doc, today))]
    if family.name != "generic" and _is_of(family, call, doc):
        found.insert(0, (family.name, family.read_data(text, call, doc, today)))
    return [(name, reading) for name, reading in found if reading.kind in _LISTED]


def _is_of(family: DataAdapter, call: Call, doc: Document) -> bool:
    """Whether a request is one of the kind that the family makes from this page."""
    return any(
        own.method == call.method and urlsplit(own.url).path == urlsplit(call.url).path
        for own in family.calls(doc, ())
    )


def _asked_again(made: DataCall, today: date) -> Call | None:
    """The request as it may be asked on another night; None where it is of one day only."""
    if made.method not in ("GET", "POST") or len(made.text) >= MAX_TEXT:
        return None
    body = made.body if made.method == "POST" else ""
    if len(body) >= MAX_POST or _names_today(made.url, body, today):
        return None
    return Call(made.url, made.method, body, made.sent or FORM)


def _names_today(url: str, body: str, today: date) -> bool:
    """Whether a request says up to which day it asks, outside of what only defeats caches."""
    parts = urlsplit(url)
    try:
        query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return True
    said = [value for name, value in query if name.lower() not in _BUSTERS]
    text = " ".join([unquote(parts.path), *said, unquote(body)])
    now = clock.now()
    for day in {today, now.date()}:
        for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
            forms = (f"{near:%Y-%m-%d}", f"{near:%Y%m%d}", f"{near:%Y/%m/%d}", f"{near:%Y.%m.%d}")
            if any(form in text for form in forms):
                return True
    moments = (int(hit.group()[:10]) for hit in _TIME.finditer(text))
    return any(abs(moment - now.timestamp()) < _NEAR for moment in moments)


def _pairs(some: Sequence[Item], others: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Items of either side that are the same: by address, by title where one has none."""
    by_name = {_name(item): item for item in others}
    found = {_name(item): item for item in some}
    return [(item, by_name[name]) for name, item in found.items() if name in by_name]


def _name(item: Item) -> str:
    return item.title if nameless(item) else canonical(item.url)


def _agree(pairs: Sequence[tuple[Item, Item]]) -> bool:
    """Whether the days of the same items are the same, but for an odd one out."""
    both = [a.day == b.day for a, b in pairs if a.day and b.day]
    return sum(both) >= ALIKE * len(both)


def _dated(items: Sequence[Item]) -> float:
    """The share of items whose list itself tells a day."""
    told = sum(item.day is not None and item.how not in _BY_ARTICLE for item in items)
    return told / len(items)
