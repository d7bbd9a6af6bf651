"""The contract's own column table, read the way a person reads it.

The demo keeps a reader of its own: a truth that was computed by the program under test would
prove nothing.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ledger.site import ColumnPath
from ledger.words import Frequency

HEADER = ("一级栏目", "二级栏目", "三级栏目", "四级栏目", "责任单位", "发布形式")
LEVELS = 4

# The longer words first: 半年 holds 年.
_FREQUENCIES = (
    ("半年", Frequency.HALF_YEARLY),
    ("季", Frequency.QUARTERLY),
    ("周", Frequency.WEEKLY),
    ("月", Frequency.MONTHLY),
    ("年", Frequency.YEARLY),
    ("适时", Frequency.TIMELY),
    ("按需", Frequency.ON_DEMAND),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the cells as written, and what they mean.

    `number` is the row of the sheet, the header being row 1.
    """

    number: int
    cells: tuple[str, ...]
    path: ColumnPath
    unit: str
    frequency: Frequency

    @property
    def name(self) -> str:
        """The column's own name."""
        return self.path[-1]


def sheet_text() -> str:
    """The table as it stands in the contract, byte for byte."""
    data = files("demo").joinpath("data/columns.csv").read_bytes()
    return data.decode("utf-8-sig")


@cache
def rows() -> tuple[Row, ...]:
    """All rows of the table, parents carried down, names without stray white space."""
    lines = list(csv.reader(io.StringIO(sheet_text(), newline="")))
    carried = [""] * LEVELS
    found = []
    for number, cells in enumerate(lines[1:], start=2):
        names = ["".join(cell.split()) for cell in cells[:LEVELS]]
        first = next(level for level, name in enumerate(names) if name)
        carried = carried[:first] + names[first:]
        path = tuple(name for name in carried if name)
        unit, form = cells[LEVELS].strip(), cells[LEVELS + 1].strip()
        found.append(Row(number, tuple(cells), path, unit, _frequency(unit, form)))
    return tuple(found)


def _frequency(unit: str, form: str) -> Frequency:
    if unit.startswith(("跳转", "链接")) or form.startswith(("跳转", "链接")):
        return Frequency.JUMP
    return next((value for word, value in _FREQUENCIES if word in form), Frequency.UNSPECIFIED)
