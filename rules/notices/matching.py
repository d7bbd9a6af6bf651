"""Which entries of notices are faults that we found ourselves: the same page, the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ledger.addresses import canonical
from ledger.facts import SiteFacts
from ledger.findings import Claim, Clear
from ledger.life import fingerprint
from ledger.notices import NoticeItem, NoticeKind, SiteNotices
from ledger.site import ColumnPath
from rules.notices.naming import folded_path, own_mark, same
from rules.wording import subject_of

_Key = tuple[str, str, str]

_DEAD = frozenset({"F004", "F005"})
_STALE = frozenset({"F001", "F002", "F003", "F004"})


def match(
    notices: SiteNotices,
    facts: SiteFacts,
    said: Iterable[Claim | Clear],
    pages: Mapping[_Key, Collection[str]],
) -> dict[str, str]:
    """By the fingerprint an entry would have of its own: that of our finding, where there is one.

    `pages` are all pages of a fault in the texts: a claim names no more than its first places.
    """
    items = [item for notice in notices.notices for item in notice.items]
    # A doubtful finding of ours accuses nobody; what the vendor says is more than that.
    claims = [word for word in said if isinstance(word, Claim) and not word.doubtful]
    wanted = {canonical(item.url) for item in items if item.url}
    of_page = _by_page(claims, pages, wanted)
    found: dict[str, str] = {}
    for item in items:
        ours = _ours(item, claims, of_page, notices, facts)
        if ours is not None:
            site = facts.site.key
            mark = fingerprint(site, ours.code, ours.subject, ours.term)
            found[own_mark(site, item)] = mark
    return found


def column_of(item: NoticeItem, facts: SiteFacts) -> ColumnPath | None:
    """The column that an entry names, by its path, its own name or its address; None if unsure."""
    named = folded_path(item.column)
    paths = [column.column.path for column in facts.columns]
    if named:
        fitting = [p for p in paths if _ends(folded_path(subject_of(p)), named)]
        if len(fitting) == 1:
            return fitting[0]
        paths = fitting or paths
    if item.url:
        page = canonical(item.url)
        read = [
            column.column.path
            for column in facts.columns
            if column.column.path in paths and page in _addresses(column.reading, column.column.url)
        ]
        if len(read) == 1:
            return read[0]
    return None


def _ends(path: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return path[-len(named) :] == named


def _addresses(reading: object, written: str | None) -> set[str]:
    urls = (written, getattr(reading, "url", None), getattr(reading, "final_url", None))
    return {canonical(url) for url in urls if url}


def _by_page(
    claims: Iterable[Claim], pages: Mapping[_Key, Collection[str]], wanted: set[str]
) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    known: dict[str, str] = {}
    for claim in claims:
        held = pages.get((claim.code, claim.subject, claim.term))
        urls = held if held is not None else [place.url for place in claim.places]
        for url in urls:
            page = known.get(url) or known.setdefault(url, canonical(url))
            if page in wanted:
                found[page].append(claim)
    return found


def _ours(
    item: NoticeItem,
    claims: Iterable[Claim],
    of_page: Mapping[str, list[Claim]],
    notices: SiteNotices,
    facts: SiteFacts,
) -> Claim | None:
    there = of_page.get(canonical(item.url), []) if item.url else []
    match item.kind:
        case NoticeKind.WORDING | NoticeKind.PRIVACY:
            texts = [claim for claim in there if claim.code.startswith("T")]
            fitting = [c for c in texts if _overlaps(item, c.subject, notices)]
            return min(fitting, key=_rank, default=None)
        case NoticeKind.LINK:
            return min((c for c in there if c.code in _DEAD), key=_rank, default=None)
        case NoticeKind.COLUMN:
            path = column_of(item, facts)
            subject = subject_of(path) if path is not None else None
            stale = (c for c in claims if c.code in _STALE and c.subject == subject)
            return min(stale, key=_rank, default=None)
    return None


def _rank(claim: Claim) -> tuple[int, str, str]:
    """A grave claim before a light one."""
    return -claim.severity.rank, claim.code, claim.subject


def _overlaps(item: NoticeItem, shown: str, notices: SiteNotices) -> bool:
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
