"""The curated lists of data/text/unsafe, and where their words stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ahocorasick_rs import AhoCorasick
from opencc import OpenCC

from ledger.words import Severity
from rules.data_files import get, read_toml, words
from rules.text.alike.tokens import guessed

CATEGORIES = ("porn", "gambling", "arms", "fraud", "coarse")
_CONTEXTS = "contexts.toml"
_UNCHECKED = 4
_LOWER = {ord(capital): capital.lower() for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_BETWEEN = " *·.-_|/~^+#"
_SPACED = re.compile(r"(?:[\u4e00-\u9fffa-z0-9][ *·.\-_|/~^+#]{1,2}){2,60}[\u4e00-\u9fffa-z0-9]")
_LATIN = re.compile(r"[a-z0-9]")


class Strength(IntEnum):
    """What a word is worth: spam by its form, unsafe, unsafe only in bad company, or lawful."""

    LAWFUL = -1
    SERVICE = 0
    WEAK = 1
    WORD = 2
    AD = 3


@dataclass(frozen=True, slots=True)
class Category:
    """One list: what it is called, how grave it is and on which clause it rests."""

    name: str
    severity: Severity
    clause: str


@dataclass(frozen=True, slots=True)
class Unsafe:
    """An entry of a list."""

    word: str
    strength: Strength
    category: Category


@dataclass(frozen=True, slots=True)
class Found:
    """Where an entry stands in a string."""

    start: int
    end: int
    unsafe: Unsafe


def lowered(text: str) -> str:
    """The text with plain Latin letters small, place for place."""
    return text.translate(_LOWER) if not text.isascii() else text.lower()


def scan(text: str) -> list[Found]:
    """Every entry in a text of small letters, borders not looked at yet."""
    entries, automaton = _automaton()
    matches = automaton.find_matches_as_indexes(text, overlapping=True)
    return [Found(start, end, entries[number]) for number, start, end in matches]


def bordered(text: str, found: Iterable[Found]) -> list[Found]:
    """Those of the entries found in one sentence that begin and end where its words do.

    Of two that overlap the longer stays, and a lawful one takes the letters of the others with
    it. Longer entries are hardly ever made of the letters of other words.
    """
    borders: frozenset[int] | None = None
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if any(one.start < other.end and other.start < one.end for other in kept):
            continue
        if not _apart(text, one):
            continue
        if one.end - one.start < _UNCHECKED and one.unsafe.strength is not Strength.LAWFUL:
            borders = _borders(text) if borders is None else borders
            if one.start not in borders or one.end not in borders:
                continue
        kept.append(one)
    unsafe = (one for one in kept if one.unsafe.strength is not Strength.LAWFUL)
    return sorted(unsafe, key=lambda one: one.start)


def spaced_out(text: str) -> list[Found]:
    """The entries that stand in a text with blanks or marks between all their characters.

    Nobody writes like this but to slip past a filter, so each counts as an ad.
    """
    kept: list[Found] = []
    for run in _SPACED.finditer(text):
        places = [n for n in range(*run.span()) if text[n] not in _BETWEEN]
        words = "".join(text[place] for place in places)
        for one in bordered(words, scan(words)):
            if len(one.unsafe.word) > 2 and one.unsafe.strength >= Strength.WORD:
                ad = replace(one.unsafe, strength=Strength.AD)
                kept.append(Found(places[one.start], places[one.end - 1] + 1, ad))
    return kept


def guarded(text: str) -> bool:
    """Whether a text warns, forbids, or tells of police and courts."""
    if _guards().search(text):
        return True
    close = text.translate(dict.fromkeys(map(ord, _BETWEEN)))
    return _guards().search(_simplified().convert(close)) is not None


def chats(text: str) -> bool:
    """Whether a text of small letters gives a chat account to write to."""
    return _contact("chat").search(text) is not None


def calls(text: str) -> bool:
    """Whether a text gives a mobile number or a chat account."""
    return chats(text) or _contact("phone").search(text) is not None


def _apart(text: str, found: Found) -> bool:
    """Whether Latin letters and digits at the ends of an entry stand alone."""
    first, last = found.unsafe.word[0], found.unsafe.word[-1]
    if _LATIN.match(first) and _LATIN.match(text[found.start - 1 : found.start]):
        return False
    return not (_LATIN.match(last) and _LATIN.match(text[found.end : found.end + 1]))


def _borders(text: str) -> frozenset[int]:
    places, at = {0}, 0
    for word in guessed(text):
        at += len(word)
        places.add(at)
    return frozenset(places)


def _folder() -> Traversable:
    return files("rules") / "data" / "text" / "unsafe"


@cache
def _entries() -> tuple[Unsafe, ...]:
    """All entries, those that look otherwise in traditional characters a second time in these."""
    listed = tuple(entry for name in CATEGORIES for entry in _listed(f"{name}.toml"))
    convert = OpenCC("s2t").convert
    spelt = ((entry, convert(entry.word)) for entry in listed)
    return listed + tuple(replace(entry, word=word) for entry, word in spelt if word != entry.word)


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def _listed(name: str) -> Iterator[Unsafe]:
    table = read_toml(_folder(), name)
    category = Category(
        get(table, "name", str, name),
        Severity(get(table, "severity", str, name)),
        get(table, "clause", str, name),
    )
    keys = {
        "ads": Strength.AD,
        "words": Strength.WORD,
        "weak": Strength.WEAK,
        "services": Strength.SERVICE,
        "lawful": Strength.LAWFUL,
    }
    for key, strength in keys.items():
        for word in words(table, key, name):
            yield Unsafe(word, strength, category)


@cache
def _automaton() -> tuple[tuple[Unsafe, ...], AhoCorasick]:
    entries = _entries()
    return entries, AhoCorasick([entry.word for entry in entries])


@cache
def _contexts() -> dict[str, Any]:
    return read_toml(_folder(), _CONTEXTS)


@cache
def _guards() -> re.Pattern[str]:
    listed = words(_contexts(), "guards", _CONTEXTS)
    return re.compile("|".join(map(re.escape, listed)))


@cache
def _contact(key: str) -> re.Pattern[str]:
    return re.compile(get(_contexts(), key, str, _CONTEXTS))
