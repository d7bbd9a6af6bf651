"""开普云 (UCAP) 集约化 portals: `common_list.shtml` filled from `/common/search/{channel}`.

Ministries of the family ask `/searchList/{channel}` in the same words. The answer is `{"data":
{"results": […], "total": …}}`; the page number is the query's `page`. Many portals of the family
also print the first page of the list: then nothing need be asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from crawler.adapters.base import ListReading
from crawler.adapters.trs import ADAPTER as TRS
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.calls import find_calls
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.records import total_of
from ledger.words import ColumnKind

_SEARCHES = ("/common/search/", "/searchList/")
_MARKS = ("CMSPRO_", "ucap-content", "UCAP-CONTENT")
_GUID = re.compile(r"[0-9a-f]{32}")
_LISTED = re.compile(r"/searchList/[0-9a-f]{32}")
_CHANNEL_READ = re.compile(r"meta\[\s*name\s*\*?=\s*[\\\"']*channelid", re.I)
_PAGE = re.compile(r"(?<=[?&]page=)\d+")
_SIZE = re.compile(r"[?&]_pageSize=(\d{1,4})")
_QUERY = "sort=publishedTime&_isAgg=false&_isJson=true&_pageSize=20&_template=index&page=1"


class Ucap:
    """开普云 集约化平台."""

    name = "ucap"

    def recognise(self, doc: Document) -> float:
        """Sure by the search address, fairly sure by the platform's marks."""
        if _search_of(doc):
            return 0.95
        return 0.6 if any(mark in doc.html for mark in _MARKS) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The list as far as the page prints it."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """Printed lists are paged as TRS pages are."""
        return TRS.next_page(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The search as the page's script would ask for it, else by the channel of its head."""
        search = _search_of(doc)
        asked = find_calls(doc, scripts)
        written = tuple(c for c in asked if any(path in c.url for path in _SEARCHES))
        channel = doc.meta.get("channelid", "")
        if not _GUID.fullmatch(channel):
            return written
        # Boxes of other channels are filled on the same page.
        own = tuple(call for call in written if channel in call.url)
        if own or (written and not _asks_by_channel(doc)):
            return own or written
        address = doc.absolute(f"{search or _SEARCHES[0]}{channel}?{_QUERY}")
        return (Call(address),) if address else ()

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The results, and the next page while the total promises one."""
        total = total_of(parse(text))
        if total == 0:
            note = "栏目数据接口返回 0 条信息"
            return ListReading(ColumnKind.EMPTY, excerpt="共 0 条", notes=(note,))
        reading = read_answer(text, doc, today)
        shown, size = _PAGE.search(call.url), _SIZE.search(call.url)
        if shown is None or total is None or not reading.items:
            return reading
        number = int(shown.group())
        if number * (int(size[1]) if size else len(reading.items)) >= total:
            return replace(reading, last=True)
        return replace(reading, call=replace(call, url=_PAGE.sub(str(number + 1), call.url)))


def _asks_by_channel(doc: Document) -> bool:
    """Whether a script of the page takes the channel from the page's head."""
    return _CHANNEL_READ.search(doc.html) is not None


def _search_of(doc: Document) -> str:
    """The search that the page speaks of, or ''."""
    if _SEARCHES[0] in doc.html:
        return _SEARCHES[0]
    # Other systems, too, have a folder of that name: the channel must be one of the family.
    if _SEARCHES[1] not in doc.html:
        return ""
    named = _GUID.fullmatch(doc.meta.get("channelid", "")) or _LISTED.search(doc.html)
    return _SEARCHES[1] if named else ""


ADAPTER = Ucap()
