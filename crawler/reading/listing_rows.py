"""One row of a list: its title, and every day that stands in it with what the day is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from crawler.reading.days import DayMatch, find_days, unix_day
from crawler.reading.document import squeeze
from crawler.reading.listing_blocks import DATE_ATTRIBUTES, Row
from crawler.reading.listing_labels import (
    Standing,
    is_labelled,
    label_of,
    names_publication,
    never_published,
    rank_of,
)
from crawler.reading.listing_links import is_cut
from crawler.reading.listing_pieces import bare_day, compose, numbers_and_year
from crawler.reading.listing_pins import is_pinned
from crawler.reading.listing_tree import Knot, Outline

_MAYBE = re.compile(
    r"\d|[０-９]|[〇○一二三四五六七八九十Ｏ]\s*[年月]|[今昨前]天|刚刚|刚才|[前今]日"
)
# A hover text may say more than the title: 标题：… 发布时间：… 点击数：…
_HINT_START = re.compile(r"^(?:文章)?标\s*题\s*[:：]\s*")
_HINT_END = re.compile(
    r"\s(?:(?:发布|更新|成文)?(?:时间|日期)|(?:点击|浏览|阅读)(?:次?数|量)?|作者|来源)\s*[:：]"
)
_PART = re.compile(r"[\d\-/.年月日]|^[A-Za-z]{3,9}\.?$")
_PIN_MARK = re.compile(r"^[\[【(（<]\s*置\s*顶\s*[\]】)）>]\s*|^置顶[\s：:]+")
_BULLETS = re.compile(r"^[\s·•●○◆◇■□▪▶►➤>»›\-—*、.．|]+|[\s|]+$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong"})
_BLOCKS = frozenset(
    [
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "time",
        "br",
    ]
)
MAX_ROW_KNOTS = 400
_LONGEST_SCRIPT = 600
_QUOTED = re.compile(r"""['"]([^'"<>]{8,40})['"]""")


@dataclass(slots=True)
class Reading:
    """A day found in a row. `slot` is its order among the row's days of the same rank."""

    match: DayMatch
    rank: Standing
    label: str = ""
    slot: int = 0
    column: int = -1


@dataclass(slots=True)
class RowReading:
    """What a row says: title, days by rank, an impossible date if nothing better stood there.

    `parts` are two numbers and a year of which only other rows can tell which is the month.
    """

    row: Row
    title: str
    pinned: bool = False
    days: list[Reading] = field(default_factory=list)
    glued: Reading | None = None
    fault: str = ""
    parts: tuple[int, int, int] | None = None


@dataclass(slots=True)
class _Piece:
    text: str
    knot: Knot
    inside: bool  # of the title link
    column: int  # which child of the row it stands in, or -1
    block: int  # number of the block-level leaf
    linked: bool = False  # inside another link of the row


def read_row(outline: Outline, row: Row, heads: dict[int, str], today: date) -> RowReading:
    """Read one row. `heads` names the cells of a table-like row by number."""
    pieces, asides = _pieces(outline, row, row.start, row.own_end)
    title, rest = _title(outline, row, pieces, today)
    reading = RowReading(row, title, is_pinned(outline, row))
    _read_pieces(reading, rest, heads, today)
    if not any(day.rank <= Standing.BARE for day in reading.days):
        _read_composed(reading, rest, today)
    if all(day.match.partial for day in reading.days):
        _read_attributes(outline, reading, today)
    if not reading.days and asides:
        _read_pieces(reading, asides, heads, today)
    if not reading.days:
        _read_glued(reading, pieces, today)
    reading.days.sort(key=lambda r: r.rank)
    _confirm(reading)
    return reading


def _confirm(reading: RowReading) -> None:
    """Let a full day in an attribute complete what is shown without year or as so long ago."""
    first = reading.days[0].match if reading.days else None
    if first is None or first.day is None or not first.partial:
        return
    for stamp in [r for r in reading.days if r.rank == Standing.ATTRIBUTE and not r.match.partial]:
        day = stamp.match.day
        alike = day is not None and (day.month, day.day) == (first.day.month, first.day.day)
        if alike or first.form != "md":
            reading.days.remove(stamp)
            reading.days.insert(0, stamp)
            return


def read_days(outline: Outline, row: Row, start: int, end: int, today: date) -> list[Reading]:
    """The days in a stretch outside the row's own child."""
    pieces, _ = _pieces(outline, row, start, end)
    reading = RowReading(row, "")
    _read_pieces(reading, pieces, {}, today)
    if not any(day.rank <= Standing.BARE for day in reading.days):
        _read_composed(reading, pieces, today)
    return sorted(reading.days, key=lambda r: r.rank)


def _pieces(outline: Outline, row: Row, start: int, end: int) -> tuple[list[_Piece], list[_Piece]]:
    """The row's texts: those that count, and those of hidden or popped-up copies."""
    pieces: list[_Piece] = []
    asides: list[_Piece] = []
    knots = outline.knots
    anchor = row.link.knot
    hidden = knots[row.start].hidden
    column = -1
    block = 0
    at = start
    aside_end = linked_end = 0
    stop = min(end, start + MAX_ROW_KNOTS)
    while at < stop:
        knot = knots[at]
        if knot.tag == "-text":
            inside = anchor.index <= at < anchor.end
            piece = _Piece(knot.text, knot, inside, column, block, at < linked_end and not inside)
            (asides if at < aside_end else pieces).append(piece)
            at += 1
            continue
        if knot.tag in _BLOCKS:
            block += 1
        if knot.tag == "a" and at != anchor.index:
            linked_end = max(linked_end, knot.end)
        holds = knot.index <= anchor.index < knot.end
        if not holds and at >= aside_end and not (anchor.index < at < anchor.end):
            if knot.tag in ("ul", "ol", "dl", "table") and _has_link(knots, knot):
                at = knot.end
                continue
            if (knot.hidden and not hidden) or knot.called.popup:
                aside_end = knot.end
        if knot.parent == row.start:
            column += 1
        at += 1
    return pieces, asides


def _has_link(knots: list[Knot], knot: Knot) -> bool:
    return any(knots[at].tag == "a" for at in range(knot.index, min(knot.end, knot.index + 60)))


def _title(
    outline: Outline, row: Row, pieces: list[_Piece], today: date
) -> tuple[str, list[_Piece]]:
    """The row's title, and the texts that are not part of it."""
    anchor = row.link.knot
    inside = [p for p in pieces if p.inside]
    named = row.link.knot.attr("title")
    if anchor.tag != "a":
        inside = pieces
    words = [p for p in inside if not _is_day(p.text, today)]
    chosen = _headline(outline, words)
    title = squeeze("".join(p.text for p in chosen)) or named or row.link.text
    title = _PIN_MARK.sub("", _BULLETS.sub("", title)) or title
    fuller = len(named) > len(title) - 3 and (is_cut(title) or named.startswith(title))
    if named and (fuller or not words):
        title = named
    title = _HINT_END.split(_HINT_START.sub("", title))[0].strip() or title
    kept = {id(p) for p in chosen}
    rest = [p for p in pieces if id(p) not in kept]
    # A copy of the title elsewhere in the row (a hover box) is no place to look for a day.
    return title[:500], [p for p in rest if not (len(p.text) > 12 and squeeze(p.text) in title)]


def _is_day(text: str, today: date) -> bool:
    stripped = text.strip()
    return (
        len(stripped) <= 32
        and bool(_MAYBE.search(stripped))
        and (
            bare_day(stripped, today) is not None
            or bool(re.fullmatch(r"[\d\s\-/.年月日]{1,10}", stripped))
        )
    )


def _headline(outline: Outline, words: list[_Piece]) -> list[_Piece]:
    """Of the texts inside a link those of its headline; all of them where it has only one part."""
    blocks: dict[int, list[_Piece]] = {}
    for piece in words:
        if piece.text.strip():
            blocks.setdefault(piece.block, []).append(piece)
    if len(blocks) <= 1:
        return words
    for parts in blocks.values():
        knot = parts[0].knot
        above = outline.above(knot, 3)
        if any(k.tag in _HEADINGS or (k.tag != "a" and k.called.title) for k in above):
            return parts
    for parts in blocks.values():
        text = squeeze("".join(p.text for p in parts))
        named = any(k.called.summary for k in outline.above(parts[0].knot, 1))
        if len(text) >= 4 and not named and not is_labelled(text):
            return parts
    return next(iter(blocks.values()))


def _read_pieces(
    reading: RowReading, pieces: list[_Piece], heads: dict[int, str], today: date
) -> None:
    before = ""
    for piece in pieces:
        text = squeeze(piece.text)
        if not text:
            continue
        if len(text) <= 120 and _MAYBE.search(text):
            _read_piece(reading, piece, text, before, heads, today)
        before = text


def _read_piece(
    reading: RowReading, piece: _Piece, text: str, before: str, heads: dict[int, str], today: date
) -> None:
    head = heads.get(piece.column, "")
    whole = bare_day(text, today)
    if whole is None and piece.linked:
        return
    matches = [whole] if whole is not None else find_days(text, today)
    for match in matches:
        if match.day is None:
            reading.fault = reading.fault or match.text
            continue
        label = label_of(text[: match.start]) or head or label_of(before)
        around = text[: match.start], text[match.end : match.end + 8]
        rank = rank_of(label, text, around, whole is not None, "月" in match.text)
        if rank is None:
            continue
        slot = sum(1 for r in reading.days if r.rank == rank)
        reading.days.append(Reading(match, rank, label, slot, piece.column))


def _read_composed(reading: RowReading, pieces: list[_Piece], today: date) -> None:
    """Join days that are split over several small nodes."""
    run: list[str] = []
    for piece in [*pieces, None]:
        text = squeeze(piece.text) if piece is not None else ""
        if piece is not None and (not text or (len(text) <= 12 and _PART.search(text))):
            if text:
                run.append(text)
            continue
        joined, shown = compose(run), run
        run = []
        if not joined:
            reading.parts = reading.parts or numbers_and_year(shown)
            continue
        match = bare_day(joined, today)
        if match is None:
            continue
        if match.day is None:
            reading.fault = reading.fault or match.text
        else:
            reading.days.append(Reading(replace(match, text=" ".join(shown)), Standing.BARE))
            return


def _read_attributes(outline: Outline, reading: RowReading, today: date) -> None:
    """Days in `datetime`, `title`, `data-*` and comments of the row."""
    row = reading.row
    comments, scripts = [], []
    for at in range(row.start, min(row.own_end, row.start + MAX_ROW_KNOTS)):
        knot = outline.knots[at]
        if knot.tag == "script":
            scripts.append(knot.text)
            continue
        if knot.tag == "-comment":
            comments.append(knot.text)
            continue
        for name, value in knot.attrs.items():
            if not value or len(value) > 300:
                continue
            if name in DATE_ATTRIBUTES and value.strip().isdigit():
                stamp = unix_day(value)
                if stamp is not None and stamp.day is not None:
                    reading.days.append(Reading(stamp, Standing.ATTRIBUTE))
            elif name in ("datetime", "title", "value") or name.startswith("data-"):
                _read_attribute(reading, squeeze(value), at == row.link.knot.index, today)
    if not reading.days:
        _read_scripts(reading, scripts, today)
    if not reading.days:
        for comment in comments:
            text = squeeze(comment)
            match = bare_day(text, today) if len(text) <= 60 else None
            matches = [match] if match else find_days(text[:400], today)[:1]
            reading.days.extend(Reading(m, Standing.COMMENT) for m in matches if m.day is not None)


def _read_scripts(reading: RowReading, scripts: list[str], today: date) -> None:
    """The day that a script in the row writes: the only one among its quoted words."""
    for script in scripts:
        if len(script) > _LONGEST_SCRIPT or "write" not in script:
            continue
        found = [
            match
            for words in _QUOTED.findall(script)
            if (match := bare_day(squeeze(words), today)) is not None and match.day is not None
        ]
        if len({match.day for match in found}) == 1:
            reading.days.append(Reading(found[0], Standing.COMMENT))
            return


def _read_attribute(reading: RowReading, value: str, of_link: bool, today: date) -> None:
    if not _MAYBE.search(value):
        return
    match = bare_day(value, today) if len(value) <= 40 else None
    if match is not None:
        if match.day is not None:
            reading.days.append(Reading(match, Standing.ATTRIBUTE))
        return
    if "/" in value[:8] or value.startswith("http"):
        return
    for found in find_days(value, today):
        lead = value[max(0, found.start - 10) : found.start]
        labelled = is_labelled(lead) and not never_published(lead)
        if found.day is not None and labelled and (not of_link or names_publication(lead)):
            reading.days.append(Reading(found, Standing.ATTRIBUTE, lead))


def _read_glued(reading: RowReading, pieces: list[_Piece], today: date) -> None:
    """A day at the very start or end of the link's own words, to be used if most rows have it."""
    for text in (squeeze("".join(p.text for p in pieces if p.inside)),):
        for match in find_days(text[:300], today):
            if match.day is None or len(re.sub(r"\D", "", match.text)) < 4:
                continue
            after = text[match.end :].strip(" ]】)）>》|")
            before = text[: match.start].strip(" [【(（<《|·")
            if not after or not before:
                reading.glued = Reading(match, Standing.GLUED, "end" if not after else "start")
                return


def strip_glued(title: str, match: DayMatch, place: str) -> str:
    """The title without the day glued to it."""
    cut = title.rfind(match.text) if place == "end" else title.find(match.text)
    if cut < 0:
        return title
    kept = (
        title[:cut].rstrip(" [【(（<《|")
        if place == "end"
        else title[cut + len(match.text) :].lstrip(" ]】)）>》|")
    )
    return kept or title
