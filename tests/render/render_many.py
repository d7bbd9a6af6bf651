"""Opens addresses inside Scrapy's reactor, as an inspection does; prints how each ended as JSON.

Run as a process of its own by the tests: a reactor starts once a process, and this one is killed.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

from crawler.guard import Guard
from crawler.render import Renderer
from crawler.running import run_spider
from crawler.spiders.portal import PortalSpider
from ledger.site import CrawlPolicy


def main() -> None:
    options, *urls = sys.argv[1:]
    policy = replace(CrawlPolicy(delay=0.0, timeout=5.0), **json.loads(options))
    guard = Guard(["127.0.0.1"])

    async def work(spider: PortalSpider) -> None:
        renderer = Renderer(policy, guard, "Xuncha/test")
        try:
            for url in urls:
                page = await renderer.render(url)
                row = {
                    "outcome": page.outcome.value,
                    "detail": page.detail,
                    "html": page.html,
                    "calls": [call.url for call in page.calls],
                }
                print(json.dumps(row, ensure_ascii=False), flush=True)  # noqa: T201 - for the test
        finally:
            await renderer.close()

    run_spider(work, policy, guard)


if __name__ == "__main__":
    main()
