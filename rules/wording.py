"""How days, quotations and column paths are put into Chinese sentences."""

from __future__ import annotations

import re
from datetime import date

from ledger.site import ColumnPath

HOME_SUBJECT = "首页"
SITE_SUBJECT = "全站"

# Control, zero-width and direction-turning characters: page text must not rearrange a sentence.
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def day_words(day: date) -> str:
    """`2026年3月8日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def clip(text: str, limit: int = 60) -> str:
    """Text taken from a portal, on one line and cut to `limit` characters."""
    # Cut before cleaning: a page may offer megabytes.
    line = " ".join(_UNPRINTED.sub(" ", text[: limit * 8]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def sentence(text: str) -> str:
    """`text` with exactly one full stop at its end."""
    return text.rstrip("。；， ") + "。"


def as_seen(text: str, seen: date, day: date) -> str:
    """The sentence `text` about `day`; a run of another day (`seen`) is named as its source."""
    return text if seen == day else f"{text.rstrip('。')}（依据{day_words(seen)}的巡查）。"


def subject_of(path: ColumnPath) -> str:
    """The subject under which findings name a column; the home page has the empty path."""
    return " > ".join(path) if path else HOME_SUBJECT
