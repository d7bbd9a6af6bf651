"""新点 Epoint portals: lists are answers of its full-text search, posted for as JSON.

`getFullTextDataNew` takes `{"pn": 0, "rn": 15, "condition": [{"fieldName": "categorynum", …}]}`,
`pn` being the number of the first record; the answer is `{"result": {"records": […],
"totalcount"}}`, on some portals written as JSON into the `content` of another answer. Without the
number of its category the search would give the whole portal's records for the column's: then
nothing is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from crawler.adapters.base import ListReading
from crawler.call import Call
from crawler.reading.answers import parse, read_answer
from crawler.reading.awaiting import read_printed
from crawler.reading.calls import MAX_SCRIPT
from crawler.reading.document import Document
from crawler.reading.listing_paging import next_shown
from crawler.reading.record_lists import values_in
from crawler.reading.script_literals import literals
from ledger.words import ColumnKind

_SEARCH = "getFullTextDataNew"
_ADDRESS = re.compile(r"""["'`]((?:https?:)?[\w./:-]{0,300}getFullTextDataNew)["'`?]""")
_HINTS = ("epoint", "Epoint", "webbuilder", "webBuilder", "WebBuilder", "inteligentsearch")
_MARKS = re.compile(
    r"""\bsrc\s{0,3}=\s{0,3}["'][^"'<>:]{0,120}(?:epoint|webbuilder|inteligentsearch)""", re.I
)
_CATEGORY = re.compile(
    r"""\bcategory_?num["']?\s{0,4}[:=]\s{0,4}["'](\d{3,24})["']"""
    r"""|["']equal["']\s{0,4}:\s{0,4}["'](\d{3,24})["']""",
    re.I,
)
_NUMBERED = re.compile(r"/(\d{3}(?:\d{3}){1,7})(?=/)")
_JSON = "application/json; charset=UTF-8"
_SIZE = 15
_LARGEST = 100
_MOST_BODY = 8_000


class Epoint:
    """新点 Epoint."""

    name = "epoint"

    def recognise(self, doc: Document) -> float:
        """Sure by its search, fairly sure by the folders of its scripts."""
        if _SEARCH in doc.html:
            return 0.95
        hinted = any(hint in doc.html for hint in _HINTS)
        return 0.6 if hinted and _MARKS.search(doc.html) else 0.0

    def read(self, doc: Document, today: date) -> ListReading:
        """The list, where the page prints it."""
        return read_printed(doc, today, self.calls(doc, ()), "列表由全文检索接口提供")

    def next_page(self, doc: Document, number: int) -> str | None:
        """Printed lists show their pager."""
        return next_shown(doc, number)

    def calls(self, doc: Document, scripts: tuple[str, ...]) -> tuple[Call, ...]:
        """The search for the column's category, in the words of the page where it has them."""
        texts = [n.text() for n in doc.tree.css("script") if not n.attributes.get("src")]
        source = "\n".join([*texts, *scripts])[:MAX_SCRIPT]
        address = _ADDRESS.search(source)
        url = doc.absolute(address[1]) if address else None
        if url is None:
            return ()
        asked = next(_written(source), None)
        if asked is None:
            category = _category(doc, source)
            asked = _usual(category) if category else None
        if asked is None:
            return ()
        body = json.dumps({**asked, "pn": 0}, ensure_ascii=False)
        return (Call(url, "POST", body, _JSON),) if len(body) <= _MOST_BODY else ()

    def read_data(self, text: str, call: Call, doc: Document, today: date) -> ListReading:
        """The records, and the call for those behind them."""
        total = _total(parse(text))
        if total == 0:
            note = "全文检索接口返回 0 条信息"
            return ListReading(ColumnKind.EMPTY, excerpt="共 0 条", notes=(note,))
        reading = read_answer(text, doc, today)
        asked = _posted(call)
        if not reading.items or total is None or asked is None:
            return reading
        following = int(str(asked["pn"])) + len(reading.items)
        if following >= total:
            return replace(reading, last=True)
        body = json.dumps({**asked, "pn": following}, ensure_ascii=False)
        return replace(reading, call=replace(call, body=body))


def _posted(call: Call) -> dict[str, object] | None:
    """The parameters of a search, None where they do not say where it begins."""
    try:
        asked: object = json.loads(call.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict) or not str(asked.get("pn", "")).isascii():
        return None
    return asked if str(asked.get("pn", ""))[:9].isdigit() else None


def _written(source: str) -> Iterator[dict[str, object]]:
    """The parameters as a script of the page writes them out, where none is left to run."""
    for literal in literals(source):
        value = literal.value
        if not isinstance(value, dict) or not {"rn", "condition"} <= value.keys():
            continue
        size = str(value["rn"])
        plain = size.isascii() and size.isdigit() and 0 < int(size[:4]) <= _LARGEST
        conditions = value["condition"]
        named = isinstance(conditions, list) and any(_is_category(c) for c in conditions)
        if plain and named:
            yield {str(name): _plain(part) for name, part in value.items()}


_WORDS: dict[object, object] = {"true": True, "false": False, "null": None}


def _plain(part: object) -> object:
    """A value as the script means it: beside what must be run, true is read as a word."""
    if isinstance(part, list):
        return [_plain(inner) for inner in part[:50]]
    if isinstance(part, dict):
        return {str(name): _word(inner) for name, inner in part.items()}
    return _word(part)


def _word(part: object) -> object:
    return _WORDS.get(part, part) if isinstance(part, str) else part


def _is_category(condition: object) -> bool:
    """True where a condition names the category by its number, not by a variable."""
    if not isinstance(condition, Mapping) or condition.get("fieldName") != "categorynum":
        return False
    return str(condition.get("equal", "")).isdigit()


def _category(doc: Document, source: str) -> str:
    """The number of the column's category: from the page's scripts, else from its address."""
    written = _CATEGORY.search(source)
    if written:
        return written[1] or written[2]
    numbered = _NUMBERED.findall(urlsplit(doc.url).path)
    return max(numbered, key=len, default="")


def _usual(category: str) -> dict[str, object]:
    equal = {"fieldName": "categorynum", "equal": category, "isLike": True, "likeType": 2}
    empty = ("token", "sdt", "edt", "wd", "inc_wd", "exc_wd", "cnum", "terminal", "accuracy")
    return {
        **dict.fromkeys(empty, ""),
        "pn": 0,
        "rn": _SIZE,
        "fields": "title",
        "sort": '{"webdate":"0"}',
        "ssort": "title",
        "cl": 500,
        "condition": [equal],
        "time": None,
        "highlights": "",
        "statistics": None,
        "unionCondition": None,
        "noParticiple": "0",
        "searchRange": None,
    }


def _total(data: object) -> int | None:
    """How many records the answer says there are."""
    for _, _, value in values_in(data):
        if isinstance(value, Mapping) and "totalcount" in value:
            told = str(value["totalcount"])
            return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None
    return None


ADAPTER = Epoint()
