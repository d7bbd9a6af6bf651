"""A single page of text: no list, no further pages."""

from __future__ import annotations

from datetime import date

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing import read_list, survey


class Static:
    """Leaders, duties, guides: one page of running text."""

    name = "static"

    def recognise(self, doc: Document) -> float:
        """Sure of a page with text and without a list."""
        return 0.5 if survey(doc).prose else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The kind of the page; items there are none unless the page is no text after all."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """There is none."""
        return None


ADAPTER = Static()
