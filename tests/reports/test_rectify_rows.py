"""Duties as rows: the most pressing first, each under every unit that must act."""

from dataclasses import replace

from reports.base import PaperCase
from reports.rectify_rows import UNCLEAR, by_unit, rectify_rows, renumbered
from tests.reports.rectify_case import AUDIT, FISCAL, STATS, owed_case


def test_the_most_pressing_come_first_and_what_was_taken_out_has_no_row():
    rows = rectify_rows(owed_case())
    assert [row["outcome"] for row in rows] == [
        "overdue", "open", "open", "open", "open", "mended_late", "mended", "offline", "deferred",
    ]  # fmt: skip
    assert [row["no"] for row in rows] == list(range(1, 10))
    assert [row["due"] for row in rows[1:5]] == sorted(row["due"] for row in rows[1:5])


def test_a_shared_duty_stands_under_each_unit_and_one_without_under_none():
    units = by_unit(rectify_rows(owed_case()))
    assert list(units) == [AUDIT, STATS, FISCAL, UNCLEAR]
    (shared,) = [row for row in units[AUDIT] if row["shared"]]
    assert shared in units[FISCAL]
    assert shared["unit"] == f"{FISCAL}、{AUDIT}"
    assert [row["subject"] for row in units[UNCLEAR]] == ["的的"]
    assert [row["no"] for row in renumbered(units[STATS])] == [1, 2, 3]


def test_what_is_wrong_is_shown_where_a_place_shows_it():
    rows = {row["fingerprint"][-1]: row for row in rectify_rows(owed_case())}
    assert rows["1"]["excerpt"] == "［正文］严禁焚烧【秸杆】，违者依法处理"
    assert rows["1"]["suggest"] == "秸秆"
    assert rows["9"]["excerpt"] == rows["9"]["message"]
    assert rows["9"]["suggest"] == ""
    assert rows["4"]["link"] is None
    assert rows["8"]["until"] == "2026-06-30"


def test_a_person_can_name_another_unit():
    case: PaperCase = owed_case()
    moved = replace(case.duties[2], units=(STATS,))
    case = replace(case, duties=(moved,))
    assert list(by_unit(rectify_rows(case))) == [STATS]
