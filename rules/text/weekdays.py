"""T404 A weekday that does not fit the date it stands beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ledger.words import Severity
from rules.text.aged.calendar import Written, days, following, near
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.sentences import Block

_WEEKDAYS = "一二三四五六日"
# Bracketed right behind the date, or bare and ended by a mark, a time of day or the line.
_NAMED = re.compile(
    r" ?（ ?(?:星期|周|礼拜)([一二三四五六日天]) ?(?:[），,]|[上下]午|[0-9])"
    r"| ?，? ?(?:星期|周|礼拜)([一二三四五六日天])(?=[ ，。；）\n]|[上下中]午|[早晚]上|[0-9]|$)"
)
_OTHER_CALENDARS = ("农历", "阴历", "旧历", "藏历", "民国", "昭和", "平成", "令和")
_EARLIEST = 1949  # before it other calendars were in use
_CONTEXT = 40  # characters on either side that may name another calendar
_REACH = 120  # days from its publication within which a page means a day without a year


def find(corpus: Corpus) -> Iterator[Hit]:
    """Dates with another weekday than their own."""
    for block in corpus.blocks():
        yield from _found(corpus, block)


def _found(corpus: Corpus, block: Block) -> Iterator[Hit]:
    text = block.text
    dated: tuple[int, Written] | None = None
    for written in days(text):
        if written.year is not None and written.possible:
            dated = (block.locate(written.start)[0], written)
        named = _NAMED.match(text, written.end)
        if named and written.possible:
            weekday = _WEEKDAYS.index((named[1] or named[2]).replace("天", "日"))
            place = named.start(1) if named[1] else named.start(2)
            behind = place + 1 + (text[place + 1 : place + 2] == "）")
            unit, start = block.locate(written.start)
            around = text[max(0, written.start - _CONTEXT) : written.end + _CONTEXT]
            if not any(name in around for name in _OTHER_CALENDARS):
                end = start + behind - written.start
                anchor = dated[1] if dated and dated[0] == unit else None
                yield from _judged(corpus, unit, start, end, written, weekday, anchor)


def _judged(
    corpus: Corpus,
    unit: int,
    start: int,
    end: int,
    written: Written,
    weekday: int,
    anchor: Written | None,
) -> Iterator[Hit]:
    if written.year is not None:
        if written.year >= _EARLIEST:
            meant = date(written.year, written.month, written.day)
            if meant.weekday() != weekday:
                yield _hit(unit, start, end, meant, Tier.REPORT, None)
        return
    if anchor is not None and anchor.year is not None:
        # 2026年1月1日至3日…1月4日: the sentence has named its year.
        begun = date(anchor.year, anchor.month, anchor.day)
        meant_next = following(written.month, written.day, begun)
        if meant_next and begun.year >= _EARLIEST and meant_next.weekday() != weekday:
            yield _hit(unit, start, end, meant_next, Tier.REVIEW, None)
        return
    for published in corpus.days_of(unit):
        meant_then = near(written.month, written.day, published, _REACH) if published else None
        if meant_then and meant_then.weekday() != weekday:
            yield _hit(unit, start, end, meant_then, Tier.REVIEW, frozenset({published}))


def _hit(
    unit: int, start: int, end: int, meant: date, tier: Tier, pages: frozenset[date | None] | None
) -> Hit:
    right = f"星期{_WEEKDAYS[meant.weekday()]}"
    why = f"{meant.year}年{meant.month}月{meant.day}日是{right}，日期和星期至少有一个写错。"
    return Hit(unit, start, end, "", why, tier, days=pages)


RULE = TextRule(
    code="T404",
    name="日期与星期不符",
    severity=Severity.GENERAL,
    clauses=("own-aged",),
    checks="核对写在日期后面的星期；没有写年份的，按页面发布日期推定，只列为待核。",
    why="日期和星期不一致，群众不知道以哪个为准，容易误事。",
    mend="核实后改正日期或星期。",
    find=find,
    rank=35,
)
