"""博达 VSB portals: pages are counted down, so that the second page's address changes with time.

`tzgg.htm` is the first page, `tzgg/12.htm` the second where there are thirteen, `tzgg/1.htm` the
last. Where the pager is a script alone, `_simple_list_gotopage_fun(13, …)` tells how many there
are. Titles are cut in the list and whole in `title=`, which every list is read by.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_linked, total_shown

_HINTS = ("_sitegray/", "system/resource/", "line_u", "_simple_list_gotopage_fun", "vsb_")
_MARKS = re.compile(
    r"""(?:src|href)\s{0,3}=\s{0,3}["'][^"'<>:]{0,120}(?:_sitegray/|system/resource/(?:js|css)/)"""
    r"""|\bid="line_u\d{1,6}_\d|\b_simple_list_gotopage_fun\(|\bclass="vsb_"""
)
_PAGES = re.compile(r"\b_simple_list_gotopage_fun\(\s{0,4}(\d{1,5})\b")
_FIRST = re.compile(r"/([^/]+)\.htm$")
_FURTHER = re.compile(r"/\d{1,5}\.htm$")


class Vsb:
    """博达 VSB (Visual SiteBuilder)."""

    name = "vsb"

    def recognise(self, doc: Document) -> float:
        """Sure by what the builder puts into every page of its own."""
        # A plain search first: the pattern takes a hundred times as long, and every page is asked.
        hinted = any(hint in doc.html for hint in _HINTS)
        return 0.92 if hinted and _MARKS.search(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """By the link shown; behind a pager of script alone, counted down from the last page."""
        linked = next_linked(doc, number)
        if linked is not None:
            return linked
        written = _PAGES.search(doc.html)
        pages = int(written[1]) if written else total_shown(doc)
        if pages is None or number >= pages:
            return None
        path = urlsplit(doc.url).path
        if number > 1 and _FURTHER.search(path):
            return doc.absolute(f"{pages - number}.htm")
        first = _FIRST.search(path)
        return doc.absolute(f"{first[1]}/{pages - number}.htm") if first and number == 1 else None


ADAPTER = Vsb()
