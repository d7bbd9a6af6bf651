"""Empty-shell applications: nothing in the page but a bundle; an interface or a browser helps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from demo.reply import Reply, Request
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency, Outcome, Verdict

_SCRIPT = (("Content-Type", "text/javascript; charset=utf-8"),)
_JSON = (("Content-Type", "application/json"),)


def _shell(name: str, bundle: str) -> str:
    return (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">'
        f'<title>{name}</title><link rel="stylesheet" href="/static/a.css"></head><body>'
        '<noscript>请启用JavaScript</noscript><div id="app"></div>'
        f'<script src="{bundle}"></script></body></html>'
    )


def _bundle(text: str) -> Route:
    reply = Reply(200, _SCRIPT, text.encode())
    return lambda request: reply


def _records(notices: Sequence[Notice]) -> list[dict[str, object]]:
    return [
        {"id": n.token, "articleTitle": n.title, "linkUrl": n.at, "publishTime": f"{n.day} 10:00"}
        for n in notices
    ]


def _data(value: object, status: int = 200) -> Reply:
    return Reply(status, _JSON, json.dumps(value, ensure_ascii=False).encode())


# Draws the list as such an application does: with a clock and a menu that have days of their own.
_DRAW = """function draw(rows){var now=new Date();document.getElementById('app').innerHTML=
'<header><span>今天是'+now.getFullYear()+'年'+(now.getMonth()+1)+'月'+now.getDate()+'日</span>'+
'<nav><a href="/">首页</a><a href="/zwgk/">政务公开</a></nav></header><main><h2>'+document.title+
'</h2><ul class="article-list">'+rows.map(function(r){return '<li><a href="'+r.linkUrl+'">'+
r.articleTitle+'</a><span>'+r.publishTime.slice(0,10)+'</span></li>'}).join('')+'</ul></main>'}"""


def _play(stage: Stage) -> Scene:
    told = stage.notices("district", 14, age=2, every=3)
    drawn = stage.notices("paper", 12, age=5, every=9)
    folder = stage.folder
    key = sha256(folder.encode()).hexdigest()[:12]
    plain = (
        f'{_DRAW};var base="{folder}api";axios.get(base+"/article/list",{{params:{{channelId:'
        "'1102',pageNo:1,pageSize:20}}).then(function(r){draw(r.data.data.list)});"
        f'fetch("{folder}api/visit/count").then(function(r){{return r.json()}});'
    )
    # Where the data lie is put together only when the script runs, with what it alone knows.
    hidden = (
        f"{_DRAW};var k='{key}'.split('').reverse().join('');var u=['{folder}api','q'].join('/');"
        "var x=new XMLHttpRequest();x.onload=function(){draw(JSON.parse(x.responseText).rows)};"
        "x.open('POST',u+'?c=7&k='+k);x.setRequestHeader('X-Key',k);x.send(k);"
    )
    broken = (
        f"{_DRAW};var k=location.hash.length;var x=new XMLHttpRequest();x.open('GET',"
        f"['{folder}api','none'].join('/')+'?k='+k);x.onload=function(){{draw(JSON.parse("
        "x.responseText).rows)};x.send();"
    )

    def listed(request: Request) -> Reply:
        if request.fields.get("channelId") != "1102":
            return _data({"code": 400, "msg": "参数错误"})
        return _data({"code": 200, "data": {"total": len(told), "list": _records(told)}})

    def asked(request: Request) -> Reply:
        if request.method != "POST" or request.body.decode("utf-8", "replace") != key[::-1]:
            return _data({"code": 403, "msg": "非法请求"}, 403)
        return _data({"code": 0, "rows": _records(drawn)})

    return Scene(
        (
            stage.told("工作动态", "gzdt/", Frequency.WEEKLY, told, page=False),
            stage.told("政策文件", "zcwj/", Frequency.MONTHLY, drawn, page=False),
            stage.told(
                "人事信息",
                "rsxx/",
                Frequency.MONTHLY,
                (),
                verdict=Verdict.NOT_CHECKED,
                reason=Outcome.NOT_RENDERED,
                items=0,
            ),
        ),
        {
            "gzdt/": stage.one(_shell("工作动态", "assets/app-4f2a.js")),
            "gzdt/assets/app-4f2a.js": _bundle(plain),
            "zcwj/": stage.one(_shell("政策文件", "assets/app-77e1.js")),
            "zcwj/assets/app-77e1.js": _bundle(hidden),
            "rsxx/": stage.one(_shell("人事信息", "assets/app-90bc.js")),
            "rsxx/assets/app-90bc.js": _bundle(broken),
            "api/article/list": listed,
            "api/visit/count": lambda request: _data({"count": 20314207, "day": "2026-03-20"}),
            "api/q": asked,
            "api/none": lambda request: _data({"code": 500, "msg": "系统繁忙"}, 500),
        },
    )


VARIANT = Variant(21, "spa", "空壳应用", _play)
