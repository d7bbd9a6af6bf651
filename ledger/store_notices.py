"""Vendors' notices in the ledger, and what later runs saw of the pages they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.engine import Row

from ledger.addresses import spellings
from ledger.codec import ATTACHMENTS, NOTICE_ITEMS, PARTS, clean, digest, unpack
from ledger.engine import Database, batched
from ledger.known import Known
from ledger.notices import Notice, NoticeItem, Sight
from ledger.past import Past, past_of
from ledger.schema import claims, contents, files, judgements, known, notices, pages, visits
from ledger.store_known import known_of
from ledger.store_runs import keep_contents, run_of
from ledger.words import Outcome

_LOST = (Outcome.GONE.value, Outcome.SOFT_GONE.value)
_Row = Row[*tuple[Any, ...]]


class NoticeStore:
    """The notices of a ledger: one row a file and site, never taken back."""

    _database: Database

    def save_notice(self, notice: Notice) -> bool:
        """Keep a notice; False where this very file was imported for the site before."""
        with self._database.writing() as connection:
            known_one = connection.execute(
                select(notices.c.id).where(
                    notices.c.site == notice.site, notices.c.digest == notice.digest
                )
            ).first()
            if known_one is not None:
                return False
            [entries] = keep_contents(connection, [NOTICE_ITEMS.dump(notice.items)])
            connection.execute(
                insert(notices).values(
                    site=notice.site,
                    digest=notice.digest,
                    name=notice.name,
                    vendor=notice.vendor,
                    day=notice.day,
                    at=notice.at,
                    entries=entries,
                )
            )
        return True

    def notices(self, site: str, day: date, since: date | None = None) -> list[Notice]:
        """The notices of a site of the days up to `day`, from `since` on if given, oldest first."""
        with self._database.reading() as connection:
            return _notices(connection, site, day, since)

    def settle_notices(
        self, site: str, day: date, matched: Mapping[str, str], seen: Collection[str] = ()
    ) -> None:
        """Note which entries speak of findings of our own: `matched` gives these by `own`.

        `seen` are those whose words we read on their page by then.

        What was once found to be the same stays so.
        """
        with self._database.writing() as connection:
            for notice in _notices(connection, site, day):
                items = tuple(_settled(item, day, matched, seen) for item in notice.items)
                if items == notice.items:
                    continue
                [entries] = keep_contents(connection, [NOTICE_ITEMS.dump(items)])
                connection.execute(
                    update(notices)
                    .where(notices.c.site == site, notices.c.digest == notice.digest)
                    .values(entries=entries)
                )

    def sights(self, run_id: int, urls: Sequence[str]) -> dict[str, Sight]:
        """What the runs up to this one saw at these addresses, whichever way they are spelt."""
        with self._database.reading() as connection:
            past = past_of(connection, run_of(connection, run_id))
            keys = {url: _keys(url) for url in dict.fromkeys(urls)}
            seen = _visits(connection, past, {key for held in keys.values() for key in held})
            return {url: _sight(connection, past, url, held, seen) for url, held in keys.items()}

    def noticed(self, run_id: int, most: int) -> list[tuple[str, Known | None]]:
        """The addresses that open entries of notices name, no more than `most`.

        Each as the portal spells it where it is known, with how it answered last. The run has
        them asked for again, so that what was put right shows the next morning.
        """
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            fired = _last_fired(connection, run.site, run.as_of, run_id)
            items = [
                item for one in _notices(connection, run.site, run.as_of) for item in one.items
            ]
            urls = dict.fromkeys(i.url for i in items if i.url and i.fingerprint in fired)
            found = [_answer(connection, run.site, url) for url in urls]
        due = [
            (url, last)
            for url, last in found
            if last is None or (last.asked < run.as_of and last.run_id != run_id)
        ]
        return sorted(due, key=lambda one: (one[1].asked if one[1] else date.min, one[0]))[:most]


def merged_marks(connection: Connection, site: str, day: date) -> set[str]:
    """Notices' own findings that one of ours speaks for by that day."""
    return {
        item.own
        for notice in _notices(connection, site, day)
        for item in notice.items
        if item.matched_on is not None and item.matched_on <= day and item.own != item.fingerprint
    }


def _notices(
    connection: Connection, site: str, day: date, since: date | None = None
) -> list[Notice]:
    query = (
        select(notices, contents.c.body)
        .join(contents, contents.c.digest == notices.c.entries)
        .where(notices.c.site == site, notices.c.day <= day)
        .order_by(notices.c.day, notices.c.id)
    )
    if since is not None:
        query = query.where(notices.c.day >= since)
    return [_notice(row) for row in connection.execute(query)]


def _notice(row: _Row) -> Notice:
    return Notice(
        site=row.site,
        digest=bytes(row.digest),
        name=row.name,
        vendor=row.vendor,
        day=row.day,
        at=row.at,
        items=NOTICE_ITEMS.load(unpack(row.body)),
    )


def _settled(
    item: NoticeItem, day: date, matched: Mapping[str, str], seen: Collection[str]
) -> NoticeItem:
    if item.own in seen and (item.seen_on is None or item.seen_on > day):
        item = replace(item, seen_on=day)
    ours = matched.get(item.own)
    if ours is None or (item.matched and item.matched_on is not None and item.matched_on <= day):
        return item
    return replace(item, fingerprint=ours, matched=True, matched_on=day)


def _last_fired(connection: Connection, site: str, day: date, run_id: int) -> set[str]:
    last = connection.execute(
        select(judgements.c.run_id, judgements.c.as_of)
        .where(judgements.c.site == site, judgements.c.as_of <= day, judgements.c.run_id != run_id)
        .order_by(judgements.c.as_of.desc(), judgements.c.run_id.desc())
    ).first()
    if last is None:
        return set()
    rows = connection.execute(
        select(claims.c.fingerprint).where(
            claims.c.run_id == last.run_id, claims.c.as_of == last.as_of
        )
    )
    return set(rows.scalars())


def _answer(connection: Connection, site: str, url: str) -> tuple[str, Known | None]:
    row = connection.execute(
        select(known)
        .where(known.c.site == site, known.c.address.in_(_keys(url)))
        .order_by(known.c.asked.desc())
    ).first()
    return (url, None) if row is None else (row.url, known_of(row))


def _keys(url: str) -> list[bytes]:
    return [digest(clean(one)) for one in spellings(url)]


def _visits(connection: Connection, past: Past, keys: set[bytes]) -> dict[bytes, list[_Row]]:
    """The visits of these addresses that count; one pass for all, for no index leads to them."""
    found: dict[bytes, list[_Row]] = {}
    for batch in batched(sorted(keys)):
        rows = connection.execute(
            select(visits.c.address, visits.c.run_id, visits.c.url, visits.c.outcome).where(
                visits.c.address.in_(batch)
            )
        )
        for row in rows:
            if row.run_id in past.days:
                found.setdefault(bytes(row.address), []).append(row)
    return found


def _sight(
    connection: Connection,
    past: Past,
    url: str,
    keys: Sequence[bytes],
    visited: Mapping[bytes, Sequence[_Row]],
) -> Sight:
    place = {run: number for number, run in enumerate(past.days)}
    rows = [row for key in keys for row in visited.get(key, ())]
    seen = sorted(rows, key=lambda row: place[row.run_id])
    if not seen:
        return Sight(url)
    last = seen[-1]
    read = next((row for row in reversed(seen) if row.outcome == Outcome.OK.value), None)
    words, unread = _words(connection, past, keys) if last.outcome not in _LOST else ((), "")
    return Sight(
        url=(read or last).url,
        read_on=past.days[read.run_id] if read is not None else None,
        last_on=past.days[last.run_id],
        outcome=Outcome(last.outcome),
        words=words,
        unread=unread,
    )


def _words(
    connection: Connection, past: Past, keys: Sequence[bytes]
) -> tuple[tuple[str, ...], str]:
    """The words of a document or file as last read, those of its files too; and what is missing."""
    page = _newest(past, connection.execute(select(pages).where(pages.c.address.in_(keys))).all())
    if page is None:
        file = _files(connection, past, keys)
        told = _texts(connection, [row.text for row in file if row.text is not None])
        return tuple(told), "".join(row.reason for row in file)
    offered = ATTACHMENTS.load(page.attachments) if page.attachments else ()
    rows = _files(connection, past, [digest(clean(one.url)) for one in offered])
    texts = _texts(connection, [page.text, *(row.text for row in rows if row.text is not None)])
    parts = _texts(connection, [page.parts] if page.parts is not None else [])
    passages = [one.text for part in parts for one in PARTS.load(part)[1]]
    whole = {bytes(row.address) for row in rows if row.text is not None and not row.reason}
    missing = [one.name for one in offered if digest(clean(one.url)) not in whole]
    return (page.title, *texts, *passages), f"附件“{missing[0]}”没有读到" if missing else ""


def _files(connection: Connection, past: Past, keys: Sequence[bytes]) -> list[_Row]:
    found: dict[bytes, list[_Row]] = {}
    for batch in batched(list(keys)):
        for row in connection.execute(select(files).where(files.c.address.in_(batch))):
            found.setdefault(bytes(row.address), []).append(row)
    newest = (_newest(past, rows) for rows in found.values())
    return [row for row in newest if row is not None]


def _newest(past: Past, rows: Iterable[_Row]) -> _Row | None:
    place = {run: number for number, run in enumerate(past.days)}
    ours = [row for row in rows if row.run_id in place]
    return max(ours, key=lambda row: place[row.run_id], default=None)


def _texts(connection: Connection, keys: Sequence[bytes]) -> list[str]:
    rows = connection.execute(select(contents.c.body).where(contents.c.digest.in_(keys)))
    return [unpack(body) for body in rows.scalars()] if keys else []
