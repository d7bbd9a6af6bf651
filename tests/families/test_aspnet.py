"""ASP.NET: a pager that posts the page back to itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest

from crawler.adapters import choose, named
from crawler.adapters.aspnet import MAX_STATE, AspNet
from crawler.call import Call
from crawler.reading.page import read_page

URL = "http://www.yunze.example/List.aspx?c=2"
NEXT = "<a href=\"javascript:__doPostBack('{target}','{to}')\">{words}</a>"


def form(county: Any, first: int, last: int, pager: str, state: str = "dDwtMTA3") -> str:
    rows = "".join(
        f'<tr><td><a href="View.aspx?id={900 - n}">{county.title(n)}</a></td>'
        f"<td>{county.day(n)}</td></tr>"
        for n in range(first, last + 1)
    )
    return (
        '<form method="post" action="./List.aspx?c=2" id="form1">'
        f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}">'
        '<input type="hidden" name="__EVENTVALIDATION" value="wEW+A/g=">'
        f'<table id="GridView1">{rows}</table><div id="AspNetPager1">{pager}</div></form>'
    )


def by_number(*numbers: int, target: str = "AspNetPager1") -> str:
    return "".join(NEXT.format(target=target, to=n, words=n) for n in numbers)


@pytest.fixture
def aspnet() -> AspNet:
    adapter = named("aspnet")
    assert isinstance(adapter, AspNet)
    return adapter


def posted(call: Call | None) -> dict[str, list[str]]:
    assert call is not None
    assert call.method == "POST"
    return parse_qs(call.body, keep_blank_values=True)


def test_the_page_posts_itself_back(county: Any, today: Any) -> None:
    doc = county.page(form(county, 1, 10, by_number(2, 3)), URL)
    reading = read_page(doc, today)
    assert (reading.kind, reading.adapter) == ("list", "aspnet")
    assert reading.list is not None
    call = reading.list.call
    assert call is not None
    assert call.url == URL
    assert posted(call) == {
        "__VIEWSTATE": ["dDwtMTA3"],
        "__EVENTVALIDATION": ["wEW+A/g="],
        "__EVENTTARGET": ["AspNetPager1"],
        "__EVENTARGUMENT": ["2"],
    }


def test_each_page_goes_on_with_its_own_state(county: Any, today: Any, aspnet: AspNet) -> None:
    doc = county.page(form(county, 1, 10, by_number(2, 3)), URL)
    call = aspnet.read(doc, today).call
    assert call is not None
    second = county.page(form(county, 11, 20, by_number(1, 3), "second"), URL).html
    reading = aspnet.read_data(second, call, doc, today)
    assert [str(item.day) for item in reading.items] == county.days(11, 20)
    assert posted(reading.call)["__VIEWSTATE"] == ["second"]
    assert posted(reading.call)["__EVENTARGUMENT"] == ["3"]
    assert reading.call is not None
    third = county.page(form(county, 21, 24, by_number(1, 2), "third"), URL).html
    ended = aspnet.read_data(third, reading.call, doc, today)
    assert (ended.call, ended.last) == (None, True)


@pytest.mark.parametrize(
    ("pager", "target", "argument"),
    [
        (NEXT.format(target="GridView1", to="Page$2", words="2"), "GridView1", "Page$2"),
        (NEXT.format(target="GridView1", to="Page$Next", words="下一页"), "GridView1", "Page$Next"),
        (NEXT.format(target="ctl00$c$lbtnNext", to="", words="下页"), "ctl00$c$lbtnNext", ""),
        (NEXT.format(target="AspNetPager1", to="2", words="&gt;"), "AspNetPager1", "2"),
    ],
)
def test_manners_of_pagers(
    county: Any, today: Any, aspnet: AspNet, pager: str, target: str, argument: str
) -> None:
    doc = county.page(form(county, 1, 10, pager), URL)
    assert choose(doc).name == "aspnet"
    sent = posted(aspnet.read(doc, today).call)
    assert (sent["__EVENTTARGET"], sent["__EVENTARGUMENT"]) == ([target], [argument])


def test_a_post_that_was_not_understood_is_no_end(county: Any, today: Any, aspnet: AspNet) -> None:
    first = county.page(form(county, 1, 10, NEXT.format(
        target="AspNetPager1", to="2", words="下一页")), URL)  # fmt: skip
    call = aspnet.read(first, today).call
    assert call is not None
    reading = aspnet.read_data(first.html, call, first, today)
    assert (reading.call, reading.last) == (None, False)


def test_a_state_too_large_is_not_sent(county: Any, today: Any, aspnet: AspNet) -> None:
    heavy = county.page(form(county, 1, 10, by_number(2), "x" * MAX_STATE), URL)
    reading = aspnet.read(heavy, today)
    assert reading.call is None
    assert "过大" in reading.notes[-1]
    assert len(reading.items) == 10


@pytest.mark.parametrize(
    "body",
    [
        # A page of the framework whose pager gives addresses, or that has none.
        '<form><input type="hidden" name="__VIEWSTATE" value="x"></form><a href="?p=2">2</a>',
        '<form><input type="hidden" name="__VIEWSTATE" value="x"><a href="javascript:'
        "__doPostBack('btnSearch','')\">搜索</a></form>",
        "<a href=\"javascript:__doPostBack('AspNetPager1','2')\">2</a>",
        "<p>__VIEWSTATE 与 __doPostBack('AspNetPager1','2') 的说明</p>",
    ],
)
def test_what_is_not_of_the_family(county: Any, body: str) -> None:
    doc = county.page(f"<ul>{county.rows(1, 8)}</ul>{body}", URL)
    assert choose(doc).name == "generic"


@pytest.mark.parametrize(
    "body",
    [
        "__VIEWSTATE" + "<a href=\"javascript:__doPostBack('" + "a" * 1_000_000 + "','2')\">2</a>",
        "__VIEWSTATE" + "<a href=\"javascript:__doPostBack('Pager','2')\">2</a>" * 20_000,
        "__VIEWSTATE"
        + "<input type=hidden name=a value=b>" * 50_000
        + "<a href=\"javascript:__doPostBack('Pager','2')\">2</a>",
    ],
)
def test_hostile_pagers_end(county: Any, today: Any, aspnet: AspNet, body: str) -> None:
    doc = county.page(f"<form>{body}</form>", URL)
    aspnet.recognise(doc)
    aspnet.read(doc, today)
