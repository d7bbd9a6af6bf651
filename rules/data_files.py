"""Reads the rules' data files; whatever is wrong in one is a RuleError that names the place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from rules.errors import RuleError

T = TypeVar("T")


def read_toml(folder: Traversable, name: str) -> dict[str, Any]:
    """A data file as a table; a fault in it is a RuleError."""
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(
            f"规则数据文件 {name} 读不了：{error}。请检查安装是否完整或改正该文件。"
        ) from error


def get(table: Mapping[str, Any], key: str, kind: type[T], where: str) -> T:
    """A value that must be there and of its kind."""
    value = table.get(key)
    if not isinstance(value, kind) or (isinstance(value, str) and not value.strip()):
        raise RuleError(f"规则数据 {where} 缺少 {key}，或者它的类型不对（应为 {kind.__name__}）。")
    return value


def number(table: Mapping[str, Any], key: str, where: str) -> int | None:
    """A positive whole number, or None where it is not written."""
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise RuleError(f"规则数据 {where} 的 {key} 应为正整数，现在是 {value!r}。")
    return value


def words(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of words, empty where it is not written."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(w, str) and w for w in value):
        raise RuleError(f"规则数据 {where} 的 {key} 应为词语的列表。")
    return tuple(value)


def tables(table: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """The rows written as [[key]]."""
    rows = get(table, key, list, where)
    if not all(isinstance(row, dict) for row in rows):
        raise RuleError(f"规则数据 {where} 的 {key} 应写成 [[{key}]]。")
    return rows


def read_table(folder: Traversable, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a tab-separated data file with their line numbers; # begins a comment line."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            f"规则数据文件 {name} 读不了：{error}。请检查安装是否完整或改正该文件。"
        ) from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")
