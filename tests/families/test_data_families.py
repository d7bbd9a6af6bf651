"""Families whose lists are answers: one JSON file, TRS searches, the full-text search of 新点."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.adapters import choose, choose_for_data
from crawler.adapters.base import DataAdapter
from crawler.reading.document import Document
from crawler.reading.page import read_page

GOV = "https://www.yunze.example/zhengce/zuixin/"
GOV_PAGE = (
    '<div class="list"><ul id="list_1"></ul></div><script>$.ajax({type:"get",dataType:"json",'
    'url:"./ZUIXINZHENGCE.json",success:function(d){for(var i=0;i<d.length;i++){'
    "html+='<li><a href='+d[i].URL+'>'+d[i].TITLE+'</a>'+d[i].DOCRELPUBTIME+'</li>'}}})</script>"
)
WRAPPED = (
    '<div class="list"><ul id="list_1"></ul></div><script>var file="YAOWENLIEBIAO.json";'
    "Pager.start(file,function(x){return x.TITLE+x.DOCRELPUBTIME})</script>"
)


def data_of(doc: Document, name: str) -> DataAdapter:
    adapter = choose_for_data(doc)
    assert adapter.name == name
    return adapter


def days(reading: Any) -> list[str]:
    return [str(item.day) for item in reading.items]


def file(county: Any, count: int) -> str:
    return json.dumps(
        [
            {
                "TITLE": county.title(n),
                "SUB_TITLE": "",
                "URL": f"{GOV}2026/content_{7000000 - n}.htm",
                "DOCRELPUBTIME": county.day(n),
            }
            for n in range(1, count + 1)
        ],
        ensure_ascii=False,
    )


@pytest.mark.parametrize("body", [GOV_PAGE, WRAPPED])
def test_one_file_holds_the_list(county: Any, today: Any, body: str) -> None:
    doc = county.page(body, GOV, "最新政策")
    assert read_page(doc, today).kind == "shell"
    govcn = data_of(doc, "govcn")
    [call] = govcn.calls(doc, ())
    assert (call.method, urlsplit(call.url).path.rpartition("/")[0]) == ("GET", "/zhengce/zuixin")
    reading = govcn.read_data(file(county, 1200), call, doc, today)
    assert days(reading) == county.days(1, 1200)
    assert reading.last
    assert {item.how.value for item in reading.items} == {"api"}


def test_a_file_cut_at_our_cap_is_not_the_whole_list(county: Any, today: Any) -> None:
    doc = county.page(GOV_PAGE, GOV)
    govcn = data_of(doc, "govcn")
    [call] = govcn.calls(doc, ())
    rows = json.loads(file(county, 1)) * 6_000
    reading = govcn.read_data(json.dumps(rows), call, doc, today)
    assert reading.items
    assert not reading.last
    assert govcn.read_data("[]", call, doc, today).kind.value == "shell"


SEARCH = "https://www.yunze.example/zwgk/gsgg/"
LISTING = (
    "<script>require(['list2.trsapi'],function(){{listModel({{maxStaticIndex:2,url:'/fjdzapp/search',"
    "pagebar:{{prepage:15,recordCount:'{total}'}},data:{{channelid:'229105',sortfield:"
    "'-docorderpri,-docreltime',classsql:'chnlid=4910',classcol:'publishyear',classnum:100,"
    "classsort:0,cache:true}}}})}})</script>"
)
BOX = (
    "<script>function search(){{location='/was5/web/search?channelid=200001&searchword='+word}}"
    "</script><form action='/was5/web/search'><input name='channelid' value='200001'></form>"
)
POSTED = (
    "<script>$.post('/fjdzapp/search',{channelid:'229105',classsql:'chnlid='+4910,"
    "prepage:20,page:page},show)</script>"
)


def blocks(county: Any, count: int, size: int) -> str:
    shown = "".join(
        f'<div class="list_base" ms-visible="$showStatic({n // size + 1})"><ul>'
        + county.rows(n + 1, min(n + size, count), "./202603/t20260311_{}.htm".format)
        + "</ul></div>"
        for n in range(0, count, size)
    )
    return f'<div ms-controller="list"><div ms-visible="showStatic">{shown}</div></div>'


def found(county: Any, first: int, last: int, **more: Any) -> str:
    rows = [
        {
            "doctitle": county.title(n),
            "docpuburl": f"{SEARCH}202603/t20260311_{n}.htm",
            "docreltime": f"{county.day(n)} 10:12:00",
            "classcol": "2026",
        }
        for n in range(first, last + 1)
    ]
    return json.dumps({"data": rows, **more}, ensure_ascii=False)


def test_printed_blocks_are_one_list_and_the_rest_is_posted_for(county: Any, today: Any) -> None:
    doc = county.page(BOX + blocks(county, 30, 5) + LISTING.format(total=52), SEARCH)
    reading = read_page(doc, today)
    assert (reading.kind, reading.adapter) == ("list", "trs_search")
    assert reading.list is not None
    assert days(reading.list) == county.days(1, 30)
    call = reading.list.call
    assert call is not None
    sent = {name: values[0] for name, values in parse_qs(call.body).items()}
    assert urlsplit(call.url).path == "/fjdzapp/search"
    # Not the channel of the box that searches the whole site.
    assert (sent["channelid"], sent["classsql"]) == ("229105", "chnlid=4910")
    assert (sent["page"], sent["prepage"]) == ("3", "15")
    search = data_of(doc, "trs_search")
    third = search.read_data(found(county, 31, 45, count=52), call, doc, today)
    assert days(third) == county.days(31, 45)
    assert third.call is not None
    assert parse_qs(third.call.body)["page"] == ["4"]
    ended = search.read_data(found(county, 46, 52, count=52), third.call, doc, today)
    assert (ended.call, ended.last) == (None, True)


def test_a_list_printed_whole_asks_for_nothing(county: Any, today: Any) -> None:
    doc = county.page(blocks(county, 30, 5) + LISTING.format(total=30), SEARCH)
    assert choose(doc).read(doc, today).call is None


@pytest.mark.parametrize("script", [LISTING.format(total=40), POSTED])
def test_a_search_without_a_printed_page(county: Any, today: Any, script: str) -> None:
    doc = county.page('<ul id="list"></ul>' + BOX.replace("{{", "{").replace("}}", "}") + script,
                      SEARCH)  # fmt: skip
    assert read_page(doc, today).kind == "shell"
    search = data_of(doc, "trs_search")
    [call] = search.calls(doc, ())
    assert parse_qs(call.body)["channelid"] == ["229105"]
    assert parse_qs(call.body)["page"] == ["1"]
    assert days(search.read_data(found(county, 1, 20, count=40), call, doc, today))
    assert search.read_data('{"count":0,"data":[]}', call, doc, today).kind.value == "empty"
    assert search.read_data("<html>502</html>", call, doc, today).kind.value == "shell"


def test_a_search_by_address(county: Any, today: Any) -> None:
    script = (
        "<script>$.getJSON('/was5/web/search',{channelid:229105,templet:'docs.jsp',"
        "classsql:'chnlid='+30170,prepage:15,page:page},show)</script>"
    )
    doc = county.page(f'<ul id="list"></ul>{script}', SEARCH)
    search = data_of(doc, "trs_search")
    [call] = search.calls(doc, ())
    assert (call.method, call.body) == ("GET", "")
    asked = parse_qs(urlsplit(call.url).query)
    assert (asked["classsql"], asked["page"]) == (["chnlid=30170"], ["1"])
    rows = [
        {"title": county.title(n), "url": f"/zw/t{n}.htm", "pubtime": county.day(n)}
        for n in range(1, 16)
    ]
    first = search.read_data(json.dumps({"count": 40, "docs": rows}), call, doc, today)
    assert days(first) == county.days(1, 15)
    assert first.call is not None
    assert parse_qs(urlsplit(first.call.url).query)["page"] == ["2"]


EPOINT = "https://ggzy.yunze.example/jyxx/002001/002001001/list.html"
WRITTEN = (
    "<ul id='record'></ul><script>var param={{token:'',pn:(page-1)*15,rn:15,fields:'title',"
    'sort:"{{\\"webdate\\":\\"0\\"}}",condition:[{{fieldName:"categorynum",isLike:true,likeType:2,'
    "equal:{equal}}}]}};$.ajax({{url:'/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew',"
    "type:'post',data:JSON.stringify(param)}})</script>"
)


def records(county: Any, first: int, last: int, total: int) -> str:
    rows = [
        {
            "title": f"<em>{county.title(n)}</em>",
            "linkurl": f"/jyxx/002001/002001001/20260311/{n:08d}-6f1e.html",
            "infodateformat": county.day(n),
            "infodate": f"{county.day(n)} 17:30:00",
            "categorynum": "002001001",
            "bidopendate": "2026-04-11 09:00:00",
        }
        for n in range(first, last + 1)
    ]
    return json.dumps({"result": {"totalcount": total, "records": rows}}, ensure_ascii=False)


@pytest.mark.parametrize("equal", ['"002001001"', "categorynum"])
def test_the_search_is_asked_for_the_category(county: Any, today: Any, equal: str) -> None:
    doc = county.page(WRITTEN.format(equal=equal), EPOINT, "招标公告")
    assert read_page(doc, today).kind == "shell"
    epoint = data_of(doc, "epoint")
    [call] = epoint.calls(doc, ())
    sent = json.loads(call.body)
    assert (call.method, sent["pn"], sent["rn"]) == ("POST", 0, 15)
    assert [c["equal"] for c in sent["condition"]] == ["002001001"]
    assert sent["condition"][0]["isLike"] is True
    first = epoint.read_data(records(county, 1, 15, 22), call, doc, today)
    assert days(first) == county.days(1, 15)
    assert first.items[0].title == county.title(1)
    assert first.call is not None
    assert json.loads(first.call.body)["pn"] == 15
    # Some portals write the answer as text into another answer.
    nested = json.dumps({"code": 200, "content": records(county, 16, 22, 22)})
    ended = epoint.read_data(nested, first.call, doc, today)
    assert (days(ended), ended.last, ended.call) == (county.days(16, 22), True, None)


def test_without_a_category_nothing_is_asked(county: Any, today: Any) -> None:
    doc = county.page(
        WRITTEN.format(equal="categorynum"), "https://ggzy.yunze.example/jyxx/list.html"
    )
    assert data_of(doc, "epoint").calls(doc, ()) == ()


def test_none_is_blank(county: Any, today: Any) -> None:
    doc = county.page(WRITTEN.format(equal='"002001001"'), EPOINT)
    epoint = data_of(doc, "epoint")
    [call] = epoint.calls(doc, ())
    assert epoint.read_data(records(county, 1, 0, 0), call, doc, today).kind.value == "empty"
    assert epoint.read_data('{"code":500}', call, doc, today).kind.value == "shell"


@pytest.mark.parametrize(
    "body",
    [
        "<script>$.getJSON('/data/WEATHER.json',function(w){$('#tq').html(w.text)})</script>",
        "<p>DOCRELPUBTIME 与 SUB_TITLE 是数据字段</p><script>var a='list.json'</script>",
        BOX.format(),
        '<div ms-visible="isLogin">欢迎您</div>',
        '<a href="/searchList/index.html">高级检索</a>',
        "<p>classsql 的写法是 chnlid</p>".replace("classsql 的", "classsql；\n"),
        '<script src="https://x.example/epoint/js/a.js"></script>',
        '<a href="http://ggzy.example/inteligentsearch/">全文检索</a>',
    ],
)
def test_what_is_of_no_such_family(county: Any, body: str) -> None:
    assert choose(county.page(f"<ul>{county.rows(1, 8)}</ul>{body}", GOV)).name == "generic"


@pytest.mark.parametrize(
    "body",
    [
        "DOCRELPUBTIME" + '"' + "A" * 100_000 + '"/' + '"A/' * 100_000,
        'classsql chnlid "' + "/search" * 50_000 + "classsql:'" * 50_000,
        "getFullTextDataNew" + '"/getFullTextData' * 50_000 + 'condition:[{"equal":"' * 20_000,
        "<script>" + "{rn:15,condition:[" * 20_000 + "'/getFullTextDataNew'</script>",
    ],
)
def test_hostile_scripts_end(county: Any, today: Any, body: str) -> None:
    doc = county.page(body, GOV)
    started = time.process_time()
    for adapter in (choose(doc), choose_for_data(doc)):
        adapter.read(doc, today)
        if isinstance(adapter, DataAdapter):
            for call in adapter.calls(doc, (body,)):
                adapter.read_data(body, call, doc, today)
    assert time.process_time() - started < 10


GUID = "a1a078ee0bc54721ab6b148884c784a8"


@pytest.mark.parametrize("place", ["/common/search/", "/searchList/"])
def test_ucap_searches_by_the_channel_of_the_head(county: Any, today: Any, place: str) -> None:
    script = f"<script>var listUrl='{place}'+channelId;loadList(listUrl,1)</script>"
    head = f'<meta name="channelid" content="{GUID}">'
    url = "https://www.yunze.example/zwgk/common_list.shtml"
    doc = county.page(f'<ul id="list"></ul>{script}', url, head=head)
    ucap = data_of(doc, "ucap")
    call = ucap.calls(doc, ())[0]
    assert urlsplit(call.url).path == place + GUID
    rows = [
        {"title": county.title(n), "url": f"/zw/{n}.shtml", "publishedTimeStr": county.day(n)}
        for n in range(1, 21)
    ]
    answer = json.dumps({"data": {"total": 30, "results": rows}})
    first = ucap.read_data(answer, call, doc, today)
    assert days(first) == county.days(1, 20)
    assert first.call is not None
    assert parse_qs(urlsplit(first.call.url).query)["page"] == ["2"]


OTHER = "6370182caa72dad9cf851f424ce68ad6"


@pytest.mark.parametrize(
    "asks",
    [
        "var id=$('meta[name=\"channelid\"]').attr('content');go('/common/search/'+id);",
        f"$.getJSON('/common/search/{GUID}?_isJson=true&page=1',show);",
    ],
)
def test_ucap_leaves_the_searches_of_side_boxes_alone(county: Any, asks: str) -> None:
    box = f"$.getJSON('/common/search/{OTHER}?_isAgg=true&_isJson=true&page=1',hot);"
    head = f'<meta name="channelid" content="{GUID}">'
    url = "https://www.yunze.example/zwgk/common_list.shtml"
    doc = county.page(f'<ul id="list"></ul><script>{asks}{box}</script>', url, head=head)
    calls = data_of(doc, "ucap").calls(doc, ())
    assert [urlsplit(call.url).path for call in calls] == [f"/common/search/{GUID}"]


def test_ucap_asks_what_the_page_asks_where_the_head_is_not_used(county: Any) -> None:
    script = f"$.getJSON('/common/search/{OTHER}?_isAgg=true&_isJson=true&page=1',show);"
    head = f'<meta name="channelid" content="{GUID}">'
    url = "https://www.yunze.example/zwgk/common_list.shtml"
    doc = county.page(f'<ul id="list"></ul><script>{script}</script>', url, head=head)
    calls = data_of(doc, "ucap").calls(doc, ())
    assert [urlsplit(call.url).path for call in calls] == [f"/common/search/{OTHER}"]
