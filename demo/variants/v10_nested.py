"""A list inside every item, with newer items of other columns; an empty item after every five."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import Frequency


def _play(stage: Stage) -> Scene:
    items = stage.notices("paper", 20, age=18, every=7, at="tz/{ym}/t{ymd}_{token}.html")
    related = stage.notices("reading", 20, age=1, every=1, at="jd/{ym}/t{ymd}_{token}.html")
    rows = []
    for number, (one, other) in enumerate(zip(items, related, strict=True), 1):
        rows.append(
            f'<li>\n<a href="{one.at}" target="_blank">{one.title}</a>\n<div class="popbox"><ul>'
            f'<li><a href="{other.at}" title="{other.title}">解读：{other.title}</a></li>'
            f"</ul></div>\n<span>{one.day:%Y/%m/%d}</span></li>\n"
        )
        if number % 5 == 0:
            rows.append('<li class="empty"></li>\n')
    dated = [
        row.replace("</a></li></ul>", f"</a><em>{other.day}</em></li></ul>")
        for row, other in zip((row for row in rows if "popbox" in row), related, strict=True)
    ]
    first = stage.page("通知", f'<ul class="u-list">\n{"".join(rows)}</ul>', crumbs=("通知",))
    second = stage.page("公告", f'<ul class="u-list">\n{"".join(dated)}</ul>', crumbs=("公告",))
    absent = tuple(n.title for n in related) + tuple(f"解读：{n.title}" for n in related)
    return Scene(
        (
            stage.told("通知", "tz/", Frequency.MONTHLY, items, absent=absent),
            stage.told("公告", "gg/", Frequency.MONTHLY, items, absent=absent),
        ),
        {"tz/": stage.one(first), "gg/": stage.one(second)},
    )


VARIANT = Variant(10, "nested", "条目内嵌列表", _play)
