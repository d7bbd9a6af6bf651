"""How the text rules do on sets of sentences whose right form is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.paper import Section
from bench.text_folder import SETS, Pair, dev_set
from bench.text_judge import Flag, Judged, changed, judge
from rules.text.base import Tier
from rules.text.plain import plain

REPORT = (Tier.REPORT,)
BOTH = (Tier.REPORT, Tier.REVIEW)
TIERS = (("report", REPORT), ("report + review", BOTH))


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of sentences: wrong ones, ones flagged, and flagged in just the right places."""

    sentences: int
    wrong: int
    flagged: int
    caught: int
    exact: int
    flags: int
    size: int

    @property
    def precision(self) -> float:
        """Share of the flagged sentences that have an error."""
        return _ratio(self.caught, self.flagged)

    @property
    def recall(self) -> float:
        """Share of the wrong sentences that are flagged."""
        return _ratio(self.caught, self.wrong)

    @property
    def strict(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of the flagged places being just the wrong ones."""
        precision, recall = _ratio(self.exact, self.flagged), _ratio(self.exact, self.wrong)
        return precision, recall, _ratio(2 * precision * recall, precision + recall)

    @property
    def accused(self) -> float:
        """Share of the right sentences that are flagged."""
        return _ratio(self.flagged - self.caught, self.sentences - self.wrong)

    @property
    def per_million(self) -> float:
        """Flags in a million characters."""
        return _ratio(1e6 * self.flags, self.size)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def score(pairs: Sequence[Pair], judged: Judged, tiers: Collection[Tier]) -> Score:
    """The flags of these tiers held against the right forms."""
    return tally(pairs, [flag for flag in judged.flags if flag.tier in tiers])


def tally(pairs: Sequence[Pair], flags: Sequence[Flag]) -> Score:
    """The flags, which count in the comparable form of the sources, held against the targets."""
    said: dict[int, list[Flag]] = defaultdict(list)
    for flag in flags:
        said[flag.line].append(flag)
    wrong = caught = exact = 0
    for line, (source, target) in enumerate(pairs):
        places = changed(plain(source).text, plain(target).text)
        wrong += bool(places)
        if places and line in said:
            caught += 1
            exact += places == frozenset().union(*(flag.places for flag in said[line]))
    return Score(
        sentences=len(pairs),
        wrong=wrong,
        flagged=len(said),
        caught=caught,
        exact=exact,
        flags=len(flags),
        size=sum(len(source) for source, _ in pairs),
    )


def section(folder: Path, names: Sequence[str] = SETS, codes: Sequence[str] = ()) -> Section:
    """One table: every set the folder has, in each tier; each set is one corpus."""
    rows: list[tuple[str, ...]] = []
    absent: list[str] = []
    for name in names:
        pairs = dev_set(folder, name)
        if not pairs:
            absent.append(name)
            continue
        judged = judge([source for source, _ in pairs], codes)
        rows += [row(name, tier, score(pairs, judged, tiers)) for tier, tiers in TIERS]
    return Section(
        title="Text: sentences whose right form is known",
        how=(
            "Sets of sentences, each set judged as one site's text. Flag precision and recall: a "
            "sentence counts as flagged wherever the flag stands. Strict: the flagged characters "
            "are just the wrong ones. ecspell: errors put in by its makers; textproof: errors "
            "people made; acc_rmrb: newspaper text taken to be without errors."
        ),
        header=(
            *("set, tier", "sentences", "wrong", "flag P", "flag R"),
            *("strict P", "strict R", "strict F1", "right ones flagged", "flags a million"),
        ),
        rows=tuple(rows),
        caveats=(f"Not in the folder: {', '.join(absent)}.",) if absent else (),
    )


def row(name: str, tier: str, found: Score) -> tuple[str, ...]:
    """A score as a row; a set without errors has no precision and no recall."""
    graded = [found.precision, found.recall, *found.strict]
    return (
        f"{name}, {tier}",
        f"{found.sentences:,}",
        f"{found.wrong:,}",
        *(f"{value:.3f}" if found.wrong else "" for value in graded),
        f"{100 * found.accused:.2f} %",
        "" if found.wrong else f"{found.per_million:.1f}",
    )
