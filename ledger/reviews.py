"""Reviews (复核): what people say of findings. A later word outweighs an earlier; none is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ledger.findings import Place
from ledger.texts import WordReview
from ledger.words import ReviewWord

_OPEN, _CLOSE = "【", "】"


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word on a finding: who, when, why. It counts from the as-of day `day` on.

    `spans` are the places in the text it speaks of, empty where the finding is not about wording.
    """

    site: str
    fingerprint: str
    word: ReviewWord
    at: datetime
    day: date
    by: str
    note: str = ""
    spans: tuple[WordReview, ...] = ()


def spans_of(places: Iterable[Place], suggest: str, word: ReviewWord) -> tuple[WordReview, ...]:
    """The wording that places mark with 【】, with the character on either side of it."""
    right = word is ReviewWord.DISMISSED
    found: dict[WordReview, None] = {}
    for place in places:
        left, opened, rest = place.excerpt.partition(_OPEN)
        wrong, closed, after = rest.partition(_CLOSE)
        if opened and closed and wrong:
            before = "" if left.endswith("］") else left[-1:]
            found.setdefault(WordReview(wrong, before, after[:1], suggest, right))
    return tuple(found)
