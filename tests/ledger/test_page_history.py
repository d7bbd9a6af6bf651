"""What became of pages that earlier runs had read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger.facts import DayReading, Item, Page
from ledger.words import How, Outcome, PageState

D = date
URL = "http://demo.test/a/1.html"
TEXT = "全区春季造林绿化工作会议召开。会议要求各单位按期完成任务。罚款标准为每亩100元。"


def page(text=TEXT, url=URL, day=None, others=()):
    day = day or D(2026, 3, 1)
    published = DayReading(day, How.META, day.isoformat())
    return Page(url, "造林会议", published, others, text=text)


@pytest.fixture
def night(ledger, make):
    """Save the pages a run of a day read and the addresses that failed it; the run's number."""

    def save(day, pages=(), failed=(), *, state="finished", listed=()):
        run = ledger.begin_run(make.site(), day, make.start)
        entries = [Item(url, "造林会议", D(2026, 3, 1), How.LIST, "03-01") for url in listed]
        asked = [make.visit(url, outcome, status=404) for url, outcome in failed]
        asked += [make.visit(one.url) for one in pages]
        ledger.save_column(run.id, make.reading(make.path("动态")), entries, asked, list(pages))
        if state is not None:
            ledger.finish_run(run.id, make.start, state)
        return run.id

    return save


def checks(ledger, run):
    return {check.url: check for check in ledger.facts(run).checks}


def test_a_page_read_for_the_first_time_is_no_check(ledger, night):
    night(D(2026, 3, 1), [page()])
    run = night(D(2026, 3, 2), [page(url=URL + "?2")], listed=[URL])
    assert checks(ledger, run) == {}


def test_the_same_text_is_the_same_page(ledger, night, make):
    night(D(2026, 3, 1), [page()])
    run = night(D(2026, 3, 5), [page()], listed=[URL])
    check = checks(ledger, run)[URL]
    assert check.state is PageState.SAME
    assert (check.seen, check.found) == (D(2026, 3, 1), D(2026, 3, 5))
    assert check.paths == (make.path("动态"),)
    assert check.change is None
    assert [d.reading.day for d in check.days] == [D(2026, 3, 1)]


def test_another_text_is_a_change_and_stays_one_for_a_while(ledger, night):
    night(D(2026, 3, 1), [page()])
    night(D(2026, 3, 4), [page()])
    runs = [
        night(D(2026, 3, 5) + timedelta(days=n), [page(TEXT.replace("100元", "200元"))])
        for n in range(3)
    ]
    for run in runs:
        check = checks(ledger, run)[URL]
        assert check.state is PageState.CHANGED
        assert (check.seen, check.found) == (D(2026, 3, 4), D(2026, 3, 5))
        assert "100元" in check.change.before
        assert "200元" in check.change.after
        assert 0 < check.change.share < 0.5
    late = night(D(2026, 3, 5) + timedelta(days=120), [page(TEXT.replace("100元", "200元"))])
    assert checks(ledger, late)[URL].state is PageState.SAME


def test_the_last_change_is_told(ledger, night):
    night(D(2026, 3, 1), [page()])
    night(D(2026, 3, 2), [page(TEXT.replace("100元", "200元"))])
    run = night(D(2026, 3, 3), [page(TEXT.replace("100元", "300元"))])
    check = checks(ledger, run)[URL]
    assert "200元" in check.change.before
    assert (check.seen, check.found) == (D(2026, 3, 2), D(2026, 3, 3))


def test_a_counter_that_ran_on_hides_no_edit_before_it(ledger, night):
    night(D(2026, 3, 1), [page(TEXT + "浏览次数：3")])
    night(D(2026, 3, 2), [page(TEXT.replace("100元", "200元") + "浏览次数：8")])
    run = night(D(2026, 3, 3), [page(TEXT.replace("100元", "200元") + "浏览次数：12")])
    check = checks(ledger, run)[URL]
    assert check.state is PageState.CHANGED
    assert check.found == D(2026, 3, 2)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.GONE, PageState.LOST),
        (Outcome.SOFT_GONE, PageState.LOST),
        (Outcome.TIMEOUT, PageState.UNREADABLE),
        (Outcome.BLOCKED, PageState.UNREADABLE),
        (Outcome.SERVER_ERROR, PageState.UNREADABLE),
        (Outcome.BUDGET, PageState.UNREADABLE),
    ],
)
def test_a_page_that_does_not_come_is_lost_or_says_nothing(ledger, night, make, outcome, state):
    night(D(2026, 3, 1), [page()])
    night(D(2026, 3, 2))
    run = night(D(2026, 3, 5), failed=[(URL, outcome)], listed=[URL])
    check = checks(ledger, run)[URL]
    assert check.state is state
    assert (check.outcome, check.status) == (outcome, 404)
    assert (check.seen, check.found) == (D(2026, 3, 1), D(2026, 3, 5))
    assert check.paths == (make.path("动态"),)
    assert check.title == "造林会议"


def test_an_address_that_was_never_read_is_not_lost(ledger, night):
    night(D(2026, 3, 1), [page(url=URL + "?other")])
    run = night(D(2026, 3, 2), failed=[(URL, Outcome.GONE)])
    assert checks(ledger, run) == {}


def test_pages_not_asked_for_are_not_checked(ledger, night):
    night(D(2026, 3, 1), [page()])
    assert checks(ledger, night(D(2026, 3, 2), listed=[URL])) == {}


@pytest.mark.parametrize(("first", "then"), [("", TEXT), (TEXT, ""), (" \n", TEXT)])
def test_a_text_that_could_not_be_read_has_not_changed(ledger, night, first, then):
    night(D(2026, 3, 1), [page(first)])
    run = night(D(2026, 3, 2), [page(then)])
    assert checks(ledger, run)[URL].state is PageState.UNREADABLE


def test_a_day_changed_on_the_page_is_kept(ledger, night):
    night(D(2026, 3, 1), [page()])
    night(D(2026, 3, 2), [page()])
    run = night(D(2026, 3, 3), [page(day=D(2026, 2, 20))])
    check = checks(ledger, run)[URL]
    assert check.state is PageState.SAME
    assert [(d.seen, d.reading.day) for d in check.days] == [
        (D(2026, 3, 1), D(2026, 3, 1)),
        (D(2026, 3, 3), D(2026, 2, 20)),
    ]
    assert check.published.day == D(2026, 2, 20)


def test_the_other_of_two_days_on_a_page_is_no_change(ledger, night):
    written = (DayReading(D(2026, 2, 20), How.ARTICLE, "成文日期：2026-02-20"),)
    night(D(2026, 3, 1), [page(others=written)])
    run = night(D(2026, 3, 2), [page(day=D(2026, 2, 20))])
    assert len(checks(ledger, run)[URL].days) == 1


def test_unfinished_runs_other_sites_and_later_runs_do_not_count(ledger, night, make):
    other = ledger.begin_run(make.site("elsewhere"), D(2026, 2, 1), make.start)
    ledger.save_column(other.id, make.reading(make.path("动态")), [], [], [page("别的文字。")])
    ledger.finish_run(other.id, make.start)
    night(D(2026, 3, 1), [page("没有完成的巡查读到的。")], state="failed")
    night(D(2026, 3, 2), [page()])
    run = night(D(2026, 3, 3), [page()])
    before = ledger.facts(run)
    assert [(c.state, c.seen) for c in before.checks] == [(PageState.SAME, D(2026, 3, 2))]
    night(D(2026, 3, 4), [page("后来改过。")])
    assert ledger.facts(run) == before


def test_what_changes_on_several_pages_alike_is_the_template(ledger, night):
    urls = [f"http://demo.test/a/{n}.html" for n in range(4)]
    bodies = [f"第{n}篇的正文。" + TEXT for n in range(4)]
    night(D(2026, 3, 1), [page(b + "版权所有甲。", u) for u, b in zip(urls, bodies, strict=True)])
    after = [b + "网站改版了，欢迎访问新版。" for b in bodies]
    after[3] = after[3].replace("100元", "900元")
    run = night(D(2026, 3, 2), [page(b, u) for u, b in zip(urls, after, strict=True)])
    told = checks(ledger, run)
    assert [told[u].state for u in urls] == [PageState.SAME] * 3 + [PageState.CHANGED]
    assert "改版" not in told[urls[3]].change.after


def test_what_a_ledger_keeps_of_a_page_survives(ledger, night):
    kept = replace(page(), tags=(("PubDate", "2026-03-01"),))
    run = night(D(2026, 3, 1), [kept])
    assert ledger.pages(run) == [kept]


def test_what_other_readers_read_is_not_compared(ledger, make):
    run = 0
    for day, text, reader in ((1, TEXT, "one"), (2, "别的读法。", "two"), (3, "别的读法。", "two")):
        begun = ledger.begin_run(make.site(), D(2026, 3, day), make.start, reader)
        changed = page(text, day=D(2026, 2, day))
        ledger.save_column(begun.id, make.reading(make.path("动态")), [], [], [changed])
        ledger.finish_run(begun.id, make.start)
        run = begun.id
        states = [check.state for check in ledger.facts(run).checks]
        assert states == ([PageState.UNREADABLE] if day > 1 else [])
    check = checks(ledger, run)[URL]
    assert [d.reading.day for d in check.days] == [D(2026, 2, 2), D(2026, 2, 3)]
