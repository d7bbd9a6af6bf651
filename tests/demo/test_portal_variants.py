"""The shapes of lists beside the portal's own columns: complete, believable, out of the way."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from demo.portal import Portal
from demo.reply import Reply, Request
from demo.variants import Played, Variant, VariantFault, load, play
from demo.variants import base as shapes


def test_every_column_answers_at_its_address(portal: Portal) -> None:
    for scene in portal.variants.scenes.values():
        for told in scene.columns:
            assert portal.answer(told.at).status < 500, told.at


def test_pages_stay_the_same(portal: Portal) -> None:
    again = Portal(portal.as_of)
    for scene in portal.variants.scenes.values():
        for told in scene.columns:
            assert portal.answer(told.at) == again.answer(told.at)


def test_the_portals_own_columns_know_nothing_of_them(portal: Portal) -> None:
    assert not any(path.startswith(shapes.FOLDER) for path in portal.paths)
    assert shapes.FOLDER not in str(portal.answer("/").body)
    assert portal.answer(f"{shapes.FOLDER}99-nothing/").status == 404


def test_what_is_posted_and_the_cookies_arrive(
    portal: Portal, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Request] = []

    def route(request: Request) -> Reply:
        seen.append(request)
        return Reply(200, body=b"ok")

    played = Played({}, {"/bt/echo": route})
    monkeypatch.setitem(portal.__dict__, "variants", played)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.request("POST", "/bt/echo?page=2&a=1", "page=3&b=%E5%8C%BA", {"Cookie": "k=v"})
        assert line.getresponse().read() == b"ok"
        line.request("GET", "/bt/nothing")
        assert line.getresponse().status == 404
    [request] = seen
    assert (request.method, request.query, request.cookie) == ("POST", "page=2&a=1", "k=v")
    assert request.fields == {"page": "3", "a": "1", "b": "区"}


def test_an_address_taken_twice_stops_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = shapes.Scene((), {"/bt/same.html": lambda request: Reply(200)})
    twins: Callable[[], tuple[Variant, ...]] = lambda: (  # noqa: E731
        Variant(1, "one", "甲", lambda stage: scene),
        Variant(2, "two", "乙", lambda stage: scene),
    )
    monkeypatch.setattr("demo.variants.load", twins)
    with pytest.raises(VariantFault, match="same"):
        play(date(2026, 3, 20))


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 1, 1), date(2031, 12, 31)])
def test_they_stand_on_any_day(day: date) -> None:
    played = play(day)
    for scene in played.scenes.values():
        for told in scene.columns:
            assert told.last_updated is None or told.last_updated <= day


def test_numbers_are_those_of_the_files() -> None:
    assert all(1 <= variant.number <= 31 for variant in load())
