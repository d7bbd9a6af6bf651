"""Answers of many interfaces, each in a shape of its own: the column's list is found in all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from crawler.reading.records import html_in, read_records, total_of
from ledger.facts import Item
from ledger.words import How

BASE = "https://www.liuhe.example/zwgk/tzgg/list.html"
TITLES = (
    "关于开展春季义务植树活动的通知",
    "柳河区人民政府办公室关于印发防汛预案的通知",
    "区财政局公布上季度预算执行情况",
)
DAYS = ("2031-04-12", "2031-04-09", "2031-03-28")
SECONDS = (1933689600, 1933430400, 1932393600)  # midnight of those days in Shanghai


def rows(make: Callable[[str, str, int], Any]) -> list[Any]:
    return [make(title, day, n) for n, (title, day) in enumerate(zip(TITLES, DAYS, strict=True))]


def plain(title: str, day: str, n: int) -> dict[str, Any]:
    return {"title": title, "url": f"/zwgk/tzgg/art_{n}.html", "publishTime": day}


def read(data: object, today: date) -> tuple[Item, ...]:
    items = read_records(data, BASE, today)
    assert [item.position for item in items] == list(range(len(items)))
    return items


SHAPES: dict[str, Any] = {
    "data.results": {"code": 0, "data": {"total": 3, "results": rows(plain)}},
    "articles": {"articles": rows(plain), "total": 3},
    "result.records": {"result": {"totalcount": 3, "records": rows(plain)}},
    "rows": {"rows": rows(plain), "page": {"total": 3}},
    "top level": rows(plain),
    "far down": {"a": {"b": {"c": {"d": {"e": {"list": rows(plain)}}}}}},
    "keyed by number": {"data": {str(n): row for n, row in enumerate(rows(plain))}},
    "JSON in a string": {"content": json.dumps({"list": rows(plain)}), "totalcount": 3},
    "JSON twice in a string": json.dumps(json.dumps({"list": rows(plain)})),
    "each record a string": {"list": [json.dumps(row) for row in rows(plain)]},
    "pages of records": {"pages": [rows(plain)[:2], rows(plain)[2:]]},
    "upper case": rows(lambda t, d, n: {
        "TITLE": t, "SUB_TITLE": "", "URL": f"http://www.liuhe.example/zwgk/tzgg/art_{n}.html",
        "DOCRELPUBTIME": d}),
    "rows of values": rows(lambda t, d, n: [t, f"/zwgk/tzgg/art_{n}.html", d]),
    "rows with more": rows(lambda t, d, n: [n, d, "区政府办", f"art_{n}.html", t, 120 + n]),
    "pinyin": {"data": rows(lambda t, d, n: {
        "bt": t, "lj": f"art_{n}.html", "fbsj": d, "xgsj": "2031-04-20", "djl": 42})},
    "short keys": {"list": rows(lambda t, d, n: {
        "t": t, "u": f"art_{n}.html",
        "d": {"y": int(d[:4]), "m": int(d[5:7]), "d": int(d[8:])}})},
    "Java's day": {"data": rows(lambda t, d, n: {
        "docTitle": t, "docpuburl": f"./art_{n}.html",
        "releaseTime": [int(part) for part in d.split("-")]})},
    "Java's moment": {"data": rows(lambda t, d, n: {
        "infoName": t, "href": f"art_{n}.html",
        "pubDate": {"date": 12, "month": 3, "year": 131, "time": SECONDS[n] * 1000}})},
    ".NET": {"d": {"Rows": rows(lambda t, d, n: {
        "Subject": t, "Link": f"art_{n}.html", "AddTime": f"/Date({SECONDS[n]}000+0800)/",
        "EndTime": "/Date(1935000000000+0800)/"})}},
    "seconds": {"articles": rows(lambda t, d, n: {
        "id": n, "title": t, "url": f"art_{n}.html", "create_time": SECONDS[n] - 86400 * 9,
        "display_publish_time": SECONDS[n]})},
    "milliseconds in a string": {"list": rows(lambda t, d, n: {
        "title": t, "url": f"art_{n}.html", "publishDate": f"{SECONDS[n]}000"})},
    "compact": {"list": rows(lambda t, d, n: {
        "title": t, "url": f"art_{n}.html", "deploytime": d.replace("-", "") + "093000"})},
    "ISO with Z": {"list": rows(lambda t, d, n: {
        "title": t, "url": f"art_{n}.html", "publishedAt": f"{d}T01:30:00.000Z"})},
    "search engine": {"hits": {"total": {"value": 3}, "hits": rows(lambda t, d, n: {
        "_id": f"x{n}", "_score": 1.2, "highlight": {"title": [f"<em>{t[:2]}</em>{t[2:]}"]},
        "_source": {"title": t, "url": f"art_{n}.html", "pubtime": d}})}},
    "fields of single values": {"response": {"numFound": 3, "docs": rows(lambda t, d, n: {
        "title": [t], "url": [f"art_{n}.html"], "pubdate": [f"{d}T00:00:00+08:00"]})}},
    "content of blogs": rows(lambda t, d, n: {
        "id": n, "date": f"{d}T10:00:00", "modified": f"{d}T11:00:00", "title": {"rendered": t},
        "link": f"https://www.liuhe.example/zwgk/tzgg/art_{n}.html",
        "excerpt": {"rendered": "<p>摘要</p>"}}),
    "attributes": {"data": rows(lambda t, d, n: {
        "id": n, "attributes": {"title": t, "path": f"/zwgk/tzgg/art_{n}.html", "date": d}})},
    "marks and entities": {"list": rows(lambda t, d, n: {
        "title": f"<font color='red'>{t[:4]}</font>\\u003cem\\u003e{t[4:]}&lt;/em&gt;&nbsp;",
        "url": f"art_{n}.html", "publishTime": d})},
    "the title is a link": {"list": rows(lambda t, d, n: {
        "title": f'<a href="art_{n}.html" target="_blank">{t}</a>', "publishTime": d})},
    "names that say nothing": {"x": rows(lambda t, d, n: {
        "f1": t, "f2": f"/zwgk/tzgg/art_{n}.html", "f3": d, "f4": "区政府办公室", "f5": n})},
    "Chinese names": {"data": rows(lambda t, d, n: {
        "标题": t, "链接": f"art_{n}.html", "发布日期": d, "截止日期": "2031-04-15"})},
    "grouped by month": {"data": [
        {"month": "2031-04", "list": rows(plain)[:2]},
        {"month": "2031-03", "list": rows(plain)[2:]},
    ]},
    "beside hot news": {"data": {
        "hotList": [
            {"title": f"全区上下掀起学习热潮之{n}", "url": f"/xw/{n}.html", "time": "2031-04-19"}
            for n in range(10)],
        "list": rows(plain)}},
    "with attachments": {"data": rows(lambda t, d, n: {
        **plain(t, d, n),
        "files": [
            {"name": f"附件：申报表格第{k}号.docx", "url": f"/files/{n}{k}.docx"}
            for k in range(8)]})},
    "with its column": {"data": rows(lambda t, d, n: {
        "channel": {"name": "通知公告", "url": "/zwgk/tzgg/"}, **plain(t, d, n)})},
    "day, month and year apart": {"data": rows(lambda t, d, n: {
        "title": t, "url": f"art_{n}.html", "year": d[:4], "month": d[5:7], "day": d[8:]})},
    "with the number of its parent": {"data": rows(lambda t, d, n: {
        "title": t, "url": f"art_{n}.html", "parentId": 9, "date": d})},
    "pictures beside": {"data": rows(lambda t, d, n: {
        "imgUrl": f"/img/{n}.jpg", "name": t, "link": f"art_{n}.html", "date": d})},
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_gives_the_same_list(name: str, today: date) -> None:
    items = read(SHAPES[name], today)
    assert [item.title for item in items] == list(TITLES)
    assert [str(item.day) for item in items] == list(DAYS)
    assert all(item.how is How.API and item.text and not item.fault for item in items)
    links = [item.url.removeprefix("http:").removeprefix("https:") for item in items]
    assert links == [f"//www.liuhe.example/zwgk/tzgg/art_{n}.html" for n in range(3)]


def record(**fields: object) -> list[dict[str, object]]:
    return [{"title": TITLES[0], "url": "art_1.html", **fields}]


@pytest.mark.parametrize(
    ("fields", "day", "others"),
    [
        ({"publishTime": "2031-04-02", "createTime": "2031-04-12"}, "2031-04-02", ["2031-04-12"]),
        ({"createTime": "2031-04-12", "publishTime": "2031-04-02"}, "2031-04-02", ["2031-04-12"]),
        ({"updateTime": "2031-04-12", "create_time": "2031-04-02"}, "2031-04-02", ["2031-04-12"]),
        ({"updateTime": "2031-04-12", "date": "2031-04-02"}, "2031-04-02", ["2031-04-12"]),
        ({"publishTime": "2031-04-02 10:00", "createTime": "2031-04-02 09:00"}, "2031-04-02", []),
        ({"publishTime": None, "createTime": "2031-04-02"}, "2031-04-02", []),
        ({"publishTime": "0001-01-01", "createTime": "2031-04-02"}, "2031-04-02", []),
        ({"publishedTime": 1933689600000, "publishedTimeStr": "2031-04-10"}, "2031-04-10",
         ["2031-04-12"]),
        ({"publishTime": "2031-04-02", "deadline": "2031-05-02"}, "2031-04-02", []),
        ({"updateTime": "2031-04-12"}, "2031-04-12", []),
        ({"cfjdrq": "2031-03-02", "gsjzq": "2032-04-02", "gsrq": "2031-04-02"}, "2031-04-02",
         ["2031-03-02"]),
    ],
)  # fmt: skip
def test_the_day_of_publication_comes_first(
    fields: dict[str, object], day: str, others: list[str], today: date
) -> None:
    [item] = read(record(**fields), today)
    assert str(item.day) == day
    assert [str(other.day) for other in item.others] == others


@pytest.mark.parametrize("value", ["2031-02-30", "0001-01-01", [2031, 2, 30], 0])
def test_an_impossible_day_is_a_fault(value: object, today: date) -> None:
    items = read(rows(lambda t, d, n: {**plain(t, d, n), "publishTime": value}), today)
    assert all(item.day is None and item.fault for item in items)


def test_days_to_come_are_reported(today: date) -> None:
    [item] = read(record(publishTime="2031-05-30"), today)
    assert item.day == date(2031, 5, 30)


def test_the_day_in_the_address_fills_a_gap_or_stands_beside(today: date) -> None:
    url = "/art/2031/3/5/art_90_1.html"
    [gap] = read([{"title": TITLES[0], "url": url}], today)
    assert (gap.day, gap.how) == (date(2031, 3, 5), How.ADDRESS)
    [beside] = read([{"title": TITLES[0], "url": url, "date": "2031-03-09"}], today)
    assert (beside.day, beside.how) == (date(2031, 3, 9), How.API)
    assert [other.how for other in beside.others] == [How.ADDRESS]


def test_the_day_in_the_address_is_kept_however_many_days_a_record_has(today: date) -> None:
    names = ("publishTime", "pubDate", "releaseTime", "createTime", "updateTime", "modifyTime")
    days = {name: f"2031-03-{10 + n}" for n, name in enumerate(names)}
    url = "/art/2031/3/5/art_90_1.html"
    [item] = read([{"title": TITLES[0], "url": url, **days}], today)
    [named] = [other for other in item.others if other.how is How.ADDRESS]
    assert named.day == date(2031, 3, 5)


def test_the_same_moment_everywhere_is_that_of_the_machine(today: date) -> None:
    now = "2031-04-20 03:00:00"
    data = rows(lambda t, d, n: {"title": t, "url": f"{n}.html", "time": now, "createTime": d})
    assert [str(item.day) for item in read(data, today)] == list(DAYS)


def test_records_without_an_address_get_a_name(today: date) -> None:
    items = read(rows(lambda t, d, n: {"id": n, "title": t, "publishTime": d}), today)
    assert [item.url for item in items] == [f"{BASE}#{quote(title)}" for title in TITLES]


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("/ztb/show.aspx?id={}", "https://www.liuhe.example/ztb/show.aspx?id=a%2F7"),
        ("../d/{infoId}.html", "https://www.liuhe.example/zwgk/d/31.html"),
        ("/c/{}", "https://www.liuhe.example/c/a%2F7"),
        ("no place to fill", f"{BASE}#{quote(TITLES[0])}"),
    ],
)
def test_a_template_makes_addresses(template: str, url: str, today: date) -> None:
    data = [{"id": "a/7", "infoId": 31, "title": TITLES[0], "publishTime": DAYS[0]}]
    [item] = read_records(data, BASE, today, template)
    assert item.url == url
    [item] = read_records([{**data[0], "id": None}], BASE, today, "/c/{}")
    assert item.url == "https://www.liuhe.example/c/31"


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("javascript:void(0)", None),
        ("#", None),
        ("/a b.pdf", "https://www.liuhe.example/a%20b.pdf"),
        ("//m.liuhe.example/1.html", "https://m.liuhe.example/1.html"),
        ("http:\\/\\/www.liuhe.example\\/1.html", "http://www.liuhe.example/1.html"),
        ("info/1053/6730.htm", "https://www.liuhe.example/zwgk/tzgg/info/1053/6730.htm"),
        ("detail?id=7", "https://www.liuhe.example/zwgk/tzgg/detail?id=7"),
        ("/1.html#top", "https://www.liuhe.example/1.html"),
        ("/app/#/detail/7", "https://www.liuhe.example/app/#/detail/7"),
        ("http://[bad/", None),
        ("/img/1.jpg", None),
        ("ftp://x.example/1", None),
        ("{{url}}", None),
    ],
)
def test_addresses(value: str, url: str | None, today: date) -> None:
    [item] = read([{"title": TITLES[0], "url": value, "publishTime": DAYS[0]}], today)
    assert item.url == (url or f"{BASE}#{quote(TITLES[0])}")


def test_letters_to_the_mayor_without_addresses(today: date) -> None:
    mail = {"mid": 7, "subject": "关于增加公交班次的建议", "dept": "区交通运输局"}
    mail |= {"writedate": "2031-04-02", "opendate": "2031-04-10", "state": "已办结"}
    [item] = read({"mails": [mail]}, today)
    assert (item.day, [str(other.day) for other in item.others]) == (
        date(2031, 4, 10),
        ["2031-04-02"],
    )


@pytest.mark.parametrize(
    "flag", [{"isTop": 1}, {"istop": "1"}, {"is_top": True}, {"top": "1"}, {"sfzd": "是"}]
)
def test_pinned_records(flag: dict[str, object], today: date) -> None:
    down = dict.fromkeys(flag, 0)
    data = rows(lambda t, d, n: {**plain(t, d, n), **(flag if n == 0 else down)})
    assert [item.pinned for item in read(data, today)] == [True, False, False]


def test_a_pin_in_the_title_and_flags_that_mark_all(today: date) -> None:
    [first, *rest] = read(rows(lambda t, d, n: plain(t if n else f"【置顶】{t}", d, n)), today)
    assert first.pinned
    assert first.title == TITLES[0]
    assert not any(item.pinned for item in rest)
    every = read(rows(lambda t, d, n: {**plain(t, d, n), "isTop": 1}), today)
    assert not any(item.pinned for item in every)


def test_a_cut_title_is_completed(today: date) -> None:
    [item] = read(
        record(title=f"{TITLES[1][:9]}...", titleFull=TITLES[1], publishTime=DAYS[1]), today
    )
    assert item.title == TITLES[1]


def test_caps(today: date) -> None:
    data = [{"title": f"{n}号通知" + "长" * 900, "url": f"/{n}.html"} for n in range(6_000)]
    items = read(data, today)
    assert len(items) == 5_000
    assert all(len(item.title) == 500 for item in items)
    deep: object = rows(plain)
    for _ in range(13):
        deep = {"data": deep}
    assert read(deep, today) == ()


def test_half_a_character_is_left_out(today: date) -> None:
    [item] = read([{"title": "通知公告\ud83d一则\x00", "publishTime": "2031-04-02"}], today)
    assert item.title == "通知公告一则"


@pytest.mark.parametrize(
    ("data", "total"),
    [
        ({"data": {"total": 93, "results": rows(plain)}}, 93),
        ({"rows": rows(plain), "totalCount": "93"}, 93),
        ({"total_count": 93, "data": {"list": rows(plain)}}, 93),
        ({"recordCount": 93, "rows": rows(plain)}, 93),
        ({"count": 93, "rows": rows(plain)}, 93),
        ({"page": {"pageNo": 1, "totalRecord": 93}, "rows": rows(plain)}, 93),
        ({"hits": {"total": {"value": 93, "relation": "eq"}, "hits": rows(plain)}}, 93),
        ({"hot": {"total": 900, "list": []}, "main": {"total": 93, "list": rows(plain)}}, 93),
        ({"result": json.dumps({"records": rows(plain), "totalcount": 93})}, 93),
        ({"total": 0, "rows": []}, 0),
        ({"total": 2, "rows": rows(plain)}, None),
        ({"totalPages": 7, "pageCount": 7, "rows": rows(plain)}, None),
        ({"total": True, "rows": rows(plain)}, None),
        ({"total": "viele", "rows": rows(plain)}, None),
        (rows(plain), None),
        ({}, None),
        (None, None),
    ],
)
def test_totals(data: object, total: int | None) -> None:
    assert total_of(data) == total


LIST = (
    "<ul>"
    + "".join(f'<li><a href="/{n}.html">{t}</a></li>' for n, t in enumerate(TITLES))
    + "</ul>"
)


@pytest.mark.parametrize(
    "data",
    [
        {"success": True, "data": {"html": LIST, "head": "<b>通知</b>"}},
        {"data": json.dumps({"html": LIST})},
        {"html": LIST.replace("<", "&lt;").replace(">", "&gt;")},
        [LIST[4:-5]],
        LIST,
    ],
)
def test_markup_inside_an_answer(data: object, today: date) -> None:
    assert "/2.html" in html_in(data)
    assert read(data, today) == ()


def test_rows_of_markup_are_joined() -> None:
    parts = [f'<li><a href="/{n}.html">{t}</a></li>' for n, t in enumerate(TITLES)]
    assert html_in({"list": parts}) == "".join(parts)


@pytest.mark.parametrize(
    "data", [None, 3, "", "<p>正文<a href='/1.html'>一</a></p>", {"a": "<b>x</b>"}, rows(plain)]
)
def test_no_markup(data: object) -> None:
    assert html_in(data) == ""


def test_decisions_without_a_page_of_their_own_are_items(today: date) -> None:
    """As the tables of 双公示 are kept: named by number and party, shown in a window."""
    rows = [
        {"xdr": f"柳河区某某{n}记餐饮店", "wsh": f"柳市监罚决〔2031〕{200 - n}号",
         "cfjdrq": f"2031-03-{20 - n}", "gsrq": f"2031-03-{27 - n}"}
        for n in range(5)
    ]  # fmt: skip
    items = read_records({"code": 0, "data": rows}, "https://www.lh.example/sgs/", today)
    assert [item.title for item in items[:2]] == [
        "柳市监罚决〔2031〕200号",
        "柳市监罚决〔2031〕199号",
    ]
    assert [str(item.day) for item in items[:2]] == ["2031-03-27", "2031-03-26"]
