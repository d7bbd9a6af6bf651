"""Whether a row of a list is pinned (置顶): kept on top whatever its day."""

from __future__ import annotations

import re

from crawler.reading.listing_blocks import Row
from crawler.reading.listing_names import is_pin
from crawler.reading.listing_tree import Outline

_PINNED = re.compile(r"置\s*顶")


def is_pinned(outline: Outline, row: Row) -> bool:
    """By a word of its own, an icon or the name of an element in the row."""
    stop = min(row.own_end, row.start + 40)
    for at in range(row.start, stop):
        knot = outline.knots[at]
        if knot.tag == "-text":
            if len(knot.text) <= 12 and _PINNED.search(knot.text):
                return True
            continue
        if knot.tag == "img":
            words = knot.attr("alt") + knot.attr("title")
            if _PINNED.search(words) or is_pin(knot.attr("src")[-40:]):
                return True
        elif knot.called.pinned:
            return True
    return bool(_PINNED.match(row.link.text.lstrip("[【(（ ")))
