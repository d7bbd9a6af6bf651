"""Lists prefilled from a source when the page is published; a script refreshes them for readers."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5

from demo.reply import Reply, Request
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency


def _hex(text: object) -> str:
    return md5(str(text).encode()).hexdigest()


def _rows(notices: Sequence[Notice]) -> str:
    return "".join(
        f'<li><a href="{n.at}" target="_blank">{n.title}</a><span>({n.day})</span></li>\n'
        for n in notices
    )


def _filled(notices: Sequence[Notice], name: str) -> str:
    return (
        f'<ul class="list" data="datasource:{_hex(name)}" datatype="ds" preview="ds_">\n'
        f"{_rows(notices)}</ul>"
    )


def _preview(sources: dict[str, Sequence[Notice]]) -> Route:
    """What the editors' preview answers: the rows of one source, kept from everyone else."""

    def answer(request: Request) -> Reply:
        known = sources.get(request.fields.get("id", ""))
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return Reply(403, headers, b"<h1>403</h1>") if known else Reply(404, headers, b"404")

    return answer


def _play(stage: Stage) -> Scene:
    def at(day: object, token: int) -> str:
        return f"{day:%Y%m%d}/{_hex(token)}/c.html"

    news = stage.notices("district", 20, age=2, every=3, at=at)
    papers = stage.notices("paper", 15, age=36, every=14, at=at)
    script = (
        '<script>$("ul[datatype=ds]").each(function(){var id=$(this).attr("data").split(":")[1];'
        'if(window.previewing){$(this).load("/datasource/preview?id="+id)}})</script>'
    )

    def page(name: str, notices: Sequence[Notice]) -> Route:
        # A second source beside the list holds what is read most, not what is newest here.
        side = f'<div class="right"><h3>热点新闻</h3>{_filled(stage.hot, "hot")}</div>'
        body = (
            f'<div class="left"><h2>{name}</h2>{_filled(notices, name)}'
            f'<ul class="list" data="datasource:{_hex("next")}" datatype="ds"></ul></div>{side}'
        )
        return stage.one(stage.page(name, body + script, crumbs=(name,)))

    beside = tuple(n.title for n in stage.hot)
    return Scene(
        (
            stage.told("工作动态", "gzdt/index.htm", Frequency.WEEKLY, news, absent=beside),
            stage.told("政策发布", "zcfb/index.htm", Frequency.MONTHLY, papers, absent=beside),
        ),
        {
            "gzdt/index.htm": page("工作动态", news),
            "zcfb/index.htm": page("政策发布", papers),
            "/datasource/preview": _preview({_hex("工作动态"): news, _hex("政策发布"): papers}),
        },
    )


VARIANT = Variant(18, "datasource", "预填数据源", _play)
