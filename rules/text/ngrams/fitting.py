"""Fits the judge: plants errors in text the table has not seen and learns to tell them.

Of each file of text, stretches are held out; a twin table is trained on the rest. Trees fitted on
either half of the held-out text judge the other, which tells the odds from which few sound
characters are suspected; the trees that are kept are fitted on both halves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.text.ngrams.confusion import Confusions
from rules.text.ngrams.counting import train
from rules.text.ngrams.features import FEATURES
from rules.text.ngrams.judge import Reader, stands
from rules.text.ngrams.planting import Planted, Typist, made_up
from rules.text.ngrams.scoring import Scorer
from rules.text.ngrams.table import Floats
from rules.text.ngrams.trees import Forest, fit

_STRETCHES = 24
_HELD = ((7, 19), (11, 23))  # stretches that make the one half and the other
_SHARE = 0.05  # of the sentences of a large site that get an error
_DENSE = 0.08  # of those of a small one
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

    def usable(self) -> NDArray[np.bool_]:
        """Rows to learn from: not the changes that touch an error but do not mend it."""
        return self.right | (self.error < 0)


def halves(files: Iterable[Sequence[str]]) -> tuple[list[str], list[str], list[str]]:
    """Sentences to train a twin on, and two halves held out, stretches of every file in each."""
    rest: list[str] = []
    held: tuple[list[str], list[str]] = ([], [])
    for lines in files:
        for stretch in range(_STRETCHES):
            low, high = (len(lines) * at // _STRETCHES for at in (stretch, stretch + 1))
            half = next((h for h, own in zip(held, _HELD, strict=True) if stretch in own), rest)
            half.extend(lines[low:high])
    return rest, *held


def sample(
    reader: Reader, sentences: Sequence[str], typist: Typist, share: float, seed: int
) -> Sample:
    """The suspects of these sentences with a share of errors planted in them."""
    texts, planted = typist.plant(sentences, share, np.random.default_rng(seed))
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


def samples(
    reader: Reader, half: Sequence[str], kinds: Sequence[Typist], seed: int
) -> list[Sample]:
    """Samples of a half as one large site, once for each typist, and of small sites out of it."""
    chance = np.random.default_rng(seed)
    made = [sample(reader, half, typist, _SHARE, seed + at) for at, typist in enumerate(kinds)]
    for number in range(_SMALL_SITES):
        some = sorted(chance.permutation(len(half))[:_SMALL].tolist())
        typist = kinds[number % len(kinds)]
        site = [half[at] for at in some]
        made.append(sample(reader, site, typist, _DENSE, seed + 100 + number))
    return made


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


def typists(confusions: Confusions, scorer: Scorer, pairs: Pairs) -> list[Typist]:
    """One who errs as people were seen to, and one who errs by sound and shape."""
    return [Typist(pairs), Typist(made_up(scorer.alphabet, confusions))]
