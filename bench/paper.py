"""What a measurement says: tables with the words needed to read them, as Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `how` says how it was measured; `caveats` what it does not say."""

    title: str
    how: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caveats: tuple[str, ...] = ()

    def markdown(self) -> str:
        """The section under its own heading."""
        parts = [f"## {self.title}", self.how, table(self.header, self.rows)]
        if self.caveats:
            parts.append("\n".join(f"- {caveat}" for caveat in self.caveats))
        return "\n\n".join(parts) + "\n"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up on a terminal, figures to the right."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (header, *rows)]
    widths = [max(3, *map(_width, column)) for column in zip(*cells, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (cells[0], rule, *cells[1:]))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
    figures = [gap + cell for gap, cell in zip(gaps[1:], row[1:], strict=True)]
    return f"| {' | '.join([row[0] + gaps[0], *figures])} |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


_HEAD = """# Benchmarks

Written by `make bench` on {day}; a figure is the median of {runs} runs unless its section says
otherwise.

{machine}

Absolute figures belong to this machine and to what else ran on it. The ratios to the named peers,
taken in the same run on the same pages, travel better. Everything happened on 127.0.0.1: no
latency, no TLS, no slow server. On a real portal politeness (one request a second a host) decides
how long a night takes; the figures here say only what the machine has to give. The pages are the
demo portal's, about 8 KB each, unless their section says otherwise; pages in the field are often
several times larger.

"""


def document(day: str, machine: Sequence[str], runs: int, sections: Sequence[Section]) -> str:
    """The whole of docs/benchmarks.md."""
    named = "\n".join(f"- {line}" for line in machine)
    head = _HEAD.format(day=day, runs=runs, machine=named)
    return head + "\n".join(section.markdown() for section in sections)
