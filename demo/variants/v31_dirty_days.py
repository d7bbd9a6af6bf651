"""Dirty days: in the future, in no calendar, hidden in attributes and comments, in another zone.

Nor is the newest item the first: editors keep their own order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from demo.variants.base import Route, Scene, Told, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency, Outcome, Verdict


def _rows(notices: Sequence[Notice], cell: Callable[[Notice], str]) -> str:
    return "".join(f'<li><a href="{n.at}">{n.title}</a>{cell(n)}</li>\n' for n in notices)


def _span(notice: Notice) -> str:
    return f"<span>{notice.day}</span>"


def _abroad(notice: Notice) -> str:
    """Half past midnight here is still the day before in Greenwich."""
    there = datetime.combine(notice.day, time(0, 30)) - timedelta(hours=8)
    return f'<time datetime="{there:%Y-%m-%dT%H:%M:%SZ}"></time>'


def _play(stage: Stage) -> Scene:
    columns: list[Told] = []
    routes: dict[str, Route] = {}

    def column(
        name: str,
        folder: str,
        frequency: Frequency,
        body: str,
        notices: Sequence[Notice],
        **known: object,
    ) -> None:
        routes[folder] = stage.one(stage.page(name, f"<ul>\n{body}</ul>", crumbs=(name,)))
        columns.append(stage.told(name, folder, frequency, notices, **known))

    news = stage.notices("notice", 12, age=5, every=5)
    ahead = stage.notice("关于开展年度考核工作的通知", stage.as_of + timedelta(days=9))
    far = stage.notice("关于启用新版印章的公告", date(stage.as_of.year + 10, 1, 2))
    both = (ahead, far, *news)
    column("通知公告", "tzgg/", Frequency.WEEKLY, _rows(both, _span), both)

    papers = stage.notices("paper", 9, age=22, every=20)
    faults = ("0001-01-01", "1970-01-01", f"{stage.as_of.year}-02-30", "0000-00-00", "2025-13-05")
    marked = [
        stage.notice(f"关于公布《规范性文件目录（第{n}批）》的通知", stage.ago(0))
        for n in range(1, 6)
    ]
    body = _rows(papers[:3], _span)
    shown = dict(zip(marked, faults, strict=True))
    body += _rows(marked, lambda n: f"<span>{shown[n]}</span>")
    body += _rows(papers[3:], _span)
    column("规范性文件", "gfxwj/", Frequency.MONTHLY, body, papers, items=len(papers) + len(marked))

    bare = stage.notices("reading", 9, age=19, every=30)
    column("政策解读", "zcjd/", Frequency.MONTHLY, _rows(bare, lambda n: ""), bare, page=False)

    named = stage.notices("stat", 9, age=13, every=30)
    body = _rows(named, lambda n: f'<span class="i" title="发布时间：{n.day} 09:20">详情</span>')
    column("统计信息", "tjxx/", Frequency.MONTHLY, body, named)

    noted = stage.notices("plan", 9, age=35, every=60)
    body = _rows(noted, lambda n: f"<!-- <span>{n.day}</span> -->")
    column("规划计划", "ghjh/", Frequency.QUARTERLY, body, noted)

    # Days without years under the heading of a year long past, and days that scripts write.
    past = stage.notices("plan", 8, age=800, every=20)
    past = tuple(n for n in past if n.day.year == past[0].day.year)
    body = _rows(past, lambda n: f"<span>{n.day:%m-%d}</span>")
    body = f"<li class='nf'>{past[0].day.year}年</li>\n{body}"
    column("年度计划", "ndjh/", Frequency.YEARLY, body, past)

    scripted = stage.notices("stat", 9, age=24, every=30)
    body = _rows(
        scripted,
        lambda n: f'<span><script>document.write("{n.day} 09:30".substr(0, 10))</script></span>',
    )
    column("统计数据", "tjsj/", Frequency.MONTHLY, body, scripted)

    abroad = stage.notices("district", 9, age=2, every=6)
    column("工作动态", "gzdt/", Frequency.WEEKLY, _rows(abroad, _abroad), abroad)

    sorted_by_hand = stage.notices("notice", 18, age=4, every=11)
    rng = stage.rng("order")
    shuffled = rng.sample(sorted_by_hand, len(sorted_by_hand))
    shuffled.remove(sorted_by_hand[0])
    shuffled.insert(13, sorted_by_hand[0])
    column(
        "公示公告", "gsgg/", Frequency.WEEKLY, _rows(shuffled, _span), sorted_by_hand,
        titles=tuple(n.title for n in shuffled),
    )  # fmt: skip
    for name, folder, count in (("规章制度", "gzzd/", 15), ("历年公报", "lngb/", 66)):
        oldest_first = stage.notices("law", count, age=20, every=30)[::-1]
        routes |= _ascending(stage, name, folder, oldest_first)
        columns.append(
            stage.told(name, folder, Frequency.QUARTERLY, oldest_first, complete=True, page=False)
        )
    # Twenty pages are all that is read of a list: of this one not as far as its newest items.
    columns[-1] = replace(
        columns[-1],
        verdict=Verdict.NOT_CHECKED,
        reason=Outcome.BUDGET,
        last_updated=None,
        items=60,
        complete=False,
    )
    return Scene(tuple(columns), routes)


def _ascending(stage: Stage, name: str, folder: str, notices: Sequence[Notice]) -> dict[str, Route]:
    """A list kept from old to new, three items a page."""

    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        after = f'<a href="index_{number + 1}.html">下一页</a>' if number < pages else ""
        body = f"<ul>\n{_rows(part, _span)}</ul><p class='page'>{number}/{pages}页 {after}</p>"
        return stage.page(name, body, crumbs=(name,))

    return stage.paged(notices, 3, lambda n: f"{folder}{f'index_{n}.html' if n > 1 else ''}", page)


VARIANT = Variant(31, "dirty-days", "不规范的日期", _play)
