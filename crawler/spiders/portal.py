"""The one spider: it lends Scrapy's downloader to an inspection written as plain coroutines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response

Work = Callable[["PortalSpider"], Awaitable[None]]


class PortalSpider(Spider):
    """Runs `work` while the engine is open; politeness comes from the engine's download slots."""

    name = "portal"

    def __init__(self, work: Work, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.work = work
        self.error: BaseException | None = None

    async def start(self) -> AsyncIterator[Any]:
        """Do the work; nothing is scheduled, each request is awaited where its answer is needed."""
        try:
            await self.work(self)
        except BaseException as error:  # noqa: BLE001 - carried out of the reactor and raised there
            self.error = error
        requests: tuple[Any, ...] = ()
        for request in requests:
            yield request

    async def download(self, request: Request) -> Response:
        """Ask for one address through the engine's downloader and middlewares."""
        engine = self.crawler.engine
        assert engine is not None
        return await engine.download_async(request)

    def pace(self, host: str, delay: float) -> None:
        """Keep at least `delay` seconds between requests to `host` from now on."""
        engine = self.crawler.engine
        assert engine is not None
        slot = engine.downloader.slots.get(host)
        if slot is not None and slot.delay < delay:
            slot.delay = delay
            slot.concurrency = 1
