"""Every shape of list: what an inspection says of its columns, and what its page alone tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crawler.reading.document import Document
from crawler.reading.page import read_page
from demo.variants import Variant, load, play
from demo.variants.base import Told
from ledger.site import ColumnPath
from ledger.words import Verdict

AS_OF = date(2026, 3, 20)
PLAYED = play(AS_OF)
_JUDGED = (Verdict.ON_TIME, Verdict.OVERDUE, Verdict.AS_NEEDED)


def _columns(variant: Variant) -> tuple[Told, ...]:
    return PLAYED.scenes[variant].columns


def test_variants_are_numbered_without_gaps() -> None:
    numbers = [variant.number for variant in load()]
    assert numbers == sorted(set(numbers))
    assert all(_columns(variant) for variant in load())


@pytest.mark.parametrize("variant", load(), ids=lambda v: f"{v.number:02d}-{v.slug}")
def test_judged_right(variant: Variant, inspected: dict[ColumnPath, Any]) -> None:
    wrong = {
        told.path[-1]: faults
        for told in _columns(variant)
        if (faults := _faults(told, inspected[told.path]))
    }
    assert not wrong


def _faults(told: Told, seen: Any) -> list[str]:
    """How what the inspection says differs from what is true."""
    verdict, reading = seen.verdict, seen.facts.reading
    assert reading is not None
    faults = [
        f"{name}: {found!r}, true is {true!r}"
        for name, found, true in (
            ("verdict", verdict.verdict, told.verdict),
            ("reason", verdict.reason, told.reason),
            ("last updated", verdict.last_updated, told.last_updated),
        )
        if found != true
    ]
    if told.kind is not None and reading.kind is not told.kind:
        faults.append(f"kind: {reading.kind}, true is {told.kind}")
    if told.complete is not None and reading.complete is not told.complete:
        faults.append(f"complete: {reading.complete}")
    if told.verdict in _JUDGED and seen.facts.items:
        newest = {i.title for i in seen.facts.items if i.day == told.last_updated}
        if told.newest and newest != set(told.newest):
            faults.append(f"newest: {sorted(newest)}, true is {sorted(told.newest)}")
    if told.items is not None and len(seen.facts.items) != told.items:
        faults.append(f"items: {len(seen.facts.items)}, true is {told.items}")
    if told.titles and seen.titles[: len(told.titles)] != list(told.titles):
        faults.append(f"titles: {seen.titles}")
    faults += [f"listed: {title}" for title in told.absent if title in seen.titles]
    return faults if not faults else [*faults, f"detail: {reading.detail}"]


_PAGES = [(v, told) for v in load() for told in _columns(v) if told.page]


@pytest.mark.parametrize(
    "told", [t for _, t in _PAGES], ids=[f"{v.number:02d}-{t.path[-1]}" for v, t in _PAGES]
)
def test_the_page_alone(told: Told, fetch: Callable[[str], Document]) -> None:
    page = read_page(fetch(told.at), AS_OF)
    newest = page.newest.day if page.newest else None
    assert newest == told.last_updated
    listed = {item.title for item in page.list.items} if page.list else set()
    assert not listed & set(told.absent)
