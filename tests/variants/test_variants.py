"""Every shape of list: what an inspection says of its columns, and what its page alone tells."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from crawler.reading.charset import decode
from crawler.reading.document import Document
from crawler.reading.page import read_page
from demo.reply import Request
from demo.variants import Played, Variant, load, play
from demo.variants.base import Told
from demo.variants.dresses import DRESSES
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


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("variant", load(), ids=lambda v: f"{v.number:02d}-{v.slug}")
def test_the_page_alone(variant: Variant, dress: str) -> None:
    played = _played(dress)
    for told in played.scenes[variant].columns:
        if told.page:
            page = read_page(_page(played, told.at), AS_OF)
            newest = page.newest.day if page.newest else None
            assert newest == told.last_updated, told.path
            items = page.list.items if page.list else ()
            titles = [item.title for item in items]
            assert not set(titles) & set(told.absent), told.path
            if told.titles:
                assert titles == list(told.titles[: len(titles)]), told.path
            if told.newest and newest:
                assert {i.title for i in items if i.day == newest} == set(told.newest), told.path


@cache
def _played(dress: str) -> Played:
    return play(AS_OF, dress)


def _page(played: Played, at: str) -> Document:
    path, _, query = at.partition("?")
    request = Request(path, query)
    route = played.route(request)
    assert route is not None
    reply = route(request)
    assert isinstance(reply.body, bytes)
    text, _ = decode(reply.body, dict(reply.headers).get("Content-Type"))
    return Document(text, f"https://www.yunze.example{at}")
