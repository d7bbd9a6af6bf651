"""苏迪 webplus portals: `list.htm`, `list2.htm` …, the number of pages in the pager's text."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_linked

_HINTS = ("_upload/", "_css/_system", "_portletPlugs", "wp_", "sudy-wp-", "_wp3services")
_MARKS = re.compile(
    r"""(?:src|href)\s{0,3}=\s{0,3}["'][^"'<>:]{0,120}/?_(?:upload/tpl|css/_system|js/_portletPlugs)/"""
    r"""|\bclass="wp_(?:articlelist|paging|entry|column)|\bsudy-wp-|/_wp3services/"""
)
_PAGES = re.compile(r"""class="all_pages"[^<>]{0,40}>\s{0,10}(\d{1,5})\s{0,10}<""")
_LIST = re.compile(r"/list\d{0,5}(\.(?:htm|psp))$")


class Webplus:
    """苏迪 webplus."""

    name = "webplus"

    def recognise(self, doc: Document) -> float:
        """Sure by the classes and folders of the system."""
        hinted = any(hint in doc.html for hint in _HINTS)
        return 0.92 if hinted and _MARKS.search(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """By the link shown; where scripts hide it, by the number of pages the pager tells."""
        linked = next_linked(doc, number)
        if linked is not None:
            return linked
        pages = _PAGES.search(doc.html)
        listed = _LIST.search(urlsplit(doc.url).path)
        if pages is None or listed is None or number >= int(pages[1]):
            return None
        return doc.absolute(f"list{number + 1}{listed[1]}")


ADAPTER = Webplus()
