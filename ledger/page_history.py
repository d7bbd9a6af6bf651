"""What became of pages that earlier runs had read: the same, changed, lost, or nothing to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select, union
from sqlalchemy.engine import Row

from ledger.codec import DAY, DAYS, unpack
from ledger.facts import DayReading, PageCheck, TextChange
from ledger.past import Past, Shown, days_seen
from ledger.schema import contents, pages, visits
from ledger.site import ColumnPath
from ledger.text_change import Revision, changed
from ledger.words import Outcome, PageState

_BATCH = 300
_MOST_REVISIONS = 3
"""A page that changes at every look tells as much by its last changes as by all of them."""

_LOST = (Outcome.GONE, Outcome.SOFT_GONE)

_Row = Row[*tuple[Any, ...]]
_Pair = tuple[_Row, _Row]
_Key = tuple[bytes, int]


def page_checks(
    connection: Connection, past: Past, listed: Mapping[bytes, Sequence[ColumnPath]]
) -> tuple[PageCheck, ...]:
    """The pages `past.run` asked for again, by address; `listed` names the columns of an address.

    Where a page has changed several times, the last change within the reach of the facts is told.
    """
    if len(past.days) < 2:
        return ()
    turns = _turns(connection, past)
    failed = _failed(connection, past.run.id)
    revised = {key: _revisions(past, rows) for key, rows in turns.items()}
    changes = _changes(connection, past, revised)
    checks: list[PageCheck] = []
    for key, rows in turns.items():
        paths = tuple(listed.get(key, ()))
        if rows[-1].run_id != past.run.id:
            checks.append(_missing(past, rows[-1], paths, failed[key]))
        elif len(rows) > 1:
            checks.append(_present(past, rows, paths, _last_change(key, revised[key], changes)))
    return tuple(sorted(checks, key=lambda check: check.url))


def _turns(connection: Connection, past: Past) -> dict[bytes, list[_Row]]:
    """By address of those asked now, how it was read each time, oldest first."""
    asked = union(
        select(pages.c.address).where(pages.c.run_id == past.run.id),
        select(visits.c.address).where(
            visits.c.run_id == past.run.id, visits.c.outcome != Outcome.OK.value
        ),
    ).subquery()
    rows = connection.execute(
        select(
            pages.c.address,
            pages.c.run_id,
            pages.c.url,
            pages.c.title,
            pages.c.published,
            pages.c.others,
            pages.c.text,
        ).join(asked, asked.c.address == pages.c.address)
    )
    place = {run: number for number, run in enumerate(past.days)}
    ours = [row for row in rows if row.run_id in place]
    turns: dict[bytes, list[_Row]] = {}
    for row in sorted(ours, key=lambda row: place[row.run_id]):
        turns.setdefault(bytes(row.address), []).append(row)
    return turns


def _failed(connection: Connection, run_id: int) -> dict[bytes, tuple[Outcome, int | None]]:
    rows = connection.execute(
        select(visits.c.address, visits.c.outcome, visits.c.status).where(
            visits.c.run_id == run_id, visits.c.outcome != Outcome.OK.value
        )
    )
    return {bytes(address): (Outcome(word), status) for address, word, status in rows}


def _revisions(past: Past, rows: Sequence[_Row]) -> list[_Pair]:
    """The readings that brought another text, each after the one before, newest first."""
    found = [
        (before, after)
        for before, after in pairwise(rows)
        if before.text != after.text and past.days[after.run_id] >= past.since
    ]
    return found[: -_MOST_REVISIONS - 1 : -1]


def _changes(
    connection: Connection, past: Past, revised: Mapping[bytes, Sequence[_Pair]]
) -> dict[_Key, TextChange | None]:
    """What these changed; those that two versions of the readers read are left out."""
    pairs = [
        (key, pair)
        for key, found in revised.items()
        for pair in found
        if past.readers[pair[0].run_id] == past.readers[pair[1].run_id]
    ]
    texts = _texts(connection, {row.text for _, pair in pairs for row in pair})
    return changed(
        Revision((key, after.run_id), key, texts[bytes(before.text)], texts[bytes(after.text)])
        for key, (before, after) in pairs
    )


def _texts(connection: Connection, keys: Iterable[bytes]) -> dict[bytes, str]:
    wanted = sorted(bytes(key) for key in keys)
    found: dict[bytes, str] = {}
    for start in range(0, len(wanted), _BATCH):
        rows = connection.execute(
            select(contents.c.digest, contents.c.body).where(
                contents.c.digest.in_(wanted[start : start + _BATCH])
            )
        )
        found.update((bytes(key), unpack(body)) for key, body in rows)
    return found


def _missing(
    past: Past,
    last: _Row,
    paths: tuple[ColumnPath, ...],
    failed: tuple[Outcome, int | None],
) -> PageCheck:
    outcome, status = failed
    return PageCheck(
        url=last.url,
        title=last.title,
        state=PageState.LOST if outcome in _LOST else PageState.UNREADABLE,
        seen=past.days[last.run_id],
        found=past.run.as_of,
        paths=paths,
        published=_day(last.published),
        outcome=outcome,
        status=status,
    )


def _last_change(
    key: bytes, revised: Sequence[_Pair], changes: Mapping[_Key, TextChange | None]
) -> tuple[_Pair, TextChange | None] | None:
    """The last of these that a reader would notice, or of which one text could not be read."""
    for pair in revised:
        mark = (key, pair[1].run_id)
        change = changes.get(mark)
        if change is not None or mark not in changes:
            return pair, change
    return None


def _present(
    past: Past,
    rows: Sequence[_Row],
    paths: tuple[ColumnPath, ...],
    last: tuple[_Pair, TextChange | None] | None,
) -> PageCheck:
    now = rows[-1]
    state, change = PageState.SAME, None
    before, after = rows[-2], now
    if last is not None:
        (before, after), change = last
        state = PageState.UNREADABLE if change is None else PageState.CHANGED
    return PageCheck(
        url=now.url,
        title=now.title,
        state=state,
        seen=past.days[before.run_id],
        found=past.days[after.run_id],
        paths=paths,
        published=_day(now.published),
        days=days_seen(_shown(past, row) for row in rows),
        change=change,
    )


def _shown(past: Past, row: _Row) -> Shown:
    others = DAYS.load(row.others) if row.others else ()
    return Shown(past.days[row.run_id], past.readers[row.run_id], _day(row.published), others)


def _day(text: str | None) -> DayReading | None:
    return None if text is None else DAY.load(text)
