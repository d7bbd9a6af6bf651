"""A day in two pieces: year over month and day, or the day big above year and month."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import Frequency


def _play(stage: Stage) -> Scene:
    over = stage.notices("reading", 9, age=6, every=20)
    big = stage.notices("notice", 9, age=12, every=6)
    plain = stage.notices("plan", 9, age=30, every=25)
    rows = "".join(
        f'<div class="one"><time><div>{n.day.year}</div><div>{n.day:%m.%d}</div></time>'
        f'<div class="t"><a href="{n.at}" title="{n.title}">{n.title}</a></div></div>\n'
        for n in over
    )
    first = stage.page("政策解读", f'<div class="ls">\n{rows}</div>', crumbs=("公开", "政策解读"))
    rows = "".join(
        f'<li><div class="rq"><b>{n.day:%d}</b><i>{n.day:%Y年%m月}</i></div>'
        f'<p><a href="{n.at}">{n.title}</a></p></li>\n'
        for n in big
    )
    second = stage.page("通知公告", f"<ul class='it'>\n{rows}</ul>", crumbs=("公开", "通知公告"))
    rows = "".join(
        f'<li><span class="d">{n.day:%d}</span><span class="m">{n.day:%Y-%m}</span>'
        f'<a href="{n.at}">{n.title}</a></li>\n'
        for n in plain
    )
    third = stage.page("规划信息", f"<ul>\n{rows}</ul>", crumbs=("公开", "规划信息"))
    return Scene(
        (
            stage.told("政策解读", "zcjd/", Frequency.QUARTERLY, over),
            stage.told("通知公告", "tzgg/", Frequency.WEEKLY, big),
            stage.told("规划信息", "ghxx/", Frequency.MONTHLY, plain),
        ),
        {"zcjd/": stage.one(first), "tzgg/": stage.one(second), "ghxx/": stage.one(third)},
    )


VARIANT = Variant(5, "split", "拆开的日期", _play)
