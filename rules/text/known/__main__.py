"""Builds the known wrong words anew: `python -m rules.text.known FOLDER… --words dict.txt`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rules.text.known.building import (
    admitted,
    derive,
    read_lexicon,
    read_text,
    unfamiliar,
    unlikely,
    written,
)
from rules.text.known.pairs import Pair, read

_HEAD = """\
# Wrong form, right form. Built by `python -m rules.text.known` from the files beside this one;
# sources and licences: README.md.
"""


def main() -> None:
    """Reads the text, admits pairs, and writes them."""
    asked = _arguments()

    def texts() -> Iterator[str]:
        return read_text(asked.text)

    lexicon = read_lexicon(asked.words)
    own, phrases = written()
    own += [pair for path in asked.pairs for pair in read(path)]
    kept = {pair.wrong: pair for pair in admitted(own, texts(), lexicon)}
    known = {pair.wrong for pair in own}
    slips = derive(texts, lexicon, phrases, asked.slips)
    likely = unlikely((pair for pair in slips if pair.wrong not in known), lexicon)
    fit = unfamiliar(admitted(likely, texts(), lexicon, seen=0), texts())
    kept.update((pair.wrong, pair) for pair in fit)
    _write(asked.out, kept.values())
    sys.stderr.write(f"written {len(own)}, slips {len(slips)}, admitted {len(kept)}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rules.text.known", description=__doc__)
    parser.add_argument("text", nargs="+", type=Path, help="folders of .txt or .txt.xz files")
    parser.add_argument("--words", required=True, type=Path, help="jieba's dict.txt")
    parser.add_argument("--pairs", nargs="*", default=[], type=Path, help="more pairs of one's own")
    parser.add_argument("--slips", type=int, default=130_000, help="slips looked at, at most")
    parser.add_argument("--out", type=Path, default=Path("rules/data/text/known/pairs.tsv"))
    return parser.parse_args()


def _write(path: Path, pairs: Iterable[Pair]) -> None:
    ordered = sorted(pairs, key=lambda pair: (pair.right, pair.wrong))
    lines = (f"{pair.wrong}\t{pair.right}\n" for pair in ordered)
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
