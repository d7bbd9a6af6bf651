"""Items that lead elsewhere: other hosts, files, `data-href`, `onclick`, `javascript:void(0)`."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency, Outcome, Verdict

_HOSTS = (
    "https://mp.weixin.qq.com/s/{token}kQ",
    "http://www.news.example/politics/{day:%Y%m%d}/{token}/c.html",
    "http://ggzy.yunze.example/jyxx/{token}.html",
)


def _rows(notices: tuple[Notice, ...], link: str) -> str:
    return "".join(f"<li>{link.format(n=n)}<span>{n.day}</span></li>\n" for n in notices)


def _play(stage: Stage) -> Scene:
    away = tuple(
        stage.notice(n.title, n.day, _HOSTS[place % len(_HOSTS)])
        for place, n in enumerate(stage.notices("district", 12, age=3, every=4, article=False))
    )
    files = stage.notices("paper", 8, age=14, every=40, at="files/P0{token}.pdf", article=False)
    held = stage.notices("notice", 10, age=6, every=5, at="show/{token}.html")
    clicked = stage.notices("stat", 10, age=11, every=28, at="view.jsp?id={token}", article=False)
    opened = stage.notices("plan", 10, age=60, every=60, at="view.jsp?id={token}", article=False)
    unknown = stage.notices("notice", 10, age=400, every=60, article=False)
    silent = "".join(
        f'<li><a href="javascript:void(0);" onclick="openWin({n.token})">{n.title}</a></li>\n'
        for n in unknown
    )
    pages = {
        "rs/": ("人事信息", f"{silent}<li class='t'>发布时间：{stage.ago(3)}</li>"),
        "dt/": ("媒体聚焦", _rows(away, '<a href="{n.at}" target="_blank">{n.title}</a>')),
        "wj/": ("报告下载", _rows(files, '<a href="{n.at}">{n.title}</a>')),
        "tz/": (
            "通知公告",
            _rows(held, '<a href="javascript:void(0)" data-href="{n.at}">{n.title}</a>'),
        ),
        "tj/": (
            "统计信息",
            _rows(
                clicked, '<a href="javascript:void(0);" onclick="openWin({n.token})">{n.title}</a>'
            ),
        ),
        "gh/": (
            "规划计划",
            _rows(opened, "<a href='#' onclick=\"window.open('{n.at}')\">{n.title}</a>"),
        ),
    }
    routes = {
        folder: stage.one(stage.page(name, f"<ul>\n{rows}</ul>", crumbs=(name,)))
        for folder, (name, rows) in pages.items()
    }
    return Scene(
        (
            stage.told("媒体聚焦", "dt/", Frequency.WEEKLY, away),
            stage.told("报告下载", "wj/", Frequency.MONTHLY, files),
            stage.told("通知公告", "tz/", Frequency.WEEKLY, held),
            stage.told("统计信息", "tj/", Frequency.MONTHLY, clicked),
            stage.told("规划计划", "gh/", Frequency.QUARTERLY, opened),
            # Neither a day nor an address: nothing can be said, and the list is no article.
            stage.told(
                "人事信息",
                "rs/",
                Frequency.MONTHLY,
                unknown,
                verdict=Verdict.NOT_CHECKED,
                reason=Outcome.OK,
                last_updated=None,
            ),
        ),
        routes,
    )


VARIANT = Variant(28, "elsewhere", "条目指向别处", _play)
