"""Where in a page things stand: its title, its first sentence, its credits, clocks and footers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading.lines import TITLE_LINK, Line, Lines
from crawler.reading.numerals import fold
from crawler.reading.titles import key

CREDITS = re.compile(
    r"来源|稿源|作者|编辑|记者|责编|浏览|阅读|点击|字体|字号|分享|打印|访问次数|评论|发布|时间|日期|供稿|通讯员|"
    r"审核|人气|收藏|访问量|source|author|views?\b|\bby\b",
    re.I,
)
PEOPLE = re.compile(
    r"(?:来源|稿源|作者|编辑|责编|记者|浏览\S{0,3}|阅读\S{0,2}|点击\S{0,2}|字体|字号|访问\S{0,2}|人气)\s{0,2}[:：【\[(（]|"
    r"(?:来源|打印|收藏)(?:$|\s|[】\])）])"
)
_CLOCK = re.compile(
    r"星期|农历|阴历|天气|气温|℃|今天是|今日是|现在是|北京时间|当前时间|欢迎|"
    r"周[一二三四五六日](?![年报刊]|$)|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
)
_DATED = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}")
FOOTER = re.compile(
    r"版权|copyright|©|\(c\)|ICP|备案|公网安备|标识码|建站|技术支持|承办|主办单位|建议使用|累计访问|您是第|"
    r"网站地图|最后更新|页面更新|更新至|服务热线|在线人数",
    re.I,
)
NEIGHBOUR = re.compile(
    r"上一[篇条页]|下一[篇条页]|相关(?:链接|文章|新闻|阅读|推荐|信息)|延伸阅读|热门|推荐阅读"
)
SENTENCE = re.compile(r"[，。；]|[a-z][,;.] [A-Za-z]")
PROSE = 45
_REACH = 14
_SHORT = 40
_MANY = 3
_NEAR = 3
_SENTENCE_LENGTH = 20


class Page:
    """The page's landmarks: title, first sentence, own regions.

    `marked` are the numbers of the lines in which a day may stand.
    """

    def __init__(
        self, lines: Lines, title: str, title_line: int | None, marked: Sequence[int]
    ) -> None:
        self.lines = lines
        self.title = fold(title)
        self.at = title_line
        # Menus and headers that hold the title hold the article: they are no menus.
        around = lines[title_line].regions if title_line is not None else ()
        self.own = frozenset(map(id, around))
        self.prose = next(
            (
                n
                for n in range(0 if title_line is None else title_line + 1, len(lines))
                if self._is_prose(lines[n])
            ),
            None,
        )

        self.beside_list = _lists_others(lines, marked)

    def _is_prose(self, line: Line) -> bool:
        return (
            len(line.text) >= PROSE
            and line.link * 3 < len(line.text)
            and len(SENTENCE.findall(line.text)) >= 1
            and not self.foreign(line)
        )

    def foreign(self, line: Line) -> bool:
        """True inside a menu, sidebar or footer."""
        return any(id(region) not in self.own for region in line.regions)

    def in_zone(self, number: int) -> bool:
        """True between title and text, where portals put the credits."""
        if self.at is None:
            return False
        end = self.at + _REACH if self.prose is None else min(self.prose, self.at + _REACH)
        return self.at < number < end

    def right_above_text(self, number: int) -> bool:
        """True for a short line of the page's own that sentences follow soon."""
        line = self.lines[number]
        if len(line.text) > _SHORT or self.foreign(line):
            return False
        return any(
            len(other.text) >= _SENTENCE_LENGTH
            and SENTENCE.search(other.text) is not None
            and other.link * 3 < len(other.text)
            and not self.foreign(other)
            for other in self.lines.following(number, _NEAR)
        )

    def before_title(self, number: int) -> bool:
        """True above the title, or above all text where no title was found."""
        if self.at is not None:
            return number < self.at
        return self.prose is None or number < self.prose

    def after_text_begins(self, number: int) -> bool:
        """True below the first sentence."""
        return self.prose is not None and number > self.prose


def _lists_others(lines: Lines, marked: Sequence[int]) -> bool:
    """True where three or more dates stand in table rows or lines of other articles' links."""
    rows = followed = 0
    for number in dict.fromkeys(marked):
        line = lines[number]
        if len(line.text) > _SHORT or _DATED.search(line.text) is None:
            continue
        followed += number > 0 and lines[number - 1].linked and not line.linked
        rows += not line.listed_by_entry and line.listed
        if rows >= _MANY or followed >= _MANY:
            return True
    return False


def beside_link(page: Page, number: int) -> bool:
    """True right below or above a line that is nothing but a title link: one of a list."""
    wanted = key(page.title)
    for other in (number - 1, number + 1):
        if 0 <= other < len(page.lines):
            line = page.lines[other]
            # Several links to tools (打印本页, 关闭窗口) are no title, however long together.
            titled = line.linked and line.longest >= TITLE_LINK
            if titled and key(line.text) != wanted and ">" not in line.text:
                return page.beside_list or not page.in_zone(number)
    return False


def is_clock(page: Page, number: int) -> bool:
    """True for the header's own calendar: a weekday, weather or greeting next to the date."""
    line = page.lines[number]
    if page.in_zone(number) and (page.at is not None):
        return bool(re.search(r"农历|天气|℃|今天是|现在是", line.text))
    if not page.before_title(number):
        return page.foreign(line) and _CLOCK.search(line.text) is not None
    if names_people(line):
        return False
    around = [line.text]
    for other in (number - 1, number + 1):
        if 0 <= other < len(page.lines) and len(page.lines[other].text) <= 24:
            around.append(page.lines[other].text)
    return any(_CLOCK.search(text) for text in around)


def credited(line: Line) -> bool:
    """Words of credits in a line short enough to be one."""
    return len(line.text) <= 200 and CREDITS.search(line.text) is not None


def names_people(line: Line) -> bool:
    """Credits besides the label of the date itself."""
    return PEOPLE.search(line.text) is not None
