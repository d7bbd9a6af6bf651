"""新点 Epoint: the list is the answer of a full-text search, posted for as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from demo.reply import Reply, Request
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import ColumnKind, Frequency, Verdict

_SEARCH = "/inteligentsearch/rest/esinteligentsearch/getFullTextDataNew"
_JSON = (("Content-Type", "application/json;charset=UTF-8"),)
_SIZE = 15


def _record(n: Notice, category: str) -> dict[str, Any]:
    """Bids are opened weeks after they are announced: that day is not the notice's."""
    opens = n.day + timedelta(days=26)
    return {
        "title": f"<em style='color:red'>{n.title}</em>",
        "infodate": f"{n.day} 17:30:00",
        "infodateformat": n.day.isoformat(),
        "linkurl": n.at,
        "categorynum": category,
        "content": f"开标时间：{opens} 09:30，地点：区公共资源交易中心。" * 3,
        "kbdate": f"{opens} 09:30:00",
        "sysclicktimes": "0",
    }


def _answer(columns: Mapping[str, Sequence[Notice]], beside: Sequence[Notice]) -> Route:
    def search(request: Request) -> Reply:
        try:
            asked = json.loads(request.body)
        except ValueError:
            asked = None
        if request.method != "POST" or not isinstance(asked, dict):
            return Reply(200, _JSON, b'{"code":500,"content":""}')
        equal = next((c["equal"] for c in asked.get("condition") or []), "")
        # Asked for no category it gives whatever is newest on the whole portal.
        notices = columns.get(equal, beside if not equal else ())
        start = int(asked["pn"])
        rows = [_record(n, equal) for n in notices[start : start + int(asked["rn"])]]
        found = {"result": {"totalcount": len(notices), "records": rows, "executetime": "0.012"}}
        text = json.dumps(found, ensure_ascii=False)
        nested = {"code": 200, "content": text} if equal.startswith("003") else found
        return Reply(200, _JSON, json.dumps(nested, ensure_ascii=False).encode())

    return search


def _script(equal: str) -> str:
    return (
        "<script>function getData(pageIndex){var param={token:'',pn:pageIndex*"
        f"{_SIZE},rn:{_SIZE},sdt:'',edt:'',wd:'',fields:'title',cnum:'001',"
        'sort:"{\\"webdate\\":\\"0\\"}",ssort:"title",cl:500,terminal:"",condition:[{fieldName:'
        f'"categorynum",equal:{equal},isLike:true,likeType:2}}],time:null,highlights:"title"}};'
        f"$.ajax({{url:'{_SEARCH}',type:'post',dataType:'json',data:JSON.stringify(param),"
        "success:function(r){render(r.result.records)}})}getData(0)</script>"
    )


def _play(stage: Stage) -> Scene:
    def notices(folder: str, topic: str, count: int, age: int) -> tuple[Notice, ...]:
        return stage.notices(topic, count, age=age, every=5, at=f"{folder}{{ymd}}/{{token}}.html")

    bids = notices("jyxx/002001/002001001/", "project", 38, 3)
    results = notices("jyxx/003001/003001002/", "price", 20, 9)

    def page(name: str, equal: str) -> Route:
        body = f'<h2>{name}</h2><ul class="ewb-list" id="infolist"></ul><div id="page"></div>'
        return stage.one(stage.page(name, body + _script(equal), crumbs=("交易信息", name)))

    blank = stage.told(
        "流标公告",
        "jyxx/002001/002001009/list.html",
        Frequency.MONTHLY,
        (),
        verdict=Verdict.BLANK,
        kind=ColumnKind.EMPTY,
        items=0,
    )
    return Scene(
        (
            stage.told(
                "招标公告",
                "jyxx/002001/002001001/list.html",
                Frequency.YEARLY,
                bids,
                page=False,
                complete=True,
                titles=tuple(n.title for n in bids),
            ),
            stage.told(
                "中标公示",
                "jyxx/003001/003001002/list.html",
                Frequency.YEARLY,
                results,
                page=False,
                complete=True,
                absent=tuple(n.title for n in stage.latest),
            ),
            blank,
        ),
        {
            "jyxx/002001/002001001/list.html": page("招标公告", "'002001001'"),
            # The category stands in the address alone.
            "jyxx/003001/003001002/list.html": page("中标公示", "categoryNum"),
            "jyxx/002001/002001009/list.html": page("流标公告", "'002001009'"),
            _SEARCH: _answer({"002001001": bids, "003001002": results}, stage.latest),
        },
    )


VARIANT = Variant(19, "epoint", "新点全文检索", _play)
