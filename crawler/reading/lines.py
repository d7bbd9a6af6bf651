"""A page as lines of text, each knowing where in the page it stood.

Dates are told apart by their surroundings: the line they stand in, the label before them, the menu
or related list around them. One walk gathers the lines; what surrounds a line is worked out only
for the few that are asked about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crawler.reading.document import Document
from crawler.reading.walk import FileLink, Outward, Place, Row, Standing, Walk

TITLE_LINK = 8
"""Characters of a link that may be another article's title."""
_ITEM_LONGEST = 300
_DEEPEST = 12


@dataclass(slots=True)
class Around:
    """What is known of the elements around a text, the innermost last.

    `regions` are the menus, footers and sidebars, at most nine; `items` the list entries and table
    rows, at most a dozen; `marks` ids and classes.
    """

    regions: tuple[Place, ...] = ()
    items: tuple[Place, ...] = ()
    marks: tuple[str, ...] = ()


class Line:
    """One line of the page.

    `link` counts its characters inside links, credits left out; `longest` is its longest link.
    `heading` is 1 to 6, 7 for an element merely named as a title, 0 otherwise; `stamps` are date
    attributes.
    """

    __slots__ = (
        "_entry",
        "_lines",
        "_row",
        "heading",
        "link",
        "longest",
        "number",
        "start",
        "text",
    )

    def __init__(self, lines: Lines, number: int) -> None:
        row = lines.rows[number]
        self._lines = lines
        self._row = row
        self._entry: bool | None = None
        self.number = number
        self.text = row.text
        self.start = row.start
        self.heading = row.heading
        self.link = row.link
        self.longest = row.longest

    @property
    def stamps(self) -> tuple[str, ...]:
        """Date attributes of elements in the line."""
        return self._row.stamps

    @property
    def end(self) -> int:
        """The offset behind the line's last character."""
        return self.start + len(self.text)

    @property
    def regions(self) -> tuple[Place, ...]:
        """The menus, footers, sidebars around it, outermost first."""
        return self._lines.around(self._row.places[0]).regions

    @property
    def items(self) -> tuple[Place, ...]:
        """The list entries and table rows around it, at most three, outermost first."""
        return self._lines.around(self._row.places[0]).items[-3:]

    @property
    def marks(self) -> str:
        """Ids and classes of the elements around its texts."""
        found = {mark for place in self._row.places for mark in self._lines.around(place).marks}
        return " ".join(sorted(found))

    @property
    def listed(self) -> bool:
        """True inside an entry that carries a title link: a related or neighbouring article."""
        return self.longest >= TITLE_LINK or any(map(self._carries_title, self.items))

    @property
    def listed_by_entry(self) -> bool:
        """As `listed`, for labelled dates: rows of a document's own table do not count."""
        if self._entry is None:
            self._entry = any(
                item[1].tag != "tr" and self._carries_title(item) for item in self.items
            )
        return self._entry

    @property
    def linked(self) -> bool:
        """True where nearly the whole line is a link as long as a title."""
        return self.link >= TITLE_LINK and self.link * 5 >= len(self.text) * 4

    def _carries_title(self, item: Place) -> bool:
        return self._lines.carries_title(item, self.number)


@dataclass(slots=True)
class Lines(Sequence[Line]):
    """The lines of a page and their common text, joined by line feeds.

    `headings` and `stamped` are the numbers of the lines that are headings or have date attributes;
    `bodies` are the elements that common systems keep an article's text in, with their lines;
    `files` are the links that may lead to files, `outward` those to other hosts; `pictures` are
    images with words of their own, `hidden` the elements that are kept from being seen.
    """

    rows: list[Row]
    text: str
    headings: list[int]
    stamped: list[int]
    bodies: list[tuple[Place, range]]
    files: list[FileLink]
    outward: list[Outward]
    pictures: list[Standing]
    hidden: list[Standing]
    _starts: list[int] = field(default_factory=list)
    _seen: dict[int, Line] = field(default_factory=dict)
    _around: dict[int, Around] = field(default_factory=dict)
    _titled: dict[int, bool] = field(default_factory=dict)

    def __getitem__(self, index: int) -> Line:  # type: ignore[override]
        line = self._seen.get(index)
        if line is None:
            line = self._seen[index] = Line(self, index)
        return line

    def __len__(self) -> int:
        return len(self.rows)

    def following(self, number: int, count: int) -> Iterator[Line]:
        """Up to `count` lines behind line `number`."""
        return (self[n] for n in range(number + 1, min(number + 1 + count, len(self.rows))))

    def at(self, offset: int) -> int:
        """The number of the line that holds `offset`."""
        if not self._starts:
            self._starts.extend(row.start for row in self.rows)
        return max(0, bisect_right(self._starts, offset) - 1)

    def around(self, place: Place) -> Around:
        """What surrounds a text whose innermost element is `place`."""
        # The rows keep every place alive, so its address is its name.
        known = self._around
        path: list[Place] = []
        at: Place | None = place
        while at is not None and id(at) not in known:
            path.append(at)
            at = at[0]
        found = known[id(at)] if at is not None else Around()
        for inner in reversed(path):
            kind = inner[1]
            if kind.chrome or kind.item or kind.mark:
                found = Around(
                    (*found.regions[:8], inner) if kind.chrome else found.regions,
                    (*found.items[1 - _DEEPEST :], inner) if kind.item else found.items,
                    (*found.marks[-2:], kind.mark) if kind.mark else found.marks,
                )
            known[id(inner)] = found
        return found

    def carries_title(self, item: Place, number: int) -> bool:
        """True where a link as long as a title stands in an entry as short as one.

        `number` is a line inside the entry `item`.
        """
        known = self._titled.get(id(item))
        if known is None:
            known = self._titled[id(item)] = self._weigh(item, number)
        return known

    def _weigh(self, item: Place, number: int) -> bool:
        rows = self.rows
        length, longest = len(rows[number].text), rows[number].longest
        for beyond in (range(number - 1, -1, -1), range(number + 1, len(rows))):
            for other in beyond:
                row = rows[other]
                items = self.around(row.places[0]).items
                if length > _ITEM_LONGEST or not any(one is item for one in items):
                    break
                length += len(row.text)
                longest = max(longest, row.longest)
        return longest >= TITLE_LINK and length <= _ITEM_LONGEST


def read_lines(doc: Document) -> Lines:
    """The lines of the page's body in document order."""
    root = doc.body
    written = (root.html or "") if root is not None else ""
    for odd in ("\u200b", "\ufeff"):
        if odd in written:
            written = written.replace(odd, " ")
    walk = Walk(doc.host)
    walk.read(written.replace("&nbsp;", "\u00a0"))
    rows = walk.rows
    return Lines(
        rows,
        "\n".join([row.text for row in rows]),
        [number for number, row in enumerate(rows) if row.heading],
        [number for number, row in enumerate(rows) if row.stamps],
        walk.bodies,
        walk.files,
        walk.outward,
        walk.pictures,
        walk.hidden,
    )
