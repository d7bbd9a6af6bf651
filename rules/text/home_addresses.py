"""T604: where people live, down to the door, beside their names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.privacy.masks import masked_address
from rules.text.privacy.persons import gives_a_mobile, names_a_citizen
from rules.text.privacy.surroundings import Line, Sheet, is_head
from rules.text.privacy.words import says, words

_COUNT = "[0-9一二三四五六七八九十百]{1,5}"
_DOOR = re.compile(
    rf"{_COUNT}(?:-{_COUNT}){{0,3}}(?:号(?!令|文|公告|线)|栋|幢|单元|室|组|户|号楼|座)|[0-9]{{1,3}}-[0-9]{{1,4}}"
)
_ROOM = re.compile(rf"{_COUNT}(?:号楼|栋|幢|座|单元)(?:{_COUNT}单元)?[0-9]{{1,4}}(?:室|号|户)?")
_PLACE = re.compile("[镇乡村路街巷社区苑园庄屯队]")
_LABELLED = re.compile(
    r"(?:家庭住址|家庭地址|现住址|户籍地址|户籍所在地|居住地址|住址|家住|现住"
    r"|(?<=[，、；])住(?!所))[:：为是在 ]{0,3}"
    r"(?P<address>[\u4e00-\u9fff0-9A-Za-z-]{4,60})"
)
_LONGEST = 80


def _find(corpus: Corpus) -> Iterator[Hit]:
    for text, held in enumerate(corpus.texts):
        if _may_tell(held.plain.text):
            sheet = Sheet(corpus, text)
            yield from _in_tables(corpus, text, sheet)
            yield from _in_lines(corpus, text, sheet)


def _may_tell(plain: str) -> bool:
    """Whether a text may hold an address: a label, or one cell that is itself one."""
    if "住" in plain or any(label in plain for label in words("columns", "address")):
        return True
    return len(plain) <= _LONGEST and _DOOR.search(plain) is not None


def _in_tables(corpus: Corpus, text: int, sheet: Sheet) -> Iterator[Hit]:
    for line, heads in sheet.rows():
        if not _of_people(heads):
            continue
        for number, cell in enumerate(line.cells):
            if len(cell) <= _LONGEST and _lives_there(cell, number, line, heads):
                span = _comparable(corpus, text, line, number)
                if span:
                    yield _hit(text, span, _row_tier(corpus, line), corpus)


@lru_cache(maxsize=256)
def _of_people(heads: tuple[str, ...]) -> bool:
    """Whether a table with these columns tells where people live who hold no office in it."""
    return (
        any(is_head(head, "address") for head in heads)
        and any(is_head(head, "name") for head in heads)
        and not any(says(head, "office", "heads") for head in heads)
    )


def _lives_there(cell: str, number: int, line: Line, heads: tuple[str, ...]) -> bool:
    """Whether a cell holds an address down to the door.

    Where a row lacks its empty cells the heads do not tell its columns, and the words must.
    """
    if len(heads) == len(line.cells):
        return is_head(heads[number], "address") and _DOOR.search(cell) is not None
    return _PLACE.search(cell) is not None and _DOOR.search(cell) is not None


def _row_tier(corpus: Corpus, line: Line) -> Tier:
    told = names_a_citizen(line.text, corpus.day) or gives_a_mobile(line.text)
    return Tier.REPORT if told else Tier.REVIEW


def _in_lines(corpus: Corpus, text: int, sheet: Sheet) -> Iterator[Hit]:
    """Addresses after a label, in running text and in forms; down to the room only."""
    for found in _LABELLED.finditer(corpus.texts[text].plain.text):
        room = _ROOM.search(found["address"])
        if not room:
            continue
        start = found.start("address")
        around = sheet.around(start)
        if around.heads or around.sample:
            continue
        span = start, start + room.end()
        sure = names_a_citizen(around.line.text, corpus.day)
        yield _hit(text, span, Tier.REPORT if sure else Tier.REVIEW, corpus)


def _comparable(corpus: Corpus, text: int, line: Line, number: int) -> tuple[int, int] | None:
    """Where in the comparable text a cell stands."""
    at = corpus.texts[text].plain.at
    first = line.start + line.begins[number]
    raw = line.cells[number]
    start, end = bisect_left(at, first), bisect_left(at, first + len(raw))
    return (start, end) if start < end else None


def _hit(text: int, span: tuple[int, int], tier: Tier, corpus: Corpus) -> Hit:
    start, end = span
    masked = masked_address(corpus.texts[text].plain.text[start:end])
    why = (
        "与姓名同行的住址写到了门牌，同一行还有完整的身份证号或手机号"
        if tier is Tier.REPORT
        else "与个人有关的住址写到了门牌，请核实是否需要公开到这一级"
    )
    return Hit(text, start, end, masked, why, tier, shown=masked)


RULE = TextRule(
    code="T604",
    name="家庭住址过细",
    severity=Severity.GENERAL,
    clauses=("own-privacy",),
    checks="名单、公示表和附件里姓名旁边的住址有没有写到门牌、组、室；"
    "同一行还有完整身份证号或手机号的报告，其余列入待核；单位和店铺的地址不算",
    why="姓名和详细住址一起公开，泄露个人信息。",
    mend="住址只写到乡镇（街道）或村（社区），门牌、楼栋、房号去掉或换成星号。",
    find=_find,
    scope=Scope.TEXT,
    rank=20,
)
