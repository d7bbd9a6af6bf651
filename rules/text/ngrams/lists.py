"""Derives the lists of confusable characters and of words from what packages ship.

Run once, by hand: `python -m rules.text.ngrams lists`; the results stand in data/text/ngrams with
their sources in its README.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

_READINGS = 3  # the first ones of a character; later ones are rare
_LOOKALIKES = 30
_ALIKE = 0.74
_STROKES = frozenset("一丨丿丶乙㇆乚亅乀")
_FEW = 6
_FAMILY = 30
_HALF_ALIKE = 0.62  # enough where a part is shared

_FEWEST = 5  # times a word of jieba's must have been seen


def han(char: str) -> bool:
    """Whether this is a Chinese character of the common block."""
    return "\u4e00" <= char <= "\u9fff"


def sounds(chars: Iterable[str]) -> Iterator[str]:
    """Character and readings with tone digits, from pypinyin."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    for char in chars:
        readings = pinyin(char, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]
        kept = [reading.replace("ü", "v") for reading in readings if reading != char]
        if kept:
            yield f"{char}\t{' '.join(kept[:_READINGS])}"


def shapes(chars: Iterable[str], folder: Path) -> Iterator[str]:
    """Character and its lookalikes, the likest first, from char-similar's stroke orders and parts.

    Two characters look alike where few strokes must be changed to make one of the other; fewer are
    asked of those that share a part, and of those with few strokes.
    """
    strokes = _table(folder, "order")
    parts = _table(folder, "stroke")
    known = sorted(char for char in chars if char in strokes)
    likes: dict[str, list[tuple[float, str]]] = defaultdict(list)
    kin = _kin(known, parts)
    for one, two in sorted(kin | set(_pairs(known, strokes, parts))):
        size = max(len(strokes[one]), len(strokes[two]))
        far = _distance(strokes[one], strokes[two])
        shared = _shared(parts, one, two)
        alike = 1 - far / size
        if (
            alike >= _ALIKE
            or (far <= 1 and size <= _FEW)
            or (shared and alike >= _HALF_ALIKE)
            or ((one, two) in kin)
        ):
            score = alike + (0.15 if shared else 0.0)
            likes[one].append((-score, two))
            likes[two].append((-score, one))
    for char in known:
        best = sorted(likes[char])[:_LOOKALIKES]
        if best:
            yield f"{char}\t{''.join(other for _, other in best)}"


def common() -> Iterator[str]:
    """The characters of GB 2312."""
    for row in range(0xB0, 0xF8):
        for column in range(0xA1, 0xFF):
            with suppress(UnicodeDecodeError):
                yield bytes((row, column)).decode("gb2312")


def words(dictionary: Path) -> Iterator[str]:
    """Words of two characters and how often they are seen, from jieba's dictionary."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, seen, *_ = line.split(" ")
        if len(word) == 2 and int(seen) >= _FEWEST and all(map(han, word)):
            yield f"{word}\t{seen}"


def _table(folder: Path, name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder / f"char_{name}.dict").read_text(encoding="utf-8"))
    return held


def _pairs(
    known: list[str], strokes: dict[str, str], parts: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    """Pairs of characters whose strokes might be alike, by how many of each kind they have."""
    kinds = np.array([[strokes[char].count(kind) for kind in "12345"] for char in known])
    total = kinds.sum(axis=1)
    for i, one in enumerate(known[:-1]):
        apart = np.abs(kinds[i + 1 :] - kinds[i]).sum(axis=1)
        size = np.maximum(total[i + 1 :], total[i])
        for j in np.flatnonzero(apart <= np.maximum(2, size * (1 - _HALF_ALIKE))).tolist():
            two = known[i + 1 + j]
            near = apart[j] <= max(2, size[j] * 2 * (1 - _ALIKE))
            if _shared(parts, one, two) or (near and abs(total[i] - total[i + 1 + j]) <= 2):
                yield one, two


def _kin(known: list[str], parts: dict[str, list[str]]) -> set[tuple[str, str]]:
    """Pairs of which one is a part of the other, or that share a part which few others have."""
    holders: dict[str, list[str]] = defaultdict(list)
    for char in known:
        for part in set(parts.get(char, ())) - _STROKES:
            holders[part].append(char)
    kin = {
        (min(one, two), max(one, two))
        for part, group in holders.items()
        if len(group) <= _FAMILY
        for one in group
        for two in (*group, part)
    }
    return {pair for pair in kin if pair[0] != pair[1] and set(pair) <= set(known)}


def _shared(parts: dict[str, list[str]], one: str, two: str) -> bool:
    """Whether two characters have a part in common that is more than a stroke."""
    return bool((set(parts.get(one, ())) & set(parts.get(two, ()))) - _STROKES)


def _distance(one: str, two: str) -> int:
    """How many strokes must be put in, left out or changed."""
    above = list(range(len(two) + 1))
    for row, stroke in enumerate(one, start=1):
        here = [row]
        for column, other in enumerate(two):
            swap = above[column] + (stroke != other)
            here.append(min(swap, above[column + 1] + 1, here[column] + 1))
        above = here
    return above[-1]
