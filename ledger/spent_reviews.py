"""Reviews that have come to their end: they match nothing any more, or their term is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.findings import Finding, Judgement
from ledger.reviews import Review, answers, last_verdicts
from ledger.texts import WordReview
from ledger.words import ReviewWord, State


class Spent(StrEnum):
    """How a review came to its end."""

    UNMATCHED = "unmatched"  # a dismissal whose fault no inspection meets any more
    RUN_OUT = "run_out"  # an acceptance whose last day is over

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return "误报不再命中" if self is Spent.UNMATCHED else "暂予保留到期"


@dataclass(frozen=True, slots=True)
class SpentReview:
    """A review at its end and the finding it speaks of."""

    how: Spent
    finding: Finding
    review: Review

    @property
    def sentence(self) -> str:
        """What this means, in Chinese."""
        if self.how is Spent.RUN_OUT:
            state = self.finding.state.label
            return f"暂予保留已于 {self.review.until} 到期，问题重新列为“{state}”。"
        if self.review.spans:
            return "误报所指的文字，在最近一次读到的全部页面里都没有了。"
        return f"误报所指的情形，在 {self.finding.resolved_on} 的检查中已不再出现。"


def spent(
    findings: Iterable[Finding], said: Iterable[Review], judgement: Judgement | None, day: date
) -> list[SpentReview]:
    """The reviews at their end on `day`, in the order of the findings.

    `said` are the reviews up to the day, oldest first, and `judgement` the last up to it: what that
    did not look at has not been looked for.
    """
    reviews = list(said)
    last, places = last_verdicts(reviews), answers(reviews)
    texts = judgement.texts if judgement is not None else None
    gone = frozenset(texts.gone) if texts is not None else frozenset()
    found = []
    for finding in findings:
        review = last.get(finding.fingerprint)
        if review is None:
            continue
        if _run_out(finding, review, day):
            found.append(SpentReview(Spent.RUN_OUT, finding, review))
        elif _unmatched(finding, review, places, gone):
            found.append(SpentReview(Spent.UNMATCHED, finding, review))
    return found


def _run_out(finding: Finding, review: Review, day: date) -> bool:
    over = review.until is not None and review.until < day
    return review.word is ReviewWord.ACCEPTED and over and finding.state.open


def _unmatched(
    finding: Finding,
    review: Review,
    places: Mapping[str, tuple[WordReview, ...]],
    gone: frozenset[tuple[str, str, str]],
) -> bool:
    if review.word is not ReviewWord.DISMISSED or finding.state is not State.DISMISSED:
        return False
    if not review.spans:
        # Dismissed after it was mended, it had been matched by nothing from the start.
        return finding.resolved_on is not None and finding.resolved_on > review.day
    # Wording found right is silent, so that it does not fire tells nothing.
    right = [span for span in places.get(finding.fingerprint, ()) if span.right]
    return all((span.wrong, span.before, span.after) in gone for span in right)
