"""The central portal's manner: a page with a template and no items, the list in one JSON file."""

from __future__ import annotations

import json
from collections.abc import Sequence

from demo.reply import Reply
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_ROWS = 1_050
_OLD_SIZE = 20


def _file(notices: Sequence[Notice]) -> Route:
    rows = [
        {"TITLE": n.title, "SUB_TITLE": "", "URL": n.at, "DOCRELPUBTIME": n.day.isoformat()}
        for n in notices
    ]
    body = json.dumps(rows, ensure_ascii=False).encode()
    return lambda request: Reply(200, (("Content-Type", "application/json"),), body)


def _play(stage: Stage) -> Scene:
    policy = stage.notices("paper", _ROWS, age=1, every=1, article=False)
    old = stage.notices("state", 50, age=300, every=2, at="zhengce/{ym}/content_{token}.htm")
    # The page shows news beside its list, from a file of another column.
    template = (
        '<div class="side"><h3>要闻</h3><ul id="yaowen"></ul></div>'
        '<div class="list list_1"><ul id="list"></ul><div id="page"></div></div>'
        '<script>$.getJSON("../yaowen/YAOWENLIEBIAO.json", function (d) { show("#yaowen", d) });\n'
        '$.ajax({type: "get", url: "./ZUIXINZHENGCE.json", dataType: "json", success: function (d)'
        " { for (var i = 0; i < size; i++) { html += '<li><h4><a href=\"' + d[i].URL + '\">' +"
        " d[i].TITLE + '</a><span>' + d[i].DOCRELPUBTIME + '</span></h4></li>' }"
        " $('#list').html(html) }})</script>"
    )

    def rows(part: Sequence[Notice], number: int, pages: int) -> str:
        listed = "".join(
            f'<li><h4><a href="{n.at}">{n.title}</a><span>{n.day}</span></h4></li>' for n in part
        )
        links = "".join(f'<a href="home_{n}.htm">{n + 1}</a>' for n in range(pages))
        return stage.page("政策归档", f'<div class="list"><ul>{listed}</ul></div>{links}')

    parts = [old[n : n + _OLD_SIZE] for n in range(0, len(old), _OLD_SIZE)]
    archive = {
        f"guidang/home_{n}.htm": stage.one(rows(part, n, len(parts)))
        for n, part in enumerate(parts)
    }
    return Scene(
        (
            stage.told(
                "最新政策",
                "zuixin/",
                Frequency.WEEKLY,
                policy,
                page=False,
                complete=True,
                absent=tuple(n.title for n in stage.latest),
            ),
            stage.told("政策归档", "guidang/home_0.htm", Frequency.YEARLY, old, complete=True),
        ),
        {
            "zuixin/": stage.one(stage.page("最新政策", template, crumbs=("最新政策",))),
            "zuixin/ZUIXINZHENGCE.json": _file(policy),
            "yaowen/YAOWENLIEBIAO.json": _file(stage.latest),
            **archive,
        },
    )


VARIANT = Variant(16, "govcn", "整表JSON", _play)
