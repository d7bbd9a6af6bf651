from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from crawler.adapters import choose
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.page import read_page

Load = Callable[[dict[str, Any]], Document]


def test_kind_newest_and_number_of_items(case: dict[str, Any], page: Load, today: date) -> None:
    reading = read_page(page(case), today)
    newest = reading.newest.day.isoformat() if reading.newest and reading.newest.day else None
    items = len(reading.list.items) if reading.list else 0
    assert (reading.kind, newest, items) == (case["kind"], case["newest"], case["items"])


def test_details_of_items(case: dict[str, Any], page: Load, today: date) -> None:
    reading = read_list(page(case), today)
    titles = [item.title for item in reading.items]
    urls = [item.url for item in reading.items]
    assert [t for t in case.get("titles", []) if t not in titles] == []
    assert [u for u in case.get("urls", []) if u not in urls] == []
    for position, day in case.get("days", {}).items():
        assert str(reading.items[position].day) == day
    for position, others in case.get("others", {}).items():
        assert [str(o.day) for o in reading.items[position].others] == others
    if "pinned" in case:
        assert sum(item.pinned for item in reading.items) == case["pinned"]
    if "faults" in case:
        assert sum(bool(item.fault) for item in reading.items) == case["faults"]
    if "how" in case:
        assert {item.how for item in reading.items} == {case["how"]}
    assert reading.target == case.get("target")
    assert [item.position for item in reading.items] == list(range(len(reading.items)))


def test_adapter_and_next_page(case: dict[str, Any], page: Load) -> None:
    doc = page(case)
    adapter = choose(doc)
    if "adapter" in case:
        assert adapter.name == case["adapter"]
    assert adapter.next_page(doc, 1) == case.get("next")
