"""What people say of findings is kept for good, and the last word counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.errors import LedgerError
from ledger.findings import Place
from ledger.life import Life, reviewed
from ledger.reviews import Review, Standing, spans_of
from ledger.texts import WordReview
from ledger.words import ReviewWord, State

DAY = date(2026, 3, 20)


def one(ledger, day=DAY, **more):
    [finding] = ledger.findings("wuerhe", day, **more)
    return finding


def say(ledger, make, mark, word, day=DAY, **more):
    ledger.save_review(Review("wuerhe", mark, word, make.start, day, "张三", **more))


def fired(ledger, make, day=DAY, **more):
    run = make.run(ledger, day)
    ledger.save_judgement(make.judgement(run, day, (make.claim(**more),)))
    return one(ledger, day)


@pytest.mark.parametrize(
    ("state", "word", "stands"),
    [
        (State.SUSPECTED, ReviewWord.CONFIRMED, State.CONFIRMED),
        (State.RECURRED, ReviewWord.CONFIRMED, State.RECURRED),
        (State.RESOLVED, ReviewWord.CONFIRMED, State.RESOLVED),
        (State.CONFIRMED, ReviewWord.DISMISSED, State.DISMISSED),
        (State.RESOLVED, ReviewWord.DISMISSED, State.DISMISSED),
        (State.CONFIRMED, ReviewWord.ACCEPTED, State.ACCEPTED),
        (State.RESOLVED, ReviewWord.ACCEPTED, State.RESOLVED),
        (State.SUSPECTED, None, State.SUSPECTED),
    ],
)
def test_what_a_word_makes_of_a_state(state, word, stands):
    life = Life(state, DAY, DAY)
    assert reviewed(life, Standing(word, DAY)).state is stands


def test_only_some_states_are_open():
    ended = [State.RESOLVED, State.DISMISSED, State.ACCEPTED]
    assert [state for state in State if not state.open] == ended


def test_the_last_word_counts_and_none_is_lost(ledger, make):
    mark = fired(ledger, make).fingerprint
    span = WordReview("秸杆", "烧", "还", "秸秆", True)
    say(ledger, make, mark, ReviewWord.DISMISSED, note="地名", spans=(span,))
    assert (one(ledger).state, one(ledger).review) == (State.DISMISSED, ReviewWord.DISMISSED)
    say(ledger, make, mark, ReviewWord.CONFIRMED)
    assert (one(ledger).state, one(ledger).review) == (State.CONFIRMED, ReviewWord.CONFIRMED)
    kept = ledger.reviews("wuerhe", DAY)
    assert [(r.word, r.note, r.by, r.spans) for r in kept] == [
        (ReviewWord.DISMISSED, "地名", "张三", (span,)),
        (ReviewWord.CONFIRMED, "", "张三", ()),
    ]
    assert kept[0].at == make.start
    assert ledger.reviews("elsewhere", DAY) == []


def test_a_word_counts_from_its_day_on(ledger, make):
    mark = fired(ledger, make).fingerprint
    later = DAY + timedelta(days=3)
    say(ledger, make, mark, ReviewWord.DISMISSED, day=later)
    assert one(ledger).state is State.SUSPECTED
    assert ledger.reviews("wuerhe", DAY) == []
    assert one(ledger, later).state is State.DISMISSED


def test_a_doubtful_claim_is_confirmed_by_no_inspection(ledger, make):
    for n in range(3):
        finding = fired(ledger, make, DAY + timedelta(days=n), doubtful=True, term="→秸秆")
    assert (finding.state, finding.doubtful, finding.term) == (State.SUSPECTED, True, "→秸秆")
    sure = fired(ledger, make, DAY + timedelta(days=3), term="→秸秆")
    assert (sure.state, sure.doubtful) == (State.CONFIRMED, False)


def test_what_was_recognised_is_told_so(ledger, make):
    finding = fired(ledger, make, doubtful=True, recognised=True)
    assert (finding.state, finding.recognised) == (State.SUSPECTED, True)
    say(ledger, make, finding.fingerprint, ReviewWord.CONFIRMED)
    assert (one(ledger).state, one(ledger).recognised) == (State.CONFIRMED, True)
    assert not fired(ledger, make, DAY + timedelta(days=1)).recognised


def test_the_spans_of_places():
    places = [
        Place("http://a/1", "［正文］禁止焚烧【秸杆】还田"),
        Place("http://a/2", "［标题］【秸杆】"),
        Place("http://a/3", "［正文］禁止焚烧【秸杆】还田"),
        Place("http://a/4", "没有标出"),
    ]
    assert spans_of(places, "秸秆", ReviewWord.DISMISSED) == (
        WordReview("秸杆", "烧", "还", "秸秆", True),
        WordReview("秸杆", "", "", "秸秆", True),
    )
    assert not spans_of(places, "秸秆", ReviewWord.CONFIRMED)[0].right


def test_a_dismissed_wording_that_fires_elsewhere_is_open_again(ledger, make):
    span = WordReview("秸杆", "烧", "还", "秸秆", True)
    mark = fired(ledger, make).fingerprint
    say(ledger, make, mark, ReviewWord.DISMISSED, spans=(span,))
    assert one(ledger).state is State.DISMISSED
    again = fired(ledger, make, DAY + timedelta(days=1))
    assert (again.state, again.review) == (State.CONFIRMED, None)


def test_a_dismissed_fault_that_is_no_wording_stays_dismissed(ledger, make):
    mark = fired(ledger, make).fingerprint
    say(ledger, make, mark, ReviewWord.DISMISSED)
    assert fired(ledger, make, DAY + timedelta(days=1)).state is State.DISMISSED


def test_the_day_a_person_confirmed_it_stays_when_it_is_mended():
    since, ended = DAY + timedelta(days=2), DAY + timedelta(days=5)
    said = Standing(ReviewWord.CONFIRMED, since)
    mended = Life(State.RESOLVED, DAY, DAY, ended, began=DAY)
    assert reviewed(mended, said).confirmed_on == since
    assert reviewed(replace(mended, resolved_on=DAY), said).confirmed_on is None


def test_what_came_back_counts_from_its_return():
    back = DAY + timedelta(days=30)
    life = Life(State.SUSPECTED, DAY, back, began=back)
    held = reviewed(life, Standing(ReviewWord.CONFIRMED, DAY))
    assert (held.state, held.confirmed_on) == (State.CONFIRMED, back)


def test_several_words_are_kept_together_and_in_order(ledger, make):
    mark = fired(ledger, make).fingerprint
    words = [
        Review("wuerhe", mark, word, make.start, DAY, "张三", unit=unit)
        for word, unit in (
            (ReviewWord.DISMISSED, ""),
            (ReviewWord.ASSIGNED, "区统计局"),
            (ReviewWord.CONFIRMED, ""),
        )
    ]
    ledger.save_reviews(words)
    ledger.save_reviews([])
    assert ledger.reviews("wuerhe", DAY) == words
    assert (one(ledger).review, one(ledger).assigned) == (ReviewWord.CONFIRMED, "区统计局")


def test_of_several_words_none_is_kept_where_one_cannot_be(ledger, make):
    mark = fired(ledger, make).fingerprint
    good = Review("wuerhe", mark, ReviewWord.DISMISSED, make.start, DAY, "张三")
    bad = Review("wuerhe", mark, ReviewWord.CONFIRMED, make.start, None, "张三")  # type: ignore[arg-type]
    with pytest.raises(LedgerError):
        ledger.save_reviews([good, bad])
    assert ledger.reviews("wuerhe", DAY) == []
