"""What people have found right: which of it stands nowhere any more."""

from __future__ import annotations

from collections import defaultdict

from ahocorasick_rs import AhoCorasick

from rules.text.corpus import Corpus

Span = tuple[str, str, str]
"""A wording and the characters before and after it, as in `Corpus.stands`."""


def gone(corpus: Corpus) -> tuple[Span, ...]:
    """The wordings found right that no text of the site holds in their context, nor any link.

    Where a wording opened or closed its line, any place of it counts as that one.
    """
    sought: defaultdict[str, set[Span]] = defaultdict(set)
    for span in corpus.stands:
        sought[span[0]].add(span)
    if not sought:
        return ()
    for link in corpus.links:
        sought.pop(link.out.url, None)
    words = sorted(sought)
    automaton = AhoCorasick(words)
    for text in corpus.texts:
        whole = text.plain.text
        for number, start, end in automaton.find_matches_as_indexes(whole, overlapping=True):
            spans = sought[words[number]]
            spans -= {span for span in spans if _around(span, whole, start, end)}
    return tuple(sorted(span for spans in sought.values() for span in spans))


def _around(span: Span, words: str, start: int, end: int) -> bool:
    _, before, after = span
    return words.startswith(after, end) and words.endswith(before, 0, start)
