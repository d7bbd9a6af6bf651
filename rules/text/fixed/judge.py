"""Decides which near misses are slips: reported, kept for a person, or said nothing of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from rules.text.alike.likeness import alike
from rules.text.alike.tokens import splits, tokens
from rules.text.base import Tier
from rules.text.fixed.entries import Book, Edits, Expression
from rules.text.fixed.near import SHORT, Edit, Near, Scan

_NUMERALS = frozenset("〇零一二三四五六七八九十百千万两首末上下")
_OPEN, _CLOSE = "《〈", "》〉（"
_STATE = "中华人民共和国"
_BRIEF = 5
"""Up to this length one other character may make another body's name."""
_LONG = 10
"""From this length on a difference is worth a look even where it reads well."""


_Change = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """A near miss that is taken for a slip; `start` counts in its sentence.

    `old` is the character that should stand there and `new` the one that does, either empty.
    """

    near: Near
    start: int
    wrong: str
    old: str
    new: str
    expression: Expression
    tier: Tier
    alike: bool


class Judge:
    """Judges the near misses of one text by the guards of the book."""

    def __init__(self, book: Book, scan: Scan, text: str) -> None:
        self._book, self._scan, self._text = book, scan, text
        self._allowed = list(book.allowed.values())

    def slip(self, near: Near, start: int, end: int) -> Slip | None:
        """The slip, or None; the sentence is `start` to `end` of the text."""
        expression = self._book.expressions[near.number]
        if self._usual(near, expression):
            return None
        tier = (
            self._as_title(near, expression)
            if expression.category.titled
            else self._as_words(near, expression, start, end)
        )
        if tier is None:
            return None
        old, new = _changed(near, expression.text, self._text)
        wrong = self._text[near.start : near.end]
        alike = self._alike(near, expression)
        return Slip(near, near.start - start, wrong, old, new, expression, tier, alike)

    def _usual(self, near: Near, expression: Expression) -> bool:
        """Whether the difference is no slip whatever stands around it."""
        old, new = _changed(near, expression.text, self._text)
        if _counts(near.edit, old, new) or (near.edit is Edit.OTHER and _simplified(new) == old):
            return True
        loose = expression.category.edits is not Edits.ANY
        if near.edit is Edit.MORE and new in self._book.inserted:
            return True
        if near.edit is Edit.OTHER and loose and new in self._book.inserted and not alike(old, new):
            return True
        if near.edit is Edit.LESS and old in self._book.dropped and loose:
            return True
        return any(
            self._lets(number, expression) for number in self._scan.covering(near.low, near.high)
        )

    def _lets(self, number: int, expression: Expression) -> bool:
        """Whether this whole wording speaks for itself: an expression, or one that is allowed."""
        place = number - len(self._book.expressions)
        return (
            place < 0 or not self._allowed[place] or expression.category.key in self._allowed[place]
        )

    def _as_title(self, near: Near, expression: Expression) -> Tier | None:
        before = self._text[max(0, near.start - len(_STATE)) : near.start]
        framed = before[-1:] in _OPEN or before == _STATE
        if not framed or self._text[near.end : near.end + 1] not in _CLOSE:
            return None
        if not self._alike(near, expression):
            return Tier.REVIEW
        words = tokens(self._text[near.start : near.end])
        if near.edit is Edit.OTHER and _in_word(words, near.low - near.start):
            # 国际法 is no slip for 国籍法.
            return None if len(expression.text) <= SHORT else Tier.REVIEW
        return Tier.REPORT

    def _as_words(self, near: Near, expression: Expression, start: int, end: int) -> Tier | None:
        words = tokens(self._text[start:end])
        if splits(words, near.start - start):
            return None
        if splits(words, near.end - start) and not self._parted(near, expression, start, end):
            return None
        edits, alike = expression.category.edits, self._alike(near, expression)
        at_end = near.edit is Edit.OTHER and not near.start < near.low < near.end - 1
        if at_end and edits is not Edits.ANY:
            # What stands before or after a name may well sound like its first or last character.
            sure = edits is Edits.ALIKE and self._text[near.low] not in self._book.particles
            reads = _in_word(words, near.low - start)
            return Tier.REVIEW if sure and not reads else None
        if at_end and self._text[near.low] in self._book.particles:
            return None
        reads = all(_in_word(words, place - start) for place in range(near.low, near.high))
        if len(expression.text) > SHORT and (
            edits is Edits.ANY or (edits is Edits.NAME and near.edit is not Edit.MORE)
        ):
            doubtful = reads and not alike and near.edit is Edit.OTHER
            return Tier.REVIEW if doubtful and len(expression.text) <= _BRIEF else Tier.REPORT
        if alike:
            return Tier.REVIEW if reads and near.edit is Edit.OTHER else Tier.REPORT
        return None if reads and len(expression.text) < _LONG else Tier.REVIEW

    def _parted(self, near: Near, expression: Expression, start: int, end: int) -> bool:
        """Whether only the slip makes a word run over the end: 党的 where the party is misspelt."""
        inside = near.edit is Edit.OTHER and near.high < near.end
        if not inside or not self._alike(near, expression):
            return False
        right = self._text[start : near.start] + expression.text + self._text[near.end : end]
        return not splits(tokens(right), near.end - start)

    def _alike(self, near: Near, expression: Expression) -> bool:
        """Whether the edit is of the kind that happens when typing or scanning."""
        if near.edit is Edit.OTHER:
            return alike(*_changed(near, expression.text, self._text))
        return near.edit in (Edit.TWICE, Edit.TURNED)


def _changed(near: Near, right: str, text: str) -> tuple[str, str]:
    """The character that should stand there and the one that does, either empty."""
    place = near.low - near.start
    if near.edit is Edit.LESS:
        return right[place + 1], ""
    if near.edit in (Edit.MORE, Edit.TWICE):
        return "", text[near.low]
    return right[place], text[near.low]


def _counts(edit: Edit, old: str, new: str) -> bool:
    """Whether the edit makes another number of it: another session, another plenum."""
    if edit is Edit.TWICE:
        return False
    if edit is Edit.TURNED:
        return old in _NUMERALS and new in _NUMERALS
    return old in _NUMERALS or new in _NUMERALS


def _in_word(words: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end and end - start > 1 for start, end in words)


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(char: str) -> str:
    return str(_converter().convert(char)) if char else ""  # type: ignore[attr-defined]


def best(slips: Sequence[Slip]) -> list[Slip]:
    """One slip for each edit: as sure as the surest, in the shortest expression that shows it.

    Of slips that overlap but mean different edits the surest stays, then the longest.
    """
    together: dict[_Change, list[Slip]] = {}
    for slip in slips:
        if not any(_within(slip, other) for other in slips):
            together.setdefault(_change(slip), []).append(slip)
    kept: list[Slip] = []
    for same in sorted(together.values(), key=_strength):
        shortest = min(same, key=_telling)
        rival = next((one for one in kept if _overlap(shortest.near, one.near)), None)
        if rival is None:
            tier = Tier.REPORT if any(slip.tier is Tier.REPORT for slip in same) else Tier.REVIEW
            kept.append(replace(shortest, tier=tier))
        elif (rival.wrong, rival.near.edit) == (shortest.wrong, shortest.near.edit) and (
            rival.alike == shortest.alike
        ):
            # Two expressions are equally near: which one is meant, only a person can tell.
            kept[kept.index(rival)] = replace(rival, tier=Tier.REVIEW)
    return kept


def _telling(slip: Slip) -> tuple[bool, int]:
    """The shortest shows the slip best, as long as it still says what the whole is."""
    return len(slip.expression.text) <= SHORT, len(slip.wrong)


def _strength(same: Sequence[Slip]) -> tuple[bool, bool, int, bool]:
    sure = any(slip.tier is Tier.REPORT for slip in same)
    inside = all(slip.near.start < slip.near.low for slip in same)
    likely = any(slip.alike or slip.near.edit is Edit.LESS for slip in same)
    return not sure, not inside, -max(len(slip.wrong) for slip in same), not likely


def _within(one: Slip, other: Slip) -> bool:
    """Whether another reading, of other edits, accounts for more of the text than this one."""
    if len(one.wrong) >= len(other.wrong) or not _overlap(one.near, other.near):
        return False
    if one.expression is other.expression:
        return True
    inside = other.near.start <= one.near.start and one.near.end <= other.near.end
    return inside and _change(one) != _change(other)


def _change(slip: Slip) -> _Change:
    return slip.near.low, slip.near.high, slip.old, slip.new


def _overlap(one: Near, other: Near) -> bool:
    return one.start < other.end and other.start < one.end
