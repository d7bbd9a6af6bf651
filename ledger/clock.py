"""The one place that knows the time zone and asks the machine for the day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment in Asia/Shanghai."""
    return datetime.now(ZONE)


def today() -> date:
    """The present day in Asia/Shanghai."""
    return now().date()
