"""Which entries of notices are faults that we found ourselves: the same page, the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from ledger.addresses import canonical, host_of
from ledger.facts import SiteFacts
from ledger.findings import Claim, Clear
from ledger.life import fingerprint
from ledger.notices import Notice, NoticeItem, NoticeKind, SiteNotices
from ledger.site import ColumnPath
from rules.notices.naming import folded_path, own_mark
from rules.notices.standing import mended_before, overlaps, shows
from rules.wording import subject_of

_Key = tuple[str, str, str]

_TEXTS = frozenset({NoticeKind.WORDING, NoticeKind.PRIVACY})
_LEADING_AWAY = frozenset({"T502", "T503"})
_LINK_WORDS = ("链", "博彩", "赌博", "色情", "挂马", "木马", "篡改")
_ADDRESS = re.compile(r"https?://[\w.:-]+", re.I)
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
    wanted = {canonical(url) for item in items for url in (item.url, item.parent) if url}
    of_page = _by_page(claims, pages, wanted)
    site = facts.site.key
    found = {
        own_mark(site, item): ended.fingerprint
        for notice in notices.notices
        for item in notice.items
        if (ended := mended_before(item, notices)) is not None
        and _read_since(item, notice, notices)
    }
    for item in items:
        ours = _ours(item, claims, of_page, notices, facts)
        if ours is not None:
            mark = fingerprint(site, ours.code, ours.subject, ours.term)
            found[own_mark(site, item)] = mark
    return found


def seen(notices: SiteNotices, site: str) -> frozenset[str]:
    """The entries whose words stood on their page when we read it last, by their own mark."""
    return frozenset(
        own_mark(site, item)
        for notice in notices.notices
        for item in notice.items
        if item.kind in _TEXTS
        and (sight := notices.sights.get(item.url)) is not None
        and sight.read_on is not None
        and shows(item, sight)
    )


def _read_since(item: NoticeItem, notice: Notice, notices: SiteNotices) -> bool:
    """Whether the page was read after the vendor looked, and is without the words."""
    sight = notices.sights.get(item.url)
    if sight is None or sight.read_on is None or sight.gone or sight.unread:
        return False
    since = min(item.found_on or notice.day, notice.day)
    return sight.read_on > since and shows(item, sight) is False


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
    urls = (item.url, item.parent) if item.kind is NoticeKind.OTHER else (item.url,)
    there = [claim for url in urls if url for claim in of_page.get(canonical(url), [])]
    match item.kind:
        case NoticeKind.WORDING | NoticeKind.PRIVACY:
            texts = [claim for claim in there if claim.code.startswith("T")]
            fitting = [c for c in texts if overlaps(item, c.subject, notices)]
            return min(fitting, key=_rank, default=None)
        case NoticeKind.OTHER:
            hidden = [claim for claim in there if claim.code in _LEADING_AWAY]
            fitting = [claim for claim in hidden if _same_target(item, claim)]
            return min(fitting, key=_rank, default=None)
        case NoticeKind.LINK:
            return min((c for c in there if c.code in _DEAD), key=_rank, default=None)
        case NoticeKind.COLUMN:
            path = column_of(item, facts)
            subject = subject_of(path) if path is not None else None
            stale = (c for c in claims if c.code in _STALE and c.subject == subject)
            return min(stale, key=_rank, default=None)
    return None


def _same_target(item: NoticeItem, claim: Claim) -> bool:
    """Whether the entry is about a bad or hidden link, and names none other than this one."""
    said = f"{item.kind_text} {item.context}"
    if not any(word in said for word in _LINK_WORDS):
        return False
    hosts = {host_of(found) for found in (*_ADDRESS.findall(said), item.url)}
    own = host_of(item.parent or item.url)
    named = {host for host in hosts if host and host != own}
    told = f"{claim.subject} {claim.term} {claim.message}"
    return not named or any(host in told for host in named)


def _rank(claim: Claim) -> tuple[int, str, str]:
    """A grave claim before a light one."""
    return -claim.severity.rank, claim.code, claim.subject
