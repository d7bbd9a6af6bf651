"""All the words of a site as last read, page by page, for the text rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, select

from ledger.codec import ATTACHMENTS, DAY, LINKS, PARTS, clean, digest, unpack
from ledger.engine import Database, batched
from ledger.facts import Attachment
from ledger.past import Past, past_of
from ledger.schema import contents
from ledger.site import Site
from ledger.store_runs import roster_of, run_of
from ledger.text_sources import (
    FileRow,
    PageRow,
    asked,
    columns_read,
    files_read,
    fronts_read,
    nights_gone,
    pages_read,
)
from ledger.texts import OutLink, PageText, Passage, PassageKind, Stretch, Unread, split

_BATCH = 200
"""Pages whose texts are held at a time."""
_LINK_SETS = 512
NOT_FETCHED = "附件尚未下载，未检查（不在本站，或本次巡查页数已用完）"


class TextStore:
    """The texts of a ledger."""

    _database: Database

    def page_texts(self, run_id: int) -> Iterator[PageText]:
        """Every page of the run's site as last read up to that run, in order of address.

        Pages that were gone when last asked for are left out. A page carries the columns whose
        list holds or held it, as far as the roster of the run has them, and the units of these.
        Lists come with the titles of their entries. Texts are read a few pages at a time.
        """
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            yield from _Texts(connection, past_of(connection, run), roster_of(connection, run_id))

    def nights_gone(self, run_id: int, urls: Iterable[str]) -> dict[str, int]:
        """Of these addresses those that are gone, with how many runs in a row have found it so."""
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            return nights_gone(connection, past_of(connection, run), urls)

    def unread_files(self, run_id: int) -> list[str]:
        """Addresses of files that pages offer and no run has had an answer from, newest first."""
        with self._database.reading() as connection:
            run = run_of(connection, run_id)
            past = past_of(connection, run)
            found: dict[str, date] = {}
            for page in pages_read(connection, past).values():
                day = _day(page.published) or date.min
                for attachment in _attachments(page):
                    found[attachment.url] = max(day, found.get(attachment.url, day))
            known = asked(connection, run.site, list(found))
        newest = sorted(found, key=lambda url: (found[url], url), reverse=True)
        return [url for url in newest if url not in known]


class _Texts:
    """One telling of a site's texts."""

    def __init__(self, connection: Connection, past: Past, site: Site) -> None:
        self._connection = connection
        self._site = site
        self._units = {column.path: column.units for column in site.columns}
        self._columns = columns_read(connection, past)
        read = pages_read(connection, past)
        # What no list ever held is a page a column once led to.
        self._pages = {key: row for key, row in read.items() if key in self._columns.paths}
        self._fronts = fronts_read(connection, past)
        self._files = files_read(connection, past)
        self._lists = {
            key: row
            for key, row in self._columns.lists.items()
            if row.titles or key in self._fronts
        }
        # Lists lead to files, too.
        self._bare = {
            key: row
            for key, row in self._files.items()
            if key in self._columns.paths and key not in self._pages
        }
        self._links = lru_cache(_LINK_SETS)(LINKS.load)

    def __iter__(self) -> Iterator[PageText]:
        addresses = {key: row.url for key, row in self._pages.items()}
        addresses |= {key: row.url for key, row in self._lists.items()}
        addresses |= {key: row.url for key, row in self._bare.items()}
        ordered = sorted(addresses, key=lambda key: (addresses[key], key))
        for start in range(0, len(ordered), _BATCH):
            keys = ordered[start : start + _BATCH]
            bodies = self._bodies(keys)
            for key in keys:
                yield self._text(key, bodies)

    def _bodies(self, keys: Sequence[bytes]) -> Mapping[bytes, str]:
        """The contents these pages are made of, by digest."""
        wanted: set[bytes] = set()
        for key in keys:
            page, front = self._pages.get(key), self._fronts.get(key)
            if page is not None:
                wanted |= {page.text, page.parts, page.links}
                files = (file for _, file in self._offered(page) if file is not None)
                wanted |= {text for file in files for text in (file.text, file.recognised)}
            if front is not None:
                wanted |= {front.parts, front.links}
            if key in self._bare:
                wanted |= {self._bare[key].text, self._bare[key].recognised}
        wanted.discard(b"")
        found: dict[bytes, str] = {}
        for batch in batched(sorted(wanted)):
            rows = self._connection.execute(
                select(contents.c.digest, contents.c.body).where(contents.c.digest.in_(batch))
            )
            found.update((bytes(key), unpack(body)) for key, body in rows)
        return found

    def _text(self, key: bytes, bodies: Mapping[bytes, str]) -> PageText:
        held = self._columns.paths.get(key, ())
        paths = tuple(path for path in held if path in self._units)
        units = tuple(dict.fromkeys(unit for path in paths for unit in self._units[path]))
        page = self._pages.get(key)
        told = PageText("", paths=paths, units=units)
        if page is not None:
            told = self._document(told, page, self._columns.days.get(key), bodies)
        elif key in self._bare:
            told = self._file(told, key, bodies)
        if key in self._lists:
            told = self._list(told, key, bodies)
        return told

    def _document(
        self, told: PageText, page: PageRow, listed: date | None, bodies: Mapping[bytes, str]
    ) -> PageText:
        stretches, passages, links = self._parts(page.parts, page.links, bodies)
        own = [Passage(PassageKind.TITLE, page.title)] if page.title else []
        own += split(bodies.get(page.text, ""), stretches)
        attached, unread = self._attached(page, bodies)
        return replace(
            told,
            url=page.url,
            title=page.title,
            day=_day(page.published) or listed,
            passages=(*own, *passages, *attached),
            links=links,
            unread=unread,
        )

    def _file(self, told: PageText, key: bytes, bodies: Mapping[bytes, str]) -> PageText:
        """A file that a list leads to, under the title it has there."""
        row, name = self._bare[key], self._columns.names.get(key, "")
        return replace(
            told,
            url=row.url,
            title=name,
            day=self._columns.days.get(key),
            passages=tuple(_words_of(row, name, bodies)),
            unread=(Unread(name, row.reason),) if row.reason else (),
        )

    def _list(self, told: PageText, key: bytes, bodies: Mapping[bytes, str]) -> PageText:
        """The page with the titles its list shows; a column's page may be a document too."""
        row, front = self._lists[key], self._fronts.get(key)
        passages: tuple[Passage, ...] = ()
        links = told.links
        if front is not None:
            _, passages, links = self._parts(front.parts, front.links, bodies)
        named = (Passage(PassageKind.TITLE, row.title),) if row.title and not told.title else ()
        entries = (Passage(PassageKind.ENTRY, title) for title in row.titles)
        return replace(
            told,
            url=row.url,
            title=told.title or row.title,
            passages=(*named, *told.passages, *passages, *entries),
            links=links,
        )

    def _parts(
        self, parts: bytes, links: bytes, bodies: Mapping[bytes, str]
    ) -> tuple[tuple[Stretch, ...], tuple[Passage, ...], tuple[OutLink, ...]]:
        own, outward = bodies.get(parts, ""), bodies.get(links, "")
        stretches, passages = PARTS.load(own) if own else ((), ())
        return stretches, passages, self._links(outward) if outward else ()

    def _offered(self, page: PageRow) -> list[tuple[Attachment, FileRow | None]]:
        return [(one, self._files.get(digest(clean(one.url)))) for one in _attachments(page)]

    def _attached(
        self, page: PageRow, bodies: Mapping[bytes, str]
    ) -> tuple[list[Passage], tuple[Unread, ...]]:
        passages: list[Passage] = []
        unread: list[Unread] = []
        for attachment, file in self._offered(page):
            if file is not None:
                passages += _words_of(file, attachment.name, bodies)
            reason = file.reason if file else NOT_FETCHED
            if reason and self._site.attachments.read:
                unread.append(Unread(attachment.name, reason))
        return passages, tuple(unread)


def _words_of(file: FileRow, name: str, bodies: Mapping[bytes, str]) -> Iterator[Passage]:
    """What was read of a file, and what was recognised from its pictures."""
    for kind, key in ((PassageKind.ATTACHMENT, file.text), (PassageKind.OCR, file.recognised)):
        if text := bodies.get(key, ""):
            yield Passage(kind, text, name)


def _attachments(page: PageRow) -> tuple[Attachment, ...]:
    return ATTACHMENTS.load(page.attachments) if page.attachments else ()


def _day(text: str | None) -> date | None:
    return DAY.load(text).day if text else None
