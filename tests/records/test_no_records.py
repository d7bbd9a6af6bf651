"""What interfaces also answer: figures, users, weather, menus, settings. None of it is a list."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.records import html_in, read_records, total_of

BASE = "https://www.liuhe.example/zwgk/tzgg/"

NOTHING: dict[str, Any] = {
    "a hit counter": {"code": 0, "hits": 123456, "today": 12, "date": "2031-04-20"},
    "hits of each article": [
        {"id": 1001, "hits": 12, "time": "2031-04-20 10:00:00"}, {"id": 1002, "hits": 7}],
    "a user": {"user": {"name": "王小明同志", "loginTime": "2031-04-20", "url": "/user/1.html"}},
    "users": {"users": [
        {"userName": "wangxm", "nickName": "王小明", "lastLoginTime": "2031-04-20 08:00:00"},
        {"userName": "lixh", "nickName": "李小红", "lastLoginTime": "2031-04-19 08:00:00"}]},
    "weather in words": [
        {"date": "2031-04-20", "text": "多云转晴，东南风三级"},
        {"date": "2031-04-21", "text": "晴转小雨，东北风四级"}],
    "weather": {"city": "柳河", "forecast": [
        {"date": f"2031-04-{day}", "weather": "多云转晴", "wind": "东南风微风转三级", "high": 21}
        for day in range(20, 27)]},
    "a menu": {"data": [
        {"name": "政务公开", "url": "/zwgk/", "children": [
            {"name": "通知公告公示公开栏目", "url": "/zwgk/tzgg/"},
            {"name": "政府信息公开年度报告", "url": "/zwgk/nb/"}]},
        {"name": "新闻中心", "url": "/xwzx/", "children": []}]},
    "a menu without days but with long names": {"list": [
        {"title": "政府信息公开年度报告专栏", "url": "/zwgk/nb/"},
        {"title": "政府信息公开指南及目录", "url": "/zwgk/zn/index.html"}]},
    "a menu that was once created": {"data": [
        {"id": 1, "name": "政府信息公开年度报告", "url": "/zwgk/nb/", "createTime": "2030-01-01"},
        {"id": 2, "name": "政府信息公开指南", "url": "/zwgk/zn/", "createTime": "2030-01-02"}]},
    "a tree that was once created": {"data": [
        {"id": 1, "parentId": 0, "name": "政府信息公开年度报告", "createTime": "2030-01-01"},
        {"id": 2, "parentId": 1, "name": "政府信息公开指南及目录", "createTime": "2030-01-02"}]},
    "a menu of an application": {"routes": [
        {"path": "/home", "name": "home", "meta": {"title": "首页"}},
        {"path": "/list/1", "name": "list", "meta": {"title": "通知公告"}}]},
    "columns with times": {"columns": [
        {"columnName": "通知公告", "updateTime": "2031-04-20"},
        {"columnName": "政策文件", "updateTime": "2031-04-20"}]},
    "pages": {"page": 1, "pageSize": 15, "total": 93, "pages": [1, 2, 3, 4, 5, 6, 7]},
    "settings": {"version": "2031.04.20", "title": "柳河区人民政府", "baseUrl": "/api/"},
    "a chart by days": {
        "xAxis": {"type": "category", "data": ["2031-04-01", "2031-04-02", "2031-04-03"]},
        "series": [{"name": "全区一般公共预算收入累计完成", "data": [12.1, 13.4, 15.0]}]},
    "points of a chart": [["2031-04-01", 12.1], ["2031-04-02", 13.4], ["2031-04-03", 15]],
    "points with names": [
        {"name": "柳河区", "value": 12, "date": "2031-04-01"},
        {"name": "青山区", "value": 13, "date": "2031-04-01"}],
    "figures with long names": {"data": [
        {"name": "规模以上工业增加值增长速度", "value": 6.1, "unit": "%"},
        {"name": "全社会固定资产投资增长速度", "value": 4.2, "unit": "%"}]},
    "only a deadline": {"list": [{"title": "关于征集意见建议的公告", "deadline": "2031-05-01"}]},
    "only deadlines, otherwise called": {"list": [
        {"title": "关于征集意见建议的公告", "EndTime": "/Date(1935000000000+0800)/", "clicks": 9}]},
    "leaders": {"code": 0, "data": [
        {"name": "王小明", "duty": "区长", "work": "主持区政府全面工作", "sort": 1},
        {"name": "李小红", "duty": "副区长", "work": "分管教育卫生工作", "photo": "/2.jpg"}]},
    "birthdays": [
        {"name": "王小明", "birthDate": "1990-01-02"}, {"name": "张", "csrq": "1991-01-01"}],
    "holidays": [
        {"name": "劳动节", "date": "2031-05-01"}, {"name": "国庆节", "date": "2031-10-01"}],
    "versions": [{"version": "1.2.0", "date": "2031-04-02", "desc": "修复了若干已知的问题和缺陷"}],
    "comments": {"comments": [
        {"nickName": "热心市民", "content": "希望增加公交班次", "createTime": "2031-04-02"}]},
    "a choice of regions": {"area": [{"code": "650200", "name": "柳河区", "pid": "0"}]},
    "slides": {"banner": [
        {"img": "/img/1.jpg", "link": "/zt/"}, {"img": "/img/2.jpg", "link": "/zt2/"}]},
    "friends": {"links": [
        {"name": "省人民政府", "url": "https://www.sheng.example/"},
        {"name": "市人民政府", "url": "https://www.shi.example/"}]},
    "an error": {"ok": 0, "message": "系统繁忙，请稍后再试", "timestamp": "2031-04-20 10:00:00"},
    "errors": {"errors": [{"message": "参数校验失败", "timestamp": "2031-04-20 10:00:00"}]},
    "one article": {"data": {
        "title": "关于开展活动的通知", "publishTime": "2031-04-02", "content": "<p>正文</p>"}},
    "an empty list": {"total": 0, "rows": []},
    "dictionary": {"dict": [
        {"label": "行政许可", "value": "1"}, {"label": "行政处罚", "value": "2"}]},
    "lists of words": {"hotWords": ["公积金提取", "社保卡办理"], "dates": ["2031-04-02"]},
}  # fmt: skip


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_list_stays_silent(name: str, today: date) -> None:
    assert read_records(NOTHING[name], BASE, today) == ()
    assert read_records(json.dumps(NOTHING[name]), BASE, today) == ()


@pytest.mark.parametrize(
    "data",
    [None, True, 0, 1.5, float("nan"), "", "[", "{}", "[" * 50_000, [], {}, [[]], [[[[]]]],
     object(), [None, 1, "x"], {"a": object()}, {1: {2: [3]}}, "[" * 5_000 + "]" * 5_000],
)  # fmt: skip
def test_nothing_at_all(data: object, today: date) -> None:
    assert read_records(data, BASE, today) == ()
    assert total_of(data) is None
    assert html_in(data) == ""


_KEYS = st.sampled_from(
    ["title", "name", "t", "url", "link", "publishTime", "date", "d", "time", "endTime", "list",
     "data", "total", "y", "m", "day", "isTop", "content", "id", "标题", "发布时间", "_source", "0"]
) | st.text(max_size=6)  # fmt: skip
_VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(
        ["关于开展工作的通知", "2031-04-02", "/a/1.html", "http://[bad/", "2031-02-30",
         '[{"title":', '{"title":"关于开展工作的通知","date":"2031-04-02"}', "\ud800",
         "<a href=//[>关于开展</a>", 1933689600, 1933689600000, 10**30,
         "/Date(99999999999999)/", "9999-12-31T23:59:59-14:00"]
    )
)  # fmt: skip
_JSON = st.recursive(
    _VALUES, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_KEYS, inner, max_size=6)
)


@settings(max_examples=400, deadline=None)
@given(_JSON, st.sampled_from([BASE, "", "x", "http://[bad/"]))
def test_any_json_is_read(data: object, base: str) -> None:
    items = read_records(data, base, date(2031, 4, 20), "/show?id={}")
    assert [item.position for item in items] == list(range(len(items)))
    assert all(item.title and item.url and len(item.title) <= 500 for item in items)
    assert all(item.day is None or item.text for item in items)
    assert total_of(data) is None or isinstance(total_of(data), int)
    assert isinstance(html_in(data), str)
