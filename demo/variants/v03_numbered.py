"""A server CMS with numbered pages: 索引号 tables, titles cut in text, a popup repeating it all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from demo.frame import cut
from demo.variants.base import Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency


def _row(number: int, notice: Notice) -> str:
    written = notice.day - timedelta(days=12 + notice.token % 9)
    index = f"0140{notice.token}/2026-{number:05d}"
    fields = (
        ("名称", notice.title),
        ("索引号", index),
        ("发文机关", notice.source),
        ("成文日期", str(written)),
        ("发布日期", str(notice.day)),
        ("主题分类", "综合政务"),
        ("文号", f"云政办发〔{notice.day.year}〕{number}号"),
    )
    popup = "".join(f"<tr><td>{name}：</td><td>{value}</td></tr>" for name, value in fields)
    return (
        f'<tr class="item"><td class="num">{number}</td><td class="idx">{index}</td>'
        f'<td class="name"><a href="{notice.at}" title="{notice.title}" target="_blank">'
        f"{cut(notice.title, 12)}</a>"
        f'<div class="tipbox" style="display:none"><table class="tip">{popup}</table></div></td>'
        f'<td class="cw">{written}</td><td class="fb">{notice.day}</td></tr>\n'
    )


def _play(stage: Stage) -> Scene:
    papers = stage.notices(
        "paper",
        52,
        age=9,
        every=9,
        at=lambda day, token: f"gkml/{1_900_000_000_000_000_000 + token}",
    )

    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        rows = "".join(_row(n, p) for n, p in enumerate(part, 1 + 12 * (number - 1)))
        links = "".join(
            f"<b>{n}</b>" if n == number else f'<a href="index_{n}.html">{n}</a>'
            for n in range(1, pages + 1)
        )
        content = (
            '<table class="gkml" width="100%"><thead><tr><th>序号</th><th>索引号</th><th>名称</th>'
            f"<th>成文日期</th><th>发布日期</th></tr></thead><tbody>\n{rows}</tbody></table>\n"
            f'<div class="pages">{links}</div>'
        )
        return stage.page("信息公开目录", content, crumbs=("政务公开", "信息公开目录"))

    found = stage.paged(papers, 12, lambda n: f"xxgkml/index_{n}.html", page)
    routes = {**found, "xxgkml/": found["xxgkml/index_1.html"]}
    titles = tuple(p.title for p in papers[:12])
    return Scene(
        (
            stage.told(
                "信息公开目录", "xxgkml/", Frequency.MONTHLY, papers, items=None, titles=titles
            ),
        ),
        routes,
    )


VARIANT = Variant(3, "numbered", "编号翻页目录表", _play)
