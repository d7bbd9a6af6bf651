"""T603: people's bank cards whose number anybody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.words import Severity
from rules.text.base import Hit, Scope, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.privacy.masks import masked_card
from rules.text.privacy.numbers import card_bin, citizen, luhn
from rules.text.privacy.persons import names_a_citizen
from rules.text.privacy.seeking import AFTER, BEFORE, Candidate, candidates
from rules.text.privacy.surroundings import Around
from rules.text.privacy.words import says

_NUMBER = re.compile(
    rf"{BEFORE}(?P<number>[0-9]{{16,19}}"
    rf"|[0-9]{{4}}(?:[ -][0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?){AFTER}"
)
_BANK = re.compile("银行|信用社|信用联社|农信")
_UNION_PAY = "62"


def _find(corpus: Corpus) -> Iterator[Hit]:
    for found in candidates(corpus, _NUMBER):
        if luhn(found.number) and not citizen(found.number, corpus.day):
            told = _judged(found.number, found.around, corpus)
            if told:
                yield _hit(found, *told)


def _judged(number: str, around: Around, corpus: Corpus) -> tuple[str, Tier] | None:
    """Why a number that passes its check should be hidden and how sure that is, or None."""
    issued = card_bin(number)
    near = f"{around.above}\n{around.line.text}"
    labelled = around.head_of("account") is not None or says(near, "corporate", "labels")
    if says(around.label, "things", "words") and not says(around.label, "corporate", "labels"):
        return None
    if _corporate(around, near):
        own = issued and number.startswith(_UNION_PAY) and labelled
        return ("符合个人银行卡号规则，附近像是单位收款账户，请核实", Tier.REVIEW) if own else None
    if issued and labelled:
        tier = Tier.REPORT if _personal(around, corpus) and not around.sample else Tier.REVIEW
        return "发卡行识别码和校验位都成立，并标明是银行卡号或账号，没有遮掩", tier
    if labelled:
        return "校验位成立，并标明是卡号或账号，请核实是不是个人账户", Tier.REVIEW
    if issued and number.startswith(_UNION_PAY):
        return "发卡行识别码和校验位都成立，请核实是不是个人银行卡号", Tier.REVIEW
    return None


def _corporate(around: Around, near: str) -> bool:
    """Whether the account belongs to a body, or is one that anybody is asked to pay into."""
    if not around.of_a_person:
        return says(f"{near}\n{''.join(around.heads)}", "corporate", "words")
    # The name of the bank is that of a company and says nothing of the account.
    cells = (cell for cell in around.line.cells if not _BANK.search(cell))
    return says("\n".join(cells), "corporate", "bodies")


def _personal(around: Around, corpus: Corpus) -> bool:
    """Whether the account is one person's: a named column, a card, a citizen's number beside it."""
    if around.of_a_person or names_a_citizen(around.line.text, corpus.day):
        return True
    near = f"{around.above[-20:]}{around.line.text}"
    return not around.heads and says(near, "corporate", "cards")


def _hit(found: Candidate, why: str, tier: Tier) -> Hit:
    masked = masked_card(found.number)
    return Hit(found.text, found.start, found.end, masked, why, tier, shown=masked)


RULE = TextRule(
    code="T603",
    name="银行卡号未遮掩",
    severity=Severity.SEVERE,
    clauses=("own-privacy",),
    checks="名单、公示表和附件里个人的银行卡号有没有遮掩：校验位须成立，"
    "并有发卡行识别码或标明是卡号、账号；单位收款账户不算，看不准的列入待核",
    why="个人银行卡号随名单公开，泄露财产信息，容易被人利用。",
    mend="把号码中间部分换成星号，只留前4位和后4位，或者去掉这一栏；附件要替换原文件。",
    find=_find,
    scope=Scope.TEXT,
    rank=20,
)
