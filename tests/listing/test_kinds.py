"""Pages that show no list, and those that only seem to: nothing is called blank in error."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.page import read_page
from ledger.words import ColumnKind

URL = "https://www.lh.example/zwgk/gg/"
SIDE = (
    '<div class="hot"><h3>热点信息</h3><ul>'
    + "".join(
        f'<li><a href="/rd/t2031041{n}_1{n}.html">热点信息的一条较长标题{n}</a>'
        f"<span>2031-04-1{n}</span></li>"
        for n in range(8)
    )
    + "</ul></div>"
)
FRAME = "<title>公告_柳河</title><h2>公告</h2>{}" + SIDE


@pytest.mark.parametrize(
    "body",
    [
        "<ul class=list><li>暂无信息</li></ul>",
        "<div class=con><p>该栏目暂无内容！</p></div>",
        "<p>抱歉，没有找到相关数据</p>",
        "<table><tr><th>标题</th><th>日期</th></tr></table><div>共 0 条记录</div>",
        '<ul class="list"></ul>',
        '<ul class="list"></ul><script>$.get("/visit/hits.jsp?id=3")</script>',
        '<ul class="list"></ul><script>$("#top").load("/html/top/index.html");</script>',
        '<ul class="list"></ul><script src="/js/jquery.min.js"></script>'
        '<script src="/js/nav.js"></script>',
    ],
)
def test_empty(body: str, today: date) -> None:
    assert read_list(Document(FRAME.format(body), URL), today).kind is ColumnKind.EMPTY


@pytest.mark.parametrize(
    "body",
    [
        '<ul id="newsList"></ul>'
        '<script>$.post("/api/list",{c:1},function(r){$("#newsList").html(r)})</script>',
        '<ul id="newsList"></ul><script>fetch("/data/list.json").then(show)</script>',
        '<div id="app"></div><script src="/js/app.3f.js"></script>',
        '<ul><li v-for="x in list"><a :href="x.u">{{ x.t }}</a></li></ul>',
        '<ul ng-repeat="x in list"></ul><p>暂无信息</p>',
        '<ul class="list"></ul><script src="/cms/js/columnlist.js"></script>',
        "<script>window._CONFIG={SID:'755031',TREE:[]}</script><div class='gkmlpt-content'></div>",
        '<div id="2">  <script type="text/xml"><datastore><recordset></recordset>'
        "</datastore></script></div>",
        '<ul class="list" id="ul1"></ul>'
        '<script>new XMLHttpRequest().open("GET","/module/web/jpage/dataproxy.jsp")</script>',
    ],
)
def test_filled_by_scripts_is_never_empty(body: str, today: date) -> None:
    reading = read_list(Document(FRAME.format(body), URL), today)
    assert reading.kind is ColumnKind.SHELL
    assert reading.notes


@pytest.mark.parametrize(
    "body",
    [
        "<p>本栏目正在建设中……</p>",
        "<p>网站升级改造中，敬请期待</p>",
        '<img src=a.gif alt="页面建设中">',
    ],
)
def test_building(body: str, today: date) -> None:
    assert read_list(Document(FRAME.format(body), URL), today).kind is ColumnKind.BUILDING


def test_the_words_inside_a_text_are_no_building_site(today: date) -> None:
    text = (
        "<p>区住建局负责全区正在建设中的保障性住房项目的监督管理，"
        + "落实工程质量责任。" * 40
        + "</p>"
    )
    assert read_list(Document(FRAME.format(text), URL), today).kind is ColumnKind.SINGLE


def test_comments_missing_are_not_a_list_missing(today: date) -> None:
    text = (
        "<div class=article><p>机构职能：贯彻执行国家有关法律法规，"
        "拟订全区规划并组织实施。</p></div><p>暂无评论</p>"
    )
    assert read_list(Document(FRAME.format(text), URL), today).kind is ColumnKind.SINGLE


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<meta http-equiv="refresh" content="0;url=../">', "https://www.lh.example/zwgk/"),
        (
            "<meta http-equiv=REFRESH content='3; URL=\"/a/b.html\"'>",
            "https://www.lh.example/a/b.html",
        ),
        ("<script>location.replace('http://zfcg.example/x')</script>", "http://zfcg.example/x"),
        (
            "<script>function go(){top.location='/b/'} window.onload=go;</script>跳转中",
            "https://www.lh.example/b/",
        ),
        (
            '<body onload="">'
            "<script>setTimeout(function(){window.location.href='/c/'},1000)</script>",
            "https://www.lh.example/c/",
        ),
    ],
)
def test_jump(html: str, target: str, today: date) -> None:
    reading = read_list(Document(html, URL), today)
    assert (reading.kind, reading.target) == (ColumnKind.JUMP, target)


@pytest.mark.parametrize(
    "head",
    [
        "<script>if(/iPhone/.test(navigator.userAgent)){location.href='/m/'}</script>",
        "<script>function s(){location.href='/search.jsp'}</script>",
        '<meta http-equiv="refresh" content="1800">',
        '<meta http-equiv="refresh" content="300;url=/zwgk/gg/">',
        "<script>document.cookie='a=1';location.reload();</script>",
    ],
)
def test_no_jump(head: str, today: date) -> None:
    reading = read_list(Document(head + FRAME.format("<p>暂无信息</p>"), URL), today)
    assert reading.kind is ColumnKind.EMPTY


def test_the_frame_that_holds_the_list(today: date) -> None:
    body = (
        '<iframe src="http://w.example/weather.html" width=200 height=40></iframe>'
        '<iframe src="/login/box.html" width=300 height=300></iframe>'
        '<iframe src="list_in.jsp?col=7" width="100%" height="900"></iframe>'
    )
    reading = read_list(Document(FRAME.format(body), URL), today)
    assert (reading.kind, reading.target) == (ColumnKind.SHELL, URL + "list_in.jsp?col=7")


@pytest.mark.parametrize(
    ("frameset", "target"),
    [
        (
            '<frameset rows="100,*"><frame src="a.html"><frameset cols="180,*">'
            '<frame src="b.html"><frame src="c.html"></frameset></frameset>',
            "c.html",
        ),
        ('<frameset cols="80%,20%"><frame src="b.html"><frame src="c.html"></frameset>', "b.html"),
        (
            '<frameset rows="90,*" cols="200,*"><frame src="a.html"><frame src="b.html">'
            '<frame src="c.html"><frame src="d.html"></frameset>',
            "d.html",
        ),
        ('<frameset rows="100,60"><frame src="a.html"><frame src="b.html"></frameset>', None),
    ],
)
def test_the_widest_frame_of_a_frameset(frameset: str, target: str | None, today: date) -> None:
    reading = read_list(Document(f"<title>文件</title>{frameset}</html>", URL), today)
    assert reading.target == (URL + target if target else None)


def test_items_of_days_to_come_are_kept_and_never_the_newest(today: date) -> None:
    rows = "".join(
        f'<li><a href="./a{n}00.html">关于召开年度工作会议的通知{n}</a><span>{d}</span></li>'
        for n, d in enumerate(("2031-12-31", "2031-04-20", "2031-04-01"))
    )
    reading = read_page(Document(f"<ul>{rows}</ul>", URL), today)
    assert reading.list is not None
    assert reading.list.items[0].day == date(2031, 12, 31)
    assert reading.newest is not None
    assert reading.newest.day == today


def test_one_list_under_headings_of_other_columns_is_a_channel(today: date) -> None:
    def box(name: str, day: str) -> str:
        rows = "".join(
            f'<li><a href="/{name}/2031/c{n}.html">{name}栏目的一条较长标题{n}</a>'
            f"<span>{day}</span></li>"
            for n in range(5)
        )
        return f'<div><h3>{name}</h3><a href="/{name}/">更多</a><ul>{rows}</ul></div>'

    page = box("要闻", "03-01") + box("乡镇", "04-11") + box("部门", "02-05") + SIDE
    reading = read_page(Document(page, "https://www.lh.example/xw/"), today)
    assert (reading.kind, len(reading.list.items if reading.list else ())) == ("channel", 15)
    assert reading.newest is not None
    assert reading.newest.day == date(2031, 4, 11)


def test_a_list_elsewhere_on_the_page_is_not_the_empty_column_s_own(today: date) -> None:
    rows = "".join(
        f'<li><a href="/zx/{n}000.html">另一栏目的一条较长标题{n}</a><span>2031-04-1{n}</span></li>'
        for n in range(8)
    )
    other = f"<div><h3>要闻</h3><ul>{rows}</ul></div>"
    for own in ("<div><h2>公告</h2><p>暂无信息</p></div>", "<div><h2>公告</h2><ul></ul></div>"):
        page = Document(f"<title>公告_柳河</title>{own}{other}", URL)
        assert read_list(page, today).kind is ColumnKind.EMPTY


def test_an_undated_list_wins_over_a_dated_one_beside_it(today: date) -> None:
    own = "".join(
        f'<li><a href="./{n}000.html">本栏目的一条较长标题{n}</a></li>' for n in range(12)
    )
    other = "".join(
        f'<li><a href="/zx/{n}000.html">另一栏目的一条较长标题{n}</a><span>2031-04-1{n}</span></li>'
        for n in range(8)
    )
    html = (
        f"<title>公告</title><div><h2>公告</h2><ul>{own}</ul></div><div><h3>要闻</h3>"
        f"<ul>{other}</ul></div>"
    )
    reading = read_list(Document(html, URL), today)
    assert [item.title[:3] for item in reading.items] == ["本栏目"] * 12


def test_a_guide_with_a_form_to_download_is_a_single_page(today: date) -> None:
    text = "<p>为了便于公民、法人和其他组织依法获取政府信息，根据有关法规，编制本指南。</p>" * 2
    html = (
        f"<title>指南</title>"
        f'<h1>指南</h1>{text}<p>附件：<a href="./a.doc">政府信息公开申请表.doc</a></p>'
    )
    assert read_list(Document(html, URL), today).kind is ColumnKind.SINGLE


SOMETHING = {
    "one paper": "<ul><li><a href='/att/P0203.pdf'>二〇三〇年度部门预算</a></li></ul>",
    "one item of another folder": "<p><a href='/q/c12345.html'>关于春季农业生产工作的通知</a></p>",
    "leaders": "<dl><dt><a href='/ld/wm.html'><img src='1.jpg'></a></dt><dd>王明　副区长</dd></dl>",
    "a form": "<form><table><tr><td>姓名</td><td><input name='xm'></td></tr></table></form>",
    "a film": "<video src='/a.mp4' controls></video>",
    "a table of words": "<table><tr><td>区第一小学</td><td>云泽路18号</td></tr></table>",
    "a sentence": "<p>本单位无下属机构。</p>",
    "pictures that lead on": "<p><a href='http://h.example/'><img src='1.jpg'></a></p>",
    "a tree that scripts fill": "<div class='ztree' id='t'></div>",
}


@pytest.mark.parametrize("body", SOMETHING.values(), ids=SOMETHING)
def test_a_page_that_holds_anything_is_never_called_empty(body: str, today: date) -> None:
    html = FRAME.format(f"<h2>通知公告</h2>{body}")
    assert read_list(Document(html, URL), today).kind is not ColumnKind.EMPTY
    assert read_page(Document(html, URL), today).kind != "empty"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<h3>公告</h3>",
        "<h3>公告</h3><ul></ul>",
        "<div class='list'><ul></ul></div><p>云泽区的公告栏目</p>",
        "<input type='hidden' name='id'><input type='submit' value='查询'>",
        "<div class='hot'><a href='/q/c12345.html'>关于春季农业生产工作的通知</a></div>",
    ],
)
def test_a_page_that_holds_nothing_is_empty(body: str, today: date) -> None:
    assert read_list(Document(FRAME.format(body), URL), today).kind is ColumnKind.EMPTY


def test_titles_that_lead_anywhere_are_no_blank_page(today: date) -> None:
    rows = "".join(
        f'<li><a href="/a/{n}.html">关于第{n}号事项的通知公告</a></li>' for n in range(10)
    )
    html = f"<title>通知</title><h3>通知</h3><ul>{rows}</ul>"
    reading = read_page(Document(html, "http://a.gov.cn/tz/"), today)
    assert reading.kind == "list"
    assert reading.list is not None
    assert len(reading.list.items) == 10


def test_names_of_other_columns_are_no_list(today: date) -> None:
    rows = "".join(f'<li><a href="/x{n}/">公开指南{n}</a></li>' for n in range(10))
    html = f"<title>通知</title><div class='menu'><ul>{rows}</ul></div><h3>通知</h3>"
    assert read_page(Document(html, "http://a.gov.cn/tz/"), today).kind != "list"


TODAY_BOX = (
    "<div class=new><h4>最新公开</h4><ul>"
    + "".join(
        f'<li><a href="/ywdt/203104/{n}.shtml">市领导督导城市内涝治理工作{n}</a>'
        "<small>2031-04-12</small></li>"
        for n in range(5)
    )
    + "</ul></div>"
)
MENU = "".join(f'<li><a href="/zwgk/c{n}/">政策文件之{n}</a></li>' for n in range(24))


def test_the_pager_of_an_empty_list_is_not_that_of_a_box_before_it(today: date) -> None:
    html = (
        f"<title>统计数据_柳河</title><div class=row><aside><h4>目录</h4><ul>{MENU}</ul>{TODAY_BOX}"
        "</aside><main><h3>统计数据</h3><ul id=infolist></ul><div class=pager id=pager></div>"
        "</main></div><script>getList(0)</script>"
    )
    reading = read_list(Document(html, URL), today)
    assert not reading.items
    assert reading.kind in (ColumnKind.SHELL, ColumnKind.EMPTY)


def test_items_sorted_by_kind_in_the_folder_of_the_column_are_one_list(today: date) -> None:
    html = "<title>实施信息_柳河</title>" + "".join(
        f"<div class=panel><div class=head>{kind}</div><div>"
        + "".join(
            f'<p><a href="/zwgk/gg/{kind}{n}.html">关于老旧小区改造工程初步设计的批复{kind}{n}</a>'
            f"<em>2031-0{month}-0{9 - n}</em></p>"
            for n in range(4)
        )
        + "</div></div>"
        for month, kind in ((1, "招标投标"), (3, "施工许可"), (2, "竣工验收"))
    )
    page = read_page(Document(f"<div>{html}</div>", URL), today)
    assert page.newest is not None
    assert (str(page.newest.day), len(page.list.items if page.list else ())) == ("2031-03-09", 12)


def test_items_of_children_are_not_put_together(today: date) -> None:
    html = "".join(
        f"<div class=panel><div class=head>{kind}<a href=/zwgk/gg/{kind}/>更多</a></div><div>"
        + "".join(
            f'<p><a href="/zwgk/gg/{kind}/{n}.html">关于老旧小区改造工程初步设计的批复{n}</a>'
            f"<em>2031-0{month}-0{9 - n}</em></p>"
            for n in range(4)
        )
        + "</div></div>"
        for month, kind in ((1, "zbtb"), (3, "sgxk"), (2, "jgys"))
    )
    reading = read_list(Document(f"<title>实施信息_柳河</title><div>{html}</div>", URL), today)
    assert reading.kind is ColumnKind.CHANNEL
