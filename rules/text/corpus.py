"""All the text of a site with every sentence held once, and the places it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from ledger.texts import OutLink, PageText, Passage, PassageKind, TextPolicy
from rules.text.plain import Plain, plain
from rules.text.plain import sentences as spans
from rules.text.sentences import Block, Sentences, blocks


@dataclass(frozen=True, slots=True)
class Text:
    """One unique passage text and the pages that carry it."""

    plain: Plain
    holders: list[tuple[int, int]]


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
    sentences: Sentences
    policy: TextPolicy
    day: date

    def blocks(self) -> Iterator[Block]:
        """All sentences, some at a time in one string: for scanning them at once."""
        return blocks(self.sentences)

    def matches(self, automaton: AhoCorasick) -> Iterator[tuple[int, int, int, int]]:
        """Every match in the sentences: the word's number, the sentence's, start and end in it."""
        for block in self.blocks():
            for which, start, end in automaton.find_matches_as_indexes(
                block.text, overlapping=True
            ):
                unit, at = block.locate(start)
                yield which, unit, at, at + end - start

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

    def passages(self, text: int) -> Iterable[tuple[PageText, Passage]]:
        """The passages with the text of this number, and their pages."""
        for page, passage in self.texts[text].holders:
            yield self.pages[page], self.pages[page].passages[passage]

    def days(self, text: int) -> set[date | None]:
        """The publication days of the pages that carry a text."""
        return {self.pages[page].day for page, _ in self.texts[text].holders}

    def days_of(self, sentence: int) -> set[date | None]:
        """The publication days of the pages that carry a sentence."""
        return {day for spot in self.sentences.spots(sentence) for day in self.days(spot.text)}


def gather(
    pages: Sequence[PageText], policy: TextPolicy, day: date, *, recognised: bool = False
) -> Corpus:
    """The corpus of what these pages say, or of what was `recognised` from their pictures.

    The two are kept apart: what a machine has misread is no evidence of how the site writes.
    """
    found: dict[str, Text] = {}
    for number, page in enumerate(pages):
        for place, passage in enumerate(page.passages):
            if (passage.kind is PassageKind.OCR) is not recognised:
                continue
            known = found.get(passage.text)
            if known is None:
                known = found[passage.text] = Text(plain(passage.text), [])
            known.holders.append((number, place))
    texts = tuple(found.values())
    words = [text.plain.text for text in texts]
    return Corpus(pages, texts, Sentences(words, map(spans, words)), policy, day)
