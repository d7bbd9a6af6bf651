"""T403 Dates that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.words import Severity
from rules.text.aged.calendar import Written, days, longest
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.sentences import Block

# Their months have other lengths.
_OTHER_CALENDARS = ("农历", "阴历", "旧历", "夏历", "藏历", "回历", "伊斯兰历", "傣历", "彝历")
_MONTH_ALONE = re.compile(r"年 ?(1[3-9]|[2-9][0-9]) ?月(?! ?[0-9])")
_YEAR_BEFORE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2} ?$")
_FIGURES = re.compile(
    r"(?<![0-9A-Za-z.\-/])((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9A-Za-z.\-/])"
)
_NUMERALS = tuple("0123456789一二三四五六七八九十两半")  # before 年: so many years
_NO_DAY_BEHIND = tuple("第满.-~/")
_MONTHS = 12
_NO_DAY_AFTER = 31
_CONTEXT = 40  # characters on either side that may name another calendar


def find(corpus: Corpus) -> Iterator[Hit]:
    """Days and months that there are not."""
    for block in corpus.blocks():
        yield from _found(block)


def _found(block: Block) -> Iterator[Hit]:
    text = block.text
    for written in days(text):
        if not written.possible and _meant(text, written):
            unit, start = block.locate(written.start)
            if not _otherwise(text[max(0, written.start - _CONTEXT) : written.end + _CONTEXT]):
                yield _hit(unit, start, written.end - written.start, _why(written), _tier(written))
    for found in _MONTH_ALONE.finditer(text):
        ahead = _YEAR_BEFORE.search(text, max(0, found.start() - 5), found.start())
        if ahead:
            unit, start = block.locate(ahead.start())
            yield _hit(unit, start, found.end() - ahead.start(), "一年只有12个月。", Tier.REPORT)
    for found in _FIGURES.finditer(text):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
        if 1 <= month <= _MONTHS and longest(month, year) < day <= _NO_DAY_AFTER:
            unit, start = block.locate(found.start())
            why = f"{year}年{month}月只有{longest(month, year)}天。"
            yield _hit(unit, start, found.end() - found.start(), why, Tier.REVIEW)


def _meant(text: str, written: Written) -> bool:
    """Whether this is a day at all, and not a span of time or the end of some number."""
    if written.year is not None:
        return True
    before = text[max(0, written.start - 3) : written.start].rstrip(" ")
    if before[-1:] in ("年", "岁"):
        return before[:-1].rstrip(" ")[-1:] not in _NUMERALS
    return before[-1:] not in _NO_DAY_BEHIND


def _otherwise(around: str) -> bool:
    """Whether the words around a date say that they count by another calendar."""
    return any(name in around for name in _OTHER_CALENDARS)


def _tier(written: Written) -> Tier:
    """Reported where it is surely a date: with its year, or a day that only just is none."""
    likely = 1 <= written.month <= _MONTHS and 1 <= written.day <= _NO_DAY_AFTER
    if written.year is None:
        return Tier.REPORT if likely else Tier.REVIEW
    return Tier.REPORT if written.month and written.day else Tier.REVIEW


def _why(written: Written) -> str:
    if not 1 <= written.month <= _MONTHS:
        return f"没有{written.month}月，一年只有12个月。"
    most = longest(written.month, written.year)
    year = f"{written.year}年" if written.year is not None else ""
    return f"{year}{written.month}月只有{most}天。" if written.day else "没有0日。"


def _hit(unit: int, start: int, length: int, why: str, tier: Tier) -> Hit:
    return Hit(unit, start, start + length, "", why, tier)


RULE = TextRule(
    code="T403",
    name="不存在的日期",
    severity=Severity.GENERAL,
    clauses=("own-aged",),
    checks="把文字中的日期与公历对照，找出不存在的日期，如2月30日、13月、平年的2月29日。",
    why="日期写错会误导办事群众，也影响文件的严肃性。",
    mend="对照原件核实日期后改正。",
    find=find,
    rank=35,
)
