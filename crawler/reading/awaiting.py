"""Reading a page of a family that is known to bring its lists by request."""

from __future__ import annotations

from datetime import date

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.document import Document
from crawler.reading.listing import read_list, survey
from ledger.words import ColumnKind

_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


def read_printed(doc: Document, today: date, calls: tuple[Call, ...], note: str) -> ListReading:
    """The list a page prints; a shell where `calls` would bring it and nothing printed is its own.

    What an empty page says of itself (暂无信息 in a template) is said before they come, and boxes
    beside the empty place are no list of the column.
    """
    reading = read_list(doc, today)
    empty = reading.kind in (ColumnKind.EMPTY, ColumnKind.SHELL)
    if calls and (empty or (reading.kind in _LISTED and _beside(doc))):
        return ListReading(ColumnKind.SHELL, notes=(note,))
    return reading


def _beside(doc: Document) -> bool:
    """True where nothing ties the printed list to the column: folder, name or pager.

    A pager alone does not where the list has a heading of its own: it may wait for the column's.
    """
    main = survey(doc).main
    if main is None or main.own >= 0.3 or main.named:
        return False
    return bool(main.heading) or not main.pager
