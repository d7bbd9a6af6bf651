"""Article pages in many shapes: title, day, how, and what was seen but not believed."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.article import ArticleReading, read_article
from crawler.reading.document import Document

PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 3, 20)
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (PAGES / "articles.yaml").read_text(encoding="utf-8")
)


def read(name: str) -> ArticleReading:
    html = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return read_article(Document(html, EXPECTED[name]["url"]), TODAY)


@pytest.mark.parametrize("name", EXPECTED)
def test_article(name: str) -> None:
    wanted = EXPECTED[name]
    reading = read(name)
    published = reading.published
    assert (published.day if published else None) == wanted["day"], reading
    if published is not None:
        assert published.how == wanted["how"], reading
        assert published.text
    if "time" in wanted:
        assert published is not None
        assert published.time == wanted["time"]
    if "title" in wanted:
        assert reading.title == wanted["title"]
    if "source" in wanted:
        assert reading.source == wanted["source"]
    if "others" in wanted:
        assert sorted({other.day for other in reading.others}) == sorted(wanted["others"])
    if "note" in wanted:
        assert any(wanted["note"] in note for note in reading.notes), reading.notes


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)


def test_a_second_root_and_text_behind_the_end_are_read() -> None:
    html = "<html><body><p>头部</p></body></html><html><body><h1>停水公告通知</h1></body></html>"
    reading = read_article(Document(html + "<p>发布时间：2026-03-08</p>"), TODAY)
    assert reading.published is not None
    assert reading.published.day == date(2026, 3, 8)


def test_tomorrow_is_the_last_day_believed() -> None:
    for day, wanted in (("2026-03-21", date(2026, 3, 21)), ("2026-03-22", None)):
        html = f"<h1>关于停水的公告</h1><p>发布时间：{day}</p>"
        reading = read_article(Document(html), TODAY)
        assert (reading.published.day if reading.published else None) == wanted
    assert any("晚于巡查当天" in note for note in reading.notes)
    assert [other.day for other in reading.others] == [date(2026, 3, 22)]


def test_a_row_that_leads_to_another_document_tells_that_document_s_day() -> None:
    rows = "".join(
        f'<tr><td><a href="/a/{n}.html">某局开展第{n}次集中行动</a></td><td>2031-03-0{n}</td></tr>'
        for n in range(1, 6)
    )
    head = "<tr><th>信息名称</th><th>公开日期</th></tr>"
    text = "主持全面工作，负责审计等方面的工作。" * 8
    html = f"<title>领导之窗</title><h3>领导之窗</h3><p>{text}</p><table>{head}{rows}</table>"
    assert read_article(Document(html, "http://a.gov.cn/ldzc/"), TODAY).published is None


def test_regenerated_pubdate_alone_is_kept_but_not_believed() -> None:
    html = (
        '<meta name="PubDate" content="2026-03-19 09:11:27">'
        '<meta name="others" content="页面生成时间 2026-03-19 09:11:27"><h1>机构职能</h1>'
    )
    reading = read_article(Document(html), TODAY)
    assert reading.published is None
    assert [other.day for other in reading.others] == [date(2026, 3, 19)]
    assert reading.notes[0] == "PubDate（2026-03-19 09:11:27）等于页面生成时间，不采信"


PIECES = [
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<li>",
    "<a href=x>",
    "</a>",
    "<h1>",
    "</h1>",
    "<time datetime='2026-03-01'>",
    "</time>",
    "<td>",
    "<tr>",
    "<table>",
    "发布时间：",
    "2026-03-01",
    "2月30日",
    "0001-01-01",
    "昨天",
    "来源：区政府",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<!-- -->",
    "10:20",
    "21",
    "2024年02月",
    "<br>",
    "</html>",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    )
)
def test_never_raises(pieces: list[str]) -> None:
    reading = read_article(Document("".join(pieces), "http://a.gov.cn/t20260301_1.html"), TODAY)
    assert reading.published is None or reading.published.day <= date(2026, 3, 21)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "2026-03-01",
        "<p>" + "<span>甲，" * 10000,
        "<p>2026-03-01</p>" * 10000,
        "<time datetime='2026-03-01'>x</time>" * 10000,
        "<ul>" + "<li><a href=x>一个足够长的标题</a>2026-03-01</li>" * 5000,
        "<title>甲甲甲甲</title>" + "<h1>甲甲甲甲</h1>" * 5000,
        "<script>" + "publish_time: '2026-03-01'," * 20000 + "</script>",
        "<!-- generated 2026 " * 10000,
        "<h1>甲甲甲甲</h1><div>" + "<p>相关阅读</p>" * 10000 + "<p>甲，乙。</p>" * 10 + "</div>",
        "<h1>甲甲甲甲</h1>" + "<p><a href='a.pdf'>附件.pdf</a></p>" * 10000,
        "<div class='TRS_Editor'>" * 3000 + "<p>甲乙丙丁，戊己庚辛。</p>" * 3000,
        "<table><tr><td>" * 1000 + "甲乙丙丁，戊己庚辛，壬癸子丑。<td>1" * 3000,
        "<p>2026" * 10000 + "1" * 100000,
        "<!--<script>" * 5000 + "</script>" * 5000 + "<?x <script>" * 100,
    ],
)
def test_hostile_pages_are_read_in_time(html: str) -> None:
    begun = time.process_time()
    read_article(Document(html), TODAY)
    assert time.process_time() - begun < 10
