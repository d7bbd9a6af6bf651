"""How much text was looked at, and which attachments were not."""

from __future__ import annotations

from collections.abc import Collection

from ledger.findings import Place, TextTally, Unchecked
from ledger.texts import PassageKind
from rules.text.corpus import Corpus
from rules.text.found_right import gone
from rules.text.privacy.masks import veiled

_PLACES = 5
"""Attachments named for one reason."""


def tally_of(corpus: Corpus, faulty: Collection[str]) -> TextTally:
    """What was read; `faulty` are the addresses of the pages with faults."""
    attached = {
        (passage.place, passage.text)
        for page in corpus.pages
        for passage in page.passages
        if passage.kind is PassageKind.ATTACHMENT
    }
    return TextTally(
        pages=len(corpus.pages),
        characters=sum(len(text.plain.text) for text in corpus.texts),
        attachments=len(attached),
        unchecked=_unchecked(corpus),
        shadow=corpus.policy.shadow,
        faulty=tuple(sorted(faulty)),
        gone=gone(corpus),
    )


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
