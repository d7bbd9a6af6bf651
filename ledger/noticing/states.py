"""What a vendor itself says of an entry: no error after all, in doubt, or put right already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.naming import fold_name
from ledger.noticing.headings import words
from ledger.noticing.parts import Cell

_YES, _NO = frozenset({"是", "√", "有", "yes", "y"}), frozenset({"否", "×", "无", "no", "n"})
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """The vendor's own word, as `heading：value`, under what it means; empty where it says none."""

    false: str = ""
    doubtful: str = ""
    mended: str = ""


def standing_of(cells: Iterable[tuple[str, Cell]]) -> Standing:
    """What the columns of states say: their headings and cells."""
    told: dict[str, str] = {}
    for heading, cell in cells:
        meant = _meant(heading, " ".join(cell.text.split()))
        if meant:
            said = cell.text.strip()[:_LONGEST]
            told.setdefault(meant, f"{heading}：{said}" if heading else said)
    return Standing(**told)


def _meant(heading: str, text: str) -> str:
    states = words().states
    bare = fold_name(text).lower()
    if not bare or len(text) > _LONGEST or any(one in bare for one in states["never"]):
        return ""
    if bare in _YES | _NO:
        asked = next((n for n in ("false", "mended") if _asks(heading, states[n])), "")
        if "属实" in heading:
            return "false" if bare in _NO else ""
        return asked if bare in _YES and "是否" in heading else ""
    kinds = ("false", "doubtful", "mended")
    return next((kind for kind in kinds if any(one in bare for one in states[kind])), "")


def _asks(heading: str, said: Iterable[str]) -> bool:
    return any(one.removeprefix("已") in heading for one in said)
