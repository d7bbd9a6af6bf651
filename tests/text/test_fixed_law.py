"""Whatever one character an expression loses, gains or gets wrong, it is found and put right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from rules.text.alike.likeness import lookalikes
from rules.text.alike.tokens import splits, tokens
from rules.text.base import Tier
from rules.text.corpus import gather
from rules.text.expressions import RULE
from rules.text.fixed.entries import Edits, Expression, book
from rules.text.proofing import Proof, proofs

_CHARS = "国共中人大会员省市县区法政府党委制度经济发展建设管理社会主义工作文化合作座做式事试员园"


@cache
def _long() -> list[Expression]:
    return [entry for entry in book().expressions if len(entry.text) >= 6]


@cache
def entries() -> frozenset[str]:
    return frozenset(entry.text for entry in book().expressions)


@dataclass(frozen=True)
class Edited:
    """An expression with one edit strictly inside it."""

    right: Expression
    wrong: str
    at: int


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    right = draw(st.sampled_from(_long()))
    text, at = right.text, draw(st.integers(1, len(right.text) - 2))
    char = draw(st.sampled_from(_CHARS))
    wrong = draw(
        st.sampled_from(
            [
                text[:at] + char + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text[:at] + char + text[at:],
                text[:at] + text[at] + text[at:],
                text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] if at > 1 else text,
            ]
        )
    )
    assume(wrong != text)
    return Edited(right, wrong, at)


def judged(right: Expression, words: str) -> list[Proof]:
    framed = f"《{words}》" if right.category.titled else f"，{words}。"
    page = PageText("http://a.cn/", day=None, passages=(Passage(PassageKind.BODY, framed),))
    return proofs(gather([page], TextPolicy(), date(2026, 3, 20)), [RULE])


def excused(case: Edited) -> bool:
    """Whether the edited words are right as well, or an exception of the data speaks for them."""
    right, wrong = case.right.text, case.wrong
    if any(word in wrong for word in (*entries(), *book().allowed) if word not in right):
        return True
    if right in wrong or wrong in right:
        return True
    spare = book().inserted | book().dropped | set("〇零一二三四五六七八九十百千万两首末上下")
    changed = Counter(wrong)
    changed.subtract(right)
    moved = {char for char, count in changed.items() if count}
    doubled = any(a == b for a, b in pairwise(wrong)) and not any(
        a == b for a, b in pairwise(right)
    )
    return bool(moved & spare) and not doubled


def near(wrong: str, right: str) -> bool:
    """Whether one edit leads from one to the other, reckoned the slow way."""
    if abs(len(wrong) - len(right)) > 1:
        return False
    shorter, longer = sorted((wrong, right), key=len)
    if len(shorter) < len(longer):
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    differing = [at for at in range(len(wrong)) if wrong[at] != right[at]]
    return len(differing) == 1 or (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and sorted(wrong[differing[0] : differing[1] + 1])
        == sorted(right[differing[0] : differing[1] + 1])
    )


def rivals(wrong: str) -> set[str]:
    """The expressions one edit away; where there are several, any may be meant."""
    return {text for text in entries() if near(wrong, text)}


def reads_well(case: Edited) -> bool:
    """Whether a word of the dictionary covers the edited place, or runs over an end."""
    words = tokens(f"，{case.wrong}。")
    if splits(words, 1) or splits(words, len(case.wrong) + 1):
        return True
    touched = range(case.at, case.at + 3)
    return any(start < place < end for start, end in words for place in touched)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(edited())
def test_every_edit_is_found_and_put_right(case: Edited) -> None:
    assume(not excused(case))
    found = judged(case.right, case.wrong)
    loose = case.right.category.edits is not Edits.ANY and not case.right.category.titled
    if not found:
        assert loose, case.wrong
        assert reads_well(case), case.wrong
        return
    mended = list(f"，{case.wrong}。")
    for proof in reversed(found):
        mended[proof.start : proof.end] = proof.hit.suggest
    put = "".join(mended).strip("，。《》")
    assert put in rivals(case.wrong)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(_long()))
def test_expressions_as_they_should_be_are_silent(right: Expression) -> None:
    assert judged(right, right.text) == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from([e for e in _long() if e.category.edits is Edits.ANY]), st.data())
def test_what_sounds_alike_in_a_grave_name_is_reported(right: Expression, data: st.DataObject):
    at = data.draw(st.integers(1, len(right.text) - 2))
    char = data.draw(st.sampled_from(sorted(lookalikes(right.text[at]))))
    wrong = right.text[:at] + char + right.text[at + 1 :]
    assume(not excused(Edited(right, wrong, at)))
    assert [proof.tier for proof in judged(right, wrong)] == [Tier.REPORT]
