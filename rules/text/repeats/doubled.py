"""What doubles by custom, and what begins a name: data/text/repeats/doubled.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data" / "text" / "repeats" / "doubled.toml"


@dataclass(frozen=True, slots=True)
class Doubled:
    """Characters by what they do beside their like, and words that are said twice."""

    numerals: frozenset[str]
    particles: frozenset[str]
    surnames: frozenset[str]
    doubling: frozenset[str]
    tried: frozenset[str]
    bodies: frozenset[str]
    iterating: frozenset[str]
    endings: frozenset[str]
    tried_words: frozenset[str]


@cache
def doubled() -> Doubled:
    """What is shipped."""
    held = tomllib.loads(DATA.read_text(encoding="utf-8"))
    words = frozenset(held.pop("tried_words").split())
    return Doubled(**{name: frozenset(chars) for name, chars in held.items()}, tried_words=words)
