"""What a page that shows no list holds all the same: in its own scripts, or packed in its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.inline_data import inline_html, inline_items
from crawler.reading.listing import read_list
from crawler.reading.page import PageReading, newest_item, read_page
from ledger.words import ColumnKind

_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)
_TEXT = 40


def read_inside(doc: Document, page: PageReading, today: date) -> PageReading | None:
    """`page` with the list or the text it holds unseen, or None where there is neither."""
    items = inline_items(doc, today)
    if items:
        note = f"列表写在页面的脚本中，共 {len(items)} 条"
        listing = ListReading(ColumnKind.LIST, items, notes=(note,))
        return with_list(page, listing, page.adapter, today)
    unpacked = inline_html(doc)
    if unpacked is None:
        return None
    listing = read_list(unpacked, today)
    if listing.kind in _LISTED and listing.items:
        return with_list(page, listing, page.adapter, today)
    inner = read_page(unpacked, today)
    if inner.article is None or len(inner.article.text) < _TEXT:
        return None
    note = "正文由页面自己的脚本解开"
    return replace(inner, title=page.title or inner.title, notes=(*inner.notes, note))


def shows_nothing(page: PageReading) -> bool:
    """Whether a page shows neither list nor text, nor the words that there is none."""
    said = page.list is not None and bool(page.list.excerpt)
    return page.kind == "shell" or (page.kind == "empty" and not said)


def with_list(page: PageReading, reading: ListReading, adapter: str, today: date) -> PageReading:
    """`page` as it would read if it showed the list."""
    return replace(
        page,
        kind=reading.kind.value,
        adapter=adapter,
        list=reading,
        article=None,
        newest=newest_item(reading.items, today),
        notes=reading.notes,
    )
