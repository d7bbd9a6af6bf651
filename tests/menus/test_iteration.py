# ruff: noqa: E501 (pages read better unbroken)
"""From the home page down: each page opened shows where the next columns are."""

from crawler.reading.document import Document
from crawler.reading.menus import match_columns, menu_links
from ledger.site import ColumnPath

HOME = "http://www.mou.gov.cn/"
WANTED: list[ColumnPath] = [
    ("首页", "国务院要闻"),
    ("政务公开",),
    ("政务公开", "法定公开内容", "统计信息"),
    ("政务公开", "法定公开内容", "行政许可和其他对外管理服务"),
    ("政务公开", "法定公开内容", "行政许可和其他对外管理服务", "政府采购"),
    ("政务公开", "法定公开内容", "行政许可和其他对外管理服务", "行政许可和其他对外管理服务"),
    ("政务公开", "基础信息公开", "财政资金直达基层"),
    ("财政公开", "财政资金直达基层"),
    ("财政公开", "财政资金直达基层", "财政信息"),
    ("专题专栏",),
    ("没有这一栏目",),
]
NAV = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw/">政务公开</a></li>
<li><a href="/cz/">财政公开</a></li><li><a href="/zt/">专题专栏</a></li></ul></div>"""
FOOT = (
    '<div class="foot"><a href="http://old.cn/tj/">统计信息</a> <a href="/map/">网站地图</a></div>'
)
ITEMS = "".join(
    f'<li><a href="/i/{n}.html">某区关于第{n}批项目有关情况的公示</a><span>2026-03-0{n}</span></li>'
    for n in range(1, 6)
)
PAGES = {
    "": f"""<div class="lm"><h3>国务院要闻</h3><a href="/gwy/">更多</a><ul>{ITEMS}
        <li><a href="/i/9.html">政府采购</a><span>2026-03-09</span></li></ul></div>""",
    "zw/": f"""<div class="l"><h2>法定公开内容</h2><ul><li><a href="/zw/tj/">统计信息</a></li>
        <li><a href="/zw/xk/">行政许可和其他对外管理服务</a></li></ul><h2>基础信息公开</h2><ul>
        <li><a href="/zw/zj/">财政资金直达基层</a></li></ul></div><div class="r"><ul>{ITEMS}</ul></div>""",
    "zw/xk/": """<div class="t">您的位置：<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt;
        <a href="/zw/xk/">行政许可和其他对外管理服务</a></div><ul class="s">
        <li><a href="http://www.ccgp.cn/">政府采购</a></li>
        <li><a href="http://zwfw.cn/xk/">行政许可和其他对外管理服务</a></li></ul>""",
    "cz/": f"""<div class="lm"><h3><a href="/cz/zj/">财政资金直达基层</a></h3><ul>{ITEMS}</ul></div>""",
    "cz/zj/": f'<dl><dt>财政资金直达基层</dt><dd><a href="/cz/zj/xx/">财政信息</a></dd></dl><ul>{ITEMS}</ul>',
}
TRUTH = {
    ("首页", "国务院要闻"): "gwy/",
    ("政务公开",): "zw/",
    ("政务公开", "法定公开内容", "统计信息"): "zw/tj/",
    ("政务公开", "法定公开内容", "行政许可和其他对外管理服务"): "zw/xk/",
    ("政务公开", "法定公开内容", "行政许可和其他对外管理服务", "政府采购"): "http://www.ccgp.cn/",
    (
        "政务公开", "法定公开内容", "行政许可和其他对外管理服务", "行政许可和其他对外管理服务",
    ): "http://zwfw.cn/xk/",
    ("政务公开", "基础信息公开", "财政资金直达基层"): "zw/zj/",
    ("财政公开",): "cz/",
    ("财政公开", "财政资金直达基层"): "cz/zj/",
    ("财政公开", "财政资金直达基层", "财政信息"): "cz/zj/xx/",
    ("专题专栏",): "zt/",
}  # fmt: skip


def test_the_walk_finds_every_column_there_is_and_no_other():
    wanted = [*WANTED, ("财政公开",)]
    known: dict[ColumnPath, str] = {}
    links, queue = [], [("", ())]
    while queue:
        at, under = queue.pop(0)
        if at not in PAGES:
            continue
        html = f"<body>{NAV}{PAGES[at]}{FOOT}</body>"
        links += menu_links(Document(html, HOME + at), under)
        for path, match in match_columns(wanted, links, known).items():
            known[path] = match.url
            queue.append((match.url.removeprefix(HOME), path))
    assert {path: url.removeprefix(HOME) for path, url in known.items()} == TRUTH
