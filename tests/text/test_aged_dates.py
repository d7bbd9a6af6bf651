"""Dates: every day there is is silent, every day there is not is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts import PageText, Passage, PassageKind, TextPolicy
from rules.text import impossible_dates, weekdays
from rules.text.aged.calendar import days, han_number
from rules.text.aged.numbering import han_written
from rules.text.base import TextRule, Tier
from rules.text.corpus import gather
from rules.text.proofing import Proof, proofs

_WEEKDAYS = "一二三四五六日"
_REAL = st.dates(date(1950, 1, 1), date(2099, 12, 31))
_FORMS = st.sampled_from(
    [
        "{y}年{m}月{d}日",
        "{y} 年 {m} 月 {d} 日",
        "{y}年{m:02}月{d:02}日",
        "{m}月{d}日",
        "{m:02}月{d:02}日",
    ]
)


def _proofs(rule: TextRule, text: str, day: date | None = None) -> list[Proof]:
    said = (Passage(PassageKind.BODY, text),)
    page = PageText("http://www.example.gov.cn/", day=day, passages=said)
    return proofs(gather([page], TextPolicy(), date(2026, 3, 20)), [rule])


@given(_REAL, _FORMS)
def test_every_real_date_is_silent(day: date, form: str) -> None:
    text = f"报名截至{form.format(y=day.year, m=day.month, d=day.day)}。"
    assert _proofs(impossible_dates.RULE, text) == []


@given(_REAL, st.sampled_from("-/."))
def test_every_real_date_in_figures_is_silent(day: date, mark: str) -> None:
    for text in (f"{day:%Y{mark}%m{mark}%d}", f"{day.year}{mark}{day.month}{mark}{day.day}"):
        assert _proofs(impossible_dates.RULE, text) == []


@given(st.integers(1950, 2099), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_told_just_where_there_is_none(year: int, month: int, day: int) -> None:
    found = _proofs(impossible_dates.RULE, f"报名截至{year}年{month}月{day}日。")
    try:
        date(year, month, day)
    except ValueError:
        assert [proof.wrong for proof in found] == [f"{year}年{month}月{day}日"]
        assert found[0].tier is (Tier.REPORT if month and day else Tier.REVIEW)
    else:
        assert found == []


@given(_REAL)
def test_only_the_right_weekday_is_silent(day: date) -> None:
    for number, name in enumerate(_WEEKDAYS):
        text = f"{day.year}年{day.month}月{day.day}日（星期{name}）召开"
        found = _proofs(weekdays.RULE, text)
        assert bool(found) == (number != day.weekday())
        assert all(proof.tier is Tier.REPORT for proof in found)


@given(_REAL, st.integers(-100, 100))
def test_a_day_without_year_is_read_from_the_pages_own(day: date, apart: int) -> None:
    text = f"定于{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）召开"
    assert _proofs(weekdays.RULE, text, day + timedelta(apart)) == []
    wrong = _WEEKDAYS[(day.weekday() + 1) % 7]
    text = f"定于{day.month}月{day.day}日（星期{wrong}）召开"
    found = _proofs(weekdays.RULE, text, day + timedelta(apart))
    assert [proof.tier for proof in found] == [Tier.REVIEW]


@given(st.integers(1, 99))
def test_numerals_read_as_written(number: int) -> None:
    assert han_number(han_written(number)) == number


@given(st.text(alphabet="0123456789年月日号 十二三〇-/.（）星期一\n", max_size=60))
def test_nothing_written_breaks_the_reading(text: str) -> None:
    for written in days(text):
        assert 0 <= written.start < written.end <= len(text)
    for rule in (impossible_dates.RULE, weekdays.RULE):
        for proof in _proofs(rule, text, date(2024, 5, 1)):
            assert proof.wrong


@pytest.mark.parametrize("written", ["十十", "二三", "", "百", "一十一十"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert han_number(written) is None
