"""TRS portals whose lists are searches: some pages are printed, the others posted for.

The page prints its first records in blocks such as `<div ms-visible="$showStatic(6)">`, all but one
of which its script hides; what lies behind them comes from `POST …/search` with `channelid=200210`,
`classsql=chnlid=4910`, `page` and `prepage`. The site's own search box has a channel, too, but no
`classsql`: it is not the column's list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.awaiting import read_printed
from crawler.reading.calls import MAX_SCRIPT, find_calls
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_shown
from crawler.reading.records import total_of
from ledger.words import ColumnKind

_BLOCKS = re.compile(r"""\bms-visible\s{0,3}=\s{0,3}["']\$?showStatic\b""")
_FILTER = re.compile(r"\bclasssql\b[^\n;]{0,80}\bchnlid\b")
_ADDRESS = re.compile(r"""["'`]((?:https?:)?[\w./:-]{0,200}/search)["'`?]""")
_NAMES = (
    "channelid",
    "templet",
    "sortfield",
    "classsql",
    "classcol",
    "classnum",
    "classsort",
    "cache",
    "prepage",
)
_VALUE = (
    r"""\b{}["']?\s{{0,4}}[:=]\s{{0,4}}"""
    r"""(?:'([^'\n]{{0,200}})'|"([^"\n]{{0,200}})"|(\d{{1,9}}|true|false)\b)"""
)
_RECORDS = re.compile(r"""\brecordCount["']?\s{0,4}[:=]\s{0,4}["']?(\d{1,7})\b""")
_USUAL = 15
_NEAR = 1_500
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


class TrsSearch:
    """TRS 检索列表."""

    name = "trs_search"

    def recognise(self, doc: Document) -> float:
        """Sure by the printed blocks, or by the filter that makes a search a column."""
        printed = "showStatic" in doc.html and _BLOCKS.search(doc.html)
        filtered = "classsql" in doc.html and _FILTER.search(doc.html)
        return 0.93 if printed or filtered else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """All printed blocks as one list, and the call for what lies behind them."""
        if _BLOCKS.search(doc.html):
            reading = read_list(doc, today)
        else:
            reading = read_printed(doc, today, self.calls(doc, ()), "列表由TRS检索接口提供")
        if reading.kind not in _LISTED:
            return reading
        total = _records(doc)
        first = next(_searches(doc), None)
        if first is None or total is None or len(reading.items) >= total:
            return reading
        size = _size(first)
        behind = _paged(first, len(reading.items) // size + 1)
        note = f"页面预先写出 {len(reading.items)} 条，共 {total} 条，其余由检索接口提供"
        return replace(reading, call=behind, notes=(*reading.notes, note))

    def next_page(self, doc: Document, number: int) -> str | None:
        """Links, where the portal prints such."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The search that makes the column, from its first page."""
        return tuple(_searches(doc, scripts))

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The records found, and the next page while there are more."""
        told = total_of(parse(text))
        if told == 0:
            note = "检索接口返回 0 条信息"
            return ListReading(ColumnKind.EMPTY, excerpt="共 0 条", notes=(note,))
        reading = read_answer(text, doc, today)
        total = told if told is not None else _records(doc)
        page = _fields(call).get("page", "")
        if not reading.items or total is None or not page.isdigit():
            return reading
        number = int(page)
        if number * _size(call) >= total:
            return replace(reading, last=True)
        return replace(reading, call=_paged(call, number + 1))


def _searches(doc: Document, scripts: tuple[str, ...] = ()) -> Iterator[Call]:
    """The searches of a page: as its scripts plainly make them, else put together."""
    plain = [call for call in find_calls(doc, scripts) if _is_search(call)]
    if plain:
        yield from (_paged(call, 1) for call in plain)
        return
    texts = [n.text() for n in doc.tree.css("script") if not n.attributes.get("src")]
    source = "\n".join([*texts, *scripts])[:MAX_SCRIPT]
    found = _FILTER.search(source)
    if found is None:
        return
    # The search box of the site names an address and a channel of its own, but farther away.
    near = source[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    place = min(found.start(), _NEAR)
    address = _nearest(_ADDRESS, near, place)
    url = doc.absolute(address[1]) if address else None
    fields = {name: value for name in _NAMES if (value := _value(near, place, name))}
    if url and {"channelid", "classsql"} <= fields.keys():
        yield _paged(Call(url, "POST", urlencode(fields)), 1)


def _fields(call: Call) -> dict[str, str]:
    """The fields of a call, posted or in its query."""
    return dict(parse_qsl(call.body if call.method == "POST" else urlsplit(call.url).query))


def _is_search(call: Call) -> bool:
    return {"channelid", "classsql"} <= _fields(call).keys()


def _nearest(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str] | None:
    return min(pattern.finditer(text), key=lambda m: abs(m.start() - place), default=None)


def _value(text: str, place: int, name: str) -> str:
    match = _nearest(re.compile(_VALUE.format(name)), text, place)
    return next((group for group in match.groups() if group), "") if match else ""


def _paged(call: Call, number: int) -> Call:
    asked = urlencode(_fields(call) | {"page": str(number), "prepage": str(_size(call))})
    if call.method == "POST":
        return replace(call, body=asked)
    return replace(call, url=f"{call.url.partition('?')[0]}?{asked}")


def _size(call: Call) -> int:
    """Records a page, as the call asks for them."""
    written = _fields(call).get("prepage", "")
    return min(int(written), 200) if written.isdigit() and int(written[:6]) else _USUAL


def _records(doc: Document) -> int | None:
    written = _RECORDS.search(doc.html)
    return int(written[1]) if written else None


ADAPTER = TrsSearch()
