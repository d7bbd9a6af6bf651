"""All the text of a site with every sentence held once, and the places it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ledger.texts import OutLink, PageText, Passage, TextPolicy
from rules.text.plain import Plain, plain, sentences


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sentence stands: `offset` characters into the comparable text `text`."""

    text: int
    offset: int


@dataclass(frozen=True, slots=True)
class Text:
    """One unique passage text and the pages that carry it; `spans` are its sentences."""

    plain: Plain
    holders: list[tuple[int, int]]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One unique sentence in comparable form and where it stands."""

    text: str
    spots: list[Spot]


@dataclass(frozen=True, slots=True)
class Link:
    """One unique outgoing link and the numbers of the pages that carry it."""

    out: OutLink
    holders: list[int]


@dataclass(frozen=True)
class Corpus:
    """What a text rule is given.

    `texts[i].holders` are (page, passage) numbers. `day` is the day on which this is judged.
    """

    pages: Sequence[PageText]
    texts: tuple[Text, ...]
    sentences: tuple[Sentence, ...]
    policy: TextPolicy
    day: date

    @cached_property
    def joined(self) -> str:
        """All sentences in one string, a line feed after each: for scanning them at once."""
        return "".join(f"{sentence.text}\n" for sentence in self.sentences)

    @cached_property
    def starts(self) -> list[int]:
        """Where in `joined` each sentence begins."""
        starts, at = [], 0
        for sentence in self.sentences:
            starts.append(at)
            at += len(sentence.text) + 1
        return starts

    @cached_property
    def stands(self) -> frozenset[tuple[str, str, str]]:
        """What people have found right: the words, and the characters before and after them."""
        return frozenset(
            (review.wrong, review.before, review.after)
            for review in self.policy.reviews
            if review.right
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every outgoing link once: the same address, words and way of hiding."""
        found: dict[OutLink, Link] = {}
        for number, page in enumerate(self.pages):
            for out in page.links:
                link = found.setdefault(out, Link(out, []))
                if not link.holders or link.holders[-1] != number:
                    link.holders.append(number)
        return tuple(found.values())

    def locate(self, place: int) -> tuple[int, int]:
        """Which sentence a place in `joined` belongs to, and how far into it."""
        number = bisect_right(self.starts, place) - 1
        return number, place - self.starts[number]

    def passages(self, text: int) -> Iterable[tuple[PageText, Passage]]:
        """The passages with the text of this number, and their pages."""
        for page, passage in self.texts[text].holders:
            yield self.pages[page], self.pages[page].passages[passage]

    def days(self, text: int) -> set[date | None]:
        """The publication days of the pages that carry a text."""
        return {self.pages[page].day for page, _ in self.texts[text].holders}


def gather(pages: Sequence[PageText], policy: TextPolicy, day: date) -> Corpus:
    """The corpus of these pages."""
    texts: dict[str, Text] = {}
    found: dict[str, Sentence] = {}
    for number, page in enumerate(pages):
        for place, passage in enumerate(page.passages):
            known = texts.get(passage.text)
            if known is None:
                known = texts[passage.text] = _text(passage.text)
                _keep(known, len(texts) - 1, found)
            known.holders.append((number, place))
    return Corpus(pages, tuple(texts.values()), tuple(found.values()), policy, day)


def _text(raw: str) -> Text:
    same = plain(raw)
    return Text(same, [], tuple(sentences(same.text)))


def _keep(text: Text, number: int, found: dict[str, Sentence]) -> None:
    for start, end in text.spans:
        words = text.plain.text[start:end]
        found.setdefault(words, Sentence(words, [])).spots.append(Spot(number, start))
