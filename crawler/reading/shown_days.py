"""The days a page shows, weighed by label and by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import islice

from crawler.reading.days import DayMatch, bare_day, find_day, find_days, unix_day
from crawler.reading.labels import Label, Rank, label_before
from crawler.reading.lines import Line, Lines
from crawler.reading.numerals import fold
from crawler.reading.titles import key
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


_CREDITS = re.compile(
    r"来源|稿源|作者|编辑|记者|责编|浏览|阅读|点击|字体|字号|分享|打印|访问次数|评论|发布|时间|日期|供稿|通讯员|"
    r"审核|人气|收藏|访问量|source|author|views?\b|\bby\b",
    re.I,
)
_CLOCK = re.compile(
    r"星期|农历|阴历|天气|气温|℃|今天是|今日是|现在是|北京时间|当前时间|欢迎|"
    r"周[一二三四五六日](?![年报刊]|$)|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_FOOTER = re.compile(
    r"版权|copyright|©|\(c\)|ICP|备案|公网安备|标识码|建站|技术支持|承办|主办单位|建议使用|累计访问|您是第|"
    r"网站地图|最后更新|页面更新|更新至|服务热线|在线人数",
    re.I,
)
_NEIGHBOUR = re.compile(
    r"上一[篇条页]|下一[篇条页]|相关(?:链接|文章|新闻|阅读|推荐|信息)|延伸阅读|热门|推荐阅读"
)
_EVENT = re.compile(
    r"地\s?点|主讲|报告人|主持人|参加人|出席|截止|报名|开标|投标|考试|面试|讲座|会议室"
)
_ENACTED = re.compile(
    r"^\s?[^。]{0,40}(?:通过|修订|修正|施行|批准|公布施行|印发|废止|实施|第[一二三四五六七八九十\d]+次)"
)
_TIMED = re.compile(
    r"time|date|pub|info|source|meta|laiyuan|(?:^|[-_\s])(?:rq|sj|ly|fbsj|from)", re.I
)
_SENTENCE = re.compile(r"[，。；]")
_PROSE = 45
_REACH = 14
_ENOUGH = 4
_CLOSE = 2
_MOST = 3000


class _Page:
    """The page's landmarks: title, first sentence, own regions."""

    def __init__(self, lines: Lines, title: str, title_line: int | None) -> None:
        self.lines = lines
        self.title = fold(title)
        self.at = title_line
        # Menus and headers that hold the title hold the article: they are no menus.
        self.own = frozenset(lines[title_line].regions) if title_line is not None else frozenset()
        self.prose = next(
            (
                n
                for n in range(0 if title_line is None else title_line + 1, len(lines))
                if self._is_prose(lines[n])
            ),
            None,
        )

    def _is_prose(self, line: Line) -> bool:
        return (
            len(line.text) >= _PROSE
            and line.link * 3 < len(line.text)
            and len(_SENTENCE.findall(line.text)) >= 1
            and not self.foreign(line)
        )

    def foreign(self, line: Line) -> bool:
        """True inside a menu, sidebar or footer."""
        return any(region not in self.own for region in line.regions)

    def in_zone(self, number: int) -> bool:
        """True between title and text, where portals put the credits."""
        if self.at is None:
            return False
        end = self.at + _REACH if self.prose is None else min(self.prose, self.at + _REACH)
        return self.at < number < end

    def before_title(self, number: int) -> bool:
        """True above the title, or above all text where no title was found."""
        if self.at is not None:
            return number < self.at
        return self.prose is None or number < self.prose

    def after_text_begins(self, number: int) -> bool:
        """True below the first sentence."""
        return self.prose is not None and number > self.prose


def shown_days(
    lines: Lines, title: str, title_line: int | None, today: date, hints: frozenset[date]
) -> ShownDays:
    """Weigh every day the page shows. `hints` are days the head and the address agree on."""
    page = _Page(lines, title, title_line)
    candidates: list[Candidate] = []
    future: list[DayReading] = []
    faults: list[str] = []
    latest = today + timedelta(days=1)
    for match, number, label in islice(_matches(page, today), _MOST):
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


def _matches(page: _Page, today: date) -> Iterator[tuple[DayMatch, int, Label | None]]:
    """Days of the text and of date attributes, with their line and label."""
    lines = page.lines
    for match in find_days(lines.text, today):
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
        yield match, first, label_before(lines.text, match.start)
    for number, line in enumerate(lines):
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
    page: _Page, match: DayMatch, number: int, label: Label | None, agreed: bool
) -> tuple[Tier, int] | None:
    line = page.lines[number]
    rank = Rank.NONE if label is None else label.rank
    if rank is Rank.NEVER or match.form == "approximate" or _in_title(page, match, line, number):
        return None
    score = _score(page, match, line, number) + 2 * agreed
    if rank in (Rank.PUBLISHED, Rank.ANNOUNCED, Rank.ISSUED, Rank.SIGNED) and label is not None:
        return _labelled(page, match, line, number, label, score)
    if line.listed or _beside_link(page, number) or _FOOTER.search(line.text):
        return None
    if _NEIGHBOUR.search(line.text) or _is_clock(page, number):
        return None
    if rank is Rank.CHANGED:
        return (Tier.LIKELY, score) if page.in_zone(number) or _credits(line) else None
    return _unlabelled(page, match, line, number, score)


def _labelled(
    page: _Page, match: DayMatch, line: Line, number: int, label: Label, score: int
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
            if len(text := page.lines[n].text) < _PROSE
        )
        if _EVENT.search(around[:200]) or not (page.in_zone(number) or _others_credited(line)):
            return None
        return Tier.SHOWN, score + 1
    tier = {
        Rank.PUBLISHED: Tier.LABELLED,
        Rank.ANNOUNCED: Tier.ANNOUNCED,
        Rank.ISSUED: Tier.ISSUED,
        Rank.SIGNED: Tier.SIGNED,
    }[label.rank]
    return tier, score


def _unlabelled(
    page: _Page, match: DayMatch, line: Line, number: int, score: int
) -> tuple[Tier, int] | None:
    if _runs_in_sentence(line, match) and not (_credits_near(line, match) and match.time):
        return None
    if _ENACTED.search(page.lines.text[match.end : line.end][:60]):
        return None
    if match.partial and not (page.in_zone(number) or (_credits(line) and match.time)):
        return None
    alone = _alone(page, match, line)
    if page.after_text_begins(number) and alone and match.time is None and not match.partial:
        return Tier.SIGNATURE, score
    if score >= _ENOUGH - (match.partial and page.in_zone(number)):
        return Tier.SHOWN, score
    if not match.partial and score >= 1 and (alone or match.time or _credits(line)):
        return Tier.LIKELY, score
    return None


def _score(page: _Page, match: DayMatch, line: Line, number: int) -> int:
    alone = _alone(page, match, line)
    credited = _credits(line)
    score = 2 * alone + 2 * (match.time is not None) + 2 * credited
    score += _TIMED.search(line.marks) is not None
    told = bool(score)
    if page.in_zone(number):
        score += 4 if told else 1
    elif page.at is not None and number == page.at:
        score += 3
    elif page.at is not None and page.at - 6 <= number < page.at:
        score += 2
    elif page.at is None and page.before_title(number):
        score += 1
    score -= 3 * page.foreign(line) + 2 * match.partial + (match.form == "stamp")
    return score - 2 * (len(line.text) > 160)


def _alone(page: _Page, match: DayMatch, line: Line) -> bool:
    if match.form in ("stamp", "split"):
        return True
    rest = page.lines.text[line.start : match.start] + page.lines.text[match.end : line.end]
    return len(re.sub(r"[\W_]+|星期.|周[一二三四五六日]", "", rest)) <= 1


def _in_title(page: _Page, match: DayMatch, line: Line, number: int) -> bool:
    """True for a day that is part of the title, wherever the title is repeated."""
    title, plain = key(page.title), key(line.text)
    repeated = bool(title) and (title in plain or (len(plain) >= 8 and plain in title))
    if number != page.at and not repeated:
        return False
    return match.time is None and bool(match.text) and key(match.text) in title


def _beside_link(page: _Page, number: int) -> bool:
    """True right below or above a line that is nothing but a title link: one of a list."""
    wanted = key(page.title)
    for other in (number - 1, number + 1):
        if 0 <= other < len(page.lines):
            line = page.lines[other]
            if line.linked and key(line.text) != wanted and ">" not in line.text:
                return not page.in_zone(number)
    return False


def _is_clock(page: _Page, number: int) -> bool:
    """True for the header's own calendar: a weekday, weather or greeting next to the date."""
    line = page.lines[number]
    if page.in_zone(number) and (page.at is not None):
        return bool(re.search(r"农历|天气|℃|今天是|现在是", line.text))
    if not page.before_title(number):
        return page.foreign(line) and _CLOCK.search(line.text) is not None
    if _others_credited(line):
        return False
    around = [line.text]
    for other in (number - 1, number + 1):
        if 0 <= other < len(page.lines) and len(page.lines[other].text) <= 24:
            around.append(page.lines[other].text)
    return any(_CLOCK.search(text) for text in around)


def _credits(line: Line) -> bool:
    return len(line.text) <= 200 and _CREDITS.search(line.text) is not None


def _others_credited(line: Line) -> bool:
    """Credits besides the label of the date itself."""
    return (
        re.search(
            r"来源|稿源|作者|编辑|责编|记者|浏览|阅读|点击|字体|字号|访问|打印|人气", line.text
        )
        is not None
    )


def _credits_near(line: Line, match: DayMatch) -> bool:
    at = match.start - line.start
    window = line.text[max(0, at - 30) : at] + line.text[at + len(match.text) :][:30]
    return _CREDITS.search(window) is not None


def _runs_in_sentence(line: Line, match: DayMatch) -> bool:
    rest = len(line.text) - len(match.text)
    return rest >= _PROSE and _SENTENCE.search(line.text) is not None
