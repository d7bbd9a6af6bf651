"""`python -m bench text-…`: parts of the text measurements alone, for whoever tunes a rule."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from bench import text_sets, text_site, text_speed
from bench.text_folder import Slice, sliced, split
from bench.text_judge import Flag, Judged, judge
from bench.text_model import said_of, use
from bench.text_sets import BOTH
from rules.text.base import Tier

_AROUND = 16


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names."""
    options = _parser().parse_args(arguments)
    use(options.model)
    work = {
        "text-flags": _flags,
        "text-sets": _sets,
        "text-site": _site,
        "text-speed": _speed,
        "text-split": _split,
    }
    work[options.command](options)
    return 0


def _flags(options: argparse.Namespace) -> None:
    judged = judge(sliced(options.folder, options.slice, options.size), options.rule)
    wanted = {"both": BOTH, "report": (Tier.REPORT,), "review": (Tier.REVIEW,)}[options.tier]
    found = [flag for flag in judged.flags if flag.tier in wanted]
    for flag in found[: options.limit or None]:
        print(_line(judged, flag))
    if 0 < options.limit < len(found):
        print(f"… and {len(found) - options.limit} more", file=sys.stderr)
    _tell(judged)


def _line(judged: Judged, flag: Flag) -> str:
    text = judged.comparable(flag.line)
    before = text[max(0, flag.start - _AROUND) : flag.start]
    after = text[flag.end : flag.end + _AROUND]
    said = f"{flag.code} {flag.tier:6} {flag.wrong}→{flag.suggest}"
    return f"{said}\t{before}【{flag.wrong}】{after}\t{flag.why}"


def _tell(judged: Judged) -> None:
    """Flags a million characters and CPU time of every rule, as talk."""
    counts = Counter((flag.code, flag.tier) for flag in judged.flags)
    print(f"{judged.size:,} characters", file=sys.stderr)
    for step, spent in judged.seconds.items():
        figures = ", ".join(
            f"{tier} {counts[step, tier]} ({1e6 * counts[step, tier] / max(judged.size, 1):.2f}/M)"
            for tier in Tier
            if counts[step, tier]
        )
        pace = judged.size / max(spent, 1e-3)
        print(f"  {step:7} {spent:7.2f} s {pace:12,.0f} characters/s  {figures}", file=sys.stderr)


def _sets(options: argparse.Namespace) -> None:
    print(text_sets.section(options.folder, codes=options.rule).markdown())


def _site(options: argparse.Namespace) -> None:
    site = text_site.site(options.folder, options.slice, options.rule, options.size)
    if site is None:
        raise SystemExit(f"{options.folder}: no dev/{text_site.SLIPS_FROM}.tsv")
    print(text_site.section(site, options.slice, said_of(options.model)).markdown())
    for error, around in islice(site.missed(site.judged.flags), options.missed):
        print(f"missed {error.wrong}→{error.right}\t{around}")
    for flag in islice(site.others(site.judged.flags), options.others):
        print(f"other {_line(site.judged, flag)}")
    _tell(site.judged)


def _speed(options: argparse.Namespace) -> None:
    size = options.size or text_speed.SIZE
    print(text_speed.section(options.folder, size, options.model).markdown())


def _split(options: argparse.Namespace) -> None:
    rest, held = split(options.folder, options.out, options.slice)
    print(f"{options.out}: rest {rest:,} characters, held {held:,}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    said = {
        "text-flags": "every flag on a text, with what stands around it",
        "text-sets": "the sets in FOLDER/dev whose right forms are known",
        "text-site": "the text as a site with human errors planted",
        "text-speed": "speed and memory",
        "text-split": "two folders in OUT: `held`, the slice, and `rest`, to train on",
    }
    for name, what in said.items():
        one = commands.add_parser(name, help=what, description=what)
        one.add_argument("folder", type=Path, metavar="FOLDER", help="text, a sentence a line")
        one.add_argument("--rule", action="append", default=[], metavar="CODE", help="only this")
        one.add_argument("--slice", type=Slice.read, default=Slice(), help="PART/OF, as in 1/10")
        one.add_argument("--size", type=int, default=0, help="stop after so many characters")
        one.add_argument("--model", default="", metavar="PATH", help="another n-gram table")
        if name == "text-flags":
            one.add_argument("--limit", type=int, default=0, help="print so many (default all)")
            one.add_argument("--tier", choices=("report", "review", "both"), default="report")
        elif name == "text-site":
            one.add_argument("--missed", type=int, default=0, help="list so many errors not found")
            one.add_argument("--others", type=int, default=0, help="and so many other flags")
        elif name == "text-split":
            one.add_argument("out", type=Path, metavar="OUT")
    return parser
