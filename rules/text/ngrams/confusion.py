"""What may have been meant instead of a character or a pair of them.

People write Chinese by sound or by shape: a character stands for another of the same sound, of a
sound like it in many dialects, of a like shape, or one that others have written for it before; a
word of two characters stands for another of the same sound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.alphabet import Alphabet, Ids, codes
from rules.text.ngrams.lexicon import Lexicon

KEPT = "confusions.npz"
"""What follows from the lists beside it; of other lists it counts for nothing."""
DATA = Path(__file__).parents[2] / "data" / "text" / "ngrams"

_ALIKE = DATA.parent / "alike" / "shapes.tsv"


class Kind(IntEnum):
    """How a character comes to stand for another; the first that fits is taken."""

    BOTH = 0  # alike in sound and in shape
    TONE = 1  # same sound, same tone
    SOUND = 2  # same sound
    FUZZY = 3  # sounds that dialects do not part
    SHAPE = 4
    SLIP = 5  # people have written it for the other before
    WORD = 6  # two characters for a word of the same sound
    SWAP = 7  # two characters in the wrong order


PENALTY = np.array([0.0, 0.0, 0.1, 0.5, 0.5, 0.4, 0.8, 0.6], dtype=np.float32)

_BLURRED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "f": "h"}
_BLURRED_GLIDES = {"hua": "ha", "huo": "ho", "hui": "hei", "hun": "hen"}  # fang and huang
_BLURRED_FINALS = ("ang", "eng", "ing")
_CLASSES = 512
_CODES = 1 << 16

Points = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Fan:
    """Candidates by key, held one after another: those of key k are `ids[start[k]:start[k + 1]]`.

    An entry is one number, or two for a pair of characters.
    """

    start: NDArray[np.int64]
    ids: Ids
    kinds: NDArray[np.uint8]


class Confusions:
    """Candidates for characters and for pairs of them.

    What may be wrong is any character, so the keys are code points; what may be right is in the
    alphabet, so the candidates are its numbers.
    """

    def __init__(self, alphabet: Alphabet, folder: Path = DATA) -> None:
        self._kept = _stamp(alphabet, folder)
        stored = _stored(folder / KEPT, self._kept)
        self.from_file = stored is not None
        if stored is not None:
            self.single, self.sounds, self.pairs, self.lexicon = stored
            return
        self._numbers = dict(
            zip(alphabet.chars, alphabet.encode(alphabet.chars).tolist(), strict=True)
        )
        self._readings = readings(folder)
        self._classes = {
            sound: number
            for number, sound in enumerate(
                sorted({blurred(r[:-1]) for rs in self._readings.values() for r in rs})
            )
        }
        self.single = self._singles(folder)
        self.sounds = self._sounds()
        seen = words(folder)
        self.pairs = self._pairs(seen)
        self.lexicon = Lexicon.of(alphabet, seen.items())

    def keep(self, folder: Path = DATA) -> None:
        """Write down what was worked out from the lists, so that it need not be every time."""
        with (folder / KEPT).open("wb") as file:
            np.savez_compressed(
                file,
                stamp=np.frombuffer(self._kept.encode(), np.uint8),
                sounds=self.sounds.astype(np.int16),
                words=self.lexicon.keys,
                seen=self.lexicon.logs,
                **{
                    f"{name}_{part}": getattr(fan, part)
                    for name, fan in (("single", self.single), ("pairs", self.pairs))
                    for part in ("start", "ids", "kinds")
                },
            )

    def pair_keys(self, left: Points, right: Points) -> NDArray[np.int64]:
        """The keys into `pairs` of pairs of characters, nine a pair, -1 where there is none."""
        one, two = self.sounds[left][:, :, None], self.sounds[right][:, None, :]
        keys = np.where((one < 0) | (two < 0), -1, one * _CLASSES + two)
        return keys.reshape(len(left), 9)

    def _singles(self, folder: Path) -> Fan:
        found: list[dict[int, int]] = [{} for _ in range(_CODES)]

        def add(char: str, others: Iterable[str], kind: Kind) -> None:
            mine = found[ord(char)]
            for other in others:
                if other != char and other in self._numbers:
                    number = self._numbers[other]
                    if kind is Kind.SHAPE and mine.get(number, kind) < kind:
                        mine[number] = Kind.BOTH
                    mine.setdefault(number, kind)

        for kind, alike in ((Kind.TONE, _same), (Kind.SOUND, _toneless)):
            self._add_sounds(add, kind, alike)
        self._add_sounds(add, Kind.FUZZY, lambda reading: blurred(reading[:-1]))
        for char, likes in _rows(folder / "shapes.tsv"):
            add(char, likes, Kind.SHAPE)
        for char, likes in _rows(_ALIKE):
            add(char, likes, Kind.SHAPE)
            for like in likes:
                add(like, char, Kind.SHAPE)
        for wrong, right, _ in _rows(folder / "slips.tsv"):
            add(wrong, right, Kind.SLIP)
        return _fan([sorted(mine.items()) for mine in found])

    def _add_sounds(
        self,
        add: Callable[[str, Iterable[str], Kind], None],
        kind: Kind,
        alike: Callable[[str], str],
    ) -> None:
        """Adds for each character those that share a reading, by what makes readings alike."""
        groups: dict[str, list[str]] = defaultdict(list)
        for char, told in self._readings.items():
            if char in self._numbers:
                for sound in {alike(reading) for reading in told}:
                    groups[sound].append(char)
        for char, told in self._readings.items():
            for sound in {alike(reading) for reading in told}:
                add(char, groups[sound], kind)

    def _sounds(self) -> NDArray[np.int64]:
        """The classes of sound of each code point, three at most, -1 for none."""
        sounds = np.full((_CODES, 3), -1, dtype=np.int64)
        for char, told in self._readings.items():
            classes = sorted({self._classes[blurred(reading[:-1])] for reading in told})
            sounds[ord(char), : len(classes)] = classes
        return sounds

    def _pairs(self, words: Iterable[str]) -> Fan:
        """Words of two characters by the classes of sound of both."""
        known = [
            word
            for word in words
            if all(char in self._readings and char in self._numbers for char in word)
        ]
        points = codes("".join(known)).reshape(-1, 2)
        pairs = np.array([[self._numbers[c] for c in word] for word in known], dtype=np.uint16)
        pairs = pairs.reshape(-1, 2)
        keys = self.pair_keys(points[:, 0], points[:, 1])
        word, way = np.nonzero(keys >= 0)
        key = keys[word, way]
        order = np.argsort(key, kind="stable")
        start = np.searchsorted(key[order], np.arange(_CLASSES * _CLASSES + 1))
        kinds = np.full(len(order), Kind.WORD, dtype=np.uint8)
        return Fan(start, pairs[word[order]], kinds)


_Parts = tuple[Fan, NDArray[np.int64], Fan, Lexicon]


def _stamp(alphabet: Alphabet, folder: Path) -> str:
    """What the candidates depend on: the alphabet, the lists, the way they are put together."""
    digest = sha256(alphabet.chars.encode())
    for name in ("words.tsv", "sounds.tsv", "shapes.tsv", "slips.tsv"):
        digest.update((folder / name).read_bytes())
    digest.update(_ALIKE.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def _stored(path: Path, stamp: str) -> _Parts | None:
    if not path.is_file():
        return None
    with np.load(path) as held:
        if held["stamp"].tobytes().decode() != stamp:
            return None
        single, pairs = (
            Fan(held[f"{name}_start"], held[f"{name}_ids"], held[f"{name}_kinds"])
            for name in ("single", "pairs")
        )
        lexicon = Lexicon(held["words"], held["seen"])
        return single, held["sounds"].astype(np.int64), pairs, lexicon


def readings(folder: Path = DATA) -> dict[str, list[str]]:
    """The readings of each character with their tones, the usual one first."""
    return {char: told.split(" ") for char, told in _rows(folder / "sounds.tsv")}


def words(folder: Path = DATA) -> dict[str, int]:
    """Words of two characters and how often a dictionary has seen each."""
    return {word: int(seen) for word, seen in _rows(folder / "words.tsv")}


def blurred(sound: str) -> str:
    """A sound without tone as those hear it who part neither zh from z nor ing from in."""
    for initial, other in _BLURRED_INITIALS.items():
        if sound.startswith(initial):
            sound = other + sound[len(initial) :]
            break
    sound = _BLURRED_GLIDES.get(sound[:3], sound[:3]) + sound[3:]
    return sound[:-1] if sound.endswith(_BLURRED_FINALS) else sound


def _same(reading: str) -> str:
    return reading


def _toneless(reading: str) -> str:
    return reading[:-1]


def _fan(entries: list[list[tuple[int, int]]]) -> Fan:
    start = np.cumsum([0, *map(len, entries)])
    flat = [entry for mine in entries for entry in mine]
    both = np.array(flat, dtype=np.int64).reshape(-1, 2)
    return Fan(start, both[:, 0].astype(np.uint16), both[:, 1].astype(np.uint8))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file if not line.startswith("#"))


def _rows(path: Path) -> Iterator[list[str]]:
    for line in _lines(path):
        yield line.split("\t")
