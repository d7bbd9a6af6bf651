"""Rules of wording as data: a pattern, what to say instead, where and when it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ledger.words import Severity
from rules.data_files import get, read_toml, tables, words
from rules.errors import RuleError
from rules.text.base import Tier


@dataclass(frozen=True, slots=True)
class Wording:
    """One rule of wording.

    `anchors` are strings of which one stands wherever `pattern` matches. `suggest` is a template
    over the groups of the pattern. `headline` says that only titles count, `quoted` that quotations
    do too. Where `parts` are given, the enumeration in the group `list` must name one of them and
    one of `beside`.
    """

    key: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    suggest: str
    tier: Tier
    severity: Severity
    source: str
    why: str
    since: date | None
    until: date | None
    headline: bool
    quoted: bool
    parts: frozenset[str]
    beside: frozenset[str]

    def holds(self, day: date | None) -> bool:
        """Whether it counts on a page of this day; on an undated page it does."""
        return day is None or (
            (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True, slots=True)
class Wordings:
    """The rules of wording, and the words before a match that show it is only spoken of."""

    rules: tuple[Wording, ...]
    disowned: tuple[str, ...]


@cache
def wordings() -> Wordings:
    """The rules of rules/data/text/territory."""
    folder = files("rules") / "data" / "text" / "territory"
    table = read_toml(folder, "rules.toml")
    rows = tables(table, "rules", "territory/rules.toml")
    guards = get(table, "guards", dict, "territory/rules.toml")
    return Wordings(
        rules=tuple(_wording(folder, row) for row in rows),
        disowned=words(guards, "before", "territory/rules.toml guards"),
    )


def _wording(folder: Traversable, row: dict[str, Any]) -> Wording:
    where = f"territory/rules.toml {row.get('id')}"
    try:
        pattern = re.compile(get(row, "pattern", str, where))
        tier, severity = Tier(row.get("tier", "")), Severity(row.get("severity", ""))
        scope = {"all": False, "headline": True}[row.get("scope", "all")]
    except (re.error, ValueError, KeyError) as error:
        raise RuleError(f"规则数据 {where} 的写法不对：{error}。") from error
    return Wording(
        key=get(row, "id", str, where),
        anchors=words(row, "anchors", where),
        pattern=pattern,
        suggest=str(row.get("suggest", "")),
        tier=tier,
        severity=severity,
        source=get(row, "source", str, where),
        why=get(row, "why", str, where),
        since=row.get("since"),
        until=row.get("until"),
        headline=scope,
        quoted=bool(row.get("quoted", False)),
        parts=frozenset(words(row, "parts", where)),
        beside=_names(folder, str(row["beside"])) if "beside" in row else frozenset(),
    )


def _names(folder: Traversable, name: str) -> frozenset[str]:
    try:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"规则数据文件 {name} 读不了：{error}。请检查安装是否完整。") from error
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
