"""Since when items are known, which run missed them, and under which days they were shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.facts import DayReading, Item
from ledger.site import HOME_PATH
from ledger.words import ColumnKind, How, Outcome

D = date
START = D(2026, 3, 1)


def entry(number, day, title=None, **more):
    text = day.isoformat() if day else ""
    given = {"day": day, "how": How.LIST if day else None, "text": text, **more}
    return Item(f"http://demo.test/a/{number}.html", title or f"关于第{number}件事的通知", **given)


def old(count=6):
    return [entry(n, D(2026, 2, 20) - timedelta(days=n)) for n in range(count)]


@pytest.fixture
def night(ledger, make):
    """Save one column's list as the run of a day saw it; the number of the run."""

    def save(day, entries, *, state="finished", path=None, **reading):
        run = ledger.begin_run(make.site(), day, make.start)
        where = make.path("动态") if path is None else path
        given = {"complete": True, **reading}
        ledger.save_column(run.id, make.reading(where, **given), entries)
        if state is not None:
            ledger.finish_run(run.id, make.start, state)
        return run.id

    return save


def history(ledger, run_id):
    found = [h for h in ledger.facts(run_id).histories if h.path == ("政务公开", "动态")]
    return found[0] if found else None


def test_the_first_run_has_nothing_to_compare_with(ledger, night):
    run = night(START, old())
    assert ledger.facts(run).histories == ()


def test_an_item_that_comes_with_an_older_day_was_missed(ledger, night):
    night(START, old())
    night(D(2026, 3, 9), old())
    late = entry(50, D(2026, 3, 2))
    first = night(D(2026, 3, 10), [late, *old()])
    later = night(D(2026, 3, 11), [late, *old()])
    reading = DayReading(D(2026, 3, 2), How.LIST, "2026-03-02")
    for run, compared in ((first, D(2026, 3, 9)), (later, D(2026, 3, 10))):
        told = history(ledger, run)
        assert told.compared == compared
        [item] = told.items
        assert (item.url, item.title, item.reading) == (late.url, late.title, reading)
        assert (item.first_seen, item.missed) == (D(2026, 3, 10), D(2026, 3, 9))
        assert [(d.seen, d.reading) for d in item.days] == [(D(2026, 3, 10), reading)]


def test_fresh_news_is_told_with_the_run_before_it(ledger, night):
    night(D(2026, 3, 9), old())
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 10)), *old()])
    [item] = history(ledger, run).items
    assert item.missed == D(2026, 3, 9) < item.reading.day


@pytest.mark.parametrize(
    ("reading", "missed"),
    [
        ({"complete": False, "covers_from": D(2026, 3, 3)}, None),
        ({"complete": False, "covers_from": None}, None),
        ({"complete": False, "covers_from": D(2026, 3, 2)}, D(2026, 3, 9)),
    ],
)
def test_only_a_list_read_back_so_far_can_have_missed_it(ledger, night, reading, missed):
    night(D(2026, 3, 9), old(), **reading)
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 2)), *old()])
    [item] = history(ledger, run).items
    assert item.missed == missed


def test_an_earlier_run_that_reached_further_says_it(ledger, night):
    night(D(2026, 3, 5), old())
    night(D(2026, 3, 9), old(), complete=False, covers_from=D(2026, 3, 4))
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 2)), *old()])
    [item] = history(ledger, run).items
    assert item.missed == D(2026, 3, 5)


@pytest.mark.parametrize(
    "before",
    [
        {"outcome": Outcome.BLOCKED, "kind": ColumnKind.UNKNOWN, "complete": False},
        {"kind": ColumnKind.EMPTY},
        {"kind": ColumnKind.CHANNEL},
        {"final_url": "http://demo.test/another/list/"},
    ],
)
def test_a_run_that_did_not_read_this_list_says_nothing(ledger, night, before):
    night(D(2026, 3, 9), [], **before)
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 2)), *old()])
    assert history(ledger, run) is None


def test_a_night_that_could_not_read_is_passed_over(ledger, night):
    night(D(2026, 3, 8), old())
    night(D(2026, 3, 9), [], outcome=Outcome.TIMEOUT, kind=ColumnKind.UNKNOWN, complete=False)
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 2)), *old()])
    told = history(ledger, run)
    assert told.compared == D(2026, 3, 8)
    assert told.items[0].missed == D(2026, 3, 8)


def test_items_that_only_moved_to_other_addresses_are_not_new(ledger, night):
    night(D(2026, 3, 9), old(8))
    moved = [
        replace(item, url=f"https{item.url[4:]}", title=f" {item.title[:4]} {item.title[4:]}")
        for item in old(8)
    ]
    run = night(D(2026, 3, 10), moved)
    assert history(ledger, run).items == ()


def test_a_title_cut_short_is_still_the_same_title(ledger, night):
    title = "关于印发全区2026年春季造林绿化工作方案的通知"
    night(D(2026, 3, 9), [entry(80, D(2026, 2, 2), title[:16] + "…"), *old()])
    run = night(D(2026, 3, 10), [entry(90, D(2026, 2, 2), title), *old()])
    assert history(ledger, run).items == ()


def test_the_same_title_beside_the_old_one_is_another_item(ledger, night):
    title = "行政许可决定公示"
    night(D(2026, 3, 9), [entry(80, D(2026, 2, 2), title), *old()])
    run = night(
        D(2026, 3, 10), [entry(80, D(2026, 2, 2), title), entry(90, D(2026, 3, 1), title), *old()]
    )
    assert [item.missed for item in history(ledger, run).items] == [D(2026, 3, 9)]


def test_another_list_in_its_place_has_missed_nothing(ledger, night):
    night(D(2026, 3, 9), [entry(n, D(2026, 3, 1)) for n in range(200, 210)])
    run = night(D(2026, 3, 10), old())
    assert {item.missed for item in history(ledger, run).items} == {None}


def test_the_day_shown_changes_and_every_change_is_kept(ledger, night):
    days = [D(2026, 3, 1), D(2026, 3, 1), D(2026, 3, 6), D(2026, 3, 6), D(2026, 3, 4)]
    seen = [START + timedelta(days=n) for n in range(5)]
    runs = [night(at, [entry(50, day), *old()]) for at, day in zip(seen, days, strict=True)]
    [item] = history(ledger, runs[-1]).items
    assert [(d.seen, d.reading.day) for d in item.days] == [
        (seen[0], days[0]),
        (seen[2], days[2]),
        (seen[4], days[4]),
    ]
    assert item.first_seen == seen[0]
    # A run knows nothing of what came after it.
    assert [len(i.days) for i in history(ledger, runs[3]).items] == [2]
    assert history(ledger, runs[1]).items == ()


def test_choosing_the_other_of_two_days_shown_is_no_change(ledger, night):
    one, two = D(2026, 3, 1), D(2026, 3, 6)
    night(START, [entry(50, one, others=(DayReading(two, How.LIST, "03-06"),)), *old()])
    run = night(D(2026, 3, 10), [entry(50, two), *old()])
    assert history(ledger, run).items == ()
    # The day in the address is none that is shown.
    by_address = (DayReading(D(2026, 3, 3), How.ADDRESS, "t20260303_1"),)
    night(D(2026, 3, 11), [entry(51, D(2026, 3, 8), others=by_address), *old()])
    run = night(D(2026, 3, 12), [entry(51, D(2026, 3, 3)), *old()])
    told = {item.url: item for item in history(ledger, run).items}
    assert len(told[entry(51, None).url].days) == 2


def test_an_address_shared_by_several_items_tells_nothing(ledger, night):
    shared = [entry(50, D(2026, 3, 1)), entry(50, D(2026, 3, 5), title="另一件事")]
    night(START, [*shared, *old()])
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 1)), *old()])
    assert history(ledger, run).items == ()
    run = night(D(2026, 3, 11), [*shared, *old()])
    assert history(ledger, run).items == ()


def test_unfinished_and_failed_runs_do_not_count(ledger, night):
    night(START, old())
    late = entry(50, D(2026, 2, 25))
    night(D(2026, 3, 5), [late, *old()], state="failed")
    run = night(D(2026, 3, 10), [late, *old()], state=None)
    [item] = history(ledger, run).items
    assert (item.first_seen, item.missed) == (D(2026, 3, 10), START)


def test_later_runs_change_nothing_about_an_earlier_one(ledger, night):
    night(START, old())
    run = night(D(2026, 3, 10), [entry(50, D(2026, 3, 2)), *old()])
    before = ledger.facts(run)
    night(D(2026, 3, 11), [entry(50, D(2026, 3, 7)), entry(60, D(2026, 1, 1))])
    assert ledger.facts(run) == before


def test_runs_are_compared_in_the_order_of_their_days(ledger, night):
    night(START, old())
    night(D(2026, 3, 20), [entry(50, D(2026, 3, 2)), *old()])
    # A past day inspected afterwards has the greater number.
    middle = night(D(2026, 3, 10), [entry(50, D(2026, 3, 2)), *old()])
    last = night(D(2026, 3, 21), [entry(50, D(2026, 3, 2)), *old()])
    for run in (middle, last):
        [item] = history(ledger, run).items
        assert (item.first_seen, item.missed) == (D(2026, 3, 10), START)


def test_what_is_long_past_is_not_told(ledger, night):
    night(START, old())
    night(START + timedelta(days=2), [entry(50, D(2026, 2, 25)), *old()])
    run = night(START + timedelta(days=120), [entry(50, D(2026, 2, 25)), *old()])
    told = history(ledger, run)
    assert told.items == ()
    assert told.compared == START + timedelta(days=2)


def test_an_item_that_left_and_came_back_is_not_new(ledger, night):
    late = entry(50, D(2026, 2, 25))
    night(START, [late, *old()])
    night(D(2026, 3, 5), old())
    run = night(D(2026, 3, 10), [late, *old()])
    assert history(ledger, run).items == ()


def test_the_home_page_and_other_sites_have_no_part(ledger, night, make):
    night(START, old(), path=HOME_PATH)
    run = night(D(2026, 3, 10), [entry(50, D(2026, 2, 1)), *old()], path=HOME_PATH)
    assert ledger.facts(run).histories == ()
    other = ledger.begin_run(make.site("elsewhere"), D(2026, 3, 11), make.start)
    ledger.save_column(other.id, make.reading(make.path("动态"), complete=True), old())
    assert ledger.facts(other.id).histories == ()


def test_items_without_a_day_or_an_address_are_never_missed(ledger, night):
    night(START, old())
    bare = [entry(50, None), Item("", "没有地址", D(2026, 2, 1), How.LIST, "2026-02-01")]
    run = night(D(2026, 3, 10), [*bare, *old()])
    [item] = history(ledger, run).items
    assert (item.reading, item.missed) == (None, None)


def test_a_list_taken_over_unread_proves_nothing_beyond_its_first_page(ledger, night):
    night(START, old())
    night(D(2026, 3, 9), old(), carried=True)
    front, deep = entry(50, D(2026, 2, 25), page=1), entry(51, D(2026, 2, 24), page=2)
    pinned = entry(52, D(2026, 2, 23), page=1, pinned=True)
    run = night(D(2026, 3, 10), [pinned, front, deep, *old()])
    missed = {item.url: item.missed for item in history(ledger, run).items}
    assert missed == {front.url: D(2026, 3, 9), deep.url: START, pinned.url: START}
    # Whether the day lies before the proof counts, not before the night that took it over.
    late = entry(60, D(2026, 3, 5), page=2)
    run = night(D(2026, 3, 11), [late, pinned, front, deep, *old()], carried=True)
    run = night(D(2026, 3, 12), [late, pinned, front, deep, *old()])
    missed = {item.url: item.missed for item in history(ledger, run).items}
    assert missed[late.url] == D(2026, 3, 10)


def test_other_readers_have_missed_nothing_and_changed_nothing(ledger, make):
    def night(day, entries, reader):
        run = ledger.begin_run(make.site(), day, make.start, reader)
        ledger.save_column(run.id, make.reading(make.path("动态"), complete=True), entries)
        ledger.finish_run(run.id, make.start)
        return run.id

    night(START, [entry(40, D(2026, 2, 1)), *old()], "one")
    fresh = [entry(50, D(2026, 2, 2)), entry(40, D(2026, 2, 5)), *old()]
    upgraded = night(D(2026, 3, 2), fresh, "two")
    assert history(ledger, upgraded) is None
    again = night(D(2026, 3, 3), [entry(60, D(2026, 2, 3)), *fresh], "two")
    told = history(ledger, again)
    assert told.compared == D(2026, 3, 2)
    assert {item.url: item.missed for item in told.items} == {entry(60, None).url: D(2026, 3, 2)}
    edited = [entry(50, D(2026, 2, 2)), entry(40, D(2026, 2, 9)), *old()]
    last = night(D(2026, 3, 4), edited, "two")
    days = {item.url: [d.reading.day for d in item.days] for item in history(ledger, last).items}
    assert days == {entry(40, None).url: [D(2026, 2, 5), D(2026, 2, 9)]}


def test_a_run_two_versions_worked_on_is_like_no_other(ledger, make):
    first = ledger.begin_run(make.site(), START, make.start, "one")
    ledger.save_column(first.id, make.reading(make.path("动态"), complete=True), old())
    assert ledger.begin_run(make.site(), START, make.start, "two") == first
    ledger.finish_run(first.id, make.start)
    for reader in ("one", "two"):
        run = ledger.begin_run(make.site(), D(2026, 3, 2), make.start, reader)
        ledger.save_column(run.id, make.reading(make.path("动态"), complete=True), old())
        ledger.finish_run(run.id, make.start)
        assert [h.compared for h in ledger.facts(run.id).histories] == []
