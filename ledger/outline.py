"""How the rows of a sheet form a tree: parents written once, or paths in one cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ledger.site import ColumnPath

_ARROWS = re.compile(r"\s*(?:>+|＞+|»|›|→|➔|》(?!.*《))\s*")
_WEAK = (re.compile(r"\s*[/／\\]\s*"), re.compile(r"\s+[-—–－]+\s+|\s*[-—–－]+\s*"))


class Outline:
    """Carries parents down. A new name at one level forgets the names below it.

    `spelled` are the levels at which the sheet repeats names row by row; an empty cell there,
    between two written ones, means that the level is absent and not that it goes on.
    """

    def __init__(self, spelled: frozenset[int] = frozenset()) -> None:
        self._spelled = spelled
        self._current: list[str] = []

    def orphan(self, names: Sequence[str]) -> bool:
        """True where the row leaves out level one and nothing stands above to take it from."""
        return not names[0] and not any(self._current)

    def place(self, names: Sequence[str]) -> ColumnPath:
        """The full path of a row that writes `names`, one a level and at least one not empty."""
        written = [level for level, name in enumerate(names) if name]
        current = self._current + [""] * (len(names) - len(self._current))
        for level in range(written[-1] + 1):
            name = names[level]
            if name and name != current[level]:
                current[level:] = [name] + [""] * (len(current) - level - 1)
            elif not name and level > written[0] and level in self._spelled:
                current[level] = ""
        current[written[-1] + 1 :] = []
        self._current = current
        return tuple(name for name in current if name)


def spelled_levels(named: Sequence[Sequence[str]]) -> frozenset[int]:
    """The levels at which two rows in a row write the same name."""
    return frozenset(
        level
        for above, below in pairwise(named)
        for level, name in enumerate(below)
        if name and level < len(above) and above[level] == name
    )


def split_paths(cells: Sequence[str]) -> list[list[str]]:
    """Cells that hold a whole path each, split at the separator this sheet uses.

    Arrows always part names. Strokes and dashes also stand inside names, so they part only where
    the sheet bears it out: most cells hold them, or what stands before them recurs.
    """
    if any(_ARROWS.search(cell) for cell in cells):
        return [_parts(_ARROWS, cell) for cell in cells]
    for separator in _WEAK:
        if _borne_out(separator, cells):
            return [_parts(separator, cell) for cell in cells]
    return [[cell] for cell in cells]


def _borne_out(separator: re.Pattern[str], cells: Sequence[str]) -> bool:
    holding = [cell for cell in cells if separator.search(cell)]
    if not holding:
        return False
    heads = Counter(_parts(separator, cell)[0] for cell in holding)
    recurs = any(count > 1 or head in cells for head, count in heads.items())
    return recurs or 2 * len(holding) >= sum(map(bool, cells))


def _parts(separator: re.Pattern[str], cell: str) -> list[str]:
    parts = [part for part in (piece.strip() for piece in separator.split(cell)) if part]
    return parts or [""]
