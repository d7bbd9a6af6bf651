"""Hostile and broken pages: always an answer, and soon."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.adapters import choose
from crawler.reading.document import Document
from crawler.reading.listing import read_list
from crawler.reading.page import read_page

ROW = (
    '<li><a href="./203104/t20310402_{0}.html">关于某某工作的通知{0}</a>'
    "<span>2031-04-02</span></li>"
)
SECONDS = 5.0


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + '<a href="x.html">一条很深的信息标题</a>2031-04-01',
        "<div onclick=\"openWin('/a.html')\">" * 20_000 + "x",
        "<ul><li>" * 10_000 + "<a href=x>标题标题标题</a>",
        "<table><tr><td>" * 5_000 + "<a href=x>标题标题标题</a>",
        "<ul>" + "".join(ROW.format(n) for n in range(8_000)) + "</ul>",
        "".join(
            f'<div class="list{n}"><a href="a{n}.html">标题标题标题{n}</a></div>'
            for n in range(8_000)
        ),
        "<a href=x>标题" * 10_000,
        "<p>" + "2031-04-02 " * 20_000,
        "<script>" + "createPageHTML(" * 20_000 + "</script>",
        "<script>" + "location=" * 40_000 + "</script>",
        "<p>" + "{{" * 50_000,
        "<div class='" + "list " * 20_000 + "'></div>" * 3,
        "<p>" + "暂无" * 50_000,
        "<title>" + "公" * 100_000 + "</title><ul></ul>",
    ],
    ids=range(14),
)
def test_hostile_pages_end_soon(html: str, today: date) -> None:
    doc = Document(html, "https://h.example/z/")
    started = time.process_time()  # the parser's own time is its own matter
    read_list(doc, today)
    choose(doc).next_page(doc, 1)
    assert time.process_time() - started < SECONDS


def test_a_bottomless_page_is_cut_before_it_is_parsed() -> None:
    assert len(Document("<div>" * 400_000).tree.css("div")) <= 5_000
    flat = Document("<div>x</div>" * 20_000)
    assert len(flat.tree.css("div")) == 20_000


@pytest.mark.parametrize(
    "html", ["", " ", "\x00", "<", "<html>", "<body></body>", "plain text", "<!-- -->", "\ufeff"]
)
def test_nothing_at_all(html: str, today: date) -> None:
    reading = read_page(Document(html, "https://h.example/"), today)
    assert reading.newest is None


_PIECES = st.sampled_from(
    [
        "<ul>", "</ul>", "<li>", "</li>", "<table>", "<tr>", "<td>", "</table>", "<div>", "</div>",
        "<p>", "<span>", "</span>", "<a href='a1.html'>", "<a href='b22.html'>", "</a>",
        "<script>", "</script>", "关于开展工作的通知", "2031-04-02", "[04-02]", "16", "2031-01",
        "昨天", "更多", "下一页", "暂无信息", "<!--", "-->", "2031-02-30", "\x00", "<h3>",
        "<a href='javascript:void(0)' onclick=\"f('1')\">", "<iframe src=x>",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60))
def test_any_soup_of_tags_is_read(pieces: list[str]) -> None:
    today = date(2031, 4, 20)
    reading = read_page(Document("".join(pieces), "https://h.example/z/index.html"), today)
    assert reading.kind
    if reading.list is not None:
        assert [item.position for item in reading.list.items] == list(
            range(len(reading.list.items))
        )
        assert all(item.title and item.url for item in reading.list.items)


def test_an_address_nobody_can_parse(today: date) -> None:
    html = (
        '<ul><li><a href="http://[bad/">关于开展工作的通知</a>2031-04-02</li><li>'
        '<a href="ht!tp:x">关于开展</a></li></ul>'
    )
    read_page(Document(html, "https://h.example/z/"), today)
