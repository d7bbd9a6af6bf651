"""Reading list pages: what kind of page it is, and the items of the page's own list.

No selectors: a list is repeated structure, and which repeated structure is the list is told by its
days, titles, addresses, place in the page, heading and pager.

A page whose list stands in a frame is SHELL with `target` set to the frame's address: the reader of
the frame will find the items there. A CHANNEL without items shows only its child columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

from crawler.adapters.base import ListReading
from crawler.reading.document import Document
from crawler.reading.listing_blocks import Block, DateCounts, find_blocks, join_blocks
from crawler.reading.listing_days import read_block, to_item
from crawler.reading.listing_filled import filled_by_script
from crawler.reading.listing_kinds import (
    SHORT_PAGE,
    body_text,
    building_said,
    content_text,
    frame_target,
    is_template,
    jump_target,
    nothing_said,
    shell_reason,
)
from crawler.reading.listing_links import find_links
from crawler.reading.listing_parts import belongs_to, is_menu
from crawler.reading.listing_regions import (
    Scored,
    awaited_container,
    score_blocks,
)
from crawler.reading.listing_text import (
    holds_something,
    is_prose,
    prose_outside,
    text_under_heading,
)
from crawler.reading.listing_trail import weigh_before_trail
from crawler.reading.listing_tree import Knot, Outline, outline_of
from ledger.facts import Item
from ledger.words import ColumnKind

_TWIN = re.compile(
    r"(?:^|/)(?:m|wap|mobile|mobi|phone)(?=/)|(?<=index)_m(?=\.)|(?<=/)m(?=post_)", re.I
)
_MATRIX_ROWS = 3
_TITLES = 9
"""Characters a title has on the average, and the name of a column has not."""
_NAMELESS = 4
"""A title shorter than this (预算, 决算) names its item only together with its row."""
_TABLE_HEAD = re.compile(r"日期|时间|标题|名称|序号")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|txt)(?:[?]|$)", re.I)
_SCHEME = re.compile(r"^https?://(?:www\.|m\.|wap\.)?", re.I)


@dataclass(frozen=True, slots=True)
class Survey:
    """The structure of a page before any day is read.

    `main` is the block of its list, if any; `said` the words that call the list empty; `awaited`
    the empty container under the column's own heading; `told` is true where that heading is
    followed by a text and lists stand only beside it.
    """

    outline: Outline
    scored: tuple[Scored, ...]
    main: Scored | None
    said: str
    awaited: Knot | None
    told: bool

    @property
    def prose(self) -> bool:
        """True where the page is a text without a list."""
        return (
            self.main is None and not self.said and self.awaited is None and is_prose(self.outline)
        )


_SURVEYS: WeakKeyDictionary[Document, Survey] = WeakKeyDictionary()


def survey(doc: Document) -> Survey:
    """The blocks of a page and which of them is the list; made once while the page lives."""
    known = _SURVEYS.get(doc)
    if known is None:
        outline = outline_of(doc)
        counts = DateCounts(outline)
        blocks = find_blocks(outline, find_links(doc, outline), counts)
        scored = score_blocks(doc, outline, blocks, counts)
        weigh_before_trail(outline, scored)
        said = nothing_said(outline)
        main = _main(outline, scored)
        if main is not None and _belongs_to_text(main, outline):
            main = None
        awaited = awaited_container(doc, outline)
        boxes = [s for s in scored if s.dated >= 0.5 and len(s.block.rows) >= 3 and not _owned(s)]
        told = bool(boxes) and text_under_heading(doc, outline, boxes)
        if main is not None and _foreign(main, scored, said, awaited, outline):
            main = None
        if main is not None and told and main in boxes and not _TABLE_HEAD.search(main.heading):
            main = None
        known = _SURVEYS[doc] = Survey(outline, tuple(scored), main, said, awaited, told)
    return known


def read_list(doc: Document, today: date) -> ListReading:
    """The page's own list with the page's kind."""
    target = jump_target(doc, outline_of(doc))
    if target:
        return ListReading(ColumnKind.JUMP, target=target, notes=(f"页面自动跳转到 {target}",))
    seen = survey(doc)
    reading = _listed(seen, today) if seen.main is not None else None
    return reading or _unlisted(doc, seen, today)


def _main(outline: Outline, scored: list[Scored]) -> Scored | None:
    """The block that is the page's list, or None."""
    seen = [s for s in scored if s.content and _credible(s)]
    if not seen:
        # A list hidden as a whole waits for a script to show it.
        seen = [s for s in scored if s.hidden and not s.side and s.score >= 0.8 and _credible(s)]
    best = max(seen, key=lambda s: s.score, default=None)
    if best is not None and best.own < 0.1 and not (best.pager or best.named):
        # Items in the column's own folder are its list, even where a box beside it shows days.
        homely = [s for s in seen if s.own >= 0.8 and s.articles >= 0.8 and len(s.block.rows) >= 3]
        best = max(homely, key=lambda s: s.score, default=best)
    return best or next(iter(_matrix(outline, scored)), None)


def _matrix(outline: Outline, scored: Sequence[Scored]) -> list[Scored]:
    """The rows of a table of years by units: each cell is an item, named by row and column."""
    tables: dict[tuple[int, str], list[Scored]] = {}
    for one in scored:
        box = one.block.container
        dated = one.dated >= 0.9 and one.articles >= 0.8
        if box.tag == "tr" and dated and not (one.side or one.hidden):
            tables.setdefault((box.parent, one.block.signature), []).append(one)
    return max((rows for rows in tables.values() if len(rows) >= _MATRIX_ROWS), key=len, default=[])


def _credible(scored: Scored) -> bool:
    size = len(scored.block.rows)
    if scored.dated >= 0.4 and scored.titles >= 4:
        return True
    if scored.columns > 0.5:
        return False
    if scored.block.signature == "single":
        return scored.articles > 0 and scored.titles >= 8 and (scored.own > 0 or scored.pager)
    if scored.own >= 0.8 and max(size, scored.kin) >= 3 and scored.titles >= 10:
        return True
    if scored.pager or scored.own >= 0.5:
        return scored.articles >= 0.8 or (scored.articles >= 0.5 and scored.titles >= 5)
    return size >= 3 and scored.articles >= 0.6 and scored.titles >= 9


def _belongs_to_text(main: Scored, outline: Outline) -> bool:
    """True for the attachments and further links of a page of running text."""
    links = [row.link for row in main.block.rows]
    if main.pager or main.dated >= 0.4 or len(links) >= 6:
        return False
    files = sum(bool(_FILE.search(link.url)) for link in links)
    prose = prose_outside(outline, main.block.start, main.block.rows[-1].own_end)
    return prose >= 300 or (prose >= 50 and (files * 2 >= len(links) or len(links) == 1))


def _owned(scored: Scored) -> bool:
    """True for a block that something ties to the column: its folder, its name or a pager."""
    return scored.own >= 0.3 or scored.named or scored.pager


def _foreign(
    main: Scored,
    scored: list[Scored],
    said: str,
    awaited: Knot | None,
    outline: Outline,
) -> bool:
    """True where the best block only accompanies a page whose own list is empty."""
    if main.pager or main.own >= 0.3:
        return False
    elsewhere = main.more or (bool(main.heading) and not main.named)
    if said and (elsewhere or main.dated < 0.5 or len(main.block.rows) < 3):
        return True
    if awaited is not None and not _beside(outline, awaited, main):
        return True
    rivals = [s for s in scored if s is not main and s.content and s.more and _credible(s)]
    return main.more and not rivals and bool(outline.empties)


def _beside(outline: Outline, awaited: Knot, main: Scored) -> bool:
    """True where the block stands in the same box as the empty container."""
    near = [k for k in outline.above(awaited, 2) if k.tag != "body"]
    return any(k.index <= main.block.start < k.end for k in near)


def _listed(seen: Survey, today: date) -> ListReading | None:
    outline, scored, main = seen.outline, list(seen.scored), seen.main
    if main is None:
        return None
    channel = _channel(scored, main)
    if channel:
        items = _items(outline, [s.block for s in channel], today)
        note = f"频道页：{len(channel)} 个栏目块，共 {len(items)} 条"
        return ListReading(ColumnKind.CHANNEL, items, notes=(note,)) if items else None
    parts = _joined(outline, scored, main)
    items = _items(outline, parts, today)
    if not items:
        return None
    notes = [f"列表共 {len(items)} 条，其中 {sum(i.day is not None for i in items)} 条有日期"]
    if outline.cut:
        notes.append("页面过长，只读取了前一部分")
    if len(parts) > 1:
        notes.append(f"列表在页面中分成 {len(parts)} 段，已合并")
    return ListReading(ColumnKind.LIST, items, notes=tuple(notes))


def _channel(scored: list[Scored], main: Scored) -> list[Scored]:
    """The content blocks of a channel page, or nothing where the page has a list of its own."""
    content = [s for s in scored if s.content and _credible(s)]
    if any(s.pager for s in content) or len(content) < 2:
        return []
    leading = [s for s in content if s.more]
    if len(leading) < 2 or (not main.more and main.score > 1.6 * max(s.score for s in leading)):
        return []
    if not main.more and len(main.block.rows) >= 2 * max(len(s.block.rows) for s in leading):
        return []
    return content


def _joined(outline: Outline, scored: list[Scored], main: Scored) -> list[Block]:
    """The main block with the pieces that continue it, hidden pieces of other columns left out."""
    if main.titles < _NAMELESS and main.block.container.tag == "tr":
        return [one.block for one in _matrix(outline, scored)]
    folder = main.block.folder
    near = [
        s.block
        for s in scored
        if s is main
        or (
            not s.side
            and not (s.besides and not main.besides)
            and (s.hidden == main.hidden or s.block.folder == folder)
            and not (s.columns > 0.5 and s.dated < 0.5)
            and not is_menu(main, s)
            and not (s.block.signature == "single" and main.own >= 0.8 and s.own == 0)
        )
    ]
    joined = join_blocks(outline, main.block, near)
    panes = [s.block for s in scored if s.block not in joined and belongs_to(outline, main, s)]
    return sorted([*joined, *panes], key=lambda block: block.start)


def _items(outline: Outline, parts: list[Block], today: date) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for block in parts:
        for reading in read_block(outline, block, today):
            if is_template(reading.title) or is_template(reading.row.link.url):
                continue
            item = to_item(reading, len(found))
            if block.container.tag == "tr" and len(item.title) < _NAMELESS:
                item = replace(item, title=f"{_row_name(outline, block)} {item.title}".strip())
            key = _key(item.url)
            known = found.get(key)
            if known is None or (known.day is None and item.day is not None):
                found[key] = item
    ordered = list(found.values())
    if sum(item.pinned for item in ordered) * 2 > len(ordered):
        # A mark on most rows is decoration.
        ordered = [replace(item, pinned=False) for item in ordered]
    return tuple(replace(item, position=number) for number, item in enumerate(ordered))


def _row_name(outline: Outline, block: Block) -> str:
    """What the first cell of a table's row says, where it is not itself an item."""
    first = outline.children(block.container)[0]
    own = first.index <= block.rows[0].link.knot.index < first.end
    return "" if own else outline.text(first.index, first.end, 40)


def _key(url: str) -> str:
    """An address without scheme, www and the marks of a mobile twin."""
    return _TWIN.sub("", _SCHEME.sub("", url)).rstrip("/")


def _unlisted(doc: Document, seen: Survey, today: date) -> ListReading:
    """The kind of a page that shows no list."""
    outline, scored, said = seen.outline, seen.scored, seen.said
    text = content_text(outline)
    building = building_said(outline)
    if building and len(body_text(outline)) <= SHORT_PAGE:
        return ListReading(ColumnKind.BUILDING, excerpt=building, notes=("页面显示正在建设或维护",))
    frame = frame_target(doc, outline)
    if frame and not said:
        return ListReading(ColumnKind.SHELL, target=frame, notes=(f"列表在内嵌页面中：{frame}",))
    reason = shell_reason(doc, outline)
    if reason:
        return ListReading(ColumnKind.SHELL, notes=(reason,))
    if said:
        return ListReading(ColumnKind.EMPTY, excerpt=said, notes=("页面说明没有信息",))
    filled = "" if seen.prose or seen.told else filled_by_script(doc, outline)
    awaited = seen.awaited
    if filled and not any(_leads_on(s) for s in scored):
        return ListReading(ColumnKind.SHELL, notes=(filled,))
    if awaited is not None and awaited.tag in ("ul", "ol", "tbody", "table", "dl"):
        return ListReading(ColumnKind.EMPTY, notes=("栏目标题下的列表中没有一条信息",))
    if seen.told or is_prose(outline):
        return ListReading(ColumnKind.SINGLE, notes=("页面是一篇文字，没有列表",))
    children = [s for s in scored if _leads_on(s)]
    papers = [s for s in children if s.articles >= 0.6 and s.columns < 0.5]
    papers = papers or [s for s in scored if _is_titles(s)]
    if papers:
        best = max(papers, key=lambda s: s.score)
        items = _items(outline, [best.block], today)
        return ListReading(ColumnKind.LIST, items, notes=("列表没有显示日期",))
    if children:
        return ListReading(ColumnKind.CHANNEL, notes=("页面只有下级栏目的链接，没有条目",))
    if (
        len(text) < 30
        and len(doc.html) > 200
        and doc.tree.css_first("script[src]") is not None
        and not outline.empties
    ):
        return ListReading(ColumnKind.SHELL, notes=("页面源码中几乎没有文字，内容由脚本生成",))
    if _linked(scored) or holds_something(doc, outline):
        return ListReading(ColumnKind.SINGLE, notes=("页面有内容，但没有识别出列表或正文",))
    return ListReading(ColumnKind.EMPTY, notes=("页面能打开，但没有一条信息",))


def _linked(scored: Sequence[Scored]) -> bool:
    """True where the page leads to a document, if only to one, from somewhere else than a box."""
    return any(
        s.articles > 0 and not (s.side or s.hidden or s.besides or s.more) and s.titles >= _NAMELESS
        for s in scored
    )


def _is_titles(scored: Scored) -> bool:
    """True for titles as long as those of documents, wherever they lead."""
    aside = scored.side or scored.hidden or scored.more
    titled = len(scored.block.rows) >= 3 and scored.titles >= _TITLES and scored.columns < 0.5
    return titled and not aside


def _leads_on(scored: Scored) -> bool:
    """True for links to child columns, or for short-named documents without days."""
    if scored.side or scored.hidden or len(scored.block.rows) < 2:
        return False
    return scored.own >= 0.5 or (scored.articles >= 0.6 and not scored.more)
