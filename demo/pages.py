"""The pages themselves: lists, articles, single pages, channels, the home page, and faulty ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from demo import prose
from demo.faults import Passage, Place
from demo.frame import (
    Frame,
    Link,
    Node,
    article_tags,
    column_tags,
    cut,
    environment,
    newest_entries,
)
from demo.looks import LOOKS, page_at, pages
from demo.model import Board, Entry
from demo.parts import Outside
from demo.reply import Reply, html
from ledger.site import HOME_PATH, ColumnPath

_HOME_ROWS = 7
_CHANNEL_ROWS = 5
_TAGGED = {"trs", "ul", "table", "block", "cards", "relative"}
_RELATIVE_LINKS = {"trs", "ul", "old", "short"}


@dataclass(frozen=True, slots=True)
class Block:
    """A child column as its parent's page shows it."""

    name: str
    href: str
    rows: tuple[Link, ...]


class Press:
    """Prints the pages of one portal on one day."""

    def __init__(self, frame: Frame, boards: dict[ColumnPath, Board]) -> None:
        self._frame = frame
        self._boards = boards

    def board(self, board: Board, number: int = 1) -> Reply:
        """Page `number` of a live column."""
        if board.part.family == "channel":
            return self.channel(board.path)
        if board.part.family == "single":
            return self._single(board)
        return self._list(board, number)

    def article(self, board: Board, entry: Entry) -> Reply:
        """The page of one item."""
        part, look = board.part, LOOKS[board.part.family]
        around = self._frame.around(board.path, look.dress, entry.title)
        moment = f"{entry.shown} {entry.time}" if part.family in _TAGGED else ""
        tags = article_tags(self._frame.identity, board.name, entry, moment)
        if part.family == "uuid":
            # The platform stamps the moment it printed the page, as many do.
            stamp = f"{(self._frame.anchor - timedelta(days=2)).isoformat()} 03:12:45"
            tags = [*tags, ("others", f"页面生成时间 {stamp}"), ("PubDate", stamp)]
        rng = Random(f"article|{entry.at}")
        added = [entry.added] if entry.added else []
        planted: dict[Place, list[Passage]] = {place: [] for place in Place}
        for passage in entry.planted:
            planted[passage.place].append(passage)
        around.update(
            metas=tags,
            entry=entry,
            row=_row(board, entry),
            family=part.family,
            label=look.label,
            paragraphs=[
                *_paragraphs(entry, rng, 4),
                *(passage.text for passage in planted[Place.BODY]),
                *added,
            ],
            pictures=[passage.text for passage in planted[Place.ALT]],
            tables=[passage.rows for passage in planted[Place.TABLE]],
            hidden=[passage.text for passage in planted[Place.HIDDEN]],
            veiled=planted[Place.LINK],
            files=[(file_at(entry, one), one.file) for one in planted[Place.ATTACHMENT]],
        )
        return self._print("article.html", around, part.charset)

    def channel(self, path: ColumnPath) -> Reply:
        """A parent's page: its children with their newest items."""
        node = self._frame.node(path)
        around = self._frame.around(path, "a", node.name)
        around["metas"] = column_tags(self._frame.identity, node.name, "政务公开")
        shown = [child for child in node.children if child.menu in ("top", "side")]
        around["blocks"] = [self._block(child, _CHANNEL_ROWS) for child in shown]
        return self._print("channel.html", around)

    def home(self) -> Reply:
        """The home page."""
        around = self._frame.around(HOME_PATH, "a", "首页")
        around["metas"] = column_tags(self._frame.identity, "首页", "首页")[:3]
        first = self._frame.node(("首页",)).children
        around["blocks"] = [self._block(child, _HOME_ROWS) for child in first]
        around["picture"] = self._frame.latest(1)[0]
        return self._print("home.html", around)

    def named(self, template: str, board: Board) -> Reply:
        """A page without items in a column's own frame: blank, building."""
        around = self._frame.around(board.path, LOOKS[board.part.family].dress, board.name)
        around["metas"] = column_tags(self._frame.identity, board.name, "政务公开")
        return self._print(template, {**around, "board": board})

    def missing(self, status: int, text: str = "您访问的页面不存在或已被删除") -> Reply:
        """The page that says there is no page."""
        around = self._frame.around(HOME_PATH, "a", "页面不存在")
        return self._print("missing.html", {**around, "text": text}, status=status)

    def veiled(self) -> Reply:
        """A page that stands in for every missing page and does not say so."""
        return self._print("veiled.html", self._frame.around(HOME_PATH, "a", "温馨提示"))

    def about(self, title: str, text: str) -> Reply:
        """A page behind one of the footer's links."""
        around = self._frame.around(HOME_PATH, "a", title)
        return self._print("about.html", {**around, "text": text})

    def bare(self, template: str, status: int = 200, **fields: object) -> Reply:
        """A page without the portal's frame."""
        fields.setdefault("site", self._frame.identity)
        return html(environment().get_template(template).render(fields), status)

    def outside(self, page: Outside) -> Reply:
        """A page of another office."""
        return self.bare("outside.html", page=page)

    def _block(self, node: Node, count: int) -> Block:
        board = self._boards.get(node.path)
        entries = newest_entries(board, self._frame.as_of, count) if board else []
        rows = tuple(Link(e.title, e.at, e.day) for e in entries if e.day is not None)
        return Block(node.name, node.at, rows)

    def _list(self, board: Board, number: int) -> Reply:
        part, look = board.part, LOOKS[board.part.family]
        around = self._frame.around(board.path, look.dress, board.name)
        start = (number - 1) * look.size
        chosen = board.entries[start : start + look.size]
        others = self._frame.latest(1)
        around.update(
            metas=column_tags(self._frame.identity, board.name, "政务公开"),
            board=board,
            rows=[_row(board, entry) for entry in chosen],
            number=number,
            total=len(board.entries),
            total_pages=pages(part, len(board.entries)),
            at=lambda n: page_at(part, n),
            nested=part.nested,
            related=others[0] if others else None,
        )
        return self._print(look.template, around, part.charset)

    def _single(self, board: Board) -> Reply:
        part = board.part
        around = self._frame.around(board.path, LOOKS[part.family].dress, board.name)
        tags = column_tags(self._frame.identity, board.name, "概况信息")
        day = board.published.isoformat() if board.published else ""
        if part.shows == "meta":
            tags.append(("PubDate", f"{day} 11:26"))
        around.update(
            metas=tags,
            board=board,
            shown_day=day if part.shows == "text" else "",
            paragraphs=prose.single(part.topic),
        )
        return self._print("single.html", around)

    def _print(
        self, template: str, around: dict[str, Any], charset: str = "utf-8", status: int = 200
    ) -> Reply:
        family, _, declared = charset.partition("-")
        if family != "gbk":
            return html(environment().get_template(template).render(around), status)
        around["charset"] = "gb2312"
        text = environment().get_template(template).render(around)
        return html(text, status, charset="gbk", declare=declared == "header")


def file_at(entry: Entry, passage: Passage) -> str:
    """The address of the attachment in which a planted passage stands."""
    _, _, ending = passage.file.rpartition(".")
    return f"/attach/{entry.written:%Y%m}/W0{entry.token}.{ending}"


def file_text(entry: Entry, passage: Passage) -> tuple[str, ...]:
    """The paragraphs of that attachment."""
    name, _, _ = passage.file.rpartition(".")
    return name, *_paragraphs(entry, Random(f"file|{entry.at}"), 3), passage.text


def _paragraphs(entry: Entry, rng: Random, count: int) -> tuple[str, ...]:
    return prose.paragraphs(entry.told_on or entry.day or entry.written, rng, count)


def _row(board: Board, entry: Entry) -> dict[str, Any]:
    """An item as list templates need it."""
    part, look = board.part, LOOKS[board.part.family]
    rng = Random(f"summary|{entry.at}")
    day: date = entry.day or entry.written
    return {
        "title": entry.title,
        "short": cut(entry.title, look.cut) if look.cut else entry.title,
        "href": _href(part.folder, entry.at, part.family),
        "shown": entry.shown,
        "day": day,
        "time": entry.time,
        "source": entry.source,
        "written": entry.written,
        "until": entry.until,
        "token": entry.token,
        "pinned": entry.pinned,
        "index_no": f"AF{part.row.number:03d}-02-{entry.year}-{entry.token % 10_000:05d}",
        "doc_no": f"云政发〔{entry.year}〕{entry.token % 97 + 1}号",
        "summary": cut(prose.paragraphs(day, rng, 1)[0], 46),
    }


def _href(folder: str, at: str, family: str) -> str:
    """How the list writes the address: from its own folder, or from the root."""
    if family in _RELATIVE_LINKS and at.startswith(folder):
        inside = at[len(folder) :]
        return f"./{inside}" if family == "trs" else inside
    return at
