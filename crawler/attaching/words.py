"""Text as it is gathered from a file: lines, with a lid on how many, and tables row by row."""

from __future__ import annotations

from crawler.attaching.trouble import CUT

MOST = 400_000
"""Characters kept of a file; a book is shorter."""


class Full(Exception):
    """So much text is enough."""


class Gathering:
    """The lines of a file. `add` raises `Full` once there are enough."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._size = 0

    def add(self, line: str) -> None:
        """One more line; blank ones are left out."""
        line = "\t".join(" ".join(cell.split()) for cell in line.split("\t")).strip()
        if not line:
            return
        self._lines.append(line)
        self._size += len(line) + 1
        if self._size > MOST:
            raise Full(CUT)

    @property
    def text(self) -> str:
        """What was gathered, a line a paragraph."""
        return "\n".join(self._lines)[:MOST]


class Rows:
    """Paragraphs, and tables row by row: for formats that open and close both."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._paragraph: list[str] = []
        self._rows: list[list[list[str]]] = []

    def words(self, text: str) -> None:
        """Words of the paragraph that is open."""
        self._paragraph.append(text)

    def end_paragraph(self) -> None:
        """A paragraph ends: a line, or inside a table part of a cell."""
        text = "".join(self._paragraph)
        self._paragraph = []
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text.replace("\t", " ").replace("\n", " "))
        elif not self._rows:
            for line in text.split("\n"):
                self._gathering.add(line.replace("\t", " "))

    def begin_row(self) -> None:
        """A table's row begins; one inside a cell becomes words of that cell."""
        self._rows.append([])

    def begin_cell(self) -> None:
        """A cell of the row begins."""
        if self._rows:
            self._rows[-1].append([])

    def end_row(self) -> None:
        """The row ends."""
        if not self._rows:
            return
        cells = [" ".join(filter(None, cell)) for cell in self._rows.pop()]
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(" ".join(cells))
        else:
            self._gathering.add("\t".join(cells))
