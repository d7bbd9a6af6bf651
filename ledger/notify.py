"""Whom a site tells after a night (通知), and when not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_QUIET = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9]) ?[-—~至] ?([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class NotifyPolicy:
    """`[notify]` of site.toml.

    `channels` are addresses as Apprise writes them, or `env:NAME` for one kept in an environment
    variable. `begin` and `end` are the times of day (HH:MM, Asia/Shanghai) between which nothing is
    sent, both empty where there is no such time.
    """

    channels: tuple[str, ...] = ()
    begin: str = ""
    end: str = ""

    def quiet_at(self, now: time) -> bool:
        """Whether nothing may be sent at this time of day; the span may run past midnight."""
        if not self.begin or self.begin == self.end:
            return False
        begin, end = time.fromisoformat(self.begin), time.fromisoformat(self.end)
        return begin <= now < end if begin < end else now >= begin or now < end


def read_quiet(text: str) -> tuple[str, str] | None:
    """The two times of day of a span as written, None where it is none."""
    held = _QUIET.fullmatch(text.strip().replace("：", ":"))
    if held is None:
        return None
    return f"{int(held[1]):02}:{held[2]}", f"{int(held[3]):02}:{held[4]}"
