"""Main text: paragraphs and table rows on lines of their own, nothing of the page around it."""

from __future__ import annotations

from crawler.reading.document import Document
from crawler.reading.lines import read_lines
from crawler.reading.main_text import main_text
from crawler.reading.titles import read_title

ONE = "区政府常务会议研究了春耕备耕工作，强调要抢抓农时，加强田间管理，确保粮食稳产增产。"
TWO = "会议要求，各部门要按照职责分工，密切配合，形成合力，把各项惠农政策落到实处。"
HEAD = "<title>区长主持召开常务会议</title><h1>区长主持召开常务会议</h1>"


def text(html: str) -> str:
    doc = Document(html)
    lines = read_lines(doc)
    return main_text(lines, read_title(doc, lines)[1]).text


def test_paragraphs_are_lines() -> None:
    html = f"{HEAD}<div class=con><p>{ONE}</p><p>{TWO}</p>{ONE}<br>{TWO}</div>"
    assert text(html).split("\n") == [ONE, TWO, ONE, TWO]


def test_inline_elements_do_not_part_words() -> None:
    words = "<span>区政府</span><span>常务</span>会议，<em>研究</em>了"
    html = f"{HEAD}<div class=con><p>{words}{ONE}</p></div>"
    assert text(html) == f"区政府常务会议，研究了{ONE}"


def test_tables_are_kept_row_by_row() -> None:
    rows = (
        "<tr><td>单位</td><td><p>金额</p></td></tr>"
        "<tr><td>财政局</td><td><p>12</p><p>万元</p></td></tr>"
    )
    html = f"{HEAD}<div class=con><p>{ONE}</p><table>{rows}</table><p>{TWO}</p></div>"
    assert text(html).split("\n") == [ONE, "单位\t金额", "财政局\t12 万元", TWO]


def test_a_table_alone() -> None:
    row = "<tr><td>第{n}批</td><td>某某食品厂</td><td>合格</td></tr>"
    rows = "".join(row.format(n=n) for n in range(12))
    read = text(f"{HEAD}<div class=con><table><tbody>{rows}</tbody></table></div>")
    assert read.count("\n") == 11
    assert read.startswith("第0批\t某某食品厂\t合格")


def test_a_table_that_only_lays_out_the_page() -> None:
    html = (
        f"{HEAD}<table><tr><td><a href=1>首页</a></td><td><p>{ONE}</p><p>{TWO}</p>"
        f"<p>{ONE}</p><p>{TWO}</p></td></tr></table>"
    )
    assert text(html).split("\n") == [ONE, TWO, ONE, TWO]


def test_title_credits_and_tools_are_left_out() -> None:
    html = (
        "<title>区长主持召开常务会议</title><div class=con><h1>区长主持召开常务会议</h1>"
        f"<p>发布时间：2026-03-08 来源：区政府办 字号：大 中 小</p><p>{ONE}</p><p>{TWO}</p>"
        "<p>【打印】 【关闭】</p><p>上一篇：<a href=2>无</a></p></div>"
    )
    assert text(html).split("\n") == [ONE, TWO]


def test_text_over_siblings() -> None:
    html = f"{HEAD}<div><div>{ONE}</div><div>{TWO}</div><div>{ONE}</div></div>"
    assert text(html).split("\n") == [ONE, TWO, ONE]


def test_a_short_notice_outweighs_the_footer() -> None:
    html = (
        f"{HEAD}<div class=con><p>今日停水，请提前储水。</p></div>"
        "<div><p>版权所有：某某区人民政府，承办：某某区人民政府办公室，地址：某某路1号，电话：123，"
        "技术支持：某某公司，建议使用1024*768分辨率。</p></div>"
    )
    assert text(html) == "今日停水，请提前储水。"


def test_no_text_at_all() -> None:
    assert text("") == ""
    assert text("<div class='nav'><a href=1>首页</a></div>") == ""
