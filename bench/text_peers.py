"""The text rules beside what else there is: plain word lists, and a packaged checker."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from bench.measure import cpu_seconds
from bench.outside import TOOLS, Missing, install
from bench.paper import Section
from bench.text_folder import Pair, dev_set
from bench.text_judge import Flag, judge
from bench.text_sets import BOTH, REPORT, Score, tally
from rules.text.base import Tier
from rules.text.known.pairs import shipped
from rules.text.plain import plain

_GRADED = ("ecspell_odw_train", "textproof")
_RIGHT = "acc_rmrb"
_SLOW = 150
"""Sentences of each set a slow peer is given."""

_PATIENCE = 1_800.0
_CHILD = Path(__file__).with_name("text_pycorrector.py")

Find = Callable[[Sequence[str]], tuple[float, list[Flag]]]
"""CPU seconds and flags of lines that are in comparable form."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A checker; it is given `most` sentences of a set, all of them where that is 0."""

    name: str
    find: Find
    most: int = 0


def section(folder: Path) -> Section:
    """One table: every checker on the same sentences."""
    rows: list[tuple[str, ...]] = []
    caveats: list[str] = []
    for name, make in _PEERS:
        try:
            rows.append(_row(make(), folder))
        except Missing as why:
            rows.append((name, "not installed", *[""] * 5))
            caveats.append(f"{name}: {why}.")
    return Section(
        title="Text: beside other checkers",
        how=(
            f"The same sentences given to each: {' and '.join(_GRADED)} (flag precision and "
            f"recall), {_RIGHT} (all flags false). Speed in characters a CPU second over all of "
            "them, loading left in. A word list flags wherever a wrong form stands."
        ),
        header=(
            "checker",
            *(f"{name} {figure}" for name in ("odw", "textproof") for figure in ("P", "R")),
            "false a million",
            "characters/s",
        ),
        rows=tuple(rows),
        caveats=tuple(caveats),
    )


def _row(peer: Peer, folder: Path) -> tuple[str, ...]:
    spent, size = 0.0, 0
    scores: list[Score] = []
    for name in (*_GRADED, _RIGHT):
        pairs = _comparable(dev_set(folder, name)[: peer.most or None])
        sources = [source for source, _ in pairs]
        seconds, flags = peer.find(sources)
        spent += seconds
        size += sum(map(len, sources))
        scores.append(tally(pairs, flags))
    graded = [figure for one in scores[:-1] for figure in (one.precision, one.recall)]
    return (
        f"{peer.name} (first {peer.most} of each set)" if peer.most else peer.name,
        *(f"{figure:.3f}" for figure in graded),
        f"{scores[-1].per_million:,.1f}",
        f"{size / spent:,.0f}" if spent else "",
    )


def _comparable(pairs: Iterable[Pair]) -> list[Pair]:
    return [(plain(source).text, plain(target).text) for source, target in pairs]


def _ours(*tiers: Tier) -> Callable[[], Peer]:
    def find(lines: Sequence[str]) -> tuple[float, list[Flag]]:
        spent, judged = cpu_seconds(lambda: judge(lines))
        return spent, [flag for flag in judged.flags if flag.tier in tiers]

    return lambda: Peer(f"Xuncha, {' + '.join(tiers)}", find)


def word_list(pairs: Mapping[str, str]) -> Find:
    """A matcher that flags every wrong form wherever it stands, the longest first."""
    wrong = list(pairs)
    matcher = AhoCorasick(wrong, matchkind=MatchKind.LeftmostLongest)

    def find(line: int, text: str) -> list[Flag]:
        return [
            Flag(line, start, end, wrong[number], pairs[wrong[number]], "list", Tier.REPORT)
            for number, start, end in matcher.find_matches_as_indexes(text)
        ]

    return lambda lines: cpu_seconds(
        lambda: [flag for line, text in enumerate(lines) for flag in find(line, text)]
    )


def _macro_correct() -> Peer:
    """The word list a package ships, as it is."""
    found = _in_tools("macro_correct/**/confusion_dict.json")
    if found is None:
        install("macro-correct==0.0.6", "--no-deps")
        found = _in_tools("macro_correct/**/confusion_dict.json")
    if found is None:
        raise Missing("the package holds no confusion_dict.json")
    pairs = json.loads(found.read_text(encoding="utf-8"))
    sound = {w: r for w, r in pairs.items() if w and isinstance(r, str) and w != r}
    return Peer(f"macro-correct's word list, {len(sound):,} pairs", word_list(sound))


def _own_pairs() -> Peer:
    """Our own known wrong words, matched as a plain list: no word borders, no other rule."""
    pairs = {pair.wrong: pair.right for pair in shipped().pairs}
    return Peer(f"our {len(pairs):,} pairs as a plain word list", word_list(pairs))


def _in_tools(pattern: str) -> Path | None:
    return next(TOOLS.glob(pattern), None)


def _ask_pycorrector(lines: Sequence[str]) -> tuple[float, list[Flag]]:
    """It is asked in a process of its own; where it cannot work, the process says why."""
    done = subprocess.run(
        [sys.executable, str(_CHILD)],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise Missing(said[-1])
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["cpu"], [
        Flag(line, start, start + len(wrong), wrong, right, "peer", Tier.REPORT)
        for line, found in enumerate(answer["flags"])
        for wrong, right, start in found
    ]


def _pycorrector() -> Peer:
    _ask_pycorrector([])
    return Peer("pycorrector", _ask_pycorrector, _SLOW)


_PEERS: tuple[tuple[str, Callable[[], Peer]], ...] = (
    ("Xuncha, report", _ours(*REPORT)),
    ("Xuncha, report + review", _ours(*BOTH)),
    ("our pairs as a plain word list", _own_pairs),
    ("macro-correct's word list", _macro_correct),
    ("pycorrector", _pycorrector),
)
