"""What of a page is kept from being seen: which lines, and which links."""

from __future__ import annotations

from crawler.reading.document import Document
from crawler.reading.hiding import NO_SIZE, hides, names_hidden
from crawler.reading.lines import Lines
from crawler.reading.tag_kinds import attributes
from crawler.reading.walk import Place, Standing

_MOST = 200
"""So many hidden elements are looked at; templates have a dozen."""


class Unseen:
    """The hidden parts of one page, worked out once.

    What holds most of a page's words is not hidden: a script shows it when all is loaded.
    """

    def __init__(self, doc: Document, lines: Lines) -> None:
        self.rows: dict[int, str] = {}
        self._lines = lines
        self._places: dict[int, str] = {}
        self._known: dict[int, str] = {}
        self._names = names_hidden(doc.html) if lines.outward else {}
        total = sum(len(row.text) for row in lines.rows) if lines.hidden else 0
        for standing in lines.hidden[:_MOST]:
            held = self._held(standing)
            if 2 * sum(len(lines.rows[number].text) for number in held) <= total:
                how = standing.at[1].hidden
                self._places[id(standing.at)] = how
                for number in held:
                    self.rows.setdefault(number, how)

    def how(self, place: Place) -> str:
        """How what stands in `place` is kept from being seen; '' where it is not."""
        if not self._places and not self._names:
            return ""
        known = self._known
        path: list[int] = []
        at: Place | None = place
        found = ""
        while at is not None:
            if id(at) in known:
                found = known[id(at)]
                break
            path.append(id(at))
            found = self._places.get(id(at), "") or self._named(at)
            if found:
                break
            at = at[0]
        known.update(dict.fromkeys(path, found))
        return found

    def _named(self, at: Place) -> str:
        """How a style sheet or a script of the page hides an element; `mark` is id and class."""
        if not self._names or not at[1].mark:
            return ""
        marks = (f"{sign}{name}" for name in at[1].mark.split() for sign in "#.")
        return next((self._names[mark] for mark in marks if mark in self._names), "")

    def _held(self, standing: Standing) -> list[int]:
        """The lines that stand wholly inside a hidden element."""
        rows = self._lines.rows
        held: list[int] = []
        inside: dict[int, bool] = {}
        for number in range(standing.row, len(rows)):
            places = rows[number].places
            ends = {_inside(place, standing.at, inside) for place in (places[0], places[-1])}
            if ends == {True}:
                held.append(number)
            elif ends == {False} and number > standing.row:
                # The element may begin in the midst of its first line.
                break
        return held


def _inside(place: Place, outer: Place, known: dict[int, bool]) -> bool:
    path: list[int] = []
    at: Place | None = place
    while at is not None and at is not outer and id(at) not in known:
        path.append(id(at))
        at = at[0]
    found = at is outer or (at is not None and known[id(at)])
    known.update(dict.fromkeys(path, found))
    return found


def hides_itself(tag: str) -> str:
    """How a frame's own tag keeps it from being seen."""
    attrs = attributes(tag)
    sizes = {attrs.get("width", "").removesuffix("px"), attrs.get("height", "").removesuffix("px")}
    return NO_SIZE if sizes & {"0", "1"} else hides("iframe", attrs)
