"""The time of day written after a date, and moments of other zones told in Shanghai's."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))

TIME = re.compile(
    r"(?:T|-(?=\d\d:\d\d)|\s{0,3},?\s{0,2}(?:[(（\[]?(?:星期|周|礼拜)[一二三四五六日天][)）\]]?|at|\|)?\s{0,4})"
    r"(?P<ap>上午|下午|晚上|晚间|晚|中午|凌晨|早上|傍晚|AM|PM)?\s{0,2}"
    r"(?P<h>\d{1,2})\s?(?::|时|点)\s?(?P<i>\d{2}|\d(?!\d))分?(?!\d)"
    r"(?::(?P<sec>\d{1,2})(?!\d)(?:[.,]\d{1,9})?|\d{1,2}秒)?\s?(?P<ap2>[AP]M(?![A-Za-z]))?"
    r"(?:\s?(?P<z>Z(?![A-Za-z])|GMT(?![A-Za-z+])|UTC(?![A-Za-z+])|[+-](?:0\d|1[0-4]):?(?:00|30|45)(?![:\d])))?",
    re.I,
)
_LATER_HALF = ("下午", "晚上", "晚间", "晚", "傍晚", "pm")


def with_time(plain: str, when: date, end: int) -> tuple[date, str | None, int]:
    """Day, clock and end of what was read, for a date that ends at `end`.

    The day moves only where the time names another zone (UTC in ISO stamps).
    """
    match = TIME.match(plain, end)
    if match is None:
        return when, None, end
    hour, minute = int(match["h"]), int(match["i"])
    half = (match["ap"] or match["ap2"] or "").lower()
    if half in _LATER_HALF and hour < 12:
        hour += 12
    elif half in ("am", "凌晨", "上午") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return when, None, end
    zone = match["z"]
    if zone and (zone.upper() in ("Z", "GMT", "UTC") or match["sec"]):
        return _in_shanghai(when, hour, minute, zone, match.end())
    stop = match.start("z") if zone else match.end()
    return when, f"{hour:02d}:{minute:02d}", stop


def _in_shanghai(when: date, hour: int, minute: int, zone: str, end: int) -> tuple[date, str, int]:
    shift = timedelta()
    if zone[0] in "+-":
        shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        shift = -shift if zone[0] == "-" else shift
    try:
        moment = datetime(when.year, when.month, when.day, hour, minute, tzinfo=timezone(shift))
        local = moment.astimezone(SHANGHAI)
    except OverflowError:
        return when, f"{hour:02d}:{minute:02d}", end
    return local.date(), local.strftime("%H:%M"), end
