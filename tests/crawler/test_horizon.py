from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.horizon import horizon
from ledger.words import Frequency

F = Frequency


@pytest.mark.parametrize(
    ("frequency", "day", "first"),
    [
        (F.WEEKLY, date(2026, 3, 20), date(2026, 1, 26)),
        (F.MONTHLY, date(2026, 3, 20), date(2026, 2, 1)),
        (F.MONTHLY, date(2026, 1, 1), date(2025, 12, 1)),
        (F.QUARTERLY, date(2026, 3, 31), date(2025, 10, 1)),
        (F.QUARTERLY, date(2026, 4, 1), date(2026, 1, 1)),
        (F.HALF_YEARLY, date(2026, 7, 1), date(2026, 1, 1)),
        (F.YEARLY, date(2026, 12, 31), date(2025, 1, 1)),
        (F.ON_DEMAND, date(2026, 3, 20), date(2026, 3, 1)),
    ],
)
def test_horizon(frequency: F, day: date, first: date) -> None:
    assert horizon(frequency, day) == first


@given(st.sampled_from(F), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_horizon_is_never_later_than_the_running_month(frequency: F, day: date) -> None:
    assert horizon(frequency, day) <= day.replace(day=1)
