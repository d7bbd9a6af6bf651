"""What a CMS wrote into an address: days and months, and the session of whoever asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from ledger.addresses import INDEX as INDEX
from ledger.addresses import canonical as canonical
from ledger.addresses import without_session as without_session
from ledger.facts import DayReading, Item
from ledger.words import How

_YEAR = r"(?P<y>(?:199[4-9]|20[0-4]\d))"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12]\d|3[01])"
_LOOSE_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_LOOSE_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3])[0-5]\d[0-5]\d"

# The surest first: a folder of its own or a family's known prefix. A number that merely begins like
# a day (content_20120829, 2025031, a 19-digit id) is an id and is not read.
_EXACT = (
    re.compile(rf"/[tT]{_YEAR}{_MONTH}{_DAY}[_.]"),  # TRS
    re.compile(rf"/{_YEAR}/{_LOOSE_MONTH}/{_LOOSE_DAY}/"),
    re.compile(rf"/{_YEAR}-{_LOOSE_MONTH}-{_LOOSE_DAY}(?=[/_.]|$)"),
    re.compile(rf"/{_YEAR}[-/]?{_MONTH}[-/]{_DAY}/"),
    re.compile(rf"/{_YEAR}/?{_MONTH}{_DAY}/"),
    re.compile(rf"/{_YEAR}_{_MONTH}_{_DAY}[/_]"),
    re.compile(rf"/{_YEAR}-{_MONTH}{_DAY}/"),
    re.compile(rf"/[PW]0{_YEAR}{_MONTH}{_DAY}\d{{6,12}}\.", re.I),  # TRS attachments
    re.compile(rf"/(?:t|a|n|news|nw|art)?[_-]?{_YEAR}{_MONTH}{_DAY}[_-][0-9a-z]+\.", re.I),
    re.compile(rf"/(?:ARTI|VIDE|PHOA)\w{{16}}(?P<yy>\d{{2}}){_MONTH}{_DAY}\.s?html?"),
    re.compile(rf"/{_YEAR}{_MONTH}{_DAY}{_CLOCK}(?:\d{{3}})?(?=[._/]|$)"),
    re.compile(rf"/(?P<yy>[012]\d)/{_MONTH}{_DAY}/(?:[01]\d|2[0-3])/[0-9A-Z]{{12,}}"),
)
# Whatever has none of these has no day: told before the forms are tried one by one.
_DATED = re.compile(
    r"/(?:[A-Za-z]{0,4}[_-]?0?(?:199[4-9]|20[0-4]\d)|ARTI|VIDE|PHOA|[012]\d/)", re.I
)
_MONTHLY = (
    re.compile(rf"/{_YEAR}{_MONTH}/"),
    re.compile(rf"/{_YEAR}[-_/]{_MONTH}/"),
    re.compile(rf"/{_YEAR}/{_LOOSE_MONTH}/"),
)
_LONGEST = 2000
_LONGEST_KEPT = 400


def day_in_address(url: str) -> DayReading | None:
    """The exact day in the path of `url`, or None where there is none to be sure of."""
    return _known_day(url) if len(url) <= _LONGEST_KEPT else _day_in(url)


def _day_in(url: str) -> DayReading | None:
    path = _path(url)
    if not _DATED.search(path):
        return None
    for match in _matches(_EXACT, path):
        year = match.groupdict().get("yy")
        try:
            day = date(
                2000 + int(year) if year else int(match["y"]), int(match["m"]), int(match["d"])
            )
        except ValueError:
            continue
        return DayReading(day, How.ADDRESS, match.group().strip("/"))
    return None


# A list asks for the days of its items more than once.
_known_day = lru_cache(maxsize=4096)(_day_in)


def month_in_address(url: str) -> tuple[int, int] | None:
    """Year and month of a monthly folder such as /202503/, or None."""
    path = _path(url)
    for match in _matches(_MONTHLY, path):
        return int(match["y"]), int(match["m"])
    exact = day_in_address(url)
    return (exact.day.year, exact.day.month) if exact else None


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url[:_LONGEST].strip()).path)
    except ValueError:
        return ""


def _matches(patterns: tuple[re.Pattern[str], ...], path: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(path)


def nameless(item: Item) -> bool:
    """Whether a script hides where an item leads: its address only names it on its page."""
    return not item.url or "#" in item.url
