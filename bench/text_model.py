"""Another n-gram table than the one the rules ship with: one trained without the text measured."""

from __future__ import annotations


def use(path: str) -> None:
    """Let the rules read the table at `path`; nothing changes where it is empty."""
    if path:
        raise SystemExit("no rule reads an n-gram table yet")


def said_of(path: str) -> str:
    """What the reader of a section must know of the table."""
    if path:
        return "The n-gram table was trained without this slice."
    return "The n-gram table shipped was trained on this text, too: the figures flatter."
