"""Reading one article page: title, publication day, source, text, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.reading.address import day_in_address
from crawler.reading.attachments import attachments
from crawler.reading.document import Document
from crawler.reading.lines import Lines, read_lines
from crawler.reading.main_text import main_text
from crawler.reading.page_tags import page_tags
from crawler.reading.passages import page_parts
from crawler.reading.shown_days import Candidate, ShownDays, Tier, best, shown_days
from crawler.reading.tags import Tags, read_tags
from crawler.reading.titles import read_title
from ledger.facts import Attachment, DayReading
from ledger.texts import NO_PARTS, PageParts
from ledger.words import How


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What one article page says of itself.

    `published` is None where nothing trustworthy gives the day. `others` holds the readings that
    name another day than the one that won. `notes` are Chinese sentences for whoever asks why.
    `text` has a line for each paragraph and table row; `tags` are the page tags (网页标签) as name
    and value.
    """

    title: str
    published: DayReading | None
    others: tuple[DayReading, ...]
    source: str
    text: str
    notes: tuple[str, ...]
    attachments: tuple[Attachment, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    parts: PageParts = NO_PARTS


_SOURCE = re.compile(
    r"(?:信息来源|文章来源|稿件来源|来源单位|来\s{0,4}源|稿\s{0,2}源|发布机构|发布单位|Source)\s{0,3}[:：]\s{0,3}"
    r"(?P<name>[^\s:：|丨]{2,40})",
    re.I,
)
_SOURCE_END = re.compile(
    r"(?:发布时间|发布日期|时间|日期|作者|编辑|责编|责任编辑|浏览|阅读|点击|字号|字体|访问|打印|分享|[【\[（(])|\d{4}[-年/.]"
)
_NO_SOURCE = frozenset({"null", "无", "本站", "未知", "--", "-"})
_WRITTEN = 50
"""Outweighs any label in the text: the page has one place for its day and one script for it."""
_WORTH_KEEPING = frozenset(
    {Tier.LABELLED, Tier.ANNOUNCED, Tier.SHOWN, Tier.TAGGED, Tier.ISSUED, Tier.SIGNED, Tier.ADDRESS}
)


def read_article(doc: Document, today: date) -> ArticleReading:
    """Read `doc` as an article. `today` bounds years left out, relative and future days."""
    lines = read_lines(doc)
    title, title_line = read_title(doc, lines)
    tags = read_tags(doc, today)
    address = day_in_address(doc.url)
    latest = today + timedelta(days=1)
    believed = [tag.reading for tag in tags.tags if tag.sure]
    hints = frozenset(
        r.day for r in [*believed, *([address] if address else [])] if r.day <= latest
    )
    shown = shown_days(lines, title, title_line, today, hints)
    candidates = [*shown.candidates, *_unseen(tags, address, latest)]
    winner = best(candidates)
    published = winner.reading if winner else None
    others = _others(published, candidates, tags, shown)
    body = main_text(lines, title_line)
    return ArticleReading(
        title=title,
        published=published,
        others=others,
        source=_source(doc, lines, title_line),
        text=body.text,
        notes=tuple(_notes(published, others, tags, shown, latest)),
        attachments=attachments(doc, lines, body.lines, title_line),
        tags=page_tags(doc),
        parts=page_parts(doc, lines, title, body),
    )


def _unseen(tags: Tags, address: DayReading | None, latest: date) -> list[Candidate]:
    """Candidates no visitor sees: tags, script data, the address."""
    found = [
        Candidate(tag.reading, Tier.TAGGED if tag.sure else Tier.LIKELY, -1, order)
        for order, tag in enumerate(tags.tags)
    ]
    # Sure data is what the page's own script writes under the title, where a visitor reads it.
    found.extend(
        Candidate(tag.reading, Tier.LABELLED, _WRITTEN)
        if tag.sure
        else Candidate(tag.reading, Tier.LIKELY, -2)
        for tag in tags.data
    )
    if address is not None:
        found.append(Candidate(address, Tier.ADDRESS))
    return [candidate for candidate in found if candidate.reading.day <= latest]


def _others(
    published: DayReading | None, candidates: list[Candidate], tags: Tags, shown: ShownDays
) -> tuple[DayReading, ...]:
    """Readings of another day, one for each day and way of reading, the better first."""
    worth = set(_WORTH_KEEPING)
    if published is not None and published.how is How.ADDRESS:
        worth.add(Tier.SIGNATURE)
    kept = [c for c in candidates if c.tier in worth]
    kept.sort(key=lambda candidate: (candidate.tier, -candidate.score, candidate.order))
    readings = [c.reading for c in kept]
    readings.extend(tag.reading for tag in (*tags.distrusted, *tags.tags))
    readings.extend(shown.future)
    found: dict[tuple[date, How], DayReading] = {}
    for reading in readings:
        if published is None or reading.day != published.day:
            found.setdefault((reading.day, reading.how), reading)
    return tuple(found.values())[:12]


def _notes(
    published: DayReading | None,
    others: tuple[DayReading, ...],
    tags: Tags,
    shown: ShownDays,
    latest: date,
) -> list[str]:
    notes = [f"{tag.name}（{tag.reading.text}）等于页面生成时间，不采信" for tag in tags.distrusted]
    notes.extend(f"页面标注的日期“{text}”不是可能的日期，不采信" for text in shown.faults[:3])
    future = [*shown.future, *(t.reading for t in tags.tags if t.reading.day > latest)]
    notes.extend(
        f"{reading.how.label}“{reading.text}”晚于巡查当天，不采信" for reading in future[:3]
    )
    if published is None:
        notes.append("没有读到可信的发布日期")
        return notes
    if published.how is How.ADDRESS:
        notes.append("页面上没有发布日期，取自网址")
    doubted = {tag.reading for tag in tags.distrusted}
    for reading in others:
        if reading.how in (How.META, How.ADDRESS) and reading not in doubted:
            notes.append(
                f"{reading.how.label}“{reading.text}”与采用的{published.how.label}"
                f"“{published.text}”不一致，以后者为准"
            )
    return notes


def _source(doc: Document, lines: Lines, title_line: int | None) -> str:
    start = max(0, (title_line or 0) - 6)
    for number in range(start, min(len(lines), start + 60)):
        match = _SOURCE.search(lines[number].text)
        if match:
            name = _SOURCE_END.split(match["name"])[0].strip("，,。;；>》 ")
            if len(name) >= 2 and name.lower() not in _NO_SOURCE:
                return name
    for tag in ("contentsource", "source", "article:author", "mediaid"):
        value = doc.meta.get(tag, "")
        if value and value.lower() not in _NO_SOURCE:
            return value[:80]
    return ""
