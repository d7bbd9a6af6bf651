"""The n-gram table: what the file holds, and how a probability is looked up in it.

An n-gram is packed into one unsigned 64-bit number, twelve bits a character. On disk each order is
a level of a tree: how many n-grams go on from each of the order below, their last characters, and
two small numbers for probability and back-off weight. In memory the pairs of characters are a
square and each higher order is a hash table with linear probing, so that many are found at once;
the hash tables are made when there is enough to look up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import BITS, SIZE, Alphabet

Keys = NDArray[np.uint64]
Codes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Found = NDArray[np.uint32]

ORDER = 5
LOWEST = 7.0  # no probability below 10^-7 is told apart
_LEVELS = 127
_TAG_BITS = 18
_SPILL = 4096  # slots behind the last for what finds its own taken
_FEW = 400_000  # keys looked up before a hash table is worth making
_PART = 1 << 16
_MIX = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(BITS)


def quantised(logs: Floats) -> Codes:
    """Logarithms from -LOWEST to 0 as numbers from 1 to 127."""
    code: NDArray[np.floating] = np.rint(-np.asarray(logs) * ((_LEVELS - 1) / LOWEST)) + 1
    numbers: Codes = np.clip(code, 1, _LEVELS).astype(np.uint8)
    return numbers


def _scale() -> Floats:
    """What each number stands for; 0, which is for what is absent, stands for 0."""
    values = -(np.arange(_LEVELS + 1) - 1) * (LOWEST / (_LEVELS - 1))
    values[0] = 0.0
    return values.astype(np.float32)


VALUES = _scale()


@dataclass(frozen=True, slots=True)
class Level:
    """The n-grams of one order, by key: their keys, probabilities and back-off weights as codes."""

    keys: Keys
    chance: Codes
    backoff: Codes


class Hashed:
    """One level as a hash table: a word of 32 bits a slot, 18 to recognise the key and 7 + 7.

    As long as few keys have been looked up the level is searched as it is: making the table takes
    longer than reading a few pages.
    """

    def __init__(self, level: Level, few: int = _FEW) -> None:
        count = len(level.keys)
        self._bits = max(4, int(np.ceil(np.log2(max(1, count) * 1.55))))
        self._level: Level | None = level
        self._few = few
        self._slots = np.zeros(0, dtype=np.uint32)

    def find(self, keys: Keys) -> Found:
        """For each key its probability and back-off codes, seven bits each; 0 where absent."""
        if self._level is not None:
            self._few -= len(keys)
            if self._few >= 0:
                return _searched(self._level, keys)
            self._slots = self._filled(self._level)
            self._level = None
        return self._hashed(keys)

    def _hashed(self, keys: Keys) -> Found:
        place, tag = self._home(keys)
        word = self._slots[place]
        found = np.where(word >> 14 == tag, word & 0x3FFF, 0)
        todo = np.flatnonzero((word != 0) & (found == 0))
        place, tag = place[todo], tag[todo]
        while len(todo):
            place += 1
            word = self._slots[place]
            same = word >> 14 == tag
            found[todo[same]] = word[same] & 0x3FFF
            rest = (word != 0) & ~same
            todo, place, tag = todo[rest], place[rest], tag[rest]
        return found

    def _filled(self, level: Level) -> Found:
        """The slots: each key in its own or, where that is taken, the next one free."""
        slots = np.zeros((1 << self._bits) + _SPILL, dtype=np.uint32)
        # Home and word in one number: sorting numbers is several times as fast as sorting places.
        both = np.empty(len(level.keys), dtype=np.uint64)
        for part in _parts(len(both)):
            home, word = self._home(level.keys[part])
            word <<= 14
            word |= level.chance[part].astype(np.uint16) << 7
            word |= level.backoff[part]
            both[part] = home.astype(np.uint64) << np.uint64(32) | word
        both.sort()
        ahead = 0  # how far the last place is beyond its rank
        for part in _parts(len(both)):
            ranks = np.arange(part.start, part.stop)
            place = (both[part] >> np.uint64(32)).astype(np.int64) - ranks
            place[0] = max(place[0], ahead)
            np.maximum.accumulate(place, out=place)
            ahead = place[-1]
            place += ranks
            if place[-1] >= len(slots) - 1:
                raise ValueError("the hash table runs over")
            slots[place] = both[part].astype(np.uint32)
        return slots

    def _home(self, keys: Keys) -> tuple[NDArray[np.int64], Found]:
        mixed = keys * _MIX
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX
        tag = (mixed >> np.uint64(64 - self._bits - _TAG_BITS)) & np.uint64((1 << _TAG_BITS) - 1)
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64), tag.astype(np.uint32)


def _searched(level: Level, keys: Keys) -> Found:
    if not len(level.keys):
        return np.zeros(len(keys), dtype=np.uint32)
    at = np.searchsorted(level.keys, keys)
    at[at == len(level.keys)] = 0
    codes = level.chance[at].astype(np.uint32) << 7 | level.backoff[at]
    return np.where(level.keys[at] == keys, codes, np.uint32(0))


def _parts(count: int) -> Iterator[slice]:
    """Stretches that fit in the processor's cache, all together."""
    for start in range(0, count, _PART):
        yield slice(start, min(start + _PART, count))


@dataclass(frozen=True, slots=True)
class Model:
    """What is trained and kept in the file. `levels[k]` holds the n-grams of order k + 1."""

    alphabet: Alphabet
    levels: tuple[Level, ...]
    about: dict[str, object]

    def save(self, path: Path) -> None:
        """Writes the file, the same bytes for the same model."""
        arrays: dict[str, NDArray[np.generic]] = {
            "about": np.frombuffer(json.dumps(self.about, sort_keys=True).encode(), np.uint8),
            "alphabet": np.frombuffer(self.alphabet.chars.encode(), np.uint8),
        }
        below: Keys | None = None
        for order, level in enumerate(self.levels, start=1):
            keys = level.keys
            arrays[f"chance{order}"] = level.chance
            if order < len(self.levels):
                arrays[f"backoff{order}"] = level.backoff
            if below is not None:
                last = (keys & np.uint64(SIZE - 1)).astype(np.uint16)
                parent = np.searchsorted(below, keys >> _STEP)
                children = np.bincount(parent, minlength=len(below)).astype(np.uint16)
                for name, values in ((f"last{order}", last), (f"children{order}", children)):
                    arrays[f"{name}low"] = (values & 0xFF).astype(np.uint8)
                    arrays[f"{name}high"] = (values >> 8).astype(np.uint8)
            else:
                arrays["first"] = keys.astype(np.uint16)
            below = keys
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, file: Path) -> Model:
        """Reads the file back."""
        stored = Stored(file)
        with np.load(file) as held:
            about = json.loads(held["about"].tobytes())
        return cls(stored.alphabet, tuple(stored.levels), about)


@dataclass(frozen=True, slots=True)
class Stored:
    """A model in its file."""

    file: Path

    @property
    def alphabet(self) -> Alphabet:
        """Its alphabet."""
        with np.load(self.file) as held:
            return Alphabet(held["alphabet"].tobytes().decode())

    @property
    def levels(self) -> Iterator[Level]:
        """Its levels one after another, so that not all need be held at once."""
        with np.load(self.file) as held:
            yield from _levels(held)


def _levels(held: np.lib.npyio.NpzFile) -> Iterator[Level]:
    highest = int(json.loads(held["about"].tobytes())["order"])
    keys = held["first"].astype(np.uint64)
    for order in range(1, highest + 1):
        if order > 1:
            keys = np.repeat(keys, _wide(held, f"children{order}"))
            keys <<= _STEP
            keys |= _wide(held, f"last{order}")
        chance = held[f"chance{order}"]
        backoff = held[f"backoff{order}"] if order < highest else np.zeros_like(chance)
        yield Level(keys, chance, backoff)


def _wide(held: np.lib.npyio.NpzFile, name: str) -> NDArray[np.uint16]:
    wide: NDArray[np.uint16] = held[f"{name}high"].astype(np.uint16)
    wide <<= 8
    wide |= held[f"{name}low"]
    return wide
