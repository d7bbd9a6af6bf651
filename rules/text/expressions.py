"""T101: fixed expressions written one character wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from ledger.words import Severity
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.fixed.entries import Expression, book
from rules.text.fixed.judge import Judge, Slip, best
from rules.text.fixed.near import Edit, Scanner
from rules.text.fixed.slips import known_slips

_USAGE = 3
"""A general wording that stands in so many different sentences is how the site says it."""


@cache
def _scanner() -> Scanner:
    entries = book()
    return Scanner([entry.text for entry in entries.expressions], list(entries.allowed))


def _find(corpus: Corpus) -> Iterator[Hit]:
    found = list(_slips(corpus))
    usage = Counter(slip.wrong for _, slip in found)
    near = [hit for number, slip in found if (hit := _hit(corpus, number, slip, usage[slip.wrong]))]
    yield from _agreed(near, list(known_slips(corpus)))


def _agreed(near: list[Hit], known: list[Hit]) -> Iterator[Hit]:
    """A known slip speaks before a near miss, unless that reads it as part of something else."""
    told: dict[int, list[Hit]] = {}
    for hit in near:
        told.setdefault(hit.unit, []).append(hit)
    kept = [
        hit
        for hit in known
        if not any(
            other.start <= hit.start and hit.end <= other.end and hit.suggest not in other.suggest
            for other in told.get(hit.unit, ())
        )
    ]
    yield from kept
    sure: dict[int, list[Hit]] = {}
    for hit in kept:
        sure.setdefault(hit.unit, []).append(hit)
    for hit in near:
        if not any(_overlap(hit, other) for other in sure.get(hit.unit, ())):
            yield hit


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end


def _slips(corpus: Corpus) -> Iterator[tuple[int, Slip]]:
    for block in corpus.blocks():
        scan = _scanner().scan(block.text)
        judge = Judge(book(), scan, block.text)
        slips: dict[int, list[Slip]] = {}
        for near in scan.near:
            number, at = block.locate(near.start)
            start = near.start - at
            slip = judge.slip(near, start, start + len(corpus.sentences[number]))
            if slip:
                slips.setdefault(number, []).append(slip)
        for number, together in slips.items():
            for slip in best(together):
                yield number, slip


def _hit(corpus: Corpus, number: int, slip: Slip, usage: int) -> Hit | None:
    expression = slip.expression
    days = _days(corpus, number, expression)
    if days is not None and not days:
        return None
    severity = expression.category.severity
    own = severity is not Severity.SEVERE and usage >= _USAGE
    return Hit(
        unit=number,
        start=slip.start,
        end=slip.start + len(slip.wrong),
        suggest=expression.text,
        why=_why(slip),
        tier=Tier.REVIEW if own else slip.tier,
        severity=severity,
        clause="A1" if severity is Severity.SEVERE else "own-wording",
        category=expression.category.name,
        days=days,
    )


def _days(corpus: Corpus, number: int, expression: Expression) -> frozenset[date | None] | None:
    """The publication days on which the expression holds, None where it always does."""
    if expression.since is None and expression.until is None:
        return None
    return frozenset(day for day in corpus.days_of(number) if expression.holds(day))


def _why(slip: Slip) -> str:
    said = {
        Edit.OTHER: f"“{slip.new}”应为“{slip.old}”",
        Edit.LESS: f"少了“{slip.old}”",
        Edit.MORE: f"多了“{slip.new}”",
        Edit.TWICE: f"多了一个“{slip.new}”",
        Edit.TURNED: f"“{slip.old}”与后一字颠倒",
    }[slip.near.edit]
    right = slip.expression
    return f"与固定表述“{right.text}”（见{right.source}）只差一字：{said}"


RULE = TextRule(
    code="T101",
    name="固定表述写错",
    severity=Severity.SEVERE,
    clauses=("A1", "own-wording"),
    checks="国名、党和国家机构名、会议名、行政区全称、重要提法和法律名称是否多字、少字、错字或颠倒。",
    why="固定表述只有一种正确写法，写错一字就可能构成严重表述错误。",
    mend="按建议改正后重新发布，并检查同一稿件的其他载体；确属规范用法的，请复核为误报。",
    find=_find,
    rank=10,
)
