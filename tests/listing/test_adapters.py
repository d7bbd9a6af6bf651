from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from crawler.adapters import AdapterFault, choose, collect, load, named
from crawler.reading.document import Document

URL = "https://www.lh.example/zwgk/gg/"
HOUSE = {
    "aspnet", "epoint", "feeds", "generic", "gkmlpt", "govcn", "jcms", "jpaas", "static", "trs",
    "trs_search", "ucap", "vsb", "webplus",
}  # fmt: skip


def following(html: str, url: str = URL, number: int = 1) -> str | None:
    doc = Document(html, url)
    return choose(doc).next_page(doc, number)


def test_adapters_of_the_house() -> None:
    assert {adapter.name for adapter in load()} >= HOUSE
    assert named("trs") is not None
    assert named("none") is None


def test_a_file_without_adapter_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "odd_adapters"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "lost.py").write_text("X = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(AdapterFault, match=r"lost\.py"):
        collect("odd_adapters", [str(package)])


def test_a_name_taken_twice_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "twin_adapters"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name in ("one", "two"):
        (package / f"{name}.py").write_text("class A:\n    name = 'same'\nADAPTER = A()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(AdapterFault, match="same"):
        collect("twin_adapters", [str(package)])


ROWS = "".join(
    f'<li><a href="./202603/t20260301_{n}.html">关于开展第{n}次检查的通知</a><i>2026-03-01</i></li>'
    for n in range(10)
)


@pytest.mark.parametrize(
    ("script", "number", "expected"),
    [
        ('createPageHTML(1,0,"index","html","24")', 1, "index_1.html"),
        ('createPageHTML(1,1,"index","html","24")', 2, "index_2.html"),
        ('createPageHTML(1,2,"index","html","24")', 3, None),
        ('createPageHTML(1,0,"index","html","10")', 1, None),
        ('createPageHTML(1,0,"index","html")', 1, None),
        # The last page of several is shorter than the others: nothing contradicts the number.
        ('createPageHTML(3,2,"index","html","41")', 3, None),
    ],
)
def test_pages_counted_anew_from_the_records(
    script: str, number: int, expected: str | None
) -> None:
    html = f"<ul>{ROWS}</ul><script>{script}</script>"
    assert following(html, number=number) == (URL + expected if expected else None)


@pytest.mark.parametrize(
    ("script", "number", "expected"),
    [
        ('createPageHTML(12,0,"index","shtml","231")', 1, "index_1.shtml"),
        ("createPageHTML(12, 1, 'index', 'html');", 2, "index_2.html"),
        ("createPageHTML('page-div',34,1,'common_list','shtml',500)", 1, "common_list_2.shtml"),
        ("createPageHTML('page-div',34,2,'common_list','shtml',500)", 2, "common_list_3.shtml"),
        ("createPageHTML('page-div',34,34,'common_list','shtml',500)", 34, None),
        ('createPageHTML(12,11,"index","shtml")', 12, None),
        ('createPageHTML(1,0,"index","shtml")', 1, None),
        (
            'var countPage = 12;var cur=0; createPageHTML(countPage, cur, "index", "htm");',
            1,
            "index_1.htm",
        ),
        # A script copied from the first page into every page: the walk knows where it stands.
        ('createPageHTML(12,0,"index","html")', 5, "index_5.html"),
        (
            "var countPage = 9 //共多少页\nvar currentPage = 0;"
            '\ndocument.write("<a href=\\""+"index"+"_" + nextPage + "."+"html\\">");',
            1,
            "index_1.html",
        ),
        (
            "var countPage = 9;var currentPage = 0;"
            'document.write("<a href=\'index_"+nextPage+".html\'>");',
            1,
            "index_1.html",
        ),
    ],
)
def test_the_paging_script_in_both_orders(script: str, number: int, expected: str | None) -> None:
    found = following(f"<ul></ul><script>{script}</script>", URL, number)
    assert found == (URL + expected if expected else None)


def test_a_commented_call_and_the_definition_are_no_pager() -> None:
    html = (
        '<script>\n//createPageHTML(12,0,"index","html");'
        "\nfunction createPageHTML(a,b,c,d){}</script>"
    )
    assert following(html) is None


@pytest.mark.parametrize(
    ("url", "html", "expected"),
    [
        (URL, '<a href="index_2.html">下一页</a>', URL + "index_2.html"),
        (URL, '<a href="?page=2">&gt;</a>', URL + "?page=2"),
        (
            URL,
            '<span>1</span><a href="list_2.htm">2</a><a href="list_3.htm">3</a>',
            URL + "list_2.htm",
        ),
        (
            URL + "list.htm",
            '<a href="list2.htm" class="next">下一页&gt;&gt;</a>',
            URL + "list2.htm",
        ),
        (URL + "tzgg.htm", '<a href="tzgg/12.htm">下页</a>', URL + "tzgg/12.htm"),
        (URL + "tzgg/12.htm", '<a href="11.htm">下页</a>', URL + "tzgg/11.htm"),
        (
            "https://h.example/l.jsp?id=3",
            '<a href="l.jsp?id=3&amp;cur_page=2">下一页</a>',
            "https://h.example/l.jsp?id=3&cur_page=2",
        ),
        (
            "https://h.example/l/3/",
            '<a href="/l/3/page/2/">Next</a>',
            "https://h.example/l/3/page/2/",
        ),
        ("https://h.example/l/3/2", '<a href="/l/3/3">Next</a>', "https://h.example/l/3/3"),
    ],
)
def test_the_pager_shown(url: str, html: str, expected: str) -> None:
    number = 2 if url.endswith("/2") else 1
    assert following(html, url, number) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<a href="index_9.html">末页</a>',
        '<a href="#">下一页</a>',
        '<a href="/zwgk/gg/">下一页</a>',
        '<a href="/other/index_2.html">下一页</a>',
        '<a href="https://elsewhere.example/zwgk/gg/index_2.html">下一页</a>',
        "<a href=\"javascript:__doPostBack('AspNetPager1','2')\">下一页</a>",
        '<a href="#/list?page=2">2</a>',
        '<a class="disabled" href="index_2.html">下一页</a>',
        '<a href="t20310401_2.html">下一篇</a>',
        '<a href="javascript:gotoPage(2)">下一页</a>',
    ],
)
def test_no_next_page(html: str) -> None:
    assert following(html) is None


def test_another_column_by_query_is_no_next_page() -> None:
    assert following('<a href="l.jsp?id=next">下一页</a>', "https://h.example/l.jsp?id=3") is None


def test_a_script_whose_addresses_are_plain_to_see() -> None:
    html = (
        "<script>function gotoPage(n){window.location.href='list_'+n+'.html';}</script>"
        '<a href="javascript:gotoPage(2)">下一页</a><span>共3页</span>'
    )
    assert following(html, URL + "list.html") == URL + "list_2.html"
    assert following(html, URL + "list_3.html", 3) is None


def test_a_pager_packed_in_base64() -> None:
    inner = '<a href="index_1.html">下一页</a><a href="index_9.html">尾页</a>'
    packed = base64.b64encode(quote(inner).encode()).decode()
    html = f'<ul></ul><div id="pages">{packed}</div><script>atob</script>'
    assert following(html) == URL + "index_1.html"
    assert following('<div id="pages">' + "A" * 41 + "</div>") is None
