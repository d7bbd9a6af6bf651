"""Which other blocks of a page belong to its list: parts by kind, folded panes, topics."""

from __future__ import annotations

from crawler.reading.listing_regions import Scored, source_of
from crawler.reading.listing_tree import Knot, Outline

_TITLES = 9
"""Characters a title has on the average, and the name of a column has not."""
_SHORT = 6
"""Names of columns are shorter on the average than this, titles hardly ever."""


def belongs_to(outline: Outline, main: Scored, other: Scored) -> bool:
    """True for a block that shows more of the items `main` shows."""
    return (
        _is_pane(outline, main, other)
        or _is_part(outline, main, other)
        or _is_topic(outline, main, other)
    )


def is_menu(main: Scored, other: Scored) -> bool:
    """True for short names without days beside titles that all show theirs."""
    shown = main.dated >= 0.8 and main.titles >= _TITLES
    return shown and other.dated < 0.2 and other.titles < _SHORT and bool(other.heading)


def _is_part(outline: Outline, main: Scored, other: Scored) -> bool:
    """True for a part under a heading of its own: the column sorts its items by kind.

    All lie in the column's own folder; children of the column would lie in folders of their own.
    """
    if main.pager or main.more or not other.content or other.more or other.besides:
        return False
    if min(main.own, other.own, main.dated, other.dated) < 0.8:
        return False
    here, there = main.block, other.block
    if here.signature != there.signature or here.folder != there.folder:
        return False
    near = {knot.index for knot in outline.above(here.container, 3)}
    return any(knot.index in near for knot in outline.above(there.container, 3))


def _is_topic(outline: Outline, main: Scored, other: Scored) -> bool:
    """True for the other topics of a special: twin boxes, each with a heading and a folder.

    The folders are neighbours (info/1021 beside info/1022), and none of them is the column's own; a
    box of the latest news draws on other folders.
    """
    if (
        not other.content
        or min(main.dated, other.dated) < 0.8
        or not (main.heading and other.heading)
    ):
        return False
    if any(s.pager or s.more or s.named or s.besides or s.own >= 0.3 for s in (main, other)):
        return False
    here, there = main.block, other.block
    if here.signature != there.signature:
        return False
    sources = [{source_of(row.link.url) for row in block.rows} for block in (here, there)]
    if any(len(urls) != 1 for urls in sources) or sources[0] == sources[1]:
        return False
    folders = [urls.pop().rstrip("/").rpartition("/")[0] for urls in sources]
    if folders[0] != folders[1] or "/" not in folders[0]:
        return False
    box, twin = _box(outline, here.container), _box(outline, there.container)
    return (
        box is not None
        and twin is not None
        and box.parent == twin.parent
        and (bool(box.names) and box.names == twin.names and box.index != twin.index)
    )


def _box(outline: Outline, container: Knot) -> Knot | None:
    return next(iter(outline.above(container, 1)), None)


def _is_pane(outline: Outline, main: Scored, other: Scored) -> bool:
    """True for a folded pane of the same list: 图解 beside 文字解读 under one 政策解读.

    Where the list lies in the column's own folder and the pane in one below it, the pane shows a
    child column.
    """
    if not other.hidden or other.side or min(main.own, other.own) < 0.8 or other.dated < 0.5:
        return False
    if main.block.signature != other.block.signature:
        return False
    here, there = main.block.folder, other.block.folder
    if here != there and here.rpartition("/")[0] != there.rpartition("/")[0]:
        return False
    box = outline.above(main.block.container, 1)
    return bool(box) and box == outline.above(other.block.container, 1)
