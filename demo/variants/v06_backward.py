"""Pages counted from the oldest: page two of tzgg.htm is tzgg/3.htm, then tzgg/2.htm; and webplus.

The address of page two changes as items arrive; titles are cut, the whole one is in `title=`.
"""

from __future__ import annotations

from collections.abc import Sequence

from demo.frame import cut
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency


def _vsb(stage: Stage, notices: Sequence[Notice]) -> dict[str, Route]:
    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        rows = "".join(
            f'<li id="line_u8_{n}"><a href="{one.at}" title="{one.title}">{cut(one.title, 14)}</a>'
            f"<span>{one.day:%Y/%m/%d}</span></li>\n"
            for n, one in enumerate(part)
        )

        def to(target: int) -> str:
            if target == 1:
                return "tzgg.htm" if number == 1 else "../tzgg.htm"
            name = f"{pages - target + 1}.htm"
            return f"tzgg/{name}" if number == 1 else name

        numbers = "".join(
            f'<span class="p_no_d">{n}</span>'
            if n == number
            else f'<span class="p_no"><a href="{to(n)}">{n}</a></span>'
            for n in range(1, pages + 1)
        )
        after = (
            f'<span class="p_next p_fun"><a href="{to(number + 1)}">下页</a></span>'
            f'<span class="p_last p_fun"><a href="{to(pages)}">尾页</a></span>'
            if number < pages
            else '<span class="p_next_d p_fun_d">下页</span>'
        )
        content = (
            f'<ul class="list">\n{rows}</ul><div class="pb_sys_common pb_sys_normal">'
            f'<span class="p_pages"><span class="p_t">共{len(notices)}条</span>{numbers}{after}'
            "</span></div>"
        )
        return stage.page("通知公告", content, crumbs=(("通知公告", stage.at("tzgg.htm")),))

    pages = -(-len(notices) // 12)
    return stage.paged(
        notices, 12, lambda n: "tzgg.htm" if n == 1 else f"tzgg/{pages - n + 1}.htm", page
    )


def _webplus(stage: Stage, notices: Sequence[Notice]) -> dict[str, Route]:
    def page(part: Sequence[Notice], number: int, pages: int) -> str:
        rows = "".join(
            f'<li class="news n{n} clearfix"><span class="news_title"><a href="{one.at}" '
            f"target='_blank' title='{one.title}'>{one.title}</a></span>"
            f'<span class="news_meta">{one.day}</span></li>\n'
            for n, one in enumerate(part, 1)
        )
        here = stage.at("11202/list")
        after = f"{here}{number + 1}.htm" if number < pages else "javascript:void(0);"
        content = (
            f'<div id="wp_news_w6"><ul class="wp_article_list">\n{rows}</ul></div>\n'
            '<div id="wp_paging_w6"><ul class="wp_paging clearfix"><li class="pages_count">'
            f'<span class="per_page">每页 <em class="per_count">14</em> 记录</span>'
            f'<span class="all_count">总共 <em class="all_count">{len(notices)}</em> 记录</span>'
            f'</li><li class="page_nav"><a class="first" href="{here}.htm">第一页</a>'
            f'<a class="next" href="{after}" target="_self"><span>下一页&gt;&gt;</span></a></li>'
            f'<li class="page_jump">页码 {number}/{pages}</li></ul></div>'
        )
        return stage.page("工作动态", content, crumbs=(("工作动态", f"{here}.htm"),))

    return stage.paged(notices, 14, lambda n: f"11202/list{n if n > 1 else ''}.htm", page)


def _play(stage: Stage) -> Scene:
    vsb = stage.notices("notice", 42, age=4, every=2, at="info/1053/{token}.htm")
    web = stage.notices(
        "district", 38, age=3, every=3, at=lambda d, t: f"{d:%Y/%m%d}/c11202a{t}/page.htm"
    )
    return Scene(
        (
            stage.told("通知公告", "tzgg.htm", Frequency.QUARTERLY, vsb, complete=True),
            stage.told("工作动态", "11202/list.htm", Frequency.QUARTERLY, web, items=None),
        ),
        {**_vsb(stage, vsb), **_webplus(stage, web)},
    )


VARIANT = Variant(6, "backward", "倒数页码", _play)
