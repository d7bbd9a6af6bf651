"""The days that names, titles and cells of a notice say, in the ways people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>20\d{2})(?:\s*[-/.年_]\s*(?P<m>\d{1,2})(?:\s*[-/.月_]\s*(?P<d>\d{1,2})日?)?月?"
    r"|(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01]))|(?P<m3>\d{1,2})月(?P<d3>\d{1,2})日)(?!\d)"
)
_SPELT = re.compile(
    r"(?P<y>[二〇零○Ｏ一三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<d>[一二三四五六七八九十]{1,3})日)?"
)
_ONES = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
}
_WIDE = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_SERIAL = re.compile(r"[45]\d{4}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)


def day_of(text: str, year: int | None = None) -> date | None:
    """The last day a text names, of a month alone its last one: reports name spans.

    A day without a year is one of the year before it in the text, else of `year`.
    """
    return max((day for day, _ in _named(text, year)), default=None)


def day_in_cell(text: str, year: int | None = None) -> date | None:
    """The same of a cell that holds a day, where it may stand as a workbook's bare number."""
    if _SERIAL.fullmatch(text.strip()):
        return _EPOCH + timedelta(days=int(float(text)))
    return day_of(text, year)


def notice_day(texts: Iterable[str]) -> tuple[date | None, bool]:
    """The day of a notice by its name and titles, and whether only a month was named.

    A day in a later title goes before the end of a month named first, where it fits that month.
    """
    told = [held for text in texts if (held := list(_named(text, None)))]
    if not told:
        return None, False
    last, whole = max(told[0])
    if whole:
        return last, False
    start = last.replace(day=1)
    fitting = [
        day
        for held in told
        for day, exact in held
        if exact and start <= day <= last + timedelta(days=last.day)
    ]
    return (max(fitting), False) if fitting else (last, True)


def _named(text: str, year: int | None) -> Iterator[tuple[date, bool]]:
    """Each day, and whether the text names it and not only its month."""
    for found in _DAY.finditer(_plain(text)):
        month = found["m"] or found["m2"] or found["m3"]
        day = found["d"] or found["d2"] or found["d3"]
        year = int(found["y"]) if found["y"] else year
        if year is None or not month:
            continue
        try:
            first = date(year, int(month), int(day) if day else 1)
        except ValueError:
            continue
        if day:
            yield first, True
        else:
            yield date(year + int(month) // 12, int(month) % 12 + 1, 1) - timedelta(days=1), False


def _plain(text: str) -> str:
    return _SPELT.sub(_in_digits, text.translate(_WIDE))


def _in_digits(found: re.Match[str]) -> str:
    year = "".join(str(_ONES[sign]) for sign in found["y"])
    day = f"{_number(found['d'])}日" if found["d"] else ""
    return f"{year}年{_number(found['m'])}月{day}"


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_ONES.get(tens, 1) * 10 if ten else 0) + (_ONES[ones] if ones else 0)
