"""Printing data: tables for eyes, JSON, JSONL and CSV for programs. Data alone goes to stdout."""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, Any]

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WIDE = 100_000
"""Columns of a page that is no terminal: nothing is wrapped there, one row stays one line."""


class Format(StrEnum):
    """The forms data is printed in."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a printed table: the key of the row and the word above it."""

    key: str
    title: str


def clean(value: object) -> str:
    """`value` on one line without control and direction characters: portal text is hostile."""
    return _UNSEEN.sub(" ", "" if value is None else str(value)).strip()


def to_json(data: object) -> str:
    """One JSON document, the same text for the same data."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_jsonl(rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "".join(
        json.dumps(row, ensure_ascii=False, allow_nan=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        + "\n"
        for row in rows
    )


def to_csv(rows: Sequence[Row], keys: Sequence[str]) -> str:
    """A CSV sheet Excel opens as UTF-8 and takes no formula from."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(keys)
    writer.writerows([_cell(row.get(key)) for key in keys] for row in rows)
    return "\ufeff" + sheet.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_table(rows: Sequence[Row], headings: Sequence[Heading], *, terminal: bool) -> str:
    """A table for a person; on a terminal it folds to the width, elsewhere it stays unfolded."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading.title, overflow="fold", no_wrap=not terminal)
    for row in rows:
        table.add_row(*(Text(clean(row.get(heading.key))) for heading in headings))
    page = io.StringIO()
    console = Console(
        file=page,
        width=None if terminal else _WIDE,
        force_terminal=False,
        color_system=None,
        legacy_windows=False,
    )
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())


def emit(text: str, form: Format = Format.TABLE) -> None:
    """Write data to stdout. A reader who leaves early (`| head`) is no error.

    Programs get UTF-8 whatever the locale; a terminal gets what it can show.
    """
    encoding = (sys.stdout.encoding or "utf-8") if form is Format.TABLE else "utf-8"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        hush(sys.stdout.fileno())


def usable_streams() -> None:
    """Make stdout and stderr usable however the program was started; call once, first thing.

    A stream that was closed (`>&-`) is pointed at the void: otherwise the next file opened, maybe
    the ledger, would take its number and get what is printed. Where the locale knows ASCII alone
    (a bare cron) Chinese goes out as UTF-8, not as question marks.
    """
    for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            hush(number)
            mode = "r" if number == 0 else "w"
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name == "ascii":
            stream.reconfigure(encoding="utf-8")


def hush(descriptor: int) -> None:
    """Point a stream nobody reads any more at the void, so that closing it raises nothing."""
    void = os.open(os.devnull, os.O_RDWR)
    if void != descriptor:
        os.dup2(void, descriptor)
        os.close(void)


def say(sentence: str) -> None:
    """Talk to the person at stderr."""
    try:
        sys.stderr.write(clean_lines(sentence) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        hush(sys.stderr.fileno())


def clean_lines(text: str) -> str:
    """`text` line by line without control characters."""
    return "\n".join(_UNSEEN.sub(" ", line).rstrip() for line in text.splitlines())


def on_terminal() -> bool:
    """True where stdout is a terminal."""
    return sys.stdout.isatty()
