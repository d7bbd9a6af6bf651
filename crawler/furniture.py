"""What a portal repeats on page after page, learned from a few of its columns.

Side boxes (热点, 最新发布, 图片新闻, whatever a portal calls them) hold newer items than the column
they stand beside. One page cannot always tell them from its own list; several pages together can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from crawler.reading.document import Document
from crawler.reading.listing_links import find_links
from crawler.reading.listing_tree import outline_of

T = TypeVar("T")

SAMPLE = 6
"""Columns looked at before the walk; their answers are kept, so nothing is asked twice."""
_ENOUGH = 4
"""Fewer pages than this cannot tell a portal's furniture from a list shown twice."""
_SHARE = 0.5


def sample(candidates: Sequence[T]) -> list[T]:
    """Up to `SAMPLE` of the candidates, spread evenly over them."""
    if len(candidates) <= SAMPLE:
        return list(candidates)
    step = len(candidates) / SAMPLE
    return [candidates[int(n * step)] for n in range(SAMPLE)]


def common_links(pages: Iterable[Document]) -> frozenset[str]:
    """Addresses that stand on at least half of the pages, and on three of them.

    A parent shows its child's items too, so two pages prove nothing.
    """
    seen: Counter[str] = Counter()
    count = 0
    for doc in pages:
        count += 1
        seen.update({link.url for link in find_links(doc, outline_of(doc))})
    if count < _ENOUGH:
        return frozenset()
    needed = max(3, count * _SHARE)
    return frozenset(url for url, times in seen.items() if times >= needed)
