"""Any HTML list: items by structure, the next page by what the pager shows.

Where the page's list is brought by a script of no family known here, the requests its scripts make
are read from their source and asked directly.
"""

from __future__ import annotations

from datetime import date

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import read_answer
from crawler.reading.beside import asks_beside
from crawler.reading.calls import find_calls
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

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """What the page's scripts ask for, but for counters, menus and what stands beside lists."""
        return tuple(call for call in find_calls(doc, scripts) if not asks_beside(call.url))

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """Records found by structure; how to ask for more of them is not known."""
        return read_answer(text, doc, today)


ADAPTER = Generic()
