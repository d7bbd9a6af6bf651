"""The numbers of the rules that compare runs: what is worth a look, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.facts import HISTORY_DAYS
from rules.data_files import get, number
from rules.errors import RuleError

_FILE = "publication.toml"


@dataclass(frozen=True, slots=True)
class Watching:
    """Numbers of `rules/data/publication.toml`; days are whole days, shares run from 0 to 1."""

    watch_days: int
    late_days: int
    yearless_days: int
    address_later: int
    address_earlier: int
    folder_days: int
    batch_items: int
    batch_periods: int
    batch_gap: int
    same_day_items: int
    month_end_days: int
    mass_pages: int
    mass_share: float


def read_watching(table: Mapping[str, Any]) -> Watching:
    """The numbers as checked: each section says where its numbers come from."""
    known = Watching(
        watch_days=_days(table, "watch", "days"),
        late_days=_days(table, "late", "days"),
        yearless_days=_days(table, "late", "yearless_days"),
        address_later=_days(table, "address", "later_days"),
        address_earlier=_days(table, "address", "earlier_days"),
        folder_days=_days(table, "address", "folder_days"),
        batch_items=_days(table, "batch", "items"),
        batch_periods=_days(table, "batch", "periods"),
        batch_gap=_days(table, "batch", "gap_days"),
        same_day_items=_days(table, "batch", "same_day_items"),
        month_end_days=_days(table, "batch", "month_end_days"),
        mass_pages=_days(table, "mass", "pages"),
        mass_share=get(_section(table, "mass"), "share", float, f"{_FILE} 的 mass"),
    )
    if not 0 < known.mass_share <= 1:
        raise RuleError(f"规则数据 {_FILE} 的 mass.share 应大于0、不大于1。")
    if known.watch_days > HISTORY_DAYS:
        raise RuleError(f"规则数据 {_FILE} 的 watch.days 不能超过台账回看的{HISTORY_DAYS}天。")
    return known


def _section(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section: Mapping[str, Any] = get(table, name, dict, _FILE)
    where = f"{_FILE} 的 {name}"
    get(section, "source", str, where)
    get(section, "verified", bool, where)
    return section


def _days(table: Mapping[str, Any], name: str, key: str) -> int:
    section = _section(table, name)
    where = f"{_FILE} 的 {name}"
    get(section, key, int, where)
    found = number(section, key, where)
    if found is None:
        raise RuleError(f"规则数据 {where} 缺少 {key}。")
    return found
