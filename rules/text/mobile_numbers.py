"""T602: private people's mobile numbers that anybody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.privacy.masks import masked_mobile
from rules.text.privacy.numbers import mobile
from rules.text.privacy.persons import names_a_citizen
from rules.text.privacy.seeking import AFTER, BEFORE, Candidate, candidates
from rules.text.privacy.surroundings import Around, is_head
from rules.text.privacy.words import says

_NUMBER = re.compile(
    rf"{BEFORE}(?:(?:\+|00)?86[ -]?)?(?P<number>1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}){AFTER}"
)


def _find(corpus: Corpus) -> Iterator[Hit]:
    for found in candidates(corpus, _NUMBER):
        if mobile(found.number):
            told = _judged(found.around, corpus)
            if told:
                yield _hit(found, *told)


def _judged(around: Around, corpus: Corpus) -> tuple[str, Tier] | None:
    """Why a number at this place should be hidden and how sure that is, or None."""
    if names_a_citizen(around.line.text, corpus.day):
        return "同一行里还有完整的身份证号，是个人的手机号", _sure(around)
    if is_thing(around):
        return None
    return _in_table(around) if around.head_of("name") is not None else _in_text(around)


def _in_table(around: Around) -> tuple[str, Tier] | None:
    if around.of_an_office:
        why = "表格里有姓名和手机号，页面涉及办事的个人，也有单位、职务等栏，请核实"
        return (why, Tier.REVIEW) if around.private and not _contacts(around) else None
    if around.private and not _contacts(around):
        return "所在表格列有个人姓名，手机号没有遮掩", _sure(around)
    if _contacts(around) and not around.private:
        return None
    return "所在表格列有姓名和手机号，请核实是不是个人信息", Tier.REVIEW


def _in_text(around: Around) -> tuple[str, Tier] | None:
    near = f"{around.above[-40:]}\n{around.line.text}"
    if around.heads and (around.of_an_office or says("".join(around.heads), "office", "lines")):
        return None
    if says(near, "private", "labels") and around.private:
        return "标明是个人的手机号，页面涉及办事的个人，请核实", Tier.REVIEW
    if says(near, "office", "lines"):
        return None
    return "像是手机号，附近没有说明是公务电话，请核实", Tier.REVIEW


def _contacts(around: Around) -> bool:
    """Whether page or table is called a list of whom to call."""
    return says(around.heading, "office", "contacts")


def is_thing(around: Around) -> bool:
    """Whether the words before a number make it the number of a thing."""
    return (
        says(around.label, "things", "words")
        and not is_head(around.label, "phone")
        and not says(around.label, "columns", "phone")
    )


def _sure(around: Around) -> Tier:
    return Tier.REVIEW if around.sample else Tier.REPORT


def _hit(found: Candidate, why: str, tier: Tier) -> Hit:
    masked = masked_mobile(found.number)
    return Hit(found.text, found.start, found.end, masked, why, tier, shown=masked)


RULE = TextRule(
    code="T602",
    name="个人手机号未遮掩",
    severity=Severity.GENERAL,
    clauses=("own-privacy",),
    checks="名单、公示表和附件里申请人、受助人等个人的手机号有没有遮掩；"
    "单位的联系、咨询、举报、值班电话不算，看不准的列入待核",
    why="个人手机号随名单公开，当事人会受骚扰和诈骗。",
    mend="把中间4位换成星号，例如138****5678，附件要替换原文件；本来就该公开的公务电话请复核为误报。",
    find=_find,
    scope=Scope.TEXT,
    rank=20,
)
