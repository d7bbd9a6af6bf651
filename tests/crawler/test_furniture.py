"""What a portal repeats beside its lists is told from the lists by looking at several pages."""

from __future__ import annotations

from datetime import date

from crawler.furniture import common, sample
from crawler.reading.document import Document
from crawler.reading.page import read_page

POOL = [f"/zx/jrtj/t{n}.html" for n in range(20)]


def rows(urls: list[str], word: str) -> str:
    return "".join(
        f'<li><a href="{url}">{word}第{n}次工作会议召开</a><span>2031-04-{10 + n}</span></li>'
        for n, url in enumerate(urls)
    )


def page(number: int, heading: str = "视点") -> Document:
    """A column with its own list (kept elsewhere) and a box that shows a choice from a pool."""
    own = rows([f"/info/{number}/{n}.htm" for n in range(6)], f"第{number}科室")
    box = rows([POOL[(number * 3 + n) % 20] for n in range(8)], "县政府")
    html = f"<h3>信息列表</h3><ul>{own}</ul><p>{heading}</p><ul>{box}</ul>"
    return Document(f"<title>栏目{number}</title>{html}", f"https://x.example/c{number}/")


def test_a_box_is_known_by_its_heading_though_its_items_change() -> None:
    found = common(page(n) for n in range(5))
    assert "视点" in found
    assert "信息列表" not in found


def test_a_known_box_is_no_list() -> None:
    doc = page(9)
    doc.furniture = common(page(n) for n in range(5))
    listed = read_page(doc, date(2031, 4, 20)).list
    assert listed is not None
    assert {item.url.rsplit("/", 2)[1] for item in listed.items} == {"9"}


def test_few_pages_prove_nothing() -> None:
    assert common(page(n) for n in range(3)) == frozenset()


def test_links_on_most_pages_are_furniture() -> None:
    banner = '<a href="/zt/lianghui/">全国两会专题报道</a>'
    docs = [
        Document(f"{banner}<a href='/a{n}.html'>本栏目的一条信息</a>", f"https://x.example/{n}/")
        for n in range(4)
    ]
    assert common(docs) == {"https://x.example/zt/lianghui/"}


def test_the_sample_is_spread_over_the_roster() -> None:
    assert sample(range(5)) == [0, 1, 2, 3, 4]
    assert sample(range(60)) == [0, 10, 20, 30, 40, 50]
