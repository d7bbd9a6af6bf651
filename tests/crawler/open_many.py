"""Opens the addresses given on standard input as columns; prints what each list held as JSON.

Run as a process of its own by the tests: a reactor starts once a process.
"""

from __future__ import annotations

import json
import sys
from datetime import date

from crawler.ask import Asker
from crawler.column import ColumnWalker
from crawler.guard import Guard
from crawler.opening import Opener
from crawler.running import run_spider
from crawler.spiders.portal import PortalSpider
from ledger.facts import Found
from ledger.site import Column, CrawlPolicy
from ledger.words import Frequency

AS_OF = date(2026, 3, 20)


def main() -> None:
    urls = [line.strip() for line in sys.stdin if line.strip()]
    policy = CrawlPolicy(delay=0.0, timeout=2.0, retries=0)
    guard = Guard(["127.0.0.1"])
    rows: list[dict[str, object]] = []

    async def work(spider: PortalSpider) -> None:
        asker = Asker(spider.download, policy, guard, "Xuncha/test", pace=spider.pace)
        walker = ColumnWalker(Opener(asker, "http://127.0.0.1:1/", AS_OF), policy, AS_OF)
        for url in urls:
            column = Column(("栏目",), "", (), Frequency.YEARLY, "按年更新", url=url)
            walked = await walker.walk(column, url, Found("roster"))
            rows.append(
                {
                    "url": url,
                    "kind": walked.reading.kind.value,
                    "adapter": walked.reading.adapter,
                    "pages": walked.reading.pages_read,
                    "complete": walked.reading.complete,
                    "days": [str(item.day) for item in walked.items],
                    "titles": [item.title for item in walked.items],
                    "how": sorted({item.how.value for item in walked.items if item.how}),
                    "first": walked.items[0].url if walked.items else "",
                    "asked": [visit.url for visit in walked.visits],
                }
            )

    run_spider(work, policy, guard)
    print(json.dumps(rows, ensure_ascii=False))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
