"""ASP.NET: pages follow by `__doPostBack` with a heavy __VIEWSTATE; page one has the newest day."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha256

from demo.reply import Reply, Request, html
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_SIZE = 12
_STATE_BYTES = 48 * 1024


def _state(number: int) -> str:
    """What the server would keep of a page in the page, as heavy as it really is."""
    block = b"".join(sha256(f"{number}|{n}".encode()).digest() for n in range(_STATE_BYTES // 32))
    return "/wEPDw" + base64.b64encode(block).decode()


def _page(stage: Stage, name: str, part: Sequence[Notice], number: int, pages: int) -> str:
    rows = "".join(
        f'<tr><td>·<a href="{n.at}" target="_blank">{n.title}</a></td>'
        f"<td class='time'>{n.day:%Y-%m-%d}</td></tr>\n"
        for n in part
    )
    links = "".join(
        f"<span>{n}</span>"
        if n == number
        else f"<a href=\"javascript:__doPostBack('AspNetPager1','{n}')\">{n}</a>"
        for n in range(1, pages + 1)
    )
    body = f"""<form method="post" action="" id="form1">
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="">
<input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{_state(number)}">
<input type="hidden" name="__VIEWSTATEGENERATOR" value="9A1C2B3D">
<script>function __doPostBack(target, argument) {{ var form = document.forms['form1'];
form.__EVENTTARGET.value = target; form.__EVENTARGUMENT.value = argument; form.submit(); }}</script>
<table width="100%" id="GridView1">
{rows}</table>
<div id="AspNetPager1">{links}<a href="javascript:__doPostBack('AspNetPager1','{number + 1}')">
下一页</a> 共{pages}页</div></form>"""
    return stage.page(name, body, crumbs=(name,))


def _column(stage: Stage, name: str, notices: Sequence[Notice]) -> Route:
    parts = [notices[n : n + _SIZE] for n in range(0, len(notices), _SIZE)]

    def answer(request: Request) -> Reply:
        asked = request.fields.get("__EVENTARGUMENT", "1")
        number = int(asked) if asked.isdecimal() and request.method == "POST" else 1
        if request.method == "POST" and request.fields.get("__VIEWSTATE", "")[:6] != "/wEPDw":
            return html("<title>运行时错误</title><h1>视图状态 MAC 验证失败</h1>", 500)
        number = min(max(number, 1), len(parts))
        return html(_page(stage, name, parts[number - 1], number, len(parts)))

    return answer


def _play(stage: Stage) -> Scene:
    news = stage.notices("notice", 30, age=5, every=4, at="show.aspx?id={token}", article=False)
    kept = stage.notices("paper", 12, age=500, every=40, at="show.aspx?id={token}", article=False)
    fresh = stage.notices("paper", 12, age=20, every=20, at="show.aspx?id={token}", article=False)
    both = (*kept, *fresh)
    return Scene(
        (
            stage.told("公示公告", "list.aspx?classid=88", Frequency.WEEKLY, news, items=None),
            # All of page one is pinned: only the form, sent back, tells of the newest.
            stage.told(
                "政策文件", "list.aspx?classid=12", Frequency.MONTHLY, both, items=24, page=False
            ),
        ),
        {
            "list.aspx?classid=88": _column(stage, "公示公告", news),
            "list.aspx?classid=12": _column(stage, "政策文件", both),
        },
    )


VARIANT = Variant(22, "postback", "回传翻页", _play)
