"""Lists that a browser would build out of the page itself."""

from __future__ import annotations

import base64
import json
import time
from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.document import Document
from crawler.reading.inline_data import inline_html, inline_items
from crawler.reading.page import read_page

URL = "https://www.liuhe.example/zwgk/tzgg/"
ROWS = (
    ("关于开展春季义务植树活动的通知", "/art/a1001.html", "2031-04-12"),
    ("区政府办公室关于印发防汛预案的通知", "/art/a1002.html", "2031-04-09"),
    ("区财政局公布上季度预算执行情况", "/art/a1003.html", "2031-03-28"),
)
LIST = "".join(f'<li><a href="{u}">{t}</a><span>{d}</span></li>' for t, u, d in ROWS)
OBJECTS = ",".join(f"{{title:'{t}',url:'{u}',time:'{d} 9:57'}}" for t, u, d in ROWS)
ARRAYS = ",".join(f'["{t}","{u}","{d}"]' for t, u, d in ROWS)
JSON = json.dumps({"now": "2031-04-20", "list": [{"t": t, "u": u, "d": d} for t, u, d in ROWS]})


def page(body: str, furniture: frozenset[str] = frozenset()) -> Document:
    return Document(f"<title>通知公告</title><body>{body}</body>", URL, furniture)


def packed(markup: str, *, encoded: bool = True) -> str:
    return base64.b64encode((quote(markup) if encoded else markup).encode()).decode()


DATA = {
    "objects": f"<ul id=l></ul><script>var data=[{OBJECTS}];for(i in data){{w(i)}}</script>",
    "arrays": f"<script>var a=[{ARRAYS}];for(i=0;i<a.length;i++)document.write(a[i][0])</script>",
    "a block of JSON": f'<script type="application/json" id="d">{JSON}</script>',
    "a state": f"<script>window.__INITIAL_STATE__={JSON};(function(){{var s}})()</script>",
    "a string": f"<script>var d=JSON.parse({json.dumps(JSON)});show(d.list)</script>",
    "an application": "<div id=app></div><script>new Vue({el:'#app',data(){return{list:["
    + OBJECTS + "]}},methods:{go:function(x){location.href=x}}})</script>",
    "piece by piece": "<script>var l=new Array();" + "".join(
        f"l[{n}]=new Array('{t}','{u}','{d}');" for n, (t, u, d) in enumerate(ROWS)) + "</script>",
    "beside a menu": "<script>var navs=[{name:'政务公开',url:'/zwgk/'},{name:'新闻',url:'/xw/'}];"
    f"var list=[{OBJECTS}];</script>",
}  # fmt: skip


@pytest.mark.parametrize("name", DATA)
def test_data_in_scripts(name: str, today: date) -> None:
    items = inline_items(page(DATA[name]), today)
    assert [(item.title, item.url, str(item.day)) for item in items] == [
        (t, f"https://www.liuhe.example{u}", d) for t, u, d in ROWS
    ]
    assert inline_html(page(DATA[name])) is None


def test_addresses_follow_the_base_of_the_page(today: date) -> None:
    doc = Document(
        '<base href="https://cms.example/x/"><script>var l=[{title:"关于开展植树的通知",'
        'url:"1.html",date:"2031-04-02"}]</script>', URL)  # fmt: skip
    [item] = inline_items(doc, today)
    assert item.url == "https://cms.example/x/1.html"


@pytest.mark.parametrize(
    "script",
    [
        "var hits=123;var d='2031-04-20';",
        "var menu=[{name:'政府信息公开年度报告',url:'/nb/'},{name:'政府信息公开指南',url:'/zn/'}];",
        "var nav=[['政府信息公开年度报告专栏','/zwgk/nb/'],['政府信息公开指南','/zn/']];",
        "var _CONFIG={SID:'7551',SITE:'柳河区',TREE:[{id:2811,name:'政府文件'}]};",
        "var w={city:'柳河',list:[{date:'2031-04-20',text:'多云转晴，东南风三级'}]};".replace(
            "list", "forecast"
        ),
        "option={xAxis:{data:['2031-01','2031-02']},series:[{name:'公共预算收入完成',data:[1,2]}]};",
        "var user={name:'王小明同志',loginTime:'2031-04-20 08:00:00',url:'/user/1.html'};",
        "createPageHTML('page-div',34,1,'list','shtml',500);var p={page:1,total:93};",
        "var slides=[{img:'/1.jpg',url:'/zt/a/',title:'学习贯彻重要会议精神专题'},"
        "{img:'/2.jpg',url:'/zt/b/',title:'优化营商环境专题专栏'}];",
        "$.ajax({url:'/api/list',data:{page:1,start:'2031-04-01',title:'通知公告列表'},success:f});",
        "var list=[];",
        "var list=[{title:'',url:'',time:''}];",
        "swiper({autoplay:{delay:3000},items:[{el:'.a'},{el:'.b'}]});",
        "var deadline=[{title:'关于征集意见建议的公告',endTime:'2031-05-01'}];",
    ],
)
def test_other_data_is_no_list(script: str, today: date) -> None:
    doc = page(f"<div id=list></div><script>{script}</script>")
    assert inline_items(doc, today) == ()
    assert inline_html(doc) is None


@pytest.mark.parametrize("kind", ["application/ld+json", "text/template", "text/html", "text/xml"])
def test_scripts_of_other_kinds_hold_no_data(kind: str, today: date) -> None:
    assert inline_items(page(f'<script type="{kind}">[{OBJECTS}]</script>'), today) == ()
    assert inline_items(page(f'<script src="x.js">[{OBJECTS}]</script>'), today) == ()


def test_what_stands_on_every_page_is_no_list(today: date) -> None:
    furniture = frozenset(f"https://www.liuhe.example{u}" for _, u, _ in ROWS)
    assert inline_items(page(f"<script>var hot=[{OBJECTS}]</script>", furniture), today) == ()


def store(rows: str) -> str:
    return (
        '<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]>'
        f"</nextgroup><recordset>{rows}</recordset></datastore>"
    )


RECORDS = "".join(f"<record><![CDATA[{row}</li>]]></record>" for row in LIST.split("</li>")[:-1])
UNPACK = (
    '<script>var t=document.getElementById("box");t.innerHTML=decodeURIComponent(atob(t.innerHTML))'
    "</script>"
)
MARKUP = {
    "a store in a script": f'<div id=c><script type="text/xml">{store(RECORDS)}</script></div>',
    "a store in the page": store(RECORDS),
    "a store without CDATA": store(RECORDS.replace("<![CDATA[", "").replace("]]>", "")),
    "a store that is escaped": store(
        "".join(
            "<record>" + row.replace("<", "&lt;").replace(">", "&gt;") + "&lt;/li&gt;</record>"
            for row in LIST.split("</li>")[:-1])),
    "base64 in the page": f'<div id="box" style="display:none">{packed(f"<ul>{LIST}</ul>")}</div>'
    + UNPACK,
    "base64 alone": f'<div id="box">{packed(LIST, encoded=False)}</div>'
    '<script src="u.js"></script>',
    "base64 in a script": f"<script>$('#l').html(Base64.decode('{packed(LIST)}'))</script>",
    "percent-encoded": f"<script>document.write(unescape('{quote(LIST)}'))</script>",
    "escaped the old way": "<script>document.write(unescape('" + "".join(
        f"%u{ord(c):04x}" if ord(c) > 127 else quote(c) for c in LIST) + "'))</script>",
    "a textarea": f'<textarea id="src">{LIST}</textarea>'
    '<script>$("#l").html($("#src").val())</script>',
    "a template": f'<template id="t">{LIST}</template>'
    '<script>l.append(document.getElementById("t").content)</script>',
    "a script of markup": f'<script type="text/html" id="t">{LIST}</script>'
    "<script>$('#l').html($('#t').html())</script>",
    "a comment": f'<div id="c"><!--<ul>{LIST}</ul>--></div>'
    '<script>var c=document.getElementById("c");'
    "c.innerHTML=c.firstChild.nodeValue</script>",
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
def test_markup_that_is_not_shown(name: str, today: date) -> None:
    found = inline_html(page(MARKUP[name], frozenset({"x"})))
    assert found is not None
    assert (found.url, found.furniture) == (URL, frozenset({"x"}))
    listing = read_page(found, today).list
    assert listing is not None
    assert [(item.title, item.url, str(item.day)) for item in listing.items] == [
        (t, f"https://www.liuhe.example{u}", d) for t, u, d in ROWS
    ]


def test_rows_of_a_table_stay_a_table(today: date) -> None:
    rows = "".join(f'<tr><td><a href="{u}">{t}</a></td><td>{d}</td></tr>' for t, u, d in ROWS)
    cells = "".join(f"<record><![CDATA[{row}</tr>]]></record>" for row in rows.split("</tr>")[:-1])
    found = inline_html(page(store(cells)))
    assert found is not None
    assert len(found.tree.css("table td a")) == 3


def test_the_base_and_the_title_of_the_page_are_kept() -> None:
    doc = Document(f'<base href="https://cms.example/x/"><title>通知</title>{store(RECORDS)}', URL)
    found = inline_html(doc)
    assert found is not None
    assert found.base == "https://cms.example/x/"
    assert found.tree.css_first("title").text() == "通知"


TEMPLATE = '<li><a href="{{url}}">{{title}}</a><span>{{date}}</span></li>'


@pytest.mark.parametrize(
    "body",
    [
        f"<ul>{LIST}</ul>",
        f'<textarea id="src">{LIST}</textarea><script>$("#other").val()</script>',
        f"<textarea>{LIST}</textarea><script>$('#src').val()</script>",
        f'<template id="t">{LIST}</template>',
        f'<script type="text/html" id="t">{TEMPLATE}</script><script>$("#t").html()</script>',
        f'<template id="t">{TEMPLATE}</template><script>document.getElementById("t")</script>',
        '<script type="text/html" id="t"><li><a href="<%=url%>">通知</a></li></script>'
        "<script>$('#t').html()</script>",
        f'<div id="c"><!-- {LIST} --></div><script>$("#c").load("/api/list.html")</script>',
        f"<!-- {LIST} --><script>c.firstChild.nodeValue</script>",
        f'<div id="c">{packed(LIST)}</div>',
        f'<div id="c">{packed("只是一些文字，没有链接" * 20)}</div>{UNPACK}',
        f"<p>{'A' * 400}</p>{UNPACK}",
        f'<img src="data:image/png;base64,{packed(LIST)}">{UNPACK}',
        f"<script>var token='{packed('token' * 40, encoded=False)}';atob(token)</script>",
        store(""),
        store("<record><![CDATA[没有链接]]></record>"),
        "<datastore><recordset><record><![CDATA[",
        "",
    ],
    ids=range(18),
)
def test_what_nobody_unpacks_stays_packed(body: str) -> None:
    assert inline_html(page(body)) is None


@pytest.mark.parametrize(
    "body",
    [
        "<datastore>" + "<record>" * 100_000,
        "<datastore>" + "<record><![CDATA[" * 60_000,
        "<datastore>" + "<record><![CDATA[x]]>" * 60_000,
        "<script>atob('" + "A" * 1_000_000 + "</script>",
        "<script>atob;" + "'AAAA" * 200_000 + "</script>",
        "<p>" + "QUJD" * 500_000 + "</p>" + UNPACK,
        "<textarea id=a>" * 5_000 + "<script>" + "$('#a')" * 20_000 + "</script>",
        "<script>" + "getElementById('" * 60_000 + "</script>",
        "<script>" + "[{t:'" * 100_000 + "</script>",
        "<script>x=[" + "['关于开展工作的通知','/a/1.html','2031-04-02']," * 20_000 + "]</script>",
    ],
    ids=range(10),
)
def test_hostile_pages_end_soon(body: str, today: date) -> None:
    doc = page(body)
    start = time.process_time()
    inline_html(doc)
    inline_items(doc, today)
    assert time.process_time() - start < 5


_PIECES = st.sampled_from(
    ["<script>", "</script>", "<script type='text/xml'>", "<datastore>", "<record>", "<![CDATA[",
     "]]>", "</record>", "<textarea id='a'>", "</textarea>", "<template id='a'>", "</template>",
     "<!--",
     "-->",
     "<div id='a'>", "$('#a').html()", "nodeValue", "atob('", "')", packed(LIST), LIST, quote(LIST),
     f"var a=[{OBJECTS}];", f"[{ARRAYS}]", "{{", "%ud800%3Ca", "\x00", "<base href='http://[x/'>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=20))
def test_any_page_is_read(pieces: list[str]) -> None:
    doc = page("".join(pieces))
    found = inline_html(doc)
    assert found is None or found.url == URL
    assert all(item.title and item.url for item in inline_items(doc, date(2031, 4, 20)))
