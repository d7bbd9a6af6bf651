"""A channel page: blocks of its children's items, a picture repeating one, a record table beside.

The items are those of the children's own pages. A parent with a list of its own is no channel:
its children's news does not freshen it.
"""

from __future__ import annotations

from collections.abc import Sequence

from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import ColumnKind, Frequency

_NAME = "{token}.html"
_CHILDREN = (
    ("tzgg", "通知公告", "notice", 4, 3),
    ("zcwj", "政策文件", "paper", 21, 15),
    ("zcjd", "政策解读", "reading", 33, 18),
    ("ghjh", "规划计划", "plan", 60, 40),
)


def _rows(notices: Sequence[Notice]) -> str:
    return "".join(
        f'<li><a href="{n.at}" title="{n.title}">{n.short}</a><span>{n.day}</span></li>\n'
        for n in notices
    )


def _block(stage: Stage, name: str, at: str, notices: Sequence[Notice]) -> str:
    return (
        f'<div class="lm"><h3>{name}</h3><a class="more" href="{stage.at(at)}">更多&gt;&gt;</a>\n'
        f"<ul>\n{_rows(notices)}</ul></div>\n"
    )


def _records(stage: Stage) -> str:
    """Old applications with the days they came in."""
    rows = "".join(
        f"<tr><td>云泽区{n}号地块</td><td>变更登记</td><td>{stage.ago(900 + 31 * n)}</td>"
        f"<td>{stage.ago(880 + 31 * n)}</td></tr>\n"
        for n in range(6)
    )
    return (
        '<table class="jg">\n<tr><th>项目名称</th><th>事项</th><th>受理日期</th>'
        f"<th>办结日期</th></tr>\n{rows}</table>\n"
    )


def _play(stage: Stage) -> Scene:
    crumb = ("政务公开", stage.at("zwgk/"))
    children = {
        folder: (name, stage.notices(topic, 14, age=age, every=every, at=f"zwgk/{folder}/{_NAME}"))
        for folder, name, topic, age, every in _CHILDREN
    }
    own = stage.notices("yearwork", 3, age=250, every=360, at="bg/{token}.html")
    lead = children["tzgg"][1][0]
    blocks = "".join(
        _block(stage, name, f"zwgk/{folder}/", notices[:6])
        for folder, (name, notices) in children.items()
    )
    hidden = _rows(children["zcjd"][1][:6])
    content = (
        f'<div class="focus"><a href="{lead.at}"><img src="/static/p.gif"><p>{lead.title}</p></a>'
        f"</div>\n{blocks}"
        f'<ul class="tab2" style="display:none">\n{hidden}</ul>\n{_records(stage)}'
    )
    pages = {"zwgk/": stage.page("政务公开", content, crumbs=(crumb,))}
    tree = [(name, stage.at(f"zwgk/{folder}/")) for folder, (name, _) in children.items()]
    for folder, (name, notices) in children.items():
        body = f"<h2>{name}</h2><ul>\n{_rows(notices)}</ul>"
        pages[f"zwgk/{folder}/"] = stage.page(name, body, crumbs=(crumb, name), tree=tree)
    fresh = "".join(
        f'<dd><a href="{n.at}">{n.short}</a> {n.day:%m-%d}</dd>' for n in children["tzgg"][1][:5]
    )
    body = (
        f'<h2>政府工作报告</h2><ul class="own">\n{_rows(own)}</ul>\n'
        f'<dl class="sub"><dt>通知公告</dt>{fresh}</dl>'
    )
    pages["bg/"] = stage.page("政府工作报告", body, crumbs=("政务公开", "政府工作报告"))
    everything = {n.at: n for _, notices in children.values() for n in notices[:6]}
    columns = [
        stage.told(
            "政务公开",
            "zwgk/",
            Frequency.WEEKLY,
            tuple(everything.values()),
            kind=ColumnKind.CHANNEL,
        )
    ]
    columns += [
        stage.told(name, f"zwgk/{folder}/", Frequency.MONTHLY, notices)
        for folder, (name, notices) in children.items()
    ]
    columns.append(stage.told("政府工作报告", "bg/", Frequency.YEARLY, own, kind=ColumnKind.LIST))
    return Scene(tuple(columns), {at: stage.one(page) for at, page in pages.items()})


VARIANT = Variant(8, "channel", "频道页", _play)
