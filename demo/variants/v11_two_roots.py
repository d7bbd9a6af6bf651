"""Whole documents pasted into one another, and text after the end of the document."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import Frequency


def _play(stage: Stage) -> Scene:
    news = stage.notices("notice", 12, age=6, every=5)
    late = stage.notices("paper", 12, age=29, every=11)
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in news)
    pasted = (
        "<!DOCTYPE html><html><head><title>网站头部</title></head><body>"
        f'<div class="top"><span>{stage.as_of} 欢迎您</span></div></body></html>\n'
    )
    page = stage.page("通知公告", f"<ul>\n{rows}</ul>", crumbs=("通知公告",))
    # The header is a document of its own, in front of the page and inside it.
    first = pasted + page.replace("<main", f"{pasted}<main", 1).replace(
        '<div class="w1200 zt">', f'{pasted}<div class="w1200 zt">', 1
    )
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in late)
    empty = stage.page("政府公报", "", crumbs=("政府公报",), side=False)
    # The template ends before the list begins.
    second = f'{empty}<div class="gb"><h2>政府公报</h2><ul>\n{rows}</ul></div>\n</body></html>\n'
    return Scene(
        (
            stage.told("通知公告", "tzgg/", Frequency.WEEKLY, news),
            stage.told("政府公报", "zfgb/", Frequency.MONTHLY, late),
        ),
        {"tzgg/": stage.one(first), "zfgb/": stage.one(second)},
    )


VARIANT = Variant(11, "two-roots", "两个文档根", _play)
