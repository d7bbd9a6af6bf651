"""Which block of a page is its list: regions, headings, pagers and a score for each block."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.reading.document import Document
from crawler.reading.listing_blocks import Block, DateCounts
from crawler.reading.listing_links import is_furniture
from crawler.reading.listing_tree import Knot, Outline

_SIDE_HEADING = re.compile(
    r"热点|热门|推荐|相关(?:链接|信息|新闻|文章|阅读|政策|解读|文件|附件|内容|报道)|排行|排名|点击|猜你喜欢|大家都在看|"
    r"友情链接|网站导航|栏目导航|常用链接|快速(?:通道|链接|入口)|图片(?:新闻|报道|要闻)|视频新闻|最新.{0,4}$|今日|最近(?:更新|发布|公开|浏览)|近期(?:更新|热点)|"
    r"站内搜索|阅读排行|网站地图|服务导航|专题专栏|扫一扫|关注我们|上一篇|下一篇|附件|阅读榜|政策推荐|延伸阅读"
)
_FOLDER_PAGE = re.compile(
    r"(?:index|default|list|common_list|node|home|main)|(?:p(?:age)?_?)?\d{1,4}\.|.*\.(?:aspx?|jsp|php|do)$",
    re.I,
)
"""Names of pages that stand for their folder: its index, one of its pages, a program."""
_TRAIL = re.compile(r"位置\s*[:：]?|^\s*[>›»/]|[^>›»]{2,}\s*[>›»]\s*[^>›»]{2,}")
# Whatever has none of these is no trail: told before its forms are tried from every place.
_TRAIL_SIGN = re.compile(r"[>›»/]|位置")
_LONGEST_TRAIL = 120
_MORE = re.compile(
    r"^[\s\[【(（+>»›]*(?:查看)?(?:更\s*多|more)[\s\w]{0,6}[\s\]】)）+>»›….]*$", re.I
)
_PAGER_TEXT = re.compile(
    r"下\s*一?\s*页|尾\s*页|末\s*页|共\s*\d+\s*页|第\s*\d+\s*/\s*\d+\s*页|^\s*\d+\s*/\s*\d+\s*页\s*$"
)
_PAGER_SCRIPT = re.compile(
    r"createPage(?:HTML|Html|List)?\s*\(|countPage\s*=|pageCount\s*[:=]|totalPage", re.I
)
_PAGER_CALLS = ("createpage", "countpage", "pagecount", "totalpage")
_LETTERED = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_LONGEST_HEADING = 24
_LONGEST_MORE = 40


_TITLED = 10.0
"""Words of usual length that name an item rather than a month, a unit or a kind above items."""
_REPEATED = 0.6
"""The share of a block's links that stand on other columns' pages too, to be furniture."""
_DAY_FOLDER = re.compile(r"(?:19|20)\d\d(?:[-_]?[01]\d(?:[-_]?[0-3]\d)?)?")
LONGEST_BOX = 14
"""Boxes beside a list hold no more rows; a longer block of another column's items is a list."""


@dataclass(slots=True)
class Scored:
    """A block with what speaks for and against it.

    `kin` counts the rows of all the page's blocks of this build in the column's own folder: a list
    kept by months is many small blocks. `besides` is true under a heading that side boxes carry and
    the page does not.
    """

    block: Block
    score: float
    heading: str = ""
    more: bool = False
    pager: bool = False
    side: bool = False
    hidden: bool = False
    named: bool = False
    dated: float = 0.0
    own: float = 0.0
    titles: float = 0.0
    articles: float = 0.0
    columns: float = 0.0
    kin: int = 0
    besides: bool = False

    @property
    def content(self) -> bool:
        """True for a block that looks like items of the page itself."""
        return not self.side and not self.hidden and self.score >= 0.8


def score_blocks(
    doc: Document, outline: Outline, blocks: list[Block], counts: DateCounts
) -> list[Scored]:
    """A score for every block, in document order."""
    prefix = column_prefix(doc.url)
    names = page_names(doc)
    paged = _paged(outline, blocks)
    found = []
    floor = 0
    for number, block in enumerate(blocks):
        ceiling = blocks[number + 1].start if number + 1 < len(blocks) else len(outline.knots)
        near = _Near(prefix, names, doc.furniture, number in paged, floor, ceiling)
        found.append(_score(outline, block, counts, near))
        floor = max(
            floor, block.rows[-1].own_end if block.rows[-1].own_end < ceiling else block.start
        )
    kin: Counter[str] = Counter()
    for one in found:
        kin[one.block.signature] += len(one.block.rows) if one.own >= 0.8 else 0
    for one in found:
        one.kin = kin[one.block.signature]
    _weigh_nested(found)
    _weigh_besides(found)
    return found


def _weigh_besides(found: list[Scored]) -> None:
    """Where a whole site lies below one folder, that folder does not make a side box the list.

    A box headed 最新公开 or 热点 is one where its items lie elsewhere than those of another list,
    or where another list is turned page by page and holds twice as many.
    """
    boxes = [s for s in found if s.besides and not (s.side or s.pager)]
    lists = [s for s in found if s.content and not s.besides and s.own >= 0.5]
    dated = [s for s in lists if s.dated >= 0.5 and len(s.block.rows) >= 2]
    paged = [s for s in lists if s.pager and s.articles >= 0.8 and s.titles >= _TITLED]
    for box in boxes:
        home, size = box.block.folder, len(box.block.rows)
        longer = any(len(s.block.rows) >= 2 * size for s in paged)
        if longer or any(s.block.folder != home for s in dated):
            box.side = True
            box.score *= 0.3


def _weigh_nested(found: list[Scored]) -> None:
    """A list inside the rows of another (the related items of each) only accompanies it."""
    for inner in found:
        block = inner.block
        if not {"ul", "ol", "dl"} & set(block.signature.split("/")[1:-1]):
            continue
        starts = {row.start for row in block.rows}
        for outer in found:
            other = outer.block
            if (
                other is not block
                and other.container.index == block.container.index
                and len(other.signature) < len(block.signature)
                and outer.titles >= _TITLED
                and sum(row.start in starts for row in other.rows) * 2 >= len(block.rows)
            ):
                inner.score *= 0.3
                break


def is_trail(text: str) -> bool:
    """Whether a text is a breadcrumb or part of one; what stands above it heads other things."""
    return len(text) <= _LONGEST_TRAIL and _known_trail(text)


@lru_cache(maxsize=8192)
def _known_trail(text: str) -> bool:
    return _TRAIL_SIGN.search(text) is not None and _TRAIL.search(text) is not None


def page_names(doc: Document) -> str:
    """What the page calls itself: window title and name of its column."""
    return f"{doc.title[:200]} {doc.meta.get('columnname', '')}"


def column_name(doc: Document) -> str:
    """The name of the column a page belongs to, or ''."""
    return doc.meta.get("columnname", "") or re.split(r"[-_|—–－]|\s", doc.title[:200])[0]


def column_prefix(url: str) -> str:
    """Host and directory under which a column keeps its own items."""
    parts = urlsplit(url)
    path = parts.path
    name = path.rsplit("/", 1)[-1]
    folder = path[: len(path) - len(name)]
    if "." in name and not _FOLDER_PAGE.match(name):
        # tzgg.htm keeps its pages, and where it has a folder its items, under tzgg/.
        return f"{parts.netloc}{path.rpartition('.')[0]}/"
    return parts.netloc + folder if folder.strip("/") else ""


def source_of(url: str) -> str:
    """Host and folder an item's address belongs to, without the folders of its day."""
    parts = urlsplit(url)
    folders = parts.path.split("/")[:-1]
    dated = (n for n, folder in enumerate(folders) if _DAY_FOLDER.fullmatch(folder))
    path = "/".join(folders[: next(dated, None)])
    return f"{parts.netloc}{path}/" if path.strip("/") else ""


def _paged(outline: Outline, blocks: list[Block]) -> set[int]:
    """Numbers of the blocks right before a pager."""
    found: set[int] = set()
    number = 0
    for mark in _pager_marks(outline):
        while number < len(blocks) and blocks[number].start < mark:
            number += 1
        # Blocks inside the pager's own surroundings (numbered links) are no lists.
        back = number - 1
        while back >= 0 and len(blocks[back].rows) < 2 and number - back < 4:
            back -= 1
        back = back if back >= 0 else number - 1
        if back < 0 or mark - blocks[back].rows[-1].own_end >= 120:
            continue
        # The pager of an empty list is not that of a box in the sidebar before it.
        aside = outline.knots[blocks[back].rows[0].start].side
        if not aside or outline.knots[mark].side:
            found.add(back)
    return found


def _pager_marks(outline: Outline) -> list[int]:
    """Where something says that it is a pager: a text, a script, a name."""
    texts = [
        knot.index
        for knot in outline.texts
        if "页" in knot.text
        and not knot.chrome
        and len(knot.text) <= 60
        and _PAGER_TEXT.search(knot.text)
    ]
    scripts = [k.index for k in outline.scripts if not k.chrome and _pages_by_script(k.text[:4000])]
    named = [
        knot.index
        for knot in outline.named
        if knot.called.pager and not knot.chrome and knot.end - knot.index < 150
    ]
    return sorted([*texts, *scripts, *named])


def _pages_by_script(script: str) -> bool:
    lower = script.lower()
    return any(call in lower for call in _PAGER_CALLS) and bool(_PAGER_SCRIPT.search(script))


@dataclass(frozen=True, slots=True)
class _Near:
    """What a block is weighed against: the page's own names and what stands around the block."""

    prefix: str
    names: str
    furniture: frozenset[str]
    pager: bool
    floor: int
    ceiling: int


def _score(outline: Outline, block: Block, counts: DateCounts, near: _Near) -> Scored:
    prefix, pager = near.prefix, near.pager
    links = [row.link for row in block.rows]
    size = len(links)
    titles = sum(min(len(link.text), 40) for link in links) / size
    articles = sum(link.article for link in links) / size
    columns = sum(link.column and not link.article for link in links) / size
    own = sum(bool(prefix) and prefix in link.url for link in links) / size
    dated = min(counts.within(block.start, block.end) / size, 1.0)
    inside = outline.knots[block.rows[size // 2].start]
    heading, more = _surroundings(outline, block, near.floor, near.ceiling)
    repeated = sum(link.url in near.furniture for link in links) / size
    if near.furniture and size <= LONGEST_BOX:
        repeated += sum(source_of(link.url) in near.furniture for link in links) / size
    if heading in near.furniture:
        repeated = 1.0
    # A column may itself be called 图片新闻 or 最新动态.
    named = bool(heading) and heading in near.names
    besides = not named and bool(heading and _SIDE_HEADING.search(heading))
    aside = (besides or repeated >= _REPEATED) and not (named or own >= 0.5)
    side = (inside.side or aside) and not pager
    score = min(size, 24) ** 0.5
    score *= (
        0.15
        if titles < 4
        else 0.4
        if titles < 6
        else 0.7
        if titles < 8
        else 1.0
        if titles < 12
        else 1.2
    )
    score *= 0.45 + 1.05 * dated
    homely = own >= 0.8 and titles >= 10 and columns < 0.5
    score *= 0.4 + 0.6 * max(articles, dated, 0.6 * homely)
    if columns > 0.6:
        score *= 0.25
    score *= 1 + 1.6 * own * (articles >= 0.5 or dated >= 0.5 or homely)
    score *= 1.5 if named else 0.75 if more else 1.0
    if inside.chrome:
        score *= 0.15 if dated < 0.5 else 0.5
    if side:
        score *= 0.3
    elif _slides(outline, block):
        score *= 0.6
    if pager:
        score *= 1.8
    if block.signature == "single" and not (dated or own):
        score *= 0.2
    return Scored(
        block,
        score,
        heading,
        more,
        pager,
        side or (inside.chrome and not pager),
        inside.hidden,
        named,
        dated,
        own,
        titles,
        articles,
        columns,
        besides=besides,
    )


def _slides(outline: Outline, block: Block) -> bool:
    """True for headlines in motion, which show what stands in lists elsewhere."""
    boxes = (block.container, *outline.above(block.container, 3))
    return any(box.tag == "marquee" or (box.attrs and box.called.slides) for box in boxes)


def _surroundings(outline: Outline, block: Block, floor: int, ceiling: int) -> tuple[str, bool]:
    """The heading over a block, and whether a 更多 link stands beside it."""
    heading = ""
    more = False
    texts = 0
    knots = outline.knots
    # A lone link's row may be the whole box, its heading inside it.
    start = block.rows[0].link.knot.index if block.signature == "single" else block.start
    for at in range(start - 1, max(floor, start - 60) - 1, -1):
        knot = knots[at]
        if knot.tag == "-text":
            text = knot.plain
            if not text:
                continue
            if not heading and is_trail(text):
                break
            if leads_on(text):
                more = True
            elif not heading and _heads(text):
                heading = text
            texts += 1
            if texts >= 6:
                break
        elif knot.attrs and knot.tag != "div" and knot.called.more:
            more = True
    for at in range(block.rows[-1].own_end, min(ceiling, block.end + 12, len(knots))):
        knot = knots[at]
        if knot.tag != "-text" or not knot.plain:
            continue
        if leads_on(knot.plain):
            more = True
        elif not knot.linked and _heads(knot.plain):
            # What stands behind the heading of the next box is that box's.
            break
    return heading, more


def leads_on(text: str) -> bool:
    """True for 更多 and the like."""
    return _known_more(text) if len(text) <= _LONGEST_MORE else _MORE.match(text) is not None


@lru_cache(maxsize=4096)
def _known_more(text: str) -> bool:
    return _MORE.match(text) is not None


def _heads(text: str) -> bool:
    """Whether a text over a block may be its heading."""
    return (
        len(text) <= _LONGEST_HEADING
        and _LETTERED.search(text) is not None
        and not is_furniture(text)
    )


def awaited_container(doc: Document, outline: Outline) -> Knot | None:
    """The empty container right under the column's own heading: the list's place, unfilled."""
    name = column_name(doc)
    if len(name) < 2:
        return None
    for knot in outline.empties:
        if knot.parent >= 0 and outline.knots[knot.parent].tag == "li":
            # The leaf of a tree, with room for branches it does not have.
            continue
        texts = 0
        for at in range(knot.index - 1, max(-1, knot.index - 40), -1):
            text = outline.knots[at].plain
            if text == name:
                return knot
            texts += bool(text)
            if texts >= 3:
                break
    return None
