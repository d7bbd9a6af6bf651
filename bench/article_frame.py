"""What stands around an article on the invented pages: menus, credits, tools, footer, words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from demo import prose

_DAY = date(2026, 3, 8)
SHOWN = "2026-03-08"
SITE = "青禾区人民政府"
_COLUMNS = ("首页", "政务公开", "政民互动", "办事服务", "走进青禾", "数据开放", "专题专栏")
PARTS = (
    "工作动态", "通知公告", "政策文件", "政策解读", "人事信息", "规划计划", "财政信息", "应急管理"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What one shape is filled with."""

    rng: Random

    def paragraphs(self, count: int) -> list[str]:
        """Some paragraphs."""
        return list(prose.paragraphs(_DAY, self.rng, count))

    def title(self) -> str:
        """A title of its own."""
        return prose.title("notice", _DAY, self.rng, set())

    def links(self, count: int) -> str:
        """Other articles' titles, dated, as list entries."""
        return "".join(
            f'<li><a href="./t202603{n + 1:02d}_{n}.html" target="_blank">{self.title()}</a>'
            f"<span>2026-03-{n + 1:02d}</span></li>"
            for n in range(count)
        )


def menu() -> str:
    """The portal's menu."""
    entries = "".join(
        f'<li><a href="/c{n}/">{name}</a><ul>'
        + "".join(f'<li><a href="/c{n}/{k}/">{part}</a></li>' for k, part in enumerate(PARTS))
        + "</ul></li>"
        for n, name in enumerate(_COLUMNS)
    )
    return f'<ul class="clearfix">{entries}</ul>'


def page(title: str, main: str, *, plain: bool = False) -> str:
    """`main` in a page; a plain one gives its menu and footer no telling names."""
    head, nav, foot = ("d1", "d2", "d9") if plain else ("header", "nav", "footer")
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_{SITE}</title>'
        "<style>.a{color:#333}</style><script>var siteId=12;</script></head><body>"
        f'<div class="{head}"><a href="/">{SITE}</a><span>今天是2026年3月20日 星期五</span></div>'
        f'<div class="{nav}">{menu()}</div>{main}'
        f'<div class="{foot}"><p>主办：{SITE}办公室　承办：青禾区大数据中心</p>'
        "<p>网站标识码：6599990001　新ICP备20260001号　新公网安备 65999902000001号</p>"
        "<p>建议使用1024*768以上分辨率，IE9.0以上浏览器，版权所有，不得转载。</p></div>"
        "<script>var _hmt = _hmt || [];</script></body></html>"
    )


def crumb() -> str:
    """Where the visitor is."""
    return (
        '<div class="position">当前位置：<a href="/">首页</a> &gt; '
        '<a href="/c1/">政务公开</a> &gt; <a href="/c1/1/">通知公告</a> &gt; 正文</div>'
    )


def credits() -> str:
    """The line under the title."""
    return (
        f'<div class="info"><span>发布时间：{SHOWN} 10:30</span><span>来源：区政府办公室</span>'
        '<span>浏览次数：<i id="hits">12</i></span><span>字号：<a href="javascript:">大</a> '
        '<a href="javascript:">中</a> <a href="javascript:">小</a></span></div>'
    )


def head(title: str) -> str:
    """All that stands above the text, in a block left open."""
    return f'{crumb()}<div class="w"><h1>{title}</h1>{credits()}'


def tools() -> str:
    """What stands below the text."""
    return (
        '<div class="tools"><a href="javascript:print()">打印</a> '
        '<a href="javascript:close()">关闭</a></div>'
        '<p>上一篇：<a href="1.html">关于做好安全生产工作的通知</a></p>'
        '<p>下一篇：<a href="2.html">关于做好春季造林工作的通知</a></p>'
    )


def ps(lines: list[str]) -> str:
    """Lines as paragraphs."""
    return "".join(f"<p>　　{line}</p>" for line in lines)


def spans(line: str) -> str:
    """A line as an editor pasted from elsewhere leaves it."""
    cut = len(line) // 2
    style = 'style="font-family: 仿宋, 仿宋_GB2312; font-size: 16pt;"'
    return f"<span {style}>{line[:cut]}</span><span {style}>{line[cut:]}</span>"


def table(rows: list[list[str]]) -> str:
    """Rows as a table."""
    cells = "".join(
        "<tr>" + "".join(f'<td style="border:1px solid">{c}</td>' for c in row) + "</tr>"
        for row in rows
    )
    return f'<table border="1"><tbody>{cells}</tbody></table>'


def figures(count: int) -> list[list[str]]:
    """Rows of figures, the first names the columns."""
    head = ["序号", "单位名称", "项目", "金额（万元）", "结果"]
    body = [
        [str(n), f"青禾区第{n}食品厂", "设备更新", f"{n * 37 % 90 + 10}.{n % 10}", "合格"]
        for n in range(1, count)
    ]
    return [head, *body]


def flat(rows: list[list[str]]) -> list[str]:
    """Rows as they are read."""
    return ["\t".join(row) for row in rows]
