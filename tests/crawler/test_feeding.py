"""Columns whose list only a feed or the site map can tell, over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

TITLES = ("关于做好春季农业生产工作的通知", "县人民政府召开第三次常务会议", "一季度经济运行情况")
DAYS = ("2026-03-18", "2026-03-12", "2026-02-20")
FEED = '<link rel="alternate" type="application/rss+xml" href="rss.xml">'


def page(body: str, head: str = FEED) -> str:
    return f"<head><title>通知公告</title>{head}</head><body><h2>通知公告</h2>{body}</body>"


def rss(folder: str, days: tuple[str, ...]) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{folder}content_100{n}.html</link>"
        f"<pubDate>{day}T09:30:00+08:00</pubDate></item>"
        for n, (title, day) in enumerate(zip(TITLES, days, strict=True))
    )
    return f"<rss><channel><title>通知公告</title><link>{folder}</link>{items}</channel></rss>"


def undated(folder: str) -> str:
    rows = "".join(
        f'<li><a href="{folder}content_100{n}.html">{title}</a></li>'
        for n, title in enumerate([*TITLES, "关于清明节放假安排的通知"])
    )
    return page(f'<ul class="list">{rows}</ul>')


def article(number: int) -> str:
    return (
        f"<title>{TITLES[number]}</title><body><h1>{TITLES[number]}</h1>"
        f"<div>发布时间：{DAYS[number]} 10:20</div><p>{'各乡镇、各部门要认真抓好落实。' * 20}</p>"
    )


SHELL = page('<div id="app"></div><script src="/js/chunk-5f3a.js"></script>')
BARE = page('<div id="app"></div><script src="/js/chunk-5f3a.js"></script>', head="")
STATIC = {
    "/js/chunk-5f3a.js": "!function(e){e.exports=1}(window)",
    "/fresh/": SHELL,
    "/fresh/rss.xml": rss("/fresh/", DAYS),
    "/stale/": SHELL,
    "/stale/rss.xml": rss("/stale/", ("2026-02-18", "2026-02-12", "2026-01-20")),
    "/undated/": undated("/undated/"),
    "/undated/rss.xml": rss("/undated/", DAYS),
    "/undated/content_1003.html": "<h1>关于清明节放假安排的通知</h1>发布时间：2026-03-19"
    + "<p>各乡镇、各部门要妥善安排值班。</p>" * 20,
    "/mapped/": BARE,
    **{f"/mapped/content_100{n}.html": article(n) for n in range(3)},
    "/readable/": page(
        "<ul>"
        + "".join(
            f'<li><a href="/readable/content_100{n}.html">{t}</a><span>2026-01-0{n + 1}</span></li>'
            for n, t in enumerate(TITLES)
        )
        + "</ul>"
    ),
    "/readable/rss.xml": rss("/readable/", DAYS),
    "/sitemap.xml": "<urlset>"
    + "".join(
        f"<url><loc>/mapped/content_100{n}.html</loc><lastmod>{day}</lastmod></url>"
        for n, day in enumerate(("2026-03-19", "2026-03-13", "2026-02-20"))
    )
    + "</urlset>",
}
COLUMNS = ("/fresh/", "/stale/", "/undated/", "/mapped/", "/readable/")


SERVED: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        SERVED.append(urlsplit(self.path).path)
        body = STATIC.get(SERVED[-1])
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((body or "404").encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def opened() -> dict[str, dict[str, Any]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    home = f"http://127.0.0.1:{server.server_port}"
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("open_many.py"))],
        input="\n".join(home + path for path in COLUMNS),
        capture_output=True,
        text=True,
        timeout=120,
    )
    server.shutdown()
    server.server_close()
    thread.join()
    assert done.returncode == 0, done.stderr
    return {row["url"].removeprefix(home): row for row in json.loads(done.stdout.splitlines()[-1])}


def asked(row: dict[str, Any]) -> list[str]:
    return [urlsplit(url).path for url in row["asked"]]


def test_a_live_feed_stands_in_for_a_shell(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/fresh/"]
    assert (row["kind"], row["adapter"], row["days"]) == ("list", "feeds", list(DAYS))
    assert row["complete"] is False


def test_a_stale_feed_leaves_the_column_unread(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/stale/"]
    assert (row["kind"], row["days"]) == ("shell", [])


def test_a_list_without_days_gets_those_of_its_feed(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/undated/"]
    assert row["days"] == [*DAYS, "2026-03-19"]
    assert row["how"] == ["api", "article"]
    # Only the item the feed does not know was opened.
    assert asked(row) == ["/undated/", "/undated/rss.xml", "/undated/content_1003.html"]


def test_the_site_map_leads_to_the_documents(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/mapped/"]
    assert (row["kind"], row["adapter"], row["days"]) == ("list", "feeds", list(DAYS))
    assert row["titles"] == list(TITLES)
    assert row["how"] == ["article"]


def test_the_site_map_is_asked_for_once_a_run(opened: dict[str, dict[str, Any]]) -> None:
    assert {row["kind"] for row in opened.values()} == {"list", "shell"}
    assert SERVED.count("/sitemap.xml") == 1


def test_a_readable_list_is_never_replaced(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/readable/"]
    assert row["days"] == ["2026-01-01", "2026-01-02", "2026-01-03"]
    assert asked(row) == ["/readable/"]
