"""What is never suspected, however unlikely it looks: usage, names of countries, numerals."""

from __future__ import annotations

import re
from functools import cache

from rules.text.ngrams.confusion import DATA

_NUMERALS = frozenset("〇零一二三四五六七八九十几百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟")
_KINDS_OF_TIES = (
    "(?:两国|双方|双边|关系|建交|命运|友好|合作|联合|经贸|贸易|人民|高层|论坛|战略|传统|自贸|企业|投资"
    "|人文|文化|青年|媒体|元首|外交|外长|防长|执法|军队|海军|边境|铁路|班列)"
)
_NATIONS = re.compile(f"中.{_KINDS_OF_TIES}")
_NATIONS_FIRST = re.compile(f".中{_KINDS_OF_TIES}")
_REPEATED = 2
_MANY = 10


def usage(wrong: str, right: str) -> bool:
    """Whether one may stand for the other: 的 and 地, 做 and 作, 制订 and 制定."""
    changed = [{one, two} for one, two in zip(wrong, right, strict=True) if one != two]
    return any(pair <= group for pair in changed for group in _groups())


def numerals(wrong: str, right: str) -> bool:
    """Whether a numeral would be put for a numeral: which is right cannot be told by reading."""
    changed = {
        char for one, two in zip(wrong, right, strict=True) if one != two for char in one + two
    }
    return changed <= _NUMERALS


def nation(text: str, start: int) -> bool:
    """Whether this is the other of two countries that are named by one character each."""
    second = start > 0 and _NATIONS.match(text, start - 1) is not None
    return second or _NATIONS_FIRST.match(text, start) is not None


def repeated(sentences: int, mended: int) -> bool:
    """Whether the site says this in so many sentences that it must be a term of its own.

    `mended` are its sentences with the other wording in the same place: where these are many times
    more, an error has been repeated.
    """
    return sentences >= _REPEATED and mended < sentences * _MANY


def term(text: str, start: int, end: int) -> bool:
    """Whether the place stands inside a new or rare word that is known to be right."""
    return any(
        text.find(word, max(0, end - len(word)), start + len(word)) >= 0 for word in _terms()
    )


@cache
def _terms() -> tuple[str, ...]:
    lines = (DATA / "terms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _groups() -> tuple[frozenset[str], ...]:
    lines = (DATA / "leave.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(frozenset(line) for line in lines if line and not line.startswith("#"))
