"""Bare fragments, one for each way a row can be built; pages in full are in `pages/`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crawler.reading.document import Document
from crawler.reading.page import PageReading, read_page

TITLES = (
    "关于做好春季农业生产工作的通知",
    "区人民政府召开第三次常务会议",
    "关于公布2030年度行政执法案卷评查结果的通报",
    "柳河区2031年一季度经济运行情况",
    "关于印发《柳河区城市更新实施方案》的通知",
    "关于举办2031年5月18日国际博物馆日活动的通知",
    "柳政发〔2031〕12号关于表彰先进集体的决定",
    "关于2031年清明节期间祭扫安排的公告",
)
NEWEST = date(2031, 4, 12)

RowShape = Callable[[int, str, date], str]


def rows(shape: RowShape, newest: date = NEWEST, step: int = 3) -> str:
    return "".join(
        shape(number, title, newest - timedelta(days=step * number))
        for number, title in enumerate(TITLES)
    )


def numerals(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def read(html: str, today: date, url: str = "https://x.example/z/") -> PageReading:
    return read_page(Document(html, url), today)


SHAPES: dict[str, tuple[str, RowShape, str]] = {
    "category in brackets": (
        "<ul>",
        lambda n, t, d: (
            f'<li><div class="lm">[<a href="/gn/">国内</a>]</div><div class="bt">'
            f'<a href="/gn/2031/{d:%m-%d}/{1000 + n}.shtml">{t}</a></div>'
            f'<div class="sj">{d.month}-{d.day} 21:1{n}</div></li>'
        ),
        "</ul>",
    ),
    "a new ul every fifth row": (
        '<div><ul class="l16">',
        lambda n, t, d: (
            f"<li><a href='/n1/2031/{d:%m%d}/c1001-317{n:05d}.html'>{t}</a> <em>{d}</em></li>"
            + ('</ul><ul class="l16">' if n % 5 == 4 else "")
        ),
        "</ul></div>",
    ),
    "wrapped in what sounds like a header": (
        '<div class="header-wrap"><div class="nav-content"><ul>',
        lambda n, t, d: f'<li><a href="/a/{n + 5000}.html">{t}</a><span>{d}</span></li>',
        "</ul></div></div>",
    ),
    "definition list": (
        "<dl>",
        lambda n, t, d: f'<dt><a href="a{n}.htm">{t}</a></dt><dd>{d:%Y年%m月%d日}</dd>',
        "</dl>",
    ),
    "a table for each row": (
        "<table><tr><td>",
        lambda n, t, d: (
            f'<table><tr><td>·</td><td><a href="news.asp?id={n}">{t}</a></td><td>[{d}]</td></tr>'
            "<tr><td colspan=3></td></tr></table>"
        ),
        "</td></tr></table>",
    ),
    "lines in one paragraph": (
        "<p>",
        lambda n, t, d: f'·<a href="n{n}0123.htm">{t}</a>（{d}）<br>',
        "</p>",
    ),
    "English month": (
        "<div>",
        lambda n, t, d: (
            f'<div class="r"><div class="d">{d.day}<br>{d:%b} {d.year}</div>'
            f'<h3><a href="/en/{n}/news-{n}">{t}</a></h3></div>'
        ),
        "</div>",
    ),
    "day above year and month, event day in the summary": (
        "<ul>",
        lambda n, t, d: (
            f"<li><div><h3>{d:%d}</h3><p>{d:%Y/%m}</p></div>"
            f'<a href="/info/1003/{700 - n}.htm"><h4>{t}</h4>'
            "<p>根据2030年11月5日会议精神，开展活动。</p></a></li>"
        ),
        "</ul>",
    ),
    "header row of spans, publication beside production": (
        "<div><div><span>索引号</span><span>名称</span><span>生成日期</span><span>发布日期</span></div>",
        lambda n, t, d: (
            f'<div><span>0011-{n:05d}</span><span><a href="t{n}0001.html">{t}</a></span>'
            f"<span>{d - timedelta(days=30)}</span><span>{d}</span></div>"
        ),
        "</div>",
    ),
    "document number in front": (
        "<ul>",
        lambda n, t, d: (
            f'<li><b>柳政办发〔2031〕{n}号</b><a href="/c/{n + 900}.html">{t}</a><i>{d}</i></li>'
        ),
        "</ul>",
    ),
    "views, day and source in one line": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="/c/{n + 900}.html">{t}</a>'
            f"<span>浏览：{2000 + n}次 | {d} 09:30 | 来源：区政府办</span></li>"
        ),
        "</ul>",
    ),
    "the whole row a link": (
        "<div>",
        lambda n, t, d: f'<a href="/c/{n + 900}.html"><div>{t}</div><div>{d}</div></a>',
        "</div>",
    ),
    "day before the title inside the link": (
        "<ul>",
        lambda n, t, d: f'<li><a href="/c/{n + 900}.html"><span>{d}</span>{t}</a></li>',
        "</ul>",
    ),
    "papers without a page of their own": (
        '<div class="article"><ul>',
        lambda n, t, d: f'<li><a href="/upload/2031/{n}.pdf">{t}</a><span>{d}</span></li>',
        "</ul></div>",
    ),
    "old fonts and gifs": (
        "<table>",
        lambda n, t, d: (
            f'<tr><td><img src=dot.gif></td><td><a href="c{n + 900}.html">'
            f"<font color=red>{t}</font></a>"
            f"<font size=1>({d.month}月{d.day}日)</font><img src=new.gif></td></tr>"
        ),
        "</table>",
    ),
    "bold rows among plain ones": (
        "<ul>",
        lambda n, t, d: (
            f'<li class="{"top" if n < 2 else ""}"><a href="/c/{n + 900}.html">'
            f"{'<b>' + t + '</b>' if n < 2 else t}</a><span>{d:%m/%d}</span></li>"
        ),
        "</ul>",
    ),
    "picture, title, summary and 详细 of one address": (
        "<div>",
        lambda n, t, d: (
            f'<dl><dt><a href="/z/a{n}00.html"><img src=p.jpg alt="图"></a></dt><dd><h3>'
            f'<a href="/z/a{n}00.html">{t}</a></h3><p><a href="/z/a{n}00.html">近日，'
            f"区有关单位开展行动，"
            f"对2030年12月31日前完成的任务进行验收，要求抓紧落实，确保各项工作按期完成……</a>"
            f'<a href="/z/a{n}00.html">[详细]</a></p><em>{d}</em></dd></dl>'
        ),
        "</div>",
    ),
    "a headline above repeats the first row": (
        '<div><a href="/c/900.html"><img src=1.jpg alt="关于做好春季农业生产工作的通知"></a>'
        "</div><ul>",
        lambda n, t, d: f'<li><a href="/c/{n + 900}.html">{t}</a><span>{d}</span></li>',
        "</ul>",
    ),
    "stamp beside a vague word": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="/c/{n + 900}.html">{t}</a>'
            f'<time datetime="{d}T10:00:00+08:00">{n + 1}个月前</time></li>'
        ),
        "</ul>",
    ),
    "label and day in nodes of their own": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="./{n}00.htm" title="{t}">{t}</a><br><em>公开招标</em>&nbsp;'
            f"发布时间：<em>{d} 17:00</em>"
            "地域：<em>某省</em></li>"
        ),
        "</ul>",
    ),
    "answered and received": (
        "<table><tr><th>来信标题</th><th>受理日期</th><th>答复日期</th></tr>",
        lambda n, t, d: (
            f'<tr><td><a href="/mail/{n + 2000}.html">{t}</a></td>'
            f"<td>{d - timedelta(days=5)}</td><td>{d}</td></tr>"
        ),
        "</table>",
    ),
    "opened by a script on the row": (
        "<ul>",
        lambda n, t, d: (
            f"<li onclick=\"window.open('/c/{n + 900}.html')\"><p>{t}</p><p>{d}</p></li>"
        ),
        "</ul>",
    ),
    "two columns of one list": (
        '<ul class="fl">',
        lambda n, t, d: (
            f'<li><a href="/c/{n + 900}.html">{t}</a><i>........</i><font>{d:%Y.%m.%d}</font></li>'
            + ('</ul><ul class="fr">' if n == 3 else "")
        ),
        "</ul>",
    ),
    "Chinese numerals": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="/c/{n + 900}.html">{t}</a>'
            f"<b>{numerals(d.year)}年{d.month}月{d.day}日</b></li>"
        ),
        "</ul>",
    ),
    "layout tables without a name": (
        "<table><tr><td>导航</td><td><table><tr><td><ul>",
        lambda n, t, d: f'<li><a href="c{n + 900}.html">{t}</a>&nbsp;&nbsp;{d}</li>',
        "</ul></td></tr></table></td></tr></table>",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_row_and_its_day_is_read(name: str, today: date) -> None:
    head, shape, tail = SHAPES[name]
    reading = read(head + rows(shape) + tail, today)
    assert reading.list is not None
    assert [item.day for item in reading.list.items] == [
        NEWEST - timedelta(days=3 * number) for number in range(len(TITLES))
    ]
    assert [item.title for item in reading.list.items] == list(TITLES)


def test_two_items_side_by_side_in_a_table_row(today: date) -> None:
    html = "<table>" + rows(
        lambda n, t, d: (
            f'<tr><td><a href="a{n}1234.htm">{t}</a></td><td>{d}</td>'
            f'<td><a href="b{n}1234.htm">{t}（续）</a></td><td>{d - timedelta(days=1)}</td></tr>'
        )
    )
    reading = read(html, today)
    assert reading.list is not None
    assert len(reading.list.items) == 16
    assert reading.list.items[1].day == NEWEST - timedelta(days=1)


def test_an_event_day_in_a_summary_is_no_day_of_publication(today: date) -> None:
    html = rows(
        lambda n, t, d: (
            f'<li><a href="/c/{n + 900}.html">{t}</a><p>3月{n + 1}日，区领导赴镇调研。</p></li>'
        )
    )
    reading = read(f"<ul>{html}</ul>", today)
    assert reading.list is not None
    assert {item.day for item in reading.list.items} == {None}


def test_a_column_may_be_called_like_a_side_box(today: date) -> None:
    html = rows(lambda n, t, d: f'<li><a href="/content/{n + 5000}">{t}</a><span>{d}</span></li>')
    named = f"<title>最新动态-柳河区</title><h3>最新动态</h3><ul>{html}</ul>"
    assert read(named, today).kind == "list"
    foreign = f"<title>领导之窗-柳河区</title><h3>最新动态</h3><ul>{html}</ul>"
    assert read(foreign, today, "https://x.example/ldzc/").newest is None


def test_short_named_units_without_days_are_still_a_list(today: date) -> None:
    html = "".join(
        f'<li><a href="./jg/{n}2345678.html">区{word}局</a></li>'
        for n, word in enumerate(("公安", "民政", "司法", "财政"), 1)
    )
    reading = read(f"<h2>机构设置</h2><ul>{html}</ul>", today)
    assert (reading.kind, len(reading.list.items if reading.list else ())) == ("list", 4)


def test_days_of_a_year_ago_without_year(today: date) -> None:
    html = rows(
        lambda n, t, d: f'<li><a href="/c/{n + 900}">{t}</a><span>{d:%m-%d}</span></li>', step=60
    )
    reading = read(f"<ul>{html}</ul>", today)
    assert reading.list is not None
    assert [item.day for item in reading.list.items] == [
        NEWEST - timedelta(days=60 * number) for number in range(len(TITLES))
    ]


def test_an_older_first_row_never_pushes_the_rest_back_a_year(today: date) -> None:
    def shape(number: int, title: str, day: date) -> str:
        shown = date(2030, 8, 1) if number == 0 else day
        return f'<li><a href="/c/{number + 900}">{title}</a><span>{shown:%m-%d}</span></li>'

    reading = read(f"<ul>{rows(shape)}</ul>", today)
    assert reading.newest is not None
    assert reading.newest.day == NEWEST - timedelta(days=3)


def test_list_with_summaries_beside_today_s_box() -> None:
    """The moment opens a longer text, the summary names days to come, a box shows today's news."""
    listed = rows(
        lambda n, title, day: (
            f"<li><a href='./203104/t{day:%Y%m%d}_{n}.htm'>{title}</a>"
            "<p>项目概况 请于2031年06月01日 09点30分前递交响应文件。</p>"
            f"<span>{day:%Y.%m.%d} 10:35:53 | 采购人：柳河区财政局 | "
            "代理机构：某某招标代理有限公司</span></li>"
        )
    )
    today = date(2031, 4, 20)
    box = "".join(
        f"<li><a href='./203104/t20310420_9{n}.html'>{title}</a>[2031-04-20]</li>"
        for n, title in enumerate(TITLES[:4])
    )
    reading = read(
        f"<div class=r><ul class=list>{listed}</ul>"
        "<p class=pager><a>1</a><a href='?p=2'>下一页</a></p></div>"
        f"<div class=other><p>今日热点</p><ul>{box}</ul></div>",
        today,
        "https://x.example/cggg/dfgg/",
    )
    assert reading.newest is not None
    assert reading.newest.day == NEWEST
    assert reading.list is not None
    assert len(reading.list.items) == len(TITLES)
