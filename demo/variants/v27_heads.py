"""Heads as they really are: names in other cases, values over two lines, keywords misspelt."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import Frequency, Verdict


def _play(stage: Stage) -> Scene:
    news = stage.notices("notice", 12, age=5, every=5)
    guide = stage.notice("政府信息公开年度报告", stage.ago(48), "nb/{ym}/t{ymd}_{token}.html")
    head = (
        '<meta content="云泽区人民政府" name="Sitename">\n'
        '<META NAME="SITEIDCODE" CONTENT="4500000068\n">\n'
        '<meta name="ColumnName" content="\n  通知公告\n">\n'
        '<meta name="ColumnKeywods" content="通知">\n'
        '<meta name = "ColumnType" content = " 政务动态 ">\n<meta name="ColumnDescription">\n'
    )
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in news)
    page = stage.page("通知公告", f"<ul>\n{rows}</ul>", crumbs=("通知公告",), head=head)
    tags = (
        f'<META name="ARTICLETITLE" content="{guide.title}\n">\n'
        f'<meta name="Pubdate" content="\n{guide.day} 16:20\n">\n<meta name="ContentSource">\n'
    )
    text = "<p>　　现公布本年度报告，全文由总体情况、主动公开、依申请公开等部分组成。</p>" * 4
    single = stage.page(
        guide.title, f"<h1>{guide.title}</h1><div class='TRS_Editor'>{text}</div>", head=tags
    )
    return Scene(
        (
            stage.told("通知公告", "tzgg/", Frequency.WEEKLY, news),
            stage.told(
                "年度报告",
                guide.at,
                Frequency.YEARLY,
                (),
                verdict=Verdict.ON_TIME,
                last_updated=guide.day,
                page=False,
            ),
        ),
        {"tzgg/": stage.one(page), guide.at: stage.one(single)},
    )


VARIANT = Variant(27, "heads", "头部不规范", _play)
