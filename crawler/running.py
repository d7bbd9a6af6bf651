"""Running a piece of work inside Scrapy's reactor, which starts but once in a process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from scrapy.crawler import AsyncCrawlerProcess

from crawler.guard import Guard, GuardedResolver
from crawler.settings import settings_for
from crawler.spiders.portal import PortalSpider, Work
from ledger.site import CrawlPolicy


class CrawlError(Exception):
    """The inspection itself failed; the text is a Chinese sentence for the operator."""


_ALLOCATIONS = 20_000


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cyclic garbage less often: pages make hundreds of thousands of short-lived objects.

    What was loaded until now lives as long as the process and need not be looked at again.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def run_spider(work: Work, policy: CrawlPolicy, guard: Guard) -> None:
    """Run `work` inside Scrapy and raise what it raised."""
    GuardedResolver.guard = guard
    process = AsyncCrawlerProcess(settings_for(policy))
    crawler = process.create_crawler(PortalSpider)
    process.crawl(crawler, work=work)
    with _seldom_collected():
        process.start(install_signal_handlers=False)
    spider = crawler.spider
    if not isinstance(spider, PortalSpider):
        raise CrawlError("爬虫没有启动，请用 xuncha doctor 检查环境")
    if spider.error is not None:
        raise spider.error
