# ruff: noqa: E501 (pages read better unbroken)
"""Menus that a page fetches or writes itself, and what is not worth asking for."""

import pytest

from crawler.reading.document import Document
from crawler.reading.includes import MAX_INCLUDES, Kind, find_includes, site_map, written_parts
from crawler.reading.menus import menu_links
from crawler.reading.written import written_html
from ledger.site import ColumnPath

HOME = "http://www.mou.gov.cn/"
FRAGMENT = (
    '<h6>政民互动</h6><p><a href="../hd/ld/">领导信箱</a><a href="/hd/yj.html">意见征集</a></p>'
)
SCRIPT = "document.write('<h6>政民互动</h6><p><a href=\"../hd/ld/\">领导信箱</a>');\ndocument.write(\"<a href='/hd/yj.html'>意见征集</a></p>\");"


def page(html: str, at: str = "", head: str = "") -> Document:
    return Document(f"<html><head>{head}</head><body>{html}</body></html>", HOME + at)


def asked(html: str, at: str = "") -> list[tuple[str, Kind]]:
    return [(i.url.removeprefix(HOME), i.kind) for i in find_includes(page(html, at), ())]


ASKED = {
    "load": ("<div id='top'></div><script>$('#top').load('/html/top/index.html')</script>", "html/top/index.html", Kind.FRAGMENT),
    "load a piece": ('<script>$("#nav").load("/inc/all.html #nav > ul")</script>', "inc/all.html", Kind.FRAGMENT),
    "get": ("<script>$.get('/inc/nav.html', function(d){$('#x').html(d)})</script>", "inc/nav.html", Kind.FRAGMENT),
    "ajax": ("<script>$.ajax({type:'GET',url:'/inc/nav.html',success:f})</script>", "inc/nav.html", Kind.FRAGMENT),
    "fetch": ("<script>fetch('/inc/nav.html').then(f)</script>", "inc/nav.html", Kind.FRAGMENT),
    "plain request": ("<script>var x=new XMLHttpRequest();x.open('GET','/inc/nav.shtml')</script>", "inc/nav.shtml", Kind.FRAGMENT),
    "script": ('<script src="/static/js/nav.js"></script>', "static/js/nav.js", Kind.SCRIPT),
    "frame": ('<iframe src="/inc/menu.html"></iframe>', "inc/menu.html", Kind.FRAME),
    "object": ('<object data="/inc/menu.html"></object>', "inc/menu.html", Kind.FRAME),
    "embed": ('<embed src="/inc/menu.html">', "inc/menu.html", Kind.FRAME),
}  # fmt: skip


@pytest.mark.parametrize(("html", "url", "kind"), ASKED.values(), ids=ASKED.keys())
def test_what_may_hold_a_menu_is_asked_for(html: str, url: str, kind: Kind):
    assert asked(html) == [(url, kind)]


LEFT = {
    "another host": '<iframe src="http://other.cn/menu.html"></iframe>',
    "an include the server left": '<!--#include virtual="/inc/nav.html"-->',
    "commented out": "<script>// $('#top').load('/html/top.html')\n/* $('#nav').load('/nav.html') */</script>",
    "the footer": "<script>$('#foot').load('/html/foot.html')</script>",
    "the weather": '<iframe src="/inc/weather.html"></iframe>',
    "a counter": "<script>$.get('/count.jsp?id=1')</script>",
    "a library": '<script src="/js/jquery-1.12.4.min.js"></script><script src="/js/app.js"></script>',
    "an answer in JSON": "<script>axios.get('/prod-api/cms/nav?channelId=77').then(f)</script>",
    "a film": '<embed src="/images/menu.swf">',
    "the page itself": '<iframe src="/index.html"></iframe>',
    "nowhere": "<script>$('#top').load('http://[::1')</script><iframe src='about:blank'></iframe>",
}  # fmt: skip


@pytest.mark.parametrize("html", LEFT.values(), ids=LEFT.keys())
def test_what_holds_no_menu_of_ours_is_not_asked_for(html: str):
    assert asked(html) == []


def test_the_likeliest_come_first_and_each_once():
    frames = "".join(f'<iframe src="/box/{n}.html"></iframe>' for n in range(9))
    html = (
        frames + "<script>$('#nav').load('/nav.html');$('#nav').load('/nav.html')</script>" + frames
    )
    found = asked(html)
    assert found[0] == ("nav.html", Kind.FRAGMENT)
    assert len(found) == len(set(found)) == MAX_INCLUDES


def parts(html: str, answer: str, at: str, under: ColumnPath) -> dict[str, ColumnPath]:
    (include,) = find_includes(page(html, at), under)
    links = [
        link
        for doc, above in include.parts(Document(answer, include.url))
        for link in menu_links(doc, above)
    ]
    return {link.url.removeprefix(HOME): link.names for link in links}


@pytest.mark.parametrize(
    ("html", "answer", "first"),
    [
        ("<script>$('#nav').load('/html/a/nav.html')</script>", FRAGMENT, "hd/ld/"),
        ("<script src='/html/a/nav.js'></script>", SCRIPT, "hd/ld/"),
        ("<iframe src='/html/a/nav.html'></iframe>", FRAGMENT, "html/hd/ld/"),
    ],
)
def test_links_are_resolved_as_a_browser_does(html: str, answer: str, first: str):
    assert parts(html, answer, "zw/", ()) == {
        first: ("政民互动", "领导信箱"),
        "hd/yj.html": ("政民互动", "意见征集"),
    }


def test_the_base_of_the_page_counts():
    doc = page(
        "<script>$('#nav').load('/nav.html')</script>", "zw/", f'<base href="{HOME}x/y/z.html">'
    )
    (include,) = find_includes(doc, ())
    ((part, _),) = include.parts(Document(FRAGMENT, include.url))
    assert part.absolute("../hd/ld/") == HOME + "x/hd/ld/"


def test_a_shared_menu_does_not_belong_to_the_page_that_showed_it():
    load = "<script>$('#left').load('/inc/left.html')</script>"
    shared = '<ul><li><a href="/tz/">通知公告</a></li><li><a href="/hd/">互动交流</a></li><li><a href="/zw/">政务公开</a></li></ul>'
    own = '<ul><li><a href="/zw/tz/">通知公告</a></li><li><a href="/zw/gk/">公开指南</a></li><li><a href="/tj/">统计信息</a></li></ul>'
    assert parts(load, shared, "zw/", ("政务公开",))["tz/"] == ("通知公告",)
    assert parts(load, own, "zw/", ("政务公开",))["zw/tz/"] == ("政务公开", "通知公告")
    assert parts(load, own, "", ())["zw/tz/"] == ("通知公告",)


WRITTEN = {
    "one literal": "document.write('<a href=\"/a/\">甲栏目</a>')",
    "double quotes and escapes": r"""document.write("<a href=\"\/a\/\">\u7532栏目<\/a>")""",
    "put together": """var s='<ul>'; s+='<li><a href="'+'/a/'+'">'; s += "甲栏目" + '</a></li>'; document.write(s+'</ul>');""",
    "over lines": "document.write('<a href=\"/a/\">\\\n甲栏目</a>')",
    "a template": "el.innerHTML = `<p><a href='/a/'>甲栏目</a></p>`;",
    "jQuery": "$('#nav').html('<a href=\"/a/\">甲栏目</a>')",
    "beside a comment": "// it's <a href='/x/'>old</a>\n/* '<a href=\"/y/\">乙</a>' */ document.write('<a href=\"/a/\">甲栏目</a>')",
}  # fmt: skip


@pytest.mark.parametrize("script", WRITTEN.values(), ids=WRITTEN.keys())
def test_what_a_script_writes(script: str):
    ((part, _),) = written_parts(page(f"<script>{script}</script>"), ())
    assert [(link.names, link.url) for link in menu_links(part)] == [(("甲栏目",), HOME + "a/")]


UNWRITTEN = {
    "an address put together": "document.write('<a href=\"' + base + '/a/\">甲栏目</a>')",
    "an address at the end": "document.write('<a href=\"/a/' + id + '\">甲栏目</a>')",
    "a name put together": "document.write('<a href=\"/a/\">' + names[i] + '</a>')",
    "half a name": "document.write('<a href=\"/a/\">甲' + x + '栏目</a>')",
    "writes nothing": "var s = '<a href=\"/a/\">甲栏目</a>';",
    "writes no links": "document.write('<b>甲栏目</b>')",
}  # fmt: skip


@pytest.mark.parametrize("script", UNWRITTEN.values(), ids=UNWRITTEN.keys())
def test_what_only_the_running_script_knows_is_not_guessed(script: str):
    found = written_parts(page(f"<h3>统计信息</h3><script>{script}</script>"), ())
    assert [link for part, _ in found for link in menu_links(part)] == []


HOSTILE = ["/*" * 100_000, "\\'" * 100_000, "`\\" * 100_000, "'\\\n" * 60_000, "'<a' + x + " * 20_000, r"'\ud800<a href=/a/>甲</a>'"]  # fmt: skip


@pytest.mark.parametrize("script", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_scripts_end_soon(script: str, stopwatch):
    with stopwatch(3):
        html = written_html("document.write('<a href=/b/>乙</a>');" + script)
        menu_links(Document(html, HOME))
        find_includes(page(f"<script>{script}$('#a').load('/nav.html')</script>"), ())


@pytest.mark.parametrize("name", ["网站地图", " 站点 地图 ", "SiteMap"])
def test_the_site_map(name: str):
    html = f'<div class="foot"><a href="/about/">关于我们</a><a href="/wzdt.html">{name}</a></div>'
    found = site_map(page(html))
    assert found is not None
    assert (found.url, found.kind) == (HOME + "wzdt.html", Kind.MAP)
    tree = '<dl><dt><a href="/zw/">政务公开</a></dt><dd><a href="/zw/tj/">统计信息</a></dd><dd><a href="/zw/gh/">规划信息</a></dd></dl>'
    ((doc, under),) = found.parts(Document(tree, found.url))
    assert ("政务公开", "统计信息") in [link.names for link in menu_links(doc, under)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/sitemap.xml">网站地图</a>',
        '<a href="http://other.cn/map.html">网站地图</a>',
        '<a href="/t/1.html">某区公布网站地图规范</a>',
        '<a href="javascript:;">网站地图</a>',
    ],
)
def test_no_site_map_of_ours(html: str):
    assert site_map(page(html)) is None
