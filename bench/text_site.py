"""A site of official text with a few human errors planted: what is found, what is said wrongly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.paper import Section
from bench.text_folder import Slice, dev_set, sliced
from bench.text_judge import Flag, Judged, judge
from bench.text_sets import BOTH, TIERS
from bench.text_slips import SHARE, Planted, Planter, slips

SLIPS_FROM = "textproof"
_DENSITIES = (20_000, 50_000)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Errors planted, found, and found with the right suggestion; other flags; characters."""

    planted: int
    found: int
    mended: int
    others: int
    size: int

    @property
    def recall(self) -> float:
        """Share of the planted errors that were found."""
        return self.found / self.planted if self.planted else 0.0

    @property
    def per_million(self) -> float:
        """Flags on nothing planted, in a million characters."""
        return 1e6 * self.others / self.size if self.size else 0.0

    def precision(self, characters: int) -> float:
        """Share of flags that would be right, were there one error in so many characters."""
        true = 1e6 / characters * self.recall
        return true / (true + self.per_million) if true else 0.0


class Site:
    """Text with planted errors, judged once."""

    def __init__(
        self,
        lines: Sequence[str],
        planter: Planter,
        codes: Sequence[str] = (),
        share: float = SHARE,
    ) -> None:
        text, self.planted = planter.plant(lines, share)
        self.judged = judge(text, codes)
        self._places = {
            error.line: (self.judged.place(error.line, error.at), error) for error in self.planted
        }

    def outcome(self, flags: Iterable[Flag]) -> Outcome:
        """What these flags of the site come to."""
        found, mended, others = set[int](), set[int](), 0
        for flag in flags:
            place, error = self._places.get(flag.line, (-1, None))
            if error is None or not flag.start <= place < flag.end:
                others += 1
                continue
            found.add(flag.line)
            if self._mends(flag, place, error):
                mended.add(flag.line)
        return Outcome(len(self.planted), len(found), len(mended), others, self.judged.size)

    def _mends(self, flag: Flag, place: int, error: Planted) -> bool:
        """Whether its suggestion makes of the line what it was before."""
        text = self.judged.comparable(flag.line)
        before = f"{text[:place]}{error.right}{text[place + 1 :]}"
        return f"{text[: flag.start]}{flag.suggest}{text[flag.end :]}" == before

    def others(self, flags: Iterable[Flag]) -> Iterator[Flag]:
        """Those of the flags that stand on nothing planted."""
        for flag in flags:
            place, _ = self._places.get(flag.line, (-1, None))
            if not flag.start <= place < flag.end:
                yield flag

    def missed(self, flags: Iterable[Flag]) -> Iterator[tuple[Planted, str]]:
        """The planted errors none of these flags stands on, and the text around them."""
        caught: dict[int, list[Flag]] = defaultdict(list)
        for flag in flags:
            caught[flag.line].append(flag)
        for line, (place, error) in self._places.items():
            if not any(flag.start <= place < flag.end for flag in caught[line]):
                text = self.judged.comparable(line)
                yield error, text[max(0, place - 10) : place + 11]


def site(folder: Path, part: Slice, codes: Sequence[str] = (), most: int = 0) -> Site | None:
    """The slice of the text as a site; None where the folder has nothing to take slips from."""
    known = slips(dev_set(folder, SLIPS_FROM))
    return Site(sliced(folder, part, most), Planter(known), codes) if known else None


def section(one: Site, part: Slice, trained: str) -> Section:
    """The table of a site: each tier, then each rule alone in both tiers."""
    judged = one.judged
    codes = sorted({flag.code for flag in judged.flags})
    rows = [
        _row(name, one.outcome(flag for flag in judged.flags if flag.tier in tiers))
        for name, tiers in TIERS
    ]
    rows += [_row(f"{code} alone, both tiers", one.outcome(_of(judged, code))) for code in codes]
    return Section(
        title="Text: a site with human errors planted",
        how=(
            f"{judged.size / 1e6:.1f} million characters of official text (slice {part}, one "
            f"sentence a line) judged as one site's. {len(one.planted):,} lines, of "
            f"{100 * SHARE:.0f} % drawn by a fixed seed, carry one error: a wrong character "
            f"someone once wrote for the right one ({SLIPS_FROM}), in the same word or in the same "
            "place of a word as long; 的地得他她它 left out. A flag is right where it covers the "
            "planted character, anything else counts as false. P is the share of right flags at "
            f"one error in so many characters. {trained}"
        ),
        header=(
            *("tier", "recall", "false a million"),
            *(f"P at 1/{density // 1000}k" for density in _DENSITIES),
            "suggestion right",
        ),
        rows=tuple(rows),
        caveats=(
            "Errors the text already had count as false flags, too.",
            "Planted errors stand where words are common; real ones cluster in harder words.",
        ),
    )


def _of(judged: Judged, code: str) -> Iterator[Flag]:
    return (flag for flag in judged.flags if flag.code == code and flag.tier in BOTH)


def _row(name: str, found: Outcome) -> tuple[str, ...]:
    return (
        name,
        f"{found.recall:.3f}",
        f"{found.per_million:.2f}",
        *(f"{found.precision(density):.2f}" for density in _DENSITIES),
        f"{100 * found.mended / found.found:.1f} %" if found.found else "",
    )
