"""Answers to a script's request for data: JSON in its wrappings, or a piece of HTML."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree

import chompjs

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.records import html_in, read_records, total_of
from ledger.words import ColumnKind

_WRAPPED = re.compile(r"^\s*(?:/\*\*/)?[\w$.]{1,80}\s*\((?P<inner>.*)\)\s*;?\s*$", re.S)
_FEED = re.compile(r"<(?:rss|feed|root|rows|data|list|items|channel)[\s>]", re.I)
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_DEEPEST = 12
_LISTED = (ColumnKind.LIST, ColumnKind.CHANNEL)


def parse(text: str) -> object | None:
    """The value of a JSON, JSONP, JavaScript or XML answer, or None where it is none of them."""
    stripped = text.lstrip("\ufeff \r\n\t")
    if stripped.startswith("<?xml") or _FEED.match(stripped):
        return _from_xml(stripped)
    wrapped = _WRAPPED.match(stripped)
    body = wrapped["inner"] if wrapped else stripped
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        pass
    else:
        return found
    if not stripped.startswith("<") and re.search(r"=\s*[\[{]|^[\[{]", stripped[:200]):
        try:
            return chompjs.parse_js_object(body)
        except (ValueError, RecursionError):
            return None
    return None


def _from_xml(text: str) -> object | None:
    # Entities are how small files grow large; data for a list needs none.
    if _DECLARES.search(text):
        return None
    try:
        # As text: what the answer declares of its bytes no longer holds.
        return _value(ElementTree.fromstring(text), 0)
    except ElementTree.ParseError:
        return None


def _value(element: ElementTree.Element, depth: int) -> object:
    """An element as JSON would hold it: its text, or its children by name, lists where repeated."""
    if len(element) == 0 or depth > _DEEPEST:
        return (element.text or element.get("href") or "").strip()
    found: dict[str, object] = {}
    lists: dict[str, list[object]] = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        lists.setdefault(name, []).append(_value(child, depth + 1))
    for name, values in lists.items():
        found[name] = values if len(values) > 1 or isinstance(values[0], dict) else values[0]
    return found


def read_answer(text: str, doc: Document, today: date) -> ListReading:
    """The list in an answer; SHELL where it holds none. `doc` is the page that asked."""
    data = parse(text)
    if data is not None:
        items = read_records(data, doc.base, today)
        if items:
            note = f"列表取自页面脚本请求的数据，共 {len(items)} 条"
            return ListReading(ColumnKind.LIST, items, notes=(note,))
        markup = html_in(data)
    else:
        markup = text if "<a" in text else ""
    if markup:
        piece = Document(markup, doc.url, doc.furniture)
        reading = read_list(piece, today)
        if reading.kind in _LISTED and reading.items:
            return ListReading(ColumnKind.LIST, reading.items, notes=reading.notes)
    return ListReading(ColumnKind.SHELL)


def says_none(text: str) -> bool:
    """True where a data answer counts its records as zero."""
    data = parse(text)
    return data is not None and total_of(data) == 0
