"""Whether the text of a page has changed since it was read before, and where.

Texts are compared as bags of sentences, freed of what changes by itself: white space and line
breaks, the width of characters, counters of visits, clocks, and the furniture that a template puts
around an article (previous and next article, font size, breadcrumbs, the line with source and day).
Sentences that came or went on several pages alike are the template's, too. The order of
sentences does not count: a template that moves a box has edited nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ledger.facts import TextChange

EXCERPT = 80
"""The most characters shown of a difference, on either side."""

_LONGEST = 400_000
_CONTEXT = 20
_ALIKE = 3
"""A sentence that came or went on so many pages is the template's."""

_ENDS = re.compile(r"[\n\r。!?;！？；]+")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NUMBER = r"[\[(]?\d[\d,]{0,14}[\])]?"
_COUNTERS = re.compile(
    r"(?:浏览|阅读|访问|点击|查看|阅览|点赞|转发|评论|收藏|下载|已阅)"
    r"(?:次数|人次|人数|总量|量|数|率)?[:为]?"
    rf"{_NUMBER}(?:人次|次|人|遍)?"
    rf"|{_NUMBER}(?:人次|次|人)(?=浏览|阅读|访问|点击|查看)"
)
_CLOCK = re.compile(
    r"(?:今天|今日|现在|当前时间)(?:是|为)?:?\d{4}年\d{1,2}月\d{1,2}日(?:星期.)?[\d:时分秒]{0,12}"
)
_LABELLED = re.compile(
    r"[【\[]?(?:[上下]一?[篇条页]|字号|字体|当前位置|您(?:现在|当前)?的?(?:所在)?的?位置"
    r"|(?:信息|文章|稿件)?来源|(?:发布|发文|更新|发稿|创建)(?:时间|日期)|(?:责任)?编辑|作者"
    r"|索引号|分享到?)[:\]】]"
)
_BUTTON = re.compile(r"[【\[(]?(?:打印|关闭|返回顶部|收藏|扫一扫|扫码|分享|字号|字体|大中小)")
_LABELLED_LENGTH = 120
_BUTTON_LENGTH = 24

K = TypeVar("K")
_Pages = Mapping[str, set[bytes]]


@dataclass(frozen=True, slots=True)
class Revision(Generic[K]):
    """Two texts of the page known as `page`, the older first."""

    key: K
    page: bytes
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as its sentences are compared, in order; `shown` has each as it was written."""

    sentences: Counter[str]
    shown: dict[str, str]

    @property
    def size(self) -> int:
        return sum(len(s) * n for s, n in self.sentences.items())

    def own(self, other: _Text, alike: _Pages) -> str:
        """What `other` lacks, but for what is lacking on many pages alike."""
        missing = (self.sentences - other.sentences).elements()
        return "。".join(self.shown[s] for s in missing if len(alike[s]) < _ALIKE)


def changed(revisions: Iterable[Revision[K]]) -> dict[K, TextChange | None]:
    """What each revision changed, None where that is nothing a reader would call an edit.

    A revision of which one text holds nothing is left out: nothing was read there.
    """
    told: list[tuple[Revision[K], _Text, _Text]] = []
    gone: dict[str, set[bytes]] = {}
    come: dict[str, set[bytes]] = {}
    for revision in revisions:
        before, after = _text(revision.before), _text(revision.after)
        if not before.sentences or not after.sentences:
            continue
        told.append((revision, before, after))
        if not _reflowed(before, after):
            for sentence in before.sentences - after.sentences:
                gone.setdefault(sentence, set()).add(revision.page)
            for sentence in after.sentences - before.sentences:
                come.setdefault(sentence, set()).add(revision.page)
    return {revision.key: _change(before, after, gone, come) for revision, before, after in told}


def _text(text: str) -> _Text:
    found = _Text(Counter(), {})
    for part in _ENDS.split(text[:_LONGEST]):
        written = _SPACE.sub("", part)
        sentence = _CLOCK.sub("", unicodedata.normalize("NFKC", written))
        sentence = _COUNTERS.sub("", sentence)
        if sentence and not _is_furniture(sentence):
            found.sentences[sentence] += 1
            found.shown.setdefault(sentence, written)
    return found


def _is_furniture(sentence: str) -> bool:
    if len(sentence) <= _BUTTON_LENGTH and _BUTTON.match(sentence):
        return True
    return len(sentence) <= _LABELLED_LENGTH and _LABELLED.match(sentence) is not None


def _reflowed(before: _Text, after: _Text) -> bool:
    """Whether only line breaks have moved."""
    one, two = before.sentences, after.sentences
    return one == two or "".join(one.elements()) == "".join(two.elements())


def _change(before: _Text, after: _Text, gone: _Pages, come: _Pages) -> TextChange | None:
    if _reflowed(before, after):
        return None
    old, new = before.own(after, gone), after.own(before, come)
    if not old and not new:
        return None
    share = (len(old) + len(new)) / (before.size + after.size)
    return TextChange(*_around(old, new), share=min(1.0, share))


def _around(old: str, new: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part."""
    part = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if part is None:
        part = min(len(old), len(new)) if old and new else 0
    start = max(0, part - _CONTEXT)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    head = "…" if start else ""
    shown = text[start : start + EXCERPT]
    if start + EXCERPT < len(text) or len(head) + len(shown) > EXCERPT:
        return head + shown[: EXCERPT - len(head) - 1] + "…"
    return head + shown
