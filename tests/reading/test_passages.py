"""What there is to read of a page beside its title and text: tables, pictures, what is hidden."""

from __future__ import annotations

import time
from datetime import date

import pytest

from crawler.documents import front_of
from crawler.reading.article import ArticleReading, read_article
from crawler.reading.document import Document
from crawler.reading.hiding import hides, names_hidden, style_hides
from ledger.texts import OutLink, Passage, PassageKind

DAY = date(2026, 3, 20)
URL = "http://www.mou.gov.cn/zwgk/t20260301_1.html"
BODY = (
    "<p>各乡镇人民政府、各有关单位：为做好今年春季农业生产工作，现将有关事项通知如下，请认真贯彻执行。</p>"
    "<p>一要抓好种子、化肥、农药等物资储备，二要组织农技人员进村入户，三要加强墒情监测。</p>"
)
TITLE = "关于做好春季农业生产工作的通知"


def article(body: str = "", beside: str = "", head: str = "", url: str = URL) -> ArticleReading:
    html = (
        f"<html><head><title>{TITLE}_某市人民政府</title>{head}</head><body>"
        f"<h1>{TITLE}</h1><p>发布时间：2026-03-01 来源：市农业农村局</p>"
        f'<div class="TRS_Editor">{BODY}{body}<p>特此通知。</p></div>{beside}'
        "<div class='footer'>主办：某市人民政府</div></body></html>"
    )
    return read_article(Document(html, url), DAY)


def of_kind(reading: ArticleReading, kind: PassageKind) -> list[str]:
    return [passage.text for passage in reading.parts.passages if passage.kind is kind]


def stretched(reading: ArticleReading, kind: PassageKind) -> list[str]:
    lines = reading.text.split("\n")
    return [
        "\n".join(lines[one.first : one.last + 1])
        for one in reading.parts.stretches
        if one.kind is kind
    ]


def test_a_plain_article_has_nothing_beside_its_text() -> None:
    parts = article().parts
    assert (parts.stretches, parts.passages, parts.links) == ((), (), ())


def test_tables_are_told_row_by_row() -> None:
    reading = article(
        "<table><tr><th>姓名</th><th>单位</th></tr>"
        "<tr><td>甲某</td><td><p>第一小学</p><p>二年级</p></td></tr></table><p>以上名单。</p>"
        "<table><tr><td>只有一格的话算一段。</td></tr></table>"
    )
    assert stretched(reading, PassageKind.TABLE) == ["姓名\t单位\n甲某\t第一小学 二年级"]
    assert "只有一格的话算一段。" in reading.text.split("\n")


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ('<img src="a.jpg" alt="会议现场秸杆">', "会议现场秸杆"),
        ('<img src="a.jpg" alt="" title="领导视察 ">', "领导视察"),
        ('<img src="a.jpg" alt="a.jpg" title="春耕备耕.jpg">', "春耕备耕"),
        ('<img src="/2026date/a.jpg" alt="现场会">', "现场会"),
        ('<img src="a.jpg" alt="微信图片_20260301.png">', None),
        ('<img src="a.jpg" alt="IMG_001">', None),
        ('<img src="a.jpg" alt="图片1">', None),
        ('<img src="a.jpg">', None),
    ],
)
def test_what_stands_for_a_picture(tag: str, told: str | None) -> None:
    reading = article(f"<p>{tag}</p>")
    assert of_kind(reading, PassageKind.ALT) == ([told] if told else [])


def test_pictures_beside_the_text_are_furniture() -> None:
    reading = article('<p><img src="x/a.jpg" alt="现场"></p>', '<div><img alt="某局标志"></div>')
    [passage] = [p for p in reading.parts.passages if p.kind is PassageKind.ALT]
    assert passage == Passage(PassageKind.ALT, "现场", "http://www.mou.gov.cn/zwgk/x/a.jpg")


HIDDEN = "这一段话谁也看不见，讲的是别的事情，和正文没有关系。"


@pytest.mark.parametrize(
    "opening",
    [
        '<p style="display:none">',
        "<p style='DISPLAY: none !important'>",
        '<p style="visibility: hidden">',
        "<p hidden>",
        '<p style="font-size:0">',
        '<p style="font-size:1px">',
        '<p style="color:#fff;background-color:#FFFFFF">',
        '<p style="color:white;background:rgb(255, 255, 255)">',
        '<p style="position:absolute;left:-9999px">',
        '<p style="position:fixed; top: -999em">',
        '<p style="text-indent:-9999px">',
        '<p style="height:0;overflow:hidden">',
        '<p style="width:1px;height:1px;overflow:hidden">',
    ],
)
def test_hidden_text_in_the_midst_of_the_article(opening: str) -> None:
    reading = article(f"{opening}{HIDDEN}</p><p>再次强调。</p>")
    assert stretched(reading, PassageKind.HIDDEN) == [HIDDEN]
    beside = article("", f"<div>{opening}{HIDDEN}</p></div>")
    assert of_kind(beside, PassageKind.HIDDEN) == [HIDDEN]


@pytest.mark.parametrize(
    "style",
    [
        "display:block",
        "font-size:12px",
        "font-size:0.8em",
        "text-indent:-28px",
        "text-indent:2em",
        "margin-left:-500px;left:50%;position:absolute",
        "position:absolute;left:-100%",
        "left:-9999px",
        "height:0",
        "height:0;overflow:hidden;padding-bottom:56%",
        "color:#fff",
        "color:#fff;background:#c00",
        "background:none",
        "text-decoration:none",
        "overflow:hidden",
        "max-width:0.5em",
    ],
)
def test_what_only_looks_like_hiding(style: str) -> None:
    assert style_hides(style) == ""


def test_what_holds_most_of_the_page_is_shown_by_a_script() -> None:
    reading = article(f'<div style="display:none"><p>{HIDDEN * 20}</p></div>')
    assert reading.parts.stretches == ()
    assert of_kind(reading, PassageKind.HIDDEN) == []


def test_menus_and_small_words_kept_for_later_are_no_passage() -> None:
    menu = "".join(f'<li><a href="/a/{n}.html">某某工作动态信息第{n}条</a></li>' for n in range(9))
    reading = article("", f'<ul style="display:none">{menu}</ul><p style="display:none">加载中</p>')
    assert of_kind(reading, PassageKind.HIDDEN) == []


def test_hidden_words_with_a_link_to_elsewhere_are_a_passage_however_short() -> None:
    spam = '<div style="display:none"><a href="http://bet.example/">彩票</a></div>'
    reading = article("", spam)
    assert of_kind(reading, PassageKind.HIDDEN) == ["彩票"]
    assert [link.hidden for link in reading.parts.links] == ["样式设为不显示"]


def test_links_to_other_hosts_with_their_words() -> None:
    reading = article(
        '<p>详见<a href="https://www.gov.cn/x.html">国务院 网站</a>和'
        '<a href="http://www.mou.gov.cn/b.html">本站</a><a href="/c.html">本站</a>'
        '<a href="//other.example/y">无协议</a><a href="HTTP://WWW.MOU.GOV.CN/">大写</a></p>',
        '<a href="http://pic.example/"><img src="/1.png" alt="某局"></a>'
        '<select><option value="http://www.sheng.gov.cn/">省政府</option>'
        '<option value="http://www.mou.gov.cn/">本市</option></select>'
        '<a href="http://block.example/"><div><p>成块的链接</p></div></a>'
        '<a href="mailto:a@b.cn">邮箱</a><a href="javascript:void(0)" data-x="//a.example/">无</a>'
        '<a href="http://www.mou.gov.cn.evil.example/">冒充</a>'
        '<a href="http://out.example/?u=http://www.mou.gov.cn/">绕路</a>',
    )
    assert reading.parts.links == (
        OutLink("https://www.gov.cn/x.html", "国务院 网站"),
        OutLink("http://other.example/y", "无协议"),
        OutLink("http://pic.example/", "某局"),
        OutLink("http://block.example/", "成块的链接"),
        OutLink("http://www.mou.gov.cn.evil.example/", "冒充"),
        OutLink("http://out.example/?u=http://www.mou.gov.cn/", "绕路"),
        OutLink("http://www.sheng.gov.cn/", "省政府"),
    )


@pytest.mark.parametrize(
    ("html", "how"),
    [
        ('<div style="position:absolute;top:-1000px">{}</div>', "移到屏幕之外"),
        ('<a style="display:none" href="http://bet.example/">线上赌场</a>', "样式设为不显示"),
        ('<marquee height="1" width="1" scrollamount="9999">{}</marquee>', "高度或宽度为零"),
        ("<style>.zz{{display:none}}</style><div class='a zz'>{}</div>", "样式设为不显示"),
        ("<style>#zz {{ text-indent: -9999px }}</style><div id='zz'>{}</div>", "移到屏幕之外"),
        (
            "<div id='zz'>{}</div><script>"
            "document.getElementById('zz').style.display='none';</script>",
            "样式设为不显示",
        ),
        (
            "<script>document.write('<div style=\"display:none\">')</script>{}"
            "<script>document.write('</div>')</script>",
            "样式设为不显示",
        ),
        (
            "<script>document.write('<a href=\"http://bet.example/\">线上赌场</a>')</script>",
            "由脚本写入",
        ),
        ('<span style="font-size:0">{}</span>', "字号为零或极小"),
    ],
)
def test_how_a_link_is_hidden(html: str, how: str) -> None:
    link = '<a href="http://bet.example/">线上赌场</a>'
    reading = article("", html.format(link))
    assert reading.parts.links == (OutLink("http://bet.example/", "线上赌场", how),)
    assert "线上赌场" in "".join(of_kind(reading, PassageKind.HIDDEN))


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media (max-width:700px){{.zz{{display:none}}}}</style><div class='zz'>{}</div>",
        "<style>.zz{{display:none}} .zz{{display:block}}</style><div class='zz'>{}</div>",
        "<style>li:hover .zz{{display:none}}</style><div class='zz'>{}</div>",
        "<div id='zz'>{}</div><script>function f(){{"
        "document.getElementById('zz').style.display='none'}}</script>",
    ],
)
def test_links_that_are_seen(html: str) -> None:
    reading = article("", html.format('<a href="http://ok.example/">友好单位</a>'))
    assert reading.parts.links == (OutLink("http://ok.example/", "友好单位"),)


def test_a_frame_counts_where_nobody_sees_it() -> None:
    reading = article(
        "",
        '<iframe src="http://a.example/" width="0" height="0"></iframe>'
        '<iframe src="http://b.example/" width="600" height="400"></iframe>'
        '<iframe src="http://c.example/" style="display:none"></iframe>',
    )
    assert [(link.url, bool(link.hidden)) for link in reading.parts.links] == [
        ("http://a.example/", True),
        ("http://c.example/", True),
    ]


def test_what_the_head_tells_and_the_page_does_not() -> None:
    head = (
        f'<meta name="keywords" content="{TITLE}">'
        '<meta name="description" content="各乡镇人民政府、各有关单位：为做好今年春季">'
    )
    assert article(head=head).parts.passages == ()
    tampered = article(head='<meta name="Keywords" content="娱乐城,真人视讯">')
    assert tampered.parts.passages == (Passage(PassageKind.HIDDEN, "娱乐城,真人视讯", "Keywords"),)


def test_a_window_titled_otherwise_is_a_title_too() -> None:
    tag = f'<meta name="ArticleTitle" content="{TITLE}">'
    html = f"<title>新葡京娱乐</title>{tag}<h1>{TITLE}</h1><p>2026-03-01</p><div>{BODY}</div>"
    reading = read_article(Document(html, URL), DAY)
    assert of_kind(reading, PassageKind.TITLE) == ["新葡京娱乐"]


def test_a_list_page_has_its_pictures_links_and_what_it_hides() -> None:
    html = (
        "<title>某市人民政府</title><ul><li><a href='/a/1.html'>第一条消息</a></li></ul>"
        "<p><img src='/banner.jpg' alt='优化营商环境'></p>"
        "<div style='left:-999px;position:absolute'><a href='http://bet.example/'>赌球</a></div>"
    )
    front = front_of(Document(html, "http://www.mou.gov.cn/"), "某市人民政府")
    assert [p.text for p in front.parts.passages] == ["优化营商环境", "赌球"]
    assert front.parts.links == (OutLink("http://bet.example/", "赌球", "移到屏幕之外"),)


def test_a_page_without_a_known_address_has_no_links_to_elsewhere() -> None:
    assert article('<a href="http://a.example/">甲</a>', url="").parts.links == ()


@pytest.mark.parametrize(
    "piece",
    [
        "<option value=//",
        "<a href=//a.example/ ",
        '<div style="display:none">',
        "<style>.a{",
        "<style>@media{",
        "<script>document.write('<div style=display:none>')</script>",
        "<script>document.getElementById('a').style.display='none'",
        '<img alt="' + "1 " * 500 + '中">',
        '<p style="' + "a " * 500 + '">',
        "<script>document.write(",
    ],
)
def test_hostile_pages_cost_no_time(piece: str) -> None:
    html = f"<title>{TITLE}</title><body>{BODY}{piece * 3_000}<a href='http://a.example/'>甲</a>"
    begun = time.process_time()
    read_article(Document(html, URL), DAY)
    assert time.process_time() - begun < 4


def test_style_sheets_and_scripts_name_what_they_hide() -> None:
    html = (
        "<STYLE>/* .no{display:none} */ .a,.b{display:none} p.c{font-size:0} .d .e{display:none}"
        "</STYLE>"
    )
    assert set(names_hidden(html)) == {".a", ".b", ".c"}
    assert hides("div", {"hidden": "false"}) == ""
