"""What a portal repeats on page after page, learned from a few of its columns.

Side boxes (热点, 最新发布, 图片新闻, whatever a portal calls them) hold newer items than the column
they stand beside. One page cannot always tell them from its own list; several pages together can.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from crawler.reading.document import Document
from crawler.reading.listing_blocks import Block, DateCounts, find_blocks
from crawler.reading.listing_links import find_links
from crawler.reading.listing_regions import (
    LONGEST_BOX,
    column_prefix,
    score_blocks,
    source_of,
)
from crawler.reading.listing_tree import outline_of

T = TypeVar("T")

# Folders in which systems keep the items of all columns; they are no column's own.
_COMMON = re.compile(
    r"(?:content|contents|art|articles?|info|infos|system|html|details?|show|view|docs?|archives?|[acpn]\d{0,3})/",
    re.I,
)

SAMPLE = 6
"""Columns looked at before the walk; their answers are kept, so nothing is asked twice."""
ENOUGH = 4
"""Fewer pages than this cannot tell a portal's furniture from a list shown twice."""
_LEAST = 3
_SHARE = 0.5
_RETURNING = 0.2
_DRAWN_AGAIN = 0.3
_FROM_ONE = 0.8


def sample(candidates: Sequence[T]) -> list[T]:
    """Up to `SAMPLE` of the candidates, spread evenly over them."""
    if len(candidates) <= SAMPLE:
        return list(candidates)
    step = len(candidates) / SAMPLE
    return [candidates[int(n * step)] for n in range(SAMPLE)]


def common(pages: Iterable[Document]) -> frozenset[str]:
    """What the pages repeat: addresses of links, and headings of boxes with mixed contents.

    Fewer than four pages prove nothing: a parent shows its child's items too.
    """
    seen = list(pages)
    if len(seen) < ENOUGH:
        return frozenset()
    return common_links(seen) | common_headings(seen) | common_sources(seen)


def common_links(pages: Sequence[Document]) -> frozenset[str]:
    """Addresses that stand on at least half of the pages, and on three of them."""
    times: Counter[str] = Counter()
    for doc in pages:
        times.update({link.url for link in find_links(doc, outline_of(doc))})
    needed = max(_LEAST, len(pages) * _SHARE)
    return frozenset(url for url, count in times.items() if count >= needed)


def common_headings(pages: Sequence[Document]) -> frozenset[str]:
    """Headings of boxes on three pages or more whose items partly return from page to page.

    A box that shows a choice of items (相关信息, 猜你喜欢) repeats few of its links, but always its
    heading. Columns' own lists under one common heading (信息列表) share no items.
    """
    boxes: dict[str, list[set[str]]] = {}
    for doc in pages:
        outline = outline_of(doc)
        counts = DateCounts(outline)
        blocks = find_blocks(outline, find_links(doc, outline), counts)
        here: dict[str, set[str]] = {}
        for scored in score_blocks(doc, outline, blocks, counts):
            if scored.heading and not scored.named and scored.own < 0.5 and scored.dated >= 0.5:
                urls = {row.link.url for row in scored.block.rows}
                here.setdefault(scored.heading, set()).update(urls)
        for heading, urls in here.items():
            boxes.setdefault(heading, []).append(urls)
    return frozenset(heading for heading, found in boxes.items() if _is_mixed(found))


def common_sources(pages: Sequence[Document]) -> frozenset[str]:
    """Folders that boxes on at least half of the pages, and on three, draw from.

    Boxes drawn anew for every page share neither all links nor a heading, but what they show comes
    from one pool. Some systems keep every column's items in one folder: that tells nothing, and is
    known by lists that lie there, whole ones or such as share no item with another page.
    """
    pools: dict[str, list[list[set[str]]]] = {}
    lists: Counter[str] = Counter()
    for doc in pages:
        outline = outline_of(doc)
        counts = DateCounts(outline)
        blocks = find_blocks(outline, find_links(doc, outline), counts)
        own = column_prefix(doc.url)
        here: dict[str, list[set[str]]] = {}
        whole: set[str] = set()
        for scored in score_blocks(doc, outline, blocks, counts):
            folder = _folder(scored.block, counts)
            if not _is_foreign(folder, own):
                continue
            if scored.pager or len(scored.block.rows) > LONGEST_BOX:
                whole.add(folder)
            here.setdefault(folder, []).append({row.link.url for row in scored.block.rows})
        lists.update(whole)
        for folder in here.keys() - whole:
            pools.setdefault(folder, []).append(here[folder])
    needed = max(_LEAST, len(pages) * _SHARE)
    found: set[str] = set()
    for folder, pages_of in pools.items():
        drawn = [set().union(*blocks) for blocks in pages_of]
        own_lists = lists[folder] + _unshared(pages_of, drawn)
        if len(drawn) >= needed and own_lists <= 1 and _is_mixed(drawn, _DRAWN_AGAIN):
            found.add(folder)
    return frozenset(found)


def _unshared(pages: Sequence[Sequence[set[str]]], drawn: Sequence[set[str]]) -> int:
    """On how many pages a block stands none of whose items stand on another page."""
    times = Counter(url for urls in drawn for url in urls)
    return sum(any(all(times[url] == 1 for url in block) for block in blocks) for blocks in pages)


def _folder(block: Block, counts: DateCounts) -> str:
    """The one folder a dated block takes nearly all of its items from; '' for none."""
    size = len(block.rows)
    if size < _LEAST or counts.within(block.start, block.end) * 2 < size:
        return ""
    [(folder, count)] = Counter(source_of(row.link.url) for row in block.rows).most_common(1)
    return folder if count >= size * _FROM_ONE else ""


def _is_foreign(folder: str, own: str) -> bool:
    """Whether a folder is some other column's: neither above nor below the page's own."""
    if not folder or _COMMON.fullmatch(folder.partition("/")[2]):
        return False
    return not own.startswith(folder) and not (own and folder.startswith(own))


def _is_mixed(boxes: list[set[str]], share: float = _RETURNING) -> bool:
    times = Counter(url for box in boxes for url in box)
    again = sum(count > 1 for count in times.values())
    return len(boxes) >= _LEAST and again >= len(times) * share
