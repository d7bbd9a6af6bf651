"""What holds after all that people said of one finding."""

from datetime import date, datetime

import pytest

from ledger.clock import ZONE
from ledger.reviews import Review, last_verdicts, standing
from ledger.texts import WordReview
from ledger.words import ReviewWord

AT = datetime(2026, 3, 1, 9, tzinfo=ZONE)


def said(word: ReviewWord, day: int, **more: object) -> Review:
    return Review("s", "f", word, AT, date(2026, 3, day), "张三", **more)  # type: ignore[arg-type]


def on(day: int, *words: Review):
    return standing(words, date(2026, 3, day))


def test_nothing_said_leaves_the_defaults():
    held = on(5)
    assert (held.word, held.unit, held.in_report, held.veto) == (None, "", True, None)


def test_an_acceptance_holds_to_its_last_day_and_then_counts_as_confirmed():
    kept = said(ReviewWord.ACCEPTED, 2, until=date(2026, 3, 10))
    assert on(10, kept).word is ReviewWord.ACCEPTED
    assert on(10, kept).until == date(2026, 3, 10)
    assert on(11, kept).word is ReviewWord.CONFIRMED
    assert on(11, kept).until == date(2026, 3, 10)


def test_a_remark_or_a_unit_does_not_touch_the_verdict():
    words = (
        said(ReviewWord.DISMISSED, 1, note="地名"),
        said(ReviewWord.ASSIGNED, 2, unit="区统计局"),
        said(ReviewWord.NOTED, 3, note="已电话核实", in_report=False, veto=True),
    )
    held = on(4, *words)
    assert held.word is ReviewWord.DISMISSED
    assert (held.unit, held.in_report, held.veto) == ("区统计局", False, True)
    assert held.note == "已电话核实"


def test_reopening_takes_the_verdict_back_and_leaves_the_rest():
    words = (
        said(ReviewWord.ASSIGNED, 1, unit="区统计局"),
        said(ReviewWord.DISMISSED, 2),
        said(ReviewWord.REOPENED, 3),
    )
    assert on(2, *words).word is ReviewWord.DISMISSED
    assert (on(3, *words).word, on(3, *words).unit) == (None, "区统计局")
    assert last_verdicts(words) == {}
    assert last_verdicts(words[:2])["f"].word is ReviewWord.DISMISSED


@pytest.mark.parametrize(("last", "speaks"), [(2, True), (3, False)])
def test_a_dismissed_wording_says_nothing_of_what_fires_later(last, speaks):
    span = WordReview("秸杆", "烧", "还", "秸秆", True)
    held = on(9, said(ReviewWord.DISMISSED, 2, spans=(span,)))
    assert held.holds(date(2026, 3, last)) is speaks
    assert on(9, said(ReviewWord.CONFIRMED, 2, spans=(span,))).holds(date(2026, 3, 8))
