"""Older items first: unmarked in the same list, marked by an icon or a class, in a list above.

One column's first page holds nothing but pinned items; its news begin on page two.
"""

from __future__ import annotations

from collections.abc import Sequence

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency


def _row(notice: Notice, before: str = "", attribute: str = "") -> str:
    return (
        f'<li{attribute}>{before}<a href="{notice.at}" title="{notice.title}">{notice.title}</a>'
        f'<span class="date">{notice.day}</span></li>\n'
    )


def _rows(notices: Sequence[Notice]) -> str:
    return "".join(map(_row, notices))


def _play(stage: Stage) -> Scene:
    routes = {}
    columns = []

    def column(
        name: str, folder: str, frequency: Frequency, body: str, items: tuple[Notice, ...]
    ) -> None:
        routes[folder] = stage.one(stage.page(name, body, crumbs=("政务公开", name)))
        columns.append(stage.told(name, folder, frequency, items))

    icon = '<img src="/static/zd.gif" alt="置顶">'
    old = stage.notices("paper", 5, age=400, every=200)
    news = stage.notices("notice", 12, age=3, every=4)
    column(
        "通知公告", "tzgg/", Frequency.WEEKLY, f"<ul>\n{_rows(old)}{_rows(news)}</ul>", old + news
    )

    old = stage.notices("paper", 3, age=300, every=90)
    news = stage.notices("district", 12, age=10, every=5)
    marked = "".join(_row(n, icon, ' class="top"') for n in old)
    column("工作动态", "gzdt/", Frequency.WEEKLY, f"<ul>\n{marked}{_rows(news)}</ul>", old + news)

    old = stage.notices("paper", 2, age=700, every=90)
    news = stage.notices("reading", 12, age=25, every=9)
    above = f'<ul class="zd">\n{"".join(_row(n, "<em>[置顶]</em>") for n in old)}</ul>\n'
    column(
        "政策解读",
        "zcjd/",
        Frequency.MONTHLY,
        f"{above}<ul class='ls'>\n{_rows(news)}</ul>",
        old + news,
    )

    # A newest item kept on top by a mark is news all the same.
    top = stage.notices("stat", 1, age=8, every=1)
    rest = stage.notices("stat", 11, age=40, every=30)
    column(
        "统计信息",
        "tjxx/",
        Frequency.MONTHLY,
        f"<ul>\n{_row(top[0], icon)}{_rows(rest)}</ul>",
        top + rest,
    )

    kept = stage.notices("plan", 10, age=500, every=60)
    fresh = stage.notices("plan", 22, age=12, every=15)

    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        after = f'<a href="list_{number + 1}.html">下一页</a>' if number < pages else ""
        body = f'<ul>\n{_rows(part)}</ul><div class="page">共{pages}页 {after}</div>'
        return stage.page("规划计划", body, crumbs=("政务公开", "规划计划"))

    both = (*kept, *fresh)
    routes |= stage.paged(both, 10, lambda n: f"ghjh/{f'list_{n}.html' if n > 1 else ''}", page)
    columns.append(stage.told("规划计划", "ghjh/", Frequency.MONTHLY, both, items=None, page=False))
    return Scene(tuple(columns), routes)


VARIANT = Variant(9, "pinned", "置顶旧闻", _play)
