"""T601: citizens' numbers that anybody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.privacy.masks import masked_citizen
from rules.text.privacy.numbers import citizen, old_citizen
from rules.text.privacy.seeking import AFTER, BEFORE, Candidate, candidates
from rules.text.privacy.words import says

_LENGTH, _OLD_LENGTH = 18, 15
# A disabled person's certificate is the citizen's number, kind and degree, and at times B and a
# digit for each copy; a pupil's number is the citizen's number after G or L.
_NUMBER = re.compile(
    rf"{BEFORE}[GL]?(?P<number>"
    r"[1-8][0-9]{5}[ -]?(?:19|20)[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{3}[0-9Xx]"
    r"(?:[1-7][1-4](?:B[0-9])?)?"
    r"|[1-8](?: ?[0-9]){16} ?[0-9Xx]"
    rf"|[1-8][0-9]{{14}}){AFTER}"
)


def _find(corpus: Corpus) -> Iterator[Hit]:
    for found in candidates(corpus, _NUMBER):
        if len(found.number) == _OLD_LENGTH:
            hit = _old(found) if old_citizen(found.number, corpus.day) else None
        else:
            hit = _new(found) if citizen(found.number[:_LENGTH], corpus.day) else None
        if hit:
            yield hit


def _new(found: Candidate) -> Hit | None:
    around = found.around
    if len(found.number) > _LENGTH:
        if "残疾" not in around.label and "残疾" not in f"{around.line.text}{around.page}":
            return None
        return _hit(found, "残疾人证号由18位身份证号加类别和等级组成，露出了身份证号")
    if around.sample:
        why = "地区、出生日期、校验位都成立，但附近有示例一类的字样，请核实号码是否虚构"
        return _hit(found, why, Tier.REVIEW)
    if says(around.label, "things", "words") and not says(around.label, "things", "people"):
        why = "号码合乎身份证号的编码规则，但前面的文字说它是别的编号，请核实"
        return _hit(found, why, Tier.REVIEW)
    return _hit(found, "18位号码的地区、出生日期、校验位都合乎居民身份证号的规则，没有遮掩")


def _old(found: Candidate) -> Hit | None:
    around = found.around
    if not says(around.label, "things", "people"):
        return None
    return _hit(found, "15位号码的地区和出生日期符合旧式身份证号规则，且标明是证件号", Tier.REVIEW)


def _hit(found: Candidate, why: str, tier: Tier = Tier.REPORT) -> Hit:
    masked = masked_citizen(found.number)
    return Hit(found.text, found.start, found.end, masked, why, tier, shown=masked)


RULE = TextRule(
    code="T601",
    name="身份证号未遮掩",
    severity=Severity.SEVERE,
    clauses=("own-privacy",),
    checks="正文、表格、附件、图片说明和隐藏文字中有没有完整的居民身份证号；"
    "18位号码须地区、出生日期、校验位都成立，旧式15位号码和像编号的只列入待核",
    why="公示、公告里带出完整身份证号，泄露个人信息，也容易被人利用。",
    mend="把号码中间部分换成星号，例如保留前4位和后2位，附件要替换原文件；并清理搜索引擎快照。",
    find=_find,
    scope=Scope.TEXT,
    rank=20,
)
