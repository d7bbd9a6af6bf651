"""Which reviews have come to their end, and what holds of places that were answered twice."""

from datetime import date, datetime

import pytest

from ledger.clock import ZONE
from ledger.findings import Finding, Judgement, TextTally
from ledger.reviews import Review, answers
from ledger.spent_reviews import Spent, spent
from ledger.texts import WordReview
from ledger.words import ReviewWord, Severity, State

AT = datetime(2026, 3, 1, 9, tzinfo=ZONE)
HERE = WordReview("秸杆", "烧", "还", "秸秆", True)
THERE = WordReview("秸杆", "用", "，", "秸秆", True)


def on(day: int) -> date:
    return date(2026, 3, day)


def said(word: ReviewWord, day: int = 2, **more) -> Review:
    return Review("s", "f", word, AT, on(day), "张三", **more)


def finding(state: State, **more) -> Finding:
    told = ("逾期。", "合同", "区统计局", on(1), on(2), 1, (), "")
    return Finding("f", "s", "F001", "栏目逾期", Severity.GENERAL, state, "动态", *told, **more)


def judged(*gone: WordReview) -> Judgement:
    tally = TextTally(1, 1, 0, gone=tuple((g.wrong, g.before, g.after) for g in gone))
    return Judgement("s", 1, on(9), (), (), (), texts=tally)


def ends(one: Finding, judgement: Judgement | None, *words: Review) -> list[Spent]:
    return [end.how for end in spent([one], words, judgement, on(9))]


def test_a_place_found_right_stays_right_when_another_is_answered():
    first = said(ReviewWord.DISMISSED, spans=(HERE,))
    again = said(ReviewWord.DISMISSED, 3, spans=(THERE,))
    assert answers([first, again]) == {"f": (HERE, THERE)}
    wrong = WordReview(THERE.wrong, THERE.before, THERE.after, "秸秆", False)
    confirmed = said(ReviewWord.CONFIRMED, 3, spans=(wrong,))
    assert answers([first, confirmed]) == {"f": (HERE, wrong)}
    assert answers([confirmed, again]) == {"f": (THERE,)}
    assert answers([first, said(ReviewWord.REOPENED, 3)]) == {}


def test_the_last_answer_of_one_place_counts():
    wrong = WordReview(HERE.wrong, HERE.before, HERE.after, "秸秆", False)
    first = said(ReviewWord.DISMISSED, spans=(HERE,))
    assert answers([first, said(ReviewWord.CONFIRMED, 3, spans=(wrong,))]) == {"f": (wrong,)}


@pytest.mark.parametrize(
    ("state", "resolved", "told"),
    [
        (State.DISMISSED, on(5), [Spent.UNMATCHED]),
        (State.DISMISSED, None, []),
        (State.DISMISSED, on(2), []),
        (State.CONFIRMED, None, []),
    ],
)
def test_a_dismissal_is_at_its_end_when_its_fault_was_looked_for_in_vain(state, resolved, told):
    assert ends(finding(state, resolved_on=resolved), judged(), said(ReviewWord.DISMISSED)) == told


def test_a_dismissed_wording_is_at_its_end_when_no_text_holds_it():
    silent = finding(State.DISMISSED, resolved_on=on(3))
    words = said(ReviewWord.DISMISSED, spans=(HERE, THERE))
    assert ends(silent, judged(HERE, THERE), words) == [Spent.UNMATCHED]
    assert ends(silent, judged(HERE), words) == []
    assert ends(silent, None, words) == []
    [end] = spent([silent], [words], judged(HERE, THERE), on(9))
    assert end.sentence == "误报所指的文字，在最近一次读到的全部页面里都没有了。"


@pytest.mark.parametrize(
    ("until", "state", "told"),
    [
        (8, State.CONFIRMED, [Spent.RUN_OUT]),
        (9, State.ACCEPTED, []),
        (8, State.RESOLVED, []),
    ],
)
def test_an_acceptance_is_at_its_end_after_its_last_day(until, state, told):
    words = said(ReviewWord.ACCEPTED, until=on(until))
    assert ends(finding(state), judged(), words) == told
    assert ends(finding(state), judged(), words, said(ReviewWord.CONFIRMED, 3)) == []
