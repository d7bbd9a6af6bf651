"""What a ledger knows of addresses asked before, on every database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.facts import DayReading
from ledger.known import Known, Told
from ledger.words import How, Outcome, Role

NIGHTS = 29


def begin(ledger, make, days=0):
    """The number and day of a run so many days after the first."""
    run = ledger.begin_run(make.site(), make.day + timedelta(days=days), make.start)
    ledger.finish_run(run.id, make.start)
    return run


def keep(ledger, run, urls, **more):
    """Let the run have read these pages."""
    ledger.save_pages(
        run.id, [], [], [Known(u, Role.PAGE, run.as_of, run.id, **more) for u in urls]
    )


def names(count, prefix="p"):
    return [f"http://demo.test/{prefix}/{n}.html" for n in range(count)]


def test_what_was_kept_comes_back(ledger, make):
    run = begin(ledger, make)
    path, url = make.path("动态"), "http://demo.test/动态/"
    kept = Known(
        url, Role.LIST, run.as_of, run.id, '"e"', "Fri, 20 Mar 2026", b"d" * 16, reader="abc"
    )
    ledger.save_column(run.id, make.reading(path, url=url), [], known=[kept])
    later = begin(ledger, make, 1)
    before = ledger.before(later.id, path, url)
    assert before is not None
    assert before.known == kept
    assert before.reading.path == path
    assert ledger.before(run.id, path, url) is None
    assert ledger.before(later.id, make.path("公示"), url) is None
    assert ledger.before(later.id, path, url + "x") is None


def test_an_answer_of_a_run_that_never_kept_the_column_is_no_ground(ledger, make):
    run = begin(ledger, make)
    url = "http://demo.test/list/"
    ledger.save_pages(run.id, [], [], [Known(url, Role.LIST, run.as_of, run.id, body=b"d" * 16)])
    assert ledger.before(begin(ledger, make, 1).id, make.path("动态"), url) is None


def test_a_carried_column_shows_list_and_page_of_the_run_it_names(ledger, make):
    run, later, last = (begin(ledger, make, days) for days in (0, 1, 2))
    path = make.path("动态")
    reading = make.reading(path)
    page = make.page(reading.url)
    ledger.save_column(run.id, reading, make.items(5), pages=[page])
    ledger.save_column(later.id, reading, [], carried=run.id)
    ledger.save_column(last.id, reading, [], carried=later.id)
    assert ledger.listed(last.id, path) == ledger.listed(run.id, path) == tuple(make.items(5))
    assert ledger.pages(last.id) == [page]
    # Once more, as a resumed run may.
    ledger.save_column(last.id, reading, [], carried=run.id)
    assert ledger.listed(last.id, path) == tuple(make.items(5))


def test_a_carried_page_yields_to_what_the_run_read_itself(ledger, make):
    run, later = begin(ledger, make), begin(ledger, make, 1)
    url = "http://demo.test/a/1.html"
    ledger.save_pages(run.id, [make.page(url)], [], [])
    ledger.save_pages(later.id, [make.page(url, "新的正文")], [], [])
    ledger.save_pages(later.id, [], [], [], carried=[(url, run.id)])
    assert [page.text for page in ledger.pages(later.id)] == ["新的正文"]


def test_unread_are_listed_addresses_nobody_had_an_answer_from(ledger, make):
    run = begin(ledger, make)
    items = [*make.items(3), replace(make.items(1, "b")[0], day=None), *make.items(1, "c")]
    nowhere = replace(items[0], url="", title="没有网址")
    ledger.save_column(run.id, make.reading(make.path("动态")), [*items, nowhere])
    ledger.save_column(run.id, make.reading(make.path("公示")), items[:1])
    keep(ledger, run, [items[1].url])
    assert ledger.unread(run.id) == [items[4].url, items[0].url, items[2].url, items[3].url]


def test_told_is_what_the_newest_page_told(ledger, make):
    run, later = begin(ledger, make), begin(ledger, make, 3)
    one, two, gone, column, old = names(5)
    published = DayReading(make.day, How.ARTICLE, "2026-03-20", "10:00")
    for of, title in ((run, "旧"), (later, "新")):
        pages = [replace(make.page(u), title=title, published=published) for u in (one, old, gone)]
        ledger.save_pages(of.id, pages[:2] if of is later else pages, [], [])
    keep(ledger, later, [one], reader="r")
    keep(ledger, later, [two], reader="r")
    keep(ledger, later, [gone], reader="x", outcome=Outcome.GONE, misses=1)
    keep(ledger, later, [old], reader="x")
    ledger.save_pages(
        later.id, [], [], [Known(column, Role.LIST, later.as_of, later.id, reader="r")]
    )
    tonight = begin(ledger, make, 4)
    assert ledger.told(tonight.id, [one, two, gone, column, old, "http://never.test/"], "r") == {
        one: Told("新", published),
        two: Told(),
        gone: Told("旧", published),
        column: Told(),
    }
    # Nothing is known before it was read.
    assert ledger.told(begin(ledger, make, 2).id, [one, two, gone, column], "r") == {}
    assert ledger.told(tonight.id, [], "r") == {}


def test_told_takes_more_addresses_than_one_statement(ledger, make):
    run = begin(ledger, make)
    urls = names(1_300)
    keep(ledger, run, urls, reader="r")
    assert ledger.told(run.id, [*urls, *names(2_000, "q")], "r").keys() == set(urls)


def test_every_page_is_seen_within_thirty_nights(ledger, make):
    urls = names(100)
    first = begin(ledger, make)
    keep(ledger, first, urls)
    last = dict.fromkeys(urls, 0)
    for night in range(1, 41):
        if night == 7:
            keep(ledger, begin(ledger, make, night), fresh := names(45, "new"))
            last |= dict.fromkeys(fresh, night)
        run = begin(ledger, make, night)
        due = [known.url for known in ledger.due_pages(run.id, NIGHTS)]
        assert len(due) == len(set(due)) <= -(-len(last) // NIGHTS) + 1
        keep(ledger, run, due)
        last |= dict.fromkeys(due, night)
        assert night - min(last.values()) < 30


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(missed=st.sets(st.integers(1, 40), max_size=25), site=st.uuids())
def test_missed_nights_are_caught_up_with(ledger, make, missed, site):
    key = str(site)
    urls = names(40)

    def run_of(night):
        run = ledger.begin_run(make.site(key), make.day + timedelta(days=night), make.start)
        ledger.finish_run(run.id, make.start)
        return run

    keep(ledger, run_of(0), urls)
    last = dict.fromkeys(urls, 0)
    for night in [n for n in range(1, 45) if n not in missed]:
        run = run_of(night)
        due = [known.url for known in ledger.due_pages(run.id, NIGHTS)]
        late = sum(night - day >= NIGHTS for day in last.values())
        assert len(due) <= max(late, -(-len(urls) // NIGHTS))
        keep(ledger, run, due)
        last |= dict.fromkeys(due, night)
        # After any night that was not missed, nothing is older than that.
        assert night - min(last.values()) < 30


@pytest.mark.parametrize("days", [0, -3])
def test_a_day_already_asked_or_gone_by_is_not_asked_again(ledger, make, days):
    keep(ledger, begin(ledger, make), names(5))
    assert ledger.due_pages(begin(ledger, make, days).id, NIGHTS) == []
