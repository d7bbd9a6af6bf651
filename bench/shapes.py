"""Rebuilds rules/data/text/alike/shapes.tsv: for each common character those that look like it.

`python -m bench.shapes FOLDER`, FOLDER being the data folder of an unpacked char-similar wheel
(PyPI, MIT). Two characters look alike where most of their strokes are the same in the same order,
the more readily where they share their radical or stand for the same first or last half.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

OUT = Path(__file__).parents[1] / "rules" / "data" / "text" / "alike" / "shapes.tsv"
_NEAR, _NEAR_KIN, _HALF, _MOST = 0.75, 0.62, 0.58, 14
_HEAD = """\
# 形近字：一行一字，制表符后是与它形近的字，最像的在前。
# 由 `python -m bench.shapes` 从 char-similar 0.0.2 的笔顺和部首表推导（PyPI，许可：MIT）。
"""


def _common() -> list[str]:
    """The characters of GB 2312."""
    kept = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                kept.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return kept


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _likeness(one: str, other: str, kin: bool) -> float:
    """How alike two stroke orders are, from 0 to 1; 0 where that is not enough."""
    longer = max(len(one), len(other))
    if abs(len(one) - len(other)) > 0.4 * longer:
        return 0.0
    half = max(_shared(one, other), _shared(one[::-1], other[::-1])) / longer
    if longer > 3 and half < (0.15 if kin else 0.3):
        return 0.0
    near = 1 - _distance(one, other) / longer
    enough = near >= (_NEAR_KIN if kin else _NEAR) or (half >= _HALF and longer >= 6)
    return near + 0.1 * kin if enough else 0.0


def _pairs(orders: Mapping[str, str], radicals: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[tuple[float, str]]] = {char: [] for char in orders}
    chars, sizes = list(orders), np.array([len(order) for order in orders.values()])
    kinds = np.array([[order.count(kind) for kind in "12345"] for order in orders.values()])
    for number, one in enumerate(chars):
        # No more strokes can be in common than both have of each kind: most pairs end here.
        common = np.minimum(kinds[number + 1 :], kinds[number]).sum(axis=1)
        bound = common / np.maximum(sizes[number + 1 :], sizes[number])
        for place in np.flatnonzero(bound >= _HALF):
            other = chars[number + 1 + int(place)]
            kin = radicals.get(one) == radicals.get(other)
            score = _likeness(orders[one], orders[other], kin)
            if score:
                found[one].append((score, other))
                found[other].append((score, one))
    return {
        char: [other for _, other in sorted(likes, key=lambda like: -like[0])[:_MOST]]
        for char, likes in found.items()
    }


def main(folder: Path) -> None:
    """Write the table."""
    orders = json.loads((folder / "char_order.dict").read_text(encoding="utf-8"))
    radicals = json.loads((folder / "char_component.dict").read_text(encoding="utf-8"))
    common = {char: orders[char] for char in _common() if char in orders}
    rows = [
        f"{char}\t{''.join(likes)}\n" for char, likes in _pairs(common, radicals).items() if likes
    ]
    OUT.write_text(_HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
