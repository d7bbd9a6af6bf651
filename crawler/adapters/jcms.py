"""大汉 jcms portals: the rows stand in a store of records in a script, further ones behind a proxy.

`<script type="text/xml"><datastore><nextgroup>…</nextgroup><recordset><record><![CDATA[<li>…]]>`
holds the first rows; `dataproxy.jsp?startrecord=46&endrecord=90&perpage=15`, posted with the
column's and the unit's numbers, brings the next ones and says how many there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

import chompjs

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.awaiting import read_printed
from crawler.reading.document import Document
from crawler.reading.inline_data import rows_page
from crawler.reading.listing import read_list
from crawler.reading.listing_paging import next_shown
from crawler.reading.records import total_of
from crawler.reading.stores import Store, stores
from ledger.words import ColumnKind

_PROXY = "dataproxy.jsp"
_ADDRESS_END = re.compile(r"[a-zA-Z0-9_./:-]*$")
_COLUMN = re.compile(r"/col/col(\d{1,12})\b", re.I)
_PARAMETERS = re.compile(r"\bajaxParam\s{0,4}:\s{0,4}(?=\{)")
_PER_PAGE = re.compile(r"\bperPage\s{0,4}:\s{0,4}['\"]?(\d{1,3})\b", re.I)
_WINDOW = re.compile(r"[?&]startrecord=(\d{1,7})&endrecord=(\d{1,7})&perpage=(\d{1,3})\b")
_USUAL = 15
_GROUP = 3
"""The script of the family asks for three pages at a time."""
_MOST = 200
"""Rows asked for at a time, at most."""
_MOST_UNITS = 40
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


@dataclass(frozen=True, slots=True)
class Unit:
    """Where the rows of one block of a page are asked for, and with which numbers."""

    proxy: str
    numbers: tuple[tuple[str, str], ...]

    def is_of(self, column: str) -> bool:
        """True for the block of the column with that number."""
        return dict(self.numbers).get("columnid", "") == column


class Jcms:
    """大汉 jcms."""

    name = "jcms"

    def recognise(self, doc: Document) -> float:
        """Sure by a store of rows or by the proxy that brings them."""
        if "<datastore" in doc.html and "<record" in doc.html:
            return 0.95
        return 0.95 if _proxies(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The rows of the column's own store; where it is not there, what the page prints."""
        found = stores(doc.html)
        filled = [store for store in found if store.markup]
        own = [store for store in filled if self._is_own(doc, store)]
        if len(own) == 1:
            return self._read_store(doc, own[0], today)
        printed = read_printed(doc, today, self.calls(doc, ()), "列表由大汉数据接口提供")
        if printed.kind in _LISTED and any(item.day for item in printed.items):
            return printed
        main = _outweighing(filled)
        if main is not None:
            return self._read_store(doc, main, today)
        if filled:
            return self._read_channel(doc, filled, today)
        return printed

    def next_page(self, doc: Document, number: int) -> str | None:
        """Printed lists show their pager."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The first rows of the page's units, those of the column itself first."""
        column = _COLUMN.search(doc.url)
        units = _units(doc)
        if column is not None:
            units.sort(key=lambda unit: not unit.is_of(column[1]))
        per_page = _per_page(doc)
        asked = (_call(doc, unit, 1, _GROUP * per_page, per_page) for unit in units)
        return tuple(call for call in asked if call is not None)

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The rows of the answer, and the call for those behind them."""
        found = stores(text)
        total = found[0].total if found else total_of(parse(text))
        if total == 0:
            note = "大汉数据接口返回 0 条信息"
            return ListReading(ColumnKind.EMPTY, excerpt="共 0 条", notes=(note,))
        if found:
            markup = found[0].markup
            reading = read_list(rows_page(doc, markup), today) if markup else None
            if reading is None or reading.kind not in _LISTED:
                return ListReading(ColumnKind.SHELL)
            reading = replace(reading, kind=ColumnKind.LIST)
        else:
            reading = read_answer(text, doc, today)
        rows = len(found[0].rows) if found else len(reading.items)
        return _going_on(reading, call, rows, total)

    def _is_own(self, doc: Document, store: Store) -> bool:
        column = _COLUMN.search(doc.url)
        unit = _from_address(store.more)
        return column is not None and unit is not None and unit.is_of(column[1])

    def _read_store(self, doc: Document, store: Store, today: date) -> ListReading:
        reading = read_list(rows_page(doc, store.markup), today)
        if reading.kind not in _LISTED or not reading.items:
            return ListReading(ColumnKind.SHELL, notes=("页面数据中没有读出列表",))
        total = f"，共 {store.total} 条" if store.total else ""
        note = f"列表写在页面的大汉数据中，读出 {len(reading.items)} 条{total}"
        unit = _from_address(store.more) or next(iter(_units(doc)), None)
        call = None
        if unit is not None and (store.total is None or store.total > len(store.rows)):
            per_page = _per_page(doc)
            first = len(store.rows) + 1
            call = _call(doc, unit, first, first + _GROUP * per_page - 1, per_page)
        return ListReading(ColumnKind.LIST, reading.items, notes=(note,), call=call)

    def _read_channel(self, doc: Document, filled: list[Store], today: date) -> ListReading:
        """Blocks of several columns, none of them the page's own."""
        items = read_list(rows_page(doc, "".join(s.markup for s in filled)), today).items
        if not items:
            return ListReading(ColumnKind.SHELL, notes=("页面数据中没有读出列表",))
        note = f"频道页：{len(filled)} 个大汉数据块，共 {len(items)} 条"
        return ListReading(ColumnKind.CHANNEL, items, notes=(note,))


def _outweighing(filled: list[Store]) -> Store | None:
    """The store with at least twice the rows of any other: the list among the page's boxes."""
    ranked = sorted(filled, key=lambda store: -len(store.rows))
    if not ranked:
        return None
    return ranked[0] if len(ranked[0].rows) >= 2 * sum(len(s.rows) for s in ranked[1:2]) else None


def _going_on(reading: ListReading, call: Call, rows: int, total: int | None) -> ListReading:
    """`reading` with the call for the rows behind the window that `call` asked for."""
    window = _WINDOW.search(call.url)
    if window is None or not rows:
        return reading
    first, last = int(window[1]), int(window[2])
    following = first + rows
    if total is not None and following > total:
        return replace(reading, last=True)
    if total is None and following <= last:
        # Fewer rows than asked for may be all there are, or all the proxy gives at once.
        return reading
    end = following + last - first
    asked = f"startrecord={following}&endrecord={end}&perpage={window[3]}"
    address = call.url[: window.start() + 1] + asked + call.url[window.end() :]
    return replace(reading, call=replace(call, url=address))


def _call(doc: Document, unit: Unit, first: int, last: int, per_page: int) -> Call | None:
    window = f"startrecord={first}&endrecord={last}&perpage={per_page}"
    address = doc.absolute(f"{unit.proxy}?{window}")
    return Call(address, "POST", urlencode(unit.numbers)) if address else None


def _per_page(doc: Document) -> int:
    written = _PER_PAGE.search(doc.html)
    return min(max(int(written[1]), 1), _MOST // _GROUP) if written else _USUAL


def _units(doc: Document) -> list[Unit]:
    """The units of a page: as its stores name them, else as its scripts do."""
    named = [unit for store in stores(doc.html) if (unit := _from_address(store.more))]
    if named:
        return list(dict.fromkeys(named))
    proxies = _proxies(doc.html)
    found: dict[Unit, None] = {}
    for number, match in enumerate(_PARAMETERS.finditer(doc.html) if proxies else ()):
        if number >= _MOST_UNITS:
            break
        written = _parameters(doc.html[match.end() : match.end() + 4_000])
        if written:
            found.setdefault(Unit(proxies[min(number, len(proxies) - 1)], written))
    return list(found)


def _proxies(source: str) -> list[str]:
    """The addresses of proxies that a page names, in order."""
    found: list[str] = []
    at = source.find(_PROXY)
    while at >= 0 and len(found) < _MOST_UNITS:
        head = _ADDRESS_END.search(source[max(0, at - 200) : at])
        if head is not None and "/jpage/" in head.group():
            found.append(head.group() + _PROXY)
        at = source.find(_PROXY, at + 1)
    return found


def _from_address(address: str) -> Unit | None:
    """The unit an address such as `dataproxy.jsp?page=1&columnid=3&unitid=8` asks for."""
    try:
        parts = urlsplit(address)
        numbers = parse_qsl(parts.query, max_num_fields=60)
    except ValueError:
        return None
    if not parts.path.endswith(_PROXY):
        return None
    windowed = ("page", "startrecord", "endrecord", "perpage")
    kept = tuple({n: v for n, v in numbers if n.lower() not in windowed}.items())
    return Unit(address.partition("?")[0], kept) if kept else None


def _parameters(written: str) -> tuple[tuple[str, str], ...]:
    try:
        found: object = chompjs.parse_js_object(written)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, dict):
        return ()
    plain = ((str(k), str(v)) for k, v in found.items() if isinstance(v, str | int))
    return tuple((name[:60], value[:1_000]) for name, value in plain)


ADAPTER = Jcms()
