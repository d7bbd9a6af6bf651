"""From an inspected folder to notices and reminders: the duties come with the ledger's findings."""

import icalendar
import pytest
from docx import Document

DAY = "2026-03-20"


@pytest.fixture
def written(quiet, tmp_path):
    def make(paper, *more):
        ran = quiet("report", paper, "site", "--as-of", DAY, "--out", str(tmp_path), *more)
        assert ran.code == 0, ran.err
        return {path.name: path for path in tmp_path.iterdir()}

    return make


def test_overdue_columns_become_duties_with_a_last_day(written):
    files = written("unit-notice", "--formats", "docx")
    assert list(files) == ["site-unit-notice-2026-03-20-区政府办.docx"]
    made = Document(files["site-unit-notice-2026-03-20-区政府办.docx"])
    listed = made.tables[0]
    assert len(listed.rows) == 4
    limits = {row.cells[5].text for row in listed.rows[1:]}
    # Confirmed on a Friday; the fortnight after it has no holiday.
    assert limits == {"10个工作日内，至2026年4月3日"}


def test_reminders_come_for_all_and_for_each_unit(written):
    files = written("reminders", "--formats", "ics,html")
    assert set(files) == {
        f"site-reminders-2026-03-20{part}.{form}"
        for part in ("", "-区政府办")
        for form in ("ics", "html")
    }
    held = icalendar.Calendar.from_ical(files["site-reminders-2026-03-20.ics"].read_bytes())
    assert len(held.walk("VEVENT")) >= 3
