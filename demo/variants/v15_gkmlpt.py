"""广东 政府信息公开目录平台: a shell with a number behind #, filled from an interface."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from demo.reply import Reply, Request, html
from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_HERE = ZoneInfo("Asia/Shanghai")
_SID = "755031"
_SIZE = 100
_TREE = (("政策文件", 2811), ("规划计划", 2812), ("财政预决算", 2813))


def _seconds(notice: Notice) -> int:
    """Half past midnight here is still the day before in Greenwich."""
    return int(datetime.combine(notice.day, time(0, 30), _HERE).astimezone(UTC).timestamp())


def _article(notice: Notice) -> dict[str, Any]:
    """A record; some were written days before they were published, and say so."""
    drafted = notice.token % 3 == 0
    found = {
        "id": notice.token,
        "title": notice.title,
        "url": notice.at,
        "post_url": notice.at,
        "create_time": _seconds(notice) - drafted * 5 * 86_400,
        "publisher": notice.source,
        "classify_main_name": "政策文件",
    }
    return found | ({"display_publish_time": _seconds(notice)} if drafted else {})


def _answer(notices: Sequence[Notice], lost: bool, request: Request) -> Reply:
    asked = request.fields
    number = int(asked.get("page", "1"))
    if asked.get("sid") != _SID or (lost and number > 1):
        return html("<title>404</title><h1>404 Not Found</h1>", 404)
    # Page zero is page one.
    start = (max(number, 1) - 1) * _SIZE
    found = {
        "articles": [_article(n) for n in notices[start : start + _SIZE]],
        "classify": {"id": 1, "name": "政策文件", "post_count": len(notices)},
        "total": len(notices),
    }
    headers = (("Content-Type", "application/json"),)
    return Reply(200, headers, json.dumps(found, ensure_ascii=False).encode())


def _shell(stage: Stage) -> str:
    tree = [
        {"id": number, "name": name, "jump_url": "", "children": [], "created": "2019-11-02"}
        for name, number in _TREE
    ]
    config = json.dumps({"SID": _SID, "SITE": "云泽区", "TREE": tree}, ensure_ascii=False)
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开目录</title>'
        f"<script>window._CONFIG = {config};</script></head>"
        '<body><div id="app"></div><script src="/gkmlpt/dist/app.3f9c.js"></script></body></html>'
    )


def _play(stage: Stage) -> Scene:
    def post(day: Any, token: int) -> str:
        return f"/gkmlpt/content/7/{token // 1000}/post_{token}.html"

    paper = stage.notices("paper", 130, age=2, every=3, at=post, article=False)
    plan = stage.notices("plan", 120, age=20, every=3, at=post, article=False)
    plain = stage.notices("notice", 12, age=3, every=4, at="xxgk/content/post_{token}.html")
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><b>{n.day}</b></li>\n' for n in plain)
    static = stage.page("通知公告", f'<ul class="news_list">\n{rows}</ul>', crumbs=("通知公告",))
    interface: Mapping[str, Any] = {
        "/gkmlpt/api/all/2811": partial(_answer, paper, False),
        # Some portals know no page but the first.
        "/gkmlpt/api/all/2812": partial(_answer, plan, True),
    }
    return Scene(
        (
            stage.told(
                "政策文件",
                "/gkmlpt/index#2811",
                Frequency.YEARLY,
                paper,
                page=False,
                complete=True,
            ),
            stage.told(
                "规划计划",
                "/gkmlpt/index#2812",
                Frequency.YEARLY,
                plan,
                page=False,
                items=100,
                complete=False,
            ),
            stage.told("通知公告", "xxgk/", Frequency.WEEKLY, plain),
        ),
        {
            "/gkmlpt/index": stage.one(_shell(stage)),
            "/gkmlpt/dist/app.3f9c.js": stage.one("!function(){}()"),
            "xxgk/": stage.one(static),
            **interface,
        },
    )


VARIANT = Variant(15, "gkmlpt", "信息公开目录平台", _play)
