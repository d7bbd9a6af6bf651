"""How much text was looked at, and which attachments were not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ledger.findings import Place, TextTally, Unchecked
from ledger.texts import PageText, PassageKind
from rules.text.corpus import Corpus
from rules.text.found_right import gone
from rules.text.privacy.masks import veiled

_PLACES = 5
"""Attachments named for one reason."""


def tally_of(corpus: Corpus, pictured: Corpus, faulty: Collection[str]) -> TextTally:
    """What was read, and recognised from pictures; `faulty` are the addresses of the pages with
    faults."""
    attached = {one for page in corpus.pages for one in _attached(page)}
    return TextTally(
        pages=len(corpus.pages),
        characters=sum(len(text.plain.text) for text in (*corpus.texts, *pictured.texts)),
        attachments=len(attached),
        unchecked=_unchecked(corpus),
        shadow=corpus.policy.shadow,
        faulty=tuple(sorted(faulty)),
        gone=gone(corpus),
    )


def _attached(page: PageText) -> Iterator[tuple[str, str]]:
    """Name and text of each attachment; one may have both a text and pages recognised."""
    read = [one for one in page.passages if one.kind is PassageKind.ATTACHMENT]
    names = {one.place for one in read}
    pictured = (one for one in page.passages if one.kind is PassageKind.OCR)
    for one in (*read, *(one for one in pictured if one.place not in names)):
        yield one.place, one.text


def _unchecked(corpus: Corpus) -> tuple[Unchecked, ...]:
    """Attachments by why they were not read, the most frequent reason first."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for page in corpus.pages:
        for unread in page.unread:
            found.setdefault(unread.reason, {})[page.url, unread.place] = None
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        Unchecked(
            reason,
            len(places),
            tuple(Place(url, veiled(name)) for url, name in list(places)[:_PLACES]),
        )
        for reason, places in ordered
    )
