"""Stores of records as the pages of 大汉 carry them: XML in a script, each row's markup in CDATA.

`<datastore><nextgroup><![CDATA[<a href="dataproxy.jsp?…"></a>]]></nextgroup><recordset><record>
<![CDATA[<li>…</li>]]></record>…` is no XML one could rely on: it is read by its brackets.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

MAX_STORES = 40
MAX_ROWS = 2_000
MAX_MARKUP = 2_000_000

_STORE = re.compile(r"<(?:datastore|recordset)\b", re.I)
_STORE_END = re.compile(r"</datastore\s{0,3}>", re.I)
_RECORD = re.compile(r"<record\b[^<>]{0,200}>", re.I)
_RECORD_END = re.compile(r"</record\s{0,3}>", re.I)
_CDATA = re.compile(r"\s*<!\[CDATA\[")
_TOTAL = re.compile(r"<totalrecord>\s{0,20}(\d{1,7})\s{0,20}</totalrecord>", re.I)
_GROUP = re.compile(r"<nextgroup>", re.I)
_HREF = re.compile(r"href\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,2000})[\"']", re.I)
_LINK = re.compile(r"<a\s[^<>]{0,500}?href", re.I)


@dataclass(frozen=True, slots=True)
class Store:
    """One store: the markup of its rows, where more of them are asked, how many there are."""

    rows: tuple[str, ...]
    more: str = ""
    total: int | None = None

    @property
    def markup(self) -> str:
        """The rows as one piece of markup; '' where none of them leads anywhere."""
        return "".join(self.rows) if any(_LINK.search(row) for row in self.rows) else ""


def stores(source: str) -> tuple[Store, ...]:
    """The stores in a page or an answer, in order."""
    found: list[Store] = []
    at, left = 0, MAX_MARKUP
    while (start := _STORE.search(source, at)) is not None and len(found) < MAX_STORES:
        closing = _STORE_END.search(source, start.end())
        following = _STORE.search(source, start.end())
        if closing is None and start.group().lower() == "<recordset" and following is not None:
            end = following.start()
        else:
            end = closing.start() if closing else len(source)
        store = _store(source, start.start(), end, left)
        left -= sum(map(len, store.rows))
        found.append(store)
        at = max(end, start.end())
    return tuple(found)


def _store(source: str, start: int, end: int, left: int) -> Store:
    total = _TOTAL.search(source, start, end)
    group = _GROUP.search(source, start, end)
    more = _HREF.search(source, group.end(), min(end, group.end() + 4_000)) if group else None
    return Store(
        _rows(source, start, end, left),
        html.unescape(more[1]) if more else "",
        int(total[1]) if total else None,
    )


def _rows(source: str, start: int, end: int, left: int) -> tuple[str, ...]:
    rows: list[str] = []
    at = start
    while (record := _RECORD.search(source, at, end)) is not None and len(rows) < MAX_ROWS:
        cdata = _CDATA.match(source, record.end(), end)
        if cdata is not None:
            first, last = cdata.end(), source.find("]]>", cdata.end(), end)
        else:
            closing = _RECORD_END.search(source, record.end(), end)
            first, last = record.end(), closing.start() if closing else -1
        if last < 0 or last - first > left:
            break
        row = source[first:last]
        rows.append(row if "<" in row else html.unescape(row))
        left -= last - first
        at = last
    return tuple(rows)
