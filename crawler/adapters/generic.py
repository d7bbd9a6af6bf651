"""Any HTML list: items by structure, the next page by what the pager shows.

Where the page's list is brought by a script of no family known here, the requests its scripts make
are read from their source and asked directly.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.beside import asks_beside
from crawler.reading.calls import find_calls
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_shown
from crawler.reading.records import total_of
from ledger.words import ColumnKind

_NUMBER = r"""(?:=|["']\s?:\s?["']?)(\d{1,4})(?=[&\n"',}\s]|$)"""
_PAGE = re.compile(
    r"""(?:[?&\n]|["'])(?:page|page_?(?:no|num|number|index)|cur(?:rent)?_?page|current)"""
    + _NUMBER,
    re.I,
)
_SIZE = re.compile(r"""(?:[?&\n]|["'])(?:page_?size|size|limit|rows|per_?page)""" + _NUMBER, re.I)


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
        """Records found by structure, and the next page of them where the request has a number.

        More is asked for only where the answer itself says that there is more; what it says of its
        end is not taken for one, since nobody told which of its numbers means that.
        """
        reading = read_answer(text, doc, today)
        numbers = list(_PAGE.finditer(_said(call)))
        if reading.kind is not ColumnKind.LIST or not reading.items or len(numbers) != 1:
            return reading
        total = total_of(parse(text))
        return reading if total is None else replace(reading, call=_next(call, reading, total))


def _said(call: Call) -> str:
    return f"{call.url}\n{call.body}"


def _next(call: Call, reading: ListReading, total: int) -> Call | None:
    """The request for the page behind `reading`, where the count of records promises one."""
    said = _said(call)
    number = _PAGE.search(said)
    assert number is not None
    sizes = {int(match[1]) for match in _SIZE.finditer(said)}
    size = max(len(reading.items), sizes.pop() if len(sizes) == 1 else 0)
    if max(int(number[1]), 1) * size >= total:
        return None
    changed = said[: number.start(1)] + str(int(number[1]) + 1) + said[number.end(1) :]
    url, _, body = changed.partition("\n")
    return replace(call, url=url, body=body)


ADAPTER = Generic()
