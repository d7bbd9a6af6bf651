"""Whether unsafe words in a stretch of text are spam, worth a look, or lawful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.texts import Tier
from rules.text.unsafe.lexicon import Found, Strength, calls, chats, guarded

_ENOUGH_WORDS, _ENOUGH_COMPANY = 2, 2
_SHARE = 0.4
"""Of a title that is spam a single unsafe word is so much; news have more to say."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of unsafe words: `first` is the one to show, `others` stand by it."""

    first: Found
    others: tuple[str, ...]
    tier: Tier
    why: str


def judged(
    sentence: str, found: Sequence[Found], *, near: str = "", titles: str = "", loud: bool = False
) -> Verdict | None:
    """What the entries found in a sentence of small letters amount to.

    `near` is the text around the sentence, `titles` what its pages are called; `loud` says that
    the sentence stands where spam is put: in a title, behind a picture, hidden.
    """
    ads = _distinct(found, Strength.AD)
    strong = _distinct(found, Strength.WORD)
    weak = _distinct(found, Strength.WEAK)
    services = _distinct(found, Strength.SERVICE)
    if not ads and not strong and not (services and chats(sentence)):
        return None
    rest = _without(sentence, found)
    if guarded(rest) or guarded(titles):
        return None
    first = (ads or strong or services)[0]
    words = [one.unsafe.word for one in (*ads, *strong, *weak, *services)]
    others = tuple(dict.fromkeys(word for word in words if word != first.unsafe.word))
    company = len(weak) + len(services)
    filled = sum(len(one.unsafe.word) for one in strong) >= _SHARE * len(sentence.strip())
    why = _spam(ads, strong, company, loud=loud and filled, reachable=calls(rest))
    warned = guarded(near)
    if why and not warned:
        return Verdict(first, others, Tier.REPORT, why)
    if warned and not ads:
        return None
    return Verdict(first, others, Tier.REVIEW, "单独出现，请对照上下文核实")


def _spam(
    ads: Sequence[Found],
    strong: Sequence[Found],
    company: int,
    *,
    loud: bool,
    reachable: bool,
) -> str:
    """Why this is spam, or nothing where it may be something else."""
    if ads:
        return "是不良广告的固定写法，周围没有打击、防范等字样"
    if len(strong) >= _ENOUGH_WORDS or (strong and company >= _ENOUGH_COMPANY):
        return "几个不良词语挤在一处，周围没有打击、防范等字样"
    if strong and reachable:
        return "不良词语带着联系方式，像是广告"
    if strong and loud:
        return "标题、图片说明或隐藏文字里几乎只有不良词语"
    return ""


def _distinct(found: Sequence[Found], strength: Strength) -> list[Found]:
    """The first place of each entry of this strength."""
    return list(
        {
            one.unsafe.word: one for one in reversed(found) if one.unsafe.strength is strength
        }.values()
    )[::-1]


def _without(sentence: str, found: Sequence[Found]) -> str:
    """The sentence with the entries blotted out: what an ad says of itself is no warning."""
    chars = list(sentence)
    for one in found:
        chars[one.start : one.end] = " " * (one.end - one.start)
    return "".join(chars)
