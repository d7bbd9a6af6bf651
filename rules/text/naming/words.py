"""The words that show where a name stands: titles, and what comes before and after a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rules.data_files import get, number, read_toml, words
from rules.errors import RuleError

_FILE = "naming/words.toml"


@dataclass(frozen=True, slots=True)
class NameWords:
    """`common` titles are anybody's; `other` before a title make it another or a former one.

    `after` and `before` are what may follow and precede a name without being part of one. A
    spelling that stands in `usage` different sentences is taken for somebody else's name.
    """

    titles: tuple[str, ...]
    common: frozenset[str]
    other: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    usage: int


@cache
def name_words() -> NameWords:
    """The words of rules/data/text/naming."""
    table = read_toml(files("rules") / "data" / "text" / "naming", "words.toml")
    usage = number(get(table, "limits", dict, _FILE), "usage", f"{_FILE} limits")
    if usage is None:
        raise RuleError(f"规则数据 {_FILE} 缺少 limits 的 usage。")
    return NameWords(
        titles=words(table, "titles", _FILE),
        common=frozenset(words(table, "common", _FILE)),
        other=words(table, "other", _FILE),
        after=words(table, "after", _FILE),
        before=words(table, "before", _FILE),
        usage=usage,
    )
