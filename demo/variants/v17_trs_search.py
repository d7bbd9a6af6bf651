"""TRS search lists: the first records printed in blocks that a script hides, the rest by POST."""

from __future__ import annotations

import json
from collections.abc import Sequence

from demo.reply import Reply, Request, html
from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_BLOCK = 5
_PRINTED = 50
_SIZE = 15
_JSON = (("Content-Type", "application/json;charset=UTF-8"),)


def _blocks(notices: Sequence[Notice]) -> str:
    """What the page prints: after the first block all wait for a click on their page's number."""
    shown = []
    for start in range(0, len(notices), _BLOCK):
        rows = "".join(
            f'<li><a href="{n.at}" title="{n.title}">{n.short}</a><span class="bf-pass">{n.day}'
            "</span></li>\n"
            for n in notices[start : start + _BLOCK]
        )
        shown.append(
            f'<div class="list_base_date_01" ms-visible="$showStatic({start // _SIZE + 1})"><ul>\n'
            f'{rows}</ul><div class="border_b_dashed"></div></div>'
        )
    return f'<div ms-visible="showStatic">{"".join(shown)}</div>'


def _script(total: int, channel: int) -> str:
    return (
        "<script>require(['avalon','list2.trsapi'],function(avalon,list){list.listModel({"
        f"vmid:'list',maxStaticIndex:{_PRINTED // _SIZE},url:'/fjdzapp/search',data:{{"
        f"channelid:'200210',sortfield:'-docorderpri,-docreltime',classsql:'chnlid={channel}',"
        "classcol:'publishyear',classnum:100,classsort:0,cache:true},"
        f"pagebar:{{prepage:{_SIZE},recordCount:'{total}'}}}})}})</script>"
    )


def _play(stage: Stage) -> Scene:
    notice = stage.notices("notice", 64, age=4, every=5, at="gsgg/{ym}/t{ymd}_{token}.htm")
    stat = stage.notices("stat", 30, age=18, every=9, at="tjxx/{ym}/t{ymd}_{token}.htm")
    channels = {"chnlid=4910": notice, "chnlid=4911": stat}
    # The box that searches the whole portal has a channel of its own.
    box = (
        "<form action='/was5/web/search'><input type='hidden' name='channelid' value='291118'>"
        "<input name='searchword'></form><script>function go(){window.open("
        "'/was5/web/search?channelid=291118&searchword='+word)}</script>"
    )

    def search(request: Request) -> Reply:
        asked = request.fields
        found = channels.get(asked.get("classsql", ""))
        if request.method != "POST" or asked.get("channelid") != "200210" or found is None:
            return html("<title>检索</title><p>检索条件有误</p>", 400)
        start = (int(asked["page"]) - 1) * int(asked["prepage"])
        rows = [
            {
                "doctitle": n.title,
                "docpuburl": n.at,
                "docreltime": f"{n.day} 09:12:00",
                "docsourcename": n.source,
                "classcol": str(n.day.year),
            }
            for n in found[start : start + int(asked["prepage"])]
        ]
        answer = {"count": len(found), "pageCount": -(-len(found) // _SIZE), "data": rows}
        return Reply(200, _JSON, json.dumps(answer, ensure_ascii=False).encode())

    def page(name: str, content: str) -> str:
        body = f'{box}<div ms-controller="list"><h2>{name}</h2>{content}</div>'
        return stage.page(name, body, crumbs=("政务公开", name))

    printed = _blocks(notice[:_PRINTED]) + _script(len(notice), 4910)
    bare = '<div ms-visible="!showStatic"><ul id="dyn"></ul></div>' + _script(len(stat), 4911)
    return Scene(
        (
            stage.told("公示公告", "gsgg/", Frequency.YEARLY, notice, complete=True),
            stage.told("统计信息", "tjxx/", Frequency.YEARLY, stat, page=False, complete=True),
        ),
        {
            "gsgg/": stage.one(page("公示公告", printed)),
            "tjxx/": stage.one(page("统计信息", bare)),
            "/fjdzapp/search": search,
        },
    )


VARIANT = Variant(17, "trs-search", "TRS检索列表", _play)
