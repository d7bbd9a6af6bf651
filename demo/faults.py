"""The faults of wording planted on the portal, read from `data/faults.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ledger.site import ColumnPath

EVERY_ITEM = -1


class Place(StrEnum):
    """Where on an item's page a fault stands; the text of an attachment is a file of its own."""

    TITLE = "title"
    BODY = "body"
    TABLE = "table"
    ATTACHMENT = "attachment"
    ALT = "alt"
    HIDDEN = "hidden"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault; the keys of `faults.toml` say what each field means."""

    path: ColumnPath
    item: int
    place: Place
    code: str
    text: str
    wrong: str
    right: str
    shown: str
    suggest: str
    file: str = ""
    tier: str = "report"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an item's page as it stands tonight: with its fault, or without it.

    `address` is where a link leads.
    """

    place: Place
    text: str
    file: str = ""
    address: str = ""

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table, row by row."""
        return [row.split("|") for row in self.text.split(";")]


@cache
def faults() -> tuple[Fault, ...]:
    """Every fault, in the order of the file."""
    text = files("demo").joinpath("data/faults.toml").read_text("utf-8")
    return tuple(_fault(entry) for entry in tomllib.loads(text)["fault"])


def passages(path: ColumnPath, item: int, *, mended: bool) -> tuple[Passage, ...]:
    """What is planted on item number `item` of a column, and the closing words of all its items."""
    own: Sequence[Fault] = [f for f in faults() if f.path == path and f.item in (item, EVERY_ITEM)]
    return tuple(_passage(fault, mended) for fault in own if not (mended and not fault.right))


def _passage(fault: Fault, mended: bool) -> Passage:
    if fault.place is Place.LINK:
        return Passage(fault.place, fault.text, address=fault.wrong)
    words = fault.text.replace("{}", fault.right if mended else fault.wrong)
    return Passage(fault.place, words, fault.file)


def _fault(entry: dict[str, Any]) -> Fault:
    told = {
        "shown": entry["wrong"],
        "suggest": entry["right"],
        **entry,
        "path": tuple(entry["path"].split(" > ")),
        "place": Place(entry["place"]),
    }
    return Fault(**told)
