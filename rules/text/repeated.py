"""T302 Characters, words and marks written twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.words import Severity
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.repeats.scan import listed, marks, repeats
from rules.text.repeats.sure import Place, placed, tier
from rules.text.repeats.weigh import Weight, weighed

_DOUBTFUL = 2.5
"""Decades of likelihood a repeat must cost before its sentence is looked at more closely."""

_TERM, _TERM_ONE_SIDE = 2, 4
"""Sentences of a site in which a repeat stands between the same characters, or beside one of them,
for it to be taken for a term of its own."""


def find(corpus: Corpus) -> Iterator[Hit]:
    """The repeats of all sentences."""
    yield from _marks(corpus)
    yield from _items(corpus)
    yield from _words(corpus)


def _marks(corpus: Corpus) -> Iterator[Hit]:
    """Punctuation marks; several in one sentence may be a table whose cells were lost."""
    found = [
        (*block.locate(start), end - start)
        for block in corpus.blocks()
        for start, end in marks(block.text)
    ]
    times = Counter(unit for unit, _, _ in found)
    for unit, start, size in found:
        mark = corpus.sentences[unit][start]
        sure = size == 2 and times[unit] == 1
        why = f"标点“{mark}”连用了{size}次。"
        yield Hit(unit, start, start + size, mark, why, Tier.REPORT if sure else Tier.REVIEW)


def _items(corpus: Corpus) -> Iterator[Hit]:
    for block in corpus.blocks():
        for start, end, once in listed(block.text):
            unit, offset = block.locate(start)
            word = block.text[start:once]
            why = f"并列的“{word}”接连出现了两次。"
            yield Hit(unit, offset, offset + end - start, word, why, Tier.REVIEW)


def _words(corpus: Corpus) -> Iterator[Hit]:
    # The table is read only where something is repeated.
    from rules.text.ngrams.judge import shipped_scorer

    judged = [
        (unit, place, weight, sure)
        for block in corpus.blocks()
        for found in [repeats(block.text)]
        if found
        for repeat, weight in zip(found, weighed(shipped_scorer(), block.text, found), strict=True)
        if weight.gain >= _DOUBTFUL
        for unit, start in [block.locate(repeat.start)]
        for place in [placed(corpus.sentences[unit], start, repeat)]
        if (sure := tier(place, weight)) is not None
    ]
    terms = _terms([place for _, place, _, _ in judged])
    for unit, place, weight, sure in judged:
        own = bool(terms & set(_neighbours(place)))
        if sure is Tier.REPORT and (own or corpus.policy.shadow):
            yield _hit(unit, place, weight, Tier.REVIEW)
        elif not own:
            yield _hit(unit, place, weight, sure)


def _terms(places: Sequence[Place]) -> set[str]:
    """The repeats that stand with the same neighbours in several sentences."""
    seen = Counter(words for place in places for words in _neighbours(place))
    both = {f"{p.around(-1)}{p.text[p.start : p.end]}{p.around(1)}" for p in places}
    return {
        words
        for words, times in seen.items()
        if times >= (_TERM if words in both else _TERM_ONE_SIDE)
    }


def _neighbours(place: Place) -> list[str]:
    """The repeat with the characters around it, with the one before it, with the one after it."""
    words = place.text[place.start : place.end]
    before, after = place.around(-1), place.around(1)
    if not before or not after:
        return []
    return [f"{before}{words}{after}", f"{before}{words}", f"{words}{after}"]


def _hit(unit: int, place: Place, weight: Weight, sure: Tier) -> Hit:
    once = place.text[place.start : place.start + place.repeat.kept]
    before = place.text[max(0, place.start - 2) : place.start]
    mended = f"{before}{once}{place.text[place.end : place.end + 2]}"
    why = f"“{place.word}”接连写了{place.repeat.copies}次，去掉多余的读作“{mended}”，通顺得多。"
    return Hit(unit, place.start, place.end, once, why, sure, score=weight.gain)


RULE = TextRule(
    code="T302",
    name="重复字词",
    severity=Severity.GENERAL,
    clauses=("own-wording",),
    checks="查找接连重复的字、词和标点，比较去掉多余部分前后语句的通顺程度；叠字叠词、前后两词同字相接、"
    "人名和数字不算。",
    why="多写的字词多为录入、粘贴时的疏漏，读者一眼可见，影响网站的严肃性。",
    mend="删去多余的字词或标点。确属专名等正确写法的，复核为误报，以后同样的地方不再提示。",
    find=find,
    rank=55,
    contextual=True,
)
