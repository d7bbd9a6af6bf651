"""Columns that are searches: a query for an address, snippets full of other days in the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from demo.frame import cn
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_SIZE = 10


def _snippet(n: Notice) -> str:
    """A piece of the text found: it speaks of days before and after the day of publication."""
    held, due = n.day - timedelta(days=40), n.day + timedelta(days=20)
    return f"…{cn(held)}，会议研究了<em>有关</em>工作，要求于{cn(due)}前完成，现将情况通知如下…"


def _was5(part: Sequence[Notice]) -> str:
    return "".join(
        f'<li class="res"><a href="{n.at}" title="{n.title}">{n.title}</a><p>{_snippet(n)}</p>'
        f'<div class="src"><span>{n.source}</span><span>发布时间：{n.day}</span></div></li>\n'
        for n in part
    )


def _central(part: Sequence[Notice]) -> str:
    return "".join(
        f'<div class="dys_middle_result_content_item"><a href="{n.at}" target="_blank">'
        f'<h5 class="title">{n.title}</h5><p class="description">{_snippet(n)}</p>'
        f'<p class="date"><span>{n.day:%Y.%m.%d}</span><span>{n.source}</span></p></a></div>\n'
        for n in part
    )


def _play(stage: Stage) -> Scene:
    papers = stage.notices("paper", 24, age=6, every=5, at="{ym}/t{ymd}_{token}.htm")
    reading = stage.notices("reading", 18, age=45, every=20)
    routes: dict[str, Route] = {}

    def searched(
        name: str, notices: Sequence[Notice], query: str, shown: Callable[[Sequence[Notice]], str]
    ) -> None:
        """The pages of one search, each at the address with the number of its page."""
        parts = [notices[n : n + _SIZE] for n in range(0, len(notices), _SIZE)]

        def at(number: int) -> str:
            return f"search?{query}" if number == 1 else f"search?{query}&page={number}"

        for number, part in enumerate(parts, 1):
            links = "".join(
                f'<a href="{at(n)}">{n}</a>' for n in range(1, len(parts) + 1) if n != number
            )
            after = f'<a href="{at(number + 1)}">下一页</a>' if number < len(parts) else ""
            body = (
                f'<form action="search"><input name="searchword"></form><h2>{name}</h2>'
                f"<p>共找到{len(notices)}条结果，用时0.03秒</p><ul>{shown(part)}</ul>"
                f'<div class="page">{links}{after}</div>'
            )
            routes[at(number)] = stage.one(stage.page(name, body, crumbs=(name,)))

    searched("规范性文件", papers, "channelid=203116&classsql=chnlid%3D30170", _was5)
    searched("政策解读", reading, "t=zhengcelibrary_jd&sort=pubtime&p=1", _central)
    return Scene(
        (
            stage.told(
                "规范性文件",
                "search?channelid=203116&classsql=chnlid%3D30170",
                Frequency.YEARLY,
                papers,
                titles=tuple(n.title for n in papers),
            ),
            stage.told(
                "政策解读",
                "search?t=zhengcelibrary_jd&sort=pubtime&p=1",
                Frequency.YEARLY,
                reading,
            ),
        ),
        routes,
    )


VARIANT = Variant(20, "search", "检索结果栏目", _play)
