"""大汉 jpaas portals: blocks written as `<script parseType url queryData>`, filled unit by unit.

The answer of `/front/page/build/unit` is JSON with the block's HTML. Which block is the list is
told by the name its template gave it (列表内容, ajax分页 …); further pages are asked for with
`paramJson={"pageNo":2,"pageSize":15}`.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import chompjs

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.awaiting import read_printed
from crawler.reading.document import Document
from crawler.reading.listing_paging import next_shown
from crawler.reading.records import total_of

_UNIT = "/front/page/build/unit"
_LISTED = re.compile(r"列表|分页|list|page", re.I)
_ASIDE = re.compile(
    r"左侧|侧边|导航|菜单|头部|底部|页头|页尾|页脚|面包屑|位置|热点|推荐|轮播|友情|banner|nav|menu|head|foot",
    re.I,
)
"""What stands beside lists; 右侧内容 is the list on portals whose menu stands to the left."""
_MOST_UNITS = 60


class Jpaas:
    """大汉 jpaas 集约化平台."""

    name = "jpaas"

    def recognise(self, doc: Document) -> float:
        """Sure by the address of its units."""
        return 0.95 if _UNIT in doc.html else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The list as far as the page prints it."""
        return read_printed(doc, today, self.calls(doc, ()), "列表由大汉jpaas平台的数据块提供")

    def next_page(self, doc: Document, number: int) -> str | None:
        """Printed lists show their pager."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The units the page is made of, the one called a list first."""
        found: list[tuple[bool, Call]] = []
        for node in doc.tree.css("script[url][querydata]")[:_MOST_UNITS]:
            address = doc.absolute(node.attributes.get("url") or "")
            query = _query(node.attributes.get("querydata") or "")
            name = str(query.get("tagId", ""))
            if address and _UNIT in address and query and not _ASIDE.search(name):
                listed = bool(_LISTED.search(name))
                found.append((not listed, Call(f"{address}?{urlencode(query)}")))
        return tuple(call for _, call in sorted(found, key=lambda pair: pair[0]))

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The list in the unit's HTML, and the call for the page behind it."""
        reading = read_answer(text, doc, today)
        if not reading.items:
            return reading
        return _going_on(reading, call, total_of(parse(text)))


def _going_on(reading: ListReading, call: Call, total: int | None) -> ListReading:
    address, _, query = call.url.partition("?")
    asked = dict(parse_qsl(query))
    try:
        page = json.loads(asked.get("paramJson", "{}"))
        number = int(page.get("pageNo", 1))
        # Asked for as many as came, no item falls between two pages.
        size = int(page.get("pageSize", len(reading.items)))
    except (ValueError, TypeError, AttributeError):
        return reading
    if total is not None and number * size >= total:
        return replace(reading, last=True)
    further = json.dumps({"pageNo": number + 1, "pageSize": size}, separators=(",", ":"))
    url = f"{address}?{urlencode(asked | {'paramJson': further})}"
    return replace(reading, call=replace(call, url=url))


def _query(written: str) -> dict[str, str]:
    try:
        found: object = chompjs.parse_js_object(written[:4000])
    except (ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


ADAPTER = Jpaas()
