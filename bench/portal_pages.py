"""The demo portal's HTML pages as text, each with the day a reader should find on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.reading.charset import decode
from crawler.reading.document import Document
from demo.portal import Portal
from demo.reply import Reply

AS_OF = date(2026, 3, 20)
_ORIGIN = "http://demo.example"


@dataclass(frozen=True, slots=True)
class Sample:
    """One page. `day` is the publication day known to the portal, None where it names none."""

    url: str
    html: str
    day: date | None = None

    @property
    def target(self) -> str:
        """The path it is served at."""
        return self.url.removeprefix(_ORIGIN)

    @property
    def document(self) -> Document:
        """The page parsed afresh."""
        return Document(self.html, self.url)


def articles(portal: Portal, most: int) -> list[Sample]:
    """Up to `most` pages of single items, evenly from all columns."""
    days = {entry.at: entry.day for board in portal.boards.values() for entry in board.entries}
    return _even([s for s in _pages(portal, days) if s.target in days], most)


def others(portal: Portal, most: int) -> list[Sample]:
    """Up to `most` of everything that is no item: home, channels, lists and their further pages."""
    items = {entry.at for board in portal.boards.values() for entry in board.entries}
    return _even([s for s in _pages(portal, {}) if s.target not in items], most)


def first_list_pages(portal: Portal) -> list[Sample]:
    """The first list page of every column that has a list, with the newest day it shows."""
    newest = {
        board.part.at: None if board.part.family == "undated" else board.newest(portal.as_of)
        for board in portal.boards.values()
        if board.entries
    }
    return [s for s in _pages(portal, newest) if s.target in newest]


def _pages(portal: Portal, days: dict[str, date | None]) -> Iterator[Sample]:
    for target in portal.paths:
        html = page_text(portal.answer(target))
        if html is not None:
            yield Sample(_ORIGIN + target, html, days.get(target))


def page_text(reply: Reply) -> str | None:
    """The text of an HTML page that came whole with status 200, otherwise None."""
    kind = next((value for name, value in reply.headers if name == "Content-Type"), "")
    if reply.status != 200 or not kind.startswith("text/html") or not isinstance(reply.body, bytes):
        return None
    return decode(reply.body, kind)[0]


def _even(samples: Sequence[Sample], most: int) -> list[Sample]:
    """At most `most` of them, evenly spread."""
    if len(samples) <= most:
        return list(samples)
    return [samples[index * len(samples) // most] for index in range(most)]
