"""`python -m bench`: measure everything, print it, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import (
    accuracy,
    agreement,
    extractors,
    inspection,
    judging,
    papers,
    reading,
    speed,
    text_part,
    text_tool,
)
from bench.measure import machine
from bench.paper import Section, document
from ledger.clock import today

_PAPER = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_PARTS: dict[str, Callable[[argparse.Namespace], list[Section]]] = {
    "reading": lambda options: reading.measure(options.runs),
    "inspection": lambda options: inspection.measure(options.runs),
    "speed": lambda options: speed.measure(options.pages, options.peers),
    "judging": lambda options: judging.measure(options.runs),
    "papers": lambda options: papers.measure(options.runs),
    "accuracy": lambda options: accuracy.measure(options.runs),
    "extractors": lambda options: extractors.measure(options.runs),
    "text": lambda options: text_part.measure(options.text, options.model),
}


def main() -> int:
    """Measure what was asked for; only a whole run is written down."""
    if sys.argv[1:2] and sys.argv[1].startswith("text-"):
        return text_tool.main(sys.argv[1:])
    options = _parser().parse_args()
    if options.portal:
        return _compare(*options.portal)
    wanted = options.parts or list(_PARTS)
    described = machine()
    begun = time.perf_counter()
    sections: list[Section] = []
    for part in dict.fromkeys(wanted):
        print(f"measuring {part} …", file=sys.stderr)
        found = _PARTS[part](options)
        sections += found
        print("\n".join(section.markdown() for section in found), flush=True)
    if set(wanted) == set(_PARTS) and _whole(options):
        text = document(today().isoformat(), described, options.runs, sections)
        _PAPER.write_text(text, encoding="utf-8")
        print(f"wrote docs/{_PAPER.name}", file=sys.stderr)
    print(f"took {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return 0


def _whole(options: argparse.Namespace) -> bool:
    """Whether nothing was left out or made smaller."""
    return set(options.pages) >= set(speed.PAGES) and set(options.peers) == set(speed.KEYS)


def _compare(columns: Path, truth: Path) -> int:
    try:
        print(agreement.report(columns, truth))
    except agreement.Unreadable as error:
        print(error, file=sys.stderr)
        return 3
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = ", ".join(_PARTS)
    parser.add_argument("parts", nargs="*", type=_part, metavar="PART", help=f"any of {names}")
    parser.add_argument("--runs", type=_runs, default=3, help="runs each median is of (default 3)")
    parser.add_argument(
        "--pages",
        type=_runs,
        nargs="+",
        default=list(speed.PAGES),
        metavar="N",
        help=f"speed: articles of the portals measured (default {_words(speed.PAGES)})",
    )
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=speed.KEYS,
        default=list(speed.KEYS),
        metavar="TOOL",
        help=f"speed: hold only against these of {', '.join(speed.KEYS)}",
    )
    parser.add_argument(
        "--text",
        type=Path,
        metavar="FOLDER",
        help="text: official text, a sentence a line (.txt, .txt.xz), and dev/*.tsv; "
        "`text-flags`, `text-sets`, `text-site`, `text-speed` and `text-split` in place of PART "
        "measure parts of it (`text-flags --help`)",
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="PATH",
        help=f"text: an n-gram table trained without slice {text_part.HELD} of the text",
    )
    parser.add_argument(
        "--portal",
        nargs=2,
        type=Path,
        metavar=("COLUMNS.json", "TRUTH.json"),
        help="compare `xuncha columns --format json` with a list of "
        "{path, verdict, reason, last_updated}, measure nothing",
    )
    return parser


def _words(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


def _part(text: str) -> str:
    if text not in _PARTS:
        raise argparse.ArgumentTypeError(f"no part {text!r}, there are {', '.join(_PARTS)}")
    return text


def _runs(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
