"""Addresses written in a page, joined to that of the page."""

from __future__ import annotations

from itertools import product
from urllib.parse import urljoin

import pytest

from crawler.reading.document import Document, squeeze

BASES = (
    "https://www.liuhe.example/zwgk/tzgg/index.html",
    "https://www.liuhe.example/zwgk/tzgg/",
    "https://www.liuhe.example",
    "http://www.liuhe.example:8080/a/../b/list.html?page=2",
    "http://www.liuhe.example/a//b/",
    "http://www.liuhe.example/a;v=1/b;w?q=/x/y",
)
HREFS = (
    "t20310412_17.html",
    "./203104/t20310412_17.html",
    "../gzdt/t1.html",
    "/zwgk/t1.html",
    "/zwgk/./t1.html",
    "/zwgk/../t1.html",
    "//wap.liuhe.example/t1.html",
    "https://other.example/a/../t1.html",
    "HTTP://Other.example/t1.html",
    "?id=7&page=2",
    "show.jsp?id=7&type=a/b",
    "list_2.html;v=1",
    "公告/第1号.html",
    "a%20b.html",
    ".",
    "..",
    "tzgg/",
)


@pytest.mark.parametrize(("base", "href"), [*product(BASES, HREFS)])
def test_the_short_way_leads_where_the_rules_lead(base: str, href: str) -> None:
    assert Document("", base).absolute(href) == urljoin(base, href)


@pytest.mark.parametrize("href", ["", " ", "#top", "javascript:go(1)", "mailto:a@liuhe.example"])
def test_what_leads_nowhere(href: str) -> None:
    assert Document("", BASES[0]).absolute(href) is None


def test_a_page_whose_address_is_not_known_still_names_its_links() -> None:
    assert Document("").absolute("./t1.html#a") == "./t1.html"


def test_blanks_of_every_kind_are_folded_and_cut() -> None:
    assert squeeze("\u3000通知\u00a0\u200b \n公告\ufeff") == "通知 公告"
