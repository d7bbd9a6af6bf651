"""Runs and facts: what goes in comes out, and a run repeated overwrites itself."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from ledger.clock import ZONE
from ledger.codec import SITE
from ledger.facts import DayReading, Item
from ledger.schema import contents, items, sightings
from ledger.site import HOME_PATH, FreshnessPolicy
from ledger.store import Ledger, LedgerError
from ledger.words import Frequency, How, Outcome


def rows(ledger, table):
    with ledger._database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_everything_a_run_saw_comes_back_equal(ledger, make):
    site = make.site()
    run = ledger.begin_run(site, make.day, make.start)
    reading = make.reading(
        make.path("动态"),
        final_url="http://demo.test/list/index.html",
        title="动态",
        adapter="trs",
        pages_read=2,
        complete=True,
        cut=True,
        covers_from=date(2026, 1, 1),
        published=DayReading(make.day, How.META, "2026-03-20", "09:30"),
        excerpt="建设中",
        detail="x",
        chain=("http://a/", "http://b/"),
    )
    entries = [
        replace(make.items(1)[0], others=(DayReading(make.day, How.META, "m"),), time="08:00"),
        Item(
            "http://demo.test/x", "无日期", None, fault="2月30日", pinned=True, page=3, position=9
        ),
    ]
    asked = [
        make.visit("http://demo.test/b", Outcome.GONE, status=404, detail="没有"),
        make.visit("http://demo.test/a", chain=("http://c/",), size=2**40, elapsed=0.25),
    ]
    pages = [make.page("http://demo.test/p", "正文" * 1000)]
    ledger.save_column(run.id, reading, entries, asked, pages)
    home = make.reading(HOME_PATH)
    ledger.save_column(run.id, home, make.items(2))

    facts = ledger.facts(run.id)
    assert facts.site == site
    assert facts.run == run
    assert [part.column for part in facts.columns] == list(site.columns)
    assert facts.columns[0].reading == reading
    assert facts.columns[0].items == tuple(entries)
    assert facts.columns[1].reading is None
    assert facts.columns[1].items == ()
    assert facts.home == home
    assert facts.home_items == tuple(make.items(2))
    assert facts.visits == (asked[1], asked[0])
    assert ledger.pages(run.id) == pages
    assert ledger.finished_columns(run.id) == {HOME_PATH, make.path("动态")}


def test_a_ledger_reopened_still_knows(ledger_url, make):
    with Ledger.open(ledger_url) as first:
        run = first.begin_run(make.site(), make.day, make.start)
        first.save_column(run.id, make.reading(make.path("动态")), make.items(3))
        before = first.facts(run.id)
    with Ledger.open(ledger_url) as again:
        assert again.facts(run.id) == before


def test_an_unfinished_run_is_resumed_with_the_roster_of_now(ledger, make):
    first = ledger.begin_run(make.site(), make.day, make.start)
    mended = make.site(names=("动态",))
    again = ledger.begin_run(mended, make.day, make.start + timedelta(hours=1))
    assert again == first
    assert ledger.run_site(first.id) == mended
    other_day = ledger.begin_run(make.site(), make.day + timedelta(days=1), make.start)
    other_site = ledger.begin_run(make.site("elsewhere"), make.day, make.start)
    assert len({first.id, other_day.id, other_site.id}) == 3


@pytest.mark.parametrize("state", ["finished", "failed"])
def test_a_closed_run_is_not_resumed(ledger, make, state):
    run = ledger.begin_run(make.site(), make.day, make.start)
    ledger.finish_run(run.id, make.start + timedelta(minutes=5), state, "为什么")
    closed = ledger.run(run.id)
    assert (closed.state, closed.note) == (state, "为什么")
    assert closed.finished == make.start + timedelta(minutes=5)
    assert ledger.begin_run(make.site(), make.day, make.start).id != run.id


def test_runs_are_ordered_by_day_then_number(ledger, make):
    late = make.run(ledger, date(2026, 3, 20))
    early = make.run(ledger, date(2026, 3, 10))
    second = make.run(ledger, date(2026, 3, 20))
    open_run = ledger.begin_run(make.site(), date(2026, 3, 25), make.start)
    assert [run.id for run in ledger.runs("wuerhe")] == [early, late, second, open_run.id]
    assert ledger.newest_run("wuerhe").id == second
    assert ledger.newest_run("wuerhe", date(2026, 3, 19)).id == early
    assert ledger.newest_run("wuerhe", date(2026, 3, 9)) is None
    assert ledger.earliest_run("wuerhe").id == early
    assert ledger.previous_run(open_run).id == second
    assert ledger.previous_run(ledger.run(second)).id == late
    assert ledger.previous_run(ledger.run(early)) is None
    assert ledger.newest_run("nobody") is None


def test_site_keys_are_sorted(ledger, make):
    for key in ("乙", "b", "A", "b"):
        make.run(ledger, site=key)
    assert ledger.site_keys() == ["A", "b", "乙"]


def test_a_roster_comes_back_whole(ledger, make):
    site = replace(
        make.site(),
        freshness=FreshnessPolicy("calendar", {Frequency.WEEKLY: 9}),
        text={"a": "b"},
        lane="tongdao",
    )
    run = ledger.begin_run(site, make.day, make.start)
    assert ledger.run_site(run.id) == site
    assert ledger.facts(run.id).site == site


def test_a_roster_kept_before_a_setting_existed_takes_its_default(make):
    site = make.site()
    kept = json.loads(SITE.dump(site))
    old = {key: kept[key] for key in ("key", "name", "home", "columns")}
    assert SITE.load(json.dumps(old)) == site


def test_a_column_saved_again_overwrites_itself(ledger, make):
    run = ledger.begin_run(make.site(), make.day, make.start)
    path = make.path("动态")
    page = "http://demo.test/p"
    ledger.save_column(run.id, make.reading(path), make.items(5), [], [make.page(page, "旧")])
    again = make.reading(path, outcome=Outcome.TIMEOUT, status=None)
    ledger.save_column(run.id, again, make.items(2, "b"), [], [make.page(page, "新")])
    facts = ledger.facts(run.id)
    assert facts.columns[0].reading == again
    assert facts.columns[0].items == tuple(make.items(2, "b"))
    assert [found.text for found in ledger.pages(run.id)] == ["新"]


def test_facts_follow_another_roster_when_given_one(ledger, make):
    run = ledger.begin_run(make.site(), make.day, make.start)
    for name in ("动态", "公示"):
        ledger.save_column(run.id, make.reading(make.path(name)), make.items(1, name))
    other = make.site(names=("公示", "新栏目"))
    facts = ledger.facts(run.id, other)
    assert [(p.column.name, p.reading is not None) for p in facts.columns] == [
        ("公示", True),
        ("新栏目", False),
    ]


def test_visits_are_known_by_address(ledger, make):
    run = ledger.begin_run(make.site(), make.day, make.start)
    ledger.save_visits(run.id, [make.visit("http://demo.test/a", Outcome.TIMEOUT)])
    twice = [make.visit("http://demo.test/a"), make.visit("http://demo.test/a", attempts=3)]
    ledger.save_visits(run.id, twice)
    ledger.save_visits(run.id, [])
    assert ledger.facts(run.id).visits == (twice[1],)


def test_what_a_run_came_to_is_counted_without_loading_it(ledger, make):
    run = ledger.begin_run(make.site(), make.day, make.start)
    assert (ledger.spent(run.id), ledger.item_counts(run.id)) == (0, {})
    asked = [make.visit("http://demo.test/a", attempts=3), make.visit("http://demo.test/b")]
    ledger.save_column(run.id, make.reading(make.path("动态")), make.items(5), asked)
    ledger.save_column(run.id, make.reading(make.path("公示")), [])
    other = ledger.begin_run(make.site(), make.day + timedelta(days=1), make.start)
    ledger.save_column(other.id, make.reading(make.path("动态")), make.items(2), asked[:1])
    assert ledger.spent(run.id) == 4
    assert ledger.item_counts(run.id) == {make.path("动态"): 5}
    assert (ledger.spent(other.id), ledger.item_counts(other.id)) == (3, {make.path("动态"): 2})


def test_an_unchanged_night_adds_no_item_and_no_text(ledger, make):
    for night in range(3):
        run = ledger.begin_run(make.site(), make.day + timedelta(days=night), make.start)
        for name in ("动态", "公示"):
            pages = [make.page(f"http://demo.test/{name}")]
            ledger.save_column(run.id, make.reading(make.path(name)), make.items(30), [], pages)
        ledger.finish_run(run.id, make.start)
        # One text, one roster.
        assert (rows(ledger, items), rows(ledger, contents)) == (60, 2)
        assert ledger.new_items(run.id) == (60 if night == 0 else 0)
    assert rows(ledger, sightings) == 180


def test_new_items_are_known_by_column_and_address(ledger, make):
    def night(number, entries, *, finish=True, name="动态"):
        run = ledger.begin_run(make.site(), make.day + timedelta(days=number), make.start)
        ledger.save_column(run.id, make.reading(make.path(name)), entries)
        ledger.save_column(run.id, make.reading(HOME_PATH), make.items(9, "home"))
        if finish:
            ledger.finish_run(run.id, make.start)
        return ledger.new_items(run.id)

    assert night(0, make.items(3)) == 3
    retitled = [replace(item, title="改了标题") for item in make.items(3)]
    assert night(1, retitled) == 0
    assert night(2, make.items(5), finish=False) == 2
    # The night before was never finished, so nobody was told of these two.
    assert night(3, make.items(5)) == 2
    assert night(4, [make.items(1)[0], make.items(1)[0]], name="公示") == 1


def test_first_seen_is_the_day_of_the_first_run_that_saw_it(ledger, make):
    for night, count in ((0, 1), (1, 2)):
        run = ledger.begin_run(make.site(), make.day + timedelta(days=night), make.start)
        entries = [replace(item, title=f"第{night}夜") for item in make.items(count)]
        ledger.save_column(run.id, make.reading(make.path("动态")), entries)
        ledger.finish_run(run.id, make.start)
    first, second = (item.url for item in make.items(2))
    assert ledger.first_seen("wuerhe") == {
        (make.path("动态"), first): make.day,
        (make.path("动态"), second): make.day + timedelta(days=1),
    }


def test_text_no_database_can_hold_is_kept_readable(ledger, make):
    nasty = "a\x00b\ud800c\U0001f600"
    kept = "a\ufffdb\ufffdc\U0001f600"
    site = make.site(names=(nasty,))
    run = ledger.begin_run(site, make.day, make.start)
    path = make.path(nasty)
    entry = Item(f"http://demo.test/{nasty}", nasty, None, fault=nasty)
    reading = make.reading(path, title=nasty, detail=nasty)
    visit = make.visit(f"http://demo.test/{nasty}", detail=nasty)
    ledger.save_column(run.id, reading, [entry], [visit], [make.page(nasty, nasty)])
    [column] = ledger.facts(run.id, site).columns
    assert column.reading is not None
    assert column.reading.title == kept
    assert column.items[0].title == kept
    assert ledger.pages(run.id)[0].text == kept
    assert ledger.facts(run.id).columns[0].reading is not None


def test_endless_addresses_and_lists_fit(ledger, make):
    run = ledger.begin_run(make.site(), make.day, make.start)
    long = "http://demo.test/" + "长" * 100_000
    entries = [replace(item, url=f"{long}{item.position}") for item in make.items(3)]
    entries += make.items(1500)
    reading = make.reading(make.path("动态"), url=long)
    ledger.save_column(run.id, reading, entries, [make.visit(long)], [make.page(long)])
    assert ledger.facts(run.id).columns[0].items == tuple(entries)


def test_moments_keep_their_instant(ledger, make):
    eastern = datetime(2026, 3, 19, 20, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-4)))
    run = ledger.begin_run(make.site(), make.day, eastern)
    assert ledger.run(run.id).started == eastern
    assert ledger.run(run.id).started.tzinfo == ZONE
    naive = datetime(2026, 3, 20)  # noqa: DTZ001
    with pytest.raises(LedgerError):
        ledger.finish_run(run.id, naive)


def test_an_unknown_run_is_a_sentence(ledger, make):
    for ask in (
        lambda: ledger.run(7),
        lambda: ledger.facts(7),
        lambda: ledger.run_site(7),
        lambda: ledger.new_items(7),
        lambda: ledger.finish_run(7, make.start),
        lambda: ledger.save_visits(7, []),
        lambda: ledger.save_column(7, make.reading(make.path("动态")), []),
    ):
        with pytest.raises(LedgerError, match="没有第 7 次巡查"):
            ask()


def test_half_a_column_is_no_column(ledger, make):
    run = ledger.begin_run(make.site(), make.day, make.start)
    path = make.path("动态")
    ledger.save_column(run.id, make.reading(path), make.items(3))
    bad = make.visit("http://demo.test/", size=2**70)
    with pytest.raises((LedgerError, OverflowError)):
        ledger.save_column(run.id, make.reading(path), make.items(9, "b"), [bad])
    assert ledger.facts(run.id).columns[0].items == tuple(make.items(3))
