"""Requests read from the source of a page's scripts, without running them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.call import Call
from crawler.reading.calls import find_calls
from crawler.reading.document import Document

HOST = "https://x.example"


def calls(script: str, url: str = f"{HOST}/zwgk/tzgg/list.html?cid=31") -> list[Call]:
    return list(find_calls(Document(f"<body><script>{script}</script></body>", url)))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("$.getJSON('/api/list.json', function(d){})", "/api/list.json"),
        ('$.get("inc/list_55.html")', "/zwgk/tzgg/inc/list_55.html"),
        ('$("#zj").load("inc/list.html?t="+Math.random())', "/zwgk/tzgg/inc/list.html?t=1"),
        ("fetch('/api/leaders').then(r => r.json())", "/api/leaders"),
        ("fetch(`/api/articles?columnId=${id}`); var id = 301;", "/api/articles?columnId=301"),
        ("axios.get('/api/p', {params: {cid: 5, page: page}})", "/api/p?cid=5&page=1"),
        (
            "var channelId='c33914',size=12; function loadPage(page){$.ajax({type:'get',"
            "dataType:'json',url:'/common/search/'+channelId+'?n='+size+'&page='+page,"
            "success:function(r){}})} loadPage(1)",
            "/common/search/c33914?n=12&page=1",
        ),
        (
            "$.ajax({url:'ajax/Get.ashx',data:{cid:31,page:p,rows:12},success:function(d){}})",
            "/zwgk/tzgg/ajax/Get.ashx?cid=31&page=1&rows=12",
        ),
        ("$.getJSON('/api/q?cid='+getQueryString('cid'))", "/api/q?cid=31"),
        ("var u=new URLSearchParams(location.search);fetch('/a?c='+u.get('cid'))", "/a?c=31"),
        (
            "var x=new XMLHttpRequest();x.open('GET','data.xml',true);x.send()",
            "/zwgk/tzgg/data.xml",
        ),
        ('$.ajax({\n  url : "/a/b.do" ,\n  cache : false })', "/a/b.do"),
        ("$.get('/x.json?v=' + new Date().getTime(), cb)", "/x.json?v=1"),
    ],
)
def test_address(script: str, expected: str) -> None:
    assert [call.url for call in calls(script)] == [HOST + expected]
    assert calls(script)[0].method == "GET"


@pytest.mark.parametrize(
    ("script", "body", "kind"),
    [
        (
            "$.post('/search', {channelid: '200210', page: 1, sort: '-time'})",
            "channelid=200210&page=1&sort=-time",
            "form",
        ),
        (
            "$.ajax({type:'POST',url:'/search',data:'channelid=5&page='+page})",
            "channelid=5&page=1",
            "form",
        ),
        (
            "axios.post('/search', {boxId: 9, open: true})",
            '{"boxId": 9, "open": true}',
            "json",
        ),
        (
            "$.ajax({type:'post',contentType:'application/json',url:'/search',"
            "data:JSON.stringify({cat:'003', pn: 0})})",
            '{"cat": "003", "pn": 0}',
            "json",
        ),
        (
            "fetch('/search',{method:'POST',headers:{'Content-Type':'application/json'},"
            "body:JSON.stringify({columnId:301})})",
            '{"columnId": 301}',
            "json",
        ),
    ],
)
def test_posted(script: str, body: str, kind: str) -> None:
    [call] = calls(script)
    assert (call.method, call.url, call.body) == ("POST", f"{HOST}/search", body)
    assert kind in call.content_type


@pytest.mark.parametrize(
    "script",
    [
        "$.get('/a?token='+document.cookie)",
        "$.get('/a?x='+$('#x').val())",
        "fetch(build())",
        "fetch(config.nowhere.to.be.found)",
        "var s='$.get is a function';",
        "window.open('/zwgk/')",
        "$.get('javascript:void(0)')",
        "$('#a').load(function(){})",
    ],
)
def test_what_only_the_running_script_knows_is_left_alone(script: str) -> None:
    assert calls(script) == []


def test_script_files_are_read_with_the_page() -> None:
    doc = Document("<script>var COLUMN = 301;</script>", f"{HOST}/data/index.html")
    [call] = find_calls(doc, ("$.getJSON('/api/list?column=' + COLUMN)",))
    assert call.url == f"{HOST}/api/list?column=301"


@given(st.text(alphabet="$.get('\"`{}[](),;:+ax1/\\\n=", max_size=200))
def test_never_raises(text: str) -> None:
    calls(text.replace("<", ""))
    calls("$.ajax({" + text)
    calls("fetch(" + text)


def test_what_a_function_is_handed_at_first_is_known() -> None:
    script = (
        "function more(from){$.post('/zx/part',{cid:'31',from:from,size:15},"
        "function(h){$('#rows').html(h)},'html')} more(0)"
    )
    assert [call.body for call in calls(script)] == ["cid=31&from=0&size=15"]


@pytest.mark.parametrize("call", ["", "more(seen)", "list.more(0)"])
def test_what_only_the_running_script_hands_over_is_left_alone(call: str) -> None:
    script = f"function more(from){{$.post('/zx/part',{{cid:'31',from:from}})}} {call}"
    assert calls(script) == []
