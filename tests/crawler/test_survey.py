# ruff: noqa: E501 (pages read better unbroken)
"""A portal asked for its own column tree."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.ask import Asker
from crawler.guard import Guard
from crawler.proposing import Where, Why
from crawler.reading.menu_tree import same_page
from crawler.survey import Step, Survey, Surveyed
from demo.portal import Portal, PortalServer
from demo.truth import truth
from ledger.site import ColumnPath, CrawlPolicy
from ledger.words import Frequency, Outcome

AS_OF = date(2026, 3, 20)
FOOT = '<div class="foot"><a href="/about.html">关于我们</a><a href="/wzdt.html">网站地图</a> 网站标识码：6500000001</div>'
MENU = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xw/">新闻中心</a></li>'
    '<li><a href="/zw/">政务公开</a><ul><li><a href="/zw/tz/">通知公告</a></li><li><a href="/zw/zc/">政策</a>'
    '<ul><li><a href="/zw/zc/wj/">政策文件</a></li></ul></li></ul></li><li><a href="/hd/">政民互动</a></li>'
    '<li><a href="https://zwfw.sheng.gov.cn/mou/">政务服务</a></li><li><a href="/en/">English</a></li>'
    '<li><a href="/login.jsp">登录</a></li></ul></div>'
)


def items(folder: str, day: str = "2026-03-0") -> str:
    rows = "".join(
        f'<li><a href="{folder}content_{n}.html">某县召开第{n}次经济运行分析工作会议</a><span>{day}{n}</span></li>'
        for n in range(1, 9)
    )
    return f'<div class="list"><ul>{rows}</ul></div>'


def shown(*more: str, head: str = "") -> str:
    return f"<html><head><title>某县人民政府</title>{head}</head><body>{MENU}{''.join(more)}{FOOT}</body></html>"


PAGES = {
    "/": shown('<h3><a href="/xw/yw/">今日要闻</a></h3><a href="/xw/yw/">更多</a>', items("/xw/yw/"),
               '<a href="/rl/">日历查询</a>'),
    "/xw/": shown('<div class="side-tree"><ul><li><a href="/xw/yw/">今日要闻</a></li><li><a href="/xw/bm/">部门动态</a></li></ul></div>', items("/xw/")),
    "/xw/yw/": shown(items("/xw/yw/")),
    "/xw/bm/": shown(items("/xw/bm/")),
    "/zw/": shown("<script>$('#mulu').load('/inc/tree.html')</script>", items("/zw/tz/")),
    "/zw/tz/": shown(items("/zw/tz/")),
    "/zw/zc/": shown(items("/zw/zc/wj/")),
    "/zw/zc/wj/": shown(items("/zw/zc/wj/"), head='<meta name="ColumnType" content="政策文件">'),
    "/inc/tree.html": '<ul><li><a href="/zw/nb/">政府信息公开年报</a></li><li><a href="/zw/ysq/">依申请公开</a></li></ul>',
    "/zw/nb/": shown(items("/zw/nb/", "2025-01-0")),
    "/hd/": shown(items("/hd/")),
    "/wzdt.html": shown('<dl><dt><a href="/hd/">政民互动</a></dt><dd><a href="/hd/xx/">领导信箱</a><a href="/hd/yj/">意见征集</a></dd></dl>'),
}  # fmt: skip


@contextmanager
def serving(pages: Mapping[str, str | int]) -> Iterator[tuple[str, Counter[str]]]:
    """A portal of a few pages, and how often each address was asked for."""
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            body = pages.get(self.path, 404)
            self.send_response(body if isinstance(body, int) else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(str(body).encode())

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
                return Response(answer.url, answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Response(request.url, error.code, dict(error.headers), error.read())

    return await asyncio.to_thread(fetch)


def survey(
    root: str,
    *,
    max_pages: int = 200,
    addresses: tuple[str, ...] = (),
    steps: list[Step] | None = None,
) -> Surveyed:
    policy = CrawlPolicy(delay=0, retries=0, max_pages=max_pages)
    asker = Asker(download, policy, Guard(["127.0.0.1"]), "test")
    progress = steps.append if steps is not None else None
    return asyncio.run(Survey(asker, f"{root}/", AS_OF, progress=progress).run(addresses))


def tree(found: Surveyed, root: str) -> dict[ColumnPath, str]:
    return {c.path: c.url.removeprefix(root) for c in found.columns}


@pytest.fixture(scope="module")
def mou() -> tuple[Surveyed, str, Counter[str], list[Step]]:
    steps: list[Step] = []
    with serving(PAGES) as (root, asked):
        return survey(root, steps=steps), root, asked, steps


Mou = tuple[Surveyed, str, Counter[str], list[Step]]


def test_menus_side_trees_includes_and_the_site_map_make_one_tree(mou: Mou):
    found, root, _, _ = mou
    assert list(tree(found, root).items()) == [
        (("新闻中心",), "/xw/"),
        (("新闻中心", "今日要闻"), "/xw/yw/"),
        (("新闻中心", "部门动态"), "/xw/bm/"),
        (("政务公开",), "/zw/"),
        (("政务公开", "通知公告"), "/zw/tz/"),
        (("政务公开", "政策"), "/zw/zc/"),
        (("政务公开", "政策", "政策文件"), "/zw/zc/wj/"),
        (("政务公开", "政府信息公开年报"), "/zw/nb/"),
        (("政务公开", "依申请公开"), "/zw/ysq/"),
        (("政民互动",), "/hd/"),
        (("政民互动", "领导信箱"), "/hd/xx/"),
        (("政民互动", "意见征集"), "/hd/yj/"),
        (("政务服务",), "https://zwfw.sheng.gov.cn/mou/"),
    ]  # fmt: skip


def test_each_column_says_where_it_was_found_and_what_was_seen(mou: Mou):
    found, _, _, _ = mou
    by_name = {c.path[-1]: c for c in found.columns}
    assert by_name["通知公告"].where is Where.MENU
    assert by_name["依申请公开"].where is Where.TREE
    assert by_name["部门动态"].where is Where.SIDE
    assert by_name["领导信箱"].where is Where.MAP
    assert by_name["通知公告"].day == date(2026, 3, 8)
    assert by_name["依申请公开"].outcome is Outcome.GONE
    assert by_name["政务服务"].jump
    assert by_name["政务服务"].frequency is Frequency.JUMP


def test_a_class_is_guessed_only_where_something_speaks_for_it(mou: Mou):
    found, _, _, _ = mou
    guessed = {c.path[-1]: c.frequency for c in found.columns if c.frequency and not c.jump}
    assert guessed == {
        "今日要闻": Frequency.WEEKLY,
        "部门动态": Frequency.WEEKLY,
        "政策文件": Frequency.HALF_YEARLY,
        "政府信息公开年报": Frequency.YEARLY,
        "依申请公开": Frequency.ON_DEMAND,
    }


def test_what_is_no_column_is_counted(mou: Mou):
    found, _, asked, _ = mou
    assert found.left_out[Why.TOOL] >= 3
    assert found.left_out[Why.SHORTCUT] == 1
    assert not asked["/rl/"]
    assert not asked["/en/"]


def test_who_the_portal_is_and_how_far_the_survey_came(mou: Mou):
    found, root, asked, steps = mou
    assert (found.home, found.name, found.id_code) == (f"{root}/", "某县人民政府", "6500000001")
    assert found.requests == sum(asked.values())
    assert max(count for path, count in asked.items() if path in PAGES) == 1
    assert steps[-1].columns == len(found.columns)
    assert not found.short


def test_a_block_of_the_home_page_alone_stands_below_it():
    pages = {
        **PAGES,
        "/": shown('<h3><a href="/gg/">公示公告</a></h3><a href="/gg/">更多</a>', items("/gg/")),
        "/gg/": shown(items("/gg/")),
    }
    with serving(pages) as (root, _):
        found = survey(root)
    assert next(iter(tree(found, root).items())) == (("首页", "公示公告"), "/gg/")
    assert found.columns[0].where is Where.BLOCK


def test_the_budget_ends_the_survey_and_is_told():
    with serving(PAGES) as (root, asked):
        found = survey(root, max_pages=10)
    assert found.short
    assert sum(asked.values()) <= 12
    assert ("政务公开", "政策", "政策文件") in tree(found, root)


def test_robots_are_heard():
    with serving({**PAGES, "/robots.txt": "User-agent: *\nDisallow: /zw/"}) as (root, asked):
        found = survey(root)
    assert not asked["/zw/"]
    assert ("政务公开",) in found.unread
    assert ("政务公开", "政策", "政策文件") in tree(found, root)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(403, Outcome.BLOCKED), (404, Outcome.GONE), (502, Outcome.SERVER_ERROR)],
)
def test_a_home_page_that_tells_nothing(status: int, outcome: Outcome):
    with serving({"/": status}) as (root, _):
        found = survey(root)
    assert (found.outcome, found.columns) == (outcome, [])
    assert found.detail


def test_addresses_no_page_leads_to_are_asked_for():
    with serving({**PAGES, "/old/": shown(items("/old/"))}) as (root, asked):
        found = survey(root, addresses=(f"{root}/old/", f"{root}/never/", f"{root}/zw/tz/"))
    ended = {url.removeprefix(root): end.outcome for url, end in found.asked.items()}
    assert ended == {"/old/": Outcome.OK, "/never/": Outcome.GONE}
    assert asked["/zw/tz/"] == 1


def test_a_menu_of_ten_thousand_hostile_links():
    links = "".join(f'<li><a href="/h/{n}/">栏目{n}号</a></li>' for n in range(10_000))
    odd = (
        '<li><a href="javascript:alert(1)">脚本栏目</a></li><li><a href="data:text/html,x">数据栏目</a></li>'
        f'<li><a href="/huge/">{"很长" * 5_000}</a></li><li><a href="/f/">=cmd|\' /C calc\'!A0 公式栏目</a></li>'
        '<li><a href="http://[::1/">坏网址栏</a></li><li><a href="/rtl/">\u202e公开信息</a></li>'
    )
    with serving(
        {"/": f'<html><body><div class="nav"><ul>{odd}{links}</ul></div></body></html>'}
    ) as (root, asked):
        found = survey(root, max_pages=20)
    assert len(found.columns) <= 300
    assert sum(asked.values()) <= 24
    assert all(c.url.startswith("http") and len(c.path[-1]) <= 24 for c in found.columns)
    assert found.left_out[Why.MANY]


def test_a_page_that_only_shows_what_stands_elsewhere_adds_nothing():
    box = '<div class="hot"><h3>热点栏目</h3><ul><li><a href="/zw/tz/">通知公告</a></li><li><a href="/hd/yj/">意见征集</a></li></ul></div>'
    with serving({**PAGES, "/xw/bm/": shown(box, items("/xw/bm/"))}) as (root, _):
        found = survey(root)
    assert sum(c.path[-1] == "通知公告" for c in found.columns) == 1
    assert ("政民互动", "意见征集") in tree(found, root)


def test_the_demo_portals_own_tree():
    """All its columns that some page links to; four stand in the sheet alone."""
    portal = Portal(AS_OF)
    with PortalServer(portal) as server:
        found = survey(server.url)
        known = {path: server.url + told.url_path for path, told in truth(portal).items()}
        hidden = {path for path in known if portal.boards[path].part.menu == "none"}
    right = {
        p
        for p, url in known.items()
        if any(c.path == p and same_page(c.url) == same_page(url) for c in found.columns)
    }
    assert set(known) - right == hidden
    assert len(right) == 62
    above = {path[:depth] for path in known for depth in range(1, len(path))}
    assert {c.path for c in found.columns} <= set(known) | above
    assert (found.name, found.id_code) == ("云泽区人民政府", "6599990001")
