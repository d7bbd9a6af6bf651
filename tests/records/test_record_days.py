"""What fields' names promise and what their values say of a day."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.record_days import Meaning, is_timely, meaning, split_day, told, words


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("publishTime", "publish_time"),
        ("PUBLISH_TIME", "publish_time"),
        ("DOCRelPubTime", "doc_rel_pub_time"),
        ("$date", "date"),
        ("发布时间", "发布时间"),
        ("", ""),
    ],
)
def test_words_of_a_key(key: str, expected: str) -> None:
    assert words(key) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        *((key, Meaning.PUBLISHED) for key in (
            "publishedTimeStr", "publishTime", "display_publish_time", "pubDate", "DOCRELPUBTIME",
            "releaseTime", "infodate", "fbsj", "deploytime", "PUBLISHDATE", "gksj", "postTime",
            "发布时间", "swrq", "sendTime", "publicDate", "relTime",
        )),
        *((key, Meaning.NEUTRAL) for key in (
            "date", "time", "d", "showTime", "createdAt", "rq", "sj", "dateStr", "时间", "docDate",
            "issueTime", "day",
        )),
        *((key, Meaning.CREATED) for key in (
            "create_time", "addTime", "inputTime", "CRTIME", "gmtCreate", "lrsj", "cjsj", "AddDate",
        )),
        *((key, Meaning.FORMED) for key in ("cwrq", "fwsj", "signDate", "成文日期")),
        *((key, Meaning.RECORDED) for key in ("writedate", "replyTime", "slsj", "auditTime")),
        *((key, Meaning.CHANGED) for key in (
            "updateTime", "modified", "lastModify", "gxsj", "xgsj", "update_at", "更新时间",
        )),
        *((key, Meaning.NEVER) for key in (
            "EndTime", "endtime", "deadline", "jzsj", "sxrq", "expireDate", "effectiveDate",
            "birthday", "startTime", "beginDate", "bidEndTime", "publishEndTime", "bmjzsj", "yxqz",
            "截止日期", "validUntil", "jssj", "now", "serverTime", "lastLoginTime", "kbsj",
            "openBidTime", "closeDate", "currentDate",
        )),
        *((key, Meaning.UNNAMED) for key in ("clicks", "id", "bidPrice", "version", "opendate")),
    ],
)  # fmt: skip
def test_what_a_field_promises(key: str, expected: Meaning) -> None:
    assert meaning(words(key)) is expected


def test_only_timely_names_let_a_number_be_a_day(today: date) -> None:
    assert is_timely("somedate")
    assert not is_timely("id")
    assert told(1_901_234_567, today, named=False) is None


@pytest.mark.parametrize(
    ("value", "day", "clock"),
    [
        ("2031-04-02", date(2031, 4, 2), None),
        ("2031-04-02 来源：柳河区", date(2031, 4, 2), None),
        ("2031-4-2 9:57", date(2031, 4, 2), "09:57"),
        ("2031/04/02 09:30:00", date(2031, 4, 2), "09:30"),
        ("2031年4月2日", date(2031, 4, 2), None),
        ("<span>2031-04-02</span>", date(2031, 4, 2), None),
        ("发布时间：2031-04-02", date(2031, 4, 2), None),
        ("04-02", date(2031, 4, 2), None),
        ("昨天", date(2031, 4, 19), None),
        ("20310402", date(2031, 4, 2), None),
        (20310402, date(2031, 4, 2), None),
        ("20310402093000", date(2031, 4, 2), "09:30"),
        (20310402093000, date(2031, 4, 2), "09:30"),
        ("2031-04-01T16:30:00Z", date(2031, 4, 2), "00:30"),
        ("2031-04-01T16:30:00.000+0000", date(2031, 4, 2), "00:30"),
        ("2031-04-02T09:30:00+08:00", date(2031, 4, 2), "09:30"),
        ("2031-04-02T09:30:00+08:00[Asia/Shanghai]", date(2031, 4, 2), "09:30"),
        (1932825600, date(2031, 4, 2), "00:00"),
        ("1932825600", date(2031, 4, 2), "00:00"),
        (1932825599000, date(2031, 4, 1), "23:59"),
        (1932825600000.0, date(2031, 4, 2), "00:00"),
        ("/Date(1932825600000+0800)/", date(2031, 4, 2), "00:00"),
        ("/Date(1932825600000)/", date(2031, 4, 2), "00:00"),
        ("new Date(1932825600000)", date(2031, 4, 2), "00:00"),
        ('ISODate("2031-04-01T16:30:00Z")', date(2031, 4, 2), "00:30"),
        ("Wed, 02 Apr 2031 01:30:00 GMT", date(2031, 4, 2), "09:30"),
        ({"y": 2031, "m": 4, "d": 2}, date(2031, 4, 2), None),
        ({"year": "2031", "month": "04", "day": "02"}, date(2031, 4, 2), None),
        (
            {"year": 2031, "monthValue": 4, "dayOfMonth": 2, "month": "APRIL"},
            date(2031, 4, 2),
            None,
        ),
        ({"year": 131, "month": 3, "date": 2, "time": 1932825600000}, date(2031, 4, 2), "00:00"),
        ({"time": 1932825600000, "timezoneOffset": -480}, date(2031, 4, 2), "00:00"),
        ({"date": "2031-04-02 09:30:00.000000", "timezone_type": 3}, date(2031, 4, 2), "09:30"),
        ({"$date": "2031-04-01T16:30:00Z"}, date(2031, 4, 2), "00:30"),
        ({"$date": {"$numberLong": "1932825600000"}}, date(2031, 4, 2), "00:00"),
        ([2031, 4, 2], date(2031, 4, 2), None),
        ([2031, 4, 2, 9, 30], date(2031, 4, 2), None),
    ],
)
def test_values_that_are_days(value: object, day: date, clock: str | None, today: date) -> None:
    tale = told(value, today, named=True)
    assert tale is not None
    assert tale.reading is not None
    assert (tale.reading.day, tale.reading.time) == (day, clock)
    assert tale.reading.text


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("2031-02-30", "2031-02-30"),
        ("0001-01-01 00:00:00", "0001-01-01 00:00:00"),
        ("1970-01-01", "1970-01-01"),
        (0, "0"),
        ([2031, 2, 30], "2031-2-30"),
        ({"y": 2031, "m": 13, "d": 1}, "2031-13-1"),
        ("/Date(-62135596800000)/", "/Date(-62135596800000)/"),
    ],
)
def test_impossible_days_are_faults(value: object, fault: str, today: date) -> None:
    tale = told(value, today, named=True)
    assert tale is not None
    assert (tale.reading, tale.fault) == (None, fault)


@pytest.mark.parametrize(
    "value",
    [
        None, True, "", "  ", "null", 12, 13812345678, 1.5, float("nan"), float("inf"), 10**400,
        "138123456789", "第2031040号", "关于2031年4月2日停水的通知", "00:03:12", "123", [], [1, 2],
        [2031, 4], ["2031", "a", "2"], {}, {"name": "2031-04-02"}, [1, 2, 3], "x" * 5000,
        {"y": 12, "m": 1, "d": 1}, {"time": {"time": {"time": {"time": {"time": 1932825600}}}}},
        "999999999999999999999", "0", [True, True, True], {"text": 1932825600}, "12:30",
    ],
)  # fmt: skip
def test_values_that_are_none(value: object, today: date) -> None:
    assert told(value, today, named=value != {"text": 1932825600}) is None


def test_a_nameless_field_needs_a_whole_date(today: date) -> None:
    assert told("04-02", today, named=False) is None
    assert told("昨天", today, named=False) is None
    assert told("2031-04-02", today, named=False) is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"year": "2031", "month": "04", "day": "02"},
        {"yearmonth": "2031-04", "day": "02"},
        {"ym": "2031.4", "d": 2},
        {"month": "2031年04月", "ri": "2"},
    ],
)
def test_a_day_told_in_fields_of_its_own(fields: dict[str, object]) -> None:
    tale = split_day(fields)
    assert tale is not None
    assert tale.reading is not None
    assert tale.reading.day == date(2031, 4, 2)


@pytest.mark.parametrize(
    "fields", [{}, {"day": "2"}, {"month": 4, "day": 2}, {"year": 2031, "month": 4}, {"y": 2031}]
)
def test_half_a_day_is_none(fields: dict[str, object]) -> None:
    assert split_day(fields) is None
