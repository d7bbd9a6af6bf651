"""Days in the records of a data interface: what a field's name promises, what its value says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from crawler.reading.day_forms import real_date
from crawler.reading.days import DayMatch, bare_day, find_day, unix_day
from crawler.reading.document import squeeze
from crawler.reading.listing_labels import never_published
from ledger.facts import DayReading
from ledger.words import How


class Meaning(IntEnum):
    """What a day is by the name of its field, best first."""

    PUBLISHED = 0
    NEUTRAL = 1
    CREATED = 2
    UNNAMED = 3
    FORMED = 4
    RECORDED = 5
    CHANGED = 6
    NEVER = 7


@dataclass(frozen=True, slots=True)
class Told:
    """What a value says: a day, or the text of an impossible one."""

    reading: DayReading | None
    fault: str = ""


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")

_NEVER = re.compile(
    r"(?:^|_)(?:end|ends|ended|ending|start|starts|started|begin|begins|stop|close|closed|closing|due|over|until"
    r"|valid|abolish|repeal|execute|implement|exam|meeting|event|activity|hold|enrol|next|from|to|now|current"
    r"|server|system|sys|cache|crawl|login|visit|hit|click|plan|expect)(?:_|$)"
    r"|deadline|expir|effect|invalid|validity|birth|^(?:end|start|begin|stop|close|valid)(?:date|time|day|at)"
    r"|(?<!s)(?<!app)end_?(?:time|date|day)$|(?:start|begin|close|expire|bid_?open|open_?bid|last_?login)_?(?:time|date|day)$"
    r"|^(?:now|today|current|server|sys|system)(?:time|date|day)?$"
    r"|(?:jz|js|ks|sx|dq|cs|ss|fz|kb|bm|hy|yx|zf|qs|zz)(?:sj|rq)$|yxq[zx]?$|jzq$"
    r"|(?:kaishi|jieshu|jiezhi|shengxiao|shixiao|feizhi|youxiao|chusheng|kaibiao|baoming)"
)
_MEANINGS = (
    (
        Meaning.CHANGED,
        re.compile(
            r"updat|modif|edit(?:ed)?_?(?:time|date|at)|chang|refresh|revis|sync|^mtime|^utime|^gx(?:sj|rq)|^xg(?:sj|rq)"
            r"|gengxin|xiugai|更新|修改|修订"
        ),
    ),
    (
        Meaning.PUBLISHED,
        re.compile(
            r"publi(?!city)|pub(?!li)|releas|rel_?(?:time|date)|fabu|gongkai|gongbu|shangwang"
            r"|(?:fb|gk|sw|gs)_?(?:sj|rq|time|date)|post(?:ed)?_?(?:time|date|at|on)"
            r"|info_?(?:date|time)|deploy|online_?(?:time|date)|announce|news_?(?:date|time)"
            r"|send_?(?:time|date)|发布|公布|公开|公示|上网|发表|刊发"
        ),
    ),
    (
        Meaning.NEUTRAL,
        re.compile(
            r"^(?:d|t|dt|ts|rq|sj|day|date|time|riqi|shijian|ymd|timestamp|date_?time|created_?at|created|posted)$"
            r"|^(?:show|display|list|str|short|full|doc|article|content|item|info|xx|wz|my|n|s|f)_?(?:date|time|rq|sj)$"
            r"|^(?:date|time|day)_?(?:str|string|format|text|show|display|fmt|cn)$|issu|^日期$|^时间$"
        ),
    ),
    (
        Meaning.CREATED,
        re.compile(
            r"creat|^add|insert|input|entry|upload|import|save|submit|^c(?:r|_)?_?time|^crdate"
            r"|(?:lr|cj|tj|rk|sc)(?:sj|rq)$|luru|录入|创建|添加|入库|上传"
        ),
    ),
    (
        Meaning.FORMED,
        re.compile(
            r"(?:cw|yf|fw|qf|zd|lk)(?:sj|rq)$|fawen|chengwen|yinfa|sign(?:ed)?_?(?:time|date)|written|draft"
            r"|file_?date|generat|成文|印发|发文|签发|制定|落款|生成"
        ),
    ),
    (
        Meaning.RECORDED,
        re.compile(
            r"writ|accept|appl|repl|answer|(?:sl|sq|lx|hf|df|bj|sh)(?:sj|rq)$|regist|audit|check|approv|review|verif"
            r"|archiv|受理|申请|来信|提问|留言|提交|登记|答复|回复|办结"
        ),
    ),
)
_TIMELY = re.compile(r"(?:time|date|day|stamp|sj|rq|_at|日期|时间)$")
_SHOWN = re.compile(r"display|show|str|text|format|fmt|_cn")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:\d{4}|\d{6})?")
_DATE_CALL = re.compile(
    r"^(?:new\s+)?(?:Date|ISODate|moment|dayjs)\(\s*[\"']?([^\"']*)[\"']?\s*\)$"
)
_ZONE_NAME = re.compile(r"\[[A-Za-z_]+/[A-Za-z_]+\]$")
_TAG = re.compile(r"<[^<>]{0,200}>")
_MAYBE = re.compile(r"\d|[今昨前]天|刚刚|刚才|[〇○零一二三四五六七八九十]\s*[年月]")
_YEAR_KEYS = ("y", "year", "nian", "fullyear")
_MONTH_KEYS = ("monthvalue", "m", "month", "yue", "mon")
_DAY_KEYS = ("d", "day", "dayofmonth", "ri", "date")
_INNER = ("time", "date", "value", "iso", "datetime", "seconds", "timestamp", "numberlong", "text")
_LONGEST = 80
_NESTED = 3


@lru_cache(maxsize=4096)
def words(key: str) -> str:
    """`key` in lower case with one underscore between its words: publishTime, publish_time."""
    return _NO_WORD.sub("_", _CAMEL.sub("_", key[:80]).lower()).strip("_")


@lru_cache(maxsize=4096)
def meaning(name: str) -> Meaning:
    """What a day under a field of this name (as `words` gives it) is."""
    flat = name.replace("_", "")
    if _NEVER.search(name) or (never_published(name) and "公开" not in name):
        return Meaning.NEVER
    for meant, pattern in _MEANINGS:
        if pattern.search(name) or pattern.search(flat):
            return meant
    return Meaning.UNNAMED


@lru_cache(maxsize=4096)
def is_timely(name: str) -> bool:
    """True where a field's name speaks of time, so that a mere number may be a day."""
    return meaning(name) is not Meaning.UNNAMED or bool(_TIMELY.search(name))


def is_for_show(name: str) -> bool:
    """True for the field a page shows, where another holds the same for machines."""
    return bool(_SHOWN.search(name))


def told(value: object, today: date, *, named: bool) -> Told | None:
    """What `value` says of a day, or None; a mere number or 03-17 only where the field is named."""
    return _told(value, today, named, _NESTED)


def _told(value: object, today: date, named: bool, nested: int) -> Told | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _number(value, today) if named else None
    if isinstance(value, str):
        return _text(value, today, named)
    if isinstance(value, list):
        return _parts(value[:3]) if 3 <= len(value) <= 7 else None
    if isinstance(value, Mapping) and nested and len(value) <= 24:
        return _mapping(value, today, named, nested)
    return None


def _number(value: int | float, today: date) -> Told | None:
    if not -1e15 < value < 1e15:  # also what is no number at all
        return None
    return _digits(str(int(value)), today)


def _digits(text: str, today: date) -> Told | None:
    if _COMPACT.fullmatch(text):
        compact = bare_day(text, today)
        if compact is not None or len(text) == 8:
            return _tell(compact)
    if text in ("0", "-1"):
        return Told(None, text)
    return _tell(unix_day(text)) if len(text) in (10, 13) else None


def _text(value: str, today: date, named: bool) -> Told | None:
    text = squeeze(_TAG.sub(" ", value[: 4 * _LONGEST]))
    call = _DATE_CALL.match(text)
    text = _ZONE_NAME.sub("", call[1].strip() if call else text)
    if not text or len(text) > _LONGEST or not _MAYBE.search(text):
        return None
    if text.lstrip("-").isdecimal() and text.isascii():
        compact = named or len(text) == 8
        return _digits(text, today) if compact and text not in ("0", "-1") else None
    if text.startswith(("/Date(", "\\/Date(", "Date(")):
        return _tell(unix_day(text.replace("\\", "")))
    match = bare_day(text, today)
    if match is None and named and len(text) <= 40:
        match = find_day(text, today)
        if match is not None and match.start > 0:  # a sentence that speaks of a day
            return None
    if match is None or (match.partial and not named):
        return None
    return _tell(match)


def _tell(match: DayMatch | None) -> Told | None:
    if match is None:
        return None
    if match.day is None:
        return Told(None, match.text)
    return Told(DayReading(match.day, How.API, match.text, match.time))


def _parts(parts: list[object]) -> Told | None:
    """A year, a month and a day as three numbers."""
    numbers: list[int] = []
    for part in parts:
        if isinstance(part, str) and part.isascii() and part.isdigit() and len(part) <= 4:
            numbers.append(int(part))
        elif isinstance(part, int) and not isinstance(part, bool):
            numbers.append(part)
        else:
            return None
    year, month, day = numbers
    if not 1900 <= year <= 2200 or not (0 <= month <= 99 and 0 <= day <= 99):
        return None
    text = f"{year}-{month}-{day}"
    when = real_date(year, month, day)
    return Told(None, text) if when is None else Told(DayReading(when, How.API, text))


def _mapping(value: Mapping[object, object], today: date, named: bool, nested: int) -> Told | None:
    """A day as an object: of parts, or of one moment with its zone beside it."""
    inner = {words(str(key)).replace("_", ""): part for key, part in value.items()}
    split = split_day(inner)
    if split is not None:
        return split
    for key in _INNER:
        if key in inner:
            found = _told(inner[key], today, named or key != "text", nested - 1)
            if found is not None:
                return found
    return None


def split_day(fields: Mapping[str, object]) -> Told | None:
    """The day of fields that hold its parts: year, month and day, or 2026-03 and 17."""
    day = next((fields[key] for key in _DAY_KEYS if key in fields), None)
    if day is None:
        return None
    month = next((fields[key] for key in _MONTH_KEYS if key in fields), None)
    year = next((fields[key] for key in _YEAR_KEYS if key in fields), None)
    if year is not None and month is not None:
        return _parts([year, month, day])
    for key in ("ym", "yearmonth", "nianyue", "month", "year"):
        halves = re.fullmatch(r"(\d{4})\s?[-/.年]\s?(\d{1,2})月?", str(fields.get(key, ""))[:12])
        if halves:
            return _parts([int(halves[1]), int(halves[2]), day])
    return None
