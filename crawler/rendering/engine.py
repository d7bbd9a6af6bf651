"""The browser process of a run: started at first need, replaced when it dies, ended at the end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from pathlib import Path

from playwright.async_api import Browser, Error, Playwright, async_playwright

from crawler.guard import Guard
from crawler.rendering.chromium import MISSING, SWITCHES, UNWANTED, find_chromium
from crawler.rendering.proxy import GuardedProxy, Resolve, resolve
from crawler.rendering.scratch import Scratch, make_scratch

_START = 30.0
_END = 3.0
_LIVES = 4
"""So many browsers may die in a run; a machine that kills them all has no memory to spare."""


class Unavailable(Exception):
    """No browser can be had; the text is a Chinese sentence."""


class Engine:
    """Holds Playwright's driver, one Chromium and the proxy that is Chromium's only way out."""

    def __init__(self, guard: Guard, *, resolve: Resolve = resolve) -> None:
        self.proxy = GuardedProxy(guard, resolve=resolve)
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._scratch: Scratch | None = None
        self._pid = 0
        self._deaths = 0
        self._trouble = ""

    async def browser(self) -> Browser:
        """The running browser; a new one where there is none or the last one died."""
        if self._browser is not None and self.alive():
            return self._browser
        if self._browser is not None:
            await self.bury()
        if self._trouble:
            raise Unavailable(self._trouble)
        path = find_chromium()
        if path is None:
            self._trouble = MISSING
            raise Unavailable(MISSING)
        try:
            async with asyncio.timeout(_START):
                return await self._start(path)
        except (Error, OSError, TimeoutError) as error:
            await self.close()
            self._trouble = f"Chromium 无法启动（{_reason(error)}），由脚本生成的列表未检查"
            raise Unavailable(self._trouble) from error

    async def _start(self, path: Path) -> Browser:
        if not self.proxy.port:
            await self.proxy.start()
        if self._playwright is None:
            self._scratch = self._scratch or make_scratch()
            with self._scratch.lent() if self._scratch else contextlib.nullcontext():
                self._playwright = await async_playwright().start()
        root = os.geteuid() == 0
        self._browser = await self._playwright.chromium.launch(
            executable_path=path,
            args=[*SWITCHES, *(["--no-sandbox"] if root else [])],
            ignore_default_args=list(UNWANTED),
            chromium_sandbox=not root,
            # The run ends its browser itself; a signal must not turn a page into a finding.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            proxy={
                "server": f"http://127.0.0.1:{self.proxy.port}",
                "username": self.proxy.user,
                "password": self.proxy.word,
            },
        )
        session = await self._browser.new_browser_cdp_session()
        processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
        self._pid = next(p["id"] for p in processes if p["type"] == "browser")
        await session.detach()
        return self._browser

    def alive(self) -> bool:
        """Whether the browser still runs; the driver that would tell may itself be dead."""
        if self._browser is None or not self._browser.is_connected():
            return False
        try:
            stat = Path(f"/proc/{self._pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        # A process nobody has counted yet is listed, but does not run.
        return stat.rpartition(")")[2].split()[0] != "Z"

    async def bury(self) -> None:
        """Put an end to a browser that died or no longer answers; the next page gets a new one."""
        self._deaths += 1
        if self._deaths >= _LIVES:
            self._trouble = "Chromium 多次异常退出，本次巡查不再使用，由脚本生成的列表未检查"
        await self._end_browser()
        await self._end_driver()

    async def _end_browser(self) -> None:
        browser, self._browser = self._browser, None
        pid, self._pid = self._pid, 0
        if browser is None:
            return
        try:
            async with asyncio.timeout(_END):
                await browser.close()
        except (Error, TimeoutError):
            # Playwright leads the browser's process group; a stuck one goes the hard way.
            if pid:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(pid, signal.SIGKILL)

    async def close(self) -> None:
        """End the browser, the driver and the proxy. May be called twice."""
        await self._end_browser()
        await self._end_driver()
        await self.proxy.stop()
        self.proxy.port = 0
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            scratch.remove()

    async def _end_driver(self) -> None:
        playwright, self._playwright = self._playwright, None
        if playwright is not None:
            with contextlib.suppress(Error, TimeoutError):
                async with asyncio.timeout(_END):
                    await playwright.stop()


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "启动超时"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    marks = ("sandbox", "error while", "fatal:")
    # The first line repeats the whole command, whose switches name everything.
    told = lines[1:] or lines
    telling = next((x for x in told if any(mark in x.lower() for mark in marks)), "")
    return (telling or next(iter(lines), type(error).__name__))[:160]
