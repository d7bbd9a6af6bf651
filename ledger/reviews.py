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
    `until` is the last day an acceptance holds, `unit` who an assignment names. `in_report` and
    `veto` turn a switch of the finding; None leaves it as it is.
    """

    site: str
    fingerprint: str
    word: ReviewWord
    at: datetime
    day: date
    by: str
    note: str = ""
    spans: tuple[WordReview, ...] = ()
    until: date | None = None
    unit: str = ""
    in_report: bool | None = None
    veto: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds on a day after all that was said of one finding.

    `word` is None where nobody judged it, or took back what was said; `since` is the day of that
    word. `of_text` says that the word speaks of places in a text. `until` is the last day of an
    acceptance, kept when that day has passed.
    """

    word: ReviewWord | None = None
    since: date | None = None
    of_text: bool = False
    until: date | None = None
    unit: str = ""
    in_report: bool = True
    veto: bool | None = None
    note: str = ""

    def holds(self, last_fired: date) -> bool:
        """Whether the word still speaks of a finding that last fired on that day.

        Where people find a wording right, these very places are silent from then on: what fires
        later stands elsewhere, and nobody has looked at it yet.
        """
        if not self.of_text or self.word is not ReviewWord.DISMISSED:
            return True
        return self.since is not None and last_fired <= self.since


_VERDICTS = (ReviewWord.CONFIRMED, ReviewWord.DISMISSED, ReviewWord.ACCEPTED)


def standing(said: Iterable[Review], day: date) -> Standing:
    """What holds on `day` of the reviews of one finding, given oldest first.

    An acceptance holds up to and including its last day; after it the finding counts as confirmed,
    for a person has found it true. Reopening takes back the verdict and leaves unit, switches and
    remarks as they are.
    """
    word: Review | None = None
    unit, note, in_report = "", "", True
    veto: bool | None = None
    for review in said:
        if review.day > day:
            continue
        if review.word in _VERDICTS:
            word = review
        elif review.word is ReviewWord.REOPENED:
            word = None
        elif review.word is ReviewWord.ASSIGNED:
            unit = review.unit
        in_report = in_report if review.in_report is None else review.in_report
        veto = veto if review.veto is None else review.veto
        note = review.note or note
    if word is None:
        return Standing(None, None, False, None, unit, in_report, veto, note)
    verdict, until = word.word, word.until
    if verdict is ReviewWord.ACCEPTED and until is not None and until < day:
        verdict = ReviewWord.CONFIRMED
    return Standing(verdict, word.day, bool(word.spans), until, unit, in_report, veto, note)


def last_verdicts(said: Iterable[Review]) -> dict[str, Review]:
    """The review that gave each finding its present verdict, of reviews given oldest first."""
    last: dict[str, Review] = {}
    for review in said:
        if review.word in _VERDICTS:
            last[review.fingerprint] = review
        elif review.word is ReviewWord.REOPENED:
            last.pop(review.fingerprint, None)
    return last


def answers(said: Iterable[Review]) -> dict[str, tuple[WordReview, ...]]:
    """What holds of places in the texts, by finding, of reviews given oldest first.

    A finding that was dismissed may fire at another place and be answered again: what was found
    right before stays right. Of what was found wrong only the last verdict counts; reopening takes
    back all.
    """
    held: dict[str, dict[tuple[str, str, str], WordReview]] = {}
    for review in said:
        if review.word is ReviewWord.REOPENED:
            held.pop(review.fingerprint, None)
        elif review.word in _VERDICTS:
            before = held.get(review.fingerprint, {})
            right = {place: span for place, span in before.items() if span.right}
            held[review.fingerprint] = right | {_place(span): span for span in review.spans}
    return {mark: tuple(spans.values()) for mark, spans in held.items() if spans}


def _place(span: WordReview) -> tuple[str, str, str]:
    return span.wrong, span.before, span.after


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
