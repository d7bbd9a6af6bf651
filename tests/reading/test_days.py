"""Every date form of real pages, and what only looks like one."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.days import bare_day, find_day, find_days, unix_day

TODAY = date(2026, 9, 20)
DAY = date(2026, 9, 16)

FULL = [
    ("2026-09-16", "ymd", None),
    ("2026-9-16", "ymd", None),
    ("2026/09/16", "ymd", None),
    ("2026.09.16", "ymd", None),
    ("2026. 09. 16", "ymd", None),
    ("2026·09·16", "ymd", None),
    ("2026年9月16日", "ymd", None),
    ("2026年09月16日", "ymd", None),
    ("2026 年 9 月 16 日", "ymd", None),
    ("2026年9月16号", "ymd", None),
    ("26年9月16日", "ymd", None),
    ("[2026-09-16]", "ymd", None),
    ("(2026-09-16)", "ymd", None),
    ("（2026-09-16）", "ymd", None),
    ("【2026-09-16】", "ymd", None),
    ("２０２６－０９－１６", "ymd", None),
    ("２０２６年９月１６日", "ymd", None),
    ("2026—09—16", "ymd", None),
    ("2026–09–16", "ymd", None),
    ("2026－09－16", "ymd", None),
    ("2026-09-16 07:42", "ymd", "07:42"),
    ("2026-09-16 7:42", "ymd", "07:42"),
    ("2026-09-16  07:42:59", "ymd", "07:42"),
    ("2026-09-16 07：42", "ymd", "07:42"),
    ("2026-09-1607:42", "ymd", "07:42"),
    ("2026年09月16日07:42", "ymd", "07:42"),
    ("2026年9月16日 星期三 07:42", "ymd", "07:42"),
    ("2026年9月16日 07时42分", "ymd", "07:42"),
    ("2026-09-16 上午7:42", "ymd", "07:42"),
    ("2026-09-16 下午3:05", "ymd", "15:05"),
    ("2026-09-16 晚上10:41", "ymd", "22:41"),
    ("2026-09-16 凌晨12:05", "ymd", "00:05"),
    ("2026/9/16 10:41:54 PM", "ymd", "22:41"),
    ("2026-09-16T07:42:00", "ymd", "07:42"),
    ("2026-09-16T07:42:00+08:00", "ymd", "07:42"),
    ("2026-09-16T07:42:00.000+0800", "ymd", "07:42"),
    ("2026-09-15T23:42:00Z", "ymd", "07:42"),
    ("2026-09-15T23:42:00.123Z", "ymd", "07:42"),
    ("2026-09-16 07:42:00.0", "ymd", "07:42"),
    ("二〇二六年九月十六日", "chinese", None),
    ("二○二六年九月十六日", "chinese", None),
    ("二Ｏ二六年九月十六日", "chinese", None),
    ("二O二六年九月十六日", "chinese", None),
    ("二零二六年九月十六日", "chinese", None),
    ("二0二六年九月十六日", "chinese", None),
    ("二〇二六年九月一十六日", "chinese", None),
    ("二〇二六年〇九月一六日", "chinese", None),
    ("2026年九月十六日", "chinese", None),
    ("⼆〇⼆六年九⽉⼗六⽇", "chinese", None),
    ("20260916", "compact", None),
    ("20260916074200", "compact", "07:42"),
    ("202609160742", "compact", "07:42"),
    ("20260916 07:42", "compact", "07:42"),
    ("Sep 16, 2026", "english", None),
    ("Sept. 16, 2026", "english", None),
    ("September 16th, 2026", "english", None),
    ("16 Sep 2026", "english", None),
    ("16-Sep-2026", "english", None),
    ("Wed, 16 Sep 2026 07:42:00 +0800", "english", "07:42"),
    ("Tue, 15 Sep 2026 23:42:00 GMT", "english", "07:42"),
    ("Wed Sep 16 07:42:00 CST 2026", "english", "07:42"),
    ("9月 16, 2026", "english", None),
    ("九月 16, 2026", "english", None),
    ("9/16/2026 7:42:00 AM", "mdy", "07:42"),
    ("16/09/2026", "mdy", None),
    ("16-09-2026", "mdy", None),
    ("16 2026年09月", "split", None),
    ("16\n2026-09", "split", None),
    ("16 09月 2026年", "split", None),
    ("2026 09.16", "split", None),
    ("2026\n09-16", "split", None),
    ("2026 09/16 07:42:00", "split", "07:42"),
    ("2026年09-16", "split", None),
    ("2026-09\n16", "split", None),
    ("2026-09月16日", "split", None),
    ("09-16 2026", "split", None),
    ("2026\n09\n16", "split", None),
]

YEARLESS = [
    ("09-16", "md", DAY, None),
    ("[09-16]", "md", DAY, None),
    ("[9-16]", "md", DAY, None),
    ("(09/16)", "md", DAY, None),
    ("09/16", "md", DAY, None),
    ("09.16", "md", DAY, None),
    ("9-16", "md", DAY, None),
    ("09月16日", "md", DAY, None),
    ("9月16日", "md", DAY, None),
    ("9月16", "md", DAY, None),
    ("九月十六日", "md", DAY, None),
    ("09-1607:42", "md", DAY, "07:42"),
    ("09-16 07:42", "md", DAY, "07:42"),
    ("9/16 07:42", "md", DAY, "07:42"),
    ("09-21", "md", date(2026, 9, 21), None),
    ("09-22", "md", date(2025, 9, 22), None),
    ("12-28", "md", date(2025, 12, 28), None),
    ("02-29", "md", date(2024, 2, 29), None),
    ("元月8日", "md", date(2026, 1, 8), None),
    ("26-09-16", "yymd", DAY, None),
    ("今天", "relative", TODAY, None),
    ("今天 10:30", "relative", TODAY, "10:30"),
    ("昨天", "relative", date(2026, 9, 19), None),
    ("昨天 10:30", "relative", date(2026, 9, 19), "10:30"),
    ("发布于昨天", "relative", date(2026, 9, 19), None),
    ("前天", "relative", date(2026, 9, 18), None),
    ("刚刚", "relative", TODAY, None),
    ("半小时前", "relative", TODAY, None),
    ("5分钟前", "relative", TODAY, None),
    ("3小时前", "relative", TODAY, None),
    ("3小时前发布", "relative", TODAY, None),
    ("25小时前", "relative", date(2026, 9, 19), None),
    ("1天前", "relative", date(2026, 9, 19), None),
    ("三天前", "relative", date(2026, 9, 17), None),
    ("两周前", "relative", date(2026, 9, 6), None),
    ("1周前", "relative", date(2026, 9, 13), None),
    ("2 days ago", "relative", date(2026, 9, 18), None),
    ("7个月前", "approximate", date(2026, 2, 20), None),
]

FAULTS = [
    "2026-02-30",
    "2026年2月30日",
    "[2026-02-30]",
    "2月30日",
    "[02-30]",
    "2026-13-01",
    "2026年13月1日",
    "2026-00-00",
    "0000-00-00",
    "0001-01-01",
    "0001-01-01 00:00:00",
    "0001/1/1",
    "1970-01-01",
    "1970-01-01 08:00",
    "1900-01-01",
    "二〇二六年二月三十日",
]

NOT_DATES = [
    "国办秘函〔2019〕19号",
    "新政办发〔2017〕190号",
    "沪府规[2026]9号",
    "电话：0990-6962016",
    "电话 010-83083456",
    "0999-12-3456",
    "13920260916",
    "身份证 11010519491231002X",
    "192.168.9.16",
    "10.20.26.9",
    "v2026.9.16",
    "Ver 3.12.5",
    "2019.1.2.3",
    "共 1/2 页",
    "第3/12页",
    "1/2",
    "3/12",
    "9月份",
    "12.30元",
    "￥09.16",
    "3-12岁儿童",
    "第03-12号",
    "10-12人",
    "比分 3:1",
    "09:00-10:30",
    "编号：20260916",
    "联系电话：20260916",
    "统一社会信用代码 20260916",
    "GB/T 2026-09",
    "2026年度",
    "2026年9月",
    "农历八月初六",
    "农历八月十五日",
    "丙午年八月十五日",
    "2026年3季度",
    "近年来昨天的成就与今天的努力",
    "记者昨天获悉",
    "三天前，他来到乌尔禾",
    "2019-2026",
    "2026-09-16-0001",
    "/2026/09/16/7001.html",
    "ICP备20260916号",
    "AB-2026-09-16",
    "120.56.09",
    "5.12",
    "第2026-09-16号",
    "一月一次",
    "每日九月",
]


@pytest.mark.parametrize(("text", "form", "clock"), FULL)
def test_full_forms(text: str, form: str, clock: str | None) -> None:
    for match in (find_day(text, TODAY), bare_day(text, TODAY)):
        assert match is not None
        assert (match.day, match.form, match.time, match.fault) == (DAY, form, clock, False)


@pytest.mark.parametrize(("text", "form", "clock"), [f for f in FULL if f[1] not in ("yymd",)])
def test_full_forms_inside_a_sentence(text: str, form: str, clock: str | None) -> None:
    around = f"发布时间： {text} 来源：区统计局"
    matches = [m for m in find_days(around, TODAY) if m.day == DAY]
    assert len(matches) == 1
    assert matches[0].form == form
    assert matches[0].time == clock
    assert around[matches[0].start : matches[0].end].strip("　 ") in around


@pytest.mark.parametrize(("text", "form", "day", "clock"), YEARLESS)
def test_yearless_and_relative(text: str, form: str, day: date, clock: str | None) -> None:
    match = bare_day(text, TODAY)
    assert match is not None
    assert (match.day, match.form, match.time) == (day, form, clock)


@pytest.mark.parametrize("text", FAULTS)
def test_impossible_dates_are_faults(text: str) -> None:
    match = find_day(text, TODAY)
    assert match is not None
    assert match.fault
    assert match.day is None
    assert match.time is None


@pytest.mark.parametrize("text", NOT_DATES)
def test_not_dates(text: str) -> None:
    assert find_days(text, TODAY) == []


@pytest.mark.parametrize(
    "text", [*NOT_DATES, "关于2026年9月16日会议的通知", "2026-09-16 至 2026-09-18"]
)
def test_not_bare(text: str) -> None:
    assert bare_day(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "[2026-09-16]",
        "发布时间：2026-09-16 10:30",
        "发布日期: 2026年9月16日",
        "时间：2026-09-16",
        "日期 2026/9/16",
        "发 布 时 间：2026-09-16",
        "2026-09-16 星期三",
        "· 2026-09-16",
        "Published: Sep 16, 2026",
        "Date: 2026-09-16",
        "posted @ 2026-09-16 07:42",
    ],
)
def test_bare_with_label(text: str) -> None:
    match = bare_day(text, TODAY)
    assert match is not None
    assert match.day == DAY


def test_text_is_what_stood_there() -> None:
    match = find_day("编辑：王某　[2026－09－16]", TODAY)
    assert match is not None
    assert match.text == "[2026－09－16]"
    match = find_day("发布时间：2026年 9月16日\n 07:42 来源", TODAY)
    assert match is not None
    assert match.text == "2026年 9月16日 07:42"


def test_best_of_a_cell() -> None:
    def best(text: str) -> date | None:
        match = find_day(text, TODAY)
        return match.day if match else None

    assert best("成文日期：2026-08-01 发布日期：2026-09-16") == DAY
    assert best("有效期至：2027-09-16 2026-09-16") == DAY
    assert best("2026-09-16 截止日期：2026-09-18") == DAY
    assert best("09-18 2026-09-16") == DAY
    assert best("2026-02-30 2026-09-16") == DAY
    assert best("摘要 2031年5月16日 时间：2026-09-16") == DAY
    assert best("没有日期") is None
    assert best("") is None


def test_ranges_give_both_ends() -> None:
    assert [m.day for m in find_days("2026.09.16-2026.09.20", TODAY)] == [DAY, date(2026, 9, 20)]
    assert [m.day for m in find_days("2026-09-16至2026-09-20", TODAY)] == [DAY, date(2026, 9, 20)]
    assert find_days("2026年9月16日-18日", TODAY)[0].day == DAY
    assert find_days("2026年9月16-18日", TODAY)[0].day == DAY


def test_order_of_appearance() -> None:
    text = "二〇二六年九月一日，2026-09-16 07:42，9月3日，Sep 4, 2026"
    days = [m.day.day for m in find_days(text, TODAY) if m.day]
    assert days == [1, 16, 3, 4]


def test_unix() -> None:
    for text in ("1789515720", "1789515720000", "/Date(1789515720000+0800)/"):
        match = unix_day(text)
        assert match is not None
        assert (match.day, match.time) == (DAY, "07:42")
    zero = unix_day("0")
    assert zero is not None
    assert zero.fault
    assert unix_day("-62135596800000") is not None
    assert unix_day("12345") is None
    assert unix_day("abc") is None
    assert unix_day("") is None
    assert find_days("1789515720", TODAY) == []


FORMATS = [
    "{y}-{m:02d}-{d:02d}",
    "{y}/{m}/{d}",
    "{y}.{m:02d}.{d:02d}",
    "{y}年{m}月{d}日",
    "{y} 年 {m:02d} 月 {d:02d} 日",
    "[{y}-{m:02d}-{d:02d}]",
    "{y}-{m:02d}-{d:02d}08:30",
    "{y}-{m:02d}-{d:02d}T08:30:00+08:00",
    "{y}{m:02d}{d:02d}",
    "{d} {y}年{m:02d}月",
    "{y} {m:02d}.{d:02d}",
]
_HAN = "〇一二三四五六七八九"


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _HAN[tens] + "十")
    return head + (_HAN[ones] if ones else "")


@given(
    st.dates(min_value=date(1998, 1, 1), max_value=date(2035, 12, 31)),
    st.sampled_from(FORMATS),
    st.sampled_from(["", "发布时间：", "来源：区政府办 ", "（", "公示，"]),
    st.sampled_from(["", " 来源：区政府办", "）", "，现予公布", "\n浏览次数：12"]),
    st.booleans(),
)
def test_any_date_is_found_again(day: date, form: str, head: str, tail: str, wide: bool) -> None:
    text = form.format(y=day.year, m=day.month, d=day.day)
    if wide:
        text = text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789-/.:"})
    assert day in [m.day for m in find_days(head + text + tail, TODAY)]


@given(
    st.dates(min_value=date(1998, 1, 1), max_value=date(2035, 12, 31)), st.sampled_from("〇○Ｏ零O")
)
def test_any_chinese_date_is_found_again(day: date, zero: str) -> None:
    year = "".join(_HAN[int(c)] for c in str(day.year)).replace("〇", zero)
    text = f"{year}年{_han(day.month)}月{_han(day.day)}日"
    assert [m.day for m in find_days(f"落款 {text}", TODAY)] == [day]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31)), st.integers(-1, 364))
def test_yearless_is_the_latest_not_after_tomorrow(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    match = find_day(f"[{day.month:02d}-{day.day:02d}]", today)
    assert match is not None
    assert match.day is not None
    assert match.day <= today + timedelta(days=1)
    if back <= 300 and (day.month, day.day) != (2, 29):
        assert match.day == day


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet="0123456789-/.年月日[]：: 一二十〇时分上下午前天小Z+TSep,"),
    ),
    st.dates(),
)
def test_never_raises(text: str, today: date) -> None:
    for match in find_days(text, today):
        assert 0 <= match.start < match.end <= len(text)
        assert match.fault == (match.day is None)
    find_day(text, today)
    bare_day(text, today)
    unix_day(text)


@pytest.mark.parametrize("piece", ["1", "[", "[09-", "二〇", "2026-09-16", "1 2026年09 "])
def test_a_megabyte_is_quick(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    find_days(text, TODAY)
    assert time.process_time() - begun < 10
