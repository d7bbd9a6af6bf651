"""What a page asks for while it is shown: what it may have, and whether it is quiet."""

from __future__ import annotations

import asyncio
from fnmatch import fnmatch
from time import monotonic
from typing import TYPE_CHECKING

from playwright.async_api import Error

from crawler.guard import Guard, host_of
from crawler.reading.charset import decode
from crawler.rendering.calls import MAX_CALLS, MAX_POST, MAX_TEXT, DataCall, carries_list
from crawler.rendering.proxy import is_web

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Response, Route

MAX_NAVIGATIONS = 10
_MAX_BODY = 8 * 1024 * 1024
_STALE = 8.0
"""Seconds after which an unanswered request no longer keeps the page from being quiet."""

_TELLING = 0.5

_DATA = frozenset({"xhr", "fetch"})
_FROM_ANYWHERE = _DATA | {"script"}
_FROM_FAMILY = frozenset({"document", "stylesheet"})
_SECOND_LEVEL = frozenset({"com", "gov", "net", "org", "edu", "ac", "mil"})

# Statistics, sharing and fault-report services: they count visitors, and we are none.
_ASIDE = (
    "hm.baidu.com",
    "hmcdn.baidu.com",
    "push.zhanzhang.baidu.com",
    "zz.bdstatic.com",
    "bdimg.share.baidu.com",
    "cnzz.com",
    "cnzz.net",
    "umeng.com",
    "51.la",
    "51yes.com",
    "google-analytics.com",
    "googletagmanager.com",
    "bshare.cn",
    "jiathis.com",
    "conac.cn",
    "zfwzgl.www.gov.cn",
    "zfwzzc.www.gov.cn",
)


def family(host: str) -> str:
    """The registrable domain of a host, as far as portals need it; an IP address is its own."""
    labels = host.split(".")
    if len(labels) < 3 or labels[-1].isdigit() or ":" in host:
        return host
    # gov.cn and com.cn, and bj.cn: the province codes stand on the second level too.
    second = labels[-1] == "cn" and (labels[-2] in _SECOND_LEVEL or len(labels[-2]) == 2)
    return ".".join(labels[-3:] if second else labels[-2:])


class Traffic:
    """The requests of one page. `attach` must come before the page is sent anywhere."""

    def __init__(self, url: str, guard: Guard, exclude: tuple[str, ...]) -> None:
        self.guard = guard
        self.exclude = exclude
        self.homes = {family(host_of(url))}
        self.forbidden = ""
        self.failure: tuple[str, str] | None = None
        self.answer: Response | None = None
        self._page: Page | None = None
        self._coming: Response | None = None
        self._navigations = 0
        self._pending: dict[Request, float] = {}
        self._stirred = monotonic()
        self._order: list[Request] = []
        self._taken: dict[Request, DataCall] = {}
        self._taking: set[asyncio.Task[None]] = set()

    async def attach(self, page: Page) -> None:
        """Watch and filter everything `page` and its context ask for."""
        self._page = page
        await page.context.route("**/*", self._decide)
        page.on("response", self._on_response)
        page.on("framenavigated", lambda frame: self._on_arrival(frame is page.main_frame))
        page.on("requestfinished", self._on_finished)
        page.on("requestfailed", self._on_failed)

    def quiet_for(self) -> float:
        """Seconds since the page last asked or was answered, 0 while an answer is awaited."""
        now = monotonic()
        if any(now - begun < _STALE for begun in self._pending.values()):
            return 0.0
        return now - self._stirred

    def awaits_data(self) -> bool:
        """Whether a data call to the portal itself is on its way."""
        now = monotonic()
        return any(
            request.resource_type in _DATA and now - begun < _STALE and self._is_own(request.url)
            for request, begun in self._pending.items()
        )

    async def calls(self, patience: float) -> tuple[DataCall, ...]:
        """The data calls answered so far, in the order they were asked."""
        until = monotonic() + patience
        # What has just filled the list is often not reported as finished yet.
        while self._is_told() and monotonic() < min(until, self._stirred + _TELLING):
            await asyncio.sleep(0.02)
        if self._taking:
            _, late = await asyncio.wait(self._taking, timeout=max(0.0, until - monotonic()))
            for task in late:
                task.cancel()
        return tuple(self._taken[r] for r in self._order if r in self._taken)[:MAX_CALLS]

    def _is_told(self) -> bool:
        return any(request.resource_type in _FROM_ANYWHERE for request in self._pending)

    def drop(self) -> None:
        """Stop reading answers; the page is gone."""
        for task in self._taking:
            task.cancel()

    async def _decide(self, route: Route, request: Request) -> None:
        try:
            if self._allows(request):
                self._pending[request] = self._stirred = monotonic()
                await route.continue_()
            else:
                navigates = request.is_navigation_request()
                await route.abort("aborted" if navigates else "blockedbyclient")
        except Error:
            # The page went away while it asked.
            self._pending.pop(request, None)

    def _allows(self, request: Request) -> bool:
        url, kind = request.url, request.resource_type
        host = host_of(url)
        if not is_web(url) or any(fnmatch(url, pattern) for pattern in self.exclude):
            return False
        try:
            frame = request.frame
        except Error:
            # No frame yet: a window the page opened, or a worker of no page of ours.
            frame = None
        if frame is not None and frame.page is not self._page:
            return False
        main = request.is_navigation_request() and (frame is None or frame.parent_frame is None)
        if not self.guard.permits_name(host):
            if main:
                self.forbidden = host
            return False
        if main:
            return self._may_navigate(host)
        if kind in _FROM_FAMILY:
            return self._is_own(url)
        return kind in _FROM_ANYWHERE and not _is_aside(host)

    def _may_navigate(self, host: str) -> bool:
        self._navigations += 1
        # A page that reloads itself for ever is left standing as it is.
        if self._navigations > MAX_NAVIGATIONS:
            return False
        self.homes.add(family(host))
        return True

    def _is_own(self, url: str) -> bool:
        host = host_of(url)
        return family(host) in self.homes or host in self.guard.allowed

    def _on_response(self, response: Response) -> None:
        if self._is_main(response.request) and not 300 <= response.status < 400:
            self._coming = response

    def _on_arrival(self, main: bool) -> None:
        if main and self._coming is not None:
            self.answer, self._coming = self._coming, None
            self.homes.add(family(host_of(self.answer.url)))

    def _is_main(self, request: Request) -> bool:
        try:
            page = self._page
            return (
                request.is_navigation_request()
                and page is not None
                and request.frame == page.main_frame
            )
        except Error:
            return False

    def _on_finished(self, request: Request) -> None:
        self._settle(request)
        kind = request.resource_type
        if not is_web(request.url):
            return
        if kind in _DATA or (kind == "script" and self._is_own(request.url)):
            if len(self._order) >= 2 * MAX_CALLS:
                return
            self._order.append(request)
            task = asyncio.ensure_future(self._take(request))
            self._taking.add(task)
            task.add_done_callback(self._taking.discard)

    def _on_failed(self, request: Request) -> None:
        self._settle(request)
        if self._is_main(request):
            self.failure = (request.url, request.failure or "")

    def _settle(self, request: Request) -> None:
        # After a redirect the request that ends is not the one that was let through.
        known = request
        while known not in self._pending and known.redirected_from is not None:
            known = known.redirected_from
        if self._pending.pop(known, None) is not None:
            self._stirred = monotonic()

    async def _take(self, request: Request) -> None:
        try:
            response = await request.response()
            if response is None or not response.ok:
                return
            headers = response.headers
            if int(headers.get("content-length") or 0) > _MAX_BODY:
                return
            raw = await response.body()
            posted = request.post_data_buffer or b""
        except (Error, ValueError):
            # Gone with the page that asked, or no number where one should stand.
            return
        content_type = headers.get("content-type", "")
        if b"\0" in raw[:1024]:
            return
        text = decode(raw[:MAX_TEXT], content_type or None)[0]
        if request.resource_type == "script" and not carries_list(text):
            return
        self._taken[request] = DataCall(
            url=request.url,
            method=request.method,
            body=posted[:MAX_POST].decode("utf-8", "replace"),
            content_type=content_type,
            text=text,
            sent=request.headers.get("content-type", ""),
        )


def _is_aside(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in _ASIDE)
