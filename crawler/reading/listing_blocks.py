"""Repeated structure: which links of a page stand in rows of the same build.

A block is a container whose children repeat the same path down to a link. A row is the run of the
container's children from one title to the next, so that an item spread over siblings or over two
table rows is still one row.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from crawler.reading.listing_links import Link
from crawler.reading.listing_tree import Knot, Outline

MAX_CLIMB = 9
MAX_ROW_MASS = 160
MAX_ROW_LINKS = 12
_INLINE = frozenset(
    {"span", "b", "strong", "font", "em", "i", "u", "center", "label", "small", "big"}
)
_DATEISH = re.compile(
    r"(?:19|20|００|２０)?\d{2}\s*[-/.年·]\s*\d{1,2}|(?:19|20)\d{6}|\d{1,2}\s*[-/月]\s*\d{1,2}"
    r"|[今昨前]天|刚刚|(?:小时|分钟|天|周|月)前|[二〇○零]{2}[〇○零一二三四五六七八九Ｏ]{2}年|\d\s*月\b"
)
# Whatever has none of these holds no date: told before the forms are tried one by one.
_DATE_SIGN = re.compile(r"[\d今昨前刚年月]")
_LONGEST_DATE = 40
# A longer text may begin with the moment of publication: `2026.03.19 10:35:53 | 采购人：…`.
_MOMENT_FIRST = re.compile(
    r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[|｜丨]|$)"
)
DATE_ATTRIBUTES = (
    "datetime", "data-time", "data-date", "data-pubdate", "data-pubtime", "data-publish",
    "data-publishtime", "data-createtime", "data-timestamp",
)  # fmt: skip
# A list kept in chapters by year or month is still one list.
_CHAPTER = re.compile(
    r"\W*(?:(?:19|20)\d{2}\s*年?度?|(?:(?:19|20)\d{2}\s*年\s*)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?|第?[一二三四1-4]季度)\W*"
)
_ROW_TAGS = frozenset({"li", "tr", "dl", "p", "div", "dt", "dd", "article"})
# A container of these tags is itself a row far more often than a list.
_ROWISH = frozenset({"li", "tr", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "a"})


@dataclass(slots=True)
class Row:
    """One row: its link and the interval of knots that belong to it alone."""

    link: Link
    start: int
    end: int
    own_end: int


@dataclass(slots=True)
class Block:
    """Rows of the same build in one container, or in several that were joined."""

    container: Knot
    signature: str
    rows: list[Row]
    parts: list[Knot] = field(default_factory=list)
    dated: int = 0

    @property
    def start(self) -> int:
        """Where the block begins in the page."""
        return self.rows[0].start

    @property
    def end(self) -> int:
        """Where the block ends in the page."""
        return self.rows[-1].end

    @property
    def folder(self) -> str:
        """The directory most of its items lie in, without numbers (months, years)."""
        folders = [re.sub(r"/\d[\d/_-]*$", "", row.link.url.rsplit("/", 1)[0]) for row in self.rows]
        return Counter(folders).most_common(1)[0][0]


class DateCounts:
    """How many short date-like texts stand in an interval of the page."""

    def __init__(self, outline: Outline) -> None:
        hits = [knot.index for knot in outline.texts if _is_dateish(knot.text.strip())]
        tagged = [
            knot.index
            for knot in outline.named
            if not knot.attrs.keys().isdisjoint(DATE_ATTRIBUTES)
            and any(knot.attrs.get(name) for name in DATE_ATTRIBUTES)
        ]
        self._hits = sorted([*hits, *tagged]) if tagged else hits

    def within(self, start: int, end: int) -> int:
        """Date-like texts between two knots."""
        return bisect_left(self._hits, end) - bisect_left(self._hits, start)


def _is_dateish(text: str) -> bool:
    if len(text) > _LONGEST_DATE:
        return _MOMENT_FIRST.match(text) is not None
    return _known_dateish(text)


@lru_cache(maxsize=8192)
def _known_dateish(text: str) -> bool:
    return _DATE_SIGN.search(text) is not None and _DATEISH.search(text) is not None


@dataclass(slots=True)
class _Group:
    container: Knot
    signature: str
    children: dict[int, list[Link]]
    score: float = 0.0


def find_blocks(outline: Outline, links: list[Link], counts: DateCounts) -> list[Block]:
    """The page's blocks in document order; no link stands in two of them."""
    groups = _groups(outline, links)
    for group in groups:
        group.score = _score(outline, group, counts)
    groups = [group for group in groups if group.score > 0]
    groups.sort(key=lambda g: (-g.score, -g.container.index))
    shelf = _Shelf(links, [link.knot.index for link in links], set())
    taken = shelf.taken
    blocks = []
    for group in groups:
        free: dict[int, list[Link]] = {}
        for child, members in group.children.items():
            left = [link for link in members if link.knot.index not in taken]
            if left:
                free[child] = left
        if len(free) < 2 or len(free) * 2 < len(group.children):
            continue
        for members in group.children.values():
            taken.update([link.knot.index for link in members])
        block = _block(outline, group, free, shelf)
        _take_twins(block, shelf)
        blocks.append(block)
    blocks.extend(_singles(outline, shelf))
    blocks.sort(key=lambda b: b.start)
    return blocks


@dataclass(slots=True)
class _Shelf:
    """The links of a page with their places, and the places of those that stand in a block."""

    links: list[Link]
    places: list[int]
    taken: set[int]

    def between(self, start: int, end: int) -> range:
        """The numbers of the links from `start` up to `end`."""
        first = bisect_left(self.places, start)
        return range(first, bisect_left(self.places, end, first))

    def crowded(self, row: Knot) -> bool:
        """True for what holds lists of its own: a row of the page's layout, none of a list."""
        return len(self.between(row.index, row.end)) > MAX_ROW_LINKS


def _take_twins(block: Block, shelf: _Shelf) -> None:
    """Pictures and summaries of a row that lead where its title leads belong to the row."""
    links, places = shelf.links, shelf.places
    at = bisect_left(places, block.start)
    for row in block.rows:
        while at < len(links) and places[at] < row.end:
            if links[at].url == row.link.url:
                shelf.taken.add(places[at])
            at += 1


def _groups(outline: Outline, links: list[Link]) -> list[_Group]:
    """Every container with the links below it, by the path that leads down to them."""
    knots = outline.knots
    # A path is a tag and the number of the path below it: told apart without being written out.
    paths: dict[tuple[str, int], int] = {}
    table: dict[tuple[int, int], dict[int, list[Link]]] = {}
    # From a container upwards all links that come the same way are in the same places.
    ways: dict[tuple[int, int, int], list[list[Link]]] = {}
    for link in links:
        child = link.knot
        path = paths.setdefault(("" if child.tag in _INLINE else child.tag, -1), len(paths))
        climbed: list[tuple[int, int, int]] = []
        places: list[list[Link]] = []
        rest: list[list[Link]] = []
        for steps in range(MAX_CLIMB):
            if child.parent < 0:
                break
            way = (child.index, path, steps)
            known = ways.get(way)
            if known is not None:
                rest = known
                break
            above = knots[child.parent]
            key = (above.index, path)
            children = table.get(key)
            if children is None:
                children = table[key] = {}
            climbed.append(way)
            places.append(children.setdefault(child.index, []))
            child = above
            if above.tag not in _INLINE:
                path = paths.setdefault((above.tag, path), len(paths))
        for number, way in enumerate(climbed):
            ways[way] = [*places[number:], *rest]
        for members in (*places, *rest):
            members.append(link)
    signatures = _written(paths)
    return [
        _Group(knots[index], signatures[path], children)
        for (index, path), children in table.items()
        if len(children) >= 2
    ]


def _written(paths: dict[tuple[str, int], int]) -> list[str]:
    """The paths in words, outermost tag first; each stands after the path below it."""
    found: list[str] = []
    for tag, below in paths:
        found.append(tag if below < 0 else f"{tag}/{found[below]}")
    return found


def _score(outline: Outline, group: _Group, counts: DateCounts) -> float:
    rows = len(group.children)
    first = next(iter(group.children))
    # Whole regions of a page are no rows, however alike their first links stand.
    if (group.container.end - first) / rows > MAX_ROW_MASS:
        return 0.0
    if outline.knots[first].tag in ("ul", "ol") and any(map(_is_list, group.children.values())):
        # Lists side by side (one a month, one a unit) are no rows; their entries are.
        return 0.0
    different = [1 if len(m) == 1 else len({k.url for k in m}) for m in group.children.values()]
    members = sum(different) / rows
    dates = counts.within(first, group.container.end) / rows
    if members <= 1.3:
        score = rows * (1 + min(dates, 1.0)) if dates <= 4 else rows * 0.6
    elif dates > 1.4 and members > 1.4:
        score = rows * 0.05
    elif dates >= 0.7:
        score = rows * 1.6
    else:
        score = rows * (0.5 if members <= 2.2 else 0.15)
    if group.container.tag in _ROWISH:
        score *= 0.3
    # Of the picture, the title and the summary of the same rows the title speaks for them.
    sample = [m[0].weight for m in islice(group.children.values(), 12)]
    heading = any(tag in group.signature for tag in ("h1", "h2", "h3", "h4", "h5"))
    return score * (1 + (sum(sample) / len(sample) + 6 * heading) / 1000)


def _is_list(members: list[Link]) -> bool:
    """True for several titles in one child: it is a list rather than a row."""
    return len({link.url for link in members if len(link.text) >= 8}) >= 2


def _block(outline: Outline, group: _Group, free: dict[int, list[Link]], shelf: _Shelf) -> Block:
    heads = {child: _title_link(members) for child, members in free.items()}
    _complete(outline, group, heads, shelf)
    starts = _without_boxes(outline, sorted(heads), shelf)
    rows = []
    limit = group.container.end
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else limit
        rows.append(Row(heads[start], start, end, outline.knots[start].end))
    return Block(group.container, group.signature, rows, [group.container])


def _without_boxes(outline: Outline, starts: list[int], shelf: _Shelf) -> list[int]:
    """Children of the same build that are rows; a side box with links of its own is none."""
    sizes = [len(shelf.between(start, outline.knots[start].end)) for start in starts]
    usual = sorted(sizes)[len(sizes) // 2]
    kept = [s for s, size in zip(starts, sizes, strict=True) if size < max(6, 4 * usual)]
    return kept or starts


def _title_link(members: list[Link]) -> Link:
    """The link of a row that is the title: a category or a unit before it weighs less."""
    if len(members) == 1:
        return members[0]
    return max(members, key=lambda link: (link.weight, -link.knot.index))


def _complete(outline: Outline, group: _Group, heads: dict[int, Link], shelf: _Shelf) -> None:
    """Add children of the same tag whose link stands on another path (a bold or pinned row)."""
    tags = {outline.knots[child].tag for child in heads}
    if len(tags) != 1 or not tags <= _ROW_TAGS:
        return
    tag = next(iter(tags))
    wide = group.container
    loose: dict[int, list[Link]] = defaultdict(list)
    spans = [c for c in outline.children(wide) if c.tag == tag and c.index not in heads]
    if not spans or len(spans) > len(heads) + 8:
        return
    taken = shelf.taken
    inside = [
        shelf.links[number]
        for number in shelf.between(wide.index, wide.end)
        if shelf.places[number] not in taken
    ]
    position = 0
    for span in spans:
        while position < len(inside) and inside[position].knot.index < span.index:
            position += 1
        while position < len(inside) and inside[position].knot.index < span.end:
            loose[span.index].append(inside[position])
            position += 1
    for child, members in loose.items():
        if len(members) <= 3:
            heads[child] = _title_link(members)
            taken.update(link.knot.index for link in members)


def _singles(outline: Outline, shelf: _Shelf) -> list[Block]:
    """Lists of one item: a link alone in a row of its own."""
    found = []
    rest = [link for link in shelf.links if link.knot.index not in shelf.taken]
    places = [link.knot.index for link in rest]
    for number, link in enumerate(rest):
        near = outline.above(link.knot, 5)
        row = next((k for k in near if k.tag in ("li", "tr", "dl")), None)
        if row is None or shelf.crowded(row):
            row = next((k for k in near[:3] if k.tag in ("p", "div")), None)
        if row is None or row.parent < 0 or shelf.crowded(row):
            continue
        above = outline.knots[row.parent]
        first, last = number, number + 1
        if len(rest) < 200:
            first, last = bisect_right(places, row.index), bisect_left(places, row.end)
        inner = rest[first:last]
        if len(inner) > 3 or _title_link(inner) is not link:
            continue
        found.append(Block(above, "single", [Row(link, row.index, row.end, row.end)], [above]))
    return found


def join_blocks(outline: Outline, main: Block, others: list[Block]) -> list[Block]:
    """The blocks that continue `main`: cut into pieces every few rows, or pinned above it.

    Returned in document order with `main` among them.
    """
    last = main.rows[-1].own_end
    # A link inside a row (a category, a unit) is no row that follows.
    others = [b for b in others if b is main or not main.start <= b.start < last]
    index = others.index(main)
    joined = [main]
    for step in (-1, 1):
        edge = main
        at = index + step
        while 0 <= at < len(others):
            other = others[at]
            if not _continues(outline, edge, other):
                break
            joined.append(other)
            edge = other
            at += step
    joined.sort(key=lambda b: b.start)
    return joined


def _continues(outline: Outline, edge: Block, other: Block) -> bool:
    first, second = (edge, other) if edge.start < other.start else (other, edge)
    if edge.container.index == other.container.index:
        return True
    near = [k.index for k in outline.above(first.container, 3)]
    far = [k.index for k in outline.above(second.container, 3)]
    if not set(near) & set(far):
        return False
    alike = first.container.tag == second.container.tag and (
        first.signature == second.signature
        or "single" in (first.signature, second.signature)
        or first.rows[0].link.knot.parent == -1
    )
    if not alike:
        return False
    between = outline.text(first.container.end, second.container.index, 80)
    return not between or bool(_CHAPTER.fullmatch(between))
