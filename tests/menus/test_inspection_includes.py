# ruff: noqa: E501 (pages read better unbroken)
"""An inspection asks for the menus a page includes: only while it must, each address once."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from scrapy import Request
from scrapy.http import Response

from crawler.ask import Asker
from crawler.guard import Guard
from crawler.inspection import Inspection
from ledger import clock
from ledger.site import Column, ColumnPath, CrawlPolicy, Site
from ledger.store import Ledger
from ledger.words import Frequency

AS_OF = date(2026, 3, 20)
ITEMS = "".join(
    f'<li><a href="/i/{n}.html">某区召开第{n}次经济运行分析工作会议</a><span>2026-03-0{n}</span></li>'
    for n in range(1, 8)
)
NAV = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li><li><a href="/hd/">政民互动</a></li><li><a href="/zt/">专题专栏</a></li></ul>'
LOAD = "<script>$('#hdnav').load('/inc/nav.html')</script>"
FRAMES = "".join(f'<iframe src="/inc/menu{n}.html"></iframe>' for n in range(9))
MAP = '<div class="foot"><a href="/wzdt.html">网站地图</a></div>'
INCLUDED = '<h6>政民互动</h6><p><a href="/hd/ld/">领导信箱</a><a href="/hd/yj/">意见征集</a></p>'


def shown(*more: str) -> str:
    return f"<html><head><title>某区</title></head><body>{NAV}{''.join(more)}</body></html>"


LISTED = shown(f'<div class="list"><ul>{ITEMS}</ul></div>', LOAD)
PAGES = {
    "/zw/": LISTED,
    "/hd/": LISTED,
    "/hd/ld/": LISTED,
    "/hd/yj/": LISTED,
    "/zt/jy/": LISTED,
    "/inc/nav.html": INCLUDED,
    "/wzdt.html": shown(
        '<dl><dt><a href="/zt/">专题专栏</a></dt><dd><a href="/zt/jy/">义务教育</a></dd><dd><a href="/zt/yl/">养老服务</a></dd></dl>'
    ),
}


@contextmanager
def serving(pages: Mapping[str, str]) -> Iterator[tuple[str, Counter[str]]]:
    """A portal of a few pages, and how often each address was asked for."""
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            body = pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "404").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


async def download(request: Request) -> Response:
    def fetch() -> Response:
        try:
            with urllib.request.urlopen(request.url, timeout=5) as answer:
                return Response(request.url, answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Response(request.url, error.code, dict(error.headers), error.read())

    return await asyncio.to_thread(fetch)


def inspect(
    folder: Path, pages: Mapping[str, str], *wanted: ColumnPath
) -> tuple[dict[ColumnPath, str], Counter[str], set[str]]:
    """Addresses found, addresses asked for, and addresses kept as visits."""
    with serving(pages) as (root, asked), Ledger.open(f"sqlite:///{folder / 'x.db'}") as ledger:
        columns = tuple(Column(path, "", (), Frequency.MONTHLY, "") for path in wanted)
        policy = CrawlPolicy(delay=0, retries=0, robots=False, allow_hosts=("127.0.0.1",))
        site = Site("mou", "某区", f"{root}/", columns, crawl=policy)
        run = ledger.begin_run(site, AS_OF, clock.now())
        asker = Asker(download, policy, Guard.of_site(site), "test")
        asyncio.run(Inspection(site, run, ledger, asker).inspect())
        facts = ledger.facts(run.id)
        found = {
            c.column.path: (c.reading.url or "").removeprefix(root)
            for c in facts.columns
            if c.reading and c.column.path
        }
        return found, asked, {v.url.removeprefix(root) for v in facts.visits}


MAIL: ColumnPath = ("政民互动", "领导信箱")
SCHOOL: ColumnPath = ("专题专栏", "义务教育")


def test_an_included_menu_is_asked_once_and_kept_as_a_visit(tmp_path: Path):
    pages = {**PAGES, "/": shown(LOAD, MAP)}
    found, asked, visits = inspect(tmp_path, pages, ("政务公开",), ("政民互动",), MAIL)
    assert found[MAIL] == "/hd/ld/"
    assert asked["/inc/nav.html"] == 1
    assert "/inc/nav.html" in visits
    assert not asked["/wzdt.html"]


def test_nothing_is_asked_while_the_menus_say_everything(tmp_path: Path):
    pages = {**PAGES, "/": shown(LOAD, MAP, FRAMES)}
    found, asked, _ = inspect(tmp_path, pages, ("政务公开",), ("政民互动",))
    assert found == {("政务公开",): "/zw/", ("政民互动",): "/hd/"}
    assert not [url for url in asked if url.startswith("/inc/") or url == "/wzdt.html"]


def test_the_site_map_is_asked_once_for_what_is_missing(tmp_path: Path):
    pages = {**PAGES, "/": shown(MAP)}
    found, asked, _ = inspect(tmp_path, pages, SCHOOL, ("专题专栏", "没有这一栏目"))
    assert found == {SCHOOL: "/zt/jy/", ("专题专栏", "没有这一栏目"): ""}
    assert asked["/wzdt.html"] == 1


def test_five_includes_a_page_and_a_dead_one_costs_nothing_else(tmp_path: Path):
    pages = {**PAGES, "/": shown(FRAMES), "/inc/menu1.html": INCLUDED}
    found, asked, _ = inspect(tmp_path, pages, MAIL, ("专题专栏", "没有这一栏目"))
    assert found[MAIL] == "/hd/ld/"
    assert len([url for url in asked if url.startswith("/inc/menu")]) == 5
