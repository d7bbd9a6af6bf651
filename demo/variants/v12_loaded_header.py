"""Header, footer and column tree brought by `.load` and by scripts that write: not in the page."""

from __future__ import annotations

from demo.variants.base import Scene, Variant
from demo.variants.stage import Stage
from ledger.words import Frequency


def _play(stage: Stage) -> Scene:
    news = stage.notices("notice", 12, age=5, every=4)
    rows = "".join(f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in news)
    tree = "".join(
        f'<li><a href="{stage.at(folder)}/">{name}</a></li>'
        for name, folder in (("通知公告", "tzgg"), ("人事信息", "rsxx"), ("规划计划", "ghjh"))
    )
    page = f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>通知公告</title><script src="/static/jquery.js"></script>
</head><body><div id="top"></div><div class="nav"><script>
document.write('<ul id="nav"><li><a href="/">首页</a></li>' +
 '<li><a href="/zwgk/">政务公开</a></li></ul>');
</script></div><div class="left" id="tree"></div>
<div class="right"><h2>通知公告</h2><ul class="lb">
{rows}</ul></div><div id="bottom"></div>
<script>$('#top').load('{stage.at("top/index.html")}');
$("#tree").load("{stage.at("top/tree.html")}"); $('#bottom').load('{stage.at("top/foot.html")}');
document.write('<p>今天是' + new Date().getFullYear() + '年</p>');</script></body></html>
"""
    head = f'<div class="hd"><b>云泽区人民政府</b><em>{stage.as_of}</em></div>'
    foot = f'<div class="ft">主办：云泽区人民政府办公室　更新：{stage.as_of}</div>'
    return Scene(
        (stage.told("通知公告", "tzgg/", Frequency.WEEKLY, news),),
        {
            "tzgg/": stage.one(page),
            "top/index.html": stage.one(head),
            "top/tree.html": stage.one(f"<ul>{tree}</ul>"),
            "top/foot.html": stage.one(foot),
        },
    )


VARIANT = Variant(12, "loaded-header", "脚本载入头尾", _play)
