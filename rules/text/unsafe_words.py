"""T501: unsafe words that a hacked page shows, told from news that warns of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby

from ledger.texts import PassageKind
from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule
from rules.text.corpus import Corpus
from rules.text.headings import beside, headings, opening
from rules.text.unsafe.judging import Verdict, judged
from rules.text.unsafe.lexicon import Found, bordered, guarded, lowered, scan, spaced_out

_LOUD = frozenset({PassageKind.TITLE, PassageKind.ENTRY, PassageKind.ALT, PassageKind.HIDDEN})
_NEAR, _OPENING, _PAGES = 80, 3_000, 5


def _find(corpus: Corpus) -> Iterator[Hit]:
    for number, entries in _by_sentence(corpus).items():
        words = lowered(corpus.sentences[number])
        kept = bordered(words, entries)
        for _, group in groupby(_ordered(kept), key=lambda one: one.unsafe.category.name):
            same = list(group)
            for spot in corpus.sentences.spots(number) if same else ():
                verdict = _judged(corpus, spot.text, spot.offset, words, same)
                if verdict:
                    yield _hit(spot.text, spot.offset, verdict)


def _by_sentence(corpus: Corpus) -> Mapping[int, list[Found]]:
    """The entries in each sentence, counted from its beginning."""
    found: dict[int, list[Found]] = defaultdict(list)
    for block in corpus.blocks():
        words = lowered(block.text)
        for one in [*scan(words), *spaced_out(words)]:
            number, start = block.locate(one.start)
            found[number].append(Found(start, start + one.end - one.start, one.unsafe))
    return found


def _ordered(found: list[Found]) -> list[Found]:
    return sorted(found, key=lambda one: one.unsafe.category.name)


def _judged(
    corpus: Corpus, text: int, offset: int, sentence: str, found: list[Found]
) -> Verdict | None:
    words = corpus.texts[text].plain.text
    end = offset + len(sentence)
    near = f"{words[max(0, offset - _NEAR) : offset]}\n{words[end : end + _NEAR]}"
    holders = list(corpus.passages(text))
    if len(words) <= _NEAR:
        # A draft's paragraphs are passages of their own.
        page, number = corpus.texts[text].holders[0]
        near = f"{near}\n{beside(corpus.pages[page], number, 1)[: 2 * _NEAR]}"
    titles = "\n".join(headings(page) for page, _ in holders[:_PAGES])
    if words in titles:
        titles = titles.replace(words, "")
    loud = any(passage.kind in _LOUD for _, passage in holders) and not any(
        guarded(opening(page, _OPENING)) for page, _ in holders[:_PAGES]
    )
    return judged(sentence, found, near=near, titles=titles, loud=loud)


def _hit(text: int, offset: int, verdict: Verdict) -> Hit:
    category = verdict.first.unsafe.category
    beside = f"，同句还有“{'”“'.join(verdict.others[:3])}”" if verdict.others else ""
    return Hit(
        unit=text,
        start=offset + verdict.first.start,
        end=offset + verdict.first.end,
        suggest="",
        why=f"属于{category.name}词语，{verdict.why}{beside}",
        tier=verdict.tier,
        severity=category.severity,
        clause=category.clause,
        category=category.name,
    )


RULE = TextRule(
    code="T501",
    name="不良信息",
    severity=Severity.SEVERE,
    clauses=("A1", "own-wording"),
    checks="正文、标题、附件、图片说明和隐藏文字里有没有色情、赌博、涉枪涉爆、违法广告和不文明词语；"
    "打击、防范、案件、法规等语境里的不算，只是单个词语出现的列入待核",
    why="网页被篡改、挂上博彩色情广告，或者发布了不良内容，属于单项否决的情形。",
    mend="先确认是否被篡改：是的，立即断网处置、清除并上报；不是的，改掉有关词句。",
    find=_find,
    scope=Scope.TEXT,
    rank=25,
)
