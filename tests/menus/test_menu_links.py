# ruff: noqa: E501 (pages read better unbroken)
"""The shapes in which portals show their column tree."""

import pytest

from crawler.reading.document import Document
from crawler.reading.menus import MenuLink, menu_links

HOME = "http://www.mou.gov.cn/"
Names = tuple[str, ...]


def read(html: str, under: Names = (), at: str = "") -> list[MenuLink]:
    return menu_links(Document(f"<body>{html}</body>", HOME + at), under)


def trails(html: str, under: Names = (), at: str = "") -> dict[str, Names]:
    """The trail of each address, the site's own shortened to its path."""
    return {link.url.removeprefix(HOME): link.names for link in read(html, under, at)}


ITEMS = """<ul>
<li><a href="/c/1.html">某区召开二〇二六年第一季度经济运行分析会议</a><span>2026-03-08</span></li>
<li><a href="/c/2.html">关于做好春季农业生产工作有关事项的通知</a><span>2026-03-07</span></li>
<li><a href="/c/3.html">统计信息</a><span>2026-03-06</span></li></ul>"""

NESTED = {
    "nested lists": """<ul class="nav"><li><a href="/">首页</a></li>
        <li><a href="/zw/">政务公开</a><ul><li><a href="/zw/fd/">法定公开</a>
        <ul><li><a href="/zw/fd/tj/">统计信息</a></li><li><a href="/zw/fd/gh/">规划信息</a></li></ul></li></ul></li></ul>""",
    "dropdown divs": """<div class="nav"><div class="item"><a href="/">首页</a></div>
        <div class="item"><a href="/zw/">政务公开</a><div class="sub"><div class="g"><a href="/zw/fd/">法定公开</a>
        <div class="third"><a href="/zw/fd/tj/">统计信息</a><a href="/zw/fd/gh/">规划信息</a></div></div></div></div></div>""",
    "heads that lead nowhere": """<ul id="menu"><li><a href="/">首页</a></li>
        <li><a href="javascript:void(0)">政务公开</a><ul><li><span>法定公开</span>
        <ul><li><a href="/zw/fd/tj/">统计信息</a></li><li><a href="/zw/fd/gh/">规划信息</a></li></ul></li></ul></li></ul>""",
    "text before a list": """<ul id="menu"><li>政务公开<ul><li>法定公开：
        <ul><li><a href="/zw/fd/tj/">统计信息</a></li><li><a href="/zw/fd/gh/">规划信息</a></li></ul></li></ul></li></ul>""",
    "definition lists": """<div class="zw"><h3>政务公开</h3><dl><dt><a href="/zw/fd/">法定公开</a></dt>
        <dd><a href="/zw/fd/tj/">统计信息</a></dd><dd><a href="/zw/fd/gh/">规划信息</a></dd></dl></div>""",
    "definition list with one dd": """<div><h2>政务公开</h2><dl><dt>法定公开</dt>
        <dd><a href="/zw/fd/tj/">统计信息</a> | <a href="/zw/fd/gh/">规划信息</a></dd></dl></div>""",
    "side tree": """<div class="left"><div class="left-title">政务公开</div><ul class="tree"><li><p><a href="/zw/fd/">法定公开</a></p>
        <ul><li><a href="/zw/fd/tj/">统计信息</a></li><li><a href="/zw/fd/gh/">规划信息</a></li></ul></li></ul></div>""",
    "old table": """<table><tr><td colspan="2">政务公开</td></tr><tr><th>法定公开</th>
        <td><a href="/zw/fd/tj/">统计信息</a> <a href="/zw/fd/gh/">规划信息</a></td></tr></table>""",
    "flat run under a bold head": """<div><h2>政务公开</h2><div class="x"><b>法定公开</b><br>
        ·<a href="/zw/fd/tj/">统计信息</a><br>·<a href="/zw/fd/gh/">规划信息</a></div></div>""",
    "tabs and panels": """<div><h2>政务公开</h2><div><ul class="tab"><li>最新</li><li>法定公开</li></ul><div class="bd">
        <div><a href="/n1/">要闻</a><a href="/n2/">公告</a></div>
        <div><a href="/zw/fd/tj/">统计信息</a><a href="/zw/fd/gh/">规划信息</a></div></div></div></div>""",
    "addresses in scripts": """<h3>政务公开</h3><ul><li><a>法定公开</a><ul>
        <li><a href="javascript:void(0)" onclick="location.href='/zw/fd/tj/'">统计信息</a></li>
        <li><a href="javascript:window.open('/zw/fd/gh/')">规划信息</a></li></ul></li></ul>""",
    "pictures for names": """<h3>政务公开</h3><ul><li><a href="/zw/fd/"><img src="a.png" alt="法定公开"></a><ul>
        <li><a href="/zw/fd/tj/"><img src="b.png" title="统计信息"></a></li>
        <li><a href="/zw/fd/gh/" title="规划信息"><i></i></a></li></ul></li></ul>""",
    "ornaments, blanks and counts": """<h3>【政务公开】</h3><ul><li><a href="/zw/fd/">· 法定公开 &gt;&gt;</a><ul>
        <li><a href="/zw/fd/tj/">统 计　信 息(12)</a></li><li><a href="/zw/fd/gh/" title="规划信息">规划…</a></li></ul></li></ul>""",
}  # fmt: skip


@pytest.mark.parametrize("html", NESTED.values(), ids=NESTED.keys())
def test_trees(html: str):
    found = trails(html)
    assert found["zw/fd/tj/"] == ("政务公开", "法定公开", "统计信息")
    assert found["zw/fd/gh/"] == ("政务公开", "法定公开", "规划信息")
    if "zw/fd/" in found:
        assert found["zw/fd/"] == ("政务公开", "法定公开")


def test_the_first_level_of_a_menu_has_nothing_above_it():
    found = trails(
        '<div class="logo"><a href="/">某区人民政府</a></div><div class="nav"><ul><li><a href="/">首页</a></li>'
        '<li><a href="/a/">政务公开</a></li><li><a href="/b/">互动交流</a></li><li><a href="/c/">办事服务</a></li></ul></div>'
    )
    assert found["a/"] == ("政务公开",)
    assert found["b/"] == ("互动交流",)


CRUMBS = {
    "lead and links": '<div>您的位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt; <a href="/zw/tj/">统计信息</a></div>',
    "lead beside links": '<p><span>您当前的位置是：</span><span><a href="/">首页</a>-&gt;<a href="/zw/">政务公开</a>-&gt;<a href="/zw/tj/">统计信息</a></span></p>',
    "class only": '<div class="bread"><a href="/">首页</a><em>/</em><a href="/zw/">政务公开</a><em>/</em><a href="/zw/tj/">统计信息</a></div>',
    "list": '<ul class="breadcrumb"><li><a href="/">网站首页</a></li><li><a href="/zw/">政务公开</a></li><li><a href="/zw/tj/">统计信息</a></li><li>正文</li></ul>',
    "arrows only": '<div class="a1"><a href="/">首页</a> » <a href="/zw/">政务公开</a> » <a href="/zw/tj/">统计信息</a></div>',
    "table": '<table><tr><td>当前位置：<a href="/">首页</a>&gt;<a href="/zw/">政务公开</a>&gt;<a href="/zw/tj/">统计信息</a>&gt;正文</td></tr></table>',
}  # fmt: skip


@pytest.mark.parametrize("html", CRUMBS.values(), ids=CRUMBS.keys())
def test_breadcrumbs(html: str):
    links = [link for link in read(html + ITEMS) if link.how == "breadcrumb"]
    assert [(link.names, link.url.removeprefix(HOME)) for link in links] == [
        (("政务公开",), "zw/"),
        (("政务公开", "统计信息"), "zw/tj/"),
    ]


def test_an_unlinked_step_of_a_breadcrumb_counts():
    html = '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <span>政务公开</span> &gt; <a href="/zw/tj/">统计信息</a></div>'
    assert trails(html)["zw/tj/"] == ("政务公开", "统计信息")


BLOCKS = {
    "heading and more": '<div class="lm"><h3>统计信息</h3><a class="more" href="/tj/">更多&gt;&gt;</a>{}</div>',
    "linked heading": '<div class="lm"><h3><a href="/tj/">统计信息</a></h3>{}</div>',
    "heading of one piece": '<div class="tit"><span>统计信息</span><a href="/tj/">MORE+</a></div>{}',
    "more before the heading": '<div class="hd"><span class="more"><a href="/tj/">更多</a></span><h2>统计信息</h2></div>{}',
    "more below the list": '<div class="box"><h3>统计信息</h3>{}<a href="/tj/">查看更多</a></div>',
    "more without text": '<div class="hd"><b>统计信息</b><a href="/tj/"><img src="more.gif"></a></div>{}',
    "definition list": '<dl><dt>统计信息<a href="/tj/">更多</a></dt><dd>{}</dd></dl>',
    "tables": '<table><tr><td>统计信息</td><td><a href="/tj/">更多</a></td></tr><tr><td colspan="2">{}</td></tr></table>',
}  # fmt: skip


@pytest.mark.parametrize("html", BLOCKS.values(), ids=BLOCKS.keys())
def test_blocks_of_a_channel_page(html: str):
    links = read(html.replace("{}", ITEMS), ("政务公开",), "zw/")
    assert [(link.names, link.url, link.how) for link in links] == [
        (("政务公开", "统计信息"), HOME + "tj/", "channel")
    ]


def test_more_links_of_tabs():
    html = f"""<div class="box"><div class="tabs"><span>国务院要闻</span><span>自治区要闻</span></div>
        <div class="cons"><div class="c">{ITEMS}<a href="/gwy/">更多</a></div>
        <div class="c">{ITEMS}<a href="/zzq/">更多</a></div></div></div>"""
    assert trails(html) == {"gwy/": ("国务院要闻",), "zzq/": ("自治区要闻",)}


def test_one_more_for_several_tabs_names_none():
    html = f"""<div class="hd"><ul class="tit"><li>国务院要闻</li><li>自治区要闻</li></ul>
        <a href="/gwy/">更多</a></div><div>{ITEMS}</div>"""
    assert trails(html) == {}


ENTRIES = {
    "dated": ITEMS,
    "date before the title": '<ul><li><i>03-06</i><a href="/c/3.html">统计信息</a></li><li><i>03-05</i><a href="/c/4.html">规划信息</a></li></ul>',
    "rows of a table": '<table><tr><td><a href="/c/3.html">统计信息</a></td><td>2026/3/6</td></tr><tr><td><a href="/c/4.html">规划</a></td><td>2026/3/5</td></tr></table>',
    "long titles around": """<ul><li><a href="/c/1.html">某区召开二〇二六年第一季度经济运行分析会议</a></li>
        <li><a href="/c/3.html">统计信息</a></li><li><a href="/c/2.html">关于做好春季农业生产工作有关事项的通知</a></li></ul>""",
    "cards": '<div class="card"><h4><a href="/c/3.html">统计信息</a></h4><p>摘要</p><span>2026年3月6日</span></div>' * 3,
    "pinned without a date": """<ul><li><a href="/c/3.html">统计信息</a></li><li><a href="/c/1.html">甲</a><span>2026-03-08</span></li>
        <li><a href="/c/2.html">乙</a><span>2026-03-07</span></li></ul>""",
}  # fmt: skip


@pytest.mark.parametrize("html", ENTRIES.values(), ids=ENTRIES.keys())
def test_entries_of_lists_are_no_columns(html: str):
    assert not [
        n
        for n in trails(f'<div class="con"><h2>要闻</h2>{html}</div>').values()
        if n[-1] == "统计信息"
    ]


ASIDE = {
    "footer tag": '<footer><a href="http://x.cn/tj/">统计信息</a></footer>',
    "footer class": '<div class="w foot"><p><a href="/about/">关于我们</a> | <a href="http://x.cn/tj/">统计信息</a></p></div>',
    "friends by class": '<div class="friendlink"><ul><li><a href="http://x.cn/tj/">统计信息</a></li></ul></div>',
    "friends by heading": '<div class="p1"><h3>友情链接</h3><ul><li><a href="http://x.cn/tj/">统计信息</a></li><li><a href="http://y.cn/">某市</a></li></ul></div>',
    "friends by lead": '<div class="p1">友情链接：<a href="http://x.cn/tj/">统计信息</a> <a href="http://y.cn/">某市</a></div>',
    "friends in a box": '<select><option value="http://x.cn/tj/">统计信息</option></select>',
    "template row": '<ul><li><a href="/{{url}}">{{title}}</a></li></ul>',
}  # fmt: skip


@pytest.mark.parametrize("html", ASIDE.values(), ids=ASIDE.keys())
def test_footers_and_friends_are_left_out(html: str):
    menu = "".join(
        f'<li><a href="/m{n}/">栏目{c}</a></li>' for n, c in enumerate("甲乙丙丁戊己庚辛")
    )
    found = trails(f'<ul class="nav"><li><a href="/">首页</a></li>{menu}</ul>{html}')
    assert not [names for names in found.values() if names[-1] == "统计信息" or "{" in names[-1]]


MAIN = """<header><nav><ul><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a><ul>
    <li><a href="/zw/tz/">通知公告</a></li></ul></li><li><a href="/hd/">互动交流</a></li></ul></nav></header>"""


def test_the_main_menu_is_not_below_the_page():
    found = trails(MAIN + ITEMS, ("政务公开", "统计信息"), "zw/tj/")
    assert found["hd/"] == ("互动交流",)
    assert found["zw/tz/"] == ("政务公开", "通知公告")


def test_a_page_s_own_menu_is_below_it():
    html = (
        MAIN
        + '<div class="side"><ul><li><a href="/zw/a/">领导之窗</a></li><li><a href="/zw/b/">工作机构</a></li></ul></div>'
    )
    found = trails(html, ("政务公开",), "zw/")
    assert found["zw/a/"] == ("政务公开", "领导之窗")


@pytest.mark.parametrize(
    "current",
    ['<a class="on" href="/zw/tj/index.html">统计信息</a>', "统计信息", "<b>统计信息</b>"],
)
def test_a_menu_that_lists_the_page_itself_lists_its_siblings(current: str):
    html = (
        f'<div class="side"><ul><li><a href="/zw/a/">领导之窗</a></li><li class="cur">{current}</li>'
        '<li><a href="/zw/b/">工作机构</a></li></ul></div>'
    )
    found = trails(MAIN + html, ("政务公开", "统计信息"), "zw/tj/")
    assert found["zw/a/"] == ("政务公开", "领导之窗")
    assert found["zw/b/"] == ("政务公开", "工作机构")


def test_a_side_tree_that_names_the_parent_starts_there():
    html = '<div class="zl"><h2>法定公开</h2><ul><li><a href="/a/">领导之窗</a></li><li><a href="/b/">工作机构</a></li></ul></div>'
    found = trails(MAIN + html, ("政务公开", "法定公开", "统计信息"), "tj/")
    assert found["a/"] == ("政务公开", "法定公开", "领导之窗")


def test_a_child_named_like_its_parent_is_told_from_it():
    html = """<div class="zl"><h2>行政许可</h2><ul><li><a href="/xk/cf/">行政处罚</a></li>
        <li><a href="/xk/xk/">行政许可</a></li></ul></div>"""
    parent = trails(html, ("政务公开", "行政许可"), "xk/")
    child = trails(html, ("政务公开", "行政许可", "行政许可"), "xk/xk/")
    for found in (parent, child):
        assert found["xk/xk/"] == ("政务公开", "行政许可", "行政许可")
        assert found["xk/cf/"] == ("政务公开", "行政许可", "行政处罚")


def test_several_sections_in_one_run():
    html = """<div><p>基础信息</p><a href="/a/">领导之窗</a><a href="/b/">工作机构</a>
        <p>重点领域</p><a href="/c/">社会保障</a><a href="/d/">安全生产</a></div>"""
    assert trails(html)["a/"] == ("基础信息", "领导之窗")
    assert trails(html)["d/"] == ("重点领域", "安全生产")


def test_jump_columns_lead_to_other_hosts():
    html = '<h3>公开</h3><ul><li><a href="http://www.ccgp.gov.cn/">政府采购</a></li><li><a href="/a/">规划信息</a></li></ul>'
    assert trails(html)["http://www.ccgp.gov.cn/"] == ("公开", "政府采购")


HOSTILE = [
    "",
    "<div>" * 20_000 + '<a href="/a/">甲栏目</a>',
    "<ul><li><a href=/a/>甲栏目</a>" * 2_000,
    '<a href="/a/">' + "字" * 100_000 + "</a>",
    '<div class="crumb">' + "您的位置：" * 5_000 + '<a href="/">首页</a></div>',
    "<p>" + "".join(f'<a href="/{n}/">栏目{n}</a>' for n in range(20_000)) + "</p>",
    '<a href="http://[::1">坏</a><a href="//">坏</a><a href="javascript:location.href=\'http://[\'">坏</a>',
    "<html><body><a href=/a/>甲栏目</a></body></html><html><body><a href=/b/>乙栏目</a></body></html>",
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_end_soon(html: str, stopwatch):
    with stopwatch(5):
        read(html, ("政务公开",), "zw/")


def test_a_picture_s_caption_is_no_head_of_the_block_after_it():
    html = f"""<div class="pic"><a href="/i/9.html"><img src="a.jpg" alt="区领导调研养老服务"></a><p>区领导调研养老服务</p></div>
        <div class="lm"><h3><a href="/gwy/">国务院要闻</a></h3><a class="more" href="/gwy/">更多</a>{ITEMS}</div>"""
    assert trails(html)["gwy/"] == ("国务院要闻",)
