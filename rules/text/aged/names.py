"""Old names of bodies and regions: where they stand as if they were still in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

from ahocorasick_rs import AhoCorasick

from rules.data_files import get, number, read_toml, words
from rules.errors import RuleError
from rules.text.alike.tokens import tokens
from rules.text.corpus import Corpus

_CONTEXT = 200  # characters on either side that may say how a name is meant
_AROUND = 24  # characters on either side that are parted into words
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Former:
    """A name that was given up: what is said now, since when, and on what ground.

    `local` names count only right behind the name of a place.
    """

    old: str
    new: str
    since: date
    ground: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What around a name says that it is meant as a former, a foreign or a longer one."""

    grace_days: int
    history: tuple[str, ...]
    formerly: str
    foreign: tuple[str, ...]
    before: str
    places: str
    behind: tuple[str, ...]
    longer: tuple[str, ...]
    short: int


@dataclass(frozen=True, slots=True)
class Use:
    """A former name at `start` to `end` of a sentence, on pages of these days."""

    unit: int
    start: int
    end: int
    former: Former
    days: frozenset[date | None]


class Formers:
    """Finds former names in all sentences of a corpus."""

    def __init__(self, formers: Sequence[Former], around: Surroundings) -> None:
        self.formers = tuple(formers)
        self._around = around
        self._automaton = AhoCorasick([former.old for former in formers] + list(around.longer))

    def find(self, corpus: Corpus) -> Iterator[Use]:
        """Where a former name is used on pages published after it was given up."""
        for unit, found in groupby(corpus.matches(self._automaton), key=itemgetter(1)):
            words = corpus.sentences[unit]
            for start, end, which in _longest((at, to, which) for which, _, at, to in found):
                if which < len(self.formers):
                    former = self.formers[which]
                    days = self._days(corpus, unit, former)
                    low = max(0, start - _CONTEXT)
                    near = words[low : end + _CONTEXT]
                    if days and self._meant(near, start - low, end - low, former):
                        yield Use(unit, start, end, former, days)

    def _days(self, corpus: Corpus, unit: int, former: Former) -> frozenset[date | None]:
        """The days of the pages that carry the sentence and are late enough to use the new name."""
        grace = self._around.grace_days
        return frozenset(
            day for day in corpus.days_of(unit) if day and (day - former.since).days > grace
        )

    def _meant(self, text: str, start: int, end: int, former: Former) -> bool:
        around = self._around
        before = text[max(0, start - 1) : start]
        if before and before in around.formerly:
            return False
        if former.local and before not in tuple(around.places):
            return False
        if not former.local and len(former.old) <= around.short and not self._alone(text, start):
            return False
        if text[end:].startswith(around.behind) or _quoted(text, start) or "《" in text[end:]:
            return False
        if any(word in text for word in around.history) or self._dated(text, former):
            return False
        if not former.local and any(name in text for name in around.foreign):
            return False
        return _on_borders(text, None if former.local else start, end)

    def _alone(self, text: str, start: int) -> bool:
        """Whether a short name begins where a name may, and is no tail of another."""
        before = text[max(0, start - 1) : start]
        known = self._around.before + self._around.places
        return not ("\u4e00" <= before <= "\u9fff") or before in known

    def _dated(self, text: str, former: Former) -> bool:
        """Whether the sentence speaks of a year in which the name was still in use."""
        return any(int(found[1]) <= former.since.year for found in _YEAR.finditer(text))


@cache
def bodies() -> Formers:
    """Renamed and abolished bodies."""
    formers = [
        Former(old, new, date.fromisoformat(day), ground, scope == "L")
        for old, new, day, scope, ground in _rows("bodies.tsv", 5)
    ]
    return Formers(formers, _surroundings("bodies"))


@cache
def regions() -> Formers:
    """Renamed and abolished regions."""
    formers = [
        Former(old, new, date.fromisoformat(day), where)
        for old, new, day, where in _rows("regions.tsv", 4)
    ]
    return Formers(formers, _surroundings("regions"))


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    text = (files("rules") / "data" / "text" / "aged" / name).read_text(encoding="utf-8")
    for place, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) != columns:
                raise RuleError(f"规则数据文件 {name} 第 {place} 行应为 {columns} 列。")
            yield row


def _surroundings(name: str) -> Surroundings:
    whole = read_toml(files("rules") / "data" / "text" / "aged", "surroundings.toml")
    table = get(whole, name, dict, "surroundings.toml")
    where = f"surroundings.toml 的 [{name}]"
    return Surroundings(
        grace_days=number(table, "grace_days", where) or 0,
        history=words(whole, "history", where) + words(table, "history", where),
        formerly=get(whole, "formerly", str, where),
        foreign=words(whole, "foreign", where),
        before=get(table, "before", str, where),
        places=get(table, "places", str, where),
        behind=words(table, "behind", where),
        longer=words(table, "longer", where),
        short=number(table, "short", where) or 0,
    )


def _longest(spans: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The spans that do not lie inside another."""
    reach = -1
    for start, end, which in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > reach:
            reach = end
            yield start, end, which


def _quoted(text: str, place: int) -> bool:
    """Whether a place stands inside a title or a quotation."""
    ahead = text[:place]
    return ahead.rfind("《") > ahead.rfind("》") or ahead.count('"') % 2 == 1


def _on_borders(text: str, start: int | None, end: int) -> bool:
    """Whether no word reaches across the end, nor across the beginning where one is given."""
    low, high = max(0, (end if start is None else start) - _AROUND), min(len(text), end + _AROUND)
    borders = {low}
    borders.update(low + stop for _, stop in tokens(text[low:high]))
    return end in borders and (start is None or start in borders)
