"""Twins of the same items: for telephones, for the elderly, in traditional script, for printing."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency


def _old_and_printed(stage: Stage, notices: tuple[Notice, ...]) -> str:
    """Every row has its print version and its reading aloud beside the title."""
    rows = "".join(
        f'<li><a href="{n.at}" title="{n.title}">{n.title}</a>'
        f'<a class="pr" href="{stage.at("print.jsp")}?id={n.token}">打印</a>'
        f'<a href="{n.at}?pc">电脑版</a><span>{n.day}</span></li>\n'
        for n in notices
    )
    return f"<ul>\n{rows}</ul>"


def _with_mobile(stage: Stage, notices: tuple[Notice, ...]) -> str:
    """The same list once more for telephones, hidden by a style sheet."""
    wide = "".join(
        f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in notices
    )
    narrow = "".join(
        f'<li><a href="{n.at.replace("/dt/", "/m/dt/")}"><b>{n.title}</b><em>{n.day:%m-%d}</em></a>'
        "</li>\n"
        for n in notices
    )
    return f'<ul class="pc">\n{wide}</ul>\n<ul class="mobile hidden-lg">\n{narrow}</ul>'


def _play(stage: Stage) -> Scene:
    printed = stage.notices("notice", 12, age=4, every=4, at="gg/{ym}/t{ymd}_{token}.html")
    twins = stage.notices("district", 12, age=3, every=5, at="dt/content_{token}.html")
    elderly = stage.notices("paper", 12, age=24, every=12, at="wj/post_{token}.html")
    switch = (
        f'<p class="sw"><a href="{stage.at("wj/index_m.html")}">手机版</a> '
        f'<a href="{stage.at("big5/wj/")}">繁體版</a> '
        f'<a href="{stage.at("zzb/wj/")}">长者版</a></p>'
    )
    rows = "".join(
        f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in elderly
    )
    small = "".join(
        f'<div class="c"><a href="{n.at.replace("post_", "mpost_")}"><h4>{n.title}</h4>'
        f"<time>{n.day}</time></a></div>\n"
        for n in elderly
    )
    return Scene(
        (
            stage.told(
                "通知公告", "gg/", Frequency.WEEKLY, printed, titles=tuple(n.title for n in printed)
            ),
            stage.told("工作动态", "dt/", Frequency.WEEKLY, twins),
            stage.told("政策文件", "wj/", Frequency.MONTHLY, elderly),
            stage.told("政策文件手机版", "wj/index_m.html", Frequency.MONTHLY, elderly),
        ),
        {
            "gg/": stage.one(
                stage.page("通知公告", _old_and_printed(stage, printed), crumbs=("通知公告",))
            ),
            "dt/": stage.one(
                stage.page("工作动态", _with_mobile(stage, twins), crumbs=("工作动态",))
            ),
            "wj/": stage.one(
                stage.page("政策文件", f"{switch}<ul>\n{rows}</ul>", crumbs=("政策文件",))
            ),
            "wj/index_m.html": stage.one(
                f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>政策文件</title></head>'
                f'<body><h1>政策文件</h1>\n<div class="m-list">\n{small}</div>'
                f'<p class="f"><a href="{stage.at("wj/")}?pc">电脑版</a> {stage.as_of}</p>'
                "</body></html>"
            ),
        },
    )


VARIANT = Variant(29, "twins", "同一列表的多个版本", _play)
