"""Lists and texts that a page holds unseen, and trees that only look like an empty list."""

from __future__ import annotations

import base64
from datetime import date

from crawler.reading.document import Document
from crawler.reading.inside import read_inside, shows_nothing
from crawler.reading.page import read_page

TODAY = date(2026, 3, 20)
URL = "http://www.mou.gov.cn/zwgk/zn/"
PROSE = "　　为方便公民、法人和其他组织获取政府信息，编制本指南，自公布之日起施行。" * 6


def packed(markup: str) -> Document:
    code = base64.b64encode(markup.encode()).decode()
    script = (
        "var b=document.getElementById('b');"
        "b.innerHTML=decodeURIComponent(escape(atob(b.textContent)));"
    )
    html = f'<title>指南</title><body><div id="b">{code}</div><script>{script}</script></body>'
    return Document(html, URL)


def test_a_packed_list_is_read() -> None:
    rows = "".join(
        f'<li><a href="/zwgk/zn/{n}.html">关于公布第{n}批事项的通知</a>'
        f"<span>2026-03-0{n}</span></li>"
        for n in range(1, 8)
    )
    doc = packed(f"<ul>{rows}</ul>")
    reading = read_inside(doc, read_page(doc, TODAY), TODAY)
    assert reading is not None
    assert reading.kind == "list"
    assert reading.newest is not None
    assert reading.newest.day == date(2026, 3, 7)


def test_a_packed_text_is_read() -> None:
    doc = packed(f"<h1>政府信息公开指南</h1><p>发布日期：2025-04-11</p><p>{PROSE}</p>")
    reading = read_inside(doc, read_page(doc, TODAY), TODAY)
    assert reading is not None
    assert reading.article is not None
    assert reading.article.published is not None
    assert reading.article.published.day == date(2025, 4, 11)


def test_packed_scraps_are_nothing() -> None:
    doc = packed("<p>版权所有</p>")
    assert read_inside(doc, read_page(doc, TODAY), TODAY) is None


def test_the_leaf_of_a_tree_is_no_empty_list() -> None:
    tree = "".join(f"<li><a href='/{n}/'>{n}</a><ul></ul></li>" for n in ("公开指南", "公开制度"))
    html = (
        f"<title>公开指南</title><ul>{tree}</ul><div class=nr><h3>公开指南</h3><p>{PROSE}</p></div>"
    )
    assert read_page(Document(html, URL), TODAY).kind in ("single", "article")


def test_an_empty_list_under_its_heading_is_one() -> None:
    html = "<title>公开指南</title><div class=r><h3>公开指南</h3><ul class=list></ul></div>"
    assert read_page(Document(html, URL), TODAY).kind == "empty"


def test_rows_in_a_script_keep_a_page_from_being_blank() -> None:
    rows = ",".join(
        f'{{"title":"关于公布第{n}批事项的通知","url":"/zwgk/zn/{n}.html","date":"2026-03-0{n}"}}'
        for n in range(1, 8)
    )
    script = f"<script>var rows=[{rows}];show(rows)</script>"
    doc = Document(f"<title>通知</title><h3>通知</h3><ul id=list></ul>{script}", URL)
    page = read_page(doc, TODAY)
    assert shows_nothing(page)
    reading = read_inside(doc, page, TODAY)
    assert reading is not None
    assert reading.newest is not None
    assert reading.newest.day == date(2026, 3, 7)


def test_the_words_that_there_is_nothing_are_something() -> None:
    page = read_page(Document("<title>通知</title><h3>通知</h3><p>暂无信息</p>", URL), TODAY)
    assert page.kind == "empty"
    assert not shows_nothing(page)
