"""What an adapter is: one CMS family's way of laying out a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from crawler.call import Call
from crawler.reading.document import Document
from ledger.facts import Item
from ledger.words import ColumnKind


@dataclass(frozen=True, slots=True)
class ListReading:
    """The list of one page.

    `kind` is LIST, CHANNEL, EMPTY, BUILDING, SHELL, SINGLE or JUMP. `excerpt` is the text that made
    a page EMPTY or BUILDING. `target` is the address a JUMP page leads to, or that of the frame in
    which a SHELL page keeps its list. A CHANNEL without items shows only its child columns.
    `call` is the request for the next part where no address of a page leads there: behind an answer
    with data, or behind a page whose pager posts. `last` says that nothing is left behind this
    part of the data. `notes` are Chinese sentences for the person who asks why.
    """

    kind: ColumnKind
    items: tuple[Item, ...] = ()
    excerpt: str = ""
    target: str | None = None
    notes: tuple[str, ...] = ()
    call: Call | None = None
    last: bool = False


class Adapter(Protocol):
    """One file under `crawler/adapters/` with a module-level `ADAPTER` of this shape."""

    name: str

    def recognise(self, doc: Document) -> float:
        """How sure the adapter is that the page is of its family, 0 to 1."""
        ...

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list. `today` bounds years left out and relative days."""
        ...

    def next_page(self, doc: Document, number: int) -> str | None:
        """The address of list page `number` + 1 when `doc` is page `number` (from 1), or None.

        For page 2 and later `doc` is still the page just fetched.
        """
        ...


@runtime_checkable
class DataAdapter(Adapter, Protocol):
    """An adapter whose family keeps its lists behind requests for data."""

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The requests that may bring the page's list, the likeliest first.

        `scripts` are the texts of the page's own script files, where they were fetched.
        """
        ...

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The items in the answer to `call`, and the call for the next part.

        `doc` is the page that would have made the call; links are resolved against it. SHELL where
        the answer is no list.
        """
        ...
