"""Whether digits are a citizen's number, a mobile number or the number of a bank card."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rules.text.privacy.words import words

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_YEAR = 1900
_SHORTEST_BIN, _LONGEST_BIN = 4, 9


def folder() -> Traversable:
    """Where the data of the privacy rules stands."""
    return files("rules") / "data" / "text" / "privacy"


def citizen(number: str, day: date) -> bool:
    """Whether these 18 characters are a citizen's number (GB 11643) of somebody born by `day`."""
    return (
        len(number) == 18
        and number[:17].isdigit()
        and number[:6] in _regions()
        and _born(number[6:10], number[10:14], day)
        and check_digit(number[:17]) == number[17].upper()
    )


def old_citizen(number: str, day: date) -> bool:
    """Whether these 15 digits may be a number of the form given out until 1999."""
    return (
        len(number) == 15
        and number[:6] in _regions()
        and _born(f"19{number[6:8]}", number[8:12], day)
    )


def check_digit(first: str) -> str:
    """The last character of the citizen's number that begins with these 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def mobile(number: str) -> bool:
    """Whether these 11 digits are a mobile number."""
    return len(number) == 11 and number[:3] in words("mobile", "prefixes")


def luhn(number: str) -> bool:
    """Whether the last of these digits checks the others, as on every bank card."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def card_bin(number: str) -> bool:
    """Whether a bank in China issues cards whose number begins like this."""
    return any(number[:length] in _bins() for length in range(_SHORTEST_BIN, _LONGEST_BIN + 1))


def _born(year: str, rest: str, day: date) -> bool:
    month, of_month = int(rest[:2]), int(rest[2:])
    if not (_FIRST_YEAR <= int(year) <= day.year and 1 <= month <= 12):
        return False
    if not 1 <= of_month <= monthrange(int(year), month)[1]:
        return False
    return date(int(year), month, of_month) <= day


@cache
def _regions() -> frozenset[str]:
    return _spelt_out("regions.txt")


@cache
def _bins() -> frozenset[str]:
    return _spelt_out("card_bins.txt")


def _spelt_out(name: str) -> frozenset[str]:
    """The numbers of a file whose lines give their common beginning, then what may follow it."""
    text = (folder() / name).read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(f"{start}{end}" for start, *ends in rows for end in ends)
