"""Fits the judge: plants errors in text the table has not seen and learns to tell them.

Stretches of every file of text are held out, and a twin table is trained on the rest; stretches of
one file are judged by a twin that was trained on the other files alone, as strange text is. All of
it is judged as a site and each sentence by itself. Trees fitted on either half of the held-out text
judge the other, which tells the odds from which few sound characters are suspected; both are kept,
and the mean of their odds counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.confusion import Confusions, readings, words
from rules.text.ngrams.counting import train
from rules.text.ngrams.features import FEATURES, SITE, site_of_one
from rules.text.ngrams.judge import Reader, stands
from rules.text.ngrams.planting import Planted, Typist, made_up, mixed_up, plant
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.table import Floats
from rules.text.ngrams.trees import Forest, fit

_STRETCHES = 24
_HELD = ((1, 7, 13, 19), (5, 11, 17, 23))  # stretches that make the one half and the other
_SHARES = (0.04, 0.04, 0.015)  # of the sentences that each typist errs in
_SMALL = 1500  # sentences of a small site
_SMALL_SITES = 10
_OVER = 0.01  # the odds must be higher than those of the first sound place that is not to be said

Pairs = list[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Sample:
    """Suspects of one planted site: what is told of them, whether each is a true one.

    `error` is the number of the planted error each touches, -1 for none; `right` says that the
    change would mend it. `size` are the characters read, `planted` the errors in them.
    """

    rows: Floats
    right: NDArray[np.bool_]
    error: NDArray[np.int64]
    size: int
    planted: int

    def alone(self) -> Sample:
        """The same, every sentence judged by itself."""
        rows = self.rows.copy()
        rows[:, -len(SITE) :] = site_of_one()
        return replace(self, rows=rows)

    def usable(self) -> NDArray[np.bool_]:
        """Rows to learn from: not the changes that touch an error but do not mend it."""
        return self.right | (self.error < 0)


@dataclass(frozen=True, slots=True)
class Held:
    """Sentences held out and those a twin is trained on; `strange` is text of another kind."""

    rest: list[str]
    held: list[str]
    strange: bool = False


def halves(files: Sequence[Sequence[str]]) -> tuple[list[Held], list[Held]]:
    """Two halves: stretches of every file, and of a large file that the twin knows nothing of."""
    made: tuple[list[Held], list[Held]] = ([], [])
    for half, own in zip(made, _HELD, strict=True):
        rest = [line for lines in files for line in _stretches(lines, own, inside=False)]
        half.append(Held(rest, [line for lines in files for line in _stretches(lines, own)]))
    large = sorted(range(len(files)), key=lambda at: -sum(map(len, files[at])))[: len(made)]
    for half, own, at in zip(made, _HELD, large if len(files) > 1 else (), strict=False):
        others = [line for other, lines in enumerate(files) if other != at for line in lines]
        half.append(Held(others, list(_stretches(files[at], own)), strange=True))
    return made


def _stretches(
    lines: Sequence[str], numbers: Sequence[int], *, inside: bool = True
) -> Iterator[str]:
    """The lines in these of the stretches, or those in none of them."""
    for stretch in range(_STRETCHES):
        if (stretch in numbers) is inside:
            low, high = (len(lines) * at // _STRETCHES for at in (stretch, stretch + 1))
            yield from lines[low:high]


def sample(
    reader: Reader, sentences: Sequence[str], typists: Sequence[Typist], seed: int
) -> Sample:
    """The suspects of these sentences with a share of errors planted in them."""
    shares = list(zip(typists, _SHARES, strict=True))
    texts, planted = plant(sentences, shares, np.random.default_rng(seed))
    errors: dict[int, list[tuple[int, Planted]]] = defaultdict(list)
    for number, error in enumerate(planted):
        errors[error.unit].append((number, error))
    rows, right, touched = [], [], []
    for suspect in reader.suspects(texts):
        if stands(suspect):
            continue
        near = [
            number
            for number, error in errors[suspect.unit]
            if suspect.start < error.end and error.start < suspect.end
        ]
        mended = suspect.text[: suspect.start] + suspect.new + suspect.text[suspect.end :]
        rows.append(suspect.row)
        touched.append(near[0] if near else -1)
        right.append(bool(near) and mended == sentences[suspect.unit])
    return Sample(
        np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES)),
        np.array(right, dtype=bool),
        np.array(touched, dtype=np.int64),
        sum(map(len, texts)),
        len(planted),
    )


def samples(half: Sequence[Held], folder: Path, pairs: Pairs, seed: int) -> list[Sample]:
    """Samples of a half: as a large site and every sentence alone, last of small sites.

    The first two are of text that is not strange.
    """
    made, small = [], []
    for number, part in enumerate(half):
        reader, confusions, scorer = twin(part.rest, folder)
        kinds = typists(confusions, scorer, folder, pairs)
        whole = sample(reader, part.held, kinds, seed + number)
        made += [whole, whole.alone()]
        chance = np.random.default_rng(seed + number)
        for each in range(_SMALL_SITES):
            some = sorted(chance.permutation(len(part.held))[:_SMALL].tolist())
            site = [part.held[at] for at in some]
            small.append(sample(reader, site, kinds, seed + 100 * (number + 1) + each))
    return made + small


def grow(made: Sequence[Sample], *, trees: int = 260, depth: int = 5) -> Forest:
    """Trees fitted on these samples."""
    rows = np.concatenate([each.rows[each.usable()] for each in made])
    truth = np.concatenate([each.right[each.usable()] for each in made])
    return fit(FEATURES, rows, truth, np.ones(len(rows)), trees=trees, depth=depth)


def limit(judged: Sequence[tuple[Forest, Sample]], million: float) -> float:
    """The odds at which this many sound places in a million characters are suspected.

    Each sample goes with trees that were not fitted on it.
    """
    sound = np.concatenate([forest.odds(made.rows[made.error < 0]) for forest, made in judged])
    allowed = int(million * sum(made.size for _, made in judged) / 1e6)
    return float(np.sort(sound)[::-1][min(allowed, len(sound) - 1)]) + _OVER


def twin(rest: Sequence[str], folder: Path) -> tuple[Reader, Confusions, Scorer]:
    """A reader whose table has not seen what is held out."""
    model = train("\n".join(rest))
    confusions = Confusions(model.alphabet, folder)
    scorer = Scorer(model)
    return Reader(scorer, confusions), confusions, scorer


def typists(confusions: Confusions, scorer: Scorer, folder: Path, pairs: Pairs) -> list[Typist]:
    """Who errs as people were seen to, who errs by sound and shape, who takes word for word."""
    return [
        Typist(pairs),
        Typist(made_up(scorer.alphabet, confusions)),
        Typist(mixed_up(words(folder), readings(folder))),
    ]
