"""博达 VSB counts its pages down, 苏迪 webplus up."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.adapters import choose
from crawler.reading.page import read_page

URL = "https://www.yunze.example/xxgk/tzgg.htm"
SCRIPTS = (
    '<script src="../_sitegray/_sitegray.js"></script>'
    '<script src="/system/resource/js/gotopage.js"></script>'
)


def listed(county: Any, first: int, last: int) -> str:
    rows = "".join(
        county.row(n, f"../info/1053/{7000 - n}.htm").replace("<li>", f'<li id="line_u8_{n}">')
        for n in range(first, last + 1)
    )
    return f"<ul>{rows}</ul>"


def pager(here: int, pages: int, folder: str) -> str:
    """The builder's own pager on page `here` of `pages`."""
    shown = (here - 1, here, here + 1, pages)
    links = "".join(
        f'<span class="p_no"><a href="{folder}{pages - n + 1}.htm">{n}</a></span>'
        for n in shown
        if n != here and 1 < n <= pages
    )
    down = f'<span class="p_next"><a href="{folder}{pages - here}.htm">下页</a></span>'
    last = f'<span class="p_last"><a href="{folder}1.htm">尾页</a></span>'
    ended = '<span class="p_next_d">下页</span><span class="p_last_d">尾页</span>'
    return f'<div class="pb_sys_common">{links}{down + last if here < pages else ended}</div>'


def test_pages_are_counted_down(county: Any, today: Any) -> None:
    first = county.page(listed(county, 1, 15) + pager(1, 13, "tzgg/"), URL, head=SCRIPTS)
    reading = read_page(first, today)
    assert (reading.kind, reading.adapter) == ("list", "vsb")
    assert reading.list is not None
    # The list cuts its titles; the whole ones stand in title=.
    assert [item.title for item in reading.list.items] == [county.title(n) for n in range(1, 16)]
    assert choose(first).next_page(first, 1) == "https://www.yunze.example/xxgk/tzgg/12.htm"
    second = county.page(
        listed(county, 16, 30) + pager(2, 13, ""),
        "https://www.yunze.example/xxgk/tzgg/12.htm",
        head=SCRIPTS,
    )
    assert choose(second).next_page(second, 2) == "https://www.yunze.example/xxgk/tzgg/11.htm"
    last = county.page(
        listed(county, 181, 185) + pager(13, 13, ""),
        "https://www.yunze.example/xxgk/tzgg/1.htm",
        head=SCRIPTS,
    )
    assert choose(last).next_page(last, 13) is None


@pytest.mark.parametrize(
    ("url", "number", "expected"),
    [
        (URL, 1, "https://www.yunze.example/xxgk/tzgg/12.htm"),
        (
            "https://www.yunze.example/xxgk/tzgg/12.htm",
            2,
            "https://www.yunze.example/xxgk/tzgg/11.htm",
        ),
        ("https://www.yunze.example/xxgk/tzgg/1.htm", 13, None),
    ],
)
def test_a_pager_of_script_alone(county: Any, url: str, number: int, expected: str | None) -> None:
    script = (
        "<a href='javascript:void(0)' onclick='next()'>下页</a><span>第2页</span><script>"
        "function a8_gopage_fun(){_simple_list_gotopage_fun(13,'a8GOPAGE',2)}"
        "function go(n){location.href='tzgg/'+n+'.htm'}</script>"
    )
    doc = county.page(listed(county, 1, 15) + script, url)
    assert choose(doc).name == "vsb"
    assert choose(doc).next_page(doc, number) == expected


def test_webplus_pages_run_up(county: Any, today: Any) -> None:
    rows = county.rows(1, 14, lambda n: f"/2026/0311/c72a3{n:05d}/page.htm")
    doc = county.page(
        f'<div class="wp_articlelist"><ul>{rows}</ul></div><ul class="wp_paging">'
        '<li>第<em class="curr_page">1</em>/<em class="all_pages">9</em>页</li>'
        '<li><a class="next" href="javascript:void(0);">下一页&gt;&gt;</a></li></ul>',
        "https://www.yunze.example/72/list.htm",
    )
    reading = read_page(doc, today)
    assert (reading.adapter, reading.newest.day.isoformat()) == ("webplus", county.day(1))
    assert choose(doc).next_page(doc, 1) == "https://www.yunze.example/72/list2.htm"
    assert choose(doc).next_page(doc, 9) is None


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://jwc.sch.example/system/resource/js/x.js">学校资源</a>',
        '<a href="https://jwc.sch.example/content.jsp?wbtreeid=1002&wbnewsid=3">外部信息</a>',
        '<div class="wp_content">正文</div><a href="https://x.example/_upload/article/1.pdf">附件</a>',
        '<div id="line_ups"></div><a href="list2.htm">下一页</a>',
    ],
)
def test_what_is_of_neither_family(county: Any, body: str) -> None:
    doc = county.page(f"<ul>{county.rows(1, 9)}</ul>{body}", URL)
    assert choose(doc).name == "generic"
