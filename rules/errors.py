"""What goes wrong with the rules themselves."""

from __future__ import annotations


class RuleError(Exception):
    """A rule or its data is not fit to judge with; the message is a sentence for the operator."""
