"""The part each column plays on the demo portal, read from `data/parts.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from demo.table import Row, rows
from ledger.site import ColumnPath


class Standing(StrEnum):
    """What became of a column's page (its state on the portal)."""

    LIVE = "live"
    BLANK = "blank"
    BUILDING = "building"
    GONE = "gone"
    SOFT_GONE = "soft_gone"
    BLOCKED = "blocked"
    TIMEOUT = "timeout"
    SERVER_ERROR = "server_error"
    RESET = "reset"
    NOT_RENDERED = "not_rendered"
    JUMP_LINK = "jump_link"
    JUMP_302 = "jump_302"
    JUMP_REFRESH = "jump_refresh"
    JUMP_SCRIPT = "jump_script"

    @property
    def jumps(self) -> bool:
        """True where the column leads to another page instead of having its own."""
        return self.name.startswith("JUMP_")


@dataclass(frozen=True, slots=True)
class Part:
    """A column's part; the keys of `parts.toml` say what each field means."""

    row: Row
    at: str
    family: str
    state: Standing = Standing.LIVE
    topic: str = "notice"
    age: int = 0
    every: int = 10
    count: int = 0
    menu: str = "top"
    pinned: int = 0
    skew: int = 0
    future: int = 0
    impossible: bool = False
    nested: bool = False
    shows: str = ""
    charset: str = "utf-8"
    to: str = ""

    @property
    def path(self) -> ColumnPath:
        """The column's path."""
        return self.row.path

    @property
    def folder(self) -> str:
        """The folder its pages stand in, with a slash at the end."""
        return self.at.rpartition("/")[0] + "/"


@dataclass(frozen=True, slots=True)
class Channel:
    """A parent that is no row of the table: a page that gathers its children."""

    path: ColumnPath
    at: str


@dataclass(frozen=True, slots=True)
class Soft:
    """A section that answers every unknown address with one and the same page and 200."""

    at: str
    wording: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A page of another office that a jump column leads to."""

    at: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everything `parts.toml` says."""

    parts: tuple[Part, ...]
    channels: tuple[Channel, ...]
    softs: tuple[Soft, ...]
    outside: tuple[Outside, ...]


@cache
def cast() -> Cast:
    """The cast of the demo portal, in the order of the table."""
    text = files("demo").joinpath("data/parts.toml").read_text("utf-8")
    data = tomllib.loads(text)
    by_path = {_path(entry.pop("path")): entry for entry in data["part"]}
    return Cast(
        parts=tuple(_part(row, by_path[row.path]) for row in rows()),
        channels=tuple(Channel(_path(c["path"]), c["at"]) for c in data["channel"]),
        softs=tuple(Soft(**s) for s in data["soft"]),
        outside=tuple(Outside(**o) for o in data["outside"]),
    )


def _path(text: str) -> ColumnPath:
    return tuple(text.split(" > "))


def _part(row: Row, entry: dict[str, Any]) -> Part:
    state = Standing(entry.get("state", "live"))
    return Part(row=row, **{**entry, "state": state})
