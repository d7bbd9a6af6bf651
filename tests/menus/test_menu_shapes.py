# ruff: noqa: E501 (pages read better unbroken)
"""Menus as portals of several generations build them, and what only looks like one."""

import pytest

from crawler.reading.document import Document
from crawler.reading.menus import match_columns, menu_links
from ledger.site import ColumnPath

HOME = "http://www.mou.gov.cn/"
HOMES = frozenset({HOME})


def trails(html: str, under: ColumnPath = (), at: str = "") -> dict[str, ColumnPath]:
    """The trail of each address, the site's own shortened to its path."""
    url = at if at.startswith("http") else HOME + at
    links = menu_links(Document(f"<body>{html}</body>", url), under, HOMES)
    return {link.url.removeprefix(HOME): link.names for link in links}


def matched(
    wanted: list[ColumnPath], html: str, under: ColumnPath = (), at: str = ""
) -> dict[ColumnPath, str]:
    links = menu_links(Document(f"<body>{html}</body>", HOME + at), under, HOMES)
    found = match_columns(wanted, links, {})
    return {path: m.url.removeprefix(HOME) for path, m in found.items()}


NAV = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li><li><a href="/hd/">互动交流</a></li><li><a href="/bm/">部门之窗</a></li></ul>'
MAIN = {"zw/": ("政务公开",), "hd/": ("互动交流",), "bm/": ("部门之窗",)}

LEAVES = {
    "arrow behind the head": """<div class="acd"><div class="g"><div class="t" onclick="tg(this)">政策文件<b>▾</b></div>
        <div class="c"><p><a href="/f/">▪ 政府文件</a></p><p><a href="/b/">▸部门文件</a></p></div></div></div>""",
    "ornaments at both ends": """<h3>◆ 政策文件 ◆</h3><ul><li><a href="/f/">▶ 政府文件 »</a></li><li><a href="/b/">【部门文件】</a></li></ul>""",
    "letters of an icon font": "<h3>\ue605政策文件\ue60a</h3><ul><li><a href='/f/'>\ue6aa政府文件</a></li><li><a href='/b/'>部门文件</a></li></ul>",
    "day behind the head": """<div class="h">政策文件 <span>2026/03/20 周五</span></div><table><tr><td><a href="/f/">政府文件</a></td>
        <td><a href="/b/">部门文件</a></td></tr></table>""",
    "hour behind the head": """<div class="h">政策文件 <i>2026年3月20日 星期五 09:15:33</i></div><ul><li><a href="/f/">政府文件</a></li><li><a href="/b/">部门文件</a></li></ul>""",
    "boxes that open a page": """<h3>政策文件</h3><div class="cards"><div onclick="location.href='/f/'"><p>政府文件</p></div>
        <div onclick="window.open('/b/','_blank')"><p>部门文件</p></div></div>""",
    "addresses kept aside": """<h3>政策文件</h3><ul><li><a href="javascript:void(0)" data-href="/f/" onclick="window.open(this.dataset.href)">政府文件</a></li>
        <li data-url="/b/" onclick="go(this)">部门文件</li></ul>""",
    "the portal's own function": """<h3>政策文件</h3><ul><li><a href="#" onclick="gotoUrl('/f/')">政府文件</a></li>
        <li><a href="javascript:openPage('/b/', 1)">部门文件</a></li></ul>""",
    "a map on a picture": """<h3>政策文件</h3><div><img usemap="#m" src="m.jpg"><map name="m"><area href="/f/" alt="政府文件" coords="0,0,9,9">
        <area href="/b/" title="部门文件" coords="9,9,20,20"></map></div>""",
    "a box to choose from": """<h3>政策文件</h3><div class="s"><select onchange="location=this.value"><option value="">请选择</option>
        <option value="/f/">政府文件</option><option value="/b/">部门文件</option></select></div>""",
    "mega menu": """<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zc/">政策文件</a><div class="drop"><dl><dt>按机关</dt><dd><a href="/f/">政府文件</a></dd>
        <dd><a href="/b/">部门文件</a></dd></dl></div></li><li><a href="/x/">互动交流</a></li></ul>""",
    "blanks inside names": """<table><tr><td class="title">政&nbsp;策&nbsp;文&nbsp;件</td></tr><tr><td><table><tr><td><a href="/f/">政&nbsp;府&nbsp;文&nbsp;件</a></td></tr>
        <tr><td><a href="/b/">部 门 文 件</a></td></tr></table></td></tr></table>""",
    "pictures": """<h3><img src="t.gif" alt="">政策文件</h3><ul><li><a href="/f/" title="政府文件"><img src="1.gif"></a></li>
        <li><a href="/b/"><img src="2.gif" alt="部门文件"></a></li></ul>""",
    "shortened names": """<h3>政策文件</h3><ul><li><a href="/f/" title="政府文件">政府…</a></li><li><a href="/b/" title="部门文件">部门..</a></li></ul>""",
}  # fmt: skip


@pytest.mark.parametrize("html", LEAVES.values(), ids=LEAVES.keys())
def test_shapes_of_menus(html: str):
    wanted: list[ColumnPath] = [("政策文件", "政府文件"), ("政策文件", "部门文件")]
    assert matched(wanted, html) == {wanted[0]: "f/", wanted[1]: "b/"}


NO_COLUMNS = {
    "friends to choose from": '<div class="yq"><select onchange="window.open(this.value)"><option>友情链接</option><option value="http://tj.gov.cn/">统计信息</option></select></div>',
    "friends on this host": '<div>友情链接：<select><option value="/out/1.html">统计信息</option><option value="/out/2.html">规划信息</option></select></div>',
    "an id to choose": '<select name="lm"><option value="12">统计信息</option><option value="tj">规划信息</option></select>',
    "the fat footer": '<div class="footer"><dl><dt>政务公开</dt><dd><a href="/map/tj/">统计信息</a></dd><dd><a href="/map/gh/">规划信息</a></dd></dl></div>',
    "the twin in other letters": '<div class="lang"><ul><li><a href="/big5/tj/">统计信息</a></li><li><a href="http://big5.mou.gov.cn/gh/">规划信息</a></li></ul></div>',
    "the twin in another tongue": '<div class="lang"><a href="/en/tj/">统计信息</a> <a href="/english/gh/">规划信息</a></div>',
    "a function with two meanings": "<div onclick=\"AddFavorite('http://www.mou.gov.cn/tj/','x')\">统计信息</div><div onclick=\"share('http://t.cn/')\">规划信息</div>",
    "rows of a template": '<ul><li><a href="/{{item.url}}">统计信息</a></li><li><a href="${url}">规划信息</a></li></ul>',
    "a long title below the heading": f'<div class="lm"><h3>统计信息</h3><div><a href="/i/1.html">{"某区召开会议" * 8}</a></div></div>',
    "a picture below the heading": '<div class="lm"><h3>统计信息</h3><ul><li><a href="/i/1.html"><img src="1.jpg"></a></li></ul></div>',
    "a named picture below the heading": f'<div class="lm"><h3>统计信息</h3><div><a href="/i/1.html"><img src="1.jpg" alt="{"某区召开会议" * 8}"></a></div></div>',
    "a day in the link": '<ul><li><a href="/i/1.html">统计信息 2026-03-20</a></li><li><a href="/i/2.html">规划信息 2026-03-19</a></li></ul>',
}  # fmt: skip


@pytest.mark.parametrize("html", NO_COLUMNS.values(), ids=NO_COLUMNS.keys())
def test_what_only_looks_like_a_menu(html: str):
    more = "".join(f'<li><a href="/m{n}/">栏目{c}</a></li>' for n, c in enumerate("甲乙丙丁戊己"))
    wanted: list[ColumnPath] = [("政务公开", "统计信息"), ("政务公开", "规划信息")]
    assert matched(wanted, f'{NAV}<ul class="menu">{more}</ul>{html}') == {}


def test_a_twin_may_be_a_column_itself():
    assert matched([("English",)], '<div><a href="/en/index.html">English</a></div>') == {
        ("English",): "en/index.html"
    }


def test_a_link_inside_a_box_that_opens_a_page_is_the_link():
    html = """<h3>政策文件</h3><ul><li onclick="location.href='/x/'"><a href="/f/">政府文件</a></li><li><a href="/b/">部门文件</a></li></ul>"""
    assert set(trails(html)) == {"f/", "b/"}


def test_the_main_menu_in_a_short_strip_is_not_the_page():
    html = """<div class="w"><div class="top"><a href="/">返回首页</a> <a href="/zw/">政务公开</a> <a href="/hd/">互动交流</a></div>
        <div class="loc">位置：<a href="/">首页</a>/<a href="/zw/">政务公开</a>/重点领域</div>
        <div class="cards"><div><a href="/a/">政府采购</a></div><div><a href="/b/">社会救助</a></div></div></div>"""
    found = trails(html, ("政务公开", "重点领域"), "zw/zd/")
    assert found["a/"] == ("政务公开", "重点领域", "政府采购")
    assert found["hd/"] == ("互动交流",)


TREE = """<div class="leftnav"><div class="acd"><div class="g"><div class="t"><a href="/zw/zn/">公开指南</a></div></div>
    <div class="g"><div class="t">政策文件<b>▾</b></div><div class="c"><p><a href="/zw/f/">政府文件</a></p><p><a href="/zw/b/">部门文件</a></p></div></div>
    <div class="g cur"><div class="t"><a href="/zw/zd/">重点领域</a></div></div>
    <div class="g"><div class="t">财政预决算<b>▾</b></div><div class="c"><p><a href="/zw/cz/">政府预决算</a></p><p><a href="/zw/cb/">部门预决算</a></p></div></div></div></div>"""
TREE_TRUTH = {
    "zw/zn/": ("政务公开", "公开指南"),
    "zw/f/": ("政务公开", "政策文件", "政府文件"),
    "zw/b/": ("政务公开", "政策文件", "部门文件"),
    "zw/zd/": ("政务公开", "重点领域"),
    "zw/cz/": ("政务公开", "财政预决算", "政府预决算"),
    "zw/cb/": ("政务公开", "财政预决算", "部门预决算"),
}


@pytest.mark.parametrize("at", TREE_TRUTH)
def test_a_tree_says_the_same_on_every_page_it_stands_on(at: str):
    assert trails(TREE, TREE_TRUTH[at], at) == TREE_TRUTH
    assert trails(TREE, ("政务公开",), "zw/") == TREE_TRUTH


LIST = "".join(
    f'<li><i>2026-03-0{n}</i><a href="/bm/jtj/{n}.htm">某区召开第{n}次会议</a></li>'
    for n in (4, 3, 2)
)


def test_a_breadcrumb_ends_where_the_list_begins():
    html = f"""<div class="r"><div class="bct">当前位置：<a href="/">某区政府</a> - <a href="/bm/">部门之窗</a> - <a href="/bm/jtj/">区教体局</a> - 首页</div><ul>{LIST}</ul></div>"""
    assert trails(html, ("部门之窗", "区教体局"), "bm/jtj/") == {
        "bm/": ("部门之窗",),
        "bm/jtj/": ("部门之窗", "区教体局"),
    }


def test_a_box_named_like_a_breadcrumb_gives_back_what_it_swallowed():
    html = f"""<div class="position"><a href="/">首页</a> &gt; <a href="/bm/">部门之窗</a><p>{"欢迎访问某区教育和体育局网站" * 3}</p>
        <ul class="menu"><li><a href="/bm/dt/">工作动态</a></li><li><a href="/bm/gg/">办事公告</a></li></ul></div>"""
    found = trails(html, ("部门之窗",), "bm/")
    assert found["bm/"] == ("部门之窗",)
    assert found["bm/dt/"] == ("部门之窗", "工作动态")


def test_bare_words_between_the_links_of_a_breadcrumb_are_steps():
    html = '<div class="crumb">您的位置：<a href="/">首页</a> &gt; 要闻动态 &gt; <a href="/yw/">政府要闻</a></div>'
    assert trails(html)["yw/"] == ("要闻动态", "政府要闻")


def test_a_heading_that_keeps_its_items_in_its_folder_is_a_column():
    rows = "".join(f'<p class="r"><a href="/data/czsj/t{n}.html">财政收支</a><s>03-0{n}</s></p>' for n in (1, 2, 3))  # fmt: skip
    html = f'<div class="box"><p class="h"><a href="/data/czsj/">财政数据</a></p>{rows}</div>'
    assert trails(html, ("数据开放",), "data/") == {"data/czsj/": ("数据开放", "财政数据")}


@pytest.mark.parametrize("first", ["/data/x.html", "/other/", "/"])
def test_a_first_item_without_a_day_is_no_heading(first: str):
    rows = "".join(f'<p class="r"><a href="/data/czsj/t{n}.html">财政收支</a><s>03-0{n}</s></p>' for n in (1, 2, 3))  # fmt: skip
    html = f'<div class="box"><p class="r"><a href="{first}">财政数据</a></p>{rows}</div>'
    assert trails(html, ("数据开放",), "data/") == {}


UNIT: ColumnPath = ("部门之窗", "区教体局")
UNIT_MENUS = {
    "day behind the name": '<div class="h">区教体局 <span>2026/03/20 周五</span></div><table class="dm"><tr><td><a href="/bm/jtj/">本局首页</a></td><td><a href="/bm/jtj/dt/">工作动态</a></td><td><a href="/bm/jtj/gg/">通知公告</a></td></tr></table>',
    "the place before the name": '<div class="t">某某区教体局</div><ul><li><a href="/bm/jtj/dt/">工作动态</a></li><li><a href="/bm/jtj/gg/">通知公告</a></li></ul>',
    "a site's name": '<div class="t">区教体局网站</div><ul><li><a href="/bm/jtj/dt/">工作动态</a></li><li><a href="/bm/jtj/gg/">通知公告</a></li></ul>',
    "its own main menu": '<div class="header"><ul class="nav"><li><a href="/bm/jtj/index.html">首页</a></li><li><a href="/bm/jtj/jg/">机构设置</a></li><li><a href="/bm/jtj/dt/">工作动态</a></li><li><a href="/bm/jtj/gg/">通知公告</a></li></ul></div>',
}  # fmt: skip


@pytest.mark.parametrize("html", UNIT_MENUS.values(), ids=UNIT_MENUS.keys())
def test_a_unit_s_own_columns(html: str):
    found = trails(NAV + html, UNIT, "bm/jtj/")
    assert found["bm/jtj/dt/"] == (*UNIT, "工作动态")
    assert found["bm/jtj/gg/"] == (*UNIT, "通知公告")
    assert MAIN.items() <= found.items()


def test_a_unit_on_its_own_host():
    html = '<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/jg/">机构设置</a></li><li><a href="/dt/">工作动态</a></li><li><a href="/gg/">通知公告</a></li></ul></div>'
    found = trails(html, (*UNIT, "机构设置"), "http://jtj.mou.gov.cn/jg/")
    assert found["http://jtj.mou.gov.cn/dt/"] == (*UNIT, "工作动态")


def test_a_name_under_several_parents_goes_to_none_but_its_own():
    other: ColumnPath = ("部门之窗", "区卫健委")
    wanted: list[ColumnPath] = [
        (*UNIT, "工作动态"), (*other, "工作动态"), ("新闻中心", "工作动态"), ("通知公告",), (*other, "通知公告"),
    ]  # fmt: skip
    for html in UNIT_MENUS.values():
        assert matched(wanted, NAV + html, UNIT, "bm/jtj/") == {(*UNIT, "工作动态"): "bm/jtj/dt/"}


def test_the_first_cell_of_a_row_names_it() -> None:
    rows = "".join(
        f'<tr><td>{name}</td><td><a href="/col/{n}/">镇村公开</a></td></tr>'
        for n, name in enumerate(("柳溪镇", "柳河乡", "石堰镇"))
    )
    doc = Document(f"<table><tr><th>乡镇</th><th>公开栏</th></tr>{rows}</table>", "http://a.cn/bm/")
    links = menu_links(doc, ("部门乡镇",))
    paths = [("部门乡镇", "柳溪镇", "镇村公开"), ("部门乡镇", "柳河乡", "镇村公开")]
    found = match_columns(paths, links, {})
    assert [found[path].url for path in paths] == ["http://a.cn/col/0/", "http://a.cn/col/1/"]
