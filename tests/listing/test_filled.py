"""An empty place is blank only where no script of the portal can fill it."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.document import Document
from crawler.reading.listing import survey
from crawler.reading.listing_filled import refreshed_by_script
from crawler.reading.listing_tree import outline_of
from crawler.reading.page import read_page

HEAD = "<title>通知公告-柳河区</title><body><h2>通知公告</h2>"


def kind(body: str) -> str:
    doc = Document(f"{HEAD}{body}</body>", "https://x.example/zwgk/tzgg/")
    return read_page(doc, date(2031, 4, 20)).kind


@pytest.mark.parametrize(
    "body",
    [
        '<ul id="ucap"><li class="loading">正在加载...</li></ul>',
        '<div id="zj">加载中</div><script>$("#zj").load("inc/list_55.html")</script>',
        '<div id="ld"></div><script>fetch("/api/leaders").then(r=>r.json()).then(j=>{'
        'document.getElementById("ld").innerHTML=j.data.map(v=>v.name).join("")})</script>',
        '<div id="pics" data-channel="tpxw"></div><script src="js/list.js?v=2"></script>',
        '<div id="view"></div><script type="application/json" id="d">{"list":[]}</script>',
        '<table id="grid"><tr><th>标题</th><th>日期</th></tr></table><script>$.ajax({url:'
        '"ajax/GetNewsList.ashx",success:function(d){$("#grid").append(d.rows)}})</script>',
        '<div class="ft"><script>for(var i in a){document.write("<a href="+a[i]+">"+i+"</a>")}'
        "</script></div>",
        f'<div id="box" style="display:none">{"JTNDdWwlM0U" * 30}</div>',
    ],
)
def test_a_list_a_script_may_bring_is_not_rendered(body: str) -> None:
    assert kind(body) == "shell"


@pytest.mark.parametrize(
    "body",
    [
        '<ul id="list"></ul>',
        '<ul id="list"></ul><script src="/js/jquery.min.js"></script>',
        '<ul id="list"></ul><script src="https://hm.example.com/count.js"></script>',
        '<ul id="list"></ul><script>$("#header").load("/inc/header.html")</script>',
        '<ul id="list"></ul><script>document.write(new Date().getFullYear()+"年")</script>',
        '<ul id="list"></ul><script>$.get("/hits.jsp",function(d){$("#hits").html(d)})</script>',
        '<div id="list">本栏目暂无信息</div><script>var x=1;</script>',
        '<ul class="list"></ul><script type="application/ld+json">{"@type":"WebSite"}</script>',
    ],
)
def test_what_no_script_can_fill_is_blank(body: str) -> None:
    assert kind(body) == "empty"


def replaced(script: str) -> str:
    rows = "".join(f'<li><a href="t{n}.html">关于做好第{n}项工作的通知</a></li>' for n in range(5))
    doc = Document(
        f'{HEAD}<div id="box"><ul id="ztl">{rows}</ul></div><div id="page"></div>'
        f"<script>{script}</script></body>",
        "https://x.example/zwgk/tzgg/",
    )
    main = survey(doc).main
    assert main is not None
    return refreshed_by_script(outline_of(doc), main.block.container)


@pytest.mark.parametrize(
    "script",
    [
        '$.get("latest.json",function(d){$("#ztl").html(d.items)})',
        "document.getElementById('ztl').innerHTML = rows.join('')",
        "$('#box').load('/inc/list.html')",
    ],
)
def test_a_list_its_script_replaces(script: str) -> None:
    assert replaced(script)


@pytest.mark.parametrize(
    "script",
    [
        '$("#page").html(createPage(5))',
        'var n = $("#ztl").html()',
        '$("#ztl li").hover(function(){$(this).addClass("on")})',
        'if(document.getElementById("ztl").innerHTML=="")alert(1)',
        '$("#ztlx").html("x")',
    ],
)
def test_a_list_its_script_only_looks_at(script: str) -> None:
    assert replaced(script) == ""
