"""Repeated structure: which links of a page stand in rows of the same build.

A block is a container whose children repeat the same path down to a link. A row is the run of the
container's children from one title to the next, so that an item spread over siblings or over two
table rows is still one row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

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
DATE_ATTRIBUTES = (
    "datetime", "data-time", "data-date", "data-pubdate", "data-pubtime", "data-publish",
    "data-publishtime", "data-createtime", "data-timestamp",
)  # fmt: skip
# A list kept in chapters by year or month is still one list.
_CHAPTER = re.compile(
    r"\W*(?:(?:19|20)\d{2}\s*年?度?|(?:(?:19|20)\d{2}\s*年\s*)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?|第?[一二三四1-4]季度)\W*"
)
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
        sums = [0]
        for knot in outline.knots:
            if knot.tag == "-text":
                text = knot.text
                hit = len(text.strip()) <= 40 and bool(_DATEISH.search(text))
            else:
                hit = bool(knot.attrs) and any(knot.attrs.get(name) for name in DATE_ATTRIBUTES)
            sums.append(sums[-1] + hit)
        self._sums = sums

    def within(self, start: int, end: int) -> int:
        """Date-like texts between two knots."""
        return self._sums[end] - self._sums[start]


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
    groups.sort(key=lambda g: (-g.score, -g.container.index))
    taken: set[int] = set()
    blocks = []
    for group in groups:
        if group.score <= 0:
            break
        free = {
            child: [link for link in members if link.knot.index not in taken]
            for child, members in group.children.items()
        }
        free = {child: members for child, members in free.items() if members}
        if len(free) < 2 or len(free) * 2 < len(group.children):
            continue
        for members in group.children.values():
            taken.update(link.knot.index for link in members)
        block = _block(outline, group, free, links, taken)
        _take_twins(block, links, taken)
        blocks.append(block)
    blocks.extend(_singles(outline, links, taken))
    blocks.sort(key=lambda b: b.start)
    return blocks


def _take_twins(block: Block, links: list[Link], taken: set[int]) -> None:
    """Pictures and summaries of a row that lead where its title leads belong to the row."""
    at = bisect_left(links, block.start, key=_place)
    for row in block.rows:
        while at < len(links) and links[at].knot.index < row.end:
            if links[at].url == row.link.url:
                taken.add(links[at].knot.index)
            at += 1


def _groups(outline: Outline, links: list[Link]) -> list[_Group]:
    table: dict[tuple[int, str], dict[int, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        child = link.knot
        signature = "" if child.tag in _INLINE else child.tag
        for above in outline.above(child, MAX_CLIMB):
            table[above.index, signature][child.index].append(link)
            child = above
            if above.tag not in _INLINE:
                signature = f"{above.tag}/{signature}"
    return [
        _Group(outline.knots[index], signature, dict(children))
        for (index, signature), children in table.items()
        if len(children) >= 2
    ]


def _score(outline: Outline, group: _Group, counts: DateCounts) -> float:
    rows = len(group.children)
    members = sum(len({link.url for link in m}) for m in group.children.values()) / rows
    first = next(iter(group.children))
    dates = counts.within(first, group.container.end) / rows
    if members <= 1.3:
        score = rows * (1 + min(dates, 1.0)) if dates <= 4 else rows * 0.6
    elif dates > 1.4 and members > 1.4:
        score = rows * 0.05
    elif dates >= 0.7:
        score = rows * 1.6
    else:
        score = rows * (0.5 if members <= 2.2 else 0.15)
    if outline.knots[first].tag in ("ul", "ol") and any(map(_is_list, group.children.values())):
        # Lists side by side (one a month, one a unit) are no rows; their entries are.
        return 0.0
    if group.container.tag in _ROWISH:
        score *= 0.3
    # Whole regions of a page are no rows, however alike their first links stand.
    mass = (group.container.end - first) / rows
    if mass > MAX_ROW_MASS:
        return 0.0
    # Of the picture, the title and the summary of the same rows the title speaks for them.
    sample = [m[0].weight for m in list(group.children.values())[:12]]
    heading = any(tag in group.signature for tag in ("h1", "h2", "h3", "h4", "h5"))
    return score * (1 + (sum(sample) / len(sample) + 6 * heading) / 1000)


def _is_list(members: list[Link]) -> bool:
    """True for several titles in one child: it is a list rather than a row."""
    return len({link.url for link in members if len(link.text) >= 8}) >= 2


def _block(
    outline: Outline, group: _Group, free: dict[int, list[Link]], links: list[Link], taken: set[int]
) -> Block:
    heads = {child: _title_link(members) for child, members in free.items()}
    _complete(outline, group, heads, links, taken)
    starts = _without_boxes(outline, sorted(heads), links)
    rows = []
    limit = group.container.end
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else limit
        rows.append(Row(heads[start], start, end, outline.knots[start].end))
    return Block(group.container, group.signature, rows, [group.container])


def _without_boxes(outline: Outline, starts: list[int], links: list[Link]) -> list[int]:
    """Children of the same build that are rows; a side box with links of its own is none."""
    sizes = []
    for start in starts:
        first = bisect_left(links, start, key=_place)
        last = bisect_left(links, outline.knots[start].end, key=_place)
        sizes.append(last - first)
    usual = sorted(sizes)[len(sizes) // 2]
    kept = [s for s, size in zip(starts, sizes, strict=True) if size < max(6, 4 * usual)]
    return kept or starts


def _title_link(members: list[Link]) -> Link:
    """The link of a row that is the title: a category or a unit before it weighs less."""
    return max(members, key=lambda link: (link.weight, -link.knot.index))


def _complete(
    outline: Outline, group: _Group, heads: dict[int, Link], links: list[Link], taken: set[int]
) -> None:
    """Add children of the same tag whose link stands on another path (a bold or pinned row)."""
    tags = {outline.knots[child].tag for child in heads}
    if len(tags) != 1 or next(iter(tags)) not in (
        "li",
        "tr",
        "dl",
        "p",
        "div",
        "dt",
        "dd",
        "article",
    ):
        return
    tag = next(iter(tags))
    wide = group.container
    loose: dict[int, list[Link]] = defaultdict(list)
    spans = [c for c in outline.children(wide) if c.tag == tag and c.index not in heads]
    if not spans or len(spans) > len(heads) + 8:
        return
    first = bisect_left(links, wide.index, key=_place)
    last = bisect_left(links, wide.end, key=_place)
    inside = [link for link in links[first:last] if link.knot.index not in taken]
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


def _place(link: Link) -> int:
    return link.knot.index


def _singles(outline: Outline, links: list[Link], taken: set[int]) -> list[Block]:
    """Lists of one item: a link alone in a row of its own."""
    found = []
    rest = [link for link in links if link.knot.index not in taken]
    for link in rest:
        row = next((k for k in outline.above(link.knot, 5) if k.tag in ("li", "tr", "dl")), None)
        if row is None or _crowded(row, links):
            row = next((k for k in outline.above(link.knot, 3) if k.tag in ("p", "div")), None)
        if row is None or row.parent < 0 or _crowded(row, links):
            continue
        above = outline.knots[row.parent]
        inner = (
            [x for x in rest if row.index < x.knot.index < row.end] if len(rest) < 200 else [link]
        )
        if len(inner) > 3 or _title_link(inner) is not link:
            continue
        found.append(Block(above, "single", [Row(link, row.index, row.end, row.end)], [above]))
    return found


def _crowded(row: Knot, links: list[Link]) -> bool:
    """True for what holds lists of its own: a row of the page's layout, none of a list."""
    first = bisect_left(links, row.index, key=_place)
    last = bisect_left(links, row.end, key=_place)
    return last - first > MAX_ROW_LINKS


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
