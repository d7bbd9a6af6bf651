"""What a visitor sees of a page, and how the pages end that show nothing or would do harm."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest

from crawler.guard import Guard
from crawler.reading.document import Document
from crawler.render import Rendered, Renderer
from ledger.words import Outcome

from .conftest import DATA, TITLES, Portal

pytestmark = pytest.mark.browser

Show = Callable[[str], Rendered]
Visit = Callable[[Callable[[Renderer], Any]], Any]


def links(page: Rendered) -> dict[str, str | None]:
    doc = Document(page.html, page.final_url)
    return {a.text(): doc.absolute(a.attributes["href"] or "") for a in doc.tree.css("a[href]")}


@pytest.mark.parametrize(
    "name",
    ["static", "fetch", "post", "dialogs", "download", "popups", "broken", "two"],
)
def test_list_is_waited_for(shown: Show, name: str) -> None:
    holds_the_list(shown(f"{name}.html"), name)


def test_list_among_hundreds_of_calls_is_waited_for(
    rendering: Callable[..., Any], portal: Portal
) -> None:
    # Four hundred calls are refused one by one, which takes a busy machine longer than others.
    url = f"{portal.url}/beacons.html"
    holds_the_list(rendering(lambda renderer: renderer.render(url), timeout=25.0), "beacons")


def holds_the_list(page: Rendered, name: str) -> None:
    assert (page.outcome, page.detail, page.settled) == (Outcome.OK, "", True)
    assert page.final_url.endswith(f"/{name}.html")
    assert set(TITLES) <= set(links(page))


def test_list_of_a_script_file(shown: Show, portal: Portal) -> None:
    page = shown("script.html")
    assert links(page)["城区供水管网改造公告"] == f"{portal.url}/b/2031-04-16.html"
    # The script with the entries is an answer worth learning, the library beside it is not.
    assert [call.url for call in page.calls] == [f"{portal.url}/items.js"]
    assert "2031-03-28" in page.calls[0].text


def test_answers_of_scripts_are_given_back(shown: Show, portal: Portal) -> None:
    (got,) = shown("fetch.html").calls
    assert (got.url, got.method, got.body) == (f"{portal.url}/data.json", "GET", "")
    assert TITLES[0] in got.text
    assert got.content_type == "application/json"
    (posted,) = shown("post.html").calls
    assert (posted.url, posted.method) == (f"{portal.url}/api/list", "POST")
    assert posted.body == "channel=7&page=1"
    assert DATA[0]["d"] in posted.text


@pytest.mark.parametrize(
    ("name", "outcome", "words"),
    [
        ("404", Outcome.GONE, "404"),
        ("401", Outcome.BLOCKED, "401"),
        ("403", Outcome.BLOCKED, "403"),
        ("500", Outcome.SERVER_ERROR, "500"),
        ("challenge.html", Outcome.BLOCKED, "验证或拦截"),
        ("loop", Outcome.SERVER_ERROR, "跳转"),
        ("reset", Outcome.REFUSED, "中断"),
        ("dead.html", Outcome.REFUSED, "拒绝"),
        ("file.zip", Outcome.NOT_RENDERED, "下载文件"),
        ("huge.html", Outcome.TOO_LARGE, "上限"),
        ("many.html", Outcome.TOO_LARGE, "上限"),
        ("stream", Outcome.TOO_LARGE, "上限"),
        ("away.html", Outcome.EXCLUDED, "10.255.255.1"),
    ],
)
def test_endings(shown: Show, name: str, outcome: Outcome, words: str) -> None:
    page = shown(name)
    assert page.outcome is outcome
    assert words in page.detail


def test_page_of_an_error_is_kept(shown: Show) -> None:
    assert "您访问的页面不存在" in shown("404").html


def test_cookie_set_by_script_opens_the_page(shown: Show) -> None:
    page = shown("412")
    assert page.outcome is Outcome.OK
    assert set(TITLES) <= set(links(page))


def test_pages_that_never_settle_end(portal: Portal, rendering: Callable[..., Any]) -> None:
    names = ("never.html", "hang.html", "busy.html", "hang")

    async def all_at_once(renderer: Renderer) -> list[Rendered]:
        others = [Renderer(renderer.policy, renderer.guard, "Xuncha/test") for _ in names[1:]]
        try:
            # Each in a browser of its own: a renderer shows one page at a time.
            pairs = zip((renderer, *others), names, strict=True)
            return await asyncio.gather(*(r.render(f"{portal.url}/{n}") for r, n in pairs))
        finally:
            await asyncio.gather(*(other.close() for other in others))

    begun = monotonic()
    pages = rendering(all_at_once)
    assert monotonic() - begun < 25
    assert [page.outcome for page in pages] == [Outcome.OK, *[Outcome.TIMEOUT] * 3]
    assert not any(page.settled for page in pages[:3])
    assert all(page.detail for page in pages)
    assert "正在加载中" in pages[0].html


def test_reloading_for_ever_ends(shown: Show, portal: Portal) -> None:
    page = shown("reload.html")
    assert page.outcome is Outcome.OK
    assert "正在跳转" in page.html
    assert portal.paths().count("/reload.html") <= 11


def test_frames_stand_at_their_place(shown: Show, portal: Portal) -> None:
    page = shown("frames.html")
    assert links(page)["框架中的第一条公告"] == f"{portal.url}/frame/deep/1.html"
    assert links(page)["框架中的第二条公告"] == f"{portal.url}/up/2.html"
    assert f'data-frame="{portal.url}/frame/inner.html"' in page.html
    # Neither what is hidden nor what another origin shows.
    assert "隐藏的框架" not in page.html
    assert TITLES[0] not in page.html


def test_frameset_becomes_a_page(shown: Show) -> None:
    page = shown("frameset.html")
    assert "框架中的第三条公告" in Document(page.html).text


def test_nothing_is_loaded_that_is_not_read(shown: Show, portal: Portal) -> None:
    shown("beacons.html")
    shown("popups.html")
    unread = {"/pixel.png", "/beacon", "/socket", "/events", "/font.woff", "/back.png"}
    assert not {*unread, "/popped.html", "/favicon.ico"} & set(portal.paths())


def test_downloads_and_permissions_are_refused(shown: Show) -> None:
    assert "<title>located" not in shown("dialogs.html").html
    assert shown("download.html").outcome is Outcome.OK


def test_service_workers_are_not_installed(shown: Show, portal: Portal) -> None:
    assert shown("worker.html").outcome is Outcome.OK
    assert "/sw.js" not in portal.paths()


def test_every_page_is_a_first_visit_from_china(portal: Portal, visit: Visit) -> None:
    async def twice(renderer: Renderer) -> list[str]:
        pages = [await renderer.render(f"{portal.url}/clock.html") for _ in range(2)]
        return [Document(page.html).text for page in pages]

    for text in visit(twice):
        assert "Asia/Shanghai|zh-CN|" in text
        assert "Xuncha/test" in text
        assert "无cookie" in text


def test_one_page_at_a_time(portal: Portal, visit: Visit) -> None:
    async def both(renderer: Renderer) -> list[Rendered]:
        urls = [f"{portal.url}/{name}.html" for name in ("fetch", "static")]
        return await asyncio.gather(*map(renderer.render, urls))

    before = len(portal.hits)
    assert {page.outcome for page in visit(both)} == {Outcome.OK}
    asked = portal.paths()[before:]
    assert asked.index("/static.html") > asked.index("/data.json")


# `portal.example` is named by the roster, `evil.example` turns out to be this machine.


async def resolve_examples(host: str, port: int) -> list[str]:
    if not host.endswith(".example"):
        raise OSError("no such name")
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def guarded(portal: Portal, rendering: Callable[..., Any]) -> dict[str, Rendered]:
    async def work(renderer: Renderer) -> dict[str, Rendered]:
        base = f"http://portal.example:{portal.server_port}"
        names = {
            "inside": f"{base}/inside.html",
            "redirect": f"{base}/to-private",
            "literal": f"{portal.url}/secret",
            "rebound": f"http://evil.example:{portal.server_port}/secret",
            "unknown": "http://nowhere.invalid/",
            "file": "file:///etc/passwd",
            "excluded": f"{base}/excluded/data.html",
        }
        return {name: await renderer.render(url) for name, url in names.items()}

    found: dict[str, Rendered] = rendering(
        work, Guard(["portal.example"]), resolve_examples, exclude=("*/excluded/*",)
    )
    return found


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("inside", Outcome.OK),
        ("redirect", Outcome.EXCLUDED),
        ("literal", Outcome.EXCLUDED),
        ("rebound", Outcome.EXCLUDED),
        ("unknown", Outcome.DNS),
        ("file", Outcome.EXCLUDED),
        ("excluded", Outcome.EXCLUDED),
    ],
)
def test_outcome_under_guard(guarded: dict[str, Rendered], name: str, outcome: Outcome) -> None:
    assert guarded[name].outcome is outcome, guarded[name].detail


def test_private_addresses_hear_nothing(guarded: dict[str, Rendered], portal: Portal) -> None:
    assert "页面正文" in guarded["inside"].html
    assert "root:" not in guarded["inside"].html
    assert "/inside.html" in portal.paths()
    assert "/secret" not in portal.paths()
