"""Pages, fronts and files on their way into the ledger: each text once, found by its digest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from ledger.engine import upsert
from ledger.fact_rows import file_row, front_row, page_of, page_row, parts_texts
from ledger.facts import FileText, Front, Page
from ledger.schema import contents, files, fronts, pages
from ledger.store_runs import keep_contents


def save_read(
    connection: Connection,
    run_id: int,
    read: Sequence[Page] = (),
    read_fronts: Sequence[Front] = (),
    read_files: Sequence[FileText] = (),
) -> None:
    """Keep what a run read; one of the same address is replaced."""
    page_parts = [parts_texts(page.parts) for page in read]
    front_parts = [parts_texts(front.parts) for front in read_fronts]
    more = [text for pair in (*page_parts, *front_parts) for text in pair]
    more += [text for file in read_files for text in (file.text, file.recognised)]
    texts = [*(page.text for page in read), *filter(None, more)]
    # All in one call: the order in which they are written must be the same everywhere.
    kept = dict(zip(texts, keep_contents(connection, texts), strict=True))

    def found(pair: tuple[str, str]) -> tuple[bytes | None, bytes | None]:
        first, second = pair
        return (kept[first] if first else None), (kept[second] if second else None)

    page_rows = {
        page.url: page_row(run_id, page, kept[page.text], *found(pair))
        for page, pair in zip(read, page_parts, strict=True)
    }
    front_rows = {
        front.url: front_row(run_id, front, *found(pair))
        for front, pair in zip(read_fronts, front_parts, strict=True)
    }
    file_rows = {
        file.url: file_row(run_id, file, *found((file.text, file.recognised)))
        for file in read_files
    }
    upsert(connection, pages, list(page_rows.values()))
    upsert(connection, fronts, list(front_rows.values()))
    upsert(connection, files, list(file_rows.values()))


def pages_of(connection: Connection, run_id: int) -> list[Page]:
    """The documents of a run, in order of address."""
    parts, links = contents.alias(), contents.alias()
    rows = connection.execute(
        select(
            pages,
            contents.c.body,
            parts.c.body.label("parts_body"),
            links.c.body.label("links_body"),
        )
        .join(contents, contents.c.digest == pages.c.text)
        .outerjoin(parts, parts.c.digest == pages.c.parts)
        .outerjoin(links, links.c.digest == pages.c.links)
        .where(pages.c.run_id == run_id)
    )
    return sorted((page_of(row) for row in rows), key=lambda page: page.url)
