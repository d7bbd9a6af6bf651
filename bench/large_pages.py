"""The pages of the large portal as text: head, menus, breadcrumbs, tags, text, side boxes, foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from random import Random

from bench.large_plan import NAMES, Column, Entry, Plan, list_at
from demo import prose

SITE = "和川区人民政府"
_ID_CODE = "6599990002"
_DOMAIN = "www.hechuan.example"
_PARAGRAPHS = (9, 15)
_NEIGHBOURS = 10


class Printer:
    """Prints the pages of one plan. What all pages share is made once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kept_sides: dict[int, str] = {}

    def article(self, entry: Entry) -> str:
        """An article with its tags, text and neighbours."""
        column = entry.column
        title = title_of(entry)
        source = prose.source(column.topic)
        shown = f"{entry.day.isoformat()} {8 + entry.number % 10:02d}:{entry.number % 60:02d}"
        tags = self._tags(
            ArticleTitle=title,
            PubDate=shown,
            ContentSource=source,
            Keywords=column.name,
            Author=source,
            Description=f"{title}，{source}发布。",
            Url=f"http://{_DOMAIN}{entry.at}",
            ColumnName=column.name,
            ColumnType="政务动态",
        )
        body = "\n".join(f"<p>　　{text}</p>" for text in _paragraphs(entry))
        file = entry.file_at.rpartition("/")[2]
        if file:
            body += f'\n<p>附件：<a href="./{file}">{title}（附表）.pdf</a></p>'
        return (
            f"{self._head(title, tags)}{self._crumbs(column)}"
            f'<div class="zw"><h1>{title}</h1>\n<div class="xx"><span>发布时间：{shown}</span>'
            f"<span>来源：{source}</span><span>浏览：<b id='hits'>{entry.token % 977}</b>次</span>"
            f'<span>字体：[<a href="javascript:doZoom(18)">大</a> '
            f'<a href="javascript:doZoom(14)">小</a>]</span></div>\n'
            f'<div class="TRS_Editor" id="zoom">\n{body}\n</div>\n'
            f'<div class="bj">（责任编辑：{source}）</div></div>\n'
            f"{self._related(entry)}{self._sides(column)}{self._foot}"
        )

    def list_page(self, column: Column, page: int, pages: Sequence[Sequence[Entry]]) -> str:
        """One page of a column's list, with a pager any crawler can follow."""
        rows = "\n".join(
            f'<li><a href="{entry.at}" title="{title_of(entry)}" target="_blank">'
            f"{_cut(title_of(entry), 34)}</a><span>{entry.day.isoformat()}</span></li>"
            for entry in pages[page - 1]
        )
        tags = self._tags(ColumnName=column.name, ColumnType="政务动态", ColumnKeywords=column.name)
        return (
            f"{self._head(column.name, tags)}{self._crumbs(column)}"
            f'<div class="lb"><h2>{column.name}</h2>\n<ul class="gl">\n{rows}\n</ul>\n'
            f"{_pager(column, page, len(pages), sum(map(len, pages)))}</div>\n"
            f"{self._sides(column)}{self._foot}"
        )

    def channel(self, name: str, columns: Sequence[Column]) -> str:
        """A channel: the newest of each of its columns."""
        boxes = "".join(self._box(column, 6) for column in columns)
        tags = self._tags(ColumnName=name, ColumnType="栏目首页")
        return f'{self._head(name, tags)}<div class="pd">{boxes}</div>{self._foot}'

    def home(self) -> str:
        """The home page: menus and boxes of the first column of every channel."""
        boxes = "".join(self._box(columns[0], 8) for _, _, columns in self.plan.channels)
        return f'{self._head("首页", self._tags())}<div class="sy">{boxes}</div>{self._foot}'

    def plain(self, title: str, text: str) -> str:
        """A page that is no list and no article of a column."""
        return f"{self._head(title, '')}<div class='dy'><h1>{title}</h1>{text}</div>{self._foot}"

    def map_page(self) -> str:
        """The site map."""
        return self.plain("网站地图", f"<ul>{self._menu}</ul>")

    def _head(self, title: str, tags: str) -> str:
        return (
            f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title}_{SITE}</title>\n{tags}{_STYLE}{_SCRIPT}</head>\n<body>\n"
            f'<div class="top"><a href="/"><img src="/static/logo.png" alt="{SITE}"></a>'
            f'<form action="/search.jsp"><input name="q"><button>搜索</button></form></div>\n'
            f'<div class="dh"><ul>\n<li><a href="/">首页</a></li>\n{self._bar}</ul></div>\n'
        )

    @cached_property
    def _bar(self) -> str:
        """The channels, on every page; their columns stand in the side menu and on the map."""
        return "".join(
            f'<li class="nav-item"><a href="{at}" target="_self">{name}</a></li>\n'
            for name, at, _ in self.plan.channels
        )

    @cached_property
    def _menu(self) -> str:
        return "".join(
            f'<li class="nav-item"><a href="{at}" target="_self">{name}</a><ul class="sub">\n'
            + "".join(
                f'<li><a href="{c.at}" title="{c.name}" target="_self">{c.name}</a></li>\n'
                for c in columns
            )
            + "</ul></li>\n"
            for name, at, columns in self.plan.channels
        )

    def _tags(self, **named: str) -> str:
        fixed = {"SiteName": SITE, "SiteDomain": _DOMAIN, "SiteIDCode": _ID_CODE}
        return "".join(
            f'<meta name="{name}" content="{value}">\n' for name, value in (fixed | named).items()
        )

    def _crumbs(self, column: Column) -> str:
        return (
            f'<div class="dq">您当前的位置：<a href="/">首页</a> &gt; '
            f'<a href="{column.channel_at}">{column.channel}</a> &gt; '
            f'<a href="{column.at}">{column.name}</a></div>\n'
        )

    def _box(self, column: Column, count: int) -> str:
        rows = "".join(_short(entry) for entry in self.plan.entries(column)[:count])
        return (
            f'<div class="box"><h3><a href="{column.at}">{column.name}</a>'
            f'<a class="more" href="{column.at}">更多&gt;&gt;</a></h3><ul>\n{rows}</ul></div>\n'
        )

    def _related(self, entry: Entry) -> str:
        """Articles before this one, as a CMS prints them once and for all."""
        numbers = range(entry.number - 1, max(0, entry.number - 1 - _NEIGHBOURS), -1)
        rows = "".join(_short(self.plan.entry(entry.column, n)) for n in numbers)
        return f'<div class="xg"><h3>相关阅读</h3><ul>\n{rows}</ul></div>\n' if rows else ""

    def _sides(self, column: Column) -> str:
        """The channel's own menu and a box of what is much read; both stay as they are."""
        if column.number not in self._kept_sides:
            self._kept_sides[column.number] = self._made_sides(column)
        return self._kept_sides[column.number]

    def _made_sides(self, column: Column) -> str:
        own = next(columns for _, at, columns in self.plan.channels if at == column.channel_at)
        menu = "".join(f'<li><a href="{c.at}">{c.name}</a></li>\n' for c in own)
        rng = Random(f"hot|{column.number}")
        hot = "".join(
            _short(self.plan.entry(other, rng.randint(1, self.plan.shape.each)))
            for other in rng.sample(own, min(8, len(own)))
        )
        return (
            f'<div class="zl"><h3>{column.channel}</h3><ul>\n{menu}</ul></div>\n'
            f'<div class="rd"><h3>热点信息</h3><ul>\n{hot}</ul></div>\n'
        )

    @cached_property
    def _foot(self) -> str:
        offices = "".join(
            _option(f"区{name}", i) for i, name in enumerate(NAMES["offices"].split())
        )
        towns = "".join(
            _option(f"{name}办事处", 50 + i) for i, name in enumerate(NAMES["towns"].split())
        )
        return (
            f'<div class="foot"><select onchange="go(this)"><option>区政府部门</option>{offices}'
            f'</select><select onchange="go(this)"><option>乡镇街道</option>{towns}</select>\n'
            '<p><a href="/about.html">关于我们</a> | <a href="/map.html">网站地图</a> | '
            '<a href="/contact.html">联系我们</a></p>\n'
            f"<p>主办：{SITE}　承办：{SITE}办公室　网站标识码：{_ID_CODE}</p>\n"
            "<p>建议使用 1366×768 分辨率浏览本站</p></div>\n</body>\n</html>\n"
        )


@cache
def title_of(entry: Entry) -> str:
    """An article's title: its own within its column."""
    rng = Random(entry.token)
    text = prose.title(entry.column.topic, entry.day, rng, set())
    return f"{text}〔{entry.day.year}〕{entry.number}号"


def _paragraphs(entry: Entry) -> Iterator[str]:
    rng = Random(f"text|{entry.token}|{entry.edited}")
    for _ in range(rng.randint(*_PARAGRAPHS)):
        yield "".join(prose.paragraphs(entry.day, rng, 3))


def _short(entry: Entry) -> str:
    title = title_of(entry)
    return (
        f'<li><a href="{entry.at}" title="{title}" target="_blank">{_cut(title, 18)}</a>'
        f"<span>{entry.day:%m-%d}</span></li>\n"
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _option(name: str, number: int) -> str:
    return f'<option value="http://d{number:02d}.hechuan.example/">{name}</option>\n'


def _pager(column: Column, page: int, pages: int, entries: int) -> str:
    if pages == 1:
        return ""
    links = [f"共{entries}条　第{page}/{pages}页"]
    if page > 1:
        links.append(f'<a href="{list_at(column, 1)}">首页</a>')
        links.append(f'<a href="{list_at(column, page - 1)}">上一页</a>')
    links += [
        f'<a href="{list_at(column, n)}">{n}</a>' if n != page else f"<span>{n}</span>"
        for n in range(max(1, page - 3), min(pages, page + 3) + 1)
    ]
    if page < pages:
        links.append(f'<a href="{list_at(column, page + 1)}">下一页</a>')
        links.append(f'<a href="{list_at(column, pages)}">尾页</a>')
    return f'<div class="fy">{" ".join(links)}</div>\n'


def _rules() -> Iterator[str]:
    for n, name in enumerate(NAMES["classes"].split()):
        yield (
            f".{name}{{width:{1200 - 20 * n}px;margin:0 auto;padding:{n}px 0;overflow:hidden;"
            f"font:{12 + n % 7}px/{20 + n}px 'Microsoft YaHei',SimSun,sans-serif;color:#333}}\n"
            f".{name} a{{color:#1a5fa8;text-decoration:none}}.{name} a:hover{{color:#c00}}\n"
            f".{name} li{{height:{28 + n}px;border-bottom:1px dashed #ddd;list-style:none}}\n"
            f"@media (max-width:768px){{.{name}{{width:100%;padding:0 10px;float:none}}}}\n"
        )


def _functions() -> Iterator[str]:
    yield "function doZoom(s){document.getElementById('zoom').style.fontSize=s+'px';}\n"
    yield "function go(s){if(s.value){window.open(s.value);}}\n"
    for n in range(28):
        yield (
            f"function tab{n}(i){{var b=document.querySelectorAll('#tab{n} .item');"
            "for(var k=0;k<b.length;k++){b[k].className=k===i?'item on':'item';}\n"
            f"var c=document.getElementById('con{n}');if(c){{c.setAttribute('data-i',String(i));}}"
            "return false;}\n"
        )


_STYLE = f'<link rel="stylesheet" href="/static/site.css">\n<style>\n{"".join(_rules())}</style>\n'
_SCRIPT = f'<script src="/static/site.js"></script>\n<script>\n{"".join(_functions())}</script>\n'
