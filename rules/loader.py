"""Finds the rules: one file a rule, in one folder a family. An unfit rule stops the program."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from ledger.findings import RuleCard
from rules.base import Explanation, Rule
from rules.errors import RuleError
from rules.standards import Standards, standards
from rules.text.base import TextRule
from rules.text.judging import as_rule

_CODE = re.compile(r"[A-Z][0-9]{3}")


@cache
def load() -> tuple[Rule, ...]:
    """Every rule of every family, by code; RuleError where one is unfit."""
    return collect(_modules("rules"), standards())


def card(code: str) -> RuleCard | None:
    """The card of the rule `code`, or None where no such rule is known."""
    rule = _find(code)
    return rule.card(standards()) if rule else None


def explain(code: str) -> Explanation | None:
    """What the rule `code` checks, why, on what basis and how to mend it, or None."""
    rule = _find(code)
    if rule is None:
        return None
    numbers = standards()
    return Explanation(
        code=rule.code,
        name=rule.name,
        family=rule.family,
        severity=rule.severity.label,
        checks=rule.checks,
        why=rule.why,
        basis=rule.basis(numbers),
        mend=rule.mend,
        confirm_after=rule.confirm_after,
        thresholds=rule.thresholds(numbers),
    )


def collect(modules: Iterable[ModuleType], numbers: Standards) -> tuple[Rule, ...]:
    """The rules of `modules` by code; a module without RULE only supports its neighbours."""
    found: dict[str, tuple[Rule, str]] = {}
    for module in modules:
        if not hasattr(module, "RULE"):
            continue
        rule = _fit(module, numbers)
        if rule.code in found:
            other = found[rule.code][1]
            raise RuleError(
                f"规则编码 {rule.code} 重复：{other} 和 {module.__name__} 都用了它，请改一个。"
            )
        found[rule.code] = rule, module.__name__
    return tuple(found[code][0] for code in sorted(found))


def _find(code: str) -> Rule | None:
    wanted = code.strip().upper()
    return next((rule for rule in load() if rule.code == wanted), None)


def _modules(package: str) -> Iterator[ModuleType]:
    """The modules of the families under `package`, in order of name."""
    for family in _children(importlib.import_module(package), packages=True):
        yield from _children(family, packages=False)


def _children(package: ModuleType, *, packages: bool) -> Iterator[ModuleType]:
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda e: e.name):
        if entry.ispkg is packages:
            name = f"{package.__name__}.{entry.name}"
            try:
                yield importlib.import_module(name)
            except (ImportError, SyntaxError) as error:
                raise RuleError(f"规则文件 {name} 载入不了：{error}。") from error


def _fit(module: ModuleType, numbers: Standards) -> Rule:
    """The module's rule, or a RuleError that says what it lacks."""
    rule = as_rule(module.RULE) if isinstance(module.RULE, TextRule) else module.RULE
    if not isinstance(rule, Rule):
        raise RuleError(f"规则文件 {module.__name__} 的 RULE 不是规则，请用 rules.base.Rule 来写。")
    where = f"规则 {rule.code}（{module.__name__}）"
    if not _CODE.fullmatch(rule.code):
        raise RuleError(f"{where}的编码应为一个大写字母加三位数字，如 F001。")
    # python -OO strips every docstring; that says nothing about the file.
    if sys.flags.optimize < 2 and not (module.__doc__ or "").strip():
        raise RuleError(f"{where}没有文档说明，请在文件开头写一句。")
    if not rule.clauses:
        raise RuleError(f"{where}没有依据条款，请在 clauses 里写上。")
    unknown = [key for key in rule.clauses if key not in numbers.clauses]
    if unknown:
        raise RuleError(
            f"{where}的依据 {'、'.join(unknown)} 在 rules/data/indicators.toml 里没有。"
        )
    empty = [k for k in ("name", "family", "checks", "why", "mend") if not getattr(rule, k).strip()]
    if empty:
        raise RuleError(f"{where}缺少说明：{'、'.join(empty)}。")
    if rule.confirm_after < 0:
        raise RuleError(f"{where}的 confirm_after 应不小于 0。")
    return rule
