"""集约化 platform: UUID names without days, a pager capped at 500 records, tags that lie.

PubDate and the time the page was generated are the same second, on lists and articles alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import md5

from demo.reply import html
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency, Verdict


def _named(folder: str, day: date, token: int) -> str:
    return f"{folder}{day:%Y%m}/{md5(str(token).encode()).hexdigest()}.shtml"


def _head(stage: Stage, name: str, title: str = "") -> str:
    moment = f"{stage.as_of} 02:15:33"
    article = f'<meta name="ArticleTitle" content="{title}">\n' if title else ""
    return (
        f'<meta name="ColumnName" content="{name}">\n<meta name="channelid" content="104502">\n'
        f'{article}<meta name="PubDate" content="{moment}">\n'
        f'<meta name="others" content="页面生成时间 {moment}">\n'
    )


def _list(stage: Stage, name: str, part: Sequence[Notice], pager: str, dated: bool) -> str:
    rows = "".join(
        f'<li><a href="{n.at}" target="_blank" title="{n.title}">{n.title}</a>'
        + (f"<span>{n.day}</span>" if dated else "")
        + "</li>\n"
        for n in part
    )
    content = (
        f'<div class="gl_box"><h2>{name}</h2><ul class="gl_list">\n{rows}</ul>\n'
        f'<div id="page-div"></div><script>{pager}</script></div>'
    )
    return stage.page(name, content, crumbs=("政务公开", name), head=_head(stage, name))


def _text(stage: Stage, name: str, title: str, moment: str) -> str:
    body = "<p>　　为方便公民、法人和其他组织查询，现将有关事项公布如下，请对照办理。</p>" * 3
    content = (
        f'<div class="article"><h1>{title}</h1><div class="xx"><span>来源：区政府办公室</span>'
        f'<span>{moment}</span></div><div id="zoom">{body}</div></div>'
    )
    return stage.page(title, content, crumbs=("政务公开", name), head=_head(stage, name, title))


def _play(stage: Stage) -> Scene:
    long = stage.notices(
        "district", 510, age=1, every=2, at=lambda d, t: _named("c104502/", d, t), article=False
    )
    bare = stage.notices(
        "paper", 9, age=25, every=40, at=lambda d, t: _named("c104519/", d, t), article=False
    )
    guide = stage.notice("政府信息公开指南", stage.ago(300), topic="paper")

    def paged(folder: str, name: str, notices: Sequence[Notice], dated: bool) -> dict[str, Route]:
        def page(part: Sequence[Notice], number: int, pages: int) -> str:
            call = (
                f"createPageHTML('page-div',{pages},{number},'common_list','shtml',"
                f"{min(500, len(notices))});"
            )
            return _list(stage, name, part, call, dated)

        return stage.paged(
            notices,
            15,
            lambda n: f"{folder}common_list{f'_{n}' if n > 1 else ''}.shtml",
            page,
        )

    articles = {
        n.at: stage.one(_text(stage, "政策文件", n.title, f"{n.day} 10:3{n.token % 10}"))
        for n in bare
    }
    single = _text(stage, guide.title, guide.title, f"发布时间：{guide.day}")
    return Scene(
        (
            stage.told("工作动态", "c104502/common_list.shtml", Frequency.WEEKLY, long, items=None),
            stage.told(
                "政策文件", "c104519/common_list.shtml", Frequency.MONTHLY, bare, page=False
            ),
            stage.told(
                "公开指南",
                "c104530/gkzn.shtml",
                Frequency.YEARLY,
                (),
                verdict=Verdict.ON_TIME,
                last_updated=guide.day,
                page=False,
            ),
        ),
        {
            **paged("c104502/", "工作动态", long, True),
            **paged("c104519/", "政策文件", bare, False),
            **articles,
            "c104530/gkzn.shtml": lambda request: html(single),
        },
    )


VARIANT = Variant(2, "ucap", "集约化平台静态列表", _play)
