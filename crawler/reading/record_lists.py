"""Every list of records in parsed JSON of any shape, also in JSON that stands in a string."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_DEPTH = 12
MAX_RECORDS = 5_000
_MOST_VALUES = 400_000
_LONGEST_JSON = 8_000_000
Objects = tuple[Mapping[object, object], ...]


@dataclass(slots=True)
class RecordList:
    """Records found at one place of the data, or at like places of like neighbours.

    `path` names the keys down to it, `*` for any member of a list; `above` holds the objects
    around it, outermost first.
    """

    path: tuple[str, ...]
    above: Objects
    records: list[object] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The nearest key it stands under, or ''."""
        return next((key for key in reversed(self.path) if key != "*"), "")

    @property
    def inner(self) -> bool:
        """True where it stands inside the members of another list."""
        return "*" in self.path


def opened(value: object) -> object:
    """`value`, or what it holds where it is a string of JSON."""
    if not isinstance(value, str) or not 2 <= len(value) <= _LONGEST_JSON:
        return value
    text = value.strip("\ufeff \t\r\n")
    if (text[:1], text[-1:]) not in (("[", "]"), ("{", "}")) and text[:2] not in ('"{', '"['):
        return value
    try:
        inner = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return value
    # Some interfaces write their answer as JSON and then write that as JSON again.
    return opened(inner) if isinstance(inner, str) and len(inner) < len(text) else inner


def values_in(data: object) -> Iterator[tuple[tuple[str, ...], Objects, object]]:
    """All values down to `MAX_DEPTH` in order of appearance, with the way to them."""
    stack: list[tuple[tuple[str, ...], Objects, object]] = [((), (), data)]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        path, above, value = stack.pop()
        value = opened(value)
        yield path, above, value
        if len(path) >= MAX_DEPTH:
            continue
        if isinstance(value, Mapping):
            around = (*above, value)
            inner = [((*path, str(key)[:80]), around, part) for key, part in value.items()]
            stack.extend(reversed(inner))
        elif isinstance(value, list):
            members = [((*path, "*"), above, part) for part in value[:MAX_RECORDS]]
            stack.extend(reversed([m for m in members if isinstance(m[2], Mapping | list | str)]))


def lists_in(data: object) -> list[RecordList]:
    """The lists of records in `data`; those at like places of a list's members are one."""
    found: dict[tuple[str, ...], RecordList] = {}
    for path, above, value in values_in(data):
        records = _records(value)
        if not records:
            continue
        known = found.setdefault(path, RecordList(path, above))
        known.records.extend(records[: MAX_RECORDS - len(known.records)])
    return list(found.values())


def _records(value: object) -> list[object]:
    if isinstance(value, Mapping):
        # A list that lost its form on the way: {"0": {…}, "1": {…}}.
        keyed = value and all(isinstance(key, str) and key.isdecimal() for key in value)
        return [part for part in value.values() if isinstance(part, Mapping)] if keyed else []
    if not isinstance(value, list):
        return []
    members = (opened(part) for part in value[:MAX_RECORDS])
    return [part for part in members if isinstance(part, Mapping) or _is_row(part)]


def _is_row(part: object) -> bool:
    """True for a list of plain values such as ["title", "address", "2026-3-8"]."""
    if not isinstance(part, list) or not 2 <= len(part) <= 40:
        return False
    return any(isinstance(cell, str) for cell in part) and not any(
        isinstance(cell, Mapping) for cell in part
    )
