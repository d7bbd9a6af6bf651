"""Columns at the edge: empty, one text, crumbs that scripts remove, a list at many addresses."""

from __future__ import annotations

from collections.abc import Sequence

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import ColumnKind, Frequency, Outcome, Verdict


def _play(stage: Stage) -> Scene:
    guide = stage.notice("政府信息公开指南", stage.ago(120), "zn/")
    news = stage.notices("notice", 33, age=6, every=6, at="x/content_{token}.html")
    hidden = stage.notices("paper", 12, age=27, every=15, at="zc/{ym}/{token}.html")

    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        rows = "".join(
            f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in part
        )
        body = (
            f'<ul>\n{rows}</ul><div class="page"><script>createPageHTML({pages},{number},"index",'
            '"html");</script></div>'
        )
        return stage.page("通知公告", body, crumbs=("通知公告",))

    many = stage.paged(news, 12, lambda n: f"x/index_{n}.html", page)
    first = many["x/index_1.html"]
    said = '<div class="list"><ul></ul><p class="no">本栏目暂无信息！</p></div>'
    bare = '<h2>人事信息</h2><div class="list"><ul class="news_list"></ul></div>'
    text = "<p>　　为了方便公民、法人和其他组织获取政府信息，根据条例编制本指南，内容如下。</p>" * 5
    single = (
        f'<div class="article"><h1>{guide.title}</h1><p class="xx">发布日期：{guide.day}</p>'
        f'<div id="zoom">{text}</div></div>'
    )
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in hidden)
    alone = stage.notices("yearwork", 1, age=45, every=1, at="bg/{ym}/{token}.html")
    only = "".join(f'<li><a href="{n.at}">{n.title}</a><i>{n.day}</i></li>' for n in alone)
    leaders = "".join(
        f'<dl><dt><a href="{stage.at("ldzc/")}{n}.html"><img src="/static/{n}.jpg"></a></dt>'
        f"<dd>{name}　副区长</dd></dl>\n"
        for n, name in enumerate(("王明", "李强", "赵丽"), 1)
    )
    crumbs = (("2021网站改版", stage.at("gb/")), ("政策文件", stage.at("zc/")))
    script = "<script>$('.dq a:contains(网站改版)').remove();</script>"
    blank = {"verdict": Verdict.BLANK, "kind": ColumnKind.EMPTY, "page": False, "newest": ()}
    columns = [
        stage.told("建议提案", "jyta/", Frequency.YEARLY, (), **blank),
        stage.told("人事信息", "rsxx/", Frequency.MONTHLY, (), **blank),
        stage.told(
            "公开指南",
            "zn/",
            Frequency.YEARLY,
            (),
            verdict=Verdict.ON_TIME,
            last_updated=guide.day,
            kind=ColumnKind.SINGLE,
            page=False,
        ),
        stage.told("政策文件", "zc/", Frequency.MONTHLY, hidden),
        stage.told("工作报告", "bg/", Frequency.YEARLY, alone),
        # Faces and names are no blank, and say nothing of days.
        stage.told(
            "领导之窗",
            "ldzc/",
            Frequency.YEARLY,
            (),
            verdict=Verdict.NOT_CHECKED,
            reason=Outcome.OK,
        ),
        *(
            stage.told(f"通知公告{name}", at, Frequency.YEARLY, news, complete=True)
            for name, at in (("", "x/"), ("（首页）", "x/index.html"), ("（一）", "x/index_1.html"))
        ),
    ]
    return Scene(
        tuple(columns),
        {
            "jyta/": stage.one(stage.page("建议提案", said, crumbs=("建议提案",))),
            "rsxx/": stage.one(stage.page("人事信息", bare, crumbs=("人事信息",))),
            "zn/": stage.one(stage.page(guide.title, single, crumbs=("公开指南",))),
            "zc/": stage.one(stage.page("政策文件", f"<ul>\n{rows}</ul>{script}", crumbs=crumbs)),
            "bg/": stage.one(
                stage.page("工作报告", f"<ul class='b'>{only}</ul>", crumbs=("工作报告",))
            ),
            "ldzc/": stage.one(stage.page("领导之窗", leaders, crumbs=("领导之窗",))),
            **many,
            "x/": first,
            "x/index.html": first,
        },
    )


VARIANT = Variant(30, "edges", "空栏目与重复网址", _play)
