"""Whole pages around a variant's list, in the manners of different portals.

Every dress has what misleads: a clock, a menu, a breadcrumb, side boxes with other days, a footer.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Protocol

from demo.frame import Identity, cn, cut

if TYPE_CHECKING:
    from demo.variants.stage import Notice, Stage

_SITE = Identity()
_WEEKDAYS = "一二三四五六日"
_MENU = (
    ("首页", "/"),
    ("走进云泽", "/zjwq/"),
    ("区政要闻", "/xwzx/qzwyw/"),
    ("政务公开", "/zwgk/"),
    ("统计信息", "/tjj/tjxx/"),
    ("财政公开", "/czgk/"),
    ("办事大厅", "/link/zwfw/index.html"),
)
Pair = tuple[str, str]


class Dress(Protocol):
    """One manner of laying a page out."""

    def __call__(
        self,
        *,
        stage: Stage,
        title: str,
        content: str,
        crumbs: Sequence[Pair],
        tree: Sequence[Pair],
        head: str,
        charset: str,
        side: bool,
    ) -> str:
        """The whole page."""
        ...


def _clock(stage: Stage) -> str:
    rng = Random(f"weather|{stage.as_of.isoformat()}")
    low = rng.randint(-12, 14)
    week = _WEEKDAYS[stage.as_of.weekday()]
    return f"{cn(stage.as_of)} 星期{week}　晴转多云 {low}℃~{low + 9}℃"


def _links(pairs: Sequence[Pair], before: str = "<li>", after: str = "</li>") -> str:
    return "".join(f'{before}<a href="{href}">{name}</a>{after}' for name, href in pairs)


def _way(crumbs: Sequence[Pair], between: str) -> str:
    steps = [("首页", "/"), *crumbs]
    return between.join(f'<a href="{at}">{name}</a>' if at else name for name, at in steps)


def _rows(notices: Sequence[Notice], form: str, length: int) -> str:
    return "".join(
        f'<li><a href="{n.at}" title="{n.title}">{cut(n.title, length)}</a>'
        f"<span>{n.day.strftime(form)}</span></li>"
        for n in notices
    )


def _modern(
    *,
    stage: Stage,
    title: str,
    content: str,
    crumbs: Sequence[Pair],
    tree: Sequence[Pair],
    head: str,
    charset: str,
    side: bool,
) -> str:
    """Boxes in divs, the side boxes to the right."""
    boxes = (
        f'<div class="bar-r"><div class="rd"><h3>最新公开</h3><ul>'
        f'{_rows(stage.latest, "%Y-%m-%d", 16)}</ul></div><div class="rd"><h3>热点信息</h3><ul>'
        f"{_rows(stage.hot, '%m-%d', 16)}</ul></div></div>"
        if side
        else ""
    )
    left = f'<div class="zl"><h2>栏目导航</h2><ul>{_links(tree)}</ul></div>' if tree else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}_{_SITE.name}</title>
<meta name="SiteName" content="{_SITE.name}"><meta name="SiteIDCode" content="{_SITE.id_code}">
{head}<link rel="stylesheet" href="/static/a.css"></head>
<body><div class="wrap-t"><div class="w1200"><span class="fl">{_clock(stage)}</span>
<span class="fr"><a href="/mobile.html">手机版</a> | <a href="javascript:;">繁體</a></span>
</div></div>
<div class="w1200 hd"><a href="/"><img src="/static/logo.png" alt="{_SITE.name}"></a></div>
<div class="dh"><ul class="w1200">{_links(_MENU)}</ul></div>
<div class="w1200 dq">您当前的位置：{_way(crumbs, " &gt; ")}</div>
<div class="w1200 zt">{left}<div class="zr">
{content}
</div>{boxes}</div>
<div class="foot"><p><a href="/about.html">关于我们</a> | <a href="/map.html">网站地图</a></p>
<p>主办：{_SITE.owner}　{_SITE.icp}　{_SITE.police}　网站标识码：{_SITE.id_code}</p>
<p>Copyright © 2012-{stage.as_of.year} 版权所有　页面更新时间：{stage.as_of} 02:15</p></div>
</body></html>
"""


def _table(
    *,
    stage: Stage,
    title: str,
    content: str,
    crumbs: Sequence[Pair],
    tree: Sequence[Pair],
    head: str,
    charset: str,
    side: bool,
) -> str:
    """Nested tables of the early years, the side boxes to the left."""
    recent = "".join(
        f'<tr><td>·<a href="{n.at}" title="{n.title}">{cut(n.title, 12)}</a></td>'
        f"<td><font color=gray>{n.day:%m-%d}</font></td></tr>"
        for n in (*stage.latest, *stage.hot)
    )
    boxes = f"<b>最新更新</b><table width=100%>{recent}</table>" if side else ""
    left = f"<b>栏目列表</b><br>{_links(tree, '·', '<br>')}" if tree else ""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}-{_SITE.name}</title>
{head}</head><body topmargin=0>
<table width=1000 align=center border=0><tr><td colspan=2><img src="/static/logo.png"></td></tr>
<tr bgcolor=#c00><td height=28>今天是{_clock(stage)}</td></tr></table>
<table width=1000 align=center border=0><tr>{_links(_MENU, "<td>", "</td>")}</tr></table>
<table width=1000 align=center border=0><tr>
<td height=30>当前位置：{_way(crumbs, "-&gt;")}</td></tr></table>
<table width=1000 align=center border=0 cellspacing=0><tr><td width=220 valign=top>
{left}{boxes}</td><td valign=top>
{content}
</td></tr></table>
<table width=1000 align=center border=0><tr><td align=center>
版权所有 2005-{stage.as_of.year} {_SITE.owner}　建站时间：2005年6月1日<br>
{_SITE.icp}　{_SITE.police}　网站标识码：{_SITE.id_code}<br>您是第 20314207 位访客
</td></tr></table></body></html>
<!-- 生成于 {stage.as_of} 02:15 -->
"""


def _semantic(
    *,
    stage: Stage,
    title: str,
    content: str,
    crumbs: Sequence[Pair],
    tree: Sequence[Pair],
    head: str,
    charset: str,
    side: bool,
) -> str:
    """Elements with names of their own; hot items below the list."""
    boxes = (
        f'<aside class="rec"><h3>最新发布</h3><ul>{_rows(stage.latest, "%Y-%m-%d", 40)}</ul>'
        f"<h3>热点</h3><ul>{_rows(stage.hot, '%Y.%m.%d', 40)}</ul></aside>"
        if side
        else ""
    )
    left = f'<aside class="tree">{_links(tree, "", "")}</aside>' if tree else ""
    return f"""<!doctype html>
<html lang="zh"><head><meta charset="{charset}" name="viewport" content="width=device-width">
<title>{title} - {_SITE.name}门户网站</title>
{head}</head>
<body><header><div class="box"><a class="logo" href="/">{_SITE.name}</a>
<time class="now">{_clock(stage)}</time></div><nav><ul>{_links(_MENU)}</ul></nav></header>
<div class="bread">位置：{_way(crumbs, " / ")}</div>
<main class="box">{left}<section class="con">
{content}
</section></main>{boxes}
<footer class="foot"><p>{_SITE.owner}办公室主办　技术支持：云泽区大数据中心</p>
<p>{_SITE.icp}　{_SITE.id_code}　2012-{stage.as_of.year}　最后更新 {stage.as_of}</p></footer>
</body></html>
"""


DRESSES: dict[str, Dress] = {"modern": _modern, "table": _table, "semantic": _semantic}
ORDER = tuple(DRESSES)
