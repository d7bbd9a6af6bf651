"""The rules: facts and a day in, verdicts and findings out; no network, no clock."""

from rules.errors import RuleError
from rules.loader import card, explain, load

__all__ = ["RuleError", "card", "explain", "load"]
