"""Any HTML list: items by structure, the next page by what the pager shows."""

from __future__ import annotations

from datetime import date

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_shown


class Generic:
    """The adapter of last resort; it takes every page."""

    name = "generic"

    def recognise(self, doc: Document) -> float:
        """A little, always."""
        return 0.1

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """下一页, or the link of the next number, as long as it stays with the list."""
        return next_shown(doc, number)


ADAPTER = Generic()
