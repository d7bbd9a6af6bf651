"""T405 Paragraph numbers that come twice or are left out."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.texts import PassageKind
from ledger.words import Severity
from rules.text.aged.numbering import Slip, Style, han_written, slips
from rules.text.base import Hit, Scope, TextRule, Tier
from rules.text.corpus import Corpus

_READ = frozenset({PassageKind.BODY, PassageKind.ATTACHMENT})
_LEAST = 3  # regular numbers around a wrong one that show it to be wrong


def find(corpus: Corpus) -> Iterator[Hit]:
    """Wrong numbers in the numbered paragraphs of each text; tables are not read."""
    for number, text in enumerate(corpus.texts):
        if any(passage.kind in _READ for _, passage in corpus.passages(number)):
            for slip in slips(text.plain.text, _LEAST):
                yield _hit(number, slip)


def _hit(number: int, slip: Slip) -> Hit:
    mark = slip.mark
    wrong, missed = _shown(mark.style, mark.value), _shown(mark.style, slip.right)
    if mark.value == slip.before.value:
        why = f"序号“{wrong}”出现了两次，按前后顺序这里应是“{missed}”。"
    else:
        why = f"序号“{_shown(mark.style, slip.before.value)}”后面直接是“{wrong}”，缺少“{missed}”。"
    suggest = missed if mark.value == slip.before.value else ""
    tier = Tier.REPORT if slip.sure else Tier.REVIEW
    return Hit(number, mark.start, mark.end, suggest, why, tier)


def _shown(style: Style, value: int) -> str:
    return han_written(value) if style in (Style.HAN, Style.HAN_BRACKETED) else str(value)


RULE = TextRule(
    code="T405",
    name="序号错乱",
    severity=Severity.LIGHT,
    clauses=("own-aged",),
    checks="核对段落开头的序号（一、（一）1.（1）），找出重复和跳过的；表格不查。",
    why="序号重复或缺号，常常是漏了内容或多贴了内容。",
    mend="核对原文：内容没有缺漏的改正序号，有缺漏的补齐。",
    find=find,
    scope=Scope.TEXT,
    rank=35,
)
