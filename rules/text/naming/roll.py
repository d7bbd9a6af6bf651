"""The leaders as a rule asks for them: by name, by a name with one character open, by office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from ledger.leaders import Leader
from rules.text.alike.likeness import alike
from rules.text.naming.words import NameWords

_OPEN = "?"
_ANY_CHARACTER = 3
"""From this length on any one character of a name may be the wrong one."""


class Roll:
    """The list of leaders, looked up in three ways."""

    def __init__(self, leaders: Sequence[Leader]) -> None:
        self.names: dict[str, list[Leader]] = {}
        self._open: dict[str, list[str]] = {}
        for leader in leaders:
            self.names.setdefault(leader.name, []).append(leader)
        for name in self.names:
            for gap in _gaps(name):
                self._open.setdefault(gap, []).append(name)
        self.titles = tuple({leader.title for leader in leaders if leader.title})
        self.sizes = tuple(sorted({len(name) for name in self.names}))

    def near(self, spelling: str) -> Iterator[tuple[str, bool]]:
        """The names one character away from a spelling, and whether it sounds or looks alike."""
        seen = set()
        for at, gap in enumerate(_gaps(spelling)):
            for name in self._open.get(gap, ()):
                close = alike(spelling[at], name[at])
                if name not in seen and (close or len(name) >= _ANY_CHARACTER):
                    seen.add(name)
                    yield name, close
        turned = spelling[:1] + spelling[1:][::-1]
        if len(spelling) == _ANY_CHARACTER and turned in self.names and turned not in seen:
            yield turned, True

    def offices(self, name: str, day: date | None) -> list[str]:
        """The titles a leader holds on a day; all of them where the day is not known."""
        return [leader.title for leader in self.names.get(name, ()) if in_office(leader, day)]

    def holders(self, title: str, day: date) -> list[str]:
        """Who holds exactly this title on a day."""
        return [
            leader.name
            for leaders in self.names.values()
            for leader in leaders
            if leader.title == title and in_office(leader, day)
        ]


def in_office(leader: Leader, day: date | None) -> bool:
    """Whether a leader holds the office on a day."""
    return day is None or (
        (leader.since is None or leader.since <= day)
        and (leader.until is None or day <= leader.until)
    )


def _gaps(name: str) -> list[str]:
    return [name[:at] + _OPEN + name[at + 1 :] for at in range(len(name))]


@lru_cache(maxsize=8)
def roll(leaders: tuple[Leader, ...]) -> Roll:
    """The roll of these leaders."""
    return Roll(leaders)


def stated(phrase: str, title: str, leading: bool, words: NameWords) -> bool:
    """Whether a phrase states exactly this office: not a deputy's, a former or a wider one."""
    if not leading:
        return phrase.startswith(title)
    return phrase.endswith(title) and not phrase[: -len(title)].endswith(words.other)
