"""The items stand in a frame; beside it stand frames for weather, log-in and counters."""

from __future__ import annotations

from collections.abc import Sequence

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency, Verdict


def _inner(notices: Sequence[Notice], pager: str = "") -> str:
    rows = "".join(
        f'<li><a href="{n.at}" target="_parent">{n.title}</a><span>{n.day}</span></li>\n'
        for n in notices
    )
    return (
        '<html><head><meta charset="utf-8"><title>列表</title></head><body>'
        f"<ul>\n{rows}</ul>{pager}</body></html>"
    )


def _play(stage: Stage) -> Scene:
    kept = stage.notices("paper", 10, age=300, every=30)
    framed = (*kept, *stage.notices("notice", 14, age=5, every=5))

    def inner(part: Sequence[Notice], number: int, pages: int) -> str:
        after = f'<a href="list_in.html?col=7&amp;p={number + 1}">下一页</a>'
        return _inner(part, f"<p>第{number}页/共{pages}页 {after if number < pages else ''}</p>")

    paned = stage.notices("paper", 12, age=28, every=11)
    plain = stage.notices("district", 12, age=3, every=4)
    weather = (
        '<html><head><meta charset="utf-8"><title>天气</title></head><body>'
        f"<p>{stage.as_of} 晴转多云 <a href='http://weather.example/'>七天预报</a></p></body></html>"
    )
    login = "<html><body><form action='login.jsp'><input name='u'></form></body></html>"
    aside = (
        f'<iframe src="{stage.at("weather.html")}" width="300" height="30"></iframe>'
        f'<iframe src="{stage.at("login.jsp")}" width="200" height="24"></iframe>'
    )
    main = f'{aside}<iframe id="list" src="list_in.html?col=7" width="100%" height="600"></iframe>'
    whole = stage.page("通知公告", main, crumbs=("通知公告",), side=False)
    frameset = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>政策文件</title></head>
<frameset rows="120,*,60"><frame name="top" src="top.html"><frameset cols="200,*">
<frame name="left" src="tree.html"><frame name="main" src="zcwj_list.html"></frameset>
<frame name="foot" src="foot.html"><noframes><body>您的浏览器不支持框架</body></noframes>
</frameset></html>
"""
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in plain)
    beside = stage.page("工作动态", f"{aside}<ul>\n{rows}</ul>", crumbs=("工作动态",))
    gone = stage.page(
        "人事信息",
        '<iframe id="list" src="renshi_in.html" width="100%" height="500"></iframe>',
        crumbs=("人事信息",),
        side=False,
    )
    top = f"<html><body><b>云泽区人民政府</b> {stage.as_of}</body></html>"
    tree = '<html><body><a href="zcwj_list.html" target="main">政策文件</a></body></html>'
    return Scene(
        (
            stage.told("通知公告", "tzgg.html", Frequency.WEEKLY, framed, page=False),
            stage.told("政策文件", "zcwj.html", Frequency.MONTHLY, paned, page=False),
            stage.told("工作动态", "gzdt.html", Frequency.WEEKLY, plain),
            # The page is there; that its frame is not says nothing about the column.
            stage.told(
                "人事信息",
                "rsxx.html",
                Frequency.MONTHLY,
                (),
                verdict=Verdict.UNREACHABLE,
                page=False,
            ),
        ),
        {
            "tzgg.html": stage.one(whole),
            **stage.paged(
                framed, 10, lambda n: f"list_in.html?col=7{f'&p={n}' if n > 1 else ''}", inner
            ),
            "zcwj.html": stage.one(frameset),
            "zcwj_list.html": stage.one(_inner(paned)),
            "gzdt.html": stage.one(beside),
            "rsxx.html": stage.one(gone),
            "weather.html": stage.one(weather),
            "login.jsp": stage.one(login),
            "top.html": stage.one(top),
            "tree.html": stage.one(tree),
            "foot.html": stage.one(top),
        },
    )


VARIANT = Variant(24, "frames", "框架页", _play)
