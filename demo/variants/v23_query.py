"""Pages by query: list.jsp?node_id=..&cur_page=1, with a new session id in every address.

Behind the last page the server shows the last page again, for ever.
"""

from __future__ import annotations

from hashlib import md5

from demo.reply import Reply, Request, html
from demo.variants.base import Route, Scene, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

_SIZE = 10


def _session(asked: str) -> str:
    """The id of the session in which a page was asked for."""
    return md5(f"session {asked}".encode()).hexdigest()


def _sessions(stage: Stage, name: str, notices: tuple[Notice, ...]) -> Route:
    """Every page carries a session id of its own, in the links of items and pages alike."""
    pages = -(-len(notices) // _SIZE)

    def answer(request: Request) -> Reply:
        asked = request.fields.get("cur_page", "1")
        number = min(max(int(asked), 1), pages) if asked.isdecimal() else 1
        session = _session(asked).upper()
        part = notices[_SIZE * (number - 1) : _SIZE * number]
        rows = "".join(
            f'<li><a href="show.jsp;jsessionid={session}?node_id=12&amp;id={n.token}">{n.title}</a>'
            f"<span>{n.day}</span></li>\n"
            for n in part
        )
        here = f"list.jsp;jsessionid={session}?node_id=12&amp;cur_page="
        body = (
            f'<ul class="lst">\n{rows}</ul><div class="fy">第{asked}页 共{pages}页 '
            f'<a href="{here}1">首页</a> <a href="{here}{int(asked) + 1}">下一页</a> '
            f'<a href="{here}{pages}">末页</a></div>'
        )
        return html(stage.page(name, body, crumbs=(name,)))

    return answer


def _category(stage: Stage, name: str, notices: tuple[Notice, ...]) -> Route:
    """The column's id and the page's number stand side by side; PHPSESSID comes and goes."""
    pages = -(-len(notices) // _SIZE)

    def answer(request: Request) -> Reply:
        asked = request.fields.get("page", "1")
        number = min(max(int(asked), 1), pages) if asked.isdecimal() else 1
        part = notices[_SIZE * (number - 1) : _SIZE * number]
        session = f"PHPSESSID={_session(asked)}"
        rows = "".join(
            f'<tr><td><a href="iShow.jsp?cat_id=31&id={n.token}&{session}">{n.title}</a></td>'
            f"<td>{n.day:%Y/%m/%d}</td></tr>\n"
            for n in part
        )
        numbered = " ".join(
            f"<b>{n}</b>" if n == number else f'<a href="?cat_id=31&page={n}&{session}">{n}</a>'
            for n in range(1, pages + 1)
        )
        other = f'<a href="?cat_id={number + 31}&page={number}">下一栏目</a>'
        body = f'<table class="t">\n{rows}</table><p class="page">{numbered}</p>{other}'
        return html(stage.page(name, body, crumbs=(name,)))

    return answer


def _play(stage: Stage) -> Scene:
    notices = stage.notices("notice", 34, age=4, every=7, article=False)
    papers = stage.notices("paper", 26, age=22, every=14, article=False)
    listing = _sessions(stage, "通知公告", notices)
    return Scene(
        (
            stage.told("通知公告", "list.jsp?node_id=12", Frequency.YEARLY, notices, complete=True),
            stage.told(
                "规范性文件", "iList.jsp?cat_id=31", Frequency.YEARLY, papers, complete=True
            ),
        ),
        {"list.jsp": listing, "iList.jsp": _category(stage, "规范性文件", papers)},
    )


VARIANT = Variant(23, "query", "查询串翻页", _play)
