"""Boxes above the trail, topics of a special, menus beside a list, tabs by fragment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.ask import Answer
from crawler.outcome import says_gone
from crawler.reading.article import read_article
from crawler.reading.document import Document
from crawler.reading.page import PageReading, read_page
from crawler.reading.panes import shown_pane
from ledger.facts import Visit
from ledger.words import Outcome

TODAY = date(2031, 4, 20)
AT = datetime(2031, 4, 20, tzinfo=UTC)
URL = "https://x.example/lqz/gzdt/index.html"
TRAIL = '<div class="p">您当前的位置：<a href="/">首页</a> &gt; 工作动态</div>'


def read(body: str, url: str = URL, title: str = "工作动态") -> PageReading:
    return read_page(Document(f"<title>{title}-柳桥镇</title><body>{body}</body>", url), TODAY)


def days(page: PageReading) -> list[str]:
    return [str(item.day) for item in page.list.items] if page.list is not None else []


def rows(folder: str, found: list[str]) -> str:
    return "".join(
        f'<li><a href="/{folder}/{n}.html">柳桥镇组织开展河道清淤整治行动之{n}</a>'
        f"<span>{d}</span></li>"
        for n, d in enumerate(found, 1)
    )


BOX = f"<div><h3>镇区快讯</h3><ul>{rows('kx/2031-04', ['2031-04-20'] * 4)}</ul></div>"


def test_a_box_above_the_trail_is_not_the_list_below_it() -> None:
    below = "".join(
        f'<p><a href="https://m.example/c/{n}.html">柳桥镇开展森林防火巡查活动第{n}期</a>'
        f"<i>发布：</i><em>2031</em><i>年</i><em>3</em><i>月</i><em>{n}</em><i>日</i></p>"
        for n in range(9, 1, -1)
    )
    page = read(f"{BOX}<div><h2>工作动态</h2>{TRAIL}<div>{below}</div></div>")
    assert page.newest is not None
    assert str(page.newest.day) == "2031-03-09"


@pytest.mark.parametrize(
    "below", ["<ul class='news_list'></ul>", "<p>该栏目已停用，请另行查找。</p>"]
)
def test_no_box_above_the_trail_stands_in_for_a_list_that_is_not_there(below: str) -> None:
    page = read(f"{BOX}<div><h2>工作动态</h2>{TRAIL}{below}</div>")
    assert page.newest is None


def test_a_headline_in_motion_above_the_trail_is_no_list() -> None:
    row = '<li><a href="/kx/2031-04/7.html">柳桥镇召开春耕备耕工作会议</a>（2031-04-20）</li>'
    page = read(f"<ul>{row}</ul>{TRAIL}<h2>工作动态</h2><div id='rows'></div>")
    assert page.newest is None


@pytest.mark.parametrize(
    ("heading", "folder"), [("工作动态", "kx/2031-04"), ("信息列表", "lqz/gzdt")]
)
def test_the_list_of_the_column_may_stand_above_the_trail(heading: str, folder: str) -> None:
    own = f"<div><h3>{heading}</h3><ul>{rows(folder, ['2031-04-02', '2031-04-01'])}</ul></div>"
    assert days(read(f"{own}{TRAIL}")) == ["2031-04-02", "2031-04-01"]


def test_a_box_below_the_trail_is_weighed_as_ever() -> None:
    page = read(f"{TRAIL}<div><ul>{rows('kx/2031-04', ['2031-04-02', '2031-04-01'])}</ul></div>")
    assert days(page) == ["2031-04-02", "2031-04-01"]


def test_a_list_whose_class_says_fixed_is_no_box_beside() -> None:
    own = f'<h3>工作动态</h3><ul class="rows fixed">{rows("a/1", ["2031-04-03"] * 6)}</ul>'
    box = f'<div class="r"><h3>曝光</h3><ul>{rows("b/2", ["2031-04-19"] * 6)}</ul></div>'
    assert set(days(read(f"<div>{own}</div>{box}"))) == {"2031-04-03"}


def test_a_box_that_is_fixed_stays_beside() -> None:
    box = f'<div class="fixed"><h3>曝光</h3><ul>{rows("b/2", ["2031-04-19"] * 6)}</ul></div>'
    own = f"<div><ul>{rows('a/1', ['2031-04-03'] * 6)}</ul></div>"
    assert set(days(read(f"{own}{box}"))) == {"2031-04-03"}


MENU = "".join(
    f'<li><a href="/{n}/list.htm">{t}</a></li>'
    for n, t in ((1231, "学术讲座"), (1232, "科研动态"), (1233, "学术会议"))
)


def test_a_menu_beside_a_dated_list_is_no_piece_of_it() -> None:
    own = f'<div class="b"><ul>{rows("c/1", ["2031-03-02"] * 9)}</ul></div>'
    page = read(f'<div><div class="a"><h3>导览</h3><ul>{MENU}</ul></div>{own}</div>')
    assert days(page) == ["2031-03-02"] * 9


def test_an_undated_title_pinned_above_a_dated_list_stays_in_it() -> None:
    pinned = '<ul><li><a href="/c/1/90.html">柳桥镇防汛抗旱应急预案全文</a></li></ul>'
    page = read(f"<div>{pinned}<ul>{rows('c/1', ['2031-03-02'] * 9)}</ul></div>")
    assert len(days(page)) == 10


def topics(first: str, second: str, name: str = "zt") -> str:
    boxes = (
        ("政策依据", first, ["2030-08-20", "2030-06-11"]),
        ("工作进展", second, ["2030-10-16"] * 2),
    )
    return "".join(
        f'<div class="{name}"><h4>{head}</h4><ul>{rows(folder, found)}</ul></div>'
        for head, folder, found in boxes
    )


def test_the_topics_of_a_special_are_read_together() -> None:
    page = read(f"<h2>工作动态</h2><div>{topics('info/1021', 'info/1022')}</div>")
    assert page.newest is not None
    assert str(page.newest.day) == "2030-10-16"
    assert len(days(page)) == 4


def test_a_twin_box_that_draws_on_another_place_is_no_topic() -> None:
    page = read(f"<h2>工作动态</h2><div>{topics('info/1021', 'kx/2030-10')}</div>")
    assert len(days(page)) == 2


def test_a_heading_behind_a_list_is_not_followed_by_its_link_to_more() -> None:
    first = f"<div><h4>政策依据</h4><ul>{rows('info/1', ['2030-08-20'] * 3)}</ul></div>"
    panel = '<div>镇区快讯<a href="/kx/">更多</a></div>'
    page = read(f"{first}{panel}<ul>{rows('kx/2', ['2030-08-01'] * 3)}</ul>")
    assert page.kind == "list"


TABS = (
    '<div class="tabs"><div class="t" id="tab-wz"><a href="#wz">文字</a></div>'
    '<div class="t" id="tab-tp"><a href="#tp">图片</a></div>'
    '<div class="t" id="tab-sp"><a href="#sp">视频</a></div></div>'
    f'<div id="pane-wz"><ul>{rows("jd/wz", ["2031-04-18"] * 5)}</ul></div>'
    f'<div id="pane-tp" style="display: none"><ul>{rows("jd/tp", ["2030-01-08"] * 5)}</ul></div>'
    '<div id="pane-sp" class="hide"><p>暂无数据</p></div>'
)
TABBED = f"<title>政策解读-柳桥镇</title><body><h2>政策解读</h2>{TABS}</body>"
JD = "https://x.example/zc/jd/index.html"


@pytest.mark.parametrize(
    ("fragment", "kind", "newest"),
    [("wz", "list", "2031-04-18"), ("tp", "list", "2030-01-08"), ("sp", "empty", "None")],
)
def test_an_address_with_a_fragment_is_read_by_its_own_pane(
    fragment: str, kind: str, newest: str
) -> None:
    visit = Visit(url=f"{JD}#{fragment}", outcome=Outcome.OK, at=AT)
    doc = Answer(visit, TABBED.encode(), "text/html; charset=utf-8").document
    page = read_page(doc, TODAY)
    assert page.kind == kind
    assert str(page.newest.day if page.newest else None) == newest


@pytest.mark.parametrize("fragment", ["", "#", "#top", "#/wz", "#tab-wz"])
def test_a_fragment_that_names_no_tab_changes_nothing(fragment: str) -> None:
    doc = Document(TABBED, JD + fragment)
    assert shown_pane(doc) is doc


def test_places_of_a_text_are_no_panes() -> None:
    links = '<a href="#a1">第一章</a><a href="#a2">第二章</a>'
    html = f'{links}<h3 id="a1">总则</h3><p>文</p><h3 id="a2">附则</h3>'
    doc = Document(html, f"{JD}#a1")
    assert shown_pane(doc) is doc


NEWS = "【公告】本网站定于2031年5月1日零时至六时停机维护，届时暂停访问，请谅解并相互转告。"
LOADED = (
    '<div id="rows">加载中...</div><script>fetch("/api/list?cid=7&start=0").then(r => r.json())'
    '.then(d => { document.getElementById("rows").innerHTML = d.html })</script>'
)


def test_words_that_pass_by_do_not_hide_a_list_that_waits_for_its_script() -> None:
    assert read(f"<marquee>{NEWS}</marquee>{TRAIL}<h2>工作动态</h2>{LOADED}").kind == "shell"


def test_words_that_stand_are_a_text() -> None:
    assert read(f"<p>{NEWS}</p>{TRAIL}<h2>工作动态</h2>").kind == "single"


def test_the_change_a_footer_tells_of_is_no_day_of_a_page_of_few_words() -> None:
    foot = '<div id="footer">柳桥镇人民政府主办 地址：柳桥路 更新日期：2031年4月20日</div>'
    body = (
        f"<h2>师资管理</h2>{TRAIL}<div>该栏目正在调整，相关信息请到县政府门户网站查看。</div>{foot}"
    )
    doc = Document(f"<title>师资管理-柳桥镇</title><body>{body}</body>", URL)
    assert read_article(doc, TODAY).published is None


def test_the_change_told_under_the_title_still_counts() -> None:
    told = "<div>更新日期：2031年4月2日</div>"
    page = read(f"<h2>办事指南</h2>{told}<p>{NEWS}</p><p>{NEWS}</p>", f"{URL}/../t20310402_1.html")
    assert page.article is not None
    assert page.article.published is not None
    assert str(page.article.published.day) == "2031-04-02"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("该栏目已停用，相关信息请到主站查看。", True),
        ("本页面已停止使用", True),
        ("本栏目已于近日开通，旧版系统停用后数据保留。", False),
    ],
)
def test_a_column_that_says_it_is_out_of_use_is_gone(text: str, gone: bool) -> None:
    assert bool(says_gone("师资管理", text)) is gone
