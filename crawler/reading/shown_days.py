"""The days a page shows, weighed by label and by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import islice

from crawler.reading.day_spots import Span, spots
from crawler.reading.days import DayMatch, bare_day, days_at, find_day, unix_day
from crawler.reading.labels import Label, Rank, label_before
from crawler.reading.landmarks import (
    CREDITS,
    FOOTER,
    NEIGHBOUR,
    PEOPLE,
    PROSE,
    SENTENCE,
    Page,
    beside_link,
    credited,
    is_clock,
    names_people,
)
from crawler.reading.lines import Line, Lines
from crawler.reading.telling import telling_spots
from crawler.reading.titles import key
from crawler.reading.walk import Place
from ledger.facts import DayReading
from ledger.words import How


class Tier(IntEnum):
    """How good a piece of evidence is, the better the smaller."""

    LABELLED = 0  # 发布时间：…
    ANNOUNCED = 1  # 公告时间：…
    SHOWN = 2  # the line of credits under the title
    TAGGED = 3  # a meta tag to be believed
    ISSUED = 4  # 发文日期, 生成日期
    SIGNED = 5  # 成文日期
    LIKELY = 6  # stands alone somewhere, or 更新时间
    ADDRESS = 7
    SIGNATURE = 8  # 落款, the day under the text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading that may be the day of publication."""

    reading: DayReading
    tier: Tier
    score: int = 0
    order: int = 0


@dataclass(frozen=True, slots=True)
class ShownDays:
    """What the visible page offers; `future` and `faults` hold labelled days that cannot be."""

    candidates: tuple[Candidate, ...]
    future: tuple[DayReading, ...]
    faults: tuple[str, ...]


_EVENT = re.compile(
    r"地\s?点|主讲|报告人|主持人|参加人|出席|截止|报名|开标|投标|考试|面试|讲座|会议室"
)
_ENACTED = re.compile(
    r"[^。]{0,40}?(?:通过|修订|修正|施行|批准|公布|签发|印发|废止|实施|令第|会议|"
    r"第[一二三四五六七八九十\d]+次)"
)
_WORD_AFTER = re.compile(r"[ \u3000\u00a0]{0,3}(发布|发表|修改|更新)(?![\u4e00-\u9fff:：])")
_TIMED = re.compile(
    r"time|date|pub|info|source|meta|laiyuan|(?:^|[-_\s])(?:rq|sj|ly|fbsj|from)", re.I
)
_FOOT = re.compile(r"foot|copyright|banquan|dibu", re.I)
_ENOUGH = 4
_CLOSE = 2
_MOST = 3000


_TIERS = {
    Rank.PUBLISHED: Tier.LABELLED,
    Rank.ANNOUNCED: Tier.ANNOUNCED,
    Rank.ISSUED: Tier.ISSUED,
    Rank.SIGNED: Tier.SIGNED,
}


def shown_days(
    lines: Lines, title: str, title_line: int | None, today: date, hints: frozenset[date]
) -> ShownDays:
    """Weigh every day the page shows. `hints` are days the head and the address agree on."""
    marked = spots(lines.text)
    numbers = [lines.at(start) for start, _ in marked]
    page = Page(lines, title, title_line, numbers)
    telling = telling_spots(lines, marked, numbers)
    candidates: list[Candidate] = []
    future: list[DayReading] = []
    faults: list[str] = []
    latest = today + timedelta(days=1)
    for match, number, label in islice(_matches(page, telling, today), _MOST):
        rank = Rank.NONE if label is None else label.rank
        day = _with_year(match, hints) if match.form == "md" else match.day
        if day is None:
            if rank <= Rank.SIGNED:
                faults.append(match.text)
            continue
        reading = DayReading(day, How.ARTICLE, match.text, match.time)
        if day > latest:
            if rank <= Rank.ANNOUNCED:
                future.append(reading)
            continue
        if day == today and page.before_title(number) and rank > Rank.ISSUED and day not in hints:
            continue  # a clock shows the day of the visit
        weighed = _weigh(page, match, number, label, day in hints)
        if weighed is not None:
            tier, score = weighed
            candidates.append(Candidate(reading, tier, score, match.start))
    return ShownDays(tuple(candidates), tuple(future), tuple(faults))


def best(candidates: list[Candidate]) -> Candidate | None:
    """The best candidate: tier first; within it the first of those about as good as the best."""
    if not candidates:
        return None
    tier = min(candidate.tier for candidate in candidates)
    level = [candidate for candidate in candidates if candidate.tier == tier]
    top = max(candidate.score for candidate in level)
    close = [candidate for candidate in level if candidate.score >= top - _CLOSE]
    # The signature closes the text; everything else stands at its head.
    pick = max if tier is Tier.SIGNATURE else min
    return pick(close, key=lambda candidate: candidate.order)


def _matches(
    page: Page, marked: list[Span], today: date
) -> Iterator[tuple[DayMatch, int, Label | None]]:
    """Days of the text and of date attributes, with their line and label."""
    lines = page.lines
    for match in days_at(lines.text, marked, today):
        first, last = lines.at(match.start), lines.at(max(match.start, match.end - 1))
        if first != last and not _fills(lines, match, first, last):
            single = find_day(lines.text[match.start : lines[first].end], today)
            if single is None or single.start > 1 or single.partial:
                continue
            offset = match.start
            match = DayMatch(
                single.day, single.time, single.text, offset + single.start, offset + single.end,
                single.form, single.fault,
            )  # fmt: skip
        yield match, first, _label(page, match, first)
    for number in lines.stamped:
        line = lines[number]
        for stamp in line.stamps[:3]:
            found = bare_day(stamp, today) or unix_day(stamp)
            visible = find_day(line.text, today)
            if found is None or (visible is not None and not visible.partial):
                continue
            label = label_before(lines.text, line.end) if line.text else None
            at = line.start
            yield (
                DayMatch(found.day, found.time, found.text, at, at, "stamp", found.fault),
                number,
                label,
            )


def _label(page: Page, match: DayMatch, number: int) -> Label | None:
    """The label before a day, or in the credits the word behind it: 于 2026-03-08 发布."""
    text = page.lines.text
    after = _WORD_AFTER.match(text, match.end) if page.in_zone(number) else None
    if after is None:
        return _column_label(page.lines, number) or label_before(text, match.start)
    published = after.group(1) in ("发布", "发表")
    return Label(Rank.PUBLISHED if published else Rank.CHANGED, after.group(1), match.start)


def _column_label(lines: Lines, number: int) -> Label | None:
    """The label at the head of a day's column, where a table names its columns in a first row."""
    row = _row(lines, number)
    head = _row(lines, row.start - 1) if row and row.start else range(0)
    if len(row) < 2 or len(head) != len(row):
        return None
    if any(lines[n].linked for n in row):
        # A row that leads to another document tells that document's day.
        return None
    names = [lines[n].text for n in head]
    if any(len(name) > 10 or re.search(r"\d", name) for name in names):
        return None
    name = names[number - row.start]
    return label_before(name, len(name))


def _row(lines: Lines, number: int) -> range:
    """The numbers of the lines in the same table row, at most a dozen."""
    items = lines[number].items
    if not items or items[-1][1].tag != "tr":
        return range(0)
    first = last = number
    while first > 0 and number - first < 12 and _same_row(lines[first - 1], items[-1]):
        first -= 1
    while last + 1 < len(lines) and last - number < 12 and _same_row(lines[last + 1], items[-1]):
        last += 1
    return range(first, last + 1)


def _same_row(line: Line, row: Place) -> bool:
    items = line.items
    return bool(items) and items[-1] is row


def _fills(lines: Lines, match: DayMatch, first: int, last: int) -> bool:
    """True where a date over several lines fills them, or only its clock stands in the next."""
    if last - first > 3:
        return False
    head = lines.text[lines[first].start : match.start]
    tail = lines.text[match.end : lines[last].end]
    if match.form == "split":
        return not head.strip() and len(tail.strip()) <= 30
    return bool(re.match(r"\s*\d{1,2}[:：]\d{2}|$", lines[last].text)) or (
        not head.strip() and not tail.strip()
    )


def _with_year(match: DayMatch, hints: frozenset[date]) -> date | None:
    """The year-less day in the year the rest of the page speaks of, or as it was read."""
    if match.day is None or not hints:
        return match.day
    near = max(hints)
    options = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            options.append(match.day.replace(year=year))
        except ValueError:
            continue
    closest = min(options, key=lambda day: abs((day - near).days), default=match.day)
    return closest if abs((closest - near).days) <= 60 else match.day


def _weigh(
    page: Page, match: DayMatch, number: int, label: Label | None, agreed: bool
) -> tuple[Tier, int] | None:
    line = page.lines[number]
    rank = Rank.NONE if label is None else label.rank
    if rank is Rank.NEVER or match.form == "approximate":
        return None
    if rank not in _TIERS and _beside_another(page, line, number):
        return None
    if _in_title(page, match, line, number):
        return None
    score = _score(page, match, line, number) + 2 * agreed
    if rank in _TIERS and label is not None:
        return _labelled(page, match, line, number, label, score)
    if rank is Rank.CHANGED:
        told = page.in_zone(number) or page.right_above_text(number)
        told = told or (names_people(line) and not page.foreign(line))
        # What a footer says was changed is the portal, even right below a page of a few words.
        foot = page.foreign(line) and _FOOT.search(line.marks) is not None
        return (Tier.LIKELY, score) if told and not foot else None
    return _unlabelled(page, match, line, number, score)


def _beside_another(page: Page, line: Line, number: int) -> bool:
    """True for an unlabelled day that belongs to another article, the footer or a clock."""
    credits = page.in_zone(number) and not page.beside_list
    listed = line.listed_by_entry if credits else line.listed
    return (
        listed
        or beside_link(page, number)
        or FOOTER.search(line.text) is not None
        or NEIGHBOUR.search(line.text) is not None
        or is_clock(page, number)
    )


def _labelled(
    page: Page, match: DayMatch, line: Line, number: int, label: Label, score: int
) -> tuple[Tier, int] | None:
    if line.listed_by_entry or (label.rank is not Rank.PUBLISHED and line.linked):
        return None
    if _runs_in_sentence(line, match) and not _credits_near(line, match):
        return None
    bare_word = label.word.lower() in ("时间", "日期", "date", "time")
    if bare_word:
        # In the text itself a 时间 belongs to the event it tells of.
        around = " ".join(
            text
            for n in range(number, min(number + 3, len(page.lines)))
            if len(text := page.lines[n].text) < PROSE
        )
        if _EVENT.search(around[:200]) or not (page.in_zone(number) or names_people(line)):
            return None
        return Tier.SHOWN, score + 1
    if label.rank is Rank.ANNOUNCED and page.after_text_begins(number):
        return Tier.ISSUED, score  # a term of the announcement's own text
    return _TIERS[label.rank], score


def _unlabelled(
    page: Page, match: DayMatch, line: Line, number: int, score: int
) -> tuple[Tier, int] | None:
    if _runs_in_sentence(line, match) and not _credits_near(line, match):
        return None
    if not names_people(line) and _ENACTED.match(page.lines.text[match.end : line.end][:60]):
        return None
    if match.partial and not (page.in_zone(number) or (credited(line) and match.time)):
        return None
    alone = _alone(page, match, line)
    if page.after_text_begins(number) and alone and match.time is None and not match.partial:
        return None if page.foreign(line) else (Tier.SIGNATURE, score)
    if score >= _ENOUGH - (match.partial and page.in_zone(number)):
        return Tier.SHOWN, score
    set_off = alone or match.time or credited(line) or _at_an_end(line, match)
    if not match.partial and score >= 1 and set_off:
        return Tier.LIKELY, score
    return None


def _score(page: Page, match: DayMatch, line: Line, number: int) -> int:
    alone = _alone(page, match, line)
    told_of = credited(line)
    score = 2 * alone + 2 * (match.time is not None) + 2 * told_of
    score += _TIMED.search(line.marks) is not None
    # Right under the title even 张三-2026-03-08 is a line of credits.
    near = page.at is not None and page.at < number <= page.at + 3 and len(line.text) <= 30
    told = bool(score) or near
    if page.in_zone(number):
        # Enough that nothing above the title, such as a ticking clock, comes near.
        score += 8 if told else 1
    elif page.at is not None and number == page.at:
        score += 3
    elif page.at is not None and page.at - 6 <= number < page.at:
        score += 2
    elif page.at is None and page.before_title(number):
        score += 1
    score -= 3 * page.foreign(line) + 2 * match.partial + (match.form == "stamp")
    return score - 2 * (len(line.text) > 160)


def _alone(page: Page, match: DayMatch, line: Line) -> bool:
    if match.form in ("stamp", "split"):
        return True
    rest = page.lines.text[line.start : match.start] + page.lines.text[match.end : line.end]
    return len(re.sub(r"[\W_]+|星期.|周[一二三四五六日]", "", rest)) <= 1


def _at_an_end(line: Line, match: DayMatch) -> bool:
    """True for a day set off by a blank at either end of a short line."""
    before = line.text[: match.start - line.start]
    after = line.text[match.end - line.start :]
    return len(line.text) <= 40 and (
        (not before and after.startswith(" ")) or (not after and before.endswith(" "))
    )


def _in_title(page: Page, match: DayMatch, line: Line, number: int) -> bool:
    """True for a day that is part of the title, wherever the title is repeated."""
    title, plain = key(page.title), key(line.text)
    repeated = bool(title) and (title in plain or (len(plain) >= 8 and plain in title))
    if number != page.at and not repeated:
        return False
    return match.time is None and bool(match.text) and key(match.text) in title


def _credits_near(line: Line, match: DayMatch) -> bool:
    at = match.start - line.start
    window = line.text[max(0, at - 20) : at] + "\n" + line.text[at + len(match.text) :][:20]
    return PEOPLE.search(window) is not None or (
        match.time is not None and CREDITS.search(window) is not None
    )


def _runs_in_sentence(line: Line, match: DayMatch) -> bool:
    rest = len(line.text) - len(match.text)
    return rest >= PROSE and SENTENCE.search(line.text) is not None
