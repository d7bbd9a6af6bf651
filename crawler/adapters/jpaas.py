"""大汉 jpaas portals: blocks written as `<script parseType url queryData>`, filled unit by unit.

The answer of `/front/page/build/unit` is JSON with the block's HTML.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import chompjs

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import read_answer
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_shown

_UNIT = "/front/page/build/unit"


class Jpaas:
    """大汉 jpaas 集约化平台."""

    name = "jpaas"

    def recognise(self, doc: Document) -> float:
        """Sure by the address of its units."""
        return 0.95 if _UNIT in doc.html else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The list as far as the page prints it."""
        return read_list(doc, today)

    def next_page(self, doc: Document, number: int) -> str | None:
        """Printed lists show their pager."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The units the page is made of, the one called a list first."""
        found: list[tuple[bool, Call]] = []
        for node in doc.tree.css("script[url][querydata]"):
            address = doc.absolute(node.attributes.get("url") or "")
            query = _query(node.attributes.get("querydata") or "")
            if address and _UNIT in address and query:
                listed = "列表" in str(query.get("tagId", ""))
                found.append((not listed, Call(f"{address}?{urlencode(query)}")))
        return tuple(call for _, call in sorted(found, key=lambda pair: pair[0]))

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The list in the unit's HTML."""
        return read_answer(text, doc, today)


def _query(written: str) -> dict[str, str]:
    try:
        found: object = chompjs.parse_js_object(written[:4000])
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


ADAPTER = Jpaas()
