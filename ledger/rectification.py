"""Rectification (整改): who must mend a finding, until when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """Where a duty stands on a day."""

    OPEN = "open"  # 整改中
    OVERDUE = "overdue"  # 超期未整改
    MENDED = "mended"  # 已整改
    MENDED_LATE = "mended_late"  # 超期整改
    OFFLINE = "offline"  # 已下线
    DEFERRED = "deferred"  # 暂予保留

    @property
    def label(self) -> str:
        """The word of the trade."""
        return _LABELS[self]

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in (Outcome.OPEN, Outcome.OVERDUE)


_LABELS = {
    Outcome.OPEN: "整改中",
    Outcome.OVERDUE: "超期未整改",
    Outcome.MENDED: "已整改",
    Outcome.MENDED_LATE: "超期整改",
    Outcome.OFFLINE: "已下线",
    Outcome.DEFERRED: "暂予保留",
}


@dataclass(frozen=True, slots=True)
class RectifyPolicy:
    """`[rectify]` of site.toml: the working days each severity leaves; None takes the default."""

    severe: int | None = None
    general: int | None = None
    light: int | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What one confirmed finding asks of whom.

    `units` are the parts of a cell that names several, empty where no unit is known. `since` is
    the day it was confirmed, `due` the last day to mend it, `days` the working days it was given.
    `closed_on` is the day a later inspection proved it ended. `late` counts the working days
    beyond `due` up to the closing, or up to the day. `assumed` says that the holidays of a year in
    between were not announced yet, and Monday to Friday were counted instead.
    """

    fingerprint: str
    units: tuple[str, ...]
    since: date
    due: date
    days: int
    outcome: Outcome
    closed_on: date | None = None
    late: int = 0
    assumed: bool = False
