"""TRS WCM: the pager is nothing but a script call, whose figures may be lies."""

from __future__ import annotations

from collections.abc import Sequence

from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_ADDRESS = "{ym}/t{ymd}_{token}.shtml"
_SIZE = 15


def _list(stage: Stage, name: str, notices: Sequence[Notice], pager: str) -> str:
    rows = "".join(
        f'<li><span>{n.day}</span><a href="{n.at}" title="{n.title}">{n.short}</a></li>\n'
        for n in notices
    )
    content = (
        f'<h2>{name}</h2><ul class="news">\n{rows}</ul>\n'
        f'<div class="fy"><script>{pager}</script></div>'
    )
    return stage.page(name, content, crumbs=("政务公开", name))


def _paged(
    stage: Stage, folder: str, name: str, notices: Sequence[Notice], pager: str
) -> dict[str, Route]:
    """A column over all its pages; `pager` has a slot for the number of the page, from 0."""

    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        call = pager.format(number=number - 1, pages=pages, records=len(notices))
        return _list(stage, name, part, call)

    found = stage.paged(
        notices, _SIZE, lambda n: f"{folder}index{f'_{n - 1}' if n > 1 else ''}.shtml", page
    )
    return {**found, folder: found[f"{folder}index.shtml"]}


def _play(stage: Stage) -> Scene:
    plain = stage.notices("notice", 40, age=3, every=3, at=f"tzgg/{_ADDRESS}")
    boxed = stage.notices("paper", 34, age=20, every=8, at=f"zfwj/{_ADDRESS}")
    lying = stage.notices("plan", 8, age=40, every=30, at=f"ghjh/{_ADDRESS}")
    kept = stage.notices("law", 15, age=700, every=60, at=f"flfg/{_ADDRESS}")
    fresh = stage.notices("law", 22, age=16, every=20, at=f"flfg/{_ADDRESS}")
    recounted = (*kept, *fresh)
    routes = {
        **_paged(
            stage,
            "tzgg/",
            "通知公告",
            plain,
            'createPageHTML({pages},{number},"index","shtml","{records}");',
        ),
        **_paged(
            stage,
            "zfwj/",
            "政府文件",
            boxed,
            "createPageHTML('pages', {pages}, {number}, 'index', 'shtml', {records});",
        ),
        # The site's script counts the pages anew from the records; the first number is a relic.
        **_paged(
            stage,
            "flfg/",
            "法律法规",
            recounted,
            'createPageHTML(1,{number},"index","shtml","{records}");',
        ),
        # The site's own numbers disagree: 125 pages of 8 items. There is no second page.
        **_paged(
            stage,
            "ghjh/",
            "规划计划",
            lying,
            'var countPage = 125; var total = 8; createPageHTML(125,{number},"index","shtml");',
        ),
    }
    return Scene(
        (
            stage.told("通知公告", "tzgg/", Frequency.WEEKLY, plain, items=None),
            stage.told("政府文件", "zfwj/", Frequency.MONTHLY, boxed, items=None),
            # Page one is all pinned: the newest item stands behind what seems the last page.
            stage.told("法律法规", "flfg/", Frequency.MONTHLY, recounted, items=None, page=False),
            stage.told("规划计划", "ghjh/", Frequency.MONTHLY, lying, complete=True),
        ),
        routes,
    )


VARIANT = Variant(1, "trs", "TRS静态列表", _play)
