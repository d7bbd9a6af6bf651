"""T103: names of leaders written wrong, or put beside an office that is another's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import ahocorasick_rs

from ledger.words import Severity
from rules.text.base import Hit, TextRule, Tier
from rules.text.corpus import Corpus
from rules.text.naming.places import Place, places
from rules.text.naming.roll import Roll, roll, stated
from rules.text.naming.words import name_words

_Days = frozenset[date | None]
_DEPUTY = "副"


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A place in a sentence that may name a leader wrongly."""

    unit: int
    place: Place
    name: str
    alike: bool


@cache
def _titles() -> Any:
    return ahocorasick_rs.AhoCorasick(list(name_words().titles))


def _find(corpus: Corpus) -> Iterator[Hit]:
    if not corpus.policy.leaders:
        return
    people = roll(corpus.policy.leaders)
    suspects: list[_Suspect] = []
    for unit, place in _places(corpus, people):
        if place.name in people.names:
            yield from _mismatched(corpus, people, unit, place)
        else:
            suspects.extend(
                _Suspect(unit, place, name, alike) for name, alike in people.near(place.name)
            )
    usage = _usage(corpus, {suspect.place.name for suspect in suspects})
    for suspect in suspects:
        if usage[suspect.place.name] < name_words().usage:
            yield from _misspelt(corpus, people, suspect)


def _places(corpus: Corpus, people: Roll) -> Iterator[tuple[int, Place]]:
    seen: set[tuple[int, int, int]] = set()
    found = corpus.matches(_titles())
    # Of titles that end together the longest says the most: it comes first.
    for _, unit, start, end in sorted(found, key=lambda match: (match[1], match[3], match[2])):
        sentence = corpus.sentences[unit]
        for place in places(sentence, start, end, people.sizes, name_words()):
            if (unit, place.start, place.end) not in seen:
                seen.add((unit, place.start, place.end))
                yield unit, place


def _usage(corpus: Corpus, spellings: Iterable[str]) -> Counter[str]:
    """In how many different sentences each spelling stands."""
    known = sorted(spellings)
    if not known:
        return Counter()
    found = corpus.matches(ahocorasick_rs.AhoCorasick(known))
    pairs = {(unit, which) for which, unit, _, _ in found}
    return Counter(known[which] for _, which in pairs)


def _days(corpus: Corpus, unit: int) -> _Days:
    return frozenset(corpus.days_of(unit))


def _misspelt(corpus: Corpus, people: Roll, suspect: _Suspect) -> Iterator[Hit]:
    """The hits on a spelling, by the surest for each of the days on which it was published."""
    tiers: dict[Tier, set[date | None]] = {}
    for day in _days(corpus, suspect.unit):
        tier = _tier(people, suspect, day)
        if tier:
            tiers.setdefault(tier, set()).add(day)
    place = suspect.place
    said = "读音或字形相近" if suspect.alike else "只差一字"
    for tier, days in tiers.items():
        yield Hit(
            unit=suspect.unit,
            start=place.start,
            end=place.end,
            suggest=suspect.name,
            why=f"“{place.name}”紧挨着“{place.title}”，与领导人名单上的“{suspect.name}”{said}",
            tier=tier,
            days=frozenset(days),
        )


def _tier(people: Roll, suspect: _Suspect, day: date | None) -> Tier | None:
    """How sure it is that a spelling on a page of this day means the leader."""
    words, place = name_words(), suspect.place
    offices = people.offices(suspect.name, day)
    full = any(title and stated(place.phrase, title, place.leading, words) for title in offices)
    kind = place.title in words.common or any(
        not title or title.endswith(place.title) for title in offices
    )
    short = kind and place.title not in words.common and _bare(place) and any(offices)
    if full or (short and suspect.alike):
        return Tier.REPORT
    return Tier.REVIEW if short or (kind and suspect.alike) else None


def _bare(place: Place) -> bool:
    """Whether the title stands alone, so that nothing says whose office it is."""
    return not place.leading or place.phrase == place.title


def _mismatched(corpus: Corpus, people: Roll, unit: int, place: Place) -> Iterator[Hit]:
    """Hits on a leader beside an office that somebody else holds on the day of the page."""
    tiers: dict[tuple[Tier, str, str], set[date | None]] = {}
    for day in _days(corpus, unit):
        told = _mismatch(people, place, day) if day else None
        if told:
            tiers.setdefault(told, set()).add(day)
    for (tier, title, holder), days in tiers.items():
        yield Hit(
            unit=unit,
            start=place.start,
            end=place.end,
            suggest=holder,
            why=_disagreement(place.name, title, holder),
            tier=tier,
            category="领导人姓名与职务不符",
            days=frozenset(days),
        )


def _disagreement(name: str, title: str, holder: str) -> str:
    if holder:
        return f"按领导人名单，页面发布时“{title}”是“{holder}”，不是“{name}”"
    return f"按领导人名单，页面发布时“{name}”不任“{title}”"


def _mismatch(people: Roll, place: Place, day: date) -> tuple[Tier, str, str] | None:
    """The sureness, the office and its holder where a leader is given another's office."""
    words = name_words()
    if any(
        stated(place.phrase, title, place.leading, words)
        or (_bare(place) and title.endswith(place.title))
        for title in people.offices(place.name, day)
    ):
        return None
    named = [t for t in people.titles if stated(place.phrase, t, place.leading, words)]
    title = max(named, key=len, default="")
    holders = people.holders(title, day) if title else []
    if _DEPUTY in title and holders:
        # Deputies are many, and the list may not hold them all.
        return Tier.REVIEW, title, ""
    if len(set(holders)) != 1:
        return None
    exact = place.phrase == title or (not place.leading and place.phrase.startswith(title))
    known = bool(people.offices(place.name, day))
    return (Tier.REPORT if exact and known else Tier.REVIEW), title, holders[0]


RULE = TextRule(
    code="T103",
    name="领导人姓名或职务写错",
    severity=Severity.SEVERE,
    clauses=("A1",),
    checks="本单位领导人名单上的姓名是否写错一字，姓名与职务是否对得上页面发布时的名单。",
    why="领导人姓名、职务写错属于严重表述错误。",
    mend="对照本单位的领导人名单改正；名单有变动的，更新 [text] leaders 指定的表格。",
    find=_find,
    rank=12,
)
