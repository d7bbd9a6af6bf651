"""Days counted back from today: 昨天, 3小时前, 1周前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crawler.reading.day_forms import Raw, real_date
from crawler.reading.numerals import DIGITS, number

_SPACE_BEFORE = r"(?<![^\s\[(（【|:·>])"
_SPACE_AFTER = r"(?=$|[\s\])）】|<·]|发布|更新|来源|阅读|浏览|评论|前?\d{1,2}:)"
_NAMED_DAY = re.compile(
    rf"(?:{_SPACE_BEFORE}|(?<=发布于)|(?<=发表于)|(?<=更新于))"
    rf"(?P<word>今天|今日|昨天|昨日|前天|前日|刚刚|刚才)(?:发布)?{_SPACE_AFTER}"
)
# One of these stands wherever a pattern here fits.
_WORDS = ("前", "今", "昨", "刚", "ago", "AGO", "Ago")
_NAMED = {"今天": 0, "今日": 0, "刚刚": 0, "刚才": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
_AGO = re.compile(
    rf"(?<![\d.{DIGITS}十第])(?P<n>\d{{1,3}}|半|[一二两三四五六七八九十]{{1,3}}|几)\s?个?\s?"
    rf"(?P<unit>秒钟?|分钟?|小时|天|日|周|星期|礼拜|月)(?:之?前|以前){_SPACE_AFTER}"
)
_AGO_EN = re.compile(
    r"(?<![\w.])(?P<n>\d{1,3}|an?)\s(?P<unit>second|minute|min|hour|day|week|month)s?\s(?:ago|AGO|Ago)(?!\w)",
    re.I,
)


def relative(plain: str, today: date, cell: bool) -> Iterator[Raw]:
    """今天, 昨天 10:30, 3小时前, 3天前, 1周前; months only approximately."""
    if not any(word in plain for word in _WORDS):
        return
    for match in _NAMED_DAY.finditer(plain):
        end = match.end("word")
        when = _back(today, _NAMED[match["word"]])
        if when is not None:
            yield Raw(match.start(), end, "relative", 6, when)
    for match in _AGO.finditer(plain):
        count = {"半": 0, "几": 0, "两": 2}.get(match["n"], number(match["n"]))
        if count is not None:
            yield from _ago(match, match["unit"], count, today)
    for match in _AGO_EN.finditer(plain):
        count = int(match["n"]) if match["n"].isdigit() else 1
        yield from _ago(match, match["unit"].lower(), count, today)


def _ago(match: re.Match[str], unit: str, count: int, today: date) -> Iterator[Raw]:
    form = "relative"
    if unit in ("月", "month"):
        form, when = "approximate", _months_back(today, count)
    elif unit in ("周", "星期", "礼拜", "week"):
        when = _back(today, 7 * count)
    elif unit in ("天", "日", "day"):
        when = _back(today, count)
    else:
        # The day has no clock: hours within it count as today.
        when = _back(today, count // 24 if unit in ("小时", "hour") else 0)
    if when is not None:
        yield Raw(match.start(), match.end(), form, 6, when)


def _months_back(today: date, count: int) -> date | None:
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    days = (real_date(year, month + 1, day) for day in range(today.day, 0, -1))
    return next((day for day in days if day is not None), None)


def _back(today: date, days: int) -> date | None:
    try:
        return today - timedelta(days=days)
    except OverflowError:
        return None
