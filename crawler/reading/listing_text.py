"""Running text on a page: whether the page is a text that lists only stand beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from crawler.reading.document import Document
from crawler.reading.listing_links import is_furniture
from crawler.reading.listing_regions import Scored, column_name, is_trail, page_names
from crawler.reading.listing_tree import Knot, Outline

_PROSE_LINE = 30
_PROSE_TOTAL = 80
_PROSE_BOXED = 20
_FULL_STOP = re.compile(r"[。；！]")
_SENTENCES = 15
_PIECE = 12
_RUNNING = 25
_FEW_WORDS = 8
_MOST_PASSING = 5
_MEDIA = frozenset({"video", "audio", "embed", "object", "textarea", "input", "canvas"})
_IDLE = frozenset({"hidden", "button", "submit", "search", "image", "reset"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_WORDS = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2} [A-Za-z]{2}")
_IMPRINT = re.compile(
    r"版权所有|copyright|©|ICP|备案|主办[单：:]|承办[单：:]|标识码|技术支持|邮政编码|您是第|访问量|最后更新|^\s*(?:地址|电话|邮箱|传真)[：:]"
    r"|建议使用|浏览器|分辨率|欢迎(?:访问|光临|您)|星期[一二三四五六日]|农历",
    re.I,
)


def prose_outside(outline: Outline, start: int, end: int) -> int:
    """How many characters of running text stand outside an interval, links left out."""
    total = 0
    for knot in outline.words:
        if not knot.linked and not start <= knot.index < end and len(knot.text) >= _RUNNING:
            size = len(knot.text.strip())
            if size >= _RUNNING and not _IMPRINT.search(knot.text):
                total += size
    return total


def holds_something(doc: Document, outline: Outline) -> bool:
    """True for a page with a few words, a form, a picture, a film or a tree of its own.

    Where a container stands empty, as for a list, only what is no word counts: the words around it
    may be of the page's frame.
    """
    for knot in outline.named:
        if knot.tag in _MEDIA and not knot.aside and (knot.attr("type") or "").lower() not in _IDLE:
            return True
    if outline.empties:
        return False
    if any(knot.tag == "img" or "tree" in knot.names for knot in outline.named if not knot.aside):
        return True
    names = page_names(doc)
    size = 0
    for knot in outline.words:
        text = knot.plain
        framed = knot.linked or text in names or is_furniture(text)
        if framed or not _WORDS.search(text) or _IMPRINT.search(text) or is_trail(text):
            continue
        size += len(text)
    return size >= _FEW_WORDS


def is_prose(outline: Outline) -> bool:
    """True for a page of running text, or of one picture or paper in its text box."""
    boxes = _text_boxes(outline)
    passing = _passing(outline)
    longest = total = told = boxed = 0
    box = 0
    for knot in outline.words:
        if knot.linked or not _WORDS.search(knot.text) or _IMPRINT.search(knot.text):
            continue
        if is_trail(knot.text) or any(k.index < knot.index < k.end for k in passing):
            continue
        size = len(knot.text.strip())
        while box < len(boxes) and boxes[box].end <= knot.index:
            box += 1
        boxed += size if box < len(boxes) and boxes[box].index < knot.index else 0
        if size >= 12:
            longest = max(longest, size)
            total += size
            told += size if _FULL_STOP.search(knot.text) else 0
    lengthy = longest >= _PROSE_LINE or total >= _PROSE_TOTAL
    return lengthy or told >= _SENTENCES or boxed + _pictures(boxes, outline) >= _PROSE_BOXED


def _passing(outline: Outline) -> list[Knot]:
    """The first few boxes of announcements that pass by: what they say is said on every page."""
    marquees = (knot for knot in outline.knots if knot.tag == "marquee")
    return list(islice(marquees, _MOST_PASSING))


def _text_boxes(outline: Outline) -> list[Knot]:
    """The outermost boxes of articles' texts, in document order."""
    found: list[Knot] = []
    for knot in outline.named:
        if (
            knot.tag in ("div", "td", "article", "section")
            and knot.called.text_box
            and not knot.aside
            and not (found and knot.index < found[-1].end)
        ):
            found.append(knot)
    return found


def _pictures(boxes: list[Knot], outline: Outline) -> int:
    inside = (knot for box in boxes for knot in outline.knots[box.index : box.end])
    shown = (k.tag in ("img", "embed", "object", "video") and not k.aside for k in inside)
    return _PROSE_BOXED * sum(shown)


def text_under_heading(doc: Document, outline: Outline, boxes: Sequence[Scored]) -> bool:
    """True where the page's own heading is followed by a text rather than by one of `boxes`.

    Words count whether they make sentences or not: a table of telephone numbers is a text too.
    """
    names, name = page_names(doc), column_name(doc)
    starts = {box.block.start for box in boxes}
    total = longest = heading_end = 0
    headed = False
    for knot in outline.knots:
        if knot.index in starts:
            # Words of a search form above a list are many, but short.
            if headed and total >= _PROSE_LINE and longest >= _PIECE:
                return True
            headed = False
        tag = knot.tag
        if tag == "a":
            # A list may open with its newest item told at length.
            headed = headed and len(outline.text(knot.index, knot.end, 40)) < _PIECE
        elif tag in _HEADINGS:
            heading_end = max(heading_end, knot.end)
        if tag != "-text" or knot.linked or knot.aside:
            continue
        text = knot.plain
        named = (len(text) >= 2 and text in names) or is_trail(text)
        if named or (knot.index < heading_end and len(name) >= 2 and name in text):
            headed, total, longest = True, 0, 0
        elif headed and not _IMPRINT.search(text):
            total += len(text)
            longest = max(longest, len(text))
    return headed and total >= _PROSE_TOTAL
