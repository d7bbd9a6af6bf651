"""Facts as rows of the ledger's tables, and rows as facts again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Row

from ledger.codec import (
    ATTACHMENTS,
    CHAIN,
    DAY,
    DAYS,
    FOUND,
    LINKS,
    PARTS,
    TAGS,
    clean,
    compact,
    digest,
    unpack,
)
from ledger.facts import ColumnReading, DayReading, FileText, Front, Item, Page, Visit
from ledger.known import Told
from ledger.site import ColumnPath
from ledger.texts import NO_PARTS, PageParts
from ledger.words import ColumnKind, How, Outcome

_Row = Row[*tuple[Any, ...]]


def reading_row(run_id: int, column_id: int, reading: ColumnReading) -> dict[str, Any]:
    """A row of `readings`."""
    return {
        "run_id": run_id,
        "column_id": column_id,
        "url": reading.url,
        "outcome": reading.outcome.value,
        "kind": reading.kind.value,
        "found": FOUND.dump(reading.found),
        "at": reading.at,
        "status": reading.status,
        "final_url": reading.final_url,
        "title": reading.title,
        "adapter": reading.adapter,
        "pages_read": reading.pages_read,
        "complete": reading.complete,
        "cut": reading.cut,
        "covers_from": reading.covers_from,
        "published": _day_text(reading.published),
        "excerpt": reading.excerpt,
        "detail": reading.detail,
        "chain": _chain_text(reading.chain),
        "carried": reading.carried,
    }


def reading_of(row: _Row, path: ColumnPath) -> ColumnReading:
    """The reading a row of `readings` holds; its path stands in `columns`."""
    return ColumnReading(
        path=path,
        url=row.url,
        outcome=Outcome(row.outcome),
        kind=ColumnKind(row.kind),
        found=FOUND.load(row.found),
        at=row.at,
        status=row.status,
        final_url=row.final_url,
        title=row.title,
        adapter=row.adapter,
        pages_read=row.pages_read,
        complete=row.complete,
        cut=row.cut,
        covers_from=row.covers_from,
        published=_day(row.published),
        excerpt=row.excerpt,
        detail=row.detail,
        chain=_chain(row.chain),
        carried=row.carried,
    )


def item_row(column_id: int, item: Item) -> dict[str, Any]:
    """A row of `items`: what stays the same wherever on a list the entry is seen."""
    content: dict[str, Any] = {
        "url": clean(item.url),
        "title": clean(item.title),
        "day": item.day,
        "how": None if item.how is None else item.how.value,
        "text": clean(item.text),
        "time": item.time,
        "fault": clean(item.fault),
        "others": DAYS.dump(item.others) if item.others else "",
    }
    return {
        "column_id": column_id,
        "address": digest(content["url"]),
        "digest": digest(compact(content)),
        **content,
    }


def item_of(row: _Row) -> Item:
    """The item that a row of `items` and `sightings` joined holds."""
    return Item(
        url=row.url,
        title=row.title,
        day=row.day,
        how=None if row.how is None else How(row.how),
        text=row.text,
        time=row.time,
        fault=row.fault,
        pinned=row.pinned,
        page=row.page,
        position=row.position,
        others=DAYS.load(row.others) if row.others else (),
    )


def visit_row(run_id: int, visit: Visit) -> dict[str, Any]:
    """A row of `visits`."""
    return {
        "run_id": run_id,
        "address": digest(clean(visit.url)),
        "url": visit.url,
        "outcome": visit.outcome.value,
        "at": visit.at,
        "status": visit.status,
        "final_url": visit.final_url,
        "chain": _chain_text(visit.chain),
        "size": visit.size,
        "elapsed": visit.elapsed,
        "attempts": visit.attempts,
        "detail": visit.detail,
    }


def visit_of(row: _Row) -> Visit:
    """The visit a row of `visits` holds."""
    return Visit(
        url=row.url,
        outcome=Outcome(row.outcome),
        at=row.at,
        status=row.status,
        final_url=row.final_url,
        chain=_chain(row.chain),
        size=row.size,
        elapsed=row.elapsed,
        attempts=row.attempts,
        detail=row.detail,
    )


def page_row(
    run_id: int, page: Page, text: bytes, parts: bytes | None, links: bytes | None
) -> dict[str, Any]:
    """A row of `pages`; the digests are those under which the page's text and parts are kept."""
    return {
        "run_id": run_id,
        "address": digest(clean(page.url)),
        "url": page.url,
        "title": page.title,
        "published": _day_text(page.published),
        "others": DAYS.dump(page.others) if page.others else "",
        "source": page.source,
        "attachments": ATTACHMENTS.dump(page.attachments) if page.attachments else "",
        "tags": TAGS.dump(page.tags) if page.tags else "",
        "text": text,
        "parts": parts,
        "links": links,
    }


def page_of(row: _Row) -> Page:
    """The page that a row of `pages` and the bodies of its contents holds."""
    return Page(
        url=row.url,
        title=row.title,
        published=_day(row.published),
        others=DAYS.load(row.others) if row.others else (),
        source=row.source,
        text=unpack(row.body),
        attachments=ATTACHMENTS.load(row.attachments) if row.attachments else (),
        tags=TAGS.load(row.tags) if row.tags else (),
        parts=parts_of(row.parts_body, row.links_body),
    )


def parts_texts(parts: PageParts) -> tuple[str, str]:
    """A page's parts, and its links, as they are kept: many pages share the latter."""
    own = PARTS.dump((parts.stretches, parts.passages)) if parts.stretches or parts.passages else ""
    return own, _links_text(parts.links) if parts.links else ""


# Menus lead from every page to the same places.
_links_text = lru_cache(maxsize=64)(LINKS.dump)


def parts_of(parts: bytes | None, links: bytes | None) -> PageParts:
    """The parts kept in these two bodies."""
    if parts is None and links is None:
        return NO_PARTS
    stretches, passages = PARTS.load(unpack(parts)) if parts is not None else ((), ())
    return PageParts(stretches, passages, LINKS.load(unpack(links)) if links is not None else ())


def front_row(
    run_id: int, front: Front, parts: bytes | None, links: bytes | None
) -> dict[str, Any]:
    """A row of `fronts`."""
    return {
        "run_id": run_id,
        "address": digest(clean(front.url)),
        "url": front.url,
        "title": front.title,
        "parts": parts,
        "links": links,
    }


def file_row(
    run_id: int, file: FileText, text: bytes | None, recognised: bytes | None
) -> dict[str, Any]:
    """A row of `files`; the digests are those under which its texts are kept."""
    return {
        "run_id": run_id,
        "address": digest(clean(file.url)),
        "url": file.url,
        "kind": file.kind,
        "text": text,
        "reason": file.reason,
        "recognised": recognised,
    }


def told_of(row: _Row) -> Told:
    """What a row of `pages` tells without its text."""
    return Told(row.title, _day(row.published), DAYS.load(row.others) if row.others else ())


def _day_text(reading: DayReading | None) -> str | None:
    return None if reading is None else DAY.dump(reading)


def _day(text: str | None) -> DayReading | None:
    return None if text is None else DAY.load(text)


def _chain_text(chain: tuple[str, ...]) -> str:
    return CHAIN.dump(chain) if chain else ""


def _chain(text: str) -> tuple[str, ...]:
    return CHAIN.load(text) if text else ()
