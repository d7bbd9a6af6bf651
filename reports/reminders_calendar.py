"""The reminders as a calendar (.ics): one all-day entry on each last day, with alarms before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ledger.clock import ZONE
from reports.base import Model
from reports.safe import link

if TYPE_CHECKING:
    from icalendar import Event

Row = dict[str, Any]

_BEFORE = (timedelta(days=-3, hours=9), timedelta(hours=9))
"""When alarms ring, from the beginning of the day: at 9 o'clock, three days before and then."""


def calendar(model: Model) -> bytes:
    """The rows that have a last day, as entries that stay the same entries night after night."""
    # It takes a while to load, and every command that lists the papers loads this module.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//xuncha//reminders//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", model["heading"])
    made.add("x-wr-timezone", "Asia/Shanghai")
    # The moment of the run, not of writing: the same night gives the same bytes.
    stamp = _moment(model["run"]["finished"] or model["run"]["started"])
    for row in model["columns"]:
        # Nobody can be reminded of a day that is not known.
        if row["due"]:
            made.add_component(_event(_of_column(model, row), stamp))
    for row in model["duties"]:
        made.add_component(_event(_of_duty(model, row), stamp))
    return bytes(made.to_ical())


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a calendar entry says."""

    mark: str
    due: date
    summary: str
    told: tuple[tuple[str, str], ...]
    url: str
    late: bool


def _of_column(model: Model, row: Row) -> _Entry:
    late = row["state"] == "overdue"
    return _Entry(
        mark=_mark(model, "column", *row["path"], row["due"]),
        due=date.fromisoformat(row["due"]),
        summary=f"{'栏目已逾期' if late else '栏目更新到期'}：{row['name']}",
        told=(
            ("责任单位", row["unit"]),
            ("更新要求", row["frequency_word"]),
            ("最近更新", row["last_updated"] or "没有读到"),
            ("应更新至", row["due"]),
            ("网址", row["url"]),
        ),
        url=row["url"],
        late=late,
    )


def _of_duty(model: Model, row: Row) -> _Entry:
    late = row["state"] == "overdue"
    return _Entry(
        mark=_mark(model, "duty", row["fingerprint"], row["due"]),
        due=date.fromisoformat(row["due"]),
        summary=f"{'整改已超期' if late else '整改到期'}：{row['name']}“{row['subject']}”",
        told=(
            ("责任单位", row["unit"]),
            ("问题", row["message"]),
            ("整改期限", row["due"]),
            ("网址", row["url"]),
        ),
        url=row["url"],
        late=late,
    )


def _event(entry: _Entry, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.mark)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.due)
    event.add("summary", entry.summary)
    event.add("description", "\n".join(f"{n}：{said}" for n, said in entry.told if said))
    event.add("transp", "TRANSPARENT")
    if target := link(entry.url):
        event.add("url", target)
    # What is overdue rings no more.
    for before in () if entry.late else _BEFORE:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event


def _mark(model: Model, *parts: str) -> str:
    """What tells entries apart: the same column with the same last day is the same entry."""
    held = json.dumps([model["site"]["key"], *parts]).encode()
    return f"{hashlib.sha256(held).hexdigest()[:32]}@xuncha"


def _moment(text: str | None) -> datetime:
    if not text:
        return datetime(2000, 1, 1, tzinfo=UTC)
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)
