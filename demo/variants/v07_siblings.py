"""Items without a wrapper: title, summary and day are siblings, or rows, of one container.

The summaries speak of other days.
"""

from __future__ import annotations

from datetime import timedelta

from demo.frame import cn
from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency


def _summary(notice: Notice) -> str:
    meeting = notice.day + timedelta(days=11 + notice.token % 17)
    return f"会议定于{cn(meeting)}召开，请各单位提前做好准备，按时报送材料。"


def _play(stage: Stage) -> Scene:
    loose = stage.notices("notice", 10, age=5, every=5)
    rowed = stage.notices("district", 10, age=3, every=4)
    listed = stage.notices("reading", 10, age=16, every=12)
    parts = "".join(
        f'<p class="t"><a href="{n.at}">{n.title}</a></p>\n<p class="s">{_summary(n)}</p>\n'
        f'<span class="d">时间：{n.day}</span>\n'
        for n in loose
    )
    first = stage.page("通知公告", f"<div class='news'>\n{parts}</div>", crumbs=("通知公告",))
    parts = "".join(
        f'<tr><td colspan=2><a href="{n.at}">{n.title}</a></td></tr>\n'
        f"<tr><td>{_summary(n)}</td><td align=right nowrap>[{n.day:%Y-%m-%d}]</td></tr>\n"
        "<tr><td colspan=2 height=1 bgcolor=#eee></td></tr>\n"
        for n in rowed
    )
    second = stage.page("工作动态", f"<table width=100%>\n{parts}</table>", crumbs=("工作动态",))
    parts = "".join(
        f'<dt><a href="{n.at}">{n.title}</a></dt><dd>{_summary(n)}</dd>'
        f"<dd>{n.source}　{n.day:%Y年%m月%d日}</dd>\n"
        for n in listed
    )
    third = stage.page("政策解读", f"<dl>\n{parts}</dl>", crumbs=("政策解读",))
    return Scene(
        (
            stage.told(
                "通知公告", "tzgg/", Frequency.WEEKLY, loose, titles=tuple(n.title for n in loose)
            ),
            stage.told(
                "工作动态", "gzdt/", Frequency.WEEKLY, rowed, titles=tuple(n.title for n in rowed)
            ),
            stage.told(
                "政策解读",
                "zcjd/",
                Frequency.MONTHLY,
                listed,
                titles=tuple(n.title for n in listed),
            ),
        ),
        {"tzgg/": stage.one(first), "gzdt/": stage.one(second), "zcjd/": stage.one(third)},
    )


VARIANT = Variant(7, "siblings", "条目无外层", _play)
