"""Pages that lead on: by meta refresh, by script, by a cookie challenge; and soft 404s.

A refresh to the parent folder is how a deleted document looks. A script that sends only telephones
away leads nobody here anywhere.
"""

from __future__ import annotations

from demo.reply import Reply, Request, html, redirect
from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import ColumnKind, Frequency, Outcome, Verdict


def _refresh(to: str) -> str:
    return (
        '<html><head><meta charset="utf-8"><title>跳转</title>'
        f'<meta http-equiv="refresh" content="0;url={to}"></head><body></body></html>'
    )


def _script(to: str) -> str:
    return (
        '<html><head><meta charset="utf-8"><title></title></head><body>'
        f'<script type="text/javascript">location.href="{to}";</script></body></html>'
    )


def _play(stage: Stage) -> Scene:
    moved = stage.notices("notice", 10, age=3, every=6, at="new/{token}.html")
    scripted = stage.notices("paper", 10, age=26, every=14, at="wj/{token}.html")
    mobile = stage.notices("district", 10, age=4, every=5, at="dt/{token}.html")
    guarded = stage.notices("stat", 10, age=15, every=25, at="tj/{token}.html")

    def rows(notices: object) -> str:
        assert isinstance(notices, tuple)
        return "".join(
            f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in notices
        )

    agent = (
        "<script>if (/Android|iPhone/i.test(navigator.userAgent)) "
        '{ location.href = "/m/index.html"; }</script>\n'
    )
    challenge = (
        "<html><head><script>var v='ok='+(7*6);document.cookie=v+';path=/';"
        "location.reload();</script></head><body></body></html>"
    )

    def guard(request: Request) -> Reply:
        if "ok=42" not in request.cookie:
            return html(challenge)
        return html(stage.page("统计信息", f"<ul>\n{rows(guarded)}</ul>", crumbs=("统计信息",)))

    missing = stage.page(
        "提示信息", "<div class='err'><p>抱歉，您访问的页面不存在或已被删除。</p></div>", side=False
    )
    paged = {}
    for folder, name in (("zcfg", "政策法规"), ("zfcg", "政府采购")):
        notices = stage.notices("law", 10, age=300, every=40, at=f"{folder}/{{token}}.html")
        body = f"<ul>\n{rows(notices)}</ul><script>createPageHTML(9,0,'index','html');</script>"
        paged[folder] = (name, notices, stage.page(name, body, crumbs=(name,)))
    lost = {"page": False, "items": None}
    return Scene(
        (
            stage.told("通知公告", "old/", Frequency.WEEKLY, moved, page=False),
            stage.told("政策文件", "wenjian.html", Frequency.MONTHLY, scripted, page=False),
            stage.told(
                "已删文件",
                "new/gone.html",
                Frequency.MONTHLY,
                (),
                verdict=Verdict.UNREACHABLE,
                **lost,
            ),
            stage.told("工作动态", "dongtai.html", Frequency.WEEKLY, mobile),
            stage.told(
                "统计信息",
                "tongji/",
                Frequency.MONTHLY,
                (),
                verdict=Verdict.NOT_CHECKED,
                reason=Outcome.BLOCKED,
                **lost,
            ),
            stage.told(
                "人事信息",
                "renshi.html",
                Frequency.MONTHLY,
                (),
                verdict=Verdict.UNREACHABLE,
                **lost,
            ),
            # What stands for the pages that the pager promises is no part of the list.
            *(
                stage.told(name, f"{folder}/", Frequency.MONTHLY, notices, complete=True)
                for folder, (name, notices, _) in paged.items()
            ),
            stage.told(
                "办事大厅",
                "jump.shtml",
                Frequency.JUMP,
                (),
                verdict=Verdict.JUMP_OK,
                kind=ColumnKind.JUMP,
                **lost,
            ),
        ),
        {
            "old/": stage.one(_refresh("../new/list.html")),
            "new/list.html": stage.one(
                stage.page("通知公告", f"<ul>\n{rows(moved)}</ul>", crumbs=("通知公告",))
            ),
            "wenjian.html": stage.one(_script("wj/index.html")),
            "wj/index.html": stage.one(
                stage.page("政策文件", f"<ul>\n{rows(scripted)}</ul>", crumbs=("政策文件",))
            ),
            "new/gone.html": stage.one(_refresh("../")),
            "dongtai.html": stage.one(
                stage.page(
                    "工作动态", f"<ul>\n{rows(mobile)}</ul>", crumbs=("工作动态",), head=agent
                )
            ),
            "tongji/": guard,
            "renshi.html": stage.one(missing),
            **{f"{folder}/": stage.one(page) for folder, (_, _, page) in paged.items()},
            "zcfg/index_1.html": stage.one(missing),
            "zfcg/index_1.html": lambda request: redirect("/"),
            "jump.shtml": stage.one(_script("/link/zwfw/index.html")),
            "": stage.one(stage.page("云泽区人民政府", "<p>请从菜单进入。</p>", side=False)),
        },
    )


VARIANT = Variant(25, "jumps", "跳转与软404", _play)
