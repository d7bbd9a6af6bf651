"""大汉 jcms: rows in a store of records, further ones from its proxy."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.adapters import choose, named
from crawler.adapters.jcms import Jcms
from crawler.adapters.jpaas import Jpaas
from crawler.call import Call
from crawler.reading.page import read_page

URL = "https://www.yunze.example/col/col1229/index.html"
UNIT = "appid=1&webid=34&path=/&columnid={}&unitid=7433&webname=云泽县&permissiontype=0"
PROXY = "/module/web/jpage/dataproxy.jsp"
SCRIPT = (
    "<script>$(function(){{$('#7433').jpage({{themeName:'default',totalRecord:93,perPage:15,"
    "proxyUrl:'{proxy}',ajaxParam:{{col:1,appid:1,webid:34,path:'/',columnid:1229,"
    "unitid:7433,webname:'云泽县',permissiontype:0}}}});}});</script>"
)


def store(rows: list[str], column: int = 1229, total: int | None = None) -> str:
    more = f'<a href="{PROXY}?page=1&{UNIT.format(column)}"></a>'
    counted = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
    return (
        f'<script type="text/xml"><datastore><nextgroup><![CDATA[{more}]]></nextgroup>{counted}'
        f"<recordset>{records}</recordset></datastore></script>"
    )


@pytest.fixture
def jcms() -> Jcms:
    adapter = named("jcms")
    assert isinstance(adapter, Jcms)
    return adapter


def art(number: int) -> str:
    return f"/art/2025/1/1/art_1229_{number}.html"


def rows(county: Any, first: int, last: int) -> list[str]:
    return [county.row(n, art(n)) for n in range(first, last + 1)]


def test_rows_in_a_store(county: Any, today: Any) -> None:
    doc = county.page(f"<div>{store(rows(county, 1, 45))}</div>" + SCRIPT.format(proxy=PROXY), URL)
    reading = read_page(doc, today)
    assert (reading.kind, reading.adapter) == ("list", "jcms")
    assert reading.list is not None
    assert [str(item.day) for item in reading.list.items] == county.days(1, 45)
    assert reading.list.items[0].title == county.title(1)
    # The folder of the first of January is the system's; the day shown is the day.
    assert [str(other.day) for other in reading.list.items[0].others] == ["2025-01-01"]


def test_further_rows_are_posted_for(county: Any, today: Any) -> None:
    doc = county.page(store(rows(county, 1, 45)) + SCRIPT.format(proxy=PROXY), URL)
    reading = choose(doc).read(doc, today)
    call = reading.call
    assert call is not None
    assert call.method == "POST"
    assert urlsplit(call.url).path == PROXY
    assert urlsplit(call.url).query == "startrecord=46&endrecord=90&perpage=15"
    sent = parse_qs(call.body)
    assert (sent["columnid"], sent["unitid"], sent["webname"]) == (["1229"], ["7433"], ["云泽县"])
    assert "page" not in sent


def test_windows_follow_each_other_to_the_total(county: Any, today: Any, jcms: Jcms) -> None:
    doc = county.page(SCRIPT.format(proxy=PROXY), URL)
    [call] = jcms.calls(doc, ())
    seen: list[str] = []
    asked = []
    for first, last in ((1, 45), (46, 90), (91, 93)):
        asked.append(parse_qs(urlsplit(call.url).query)["startrecord"][0])
        reading = jcms.read_data(store(rows(county, first, last), total=93), call, doc, today)
        seen += [str(item.day) for item in reading.items]
        if reading.call is not None:
            call = reading.call
    assert asked == ["1", "46", "91"]
    assert seen == county.days(1, 93)
    assert reading.last
    assert reading.call is None


def test_a_proxy_that_gives_fewer_than_asked(county: Any, today: Any, jcms: Jcms) -> None:
    doc = county.page(SCRIPT.format(proxy=PROXY), URL)
    [call] = jcms.calls(doc, ())
    reading = jcms.read_data(store(rows(county, 1, 15), total=93), call, doc, today)
    assert reading.call is not None
    assert "startrecord=16&" in reading.call.url
    assert not reading.last


def test_an_older_proxy_answers_with_a_script(county: Any, today: Any, jcms: Jcms) -> None:
    old = "/module/jslib/jquery/jpage/dataproxy.jsp"
    doc = county.page('<div id="7433"></div>' + SCRIPT.format(proxy=old), URL)
    assert choose(doc).read(doc, today).kind.value == "shell"
    [call] = jcms.calls(doc, ())
    assert urlsplit(call.url).path == old
    written = ",".join(f"'{row}'" for row in rows(county, 1, 3))
    reading = jcms.read_data(f"{{totalRecord:3,dataStore:[{written}]}}", call, doc, today)
    assert [str(item.day) for item in reading.items] == county.days(1, 3)
    assert reading.last


def test_none_is_blank_and_trouble_is_not(county: Any, today: Any, jcms: Jcms) -> None:
    doc = county.page(SCRIPT.format(proxy=PROXY), URL)
    [call] = jcms.calls(doc, ())
    assert jcms.read_data(store([], total=0), call, doc, today).kind.value == "empty"
    assert jcms.read_data("<html>系统繁忙</html>", call, doc, today).kind.value == "shell"
    assert jcms.read_data("", call, doc, today).kind.value == "shell"


def test_a_side_box_in_a_store_is_not_the_list(county: Any, today: Any) -> None:
    hot = store([county.row(1, "/art/2026/3/19/art_77_1.html")] * 6, column=77)
    printed = f"<div class='list'><ul>{county.rows(4, 18, art)}</ul></div>"
    doc = county.page(f"{printed}<div class='right'><h3>热点</h3>{hot}</div>", URL)
    assert read_page(doc, today).newest.day.isoformat() == county.day(4)
    own = county.page(store(rows(county, 4, 18)) + f"<div>{hot}</div>", URL)
    assert read_page(own, today).newest.day.isoformat() == county.day(4)


def test_stores_of_other_columns_make_a_channel(county: Any, today: Any) -> None:
    body = "".join(
        store([county.row(n, f"/art/2026/3/1/art_{c}_{n}.html") for n in range(c, c + 5)], column=c)
        for c in (2, 12)
    )
    reading = read_page(county.page(body, "https://www.yunze.example/col/col1/index.html"), today)
    assert reading.kind == "channel"
    assert reading.list is not None
    assert reading.list.call is None


def test_the_largest_store_is_the_list_where_no_address_tells(county: Any, today: Any) -> None:
    hot = store([county.row(n, f"/art/2026/3/19/art_77_{n}.html") for n in (1, 2)], column=77)
    body = hot + store(rows(county, 5, 19), column=1229)
    doc = county.page(body, "https://www.yunze.example/zwgk/tzgg/index.html")
    assert read_page(doc, today).newest.day.isoformat() == county.day(5)


UNIT_SCRIPT = (
    '<script parseType="bulidstatic" url="/api-gateway/jpaas-publish-server/front/page/build/unit" '
    "queryData=\"{{'webId':'34','pageId':'1229','pageType':'column','tagId':'{}'}}\"></script>"
)


def test_jpaas_units_are_told_by_name_and_paged(county: Any, today: Any) -> None:
    names = ("右侧热点列表", "当前位置", "右侧内容", "ajax分页")
    doc = county.page("".join(UNIT_SCRIPT.format(name) for name in names), URL)
    jpaas = named("jpaas")
    assert isinstance(jpaas, Jpaas)
    asked = [parse_qs(urlsplit(call.url).query)["tagId"][0] for call in jpaas.calls(doc, ())]
    assert asked == ["ajax分页", "右侧内容"]
    call = jpaas.calls(doc, ())[0]
    html = f"<ul>{''.join(rows(county, 1, 14))}</ul>"
    first = jpaas.read_data(json.dumps({"data": {"html": html}}), call, doc, today)
    assert [str(item.day) for item in first.items] == county.days(1, 14)
    assert first.call is not None
    further = parse_qs(urlsplit(first.call.url).query)
    assert json.loads(further["paramJson"][0]) == {"pageNo": 2, "pageSize": 14}
    assert further["pageId"] == ["1229"]
    assert not first.last


@pytest.mark.parametrize(
    "body",
    [
        "<p>&lt;datastore&gt;&lt;recordset&gt;&lt;record&gt; 的写法见附件</p>",
        "<xml id='island'><recordset><record><name>甲</name></record></recordset></xml>",
        '<a href="/module/rss/rssfeed.jsp?colid=1229">RSS订阅</a>',
        '<a href="/module/jpage/">分页说明</a>',
    ],
)
def test_what_is_not_of_the_family(county: Any, body: str) -> None:
    assert choose(county.page(body + f"<ul>{county.rows(1, 8)}</ul>", URL)).name != "jcms"


@pytest.mark.parametrize(
    "body",
    [
        "<datastore><recordset><record>" * 20_000,
        "<datastore><record><![CDATA[" + "<li>" * 100_000,
        "<datastore><record><![CDATA[<a href='/art/1.html'>" + "甲" * 3_000_000 + "]]></record>",
        "dataproxy.jsp ajaxParam:{" * 20_000,
        "<datastore><nextgroup>" + "<a href='//[/jpage/dataproxy.jsp?a'></a>" * 999 + "<record>",
    ],
)
def test_hostile_stores_end(county: Any, today: Any, jcms: Jcms, body: str) -> None:
    doc = county.page(body, URL)
    jcms.read(doc, today)
    jcms.calls(doc, ())
    jcms.read_data(body, Call(f"{URL}?startrecord=1&endrecord=45&perpage=15"), doc, today)
