"""The portal: which address answers what, on one day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache, cached_property, partial
from importlib.resources import files
from urllib.parse import unquote, urlsplit
from urllib.robotparser import RobotFileParser

from demo import misbehaviour, variants
from demo.frame import Frame, Identity
from demo.looks import aliases, page_at, pages
from demo.model import Board, Change, build
from demo.pages import Press, file_at, file_text
from demo.papers import paper, scan
from demo.parts import Standing, cast
from demo.reply import RESET, SILENCE, Reply, Request, plain, redirect
from demo.server import PortalServer
from ledger.site import ColumnPath

__all__ = ["Change", "Portal", "PortalServer", "robots_text"]

_KEPT_PAGES = 1000
_ABOUT = {
    "/about.html": ("关于我们", "本网站由区政府办公室主办，2005年6月开通，2021年改版。"),
    "/map.html": ("网站地图", "网站地图正在整理，请使用页面上方的导航菜单。"),
    "/contact.html": ("联系我们", "联系电话：0990-6962017，工作日10:00至14:00，16:00至20:00。"),
    "/mobile.html": ("手机版", "请使用手机浏览器扫描二维码访问。"),
    "/search.jsp": ("站内搜索", "请输入关键字后查询。"),
}


def robots_text(delay: float | None = None) -> str:
    """The portal's robots.txt: two folders closed; `delay` adds a Crawl-delay."""
    lines = ["User-agent: *", "Disallow: /nb/", "Disallow: /admin/"]
    if delay is not None:
        lines.append(f"Crawl-delay: {delay:g}")
    return "\n".join(lines) + "\n"


class Portal:
    """The whole portal as it stands on a day; pure, without a socket.

    `anchor` fixes the content and defaults to the day the portal is made for. `night` lets it stand
    that many days later with the same content; `changes` are what happened since the anchor day.
    `robots` is the text of robots.txt, None for a portal without one. `mended` says whether the
    planted faults of wording have been put right.
    """

    def __init__(
        self,
        as_of: date,
        *,
        seed: int = 1,
        anchor: date | None = None,
        night: int = 0,
        changes: Sequence[Change] = (),
        robots: str | None = robots_text(),
        mended: bool = False,
    ) -> None:
        self.anchor = anchor or as_of
        self.as_of = as_of + timedelta(days=night)
        if self.as_of < self.anchor:
            raise ValueError(f"as_of {self.as_of} lies before the anchor day {self.anchor}")
        self.seed = seed
        self.robots = robots
        self.mended = mended
        self.cast = cast()
        boards = [
            build(part, seed, self.anchor, changes, mended=mended) for part in self.cast.parts
        ]
        self.boards: dict[ColumnPath, Board] = {board.path: board for board in boards}
        self.frame = Frame(self.cast, boards, self.as_of, self.anchor)
        self._press = Press(self.frame, self.boards)
        self._pages: dict[str, Callable[[], Reply]] = {}
        self._under: list[tuple[str, Callable[[], Reply]]] = []
        self._kept: dict[str, Reply] = {}
        self._lay_out()

    @property
    def paths(self) -> tuple[str, ...]:
        """The address path (with query) of every page that is really there."""
        return tuple(self._pages)

    @cached_property
    def variants(self) -> variants.Played:
        """The shapes of other portals' lists, which hang beside the portal's own columns."""
        return variants.play(self.anchor)

    def answer(
        self, target: str, *, method: str = "GET", body: bytes = b"", cookie: str = ""
    ) -> Reply:
        """What the portal says to a request for `target` (path and query)."""
        parts = urlsplit(target)
        path = unquote(parts.path) or "/"
        if path.startswith(misbehaviour.PREFIX):
            return misbehaviour.answer(path) or self._press.missing(404)
        query = f"{path}?{parts.query}"
        key = query if query in self._pages else path
        if key not in self._pages and key not in self._kept:
            request = Request(path, parts.query, method, body, cookie)
            route = self.variants.route(request)
            if route is not None:
                return route(request)
        return self._kept_page(key)

    def allows(self, path: str) -> bool:
        """Whether robots.txt lets a robot in at `path`."""
        parser = RobotFileParser()
        parser.parse((self.robots or "").splitlines())
        return parser.can_fetch("xuncha", path)

    def _kept_page(self, key: str) -> Reply:
        """Pages do not change while the portal stands; the last ones asked are kept."""
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        make = self._pages.get(key)
        if make is None:
            return self._elsewhere(key)
        reply = make()
        if len(self._kept) >= _KEPT_PAGES:
            self._kept.clear()
        self._kept[key] = reply
        return reply

    def _elsewhere(self, path: str) -> Reply:
        if path.startswith("/static/") or path == "/favicon.ico":
            return _static(path)
        for prefix, make in self._under:
            if path.startswith(prefix):
                return make()
        if f"{path}/" in self._pages:
            return redirect(f"{path}/", 301)
        return self._press.missing(404)

    def _lay_out(self) -> None:
        self._pages["/"] = self._pages["/index.html"] = self._press.home
        if self.robots is not None:
            self._pages["/robots.txt"] = partial(plain, self.robots)
        for at, (title, text) in _ABOUT.items():
            self._pages[at] = partial(self._press.about, title, text)
        for channel in self.cast.channels:
            self._pages[channel.at] = partial(self._press.channel, channel.path)
        for page in self.cast.outside:
            self._pages[page.at] = partial(self._press.outside, page)
        for board in self.boards.values():
            self._place(board)
        for soft in self.cast.softs:
            stand_in = self._press.veiled if soft.wording == "veiled" else self._soft
            self._under.append((soft.at, stand_in))

    def _soft(self) -> Reply:
        return self._press.missing(200)

    def _place(self, board: Board) -> None:
        """Put a column's pages, or what stands in for them, at its addresses."""
        part, press = board.part, self._press
        whole_folder: dict[Standing, Callable[[], Reply]] = {
            Standing.BLOCKED: lambda: press.bare("challenge.html", 412),
            Standing.TIMEOUT: lambda: SILENCE,
            Standing.SERVER_ERROR: lambda: press.missing(500, "服务器内部错误，请稍后再试"),
            Standing.RESET: lambda: RESET,
        }
        one_page: dict[Standing, Callable[[], Reply]] = {
            Standing.BLANK: lambda: press.named("blank.html", board),
            Standing.BUILDING: lambda: press.named("building.html", board),
            Standing.NOT_RENDERED: lambda: press.bare("shell.html"),
            Standing.JUMP_302: lambda: redirect(part.to),
            Standing.JUMP_REFRESH: lambda: press.bare("jump_refresh.html", board=board, to=part.to),
            Standing.JUMP_SCRIPT: lambda: press.bare("jump_script.html", board=board, to=part.to),
        }
        if board.live:
            self._place_list(board)
        elif part.state in whole_folder:
            self._under.append((part.folder, whole_folder[part.state]))
        elif part.state in one_page:
            for at in (part.at, *aliases(part)):
                self._pages[at] = one_page[part.state]
        elif part.state is Standing.SOFT_GONE and not self._is_soft(part.at):
            self._under.append((part.folder, self._soft))

    def _is_soft(self, at: str) -> bool:
        return any(at.startswith(soft.at) for soft in self.cast.softs)

    def _place_list(self, board: Board) -> None:
        part = board.part
        for number in range(1, pages(part, len(board.entries)) + 1):
            self._pages[page_at(part, number)] = partial(self._press.board, board, number)
        for at in aliases(part):
            self._pages[at] = partial(self._press.board, board, 1)
        for entry in board.entries:
            if entry.gone:
                continue
            self._pages[entry.at] = (
                scan if part.family == "files" else partial(self._press.article, board, entry)
            )
            for passage in entry.planted:
                if passage.file:
                    at = file_at(entry, passage)
                    self._pages[at] = partial(paper, passage.file, file_text(entry, passage))


_PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)


_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 56"><text x="4" y="40" '
    f'font-size="30" fill="#b0181e">{Identity().name}</text></svg>'
)


@cache
def _style() -> bytes:
    return files("demo").joinpath("data/site.css").read_bytes()


def _static(path: str) -> Reply:
    """Style sheets, scripts and pictures: enough for a browser to be content."""
    if path.endswith(".css"):
        return Reply(200, (("Content-Type", "text/css; charset=utf-8"),), _style())
    if path.endswith(".js"):
        return Reply(200, (("Content-Type", "text/javascript"),), b"function createPageHTML(){}\n")
    if path.endswith("logo.png"):
        return Reply(200, (("Content-Type", "image/svg+xml"),), _LOGO.encode())
    return Reply(200, (("Content-Type", "image/gif"),), _PIXEL)
