"""Rebuilds what stands in data/text/ngrams. See docs/text.md, "The statistical judge"."""

from __future__ import annotations

import argparse
import lzma
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rules.text.ngrams import fitting, lists
from rules.text.ngrams.confusion import DATA, Confusions
from rules.text.ngrams.counting import train
from rules.text.ngrams.planting import human
from rules.text.ngrams.table import Model
from rules.text.ngrams.trees import Forest
from rules.text.plain import plain

_REPORT, _REVIEW = 1.2, 30.0  # sound places suspected in a million characters


def main() -> None:
    """Runs one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m rules.text.ngrams", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    table = commands.add_parser("table", help="train the table from a folder of text")
    table.add_argument("folder", type=Path, help=".txt and .txt.xz, one sentence a line")
    judge = commands.add_parser("judge", help="fit the judge on held-out stretches of the folder")
    judge.add_argument("folder", type=Path, help=".txt and .txt.xz, one sentence a line")
    judge.add_argument("pairs", type=Path, nargs="+", help="source-tab-target files")
    derived = commands.add_parser("lists", help="derive the lists from what packages ship")
    derived.add_argument("jieba", type=Path, help="dict.txt of jieba")
    derived.add_argument("similar", type=Path, help="the data folder of char-similar")
    derived.add_argument("pairs", type=Path, nargs="+", help="source-tab-target files")
    kept = commands.add_parser("candidates", help="work out what the lists come to")
    for command in (table, judge, derived, kept):
        command.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    told = parser.parse_args()
    began = time.process_time()
    if told.command == "table":
        _table(told.folder, told.out)
    elif told.command == "judge":
        _judge(told.folder, told.pairs, told.out)
    elif told.command == "candidates":
        _candidates(told.out)
    else:
        _lists(told.jieba, told.similar, told.pairs, told.out)
    _say(f"{time.process_time() - began:.0f} s of processor time")


def _texts(folder: Path) -> Iterator[list[str]]:
    """The sentences of each text file of a folder, in comparable form."""
    for path in sorted(folder.iterdir()):
        if path.name.endswith((".txt", ".txt.xz")):
            opened = lzma.open if path.suffix == ".xz" else open
            with opened(path, "rt", encoding="utf-8") as file:
                lines = plain(file.read()).text.split("\n")
            yield [line.strip() for line in lines if line.strip()]


def _table(folder: Path, out: Path) -> None:
    model = train("\n".join(line for lines in _texts(folder) for line in lines))
    model.save(out / "table.npz")
    size = (out / "table.npz").stat().st_size / 1e6
    _say(f"{model.about}\n{size:.1f} MB")


def _judge(folder: Path, pairs: list[Path], out: Path) -> None:
    seen = human(pairs, 0, 1)
    halves = fitting.halves(list(_texts(folder)))
    one, two = (fitting.samples(half, out, seen, 1000 * at) for at, half in enumerate(halves))
    of_one, of_two = fitting.grow(one), fitting.grow(two)
    limits = {
        name: max(fitting.limit([(of_two, one[at]), (of_one, two[at])], million) for at in range(2))
        for name, million in (("report", _REPORT), ("review", _REVIEW))
    }
    Forest.mean((of_one, of_two)).save(out / "judge.json", **limits)
    _say(str(limits))


def _lists(jieba: Path, similar: Path, pairs: list[Path], out: Path) -> None:
    alphabet = Model.load(out / "table.npz").alphabet
    meant = [char for char in alphabet.chars if lists.han(char)]
    for name, lines in (
        ("words", lists.words(jieba)),
        ("sounds", lists.sounds(sorted({*meant, *lists.common()}))),
        ("shapes", lists.shapes(meant, similar)),
        ("slips", (f"{wrong}\t{right}\t{times:.0f}" for wrong, right, times in human(pairs, 0, 1))),
    ):
        (out / f"{name}.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    _candidates(out)


def _candidates(out: Path) -> None:
    alphabet = Model.load(out / "table.npz").alphabet
    Confusions(alphabet, out).keep(out)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
