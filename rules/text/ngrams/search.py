"""Finds places where another character, or pair of them, would be far likelier.

Three sieves, each dearer and finer than the one before: places the table does not vouch for;
candidates that go with their neighbours; whole windows scored with the candidate in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import Ids
from rules.text.ngrams.confusion import PENALTY, Confusions, Kind, Points
from rules.text.ngrams.lexicon import Lexicon
from rules.text.ngrams.scoring import REACH, Scored, Scorer
from rules.text.ngrams.table import Floats

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

_HAN = (0x4E00, 0x9FFF)

_DOUBTFUL = -5.5  # a window this likely or likelier is left alone ...
_VOUCHED = 4  # ... and where an n-gram this long covers the place, already one ...
_VOUCHED_DOUBTFUL = -8.0  # ... this likely
_QUICK = -1.0  # decades a candidate must gain with its two neighbours alone
_LEAST = 1.5  # decades a candidate must gain in its whole window
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes that would make the text likelier, one a row: `length` characters from `place` on.

    `gain` is in decades, the penalty of its kind taken off; `margin` is what it gains over the
    best other change at or next to its place; `before` and `after` are the log probabilities of
    the window without it and with it.
    """

    place: Places
    length: NDArray[np.uint8]
    ids: Ids
    kind: NDArray[np.uint8]
    gain: Floats
    margin: Floats
    before: Floats
    after: Floats

    def take(self, rows: Places | Flags) -> Edits:
        """These rows alone."""
        return Edits(*(getattr(self, name)[rows] for name in self.__slots__))

    @classmethod
    def joined(cls, parts: Sequence[Edits]) -> Edits:
        """The rows of all of these."""
        names = cls.__slots__
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def edits(scorer: Scorer, confusions: Confusions, points: Points, ids: Ids, base: Scored) -> Edits:
    """The best change at each doubtful place, by place.

    `points` are the code points of a text and `ids` its numbers, `base` their scores; it must
    begin and end with at least twice REACH line feeds.
    """
    doubtful = _doubtful(points, base)
    found: list[Edits] = []
    for length, places in ((1, doubtful), (2, _pair_places(points, doubtful))):
        for start in range(0, max(1, len(places)), _BATCH):
            place, new, kind = _proposed(confusions, points, places[start : start + _BATCH], length)
            keep = _passes(scorer, confusions.lexicon, ids, place, new)
            found.append(_tried(scorer, ids, base, place[keep], new[keep], kind[keep]))
    place, new = _swapped(confusions.lexicon, ids, _pair_places(points, doubtful))
    kind = np.full(len(place), Kind.SWAP, dtype=np.uint8)
    found.append(_tried(scorer, ids, base, place, new, kind))
    return _best(Edits.joined(found))


def _doubtful(points: Points, base: Scored) -> Places:
    """Places the table does not vouch for."""
    size = len(points) - REACH
    total = np.cumsum(np.concatenate(([0.0], base.logs.astype(np.float64))))
    window = total[REACH + 1 :] - total[: -REACH - 1]
    vouched = np.zeros(size, dtype=bool)
    for ahead in range(_VOUCHED):
        vouched |= base.order[ahead : size + ahead] >= _VOUCHED + (0 if ahead < _VOUCHED else 1)
    doubtful = (window < np.where(vouched, _VOUCHED_DOUBTFUL, _DOUBTFUL)) & _han(points[:size])
    doubtful[:REACH] = False
    return np.flatnonzero(doubtful)


def _pair_places(points: Points, doubtful: Places) -> Places:
    """Where two characters begin of which one is doubtful."""
    starts = np.union1d(doubtful, doubtful - 1)
    return starts[_han(points[starts]) & _han(points[starts + 1])]


def _han(points: Points) -> Flags:
    return (points >= _HAN[0]) & (points <= _HAN[1])


def _proposed(
    confusions: Confusions, points: Points, places: Places, length: int
) -> tuple[Places, Ids, NDArray[np.uint8]]:
    """All candidates for these places: place, new characters, kind."""
    if length == 1:
        fan, keys, owner = confusions.single, points[places].astype(np.int64), places
    else:
        fan = confusions.pairs
        every = confusions.pair_keys(points[places], points[places + 1])
        row, way = np.nonzero(every >= 0)
        keys, owner = every[row, way], places[row]
    count = fan.start[keys + 1] - fan.start[keys]
    place = np.repeat(owner, count)
    entry = np.repeat(fan.start[keys] - np.cumsum(count) + count, count) + np.arange(len(place))
    return place, fan.ids[entry].reshape(len(place), length), fan.kinds[entry]


def _swapped(lexicon: Lexicon, ids: Ids, places: Places) -> tuple[Places, Ids]:
    """Pairs of characters that are a word when their order is turned round, and those words."""
    one, two = ids[places], ids[places + 1]
    turned = (one != two) & (lexicon.common(two, one) > 0)
    return places[turned], np.stack([two[turned], one[turned]], axis=1)


def _passes(scorer: Scorer, lexicon: Lexicon, ids: Ids, place: Places, new: Ids) -> Flags:
    """Whether the new characters go with their neighbours: a sieve, no more."""
    length = new.shape[1]
    left, right = ids[place - 1], ids[place + length]
    old_in, _ = scorer.pair(left, ids[place])
    old_out, _ = scorer.pair(ids[place + length - 1], right)
    new_in, known_in = scorer.pair(left, new[:, 0])
    new_out, known_out = scorer.pair(new[:, -1], right)
    passes = (new_in + new_out - old_in - old_out > _QUICK) & (known_in | known_out)
    if length == 2:  # where one character stays, the other is tried by itself
        passes &= (new[:, 0] != ids[place]) & (new[:, 1] != ids[place + 1])
    else:
        rows = np.flatnonzero(passes)
        char, at = new[rows, 0], place[rows]
        known = scorer.triple(ids[at - 1], char, ids[at + 1])
        known |= scorer.triple(ids[at - 2], ids[at - 1], char)
        known |= scorer.triple(char, ids[at + 1], ids[at + 2])
        known |= lexicon.common(ids[at - 1], char) > 0
        known |= lexicon.common(char, ids[at + 1]) > 0
        passes[rows] = known
    return passes


def _tried(
    scorer: Scorer, ids: Ids, base: Scored, place: Places, new: Ids, kind: NDArray[np.uint8]
) -> Edits:
    """The candidates in their whole windows; those that gain enough."""
    length = new.shape[1]
    window = ids[place[:, None] + np.arange(-REACH, length + REACH)]
    window[:, REACH : REACH + length] = new
    after = scorer.score(window).logs[:, REACH:].sum(axis=1)
    before = base.logs[place[:, None] + np.arange(length + REACH)].sum(axis=1)
    gain = after - before - PENALTY[kind]
    keep = gain >= _LEAST
    padded = np.zeros((int(keep.sum()), 2), dtype=np.uint16)
    padded[:, :length] = new[keep]
    return Edits(
        place=place[keep],
        length=np.full(len(padded), length, dtype=np.uint8),
        ids=padded,
        kind=kind[keep],
        gain=gain[keep],
        margin=gain[keep],
        before=before[keep],
        after=after[keep],
    )


def _best(found: Edits) -> Edits:
    """Of changes that touch or stand side by side only the one that gains most."""
    order = np.lexsort((-found.gain, found.place))
    found = found.take(order)
    kept: list[int] = []
    margins: list[float] = []
    places = found.place.tolist()
    ends = (found.place + found.length).tolist()
    gains = found.gain.tolist()
    taken: dict[int, int] = {}
    for row in np.argsort(-found.gain, kind="stable").tolist():
        span = range(places[row] - 1, ends[row] + 1)
        winner = next((taken[place] for place in span if place in taken), None)
        if winner is None:
            for place in range(places[row], ends[row]):
                taken[place] = len(kept)
            kept.append(row)
            margins.append(gains[row])
        else:
            margins[winner] = min(margins[winner], gains[kept[winner]] - gains[row])
    result = found.take(np.array(kept, dtype=np.int64))
    result.margin[:] = margins
    return result.take(np.argsort(result.place, kind="stable"))
