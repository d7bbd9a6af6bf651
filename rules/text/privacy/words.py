"""The words of data/text/privacy/contexts.toml."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rules import data_files
from rules.data_files import get, read_toml

_FILE = "contexts.toml"


@cache
def words(table: str, key: str) -> tuple[str, ...]:
    """The list `key` of the table `table`."""
    return data_files.words(get(_contexts(), table, dict, _FILE), key, f"{_FILE} {table}")


@lru_cache(maxsize=4096)
def says(text: str, table: str, key: str) -> bool:
    """Whether a text holds one of these words."""
    return any(word in text for word in words(table, key))


@cache
def _contexts() -> dict[str, Any]:
    return read_toml(files("rules") / "data" / "text" / "privacy", _FILE)
