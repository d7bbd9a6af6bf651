"""Whether the words an entry names are those of a page, and of a finding of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.addresses import canonical
from ledger.findings import Finding
from ledger.notices import NoticeItem, NoticeKind, Sight, SiteNotices, names_only
from rules.notices.naming import same

_AROUND = 2


def mended_before(item: NoticeItem, notices: SiteNotices) -> Finding | None:
    """The finding of ours about these words on this page that is closed; None where none is."""
    if not item.url or item.kind not in (NoticeKind.WORDING, NoticeKind.PRIVACY):
        return None
    page = canonical(item.url)
    for finding in notices.ended:
        there = any(canonical(place.url) == page for place in finding.places)
        if there and overlaps(item, finding.subject, notices):
            return finding
    return None


def shows(item: NoticeItem, sight: Sight) -> bool | None:
    """Whether the page as last read has the words; None where that cannot be told."""
    texts = [same(words) for words in sight.words]
    if not any(texts):
        return None
    wrong = same(item.wrong)
    if not wrong or (item.kind is NoticeKind.PRIVACY and names_only(item.wrong)):
        # A sort of data (身份证号) is no string to look for.
        return None
    if item.kind is NoticeKind.PRIVACY and "*" in wrong:
        # A masked number is looked for by its ends and its length.
        pattern = re.compile(re.escape(wrong).replace(r"\*", r"[^\s，。；、]"))
        return any(pattern.search(text) for text in texts)
    if len(wrong) > 1:
        return any(wrong in text for text in texts)
    needle = _in_context(wrong, same(item.context))
    return any(needle in text for text in texts) if needle else None


def _in_context(wrong: str, context: str) -> str:
    """A single character with its neighbours; empty where its place is not known."""
    if context.count(wrong) != 1:
        return ""
    at = context.index(wrong)
    return context[max(0, at - _AROUND) : at + len(wrong) + _AROUND]


def overlaps(item: NoticeItem, shown: str, notices: SiteNotices) -> bool:
    """Whether the vendor's words and ours are, at some place of the page, the same characters."""
    theirs, ours = same(item.wrong), same(shown)
    if not theirs or not ours:
        return False
    if theirs == ours:
        return True
    around = same(item.context)
    for text in (around, *(same(words) for words in _words(item, notices))):
        if _meet(text, theirs, ours):
            return True
    return not around and (theirs in ours or ours in theirs) and min(len(theirs), len(ours)) > 1


def _words(item: NoticeItem, notices: SiteNotices) -> tuple[str, ...]:
    # A single character stands everywhere on a page: only its sentence tells which is meant.
    sight = notices.sights.get(item.url)
    return sight.words if sight is not None and len(same(item.wrong)) > 1 else ()


def _meet(text: str, first: str, second: str) -> bool:
    spans = list(_spans(text, second))
    return any(a < d and c < b for a, b in _spans(text, first) for c, d in spans)


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)
