"""Opening a page in Chromium and giving back what a visitor sees.

A page costs a thousand times what a plain request costs, so only lists that scripts bring are
opened here. Nothing of the browser is loaded or started before the first page is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from crawler.guard import Guard, host_of
from crawler.outcome import Ending
from crawler.rendering.calls import DataCall
from crawler.rendering.proxy import Resolve, is_web, resolve
from ledger.site import CrawlPolicy
from ledger.words import Outcome

__all__ = ["DataCall", "Rendered", "Renderer"]

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page

    from crawler.rendering.engine import Engine
    from crawler.rendering.showing import Shown

MIN_LIMIT = 5.0
MAX_LIMIT = 30.0
_OVERTIME = 10.0
_PARTING = 3.0
_SHARE = 6
"""A page with its scripts and data may bring so many times what a page alone may."""


@dataclass(frozen=True)
class Rendered:
    """A page as shown. `settled` is False where time ran out before it came to rest."""

    outcome: Outcome
    html: str
    final_url: str
    calls: tuple[DataCall, ...]
    detail: str
    settled: bool = True


class Renderer:
    """One browser process a run, one page at a time, each as if nobody had been there before."""

    def __init__(
        self, policy: CrawlPolicy, guard: Guard, agent: str, *, resolve: Resolve = resolve
    ) -> None:
        self.policy = policy
        self.guard = guard
        self.agent = agent
        self.resolve = resolve
        self.limit = min(MAX_LIMIT, max(MIN_LIMIT, policy.timeout))
        self._engine: Engine | None = None
        self._closed = False
        self._one = asyncio.Lock()

    async def render(self, url: str) -> Rendered:
        """Open `url` and wait for its list; every trouble is an outcome, never an exception."""
        refusal = self._refusal(url)
        if refusal is not None:
            return _nothing(url, refusal)
        async with self._one:
            if self._closed:
                ended = Ending(Outcome.NOT_RENDERED, "巡查已结束，浏览器未打开该页面")
                return _nothing(url, ended)
            return await self._open(url)

    def _refusal(self, url: str) -> Ending | None:
        """Why `url` is not to be opened at all, or None."""
        if not is_web(url):
            return Ending(Outcome.EXCLUDED, "不是可访问的网址")
        if any(fnmatch(url, pattern) for pattern in self.policy.exclude):
            return Ending(Outcome.EXCLUDED, "站点配置 [crawl] exclude 排除了该地址")
        if not self.guard.permits_name(host_of(url)):
            return Ending(Outcome.EXCLUDED, f"地址指向内网主机 {host_of(url)}，未访问")
        return None

    async def close(self) -> None:
        """End the browser and all its processes."""
        self._closed = True
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.close()

    async def _open(self, url: str) -> Rendered:
        from playwright.async_api import Error

        from crawler.rendering.engine import Engine, Unavailable
        from crawler.rendering.showing import BUSY, DIED

        self._engine = engine = self._engine or Engine(self.guard, resolve=self.resolve)
        try:
            browser = await engine.browser()
        except Unavailable as error:
            return _nothing(url, Ending(Outcome.NOT_RENDERED, str(error)))
        engine.proxy.allow(_SHARE * self.policy.max_bytes)
        try:
            async with asyncio.timeout(self.limit + _OVERTIME):
                shown = await self._show(browser, engine, url)
        except TimeoutError:
            await engine.bury()
            return _nothing(url, BUSY)
        except Error:
            await engine.bury()
            return _nothing(url, DIED)
        ending = shown.ending
        return Rendered(
            outcome=ending.outcome,
            html=shown.html,
            final_url=_shown_address(shown.url, url),
            calls=shown.calls,
            detail=ending.detail,
            settled=shown.settled,
        )

    async def _show(self, browser: Browser, engine: Engine, url: str) -> Shown:
        from crawler.rendering.eyes import UNASKED
        from crawler.rendering.showing import Showing
        from crawler.rendering.traffic import Traffic

        context = await browser.new_context(
            user_agent=self._name(browser),
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1366, "height": 2000},
            accept_downloads=False,
            service_workers="block",
            # Scrapy does not verify either: an expired certificate is not the list's fault.
            ignore_https_errors=True,
        )
        traffic = Traffic(url, self.guard, self.policy.exclude)
        try:
            await context.grant_permissions([])
            await context.add_init_script(UNASKED)
            page = await context.new_page()
            context.on("page", _close_popup)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            await traffic.attach(page)
            showing = Showing(page, traffic, engine, self.limit, self.policy.max_bytes)
            return await showing.show(url)
        finally:
            traffic.drop()
            await _leave(context, engine)

    def _name(self, browser: Browser) -> str:
        # Scripts of portals ask for the browser's version and stumble where there is none.
        if self.agent.startswith("Mozilla/"):
            return self.agent
        major = browser.version.partition(".")[0]
        return (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{major}.0.0.0 Safari/537.36 {self.agent}"
        )


async def _leave(context: BrowserContext, engine: Engine) -> None:
    from playwright.async_api import Error

    try:
        async with asyncio.timeout(_PARTING):
            await context.close()
    except (Error, TimeoutError):
        # A browser that cannot close a page would keep its scripts running all night.
        await engine.bury()


async def _close_popup(page: Page) -> None:
    from playwright.async_api import Error

    try:
        await page.close()
    except Error:
        # It closed itself, or the browser died: either way it is gone.
        return


def _shown_address(shown: str, asked: str) -> str:
    return shown.partition("#")[0] if shown.startswith(("http:", "https:")) else asked


def _nothing(url: str, ending: Ending) -> Rendered:
    return Rendered(ending.outcome, "", url, (), ending.detail)
