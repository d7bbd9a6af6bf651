"""The whole item is one link: heading, summary and day inside the anchor."""

from __future__ import annotations

from demo import prose
from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import Frequency


def _play(stage: Stage) -> Scene:
    news = stage.notices("district", 12, age=2, every=4)
    rows = "".join(
        f'<a href="{n.at}" target="_blank" class="k"><div class="tx"><h1>{n.title}</h1>'
        f"<p>{prose.paragraphs(n.day, stage.rng(n.title), 1)[0]}</p>"
        f'<div class="sj"><span>{n.day}</span><span>{n.source}</span></div></div></a>\n'
        for n in news
    )
    page = stage.page("工作动态", f'<div class="list">\n{rows}</div>', crumbs=("新闻", "工作动态"))
    titles = tuple(n.title for n in news)
    return Scene(
        (stage.told("工作动态", "gzdt/", Frequency.WEEKLY, news, titles=titles),),
        {"gzdt/": stage.one(page)},
    )


VARIANT = Variant(4, "block", "整块链接", _play)
