"""Boxes drawn anew for every page are known by the folder they take their items from."""

from __future__ import annotations

import random
from datetime import date

import pytest

from crawler.furniture import common, common_sources
from crawler.reading.document import Document
from crawler.reading.listing_regions import source_of
from crawler.reading.page import read_page

TODAY = date(2026, 3, 20)


def box(number: int, folder: str = "/ywbb/jrtj/202603") -> str:
    rows = "".join(
        f'<tr><td><a href="{folder}/{n:04}.shtml">县里开展第{n}次集中行动</a></td>'
        f"<td>2026-03-{19 - n % 9}</td></tr>"
        for n in random.Random(number).sample(range(16), 5)
    )
    return f"<h5>第{number}期速览</h5><table>{rows}</table>"


def page(number: int, own: str, url: str = "") -> Document:
    html = f"<title>栏目{number}</title><body><div>{own}</div><div>{box(number)}</div></body>"
    return Document(html, url or f"http://a.gov.cn/lm{number}/")


def listed(number: int) -> str:
    rows = "".join(
        f'<li><a href="/lm{number}/{n:05}.html">关于第{n}号事项的通知公告</a>'
        f"<span>2026-02-{20 - n}</span></li>"
        for n in range(9)
    )
    return f"<ul>{rows}</ul>"


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("http://a.gov.cn/ywbb/jrtj/202603/abc.shtml", "a.gov.cn/ywbb/jrtj/"),
        ("http://a.gov.cn/art/2026/3/4/art_9_1.html", "a.gov.cn/art/"),
        ("http://a.gov.cn/1.html", ""),
        ("http://a.gov.cn/2026/03/1.html", ""),
    ],
)
def test_the_folder_of_an_address(url: str, source: str) -> None:
    assert source_of(url) == source


def test_a_box_drawn_from_one_folder_is_furniture() -> None:
    pages = [page(n, listed(n)) for n in range(5)]
    assert common_sources(pages) == {"a.gov.cn/ywbb/jrtj/"}


def test_a_page_with_only_the_box_has_no_list() -> None:
    marks = common([page(n, listed(n)) for n in range(5)])
    assert read_page(page(7, ""), TODAY).kind == "list"
    bare = page(7, "")
    bare.furniture = marks
    assert read_page(bare, TODAY).kind == "empty"


def test_the_folder_s_own_column_keeps_its_list() -> None:
    marks = common([page(n, listed(n)) for n in range(5)])
    own = Document(f"<title>今日头条</title><body>{box(3)}</body>", "http://a.gov.cn/ywbb/jrtj/")
    own.furniture = marks
    reading = read_page(own, TODAY)
    assert reading.kind == "list"
    assert reading.newest is not None
    assert len(reading.list.items if reading.list else ()) == 5


def test_one_folder_for_every_column_tells_nothing() -> None:
    """Where all items are kept in one place, lists and boxes alike are drawn from it."""

    def kept(number: int, rows: int, pager: str) -> Document:
        own = "".join(
            f'<li><a href="/xxgk/2026/{number}{n:05}.html">关于第{n}号事项的通知公告</a>'
            f"<span>2026-02-{20 - n}</span></li>"
            for n in range(rows)
        )
        html = f'<a href="/xxgk/">政务公开</a><title>栏目{number}</title><ul>{own}</ul>{pager}'
        return Document(html, f"http://a.gov.cn/col{number}.html")

    assert common_sources([kept(n, 9, "<p>上一页 下一页</p>") for n in range(5)]) == frozenset()
    assert common_sources([kept(n, 18, "") for n in range(5)]) == frozenset()
    assert common_sources([kept(n, 9, "") for n in range(5)]) == frozenset()


def test_lists_of_their_own_folders_are_none() -> None:
    pages = [
        Document(f"<title>栏目{n}</title><body>{listed(n)}</body>", f"http://a.gov.cn/lm{n}/")
        for n in range(6)
    ]
    assert common_sources(pages) == frozenset()


def test_a_parent_that_shows_its_child_proves_nothing() -> None:
    pages = [page(n, listed(n), f"http://a.gov.cn/ywbb/index{n}/../") for n in range(5)]
    for doc in pages:
        doc.url = "http://a.gov.cn/ywbb/"
    assert common_sources(pages) == frozenset()


@pytest.mark.parametrize("folder", ["content", "art", "n1"])
def test_the_folder_of_all_items_is_no_column_s(folder: str) -> None:
    pages = [
        Document(
            f"<body>{listed(number)}{box(number, f'/{folder}/202603')}</body>",
            f"http://a.gov.cn/lm{number}/",
        )
        for number in range(5)
    ]
    assert common_sources(pages) == frozenset()
