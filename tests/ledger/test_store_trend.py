"""Open findings week by week, and the days on which columns published."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from ledger.clock import ZONE
from ledger.reviews import Review
from ledger.trend import FindingCount
from ledger.words import ReviewWord

START = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 9, tzinfo=ZONE)


def day(number):
    return START + timedelta(days=number)


def judge(ledger, make, on, *, fired=(), clear=()):
    number = make.run(ledger, day(on))
    ledger.save_judgement(
        make.judgement(
            number,
            day(on),
            tuple(make.claim(name) for name in fired),
            tuple(make.clear(name) for name in clear),
            names=("甲", "乙", "丙"),
            cards=(make.card(confirm_after=1),),
        )
    )


def test_what_stood_open_and_what_came_and_went(ledger, make):
    judge(ledger, make, 0, fired=("甲",))
    judge(ledger, make, 5, fired=("甲", "乙"))
    judge(ledger, make, 9, fired=("乙", "丙"), clear=("甲",))
    judge(ledger, make, 12, clear=("甲", "丙"), fired=("乙",))
    days = [day(number) for number in (0, 7, 14)]
    assert ledger.finding_counts("wuerhe", days) == [
        FindingCount(day(7), 2, 1, 0),
        # 丙 came and went between the two days.
        FindingCount(day(14), 1, 1, 2),
    ]
    for counted in ledger.finding_counts("wuerhe", days):
        stood = ledger.findings("wuerhe", counted.day)
        assert counted.open == sum(finding.state.open for finding in stood)


def test_a_week_in_which_nobody_looked_is_left_out(ledger, make):
    judge(ledger, make, 1, fired=("甲",))
    judge(ledger, make, 20, fired=("甲",))
    days = [day(number) for number in (0, 7, 14, 21)]
    assert ledger.finding_counts("wuerhe", days) == [
        FindingCount(day(7), 1, 1, 0),
        FindingCount(day(21), 1, 0, 0),
    ]


def test_a_false_alarm_is_open_no_more_from_the_day_it_was_called_so(ledger, make):
    judge(ledger, make, 1, fired=("甲",))
    judge(ledger, make, 8, fired=("甲",))
    mark = ledger.findings("wuerhe")[0].fingerprint
    ledger.save_review(Review("wuerhe", mark, ReviewWord.DISMISSED, AT, day(8), "张三"))
    days = [day(number) for number in (0, 7, 14)]
    assert [c.open for c in ledger.finding_counts("wuerhe", days)] == [1, 0]
    assert ledger.finding_counts("wuerhe", []) == []
    assert ledger.finding_counts("nobody", days) == []


def test_days_are_those_an_item_was_last_seen_with_each_counted_once(ledger, make):
    path = make.path("动态")
    first, second, third = make.items(3)
    earlier = ledger.begin_run(make.site(), make.day - timedelta(days=2), make.start)
    ledger.save_column(earlier.id, make.reading(path), [second, third])
    ledger.finish_run(earlier.id, make.start)
    moved = replace(second, day=make.day - timedelta(days=9))
    later = ledger.begin_run(make.site(), make.day, make.start)
    ledger.save_column(later.id, make.reading(path), [first, moved])
    ledger.finish_run(later.id, make.start)
    year = make.day - timedelta(days=364)
    assert ledger.item_days(later.id, year) == {
        path: {first.day: 1, moved.day: 1, third.day: 1},
    }
    # The same paper printed again knows no more than it did then.
    assert ledger.item_days(earlier.id, year) == {path: {third.day: 1}}
    assert ledger.item_days(later.id, make.day) == {path: {first.day: 1}}
