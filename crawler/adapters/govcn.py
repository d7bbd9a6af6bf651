"""Portals of the central one's making: the whole list is one JSON file beside the page.

`ZUIXINZHENGCE.json` is an array of `{"TITLE", "SUB_TITLE", "URL", "DOCRELPUBTIME"}`, a thousand
rows and more; the page's script shows it page by page, so there is nothing behind its end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.awaiting import read_printed
from crawler.reading.calls import MAX_SCRIPT, find_calls
from crawler.reading.document import Document
from crawler.reading.listing_paging import next_shown
from crawler.reading.record_lists import MAX_RECORDS

_FIELDS = ("DOCRELPUBTIME", "SUB_TITLE")
_FILE = re.compile(r"""["']((?:[\w.:-]{0,60}/){0,8}[A-Z][A-Z0-9_]{3,60}\.json)\b""")
_MOST_FILES = 3


class GovCn:
    """中国政府网 and the portals built like it."""

    name = "govcn"

    def recognise(self, doc: Document) -> float:
        """Sure by a file in capitals and the names its records have."""
        named = any(field in doc.html for field in _FIELDS)
        return 0.95 if named and _FILE.search(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The list, where the page prints it."""
        return read_printed(doc, today, self.calls(doc, ()), "列表由页面旁的JSON文件提供")

    def next_page(self, doc: Document, number: int) -> str | None:
        """Printed lists show their pager."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The files the page's scripts name, those beside it first: others fill side boxes."""
        texts = [n.text() for n in doc.tree.css("script") if not n.attributes.get("src")]
        source = "\n".join([*texts, *scripts])[:MAX_SCRIPT]
        named = (doc.absolute(match[1]) for match in _FILE.finditer(source))
        asked = [call for call in find_calls(doc, scripts) if ".json" in call.url]
        known = {call.url.partition("?")[0] for call in asked}
        others = dict.fromkeys(url for url in named if url and url not in known)
        folder = (doc.absolute("./") or "").partition("?")[0]
        found = [*asked, *(Call(url) for url in others)]
        found.sort(key=lambda call: call.url.rpartition("/")[0] + "/" != folder)
        return tuple(found[:_MOST_FILES])

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The rows of the file, to their end."""
        reading = read_answer(text, doc, today)
        rows = parse(text)
        whole = isinstance(rows, list) and 0 < len(rows) < MAX_RECORDS
        return replace(reading, last=True) if whole and reading.items else reading


ADAPTER = GovCn()
