"""A pager packed as base64 of percent-encoded HTML, unpacked by `atob` and `decodeURIComponent`."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from urllib.parse import quote

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_UNPACK = (
    "<script>var p=document.getElementById('pages');"
    "p.innerHTML=decodeURIComponent(window.atob(p.innerHTML));</script>"
)


def _play(stage: Stage) -> Scene:
    kept = stage.notices("paper", 12, age=420, every=60)
    news = stage.notices("notice", 28, age=9, every=6)
    both = (*kept, *news)

    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        links = "".join(
            f"<span>{n}</span>" if n == number else f'<a href="index_{n}.html">{n}</a>'
            for n in range(1, pages + 1)
        )
        after = f'<a href="index_{number + 1}.html">下一页</a>' if number < pages else ""
        pager = f'<div class="fanye"><a href="index.html">首页</a>{links}{after}</div>'
        packed = base64.b64encode(quote(pager).encode()).decode()
        rows = "".join(
            f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in part
        )
        body = f'<ul>\n{rows}</ul><div id="pages">{packed}</div>{_UNPACK}'
        return stage.page("公示公告", body, crumbs=("公示公告",))

    found = stage.paged(both, 12, lambda n: f"gsgg/index{f'_{n}' if n > 1 else ''}.html", page)
    return Scene(
        (
            # Page one is all pinned: who cannot unpack the pager finds the column overdue.
            stage.told("公示公告", "gsgg/", Frequency.MONTHLY, both, items=None, page=False),
        ),
        {**found, "gsgg/": found["gsgg/index.html"]},
    )


VARIANT = Variant(13, "packed-pager", "编码的翻页", _play)
