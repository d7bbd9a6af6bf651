"""Titles without the site's name, and main text without the rest of the page."""

from __future__ import annotations

import pytest

from crawler.reading.document import Document
from crawler.reading.lines import read_lines
from crawler.reading.main_text import main_text
from crawler.reading.titles import read_title

PROSE = "<p>区政府常务会议研究了春耕备耕工作，强调要抢抓农时，加强田间管理，确保粮食稳产增产。</p>"


TAG = '<title>乌山区</title><meta name="ArticleTitle" content'


def title(html: str) -> str:
    doc = Document(html)
    return read_title(doc, read_lines(doc))[0]


def text(html: str) -> str:
    doc = Document(html)
    lines = read_lines(doc)
    return main_text(lines, read_title(doc, lines)[1]).text


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("区长主持召开常务会议_要闻动态_乌山区人民政府", "区长主持召开常务会议"),
        ("区长主持召开常务会议-乌山区人民政府门户网站", "区长主持召开常务会议"),
        ("区长主持召开常务会议 - 乌山新闻网", "区长主持召开常务会议"),
        ("区长主持召开常务会议|乌山日报", "区长主持召开常务会议"),
        ("2025-2026学年校历公布_教务处", "2025-2026学年校历公布"),
        ("区长主持召开常务会议", "区长主持召开常务会议"),
    ],
)
def test_window_title_is_cut(head: str, wanted: str) -> None:
    assert title(f"<title>{head}</title><body>{PROSE}") == wanted
    assert title(f"<title>{head}</title><body><h1>{wanted}</h1>{PROSE}") == wanted


def test_the_banner_is_not_the_title() -> None:
    html = (
        "<title>区长主持召开常务会议_乌山区人民政府</title><body><h1>乌山区人民政府</h1>"
        f"<h2>热点专题</h2><div class='article-title'>区长主持召开常务会议</div>{PROSE}"
    )
    assert title(html) == "区长主持召开常务会议"


def test_article_title_tag() -> None:
    html = f'{TAG}="春耕备耕工作部署会召开"><body>{PROSE}'
    assert title(html) == "春耕备耕工作部署会召开"
    html = f'{TAG}="null"><body><h1>春耕部署会召开</h1>{PROSE}'
    assert title(html) in ("春耕部署会召开", "乌山区")


def test_title_cut_short_by_the_page() -> None:
    html = (
        "<title>关于公开征求供热管理办法意见的通知</title>"
        f"<body><h1>关于公开征求供热管理办法意…</h1>{PROSE}"
    )
    assert title(html) == "关于公开征求供热管理办法意见的通知"


def test_title_over_two_lines() -> None:
    html = (
        "<title>关于公开征求供热管理办法意见的通知</title>"
        f"<h1>关于公开征求<br>供热管理办法意见的通知</h1>{PROSE}"
    )
    assert title(html) == "关于公开征求供热管理办法意见的通知"


def test_main_text_leaves_menus_and_lists_out() -> None:
    html = (
        "<div class='nav'><a href=1>首页</a></div><div><h1>标题</h1><div class='body'>"
        + PROSE * 3
        + "</div></div><ul>"
        + "<li><a href=1>相关新闻标题在这里，很长的一条</a></li>" * 20
        + "</ul><div class='footer'>版权所有，未经授权不得转载，技术支持：某某公司。</div>"
    )
    read = text(html)
    assert read.count("春耕备耕") == 3
    assert "版权" not in read
    assert "相关新闻" not in read


def test_main_text_of_known_editors() -> None:
    html = f"<div>{PROSE}</div><div class='TRS_Editor'>{PROSE}<p>附件</p></div>"
    assert text(html).endswith("附件")
    assert text("") == ""
