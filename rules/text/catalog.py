"""Finds the text rules: every module of this folder with a RULE that is a TextRule."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import rules.text
from rules.text.base import TextRule


@cache
def text_rules() -> tuple[TextRule, ...]:
    """Every text rule, by code."""
    found: list[TextRule] = []
    for entry in pkgutil.iter_modules(rules.text.__path__):
        rule = getattr(importlib.import_module(f"rules.text.{entry.name}"), "RULE", None)
        if isinstance(rule, TextRule):
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.code))
