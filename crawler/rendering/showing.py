"""One page in the browser, from its address to what a visitor sees when it has settled."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

from crawler import outcome as endings
from crawler.guard import host_of
from crawler.outcome import Ending
from crawler.reading.charset import decode
from crawler.reading.document import Document
from crawler.rendering import eyes
from crawler.rendering.calls import DataCall
from crawler.rendering.traffic import Traffic
from ledger.words import Outcome

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Dialog, Page, Response

    from crawler.rendering.engine import Engine

_QUIET = 0.5
_QUIET_EMPTY = 1.5
"""A page that shows no list yet gets longer: a list missed here would be called blank."""
_QUIET_CHALLENGE = 2.0
_GRACE = 1.0
_BETWEEN = 0.1
_LAST_LOOK = 2.0
_MAX_NODES = 400_000
_NEW_ROWS = 3
_NET = (
    (re.compile(r"CERT|SSL"), Ending(Outcome.CERTIFICATE, "HTTPS 握手失败或证书错误")),
    (re.compile(r"INVALID_AUTH_CREDENTIALS"), endings.of_status(401)),
    (re.compile(r"TOO_MANY_REDIRECTS"), Ending(Outcome.SERVER_ERROR, "跳转循环或跳转次数过多")),
    (re.compile(r"TIMED_OUT"), Ending(Outcome.TIMEOUT, "在规定时间内没有响应")),
    (re.compile(r"NAME_NOT_RESOLVED"), Ending(Outcome.DNS, "域名无法解析")),
    (re.compile(r"CONNECTION_REFUSED"), Ending(Outcome.REFUSED, "服务器拒绝连接")),
    (
        re.compile(r"CONNECTION|EMPTY_RESPONSE|INCOMPLETE|TUNNEL|NETWORK_CHANGED"),
        Ending(Outcome.REFUSED, "连接被中断"),
    ),
    (
        re.compile(r"Download is starting"),
        Ending(Outcome.NOT_RENDERED, "该地址是下载文件，不是网页，浏览器未打开"),
    ),
    (
        re.compile(r"ERR_ABORTED"),
        Ending(Outcome.NOT_RENDERED, "服务器没有返回可显示的网页，浏览器未打开"),
    ),
)
DIED = Ending(Outcome.NOT_RENDERED, "浏览器在打开该页面时异常退出，由脚本生成的列表未检查")
CRASHED = Ending(Outcome.NOT_RENDERED, "该页面使浏览器崩溃或内存不足，由脚本生成的列表未检查")
BUSY = Ending(Outcome.TIMEOUT, "页面脚本长时间不结束，浏览器未能读出内容")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page came to."""

    ending: Ending
    html: str = ""
    url: str = ""
    calls: tuple[DataCall, ...] = ()
    settled: bool = True


class Showing:
    """One page of the browser on its way to rest. `limit` is in seconds, `size` in bytes."""

    def __init__(
        self, page: Page, traffic: Traffic, engine: Engine, limit: float, size: int
    ) -> None:
        self.page = page
        self.traffic = traffic
        self.proxy = engine.proxy
        self.alive = engine.alive
        self.limit = limit
        self.size = size
        self.crashed = False
        self._begun = monotonic()
        self._session: CDPSession | None = None
        self._world: int | None = None
        self._firsts: dict[Response, asyncio.Task[str]] = {}

    async def show(self, url: str) -> Shown:
        """Open `url`, wait for its list, take what is shown."""
        self.page.on("crash", self._on_crash)
        self.page.on("dialog", self._dismiss)
        self.page.on("framenavigated", self._forget_world)
        try:
            return await self._show(url)
        finally:
            for task in self._firsts.values():
                task.cancel()

    async def _show(self, url: str) -> Shown:
        try:
            await self.page.goto(url, wait_until="commit", timeout=self._left() * 1000)
        except Error as error:
            if "interrupted by another navigation" not in str(error):
                return Shown(self._failed(url, str(error)), url=self._failed_at(url))
        self._session = await self.page.context.new_cdp_session(self.page)
        ending, settled = await self._settle()
        if ending is not None:
            return Shown(ending, url=self.page.url, settled=settled)
        return await self._take(settled)

    def _left(self) -> float:
        return max(0.05, self._begun + self.limit - monotonic())

    async def _settle(self) -> tuple[Ending | None, bool]:
        """Wait for the list; an ending where there will be none, and whether the page settled."""
        found_at: float | None = None
        rows = 0
        while self._begun + self.limit > monotonic():
            over = self._over()
            if over is not None:
                return over, True
            look = await self._evaluate(eyes.LOOK, min(self._left(), 2.0))
            if not isinstance(look, dict):
                await asyncio.sleep(_BETWEEN)
                continue
            if look["nodes"] > _MAX_NODES:
                return Ending(Outcome.TOO_LARGE, "页面元素过多，超过大小上限"), True
            fresh = await self._fresh(look["groups"])
            if look["ready"]:
                grown, rows = fresh != rows, fresh
                if fresh < _NEW_ROWS:
                    found_at = None
                elif found_at is None:
                    found_at = monotonic()
                elif not grown and (
                    not self.traffic.awaits_data() or monotonic() - found_at > _GRACE
                ):
                    return None, True
                if self.traffic.quiet_for() >= self._patience(bool(look["groups"])):
                    return None, True
            await asyncio.sleep(_BETWEEN)
        return None, False

    def _over(self) -> Ending | None:
        """Why waiting on is of no use, or None."""
        if self.crashed:
            return CRASHED
        if self.proxy.exhausted:
            return Ending(Outcome.TOO_LARGE, "页面及其脚本、数据超过大小上限")
        if self.page.is_closed() or not self.alive():
            return DIED
        if self.traffic.forbidden:
            return Ending(
                Outcome.EXCLUDED, f"页面要跳转到内网主机 {self.traffic.forbidden}，未访问"
            )
        if self.page.url.startswith("chrome-error:"):
            where, what = self.traffic.failure or (self.page.url, "")
            return self._failed(where, what)
        return None

    def _patience(self, listed: bool) -> float:
        answer = self.traffic.answer
        ending = endings.of_status(answer.status) if answer else Ending(Outcome.OK)
        if ending.outcome is Outcome.BLOCKED:
            # The page may be about to set its cookie and to ask again.
            return _QUIET_CHALLENGE
        if listed or ending.outcome is not Outcome.OK:
            return _QUIET
        return _QUIET_EMPTY

    async def _fresh(self, groups: list[list[str]]) -> int:
        """How many linked, dated rows stand in one group and not in the HTML as it came."""
        answer = self.traffic.answer
        if not groups or answer is None:
            return 0
        if answer not in self._firsts:
            self._firsts[answer] = asyncio.ensure_future(_text_of(answer))
        task = self._firsts[answer]
        if not task.done():
            await asyncio.wait([task], timeout=0.2)
        if not task.done():
            return 0
        first = task.result()
        return max(sum(title not in first for title in group) for group in groups)

    async def _take(self, settled: bool) -> Shown:
        url = self.page.url
        taken = None
        until = monotonic() + _LAST_LOOK
        while taken is None and monotonic() < until:
            over = self._over()
            if over is not None:
                return Shown(over, url=url, settled=settled)
            taken = await self._evaluate(eyes.take(self.size), until - monotonic())
            if taken is None:
                await asyncio.sleep(_BETWEEN)
        if taken is None:
            return Shown(self._over() or BUSY, url=url, settled=False)
        html: str = taken["html"]
        if taken["large"] or len(html.encode("utf-8", "replace")) > self.size:
            return Shown(Ending(Outcome.TOO_LARGE, "页面超过大小上限"), url=url, settled=settled)
        html = html.encode("utf-8", "replace").decode("utf-8")
        calls = await self.traffic.calls(_LAST_LOOK)
        return Shown(self._judge(html, settled), html, self.page.url, calls, settled)

    def _judge(self, html: str, settled: bool) -> Ending:
        answer = self.traffic.answer
        ending = endings.of_status(answer.status) if answer else Ending(Outcome.OK)
        if ending.outcome is not Outcome.OK:
            return ending
        document = Document(html)
        mark = endings.is_challenge(html, lambda: document.text)
        if mark:
            return Ending(Outcome.BLOCKED, f"返回的是验证或拦截页面（{mark}）")
        if settled:
            return ending
        if not document.text:
            return Ending(Outcome.TIMEOUT, f"{self.limit:.0f} 秒内页面没有显示内容")
        return Ending(Outcome.OK, f"页面在 {self.limit:.0f} 秒内未静止，按已显示的内容读取")

    def _failed_at(self, url: str) -> str:
        return self.traffic.failure[0] if self.traffic.failure else url

    def _failed(self, url: str, message: str) -> Ending:
        """The ending of a navigation that brought no page."""
        if self.crashed:
            return CRASHED
        if not self.alive():
            return DIED
        if self.proxy.exhausted:
            return Ending(Outcome.TOO_LARGE, "页面超过大小上限")
        known = self.proxy.endings.get(host_of(self._failed_at(url)))
        if known is not None:
            return known
        if "Timeout" in message:
            return Ending(Outcome.TIMEOUT, "在规定时间内没有响应")
        return next(
            (ending for pattern, ending in _NET if pattern.search(message)),
            Ending(Outcome.NOT_RENDERED, "浏览器未能打开该地址"),
        )

    async def _evaluate(self, script: str, patience: float) -> Any:
        """What `script` gives in a world of our own, None where the page cannot answer now."""
        try:
            async with asyncio.timeout(max(0.05, patience)):
                session = self._session
                assert session is not None
                if self._world is None:
                    tree = await session.send("Page.getFrameTree")
                    made = await session.send(
                        "Page.createIsolatedWorld",
                        {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "xuncha"},
                    )
                    self._world = made["executionContextId"]
                answer = await session.send(
                    "Runtime.evaluate",
                    {"expression": script, "contextId": self._world, "returnByValue": True},
                )
        except (Error, TimeoutError):
            self._world = None
            return None
        if "exceptionDetails" in answer:
            return None
        return answer["result"].get("value")

    def _on_crash(self, _: Page) -> None:
        self.crashed = True

    def _forget_world(self, *_: object) -> None:
        self._world = None

    async def _dismiss(self, dialog: Dialog) -> None:
        try:
            await dialog.dismiss()
        except Error:
            # The page went away with its question.
            return


async def _text_of(answer: Response) -> str:
    """The HTML as the server sent it, empty where the browser no longer has it."""
    try:
        raw = await answer.body()
    except Error:
        return ""
    return decode(raw, answer.headers.get("content-type"))[0]
