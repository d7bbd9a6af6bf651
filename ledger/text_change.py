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

_ENDS = re.compile(r"[\n\r。!?;]+")
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
_Sentences = Counter[str]
_Pages = Mapping[str, set[bytes]]


@dataclass(frozen=True, slots=True)
class Revision(Generic[K]):
    """Two texts of the page known as `page`, the older first."""

    key: K
    page: bytes
    before: str
    after: str


def changed(revisions: Iterable[Revision[K]]) -> dict[K, TextChange | None]:
    """What each revision changed, None where that is nothing a reader would call an edit.

    A revision of which one text holds nothing is left out: nothing was read there.
    """
    told: list[tuple[Revision[K], _Sentences, _Sentences]] = []
    gone: dict[str, set[bytes]] = {}
    come: dict[str, set[bytes]] = {}
    for revision in revisions:
        before, after = _sentences(revision.before), _sentences(revision.after)
        if not before or not after:
            continue
        told.append((revision, before, after))
        if not _reflowed(before, after):
            for sentence in before - after:
                gone.setdefault(sentence, set()).add(revision.page)
            for sentence in after - before:
                come.setdefault(sentence, set()).add(revision.page)
    return {revision.key: _change(before, after, gone, come) for revision, before, after in told}


def _sentences(text: str) -> _Sentences:
    """The sentences of a text as they are compared, in the order of the text."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    found: _Sentences = Counter()
    for part in _ENDS.split(plain):
        sentence = _SPACE.sub("", part)
        sentence = _CLOCK.sub("", sentence)
        sentence = _COUNTERS.sub("", sentence)
        if sentence and not _is_furniture(sentence):
            found[sentence] += 1
    return found


def _is_furniture(sentence: str) -> bool:
    if len(sentence) <= _BUTTON_LENGTH and _BUTTON.match(sentence):
        return True
    return len(sentence) <= _LABELLED_LENGTH and _LABELLED.match(sentence) is not None


def _reflowed(before: _Sentences, after: _Sentences) -> bool:
    """Whether only line breaks have moved."""
    return before == after or "".join(before.elements()) == "".join(after.elements())


def _change(
    before: _Sentences,
    after: _Sentences,
    gone: _Pages,
    come: _Pages,
) -> TextChange | None:
    if _reflowed(before, after):
        return None
    old = _own(before - after, gone)
    new = _own(after - before, come)
    if old == new:
        return None
    size = sum(len(s) * n for s, n in before.items()) + sum(len(s) * n for s, n in after.items())
    return TextChange(*_around(old, new), share=min(1.0, (len(old) + len(new)) / size))


def _own(difference: _Sentences, alike: _Pages) -> str:
    """The sentences of a difference that few other pages share."""
    return "。".join(s for s in difference.elements() if len(alike[s]) < _ALIKE)


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
