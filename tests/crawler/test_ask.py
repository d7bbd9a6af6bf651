"""Every way a request can end, against a server that really misbehaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from demo.portal import PortalServer

Ask = Callable[..., dict[str, dict[str, Any]]]

EXPECTED = {
    "404": "gone",
    "410": "gone",
    "401": "blocked",
    "403": "blocked",
    "412": "blocked",
    "521": "blocked",
    "429": "blocked",
    "waf": "blocked",
    "cookie-reload": "blocked",
    "500": "server_error",
    "503": "server_error",
    "empty": "server_error",
    "loop": "server_error",
    "endless": "server_error",
    "no-location": "server_error",
    "timeout": "timeout",
    "slow": "timeout",
    "hang-after-head": "timeout",
    "reset": "refused",
    "not-http": "refused",
    "to-refused": "refused",
    "to-nowhere": "dns",
    "to-metadata": "excluded",
    "to-private": "excluded",
    "to-file": "excluded",
    "huge": "too_large",
    "huge-chunked": "too_large",
    "bomb": "too_large",
    "refresh-loop": "ok",
    "deep": "ok",
}


@pytest.fixture(scope="module")
def endings(portal: PortalServer, ask: Ask) -> dict[str, dict[str, Any]]:
    rows = ask([f"{portal.url}/x/{name}" for name in EXPECTED], timeout=1.0)
    return {url.rpartition("/x/")[2]: row for url, row in rows.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_outcome(endings: dict[str, dict[str, Any]], name: str) -> None:
    row = endings[name]
    assert row["outcome"] == EXPECTED[name], row
    assert row["outcome"] == "ok" or row["detail"]


@pytest.mark.parametrize(
    ("name", "attempts"),
    [("404", 1), ("403", 1), ("bomb", 1), ("500", 2), ("429", 2), ("reset", 2)],
)
def test_only_passing_troubles_are_tried_again(
    endings: dict[str, dict[str, Any]], name: str, attempts: int
) -> None:
    assert endings[name]["attempts"] == attempts


def test_waits_as_long_as_the_server_asks(endings: dict[str, dict[str, Any]]) -> None:
    assert endings["429"]["seconds"] >= 2


@pytest.mark.parametrize(
    "name", ["gbk-header", "gbk-meta", "gbk-none", "charset-disagree", "bom", "two-roots"]
)
def test_reads_every_charset(portal: PortalServer, ask: Ask, name: str) -> None:
    row = ask([f"{portal.url}/x/{name}"])[f"{portal.url}/x/{name}"]
    assert "关于开展安全生产检查的通知" in row["text"]


def test_robots_and_its_delay(portal: PortalServer, ask: Ask) -> None:
    closed, opened = f"{portal.url}/nb/a.html", f"{portal.url}/x/404"
    rows = ask([closed, opened])
    assert rows[closed]["outcome"] == "robots"
    assert rows[opened]["outcome"] == "gone"
    assert ask([closed], robots=False)[closed]["outcome"] == "gone"


def test_budget_is_an_outcome(portal: PortalServer, ask: Ask) -> None:
    urls = [f"{portal.url}/x/text?{n}" for n in range(4)]
    rows = ask(urls, max_pages=3)
    # robots.txt is one of the three requests.
    assert [rows[u]["outcome"] for u in urls] == ["ok", "ok", "budget", "budget"]


def test_excluded_addresses_are_not_asked(portal: PortalServer, ask: Ask) -> None:
    url = f"{portal.url}/x/404"
    row = ask([url], exclude=[f"{portal.url}/x/*"])[url]
    assert (row["outcome"], row["attempts"]) == ("excluded", 0)


def test_host_that_never_answers_is_given_up(ask: Ask) -> None:
    urls = [f"http://127.0.0.1:1/{n}" for n in range(6)]
    rows = ask(urls, retries=0)
    assert {row["outcome"] for row in rows.values()} == {"refused"}
    assert [rows[u]["attempts"] for u in urls][-1] == 0


def test_one_request_a_delay(portal: PortalServer, ask: Ask) -> None:
    urls = [f"{portal.url}/x/text?{n}" for n in range(4)]
    rows = ask(urls, delay=0.3)
    assert sum(row["seconds"] for row in rows.values()) >= 0.9
