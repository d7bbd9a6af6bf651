"""Child process: a bare Scrapy spider. `python -m bench.fetcher FOLDER URLS`.

It asks for exactly the addresses in the file URLS, one a line, with the site's own settings for
concurrency, timeout and size, and does nothing with the answers.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from bench.process import tell
from crawler.settings import settings_for
from ledger.roster import read_roster


class Bare(Spider):
    """Asks and forgets."""

    name = "bare"

    def __init__(self, urls: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.answered = 0
        self.failed = 0

    async def start(self) -> AsyncIterator[Request]:
        """One request an address, also where it was asked before."""
        for url in self.urls:
            yield Request(url, dont_filter=True, errback=self.fail)

    def parse(self, response: Response) -> None:
        """Count the answer."""
        self.answered += 1

    def fail(self, failure: Failure) -> None:
        """Count what did not answer."""
        self.failed += 1


def main(folder: str, urls: str) -> None:
    """Fetch every address and tell what it cost."""
    site = read_roster(Path(folder)).site
    if site is None:
        raise SystemExit("the site folder cannot be read; see `xuncha check`")
    wanted = Path(urls).read_text(encoding="utf-8").splitlines()
    settings = settings_for(site.crawl) | {"HTTPERROR_ALLOW_ALL": True}
    del settings["TWISTED_DNS_RESOLVER"]

    def work() -> Mapping[str, Any]:
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(Bare)
        process.crawl(crawler, urls=wanted)
        process.start(install_signal_handlers=False)
        spider = crawler.spider
        if not isinstance(spider, Bare):
            raise SystemExit("the bare spider did not start")
        return {"answered": spider.answered, "failed": spider.failed}

    tell(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
