"""The working days each severity leaves: the site's own setting, or the default."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from ledger.rectification import RectifyPolicy
from ledger.words import Severity
from rules.data_files import get, number, read_toml
from rules.errors import RuleError

_FILE = "rectification.toml"
_KINDS = ("severe", "general", "light")


def days_for(severity: Severity, policy: RectifyPolicy) -> int:
    """The working days a finding of this severity leaves.

    A mere hint that a person has confirmed is given as long as a light fault.
    """
    kind = {Severity.SEVERE: "severe", Severity.GENERAL: "general"}.get(severity, "light")
    own: int | None = getattr(policy, kind)
    return _defaults()[kind] if own is None else own


@cache
def _defaults() -> Mapping[str, int]:
    table = get(read_toml(resources.files("rules") / "data", _FILE), "days", dict, _FILE)
    found = {kind: number(table, kind, _FILE) for kind in _KINDS}
    missing = [kind for kind, days in found.items() if days is None]
    if missing:
        raise RuleError(f"规则数据 {_FILE} 缺少 {'、'.join(missing)}。")
    return MappingProxyType({kind: days for kind, days in found.items() if days is not None})
