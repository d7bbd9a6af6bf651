"""The main text of an article: the block with the most unlinked sentences, a line a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from crawler.reading.landmarks import FOOTER
from crawler.reading.lines import Lines
from crawler.reading.walk import Place, Row

_SENTENCE = re.compile(r"[，。；！？：、,;]")
_ENOUGH = 40
_LONGEST = 200_000
_LEAST = 10
_SHARES = (0.75, 0.5, 0.5, 0.5)
_ABOVE_TITLE = 0.2
# Parts of a table: their few words each count for the table as a whole.
_CELLS = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))
_OUTERMOST = frozenset(("body", "html", ""))
_CELL = 60
_LAYOUT = 300
_HIGHEST = 64
_INNER = 0.7
_TOOLS = re.compile(
    r"^(?:【?\s?(?:打\s?印|关\s?闭|返回顶部|收藏|纠错|字体|字号|大|中|小|复制|分享)(?:本页|正文|窗口|页面|文章|到)?\s?】?"
    r"[\s|:：\[\]【】]{0,4}){1,8}$|^(?:上|下|前|后)一[篇条页]|^(?:相关|延伸|推荐|热门)(?:阅读|链接|信息|文章|新闻|推荐|稿件|文件|解读)|"
    r"^(?:扫一扫|分享到|浏览次数|阅读次数|点击数|访问量|责任编辑|编辑：|初审|终审|\[?责编)|扫码|二维码|^[【\[(（]?(?:网站)?纠错"
)
_RELATED = re.compile(
    r"^[\W_]{0,4}(?:相关|延伸|推荐|热门)(?:阅读|链接|信息|文章|新闻|推荐|稿件|文件|解读)[\W_]{0,4}$"
)
_CREDITS = re.compile(
    r"来源|发布|时间|日期|作者|编辑|浏览|阅读|点击|字体|字号|打印|分享|访问|大\s?中\s?小|供稿|审核|收藏|20\d\d"
)
_END = re.compile(r"[。！？；，、：]$")
_STRAY = 20
_STRAYS = 60
_LEVELS = 4
_LINKED = 60
_LINKED_SHARE = 0.4
_CREDIT_LINES = 6


@dataclass(frozen=True, slots=True)
class MainText:
    """The article's own text, a line for each paragraph and table row, and the lines it is of.

    `rows` tells for each line of the text which line of the page it begins with; `tables` holds
    those that are rows of a table with more than one cell. `block` is the element all stand in.
    """

    text: str
    lines: range
    rows: tuple[int, ...] = ()
    tables: frozenset[int] = frozenset()
    block: Place | None = None


def main_text(lines: Lines, title_line: int | None) -> MainText:
    """The article's own text; empty where no block stands out."""
    found = _known(lines) or _widened(lines, title_line, _densest(lines, title_line))
    if found is None:
        return MainText("", range(0))
    block, extent = found
    first, last = extent[0], extent[-1]
    first, last = _with_siblings(lines, block, first, last)
    span = _trimmed(lines, title_line, first, last)
    written = list(_written(lines, span, block))
    return MainText(
        "\n".join([one.text for one in written])[:_LONGEST],
        span,
        tuple(one.row for one in written),
        frozenset(number for number, one in enumerate(written) if one.table),
        block,
    )


def _known(lines: Lines) -> tuple[Place, range] | None:
    """The element that common systems keep the text in, where enough text stands in it."""
    sizes = [(_size(lines, span), place, span) for place, span in lines.bodies]
    most = max((size for size, _, _ in sizes), default=0)
    if most < _ENOUGH:
        return None
    # The innermost of those that hold nearly all: they are closed from the inside outwards.
    return next((place, span) for size, place, span in sizes if size >= _INNER * most)


def _size(lines: Lines, span: range) -> int:
    return (
        lines.rows[span[-1]].start + len(lines.rows[span[-1]].text) - lines.rows[span[0]].start
        if span
        else 0
    )


def _densest(lines: Lines, title_line: int | None) -> tuple[Place, range] | None:
    own: dict[int, _Block] = {}
    files = {link.row for link in lines.files}
    credits = range(0) if title_line is None else range(title_line, title_line + _CREDIT_LINES)
    for number, row in enumerate(lines.rows):
        # A link to a file is what the article has to give; one to a page has but its date beside.
        linked = 0 if number in files else row.link
        length = len(row.text) - linked
        if length <= linked or lines.around(row.places[0]).regions:
            continue
        if number in credits and number not in files and _is_credits(row.text):
            continue
        place = _block(row, length)
        block = own.get(id(place))
        if block is None:
            block = own[id(place)] = _Block(place, number)
        block.add(row, length, title_line is not None and number < title_line)
    scores: _Scores = {}
    for block in own.values():
        block.credit(scores)
    if not scores:
        return None
    _, best, number = max(scores.values(), key=lambda score: score[0])
    return best, _extent(lines, best, number)


_Scores = dict[int, tuple[float, Place, int]]
"""The score of each block by its identity, with the number of a line inside it."""


class _Block:
    """A block element with the unlinked text that stands in it and in no block below it."""

    __slots__ = ("length", "number", "place", "sentences", "share")

    def __init__(self, place: Place, number: int) -> None:
        self.place = place
        self.number = number
        self.length = 0
        self.sentences = 0
        self.share = 1.0

    def add(self, row: Row, length: int, above: bool) -> None:
        """Count a line of the block; `above` is True for a line above the title."""
        if length >= _LEAST:
            if FOOTER.search(row.text[:200]):
                return
            self.sentences += len(_SENTENCE.findall(row.text))
        self.length += length
        if above:
            self.share = _ABOVE_TITLE

    def credit(self, scores: _Scores) -> None:
        """Give the sentences to the block and, less each time, to the blocks around it."""
        if self.length < _LEAST:
            return
        share = self.share * self.length * (1 + 0.5 * min(self.sentences, 20))
        at: Place | None = self.place
        for factor in _SHARES:
            if at is None or (at is not self.place and at[1].tag in _OUTERMOST):
                return
            score, _, number = scores.get(id(at), (0.0, at, self.number))
            scores[id(at)] = (score + share, at, number)
            share *= factor
            at = _block_above(at[0])


def _block(row: Row, length: int) -> Place:
    """The block element a line stands in; of short table cells the table."""
    place = row.places[0]
    found = _block_above(place) or place
    if length < _CELL and found[1].tag in _CELLS:
        at: Place | None = found
        while at is not None and at[1].tag in _CELLS:
            at = at[0]
        return at or found
    return found


def _block_above(place: Place | None) -> Place | None:
    while place is not None and not place[1].block:
        place = place[0]
    return place


def _inside(place: Place | None, block: Place) -> bool:
    for _ in range(_HIGHEST):
        if place is None or place is block:
            break
        place = place[0]
    return place is block


def _extent(lines: Lines, block: Place, number: int) -> range:
    """The lines inside `block`, of which line `number` is one."""
    rows = lines.rows
    inside: dict[int, bool] = {}

    def held(row: Row) -> bool:
        path: list[int] = []
        place: Place | None = row.places[0]
        while place is not None and place is not block and id(place) not in inside:
            path.append(id(place))
            place = place[0]
        found = place is not None and (place is block or inside[id(place)])
        inside.update(dict.fromkeys(path, found))
        return found

    first = last = number
    while first > 0 and held(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and held(rows[last + 1]):
        last += 1
    return range(first, last + 1)


def _widened(
    lines: Lines, title_line: int | None, found: tuple[Place, range] | None
) -> tuple[Place, range] | None:
    """The block, or one around it that adds more of the article and nothing else."""
    if found is None:
        return None
    wider, block = found, found[0]
    files = {link.row for link in lines.files}
    for _ in range(_LEVELS):
        around = _block_above(block[0])
        if around is None or around[1].tag in _OUTERMOST:
            break
        block = around
        extent = _extent(lines, block, wider[1][0])
        begin = extent[0]
        if title_line is not None and title_line in extent and title_line < wider[1][0]:
            begin = title_line + 1
        added = (*range(begin, wider[1][0]), *range(wider[1][-1] + 1, extent[-1] + 1))
        if not _is_own(lines, [n for n in added if n not in files]):
            break
        wider = (block, extent)
    return wider


def _is_own(lines: Lines, added: list[int]) -> bool:
    """True where lines are no menu, list or footer, and if they are many, sentences."""
    plain = linked = sentences = 0
    for number in added:
        row = lines.rows[number]
        if lines.around(row.places[0]).regions or _TOOLS.search(row.text):
            continue
        if _is_credits(row.text) and row.link == 0:
            continue
        if FOOTER.search(row.text[:200]):
            return False
        linked += row.link
        plain += len(row.text) - row.link
        sentences += _END.search(row.text) is not None
        if linked > _LINKED and linked > plain:
            return False
    return linked <= _LINKED_SHARE * plain and (sentences > 0 or plain <= _STRAYS)


def _with_siblings(lines: Lines, block: Place, first: int, last: int) -> tuple[int, int]:
    """The extent with the sentences right before and behind that stand beside the block."""
    around = _block_above(block[0])
    if around is None or around[1].tag in _OUTERMOST:
        return first, last

    def belongs(row: Row) -> bool:
        return (
            len(row.text) >= _STRAY
            and row.link * 3 < len(row.text)
            and _END.search(row.text) is not None
            and not lines.around(row.places[0]).regions
            and not FOOTER.search(row.text)
            and _inside(row.places[0], around)
        )

    while first > 0 and belongs(lines.rows[first - 1]):
        first -= 1
    while last + 1 < len(lines.rows) and belongs(lines.rows[last + 1]):
        last += 1
    return first, last


def _trimmed(lines: Lines, title_line: int | None, first: int, last: int) -> range:
    """The extent without title and credits at its head and tools at its foot."""
    rows = lines.rows
    if title_line is not None and first <= title_line <= last:
        files = {link.row for link in lines.files}
        first = title_line + 1
        while (
            first <= min(last, title_line + _CREDIT_LINES)
            and first not in files
            and _is_credits(rows[first].text)
        ):
            first += 1
    end = last
    others = _other_articles(lines, first, last)
    for number in range(max(first + 1, others - 1), last):
        if _RELATED.search(rows[number].text):
            end = number - 1
            break
    while end >= first and _TOOLS.search(rows[end].text):
        end -= 1
    return range(first, end + 1)


def _other_articles(lines: Lines, first: int, last: int) -> int:
    """The line from which on there are only links to other articles and their dates."""
    files = {link.row for link in lines.files}
    begin = last + 1
    while begin > first:
        row = lines.rows[begin - 1]
        listed = row.link * 2 >= len(row.text) or len(row.text) <= _STRAY
        if begin - 1 in files or not listed:
            break
        begin -= 1
    return begin


def _is_credits(text: str) -> bool:
    return len(text) <= 120 and (
        _TOOLS.search(text) is not None
        or (_CREDITS.search(text) is not None and _END.search(text) is None)
    )


class _Written(NamedTuple):
    """A line of the text, the line of the page it begins with, and whether it is a table's row."""

    text: str
    row: int
    table: bool


def _written(lines: Lines, span: range, block: Place) -> Iterator[_Written]:
    """The lines of `span`, the cells of a table's row in one."""
    texts: list[tuple[Place | None, str]] = []
    begun = 0
    last: Place | None = None
    own = lines.around(block).regions
    for number in span:
        row = lines.rows[number]
        if not row.text:
            continue
        regions = lines.around(row.places[0]).regions
        if len(regions) > len(own) and len(row.text) < _CELL:
            continue  # a bar for sharing, a menu of the text's own
        cell, table_row = _cell(row.places[0], block)
        if texts and table_row is not last:
            yield from _row_text(texts, begun)
            texts = []
        last = table_row
        if table_row is None:
            yield _Written(row.prose, number, False)
        else:
            begun = begun if texts else number
            texts.append((cell, row.prose))
    yield from _row_text(texts, begun)


def _row_text(texts: list[tuple[Place | None, str]], row: int) -> list[_Written]:
    """A table's row as one line, or as it stands where the table only lays out the page."""
    cells: list[str] = []
    last: Place | None = None
    for cell, text in texts:
        if cells and cell is last:
            cells[-1] += " " + text
        else:
            cells.append(text)
        last = cell
    if any(len(cell) > _LAYOUT for cell in cells):
        return [_Written(text, row, False) for _, text in texts]
    return [_Written("\t".join(cells), row, len(cells) > 1)] if cells else []


def _cell(place: Place | None, block: Place) -> tuple[Place | None, Place | None]:
    """The cell and the row of the innermost table inside `block` around a text."""
    cell: Place | None = None
    for _ in range(_HIGHEST):
        if place is None or place is block or place[1].tag == "table":
            break
        if place[1].tag == "tr":
            return cell, place
        if place[1].tag in ("td", "th"):
            cell = place
        place = place[0]
    return None, None
