"""The life of a finding, from its history alone."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.life import Event, Life, Roll, advance, fingerprint, histories
from ledger.words import State

START = date(2026, 3, 1)


def tell(story: str, confirm_after: int = 2) -> Life | None:
    """`x` fired, `.` clear, `?` could not check; one run a day."""
    return advance(
        [
            Event(START + timedelta(days=n), n + 1, mark == "x")
            for n, mark in enumerate(story)
            if mark != "?"
        ],
        confirm_after,
    )


def day(number: int) -> date:
    return START + timedelta(days=number)


def life(
    state: State,
    first: int,
    last: int,
    resolved: int | None = None,
    *,
    confirmed: int | None = None,
    began: int | None = None,
) -> Life:
    days = [None if n is None else day(n) for n in (resolved, confirmed)]
    return Life(state, day(first), day(last), *days, began=day(began or first))


def test_suspected_confirmed_resolved_recurred():
    assert tell("x") == life(State.SUSPECTED, 0, 0)
    assert tell("xx") == life(State.CONFIRMED, 0, 1, confirmed=1)
    assert tell("xx.") == life(State.RESOLVED, 0, 1, 2, confirmed=1)
    assert tell("xx..") == life(State.RESOLVED, 0, 1, 2, confirmed=1)
    assert tell("xx..x") == life(State.RECURRED, 0, 4, confirmed=4, began=4)
    assert tell("xx..xx") == life(State.RECURRED, 0, 5, confirmed=4, began=4)
    assert tell("xx..x.") == life(State.RESOLVED, 0, 4, 5, confirmed=4, began=4)


def test_one_inspection_is_enough_where_the_rule_says_so():
    assert tell("x", 1) == life(State.CONFIRMED, 0, 0, confirmed=0)
    assert tell("x.x", 1) == life(State.RECURRED, 0, 2, confirmed=2, began=2)


def test_what_only_a_person_can_confirm_stays_suspected():
    assert tell("xxx", 0) == life(State.SUSPECTED, 0, 2)
    assert tell("xx.", 0) == life(State.RESOLVED, 0, 1, 2)
    assert tell("xx.x", 0) == life(State.SUSPECTED, 0, 3, began=3)


def test_a_suspicion_that_clears_is_resolved_and_comes_back_with_its_count():
    assert tell("x.") == life(State.RESOLVED, 0, 0, 1)
    assert tell("x.x") == life(State.RECURRED, 0, 2, confirmed=2, began=2)
    assert tell("x.x", 3) == life(State.SUSPECTED, 0, 2, began=2)
    assert tell("x.xx", 3) == life(State.RECURRED, 0, 3, confirmed=3, began=2)


def test_a_run_that_could_not_check_changes_nothing():
    assert tell("x?x") == life(State.CONFIRMED, 0, 2, confirmed=2)
    assert tell("x???") == tell("x")
    assert tell("xx.??") == tell("xx.")


def test_a_page_taken_down_ends_a_finding_otherwise_than_a_mended_one():
    events = [Event(day(0), 1, True), Event(day(1), 2, False, offline=True)]
    gone = advance(events, 1)
    assert gone is not None
    assert (gone.state, gone.offline) == (State.RESOLVED, True)
    back = advance([*events, Event(day(2), 3, True), Event(day(3), 4, False)], 1)
    assert back is not None
    assert (back.state, back.offline, back.confirmed_on) == (State.RESOLVED, False, day(2))


def test_never_fired_is_no_finding():
    assert tell("") is None
    assert tell("....") is None


def test_one_run_judged_on_several_days_counts_once():
    same = [Event(day(n), 1, True) for n in range(5)]
    assert advance(same, 2) == life(State.SUSPECTED, 0, 4)
    assert advance([*same, Event(day(5), 2, True)], 2) == life(State.CONFIRMED, 0, 5, confirmed=5)


stories = st.text(alphabet="x.?", max_size=30)
thresholds = st.integers(1, 4)


@given(stories, thresholds)
def test_silence_never_matters(story, after):
    spoken = [Event(day(n), n, mark == "x") for n, mark in enumerate(story) if mark != "?"]
    assert tell(story, after) == advance(spoken, after)
    for place in range(len(story) + 1):
        with_gap, without = tell(f"{story[:place]}?", after), tell(story[:place], after)
        assert with_gap == without


@given(stories, thresholds)
def test_clears_before_the_first_claim_never_matter(story, after):
    held = tell("." * 3 + story, after)
    bare = tell("?" * 3 + story, after)
    assert held == bare


@given(stories, thresholds)
def test_the_last_word_decides_open_or_resolved(story, after):
    life = tell(story, after)
    said = story.replace("?", "")
    if "x" not in said:
        assert life is None
        return
    assert life is not None
    assert (life.state is State.RESOLVED) == said.endswith(".")
    assert (life.resolved_on is not None) == (life.state is State.RESOLVED)
    assert life.first_seen == day(story.index("x"))
    assert life.last_seen == day(story.rindex("x"))
    if life.state is State.SUSPECTED:
        assert said.count("x") < after
    if life.state in (State.CONFIRMED, State.RECURRED):
        assert said.count("x") >= after
        assert ("." in said.strip(".")) == (life.state is State.RECURRED)


@given(stories, thresholds)
def test_the_first_day_never_moves(story, after):
    first = None
    for length in range(len(story) + 1):
        life = tell(story[:length], after)
        if life is not None:
            first = first or life.first_seen
            assert life.first_seen == first


def test_a_column_that_left_the_roster_is_ended_but_not_mended():
    fired = {"f": [Event(day(0), 1, True), Event(day(1), 2, True)]}
    rolls = [
        Roll(day(0), 1, frozenset({"a", "b"})),
        Roll(day(1), 2, frozenset({"a", "b"})),
        Roll(day(2), 3, frozenset({"b"})),
    ]
    [(_, history)] = histories(fired, {"f": "a"}, rolls)
    left = life(State.RESOLVED, 0, 1, 2, confirmed=1)
    assert left is not None
    assert advance(history, 2) == replace(left, removed=True)
    back = advance([*history, Event(day(3), 4, True)], 1)
    assert back is not None
    assert (back.state, back.removed) == (State.RECURRED, False)
    [(_, kept)] = histories(fired, {"f": "b"}, rolls)
    assert advance(kept, 2) == life(State.CONFIRMED, 0, 1, confirmed=1)
    [(_, address)] = histories(fired, {"f": "http://demo.test/"}, rolls)
    assert advance(address, 2) == life(State.CONFIRMED, 0, 1, confirmed=1)
    empty = [*rolls[:2], Roll(day(2), 3, frozenset())]
    [(_, untold)] = histories(fired, {"f": "a"}, empty)
    assert advance(untold, 2) == life(State.CONFIRMED, 0, 1, confirmed=1)


def test_events_are_put_in_order_and_a_claim_beats_a_clear():
    mixed = [Event(day(1), 2, False), Event(day(0), 1, True), Event(day(1), 2, True)]
    [(_, history)] = histories({"f": mixed}, {}, [])
    assert history == [Event(day(0), 1, True), Event(day(1), 2, True)]


words = st.text(max_size=8)


@given(st.tuples(words, words, words, words), st.tuples(words, words, words, words))
def test_fingerprints_differ_where_anything_differs(one, other):
    def shown(parts):
        return [p.replace("\x00", "\ufffd") for p in parts]

    assert (fingerprint(*one) == fingerprint(*other)) == (shown(one) == shown(other))


def test_a_fingerprint_is_short_and_stays():
    assert fingerprint("wuerhe", "C1", "政务公开 > 动态") == fingerprint(
        "wuerhe", "C1", "政务公开 > 动态", ""
    )
    assert fingerprint("wuerhe", "C1", "政务公开 > 动态") == "a3907c00425084ab"
    assert len(fingerprint("a", "b", "\ud800", "\x00")) == 16
    assert fingerprint("ab", "c", "d") != fingerprint("a", "bc", "d")
