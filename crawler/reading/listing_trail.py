"""What the line 当前位置 tells of a page's blocks: the column's own list stands below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading.listing_regions import LONGEST_BOX, Scored
from crawler.reading.listing_tree import Outline

_POSITION = re.compile(r"(?:当前|您|你|目前|现在?|所在)[所在处的]{0,3}位\s*置|^\W*位\s*置\s*[:：]")
_LONGEST = 60


def weigh_before_trail(outline: Outline, found: Sequence[Scored]) -> None:
    """A short foreign box that ends before the page's trail is not the list that follows it."""
    boxes = [s for s in found if not (s.side or s.hidden) and _is_foreign(s)]
    if not boxes:
        return
    trail = _trail(outline)
    for box in boxes:
        if box.block.rows[-1].own_end <= trail:
            box.side = True
            box.score *= 0.3


def _is_foreign(scored: Scored) -> bool:
    """True for a block that neither place, name nor pager ties to the column."""
    tied = scored.named or scored.pager or scored.own >= 0.3
    return not tied and len(scored.block.rows) <= LONGEST_BOX


def _trail(outline: Outline) -> int:
    """Where the page's trail stands, or -1."""
    for knot in outline.texts:
        text = knot.plain
        if "位" not in text or len(text) > _LONGEST or knot.side or knot.hidden:
            continue
        if _POSITION.search(text):
            return knot.index
    return -1
