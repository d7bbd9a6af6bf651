"""Pages in the shape of the CMS families, of an invented county; the day they are read is fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from crawler.reading.document import Document

TITLES = (
    "关于印发云泽县防汛应急预案的通知",
    "县人民政府召开第十二次常务会议",
    "云泽县一季度经济运行情况",
    "关于公开征求停车管理办法意见的公告",
    "县教育局关于义务教育招生入学工作的通知",
)
FRAME = (
    "<html><head><title>{title}-云泽县人民政府</title>{head}</head><body>"
    '<div class="header">今天是2026年3月20日 星期五</div>'
    '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>'
    "<h2>{title}</h2>{body}"
    '<div class="footer">主办：云泽县人民政府办公室 最后更新：2026-03-19</div></body></html>'
)
TODAY = date(2026, 3, 20)


class County:
    """Writes the pages of the invented county. Item 1 is the newest, each three days older."""

    @staticmethod
    def title(number: int) -> str:
        return f"{TITLES[number % len(TITLES)]}（{number}）"

    @staticmethod
    def day(number: int) -> str:
        return (TODAY - timedelta(days=3 * number - 2)).isoformat()

    def days(self, first: int, last: int) -> list[str]:
        return [self.day(n) for n in range(first, last + 1)]

    def row(self, number: int, href: str) -> str:
        title = self.title(number)
        short = f"{title[:12]}…"
        return (
            f'<li><a href="{href}" title="{title}">{short}</a><span>{self.day(number)}</span></li>'
        )

    def rows(self, first: int, last: int, href: Callable[[int], str] = "/zw/{}.html".format) -> str:
        return "".join(self.row(n, href(n)) for n in range(first, last + 1))

    @staticmethod
    def page(body: str, url: str, title: str = "通知公告", head: str = "") -> Document:
        return Document(FRAME.format(title=title, body=body, head=head), url)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def county() -> County:
    return County()
