"""What stands around a number: its line, the head of its column, the head of its page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ledger.texts import PassageKind
from rules.text.corpus import Corpus
from rules.text.headings import headings, opening
from rules.text.privacy.words import says, words

_BREAKS = re.compile(r"[\n\r\u0085\u2028\u2029]")
_GAPS = re.compile(r"[ \u00a0\u3000]{1,}")
_DIGITS = re.compile(r"[0-9０-９]{5,}")
_LONGEST_HEAD = 24
_FIRST_WORDS = 120
_TITLES = 5
_MOST_CELLS = 2_000
_KINDS = ("name", "identity", "phone", "account", "address")
_LONGEST_CAPTION = 40
_BEFORE = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a passage as the page has it, with its cells and where each begins."""

    start: int
    text: str
    cells: tuple[str, ...]
    begins: tuple[int, ...]

    def cell(self, place: int) -> int:
        """The number of the cell that holds this place of the passage."""
        return max(0, bisect_right(self.begins, place - self.start) - 1)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a number.

    `label` is the head of its column, or the words just before it; `heads` are the heads of all
    columns (empty outside tables), `above` the line before. `heading` is what page, attachment and
    table are called, `page` that and how their text begins.
    """

    line: Line
    label: str
    heads: tuple[str, ...]
    above: str
    heading: str
    page: str

    def head_of(self, kind: str) -> int | None:
        """The number of the first column of this kind: name, identity, phone, account, address."""
        return next((n for n, head in enumerate(self.heads) if is_head(head, kind)), None)

    @property
    def of_a_person(self) -> bool:
        """Whether the number stands in a table of people who hold no office in it."""
        return self.head_of("name") is not None and not self.of_an_office

    @property
    def of_an_office(self) -> bool:
        """Whether the table tells of offices, firms or duties."""
        return any(says(head, "office", "heads") for head in self.heads)

    @property
    def private(self) -> bool:
        """Whether page or table is about private people."""
        return says(f"{self.page}\n{''.join(self.heads)}", "private", "words")

    @property
    def sample(self) -> bool:
        """Whether the number is likely to be an invented one that shows how to fill in a form."""
        return says(f"{self.page}\n{self.above}\n{self.line.text}", "things", "samples")


class Sheet:
    """The lines of one text, and which of them are heads of tables."""

    def __init__(self, corpus: Corpus, text: int) -> None:
        holders = list(corpus.passages(text))
        self._same = corpus.texts[text].plain
        self._holder = corpus.texts[text].holders[0]
        self._pages = corpus.pages
        self.raw = holders[0][1].text
        first = self.raw.lstrip().partition("\n")[0]
        caption = first if len(first) <= _LONGEST_CAPTION and "\t" not in first else ""
        pages = [page for page, _ in holders[:_TITLES]]
        called = (f"{headings(page)}\n{passage.place}" for page, passage in holders[:_TITLES])
        self._heading = "\n".join((*called, caption))
        begins = (opening(page, _FIRST_WORDS) for page in pages)
        self._page = "\n".join((self._heading, *begins, self.raw[:_FIRST_WORDS]))

    def whole(self, start: int, end: int) -> bool:
        """Whether this stretch of the comparable text lies in one cell of one line."""
        first, last = self._same.span(start, end)
        between = self.raw[first:last]
        return "\t" not in between and not _BREAKS.search(between)

    def around(self, start: int) -> Around:
        """What stands around this place of the comparable text."""
        place = self._same.span(start, start + 1)[0]
        number = bisect_right(self._starts, place) - 1
        line = self.lines[number]
        heads = self._heads(number)
        cell = line.cell(place)
        label = heads[cell] if cell < len(heads) == len(line.cells) else ""
        if not label:
            label = line.text[max(0, place - line.start - _BEFORE) : place - line.start]
        above = self.lines[number - 1].text if number else ""
        return Around(line, label, heads, above, self._heading, self._page)

    def rows(self) -> Iterator[tuple[Line, tuple[str, ...]]]:
        """The lines of tables, each with the heads of its columns."""
        for number, line in enumerate(self.lines):
            heads = self._heads(number)
            if heads and not self._is_head[number]:
                yield line, heads

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the text."""
        tabbed = "\t" in self.raw
        found, at = [], 0
        for words_ in _BREAKS.split(self.raw):
            found.append(_line(at, words_, tabbed))
            at += len(words_) + 1
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _is_head(self) -> list[bool]:
        return [_names_columns(line) for line in self.lines]

    @cached_property
    def _nearest(self) -> Mapping[int, int]:
        """For each line of a table the line that names its columns."""
        nearest, head = {}, -1
        for number, line in enumerate(self.lines):
            if self._is_head[number]:
                head = number
            elif len(line.cells) == 1 and len(line.text) > _LONGEST_HEAD:
                head = -1
            if head >= 0:
                nearest[number] = head
        return nearest

    @cached_property
    def _loose(self) -> tuple[str, ...]:
        """What may name the columns where every cell is a passage of its own, as in a draft."""
        page, own = self._holder
        passages = self._pages[page].passages
        if passages[own].kind is not PassageKind.TABLE or len(self.lines) > 1 or "\t" in self.raw:
            return ()
        heads: dict[str, None] = {}
        for passage in reversed(passages[max(0, own - _MOST_CELLS) : own]):
            if passage.kind is not PassageKind.TABLE:
                break
            if len(passage.text) <= _LONGEST_HEAD and not _DIGITS.search(passage.text):
                heads[_GAPS.sub("", passage.text)] = None
        kept = tuple(head for head in heads if _is_any_head(head))
        return kept if len(kept) > 1 else ()

    def _heads(self, number: int) -> tuple[str, ...]:
        head = self._nearest.get(number)
        line = self.lines[number]
        if head is None or len(line.cells) < 2:
            return self._loose
        cells = self.lines[head].cells
        above = self.lines[head - 1].cells if head and self._is_head[head - 1] else ()
        if len(above) != len(cells):
            above = ("",) * len(cells)
        pairs = zip(above, cells, strict=True)
        return tuple(_GAPS.sub("", high + low if high != low else low) for high, low in pairs)


def is_head(head: str, kind: str) -> bool:
    """Whether the head of a column says that its cells are of this kind."""
    if len(head) > _LONGEST_HEAD or not any(word in head for word in words("columns", kind)):
        return False
    return kind != "name" or not (says(head, "office", "heads") or says(head, "columns", "phone"))


def _is_any_head(head: str) -> bool:
    return any(is_head(head, kind) for kind in _KINDS) or says(head, "office", "heads")


def _names_columns(line: Line) -> bool:
    if len(line.cells) < 2 or _DIGITS.search(line.text):
        return False
    plain = [_GAPS.sub("", cell) for cell in line.cells]
    named = sum(any(is_head(cell, kind) for kind in _KINDS) for cell in plain)
    return named >= 2 or (named == 1 and any(cell in ("序号", "编号", "号") for cell in plain))


def _line(start: int, text: str, tabbed: bool) -> Line:
    """A line cut into cells: at tabs, and where a text has none at its blanks."""
    cells, begins, at = [], [], 0
    for cell in text.split("\t") if tabbed else _GAPS.split(text):
        at = text.index(cell, at) if cell else at
        cells.append(cell.strip())
        begins.append(at)
        at += len(cell) + (1 if tabbed else 0)
    return Line(start, text, tuple(cells), tuple(begins))
