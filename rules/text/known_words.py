"""T201 Wrong words whose right form is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.texts import WordReview
from ledger.words import Severity
from rules.text.base import Hit, TextRule
from rules.text.corpus import Corpus
from rules.text.known.pairs import Matcher, Pair, shipped
from rules.text.plain import plain
from rules.text.sentences import Block

_ALONE = 3  # a confirmed wrong form shorter than this is only looked for in its own context


def find(corpus: Corpus) -> Iterator[Hit]:
    """The known wrong words, and those the site's people have confirmed."""
    for block in corpus.blocks():
        for start, end, pair in shipped().find(block.text):
            yield _hit(block, start, end, pair, f"“{pair.wrong}”是“{pair.right}”的常见错误写法")
    yield from _confirmed(corpus)


def _confirmed(corpus: Corpus) -> Iterator[Hit]:
    """What people of this site have found wrong, wherever it stands."""
    reviews = [review for review in corpus.policy.reviews if not review.right and review.suggest]
    free = {
        plain(review.wrong).text: review.suggest
        for review in reviews
        if len(plain(review.wrong).text) >= _ALONE
    }
    matcher = Matcher((wrong, right) for wrong, right in free.items() if wrong != right)
    bound = [r for r in reviews if plain(r.wrong).text not in free]
    for block in corpus.blocks() if reviews else ():
        for start, end, pair in matcher.find(block.text):
            yield _hit(block, start, end, pair, f"本站曾确认“{pair.wrong}”应为“{pair.right}”")
        yield from _in_context(block, bound)


def _in_context(block: Block, reviews: Iterable[WordReview]) -> Iterator[Hit]:
    text = f"\n{block.text}"  # a line feed may be all that stood before
    for review in reviews:
        if not review.before and not review.after:
            continue
        around = review.before + review.wrong + review.after
        at = text.find(around)
        while at >= 0:
            start = at + len(review.before) - 1
            pair = Pair(review.wrong, review.suggest)
            why = f"本站曾确认“{around}”中的“{pair.wrong}”应为“{pair.right}”"
            yield _hit(block, start, start + len(review.wrong), pair, why)
            at = text.find(around, at + 1)


def _hit(block: Block, start: int, end: int, pair: Pair, why: str) -> Hit:
    unit, offset = block.locate(start)
    severity = Severity.LIGHT if pair.variant else None
    return Hit(unit, offset, offset + end - start, pair.right, f"{why}。", severity=severity)


RULE = TextRule(
    code="T201",
    name="常见错别字",
    severity=Severity.GENERAL,
    clauses=("own-wording",),
    checks="把文字与一份“错误写法、正确写法”对照表逐一比对，本站确认过的错误也一并比对。",
    why="这些写法不成词，权威文字里也不用，出现即是写错，影响网站的严肃性。",
    mend="按建议改正。确属专名等正确写法的，复核为误报，以后同样的地方不再提示。",
    find=find,
    rank=30,
)
