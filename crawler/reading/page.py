"""Reading one page both ways, as a list and as an article, and deciding which of them it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters import choose
from crawler.adapters.base import ListReading
from crawler.reading.article import ArticleReading, read_article
from crawler.reading.document import Document
from crawler.reading.listing import Survey, survey
from crawler.reading.listing_links import is_article_address, is_column_address
from crawler.reading.listing_text import prose_outside
from ledger.facts import Item
from ledger.words import ColumnKind, How

_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)
_TOOLS = re.compile(
    r"字号|字体\s*[:：]|打印|关闭(?:窗口|本页)|责任编辑|浏览次数|阅读次数|索\s*引\s*号\s*[:：]|发文机[关构]\s*[:：]|分享到|扫一扫"
)
_DAY_SHOWN = 1.5
_MOST_SAID = 2.5
_NEIGHBOURS = re.compile(r"上一[篇条]|下一[篇条]|前一篇|后一篇")


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page read. `kind` is list, channel, article, single, empty, building, shell or jump.

    `list` and `article` are given where they make sense. `newest` is the item of the latest day
    not after today; items of days to come stay in the list and never count here.
    """

    kind: str
    adapter: str
    title: str
    list: ListReading | None
    article: ArticleReading | None
    newest: Item | None
    notes: tuple[str, ...] = ()


def read_page(doc: Document, today: date) -> PageReading:
    """Read `doc`; `today` bounds years left out, relative and future days."""
    adapter = choose(doc)
    listing = adapter.read(doc, today)
    if listing.kind in (ColumnKind.JUMP, ColumnKind.BUILDING):
        return _plain(doc, adapter.name, listing)
    # Most lists are told from articles without reading them as one, which costs as much again.
    weighs = _article_weight(doc, listing) if listing.kind in _LISTED else 0.0
    if listing.kind in _LISTED and weighs + _DAY_SHOWN <= 0:
        return _listed(doc, adapter.name, listing, today)
    article = read_article(doc, today)
    shown = article.published is not None and article.published.how in (How.ARTICLE, How.META)
    if listing.kind in _LISTED and weighs + _DAY_SHOWN * shown <= 0:
        return _listed(doc, adapter.name, listing, today)
    if _has_body(doc, article, listing):
        dated = article.published is not None and article.published.how is not How.ADDRESS
        kind = "article" if dated or is_article_address(doc.url) else "single"
        notes = (*listing.notes, *article.notes) if kind == "single" else article.notes
        return PageReading(kind, adapter.name, article.title, None, article, None, notes)
    return _plain(doc, adapter.name, listing)


def page_title(doc: Document) -> str:
    """What a page calls itself in its head; failing that, the name of its column."""
    return doc.title[:300] or doc.meta.get("columnname", "")


def newest_item(items: tuple[Item, ...], today: date) -> Item | None:
    """The first of the items of the latest day not after `today`."""
    dated = [item for item in items if item.day is not None and item.day <= today]
    return max(dated, key=lambda item: item.day or date.min, default=None)


def _listed(doc: Document, adapter: str, listing: ListReading, today: date) -> PageReading:
    return PageReading(
        listing.kind.value,
        adapter,
        page_title(doc),
        listing,
        None,
        newest_item(listing.items, today),
        listing.notes,
    )


def _plain(doc: Document, adapter: str, listing: ListReading) -> PageReading:
    return PageReading(
        listing.kind.value, adapter, page_title(doc), listing, None, None, listing.notes
    )


def _has_body(doc: Document, article: ArticleReading, listing: ListReading) -> bool:
    """True where a page without a list of its own is a text."""
    if listing.kind in _LISTED or listing.kind is ColumnKind.SINGLE:
        return True
    # A document with its own day stays one, whatever scripts or empty boxes stand around it.
    how = article.published.how if article.published else None
    shown = how in (How.META, How.ARTICLE, How.API)
    if doc.meta.get("articletitle"):
        return shown or len(article.text) >= 40
    named = is_article_address(doc.url)
    if is_column_address(doc.url) and not named:
        return False
    if listing.kind is ColumnKind.EMPTY and not listing.excerpt and survey(doc).awaited is None:
        return shown
    return named and shown and (how is How.API or len(article.text) >= 40)


def _article_weight(doc: Document, listing: ListReading) -> float:
    """By how much the text outweighs the list: a document may have side lists and attachments.

    Positive for an article. A day of publication that the page shows adds `_DAY_SHOWN`.
    """
    seen = survey(doc)
    prose = _prose(seen)
    weight = _article_points(doc, prose) - _list_points(doc, seen, listing, prose)
    # The page's words are looked through only where they can still turn the balance.
    return weight if weight + _MOST_SAID + _DAY_SHOWN <= 0 else weight + _said_points(doc.text)


def _list_points(doc: Document, seen: Survey, listing: ListReading, prose: int) -> float:
    points = 0.0
    main = seen.main
    size = len(listing.items)
    dated = sum(item.day is not None for item in listing.items)
    points += 1.0 if dated * 2 >= size else 0.0
    points += 1.5 if size >= 8 else 0.5 if size >= 4 else 0.0
    # Records are no text, whatever the markup around them looks like.
    points += 5.0 if size and all(item.how is How.API for item in listing.items) else 0.0
    if main is not None:
        points += 2.0 if main.pager else 0.0
        points += 1.0 if main.own >= 0.3 else 0.0
        points -= 1.0 if main.more and listing.kind is ColumnKind.LIST else 0.0
    points += 1.5 if listing.kind is ColumnKind.CHANNEL else 0.0
    # Row after row with its day, and nothing else to read.
    points += 1.5 if size >= 8 and dated * 10 >= size * 8 and prose < 120 else 0.0
    if is_column_address(doc.url) and urlsplit(doc.url).path:
        points += 2.0
    return points


def _article_points(doc: Document, prose: int) -> float:
    points = 0.0
    meta = doc.meta
    points += 3.0 if meta.get("articletitle") else 0.0
    points += 1.0 if meta.get("contentsource") or meta.get("og:type", "") == "article" else 0.0
    points += 2.0 if is_article_address(doc.url) and not is_column_address(doc.url) else 0.0
    points += 2.5 if prose >= 300 else 1.5 if prose >= 120 else 0.0
    return points


def _said_points(text: str) -> float:
    """What articles say beside their text: where the next one is, tools; at most `_MOST_SAID`."""
    return (1.5 if _NEIGHBOURS.search(text) else 0.0) + (1.0 if _TOOLS.search(text) else 0.0)


def _prose(seen: Survey) -> int:
    """Characters of running text outside the list."""
    block = seen.main.block if seen.main is not None else None
    return prose_outside(seen.outline, *((block.start, block.end) if block else (-1, -1)))
