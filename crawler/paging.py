"""Going from one page of a list to the next, whether pages are HTML or answers with data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Protocol

from crawler.adapters import choose, choose_for_data
from crawler.adapters.base import DataAdapter, ListReading
from crawler.ask import Answer
from crawler.call import Call
from crawler.outcome import says_gone
from crawler.reading.document import Document
from crawler.reading.page import page_title
from ledger.words import ColumnKind

_CREDIBLE = 3
"""A page that lists so many items is there, whatever it says of pages that are not."""


class Pages(Protocol):
    """The further pages of one list."""

    @property
    def whole(self) -> bool:
        """Whether, now that none follows, the list was read to its end."""
        ...

    def following(self, number: int) -> Call | None:
        """The request for page `number` + 1 once page `number` was read, or None at the end."""
        ...

    def read(self, answer: Answer) -> ListReading:
        """The list on the page just fetched."""
        ...


class HtmlPages:
    """Pages that show their list and the way to the next one."""

    whole = True

    def __init__(self, doc: Document, today: date) -> None:
        self.doc = doc
        self.today = today

    def following(self, number: int) -> Call | None:
        """By the adapter's reading of the pager."""
        url = choose(self.doc).next_page(self.doc, number)
        return Call(url) if url else None

    def read(self, answer: Answer) -> ListReading:
        """The page's own list, beside the furniture known from the first page."""
        furniture, self.doc = self.doc.furniture, answer.document
        self.doc.furniture = furniture
        reading = choose(self.doc).read(self.doc, self.today)
        if len(reading.items) < _CREDIBLE and says_gone(page_title(self.doc), self.doc.text):
            return ListReading(ColumnKind.EMPTY, notes=("翻页已到尽头",))
        return reading


class DataPages:
    """Answers with data, one asked after another as the adapter says."""

    def __init__(
        self, adapter: DataAdapter, doc: Document, first: ListReading, today: date
    ) -> None:
        self.adapter = adapter
        self.doc = doc
        self.call = first.call
        self.whole = first.last
        self.today = today

    def following(self, number: int) -> Call | None:
        """What the last answer leads on to."""
        return replace(self.call, page=self.doc.url) if self.call is not None else None

    def read(self, answer: Answer) -> ListReading:
        """The items of the answer."""
        assert self.call is not None
        reading = self.adapter.read_data(answer.text, self.call, self.doc, self.today)
        self.call = reading.call
        self.whole = reading.last
        return reading


def going_on(doc: Document, reading: ListReading, today: date) -> Pages | None:
    """The further pages of a list whose page itself says with which request it goes on."""
    if reading.call is None:
        return None
    return DataPages(choose_for_data(doc), doc, reading, today)


class OnePage:
    """As much of a list as a page's own script holds, or as a browser shows of it."""

    whole = False

    def following(self, number: int) -> Call | None:
        """There is none to be had."""
        return None

    def read(self, answer: Answer) -> ListReading:
        """Never asked for, since nothing follows."""
        raise AssertionError("a list of one page has no further pages")
