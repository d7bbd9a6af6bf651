"""大汉 jcms: rows in a store of records in a script, others by POST; jpaas: blocks as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import quote

from demo.reply import Reply, Request, html
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import ColumnKind, Frequency, Verdict

_PROXY = "/module/web/jpage/dataproxy.jsp"
_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_JSON = (("Content-Type", "application/json;charset=UTF-8"),)
_PER_PAGE = 15


def _numbers(column: int, unit: int) -> dict[str, str]:
    return {
        "appid": "1",
        "webid": "34",
        "path": "/",
        "columnid": str(column),
        "sourceContentType": "1",
        "unitid": str(unit),
        "webname": "云泽区人民政府",
        "permissiontype": "0",
    }


def _row(n: Notice) -> str:
    return f'<li><a href="{n.at}" title="{n.title}">{n.short}</a><span>{n.day}</span></li>'


def _records(notices: Sequence[Notice]) -> str:
    return "".join(f"<record><![CDATA[{_row(n)}]]></record>\n" for n in notices)


def _store(notices: Sequence[Notice], numbers: dict[str, str]) -> str:
    query = "&".join(f"{name}={quote(value)}" for name, value in numbers.items())
    return (
        '<script type="text/xml"><datastore>\n<nextgroup><![CDATA['
        f'<a href="{_PROXY}?page=1&{query}"></a>]]></nextgroup>\n'
        f"<recordset>\n{_records(notices)}</recordset></datastore></script>"
    )


def _script(total: int, numbers: dict[str, str]) -> str:
    shown = ",".join(f"{name}:'{value}'" for name, value in numbers.items())
    return (
        f"<script>$(function(){{$('#{numbers['unitid']}').jpage({{themeName:'default',"
        f"totalRecord:{total},perPage:{_PER_PAGE},groupSize:3,barPosition:'bottom',"
        f"proxyUrl:'{_PROXY}',ajaxParam:{{col:1,{shown}}}}});}});</script>"
    )


def _box(unit: int, inside: str = "") -> str:
    return f'<div id="{unit}" class="default_pgContainer">{inside}</div>'


def _proxy(columns: Mapping[str, tuple[str, Sequence[Notice]]]) -> Route:
    """The proxy: only a POST with the unit of the column gets rows, at most those asked for."""

    def answer(request: Request) -> Reply:
        asked = request.fields
        unit, notices = columns.get(asked.get("columnid", ""), ("", ()))
        if request.method != "POST" or unit != asked.get("unitid") or "webid" not in asked:
            return html("<datastore><totalrecord>-1</totalrecord><recordset/></datastore>")
        first, last = int(asked["startrecord"]), int(asked["endrecord"])
        return html(
            f"<datastore><totalrecord>{len(notices)}</totalrecord><totalpage>1</totalpage>"
            f"<recordset>{_records(notices[first - 1 : last])}</recordset></datastore>"
        )

    return answer


def _blocks(notices: Sequence[Notice]) -> Route:
    """The newer platform: the list is one block of the page, asked for by its numbers."""

    def answer(request: Request) -> Reply:
        rows = "".join(map(_row, notices)) if request.fields.get("tagId") == "信息列表" else ""
        data = {"success": True, "code": "200", "data": {"html": f"<ul>{rows}</ul>"}}
        return Reply(200, _JSON, json.dumps(data, ensure_ascii=False).encode())

    return answer


def _play(stage: Stage) -> Scene:
    # The address bears the day the record was made in the system: mostly the first of a year.
    def art(column: int) -> str:
        return f"art/{stage.as_of.year - 1}/1/1/art_{column}_{{token}}.html"

    def dated(day: date, token: int) -> str:
        return f"art/{day.year}/{day.month}/{day.day}/art_1232_{token}.html"

    paper = stage.notices("paper", 52, age=12, every=6, at=art(1229))
    plan = stage.notices("plan", 20, age=40, every=11, at=art(1230))
    blocks = stage.notices("notice", 14, age=4, every=5, at=dated)
    mine, theirs = _numbers(1229, 5519), _numbers(77, 6001)
    hot = f'<div class="right"><h3>热点关注</h3>{_box(6001, _store(stage.hot, theirs))}</div>'
    columns = {"1229": ("5519", paper), "1230": ("5520", plan), "1231": ("5521", ())}

    def page(name: str, content: str) -> Route:
        return stage.one(stage.page(name, f"<h2>{name}</h2>{content}", crumbs=("政务公开", name)))

    def asking(unit: int, column: int, total: int) -> str:
        return _box(unit) + _script(total, _numbers(column, unit))

    block = (
        '<div class="list"><script parseType="bulidstatic" '
        f"url=\"{_UNIT}\" queryData=\"{{'webId':'34','tagId':'信息列表'}}\">"
        "</script></div>"
    )
    stored = _box(5519, _store(paper[:45], mine)) + _script(len(paper), mine)
    hot_titles = tuple(n.title for n in stage.hot)
    return Scene(
        (
            stage.told(
                "政府文件",
                "col/col1229/index.html",
                Frequency.YEARLY,
                paper,
                titles=tuple(n.title for n in paper),
                absent=hot_titles,
                complete=True,
            ),
            stage.told(
                "规划计划",
                "col/col1230/index.html",
                Frequency.YEARLY,
                plan,
                page=False,
                complete=True,
            ),
            stage.told(
                "人事任免",
                "col/col1231/index.html",
                Frequency.MONTHLY,
                (),
                verdict=Verdict.BLANK,
                kind=ColumnKind.EMPTY,
                items=0,
            ),
            stage.told("通知公告", "col/col1232/index.html", Frequency.WEEKLY, blocks, page=False),
        ),
        {
            "col/col1229/index.html": page("政府文件", stored + hot),
            "col/col1230/index.html": page("规划计划", asking(5520, 1230, len(plan))),
            "col/col1231/index.html": page("人事任免", asking(5521, 1231, 0)),
            "col/col1232/index.html": page("通知公告", block),
            _PROXY: _proxy(columns),
            _UNIT: _blocks(blocks),
        },
    )


VARIANT = Variant(14, "jcms", "大汉数据岛", _play)
