"""Days in the small texts of a row: bare ones, and those split over nodes (`16` by `2031-01`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from crawler.reading import days
from crawler.reading.days import DayMatch

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?$")
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?$")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_MONTH = re.compile(r"(\d{1,2})\s*月$")
_DAY = re.compile(r"(\d{1,2})\s*日$")
_NUMBER = re.compile(r"(\d{1,2})$")
_NAMED_YEAR = re.compile(r"([A-Za-z]{3,9})\.?,?\s*((?:19|20)\d{2})$")
_NAMED_DAY = re.compile(r"(?:(\d{1,2})\s*)?([A-Za-z]{3,9})\.?(?:\s*(\d{1,2}))?,?$")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?$")
_PLAIN = re.compile(r"[\[(（【]?(\d{4})([-/.])(\d{1,2})\2(\d{1,2})[\])）】]?")
_EDGES = " \t-/.,，|[]【】()（）"


@lru_cache(maxsize=4096)
def bare_day(text: str, today: date) -> DayMatch | None:
    """`days.bare_day`, with the commonest form read at once and short texts remembered."""
    match = _PLAIN.fullmatch(text)
    # A bracket on one side only is none of the day's.
    paired = match is not None and (match.start(1) > 0) == (match.end(4) < len(text))
    if match and paired and 1980 <= int(match[1]) <= 2150:
        try:
            day = date(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            pass
        else:
            return DayMatch(day, None, text, 0, len(text), "ymd")
    return days.bare_day(text, today)


def compose(texts: list[str]) -> str:
    """The day that small neighbouring texts make together, as `Y-M-D` or `M-D`, else ''."""
    if not 1 < len(texts) <= 9:
        return ""
    numbers = numbers_and_year(texts)
    if numbers is not None:
        first, second, year = numbers
        if max(first, second) <= 12 and first != second:
            return ""
        return f"{year}-{min(first, second):02d}-{max(first, second):02d}"
    found: dict[str, list[int]] = {"year": [], "month": [], "day": [], "number": []}
    for text in texts:
        part = text.strip(_EDGES)
        if not part or part in ("年", "月", "日"):
            _unit(part, found)
            continue
        if not _sort(part, found):
            return ""
    return _assemble(found)


def numbers_and_year(texts: Sequence[str]) -> tuple[int, int, int] | None:
    """Two bare numbers and the year behind them; `16` `01` is as usual there as `01` `16`."""
    parts = [text.strip(_EDGES) for text in texts]
    if len(parts) != 3 or not parts[0].isdecimal() or not parts[1].isdecimal():
        return None
    year = _YEAR.match(parts[2])
    first, second = int(parts[0]), int(parts[1])
    if year is None or not (0 < first < 32 and 0 < second < 32):
        return None
    return first, second, int(year[1])


def _unit(part: str, found: dict[str, list[int]]) -> None:
    """A lone 年, 月 or 日 says what the number before it was."""
    if not part or not found["number"]:
        return
    if part == "月":
        found["month"].append(found["number"].pop())
    elif part == "日":
        found["day"].append(found["number"].pop())


def _sort(part: str, found: dict[str, list[int]]) -> bool:
    """File one text under what it can be; False for a text that belongs to no date."""
    if _TIME.match(part):
        return True
    if match := _YEAR.match(part):
        found["year"].append(int(match[1]))
    elif match := _YEAR_MONTH.match(part):
        found["year"].append(int(match[1]))
        found["month"].append(int(match[2]))
    elif match := _MONTH_DAY.match(part):
        found["month"].append(int(match[1]))
        found["day"].append(int(match[2]))
    elif match := _MONTH.match(part):
        found["month"].append(int(match[1]))
    elif match := _DAY.match(part):
        found["day"].append(int(match[1]))
    elif match := _NUMBER.match(part):
        found["number"].append(int(match[1]))
    else:
        return _sort_named(part, found)
    return True


def _sort_named(part: str, found: dict[str, list[int]]) -> bool:
    """`Apr`, `Apr 2031`, `12 Apr`, `Apr 12`."""
    if (match := _NAMED_YEAR.match(part)) and match[1].lower() in _MONTHS:
        found["month"].append(_MONTHS[match[1].lower()])
        found["year"].append(int(match[2]))
        return True
    if (match := _NAMED_DAY.match(part)) and match[2].lower() in _MONTHS:
        found["month"].append(_MONTHS[match[2].lower()])
        found["day"].extend(int(group) for group in (match[1], match[3]) if group)
        return True
    return False


def _assemble(found: dict[str, list[int]]) -> str:
    years, months, days, numbers = (found[k] for k in ("year", "month", "day", "number"))
    if len(years) > 1 or len(months) > 1 or len(days) > 1:
        return ""
    if not months and numbers:
        # Without a unit the order is month before day, as `01` `16`.
        months.append(numbers.pop(0))
    if not days and numbers:
        days.append(numbers.pop(0))
    if not months or not days or numbers:
        return ""
    if years:
        return f"{years[0]}-{months[0]:02d}-{days[0]:02d}"
    return f"{months[0]:02d}-{days[0]:02d}"
