"""Files offered with an article: which links lead to them and what they are called."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.article import read_article
from crawler.reading.document import Document

URL = "http://www.qinghe.gov.cn/zwgk/tzgg/202603/t20260308_7001.html"
TEXT = (
    "<p>各镇人民政府，区政府各部门：现将今年供热管理工作有关事项通知如下，请认真贯彻落实。</p>" * 3
)
FRAME = (
    "<title>关于做好供热管理工作的通知</title>"
    "<div class='nav'><a href='/a/guide.pdf'>办事指南</a></div>"
    "<h1>关于做好供热管理工作的通知</h1>"
    "<div class='TRS_Editor'>{text}{inside}</div>{beside}"
    "<div class='side'><h3>相关信息</h3>"
    "<ul><li><a href='old.doc'>去年供热管理工作的通知.doc</a></li></ul></div>"
    "<div class='footer'><a href='/help.docx'>使用帮助.docx</a></div>"
)


def files(inside: str = "", beside: str = "") -> list[tuple[str, str]]:
    html = FRAME.format(text=TEXT, inside=inside, beside=beside)
    found = read_article(Document(html, URL), date(2026, 3, 20)).attachments
    return [(file.url.removeprefix("http://www.qinghe.gov.cn/zwgk/tzgg/202603/"), file.name)
            for file in found]  # fmt: skip


@pytest.mark.parametrize("kind", ["pdf", "doc", "docx", "XLS", "xlsx", "ofd", "wps", "zip", "rar"])
def test_files_in_the_text(kind: str) -> None:
    html = f"<p>附件：<a href='./P020260308.{kind}'>供热申请表.{kind}</a></p>"
    assert files(inside=html) == [(f"P020260308.{kind}", f"供热申请表.{kind}")]


def test_files_next_to_the_text() -> None:
    html = (
        "<div class='fj'>附件下载：<a href='1.doc'>申请表</a><br><a href='2.xls'>汇总表</a></div>"
    )
    assert files(beside=html) == [("1.doc", "申请表"), ("2.xls", "汇总表")]


def test_none_of_menu_side_box_and_footer() -> None:
    assert files() == []


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("<a href='/download?id=7'>供热申请表.docx</a>", "供热申请表.docx"),
        ("<a href='/module/download/downfile.jsp?filename=a1.pdf'>供热办法</a>", "供热办法"),
        ("<a href='/download.jsp?wbfileid=99'>附件【供热申请表】</a>", "附件【供热申请表】"),
        ("<a href='javascript:;' data-href='/f/a1.pdf'>供热办法</a>", "供热办法"),
        ("<a href='/f/a1.pdf' title='供热管理办法（修订）'>供热管理…</a>", "供热管理办法（修订）"),
        ("<a href='/f/a1.pdf' title='供热管理办法'>点击下载</a>", "供热管理办法"),
        ("供热管理办法：<a href='/f/a1.pdf'>下载</a>", "供热管理办法"),
        ("<a href='/f/a1.pdf'><img src='pdf.gif'></a>", "a1.pdf"),
        ("<iframe src='/f/a1.pdf' title='供热管理办法'></iframe>", "供热管理办法"),
    ],
)
def test_addresses_and_names(link: str, wanted: str) -> None:
    assert [name for _, name in files(inside=f"<p>{link}</p>")] == [wanted]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/zwgk/xiazai/index.html'>下载中心</a>",
        "<a href='/download/'>下载</a>",
        "<a href='content_7.html?id=2'>供热通知</a>",
        "<a href='#'>a.pdf</a>",
        "<img src='a.png'>",
    ],
)
def test_pages_are_no_files(link: str) -> None:
    assert files(inside=f"<p>{link}</p>") == []


def test_an_article_that_is_nothing_but_files() -> None:
    html = (
        "<title>二〇二五年度部门决算</title><h1>二〇二五年度部门决算</h1>"
        "<p>发布时间：2026-03-08</p><div><a href='/f/1.pdf'>区财政局决算.pdf</a></div>"
        "<div><a href='/f/2.pdf'>区教育局决算.pdf</a></div>"
    )
    found = read_article(Document(html, URL), date(2026, 3, 20)).attachments
    assert [(file.url, file.name) for file in found] == [
        ("http://www.qinghe.gov.cn/f/1.pdf", "区财政局决算.pdf"),
        ("http://www.qinghe.gov.cn/f/2.pdf", "区教育局决算.pdf"),
    ]
