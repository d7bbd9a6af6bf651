"""Small boosted trees: every tree asks the same few questions of each row, whatever the answers.

Such trees are a table of questions and a table of answers, so that they are read as data and asked
of many rows at once; fitting them takes numpy alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

_BINS = 48
_WIDTH = _BINS + 1
_DIGITS = 4  # kept after the point


@dataclass(frozen=True, slots=True)
class Forest:
    """`asked[t, d]` is the feature tree t asks for at depth d, `above[t, d]` what it must pass.

    `leaves[t]` are the log odds added, numbered by the answers as bits, the first the lowest.
    """

    features: tuple[str, ...]
    start: float
    asked: NDArray[np.int64]
    above: Floats
    leaves: Floats

    def odds(self, rows: Floats) -> Floats:
        """The log odds of each row."""
        total = np.full(len(rows), self.start, dtype=np.float32)
        bits = 1 << np.arange(self.asked.shape[1])
        for asked, above, leaves in zip(self.asked, self.above, self.leaves, strict=True):
            total += leaves[(rows[:, asked] > above) @ bits]
        return total

    @classmethod
    def mean(cls, forests: Sequence[Forest]) -> Forest:
        """One that gives the mean of their odds."""
        share = np.float32(1 / len(forests))
        return cls(
            forests[0].features,
            float(share * sum(forest.start for forest in forests)),
            np.concatenate([forest.asked for forest in forests]),
            np.concatenate([forest.above for forest in forests]),
            np.concatenate([forest.leaves * share for forest in forests]),
        )

    def save(self, path: Path, **also: float) -> None:
        """Writes the forest as JSON, with whatever else belongs to it."""
        held = {
            **{name: round(value, _DIGITS) for name, value in also.items()},
            "features": list(self.features),
            "start": round(self.start, _DIGITS),
            "asked": self.asked.tolist(),
            "above": _plain(self.above),
            "leaves": _plain(self.leaves),
        }
        rows = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in held.items())
        path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> tuple[Forest, dict[str, float]]:
        """Reads the forest and what else belongs to it."""
        held = json.loads(path.read_text(encoding="utf-8"))
        forest = cls(
            tuple(held.pop("features")),
            held.pop("start"),
            np.array(held.pop("asked"), dtype=np.int64),
            np.array(held.pop("above"), dtype=np.float32),
            np.array(held.pop("leaves"), dtype=np.float32),
        )
        return forest, held


def fit(
    features: tuple[str, ...],
    rows: Floats,
    truth: NDArray[np.bool_],
    weight: Doubles,
    *,
    trees: int = 300,
    depth: int = 5,
    rate: float = 0.08,
    penalty: float = 8.0,
    seed: int = 1,
) -> Forest:
    """Trees boosted on the logistic loss, each on seven tenths of the rows."""
    chance = np.random.default_rng(seed)
    limits = [_limits(rows[:, column]) for column in range(rows.shape[1])]
    ways = np.array([len(limit) for limit in limits])
    binned = np.stack(
        [
            np.searchsorted(limit, rows[:, column], side="left")
            for column, limit in enumerate(limits)
        ],
        axis=1,
    )
    share = float(np.average(truth, weights=weight))
    start = float(np.log(share / (1 - share)))
    odds = np.full(len(rows), start)
    asked, above, leaves = [], [], []
    for _ in range(trees):
        sure = 1 / (1 + np.exp(-odds))
        some = chance.random(len(rows)) < 0.7
        slope = weight * (truth - sure)
        curve = weight * sure * (1 - sure)
        questions, leaf = _grown(binned, ways, slope * some, curve * some, depth, penalty)
        size = 1 << depth
        answer = np.bincount(leaf, slope * some, size) / (
            np.bincount(leaf, curve * some, size) + penalty
        )
        odds += rate * answer[leaf]
        asked.append([column for column, _ in questions])
        above.append([float(limits[column][at]) for column, at in questions])
        leaves.append((rate * answer).tolist())
    return Forest(
        features,
        start,
        np.array(asked, dtype=np.int64),
        np.array(above, dtype=np.float32),
        np.array(leaves, dtype=np.float32),
    )


def _grown(
    binned: NDArray[np.int64],
    ways: NDArray[np.int64],
    slope: Doubles,
    curve: Doubles,
    depth: int,
    penalty: float,
) -> tuple[list[tuple[int, int]], NDArray[np.int64]]:
    """The questions of one tree, as feature and limit, and the leaf each row falls into."""
    columns = binned.shape[1]
    leaf = np.zeros(len(slope), dtype=np.int64)
    cells = binned + np.arange(columns) * _WIDTH
    slopes, curves = (np.repeat(values, columns) for values in (slope, curve))
    questions: list[tuple[int, int]] = []
    for level in range(depth):
        cell = (cells + leaf[:, None] * (columns * _WIDTH)).ravel()
        low, weight = (
            np.bincount(cell, values, (columns * _WIDTH) << level)
            .reshape(-1, columns, _WIDTH)
            .cumsum(axis=2)
            for values in (slopes, curves)
        )
        high, rest = low[:, :, -1:] - low, weight[:, :, -1:] - weight
        gain = (low**2 / (weight + penalty) + high**2 / (rest + penalty)).sum(axis=0)
        gain[np.arange(_WIDTH) >= ways[:, None]] = -1.0
        column, at = divmod(int(gain.argmax()), _WIDTH)
        questions.append((column, at))
        leaf |= (binned[:, column] > at).astype(np.int64) << level
    return questions, leaf


def _limits(column: Floats) -> Floats:
    """At most _BINS places to part the values of a feature at."""
    values = np.quantile(column, np.linspace(0, 1, _BINS + 1), method="lower")
    values = np.unique(np.round(values, _DIGITS))
    return values[:-1].astype(np.float32)


def _plain(values: Floats) -> list[list[float]]:
    return [[round(float(value), _DIGITS) for value in row] for row in values]
