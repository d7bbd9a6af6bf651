"""Bytes that are not what the page says: GB 18030 under gb2312, BOMs, header against meta."""

from __future__ import annotations

from demo.reply import Reply
from demo.variants.base import Route, Scene, Told, Variant
from demo.variants.stage import Notice, Stage
from ledger.words import Frequency

# Names that GB 2312 lacks (镕喆玥) and that GBK lacks too (㛃䶮).
_NAMES = ("朱镕喆", "李玥", "王㛃", "赵䶮")


def _reply(text: str, codec: str, header: str, bom: bytes = b"") -> Route:
    reply = Reply(200, (("Content-Type", header),), bom + text.encode(codec))
    return lambda request: reply


def _play(stage: Stage) -> Scene:
    columns: list[Told] = []
    routes: dict[str, Route] = {}

    def column(name: str, codec: str, said: str, header: str, age: int, bom: bytes = b"") -> None:
        folder = f"{len(columns) + 1}/"
        notices: list[Notice] = []
        for number, person in enumerate(_NAMES):
            title = f"关于{person}等同志{name}任职前公示（第{number + 1}号）"
            at = f"{folder}{{token}}.html"
            notices.append(stage.notice(title, stage.ago(age + 9 * number), at))
        stage.publish(notices)
        rows = "".join(
            f'<li><a href="{n.at}">{n.title}</a><span>{n.day}</span></li>\n' for n in notices
        )
        page = stage.page(name, f"<ul>\n{rows}</ul>", crumbs=(name,), charset=said)
        routes[folder] = _reply(page, codec, header, bom)
        titles = tuple(n.title for n in notices)
        columns.append(stage.told(name, folder, Frequency.WEEKLY, notices, titles=titles))

    column("人事任免", "gb18030", "gb2312", "text/html", 3)
    column("干部公示", "gb18030", "gb2312", "text/html; charset=UTF-8", 5)
    column("招考录用", "utf-8", "gbk", "text/html", 6, b"\xef\xbb\xbf")
    column("任前公示", "utf-8", "utf-8", "text/html; charset=GBK", 12)
    column("人才引进", "gb18030", "utf-8", "text/html; charset=gb2312", 2)
    column("考试公告", "gb18030", "", "text/html", 5)
    column("职称评审", "gb18030", "x-gbk", "text/html;charset=ISO-8859-1", 4)
    column("表彰奖励", "utf-16-le", "utf-8", "text/html", 4, b"\xff\xfe")
    return Scene(tuple(columns), routes)


VARIANT = Variant(26, "charsets", "编码不符", _play)
