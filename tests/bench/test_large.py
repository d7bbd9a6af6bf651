"""The large portal the speed part measures on, its servers, and one small measurement."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench import speed
from bench.large_plan import CHANGED_DAY, Plan, Shape
from bench.large_site import write_changes, write_portal, write_roster
from bench.serving import Served, nginx
from ledger.roster import read_roster

_SMALL = Shape(60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("large") / "www"
    write_portal(place, Plan(_SMALL))
    return place


@pytest.fixture(params=["own", "nginx"])
def served(request: pytest.FixtureRequest, folder: Path, tmp_path: Path) -> Iterator[Served]:
    if request.param == "nginx" and nginx() is None:
        pytest.skip("no nginx on this machine")
    with Served(folder, tmp_path, own=request.param == "own") as server:
        yield server


def _get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    asked = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_link_leads_to_a_page_that_is_there(folder: Path) -> None:
    seen, ahead = set[str](), ["/"]
    while ahead:
        target = ahead.pop()
        if target in seen:
            continue
        seen.add(target)
        file = folder / (target.lstrip("/") + ("index.html" if target.endswith("/") else ""))
        assert file.is_file(), target
        if file.suffix == ".html":
            links = LexborHTMLParser(file.read_text(encoding="utf-8")).css("a[href]")
            hrefs = [node.attributes["href"] or "" for node in links]
            ahead += [urljoin(target, h) for h in hrefs if not h.startswith("javascript:")]
    files = set(folder.rglob("*.html"))
    assert len([t for t in seen if not t.endswith(".pdf")]) == len(files)
    assert any(t.endswith(".pdf") for t in seen)


def test_the_same_every_time_and_a_little_else_on_the_changed_day(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("a", "b")]
    before, after = Plan(_SMALL), Plan(_SMALL, CHANGED_DAY)
    for place in places:
        write_portal(place, before)
    first, again = ({p.relative_to(d): p.read_bytes() for p in d.rglob("*.html")} for d in places)
    assert first == again
    write_changes(places[1], before, after)
    changed = {p.relative_to(places[1]): p.read_bytes() for p in places[1].rglob("*.html")}
    new = changed.keys() - first.keys()
    edited = {p for p in first if first[p] != changed[p] and p.name.startswith("t2")}
    assert len(new) == sum(after.grown.values()) > 0
    assert len(edited) == len(after.edited) > 0
    write_portal(tmp_path / "c", after)
    whole = {p.relative_to(tmp_path / "c"): p.read_bytes() for p in tmp_path.glob("c/**/*.html")}
    assert changed == whole


def test_the_roster_is_sound(tmp_path: Path) -> None:
    roster = read_roster(write_roster(tmp_path, "http://127.0.0.1:1", Plan(_SMALL)))
    assert not [p for p in roster.problems if p.severity == "error"]
    assert roster.site is not None
    assert len(roster.site.columns) == _SMALL.columns


def test_answers_counts_and_says_what_has_not_changed(served: Served) -> None:
    served.forget()
    status, headers, body = _get(f"{served.url}/xwzx/lm01/")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert body == (served.root / "xwzx/lm01/index.html").read_bytes()
    assert _get(f"{served.url}/xwzx/lm01/", **{"If-None-Match": headers["ETag"]})[0] == 304
    since = headers["Last-Modified"]
    assert _get(f"{served.url}/xwzx/lm01/", **{"If-Modified-Since": since})[0] == 304
    assert _get(f"{served.url}/xwzx/lm01/", **{"If-None-Match": '"else"'})[0] == 200
    assert _get(f"{served.url}/none.html")[0] == 404
    assert _get(f"{served.url}/../server/access.log")[0] in (400, 404)
    tally = served.tally()
    assert (tally.requests, tally.pages, tally.unchanged) == (6, 1, 2)
    assert tally.sent > 2 * len(body)


def test_measures_an_inspection_and_a_peer() -> None:
    sections = speed.measure([_SMALL.articles], ["tuned"])
    against, nights = sections
    xuncha, tuned = against.rows
    assert int(xuncha[1]) >= _SMALL.columns
    pages = int(against.how.split()[0])
    assert int(tuned[1]) == pages
    assert [row[0].split(",")[0] for row in nights.rows] == ["first", "second", "third"]
    assert [int(row[-1]) for row in nights.rows] == [_SMALL.articles, 0, 1]
