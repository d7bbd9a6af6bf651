"""The n-gram table: what the file holds, and how a probability is looked up in it.

An n-gram is packed into one unsigned 64-bit number, twelve bits a character. On disk each order is
a level of a tree: how many n-grams go on from each of the order below, their last characters, and
two small numbers for probability and back-off weight. In memory the pairs of characters are a
square and each higher order is a hash table with linear probing, so that many are found at once.
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

ORDER = 5
LOWEST = 7.0  # no probability below 10^-7 is told apart
_LEVELS = 127
_TAG_BITS = 18
_SPILL = 4096  # slots behind the last for what finds its own taken
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
    """One level as a hash table: a word of 32 bits a slot, 18 to recognise the key and 7 + 7."""

    def __init__(self, level: Level) -> None:
        count = len(level.keys)
        self._bits = max(4, int(np.ceil(np.log2(max(1, count) * 1.55))))
        self._slots = np.zeros((1 << self._bits) + _SPILL, dtype=np.uint32)
        home, word = self._home(level.keys)
        word <<= 14
        word |= level.chance.astype(np.uint16) << 7
        word |= level.backoff
        # Home and word in one number: sorting numbers is several times as fast as sorting places.
        both = home.astype(np.uint64)
        both <<= np.uint64(32)
        both |= word
        both.sort()
        place = (both >> np.uint64(32)).astype(np.int64)
        ranks = np.arange(count)
        place -= ranks
        np.maximum.accumulate(place, out=place)
        place += ranks
        if count and place[-1] >= len(self._slots) - 1:
            raise ValueError("the hash table runs over")
        self._slots[place] = both.astype(np.uint32)

    def _home(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        mixed = keys * _MIX
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIX
        tag = (mixed >> np.uint64(64 - self._bits - _TAG_BITS)) & np.uint64((1 << _TAG_BITS) - 1)
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64), tag.astype(np.uint32)

    def find(self, keys: Keys) -> NDArray[np.uint32]:
        """For each key its probability and back-off codes, seven bits each; 0 where absent."""
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
