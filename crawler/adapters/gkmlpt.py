"""广东 政府信息公开目录平台: `index#2811` is a shell, filled from `/gkmlpt/api/all/2811`.

The answer is `{"articles": [{"title", "url", "create_time", "display_publish_time", …}], "total"}`,
times in Unix seconds, a hundred articles a page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.awaiting import read_printed
from crawler.reading.document import Document
from crawler.reading.records import total_of
from ledger.words import ColumnKind

_SID = re.compile(r"""\bSID['"]?\s*[:=]\s*['"]?(\d{1,12})""", re.I)
_COLUMN = re.compile(r"""(?:^|[?&/#]|\b)(?:column_?id|cid|id)?=?(\d{1,10})$""")
_CONFIGURED = re.compile(
    r"""\b(?:NODE_?ID|COLUMN_?ID|CATEGORY_?ID)['"]?\s*[:=]\s*['"]?(\d{1,10})""", re.I
)
_PAGE = re.compile(r"(?<=[?&]page=)\d+")
PAGE_SIZE = 100


class Gkmlpt:
    """政府信息公开目录平台."""

    name = "gkmlpt"

    def recognise(self, doc: Document) -> float:
        """Sure by its address and the number of the site in its configuration."""
        marked = "/gkmlpt" in doc.url or "/gkmlpt/" in doc.html
        return 0.97 if marked and _SID.search(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The page's own list, where the platform printed one; else a shell."""
        return read_printed(doc, today, self.calls(doc, ()), "列表由公开目录平台的接口提供")

    def next_page(self, doc: Document, number: int) -> str | None:
        """Further parts come from the interface."""
        return None

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The articles of the column the address or the configuration names."""
        column = _COLUMN.search(urlsplit(doc.url).fragment) or _CONFIGURED.search(doc.html)
        site = _SID.search(doc.html)
        if column is None or site is None:
            return ()
        address = doc.absolute(f"/gkmlpt/api/all/{column[1]}?page=1&sid={site[1]}")
        return (Call(address),) if address else ()

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The articles, and the next hundred while there are more."""
        total = total_of(parse(text))
        if total == 0:
            return ListReading(
                ColumnKind.EMPTY, excerpt="共 0 条", notes=("公开目录接口返回 0 条信息",)
            )
        reading = read_answer(text, doc, today)
        shown = _PAGE.search(call.url)
        if shown is None or total is None:
            return reading
        if int(shown.group()) * PAGE_SIZE >= total:
            return replace(reading, last=True)
        following = _PAGE.sub(str(int(shown.group()) + 1), call.url)
        return replace(reading, call=replace(call, url=following))


ADAPTER = Gkmlpt()
