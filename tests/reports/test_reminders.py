"""栏目更新提醒: who must act by when, in tables and in calendars that stay stable."""

import io
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from docx import Document
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser as Html

from ledger.words import Frequency, Verdict
from reports import load
from reports.base import PaperError
from reports.reminders import PAPER
from tests.reports.conftest import AS_OF, SCRIPT, made
from tests.reports.rectify_case import AUDIT, FISCAL, owed_case


@pytest.fixture(scope="module")
def model():
    return PAPER.build(owed_case())


@pytest.fixture(scope="module")
def parts(model):
    return PAPER.split(model)


def with_columns(*verdicts, **report):
    case = owed_case()
    judgement = replace(case.judgement, verdicts=verdicts)
    site = replace(case.site, report=report)
    return replace(case, site=site, judgement=judgement, findings=(), duties=())


def due_in(days, frequency=Frequency.MONTHLY, span=31, **more):
    last = AS_OF + timedelta(days=days - span)
    due = AS_OF + timedelta(days=days)
    return made(f"甲/{days}", Verdict.ON_TIME, frequency, last, due=due, **more)


def named(case):
    return [row["name"] for row in PAPER.build(case)["columns"]]


def test_the_model_is_known(model, golden):
    assert load()["reminders"] is PAPER
    golden("reminders.json", model)


def test_what_is_due_within_the_days_looked_ahead_is_listed():
    columns = [due_in(days) for days in (0, 7, 8, 15)]
    assert named(with_columns(*columns)) == ["甲 > 0", "甲 > 7"]
    assert named(with_columns(*columns, remind_days="10")) == ["甲 > 0", "甲 > 7", "甲 > 8"]
    rows = PAPER.build(with_columns(*columns))["columns"]
    assert [row["words"] for row in rows] == ["今天到期", "还有7天到期"]


def test_a_weekly_column_is_not_reminded_of_from_its_first_day():
    weekly = [due_in(days, Frequency.WEEKLY, 7) for days in (2, 3, 4, 6)]
    assert named(with_columns(*weekly)) == ["甲 > 2", "甲 > 3"]
    assert named(with_columns(due_in(6, Frequency.WEEKLY, 7, soon=True))) == ["甲 > 6"]


@pytest.mark.parametrize(
    ("verdict", "frequency"),
    [
        (Verdict.JUMP_OK, Frequency.JUMP),
        (Verdict.JUMP_BROKEN, Frequency.JUMP),
        (Verdict.AS_NEEDED, Frequency.TIMELY),
        (Verdict.AS_NEEDED, Frequency.ON_DEMAND),
        (Verdict.AS_NEEDED, Frequency.UNSPECIFIED),
        (Verdict.BLANK, Frequency.MONTHLY),
        (Verdict.UNREACHABLE, Frequency.MONTHLY),
    ],
)
def test_what_owes_nothing_by_a_day_is_never_reminded_of(verdict, frequency):
    column = made("乙", verdict, frequency, AS_OF - timedelta(days=400))
    assert PAPER.build(with_columns(column))["columns"] == []


def test_a_column_that_was_not_checked_is_said_to_be_unknown():
    column = made("丙", Verdict.NOT_CHECKED, Frequency.MONTHLY)
    model = PAPER.build(with_columns(column))
    assert model["unchecked_words"]["words"] == (
        "另有 1 个有更新时限的栏目本次未检查，是否临近到期无从知道。"
    )


def test_everything_in_one_and_each_unit_in_its_own(model, parts):
    assert parts[""] is model
    assert FISCAL in parts
    own = parts[FISCAL]
    assert [row["no"] for row in own["duties"]] == [1, 2, 3]
    assert own["columns"] == [] == own["units"]
    assert "已超期的整改任务 1 项，7天内到期的整改任务 2 项" in own["lead"]["words"]
    assert [row["unit"] for row in parts[AUDIT]["duties"]] == [f"{FISCAL}、{AUDIT}"]
    told = {row["unit"]: row for row in model["units"]}
    assert (told[FISCAL]["late"], told[FISCAL]["due"]) == (1, 2)


def entries(model):
    held = icalendar.Calendar.from_ical(PAPER.render(model, "ics"))
    return {str(event["uid"]): event for event in held.walk("VEVENT")}


def test_the_calendar_has_an_all_day_entry_on_each_last_day(model, parts):
    everything = entries(model)
    assert len(everything) == len(model["columns"]) + len(model["duties"])
    (soon,) = [e for e in everything.values() if "通知公告" in e["summary"]]
    assert soon.decoded("dtstart") == date(2026, 3, 21)
    assert str(soon["summary"]) == "栏目更新到期：首页 > 通知公告"
    # The run ended at 02:14 in Shanghai; it is no matter when the file was written.
    assert soon.decoded("dtstamp").isoformat() == "2026-03-19T18:14:00+00:00"
    rings = [alarm.decoded("trigger") for alarm in soon.walk("VALARM")]
    assert rings == [timedelta(days=-3, hours=9), timedelta(hours=9)]
    late = [e for e in everything.values() if "逾期：" in e["summary"]]
    assert late
    assert not any(event.walk("VALARM") for event in late)
    assert set(entries(parts[FISCAL])) < set(everything)


def test_the_same_entry_the_next_night_and_another_once_it_was_updated(model):
    tomorrow = owed_case()
    run = replace(tomorrow.run, id=43, as_of=AS_OF + timedelta(days=1))
    later = PAPER.build(replace(tomorrow, run=run))
    assert set(entries(later)) == set(entries(model))
    updated = deepcopy(model)
    updated["columns"][0]["due"] = "2026-05-01"
    assert len(set(entries(updated)) - set(entries(model))) == 1


def test_text_of_the_portal_is_inert_in_every_format(model):
    raw = PAPER.render(model, "ics").decode()
    assert raw.count("BEGIN:VEVENT") == len(model["columns"]) + len(model["duties"])
    assert "javascript" not in "".join(line for line in raw.splitlines() if line.startswith("URL"))
    spoilt = deepcopy(model)
    spoilt["columns"][0]["name"] = "甲,乙;丙\\\nEND:VEVENT\nBEGIN:VEVENT"
    assert len(entries(spoilt)) == len(entries(model))
    page = Html(PAPER.render(model, "html").decode())
    assert page.css("main script, main img") == []
    assert SCRIPT in page.text()
    assert not any((a.attributes["href"] or "").startswith("java") for a in page.css("a"))


def test_the_workbook_and_the_word_file_hold_the_same_rows(model):
    book = load_workbook(io.BytesIO(PAPER.render(model, "xlsx")))
    columns, duties = book.worksheets
    assert columns.max_row == 3 + len(model["columns"])
    assert duties.max_row == 3 + len(model["duties"])
    cells = [cell for row in columns.iter_rows(min_row=4) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    (hostile,) = [c for c in cells if c.column == 3 and str(c.value).startswith("=")]
    assert hostile.data_type == "s"
    assert hostile.quotePrefix
    word = Document(io.BytesIO(PAPER.render(model, "docx")))
    assert [len(table.rows) - 1 for table in word.tables] == [
        len(model["units"]), len(model["columns"]), len(model["duties"]),
    ]  # fmt: skip


@pytest.mark.parametrize("form", PAPER.formats)
@pytest.mark.parametrize("key", ["columns", "duties", "units"])
def test_counts_that_differ_from_the_rows_are_refused(model, key, form):
    spoilt = deepcopy(model)
    spoilt[key].pop()
    with pytest.raises(PaperError, match="报表自检未通过"):
        PAPER.render(spoilt, form)


def test_nothing_to_remind_of_is_one_file_that_says_so():
    model = PAPER.build(with_columns(made("丁", Verdict.ON_TIME, last=AS_OF)))
    assert list(PAPER.split(model)) == [""]
    assert "已逾期的栏目 0 个" in model["lead"]["words"]
    for form in PAPER.formats:
        assert PAPER.render(model, form)
