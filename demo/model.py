"""What stands on the portal: every column with its items, made from a seed and an anchor day.

The anchor day fixes the content; the as-of day only moves the clock on. So a portal asked again the
next night carries the same items, unless it is given changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import md5
from random import Random

from demo import faults, prose
from demo.parts import Part, Standing
from ledger.site import ColumnPath

_PINNED_FROM = 12
_SKEWED = 0.16
# A list that shows no years holds less than one, or nobody could tell them apart.
_YEARLESS_DAYS = 330


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened since the anchor day.

    With `day` the column gets a new item (a single page: a new day), put into its list where that
    day belongs; with `state` its page changes. With `at`, the address of an item, that item
    changes: `day` becomes its day, `text` is added to its page, or its page is `gone` while the
    list goes on showing it.
    """

    path: ColumnPath
    day: date | None = None
    title: str = ""
    state: Standing | None = None
    at: str = ""
    text: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a column. `day` is None where `shown` is no day of any calendar.

    `written` is the 成文日期 and `until` the closing day of a call for opinions. `added` stands
    below the text it was published with; an item that is `gone` has no page any more. `told_on` is
    the day its text was written for, where that is not `day`. `planted` is what its page holds of
    the planted faults, mended or not.
    """

    title: str
    at: str
    day: date | None
    shown: str
    time: str
    token: int
    source: str
    written: date
    until: date
    pinned: bool = False
    added: str = ""
    gone: bool = False
    told_on: date | None = None
    planted: tuple[faults.Passage, ...] = ()

    @property
    def year(self) -> int:
        """The year it belongs to."""
        return self.written.year


@dataclass(frozen=True, slots=True)
class Board:
    """A column as it stands: its part, its items in list order, the day of a single page."""

    part: Part
    entries: tuple[Entry, ...] = ()
    published: date | None = None

    @property
    def path(self) -> ColumnPath:
        """The column's path."""
        return self.part.path

    @property
    def name(self) -> str:
        """The column's own name."""
        return self.part.row.name

    @property
    def live(self) -> bool:
        """True where the column's own page opens and holds something."""
        return self.part.state is Standing.LIVE

    def newest(self, as_of: date) -> date | None:
        """The newest publication day not later than `as_of` that a reader can see."""
        days = [e.day for e in self.entries if e.day is not None and e.day <= as_of]
        if self.published is not None and self.published <= as_of and self.part.shows != "none":
            days.append(self.published)
        return max(days, default=None)


def build(
    part: Part, seed: int, anchor: date, changes: Sequence[Change], *, mended: bool = False
) -> Board:
    """The column of `part`, with what `changes` did to it, its planted faults mended or not."""
    mine = [change for change in changes if change.path == part.path]
    for change in mine:
        if change.state is not None:
            part = replace(part, state=change.state)
    added = [change for change in mine if change.day is not None and not change.at]
    if part.family == "single":
        return _single(part, anchor, added)
    rng = Random(f"{seed}|{'>'.join(part.path)}|{anchor.isoformat()}")
    if part.state is not Standing.LIVE:
        return Board(part)
    fresh, strange = _fresh(part, added), _strange(part, anchor, rng)
    history = (_planted(e, part, n, mended) for n, e in enumerate(_history(part, anchor, rng)))
    told = [_changed(entry, mine) for entry in (*fresh, *history)]
    told.sort(key=lambda entry: entry.day or entry.written, reverse=True)
    return Board(part, _arranged([*strange, *told], part))


def _single(part: Part, anchor: date, added: Iterable[Change]) -> Board:
    if part.state is not Standing.LIVE:
        return Board(part)
    day = anchor - timedelta(days=part.age)
    return Board(part, published=max((c.day for c in added if c.day), default=day))


def _history(part: Part, anchor: date, rng: Random) -> list[Entry]:
    """The items of the past, newest first."""
    taken: set[str] = set()
    found = []
    age = part.age
    for place in range(part.count):
        if part.family == "short" and age > _YEARLESS_DAYS:
            break
        day = anchor - timedelta(days=age)
        title = prose.title(part.topic, day, rng, taken)
        skew = _skew(part, place, rng)
        found.append(_entry(part, title, day, _token(part, part.count - place), skew, rng))
        age += rng.randint(0, 2) if part.every == 1 else rng.randint(1, 2 * part.every - 1)
    return found


def _planted(entry: Entry, part: Part, number: int, mended: bool) -> Entry:
    """The item with what is planted on its page; its address and its day stay."""
    found = faults.passages(part.path, number, mended=mended)
    named = [passage.text for passage in found if passage.place is faults.Place.TITLE]
    return replace(entry, title=(*named, entry.title)[0], planted=found)


def _skew(part: Part, place: int, rng: Random) -> int:
    """How many days the day in the address lies from the day shown; mostly none."""
    if place == 0:
        return part.skew
    return -rng.randint(1, 9) if rng.random() < _SKEWED else 0


def _fresh(part: Part, added: Iterable[Change]) -> list[Entry]:
    """Items that came after the anchor day; their names do not depend on those before."""
    found = []
    for change in added:
        if change.day is None:
            continue
        rng = Random(f"{'>'.join(part.path)}|{change.day.isoformat()}|{change.title}")
        title = change.title or prose.title(part.topic, change.day, rng, set())
        found.append(_entry(part, title, change.day, rng.randint(8_000_000, 8_999_999), 0, rng))
    return found


def _changed(entry: Entry, changes: Iterable[Change]) -> Entry:
    """The item after what happened to it; its address stays."""
    for change in changes:
        if change.at != entry.at:
            continue
        if change.day is not None:
            told_on = entry.told_on or entry.day
            entry = replace(entry, day=change.day, shown=change.day.isoformat(), told_on=told_on)
        entry = replace(entry, added=change.text or entry.added, gone=change.gone or entry.gone)
    return entry


def _strange(part: Part, anchor: date, rng: Random) -> list[Entry]:
    """Items whose day lies in the future or in no calendar."""
    found = []
    if part.future:
        day = anchor + timedelta(days=part.future)
        title = prose.title(part.topic, anchor, rng, set())
        found.append(_entry(part, title, day, _token(part, part.count + 1), 0, rng))
    if part.impossible:
        year = anchor.year if anchor >= date(anchor.year, 3, 1) else anchor.year - 1
        entry = _entry(part, f"{year}年地方政府债务收支表", anchor, _token(part, 0), 0, rng)
        found.append(replace(entry, day=None, shown=f"{year}-02-30"))
    return found


def _entry(part: Part, title: str, day: date, token: int, skew: int, rng: Random) -> Entry:
    return Entry(
        title=title,
        at=_address(part, day + timedelta(days=skew), token),
        day=day,
        shown=day.isoformat(),
        time=f"{rng.randint(9, 19):02d}:{rng.randint(0, 59):02d}",
        token=token,
        source=prose.source(part.topic),
        written=day - timedelta(days=rng.randint(1, 25)),
        until=day + timedelta(days=rng.randint(10, 60)),
    )


def _token(part: Part, number: int) -> int:
    """A stable number for the item that was the column's `number`-th."""
    return 1_000_000 + part.row.number * 10_000 + number


def _address(part: Part, day: date, token: int) -> str:
    folder, month = part.folder, f"{day:%Y%m}"
    match part.family:
        case "trs":
            return f"{folder}{month}/t{day:%Y%m%d}_{token}.shtml"
        case "uuid":
            return f"{folder}{month}/{md5(str(token).encode()).hexdigest()}.shtml"
        case "files":
            return f"/attach/{month}/P0{token}.pdf"
        case "old" | "short":
            return f"{folder}info/{token}.htm"
        case "letters" | "solicit":
            return f"{folder}detail.jsp?id={token}"
        case _:
            return f"{folder}content_{token}.html"


def _arranged(entries: list[Entry], part: Part) -> tuple[Entry, ...]:
    """Newest first, as editors keep their lists, with some older items pinned on top."""
    pinned = [replace(e, pinned=True) for e in entries[_PINNED_FROM::5][: part.pinned]]
    kept = {e.at for e in pinned}
    return (*pinned, *(e for e in entries if e.at not in kept))
