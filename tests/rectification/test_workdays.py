"""Working days: the announced holidays of China, and Monday to Friday where none are announced."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.rectification.workdays import after, between, workday

ANNOUNCED = st.dates(date(2004, 1, 1), date(2026, 6, 30))
FUTURE = st.dates(date(2060, 1, 1), date(2090, 12, 31))
DAYS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 3, 20), 10, date(2026, 4, 3)),  # an ordinary fortnight, confirmed on a Friday
        (date(2026, 3, 21), 1, date(2026, 3, 23)),  # confirmed on a Saturday
        # 春节 2026 is 15 to 23 February; Saturday the 14th and Saturday the 28th are worked.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 12), 10, date(2026, 3, 4)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # 国庆节
    ],
)
def test_the_official_calendar_counts(start, days, due):
    met = after(start, days)
    assert (met.day, met.assumed) == (due, False)
    assert between(start, due) == days


def test_a_year_that_is_not_announced_counts_monday_to_friday_and_says_so():
    friday = date(2077, 1, 1)
    assert friday.weekday() == 4
    met = after(friday, 5)
    assert (met.day, met.assumed) == (date(2077, 1, 8), True)


def test_a_stretch_that_reaches_into_such_a_year_says_so():
    last = max(y for y in range(2026, 2060) if not workday(date(y, 6, 1)).assumed)
    assert after(date(last, 12, 30), 10).assumed
    assert not after(date(last, 3, 2), 10).assumed


@given(ANNOUNCED | FUTURE, DAYS)
def test_the_last_day_is_a_working_day_and_counts_back(start, days):
    met = after(start, days)
    assert workday(met.day).works
    assert between(start, met.day) == days
    assert between(start, met.day - timedelta(days=1)) == days - 1


@given(ANNOUNCED | FUTURE, DAYS, st.integers(0, 40))
def test_later_starts_and_longer_terms_never_end_earlier(start, days, more):
    assert after(start + timedelta(days=more), days).day >= after(start, days).day
    assert after(start, days + more).day >= after(start, days).day


def test_the_end_of_the_calendar_is_no_accident():
    assert after(date.max - timedelta(days=2), 10).day == date.max
    assert between(date(2026, 3, 20), date(2026, 3, 20)) == 0
    assert between(date(2026, 3, 20), date(2026, 3, 1)) == 0
