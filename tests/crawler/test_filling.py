"""Lists that stand in no page: found in its scripts, or by asking as its scripts would."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

TITLES = ("关于做好春季农业生产工作的通知", "县人民政府召开第三次常务会议", "一季度经济运行情况")
GUID = "c339143f9a688ae064b34095456227c6"
ROWS = "".join(
    f'<li><a href="/zw/t{n}.html">{title}</a><span>2026-03-1{n}</span></li>'
    for n, title in enumerate(TITLES)
)
UCAP = (
    "var channelId='%s',pageSize=2;function load(page){$.ajax({type:'get',url:'/common/search/'"
    "+channelId+'?_isJson=true&_pageSize='+pageSize+'&page='+page,success:function(r){"
    "$('#list').html(r.data.results)}})} load(1);"
)


def page(body: str, script: str = "") -> str:
    return f"<title>通知公告</title><body><h2>通知公告</h2>{body}<script>{script}</script></body>"


def records(numbers: list[int]) -> list[dict[str, Any]]:
    return [
        {
            "title": TITLES[n],
            "url": f"/zw/t{n}.html",
            "publishedTimeStr": f"2026-03-1{n} 09:30:00",
            "memo": "2026-03-19",
        }
        for n in numbers
    ]


STATIC = {
    "/ucap/common_list.shtml": page('<ul id="list"></ul>', UCAP % GUID),
    "/ucap/none.shtml": page('<ul id="list"></ul>', UCAP % ("0" * 32)),
    "/ucap/broken.shtml": page('<ul id="list"></ul>', UCAP % ("f" * 32)),
    "/gkmlpt/index": page('<div id="app"></div>', "window._CONFIG={SID:'755031'}"),
    "/jcms/index.html": page(
        '<div id="1229"></div>',
    )
    + '<script type="text/xml"><datastore><recordset>'
    + "".join(f"<record><![CDATA[{row}</li>]]></record>" for row in ROWS.split("</li>")[:-1])
    + "</recordset></datastore></script>",
    "/inline/": page(
        '<table id="t"></table>',
        "var data=["
        + ",".join(
            f"{{title:'{t}',url:'/zw/t{n}.html',time:'2026-3-1{n} 9:57',click:20{n}}}"
            for n, t in enumerate(TITLES)
        )
        + "];for(var i in data){document.write(data[i].title)}",
    ),
    "/jpaas/": page('<div class="list">')
    + """<script parseType="bulidstatic" url="/api-gateway/front/page/build/unit" queryData="{
    'tagId':'列表内容','pageId':'f02c'}"></script>""",
    "/load/": page('<div id="zj">加载中</div>', '$("#zj").load("part.html?t="+Math.random())'),
    "/load/part.html": f"<ul>{ROWS}</ul>",
    "/packed/": page(
        f'<div id="box">{base64.b64encode(quote(f"<ul>{ROWS}</ul>").encode()).decode()}</div>',
        "$('#box').html(decodeURIComponent(atob($('#box').text())))",
    ),
    "/file/": page('<div id="app"></div><script src="list.js"></script>'),
    "/file/list.js": "fetch('/api/list?c=5').then(r=>r.json()).then(show)",
    "/api/list": json.dumps({"code": 0, "data": {"rows": records([0, 1, 2])}}, ensure_ascii=False),
    "/stale/": page(
        '<ul id="ztl">'
        + "".join(
            f'<li><a href="/zw/o{n}.html">旧的第{n}条信息标题</a><span>2025-01-0{n}</span></li>'
            for n in range(1, 6)
        )
        + "</ul>",
        '$.getJSON("/api/list",function(d){$("#ztl").html(d.rows)})',
    ),
    "/numbered/": page('<div id="app"></div>', "fetch('/api/paged?page=1&size=2').then(show)"),
    "/posted/": page(
        '<div id="app"></div>',
        "axios.post('/api/paged', {pageNum: 1, pageSize: 2}).then(show)",
    ),
    "/deaf/": page('<div id="app"></div>', "fetch('/api/deaf?page=1&size=2').then(show)"),
    "/nothing/": page('<div id="app"></div>', "fetch('/api/user').then(show)"),
    "/api/user": json.dumps({"name": "张三", "loginTime": "2026-03-20 08:00:00"}),
}


def paged(number: int) -> str:
    """A page of an interface that says how many records it has."""
    shown = {1: [2, 1], 2: [0]}.get(number, [])
    return json.dumps({"code": 0, "data": {"total": 3, "rows": records(shown)}})


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        body: str | None
        if parts.path == f"/common/search/{GUID}":
            shown = {"1": [2, 1], "2": [0]}.get(query["page"][0], [])
            body = json.dumps({"data": {"total": 3, "results": records(shown)}})
        elif parts.path == f"/common/search/{'0' * 32}":
            body = json.dumps({"data": {"total": 0, "results": []}})
        elif parts.path == "/gkmlpt/api/all/2811" and query["sid"] == ["755031"]:
            # 2026-03-11 00:30 in Shanghai is still the day before in Greenwich.
            articles = [
                {"title": t, "url": f"/zw/t{n}.html", "create_time": 1773160200 + 86400 * n}
                for n, t in enumerate(TITLES)
            ]
            body = json.dumps({"articles": articles, "total": 3})
        elif parts.path.endswith("/build/unit") and query["pageId"] == ["f02c"]:
            body = json.dumps({"success": True, "data": {"html": f"<ul>{ROWS}</ul>"}})
        elif parts.path == "/api/paged":
            body = paged(int(query["page"][0]))
        elif parts.path == "/api/deaf":
            body = paged(1)
        else:
            body = STATIC.get(parts.path)
        self._answer(body)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(paged(asked["pageNum"]) if self.path == "/api/paged" else None)

    def _answer(self, body: str | None) -> None:
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
    paths = [
        *(p for p in STATIC if not p.startswith(("/api", "/load/part", "/file/list"))),
        "/gkmlpt/index#2811",
    ]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("open_many.py"))],
        input="\n".join(home + path for path in paths),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    server.shutdown()
    server.server_close()
    thread.join()
    return {row["url"].removeprefix(home): row for row in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    ("path", "adapter"),
    [
        ("/ucap/common_list.shtml", "ucap"),
        ("/jcms/index.html", "jcms"),
        ("/jpaas/", "jpaas"),
        ("/inline/", "generic"),
        ("/load/", "generic"),
        ("/packed/", "generic"),
        ("/file/", "generic"),
        ("/stale/", "generic"),
    ],
)
def test_the_list_is_found(opened: dict[str, dict[str, Any]], path: str, adapter: str) -> None:
    row = opened[path]
    assert sorted(row["days"]) == ["2026-03-10", "2026-03-11", "2026-03-12"], row
    assert (row["kind"], row["adapter"]) == ("list", adapter)
    assert urlsplit(row["first"]).path in {f"/zw/t{n}.html" for n in range(3)}


def test_unix_seconds_are_days_in_shanghai(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/gkmlpt/index#2811"]
    assert row["days"] == ["2026-03-11", "2026-03-12", "2026-03-13"]
    assert (row["adapter"], row["how"]) == ("gkmlpt", ["api"])


def test_data_is_paged_to_its_end(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/ucap/common_list.shtml"]
    assert (row["pages"], row["complete"]) == (2, True)


@pytest.mark.parametrize("path", ["/inline/", "/load/", "/file/", "/jpaas/", "/stale/"])
def test_the_end_of_a_list_is_not_claimed_where_it_was_not_seen(
    opened: dict[str, dict[str, Any]], path: str
) -> None:
    assert opened[path]["complete"] is False


@pytest.mark.parametrize("path", ["/numbered/", "/posted/"])
def test_numbered_requests_are_gone_through_without_claiming_the_end(
    opened: dict[str, dict[str, Any]], path: str
) -> None:
    row = opened[path]
    assert (row["pages"], row["complete"]) == (2, False)
    assert row["days"] == ["2026-03-12", "2026-03-11", "2026-03-10"]


def test_an_interface_deaf_to_numbers_is_read_once(opened: dict[str, dict[str, Any]]) -> None:
    row = opened["/deaf/"]
    assert (row["pages"], row["complete"], len(row["days"])) == (1, False, 2)


def test_a_count_of_none_is_blank(opened: dict[str, dict[str, Any]]) -> None:
    assert opened["/ucap/none.shtml"]["kind"] == "empty"


@pytest.mark.parametrize("path", ["/ucap/broken.shtml", "/nothing/"])
def test_what_no_answer_shows_stays_unread(opened: dict[str, dict[str, Any]], path: str) -> None:
    assert (opened[path]["kind"], opened[path]["days"]) == ("shell", [])


def test_a_list_in_the_page_costs_no_request(opened: dict[str, dict[str, Any]]) -> None:
    assert len(opened["/inline/"]["asked"]) == 1
    assert len(opened["/jcms/index.html"]["asked"]) == 1
