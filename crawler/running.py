"""Running a piece of work inside Scrapy's reactor, which starts but once in a process."""

from __future__ import annotations

from scrapy.crawler import AsyncCrawlerProcess

from crawler.guard import Guard, GuardedResolver
from crawler.settings import settings_for
from crawler.spiders.portal import PortalSpider, Work
from ledger.site import CrawlPolicy


class CrawlError(Exception):
    """The inspection itself failed; the text is a Chinese sentence for the operator."""


def run_spider(work: Work, policy: CrawlPolicy, guard: Guard) -> None:
    """Run `work` inside Scrapy and raise what it raised."""
    GuardedResolver.guard = guard
    process = AsyncCrawlerProcess(settings_for(policy))
    crawler = process.create_crawler(PortalSpider)
    process.crawl(crawler, work=work)
    process.start(install_signal_handlers=False)
    spider = crawler.spider
    if not isinstance(spider, PortalSpider):
        raise CrawlError("爬虫没有启动，请用 xuncha doctor 检查环境")
    if spider.error is not None:
        raise spider.error
