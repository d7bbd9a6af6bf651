"""Asks for the addresses given on standard input, one a line; prints how each ended as JSON.

Run as a process of its own by the tests: a reactor starts once a process.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from time import monotonic

from crawler.ask import Asker
from crawler.guard import Guard
from crawler.running import run_spider
from crawler.spiders.portal import PortalSpider
from ledger.site import CrawlPolicy


def main() -> None:
    options = json.loads(sys.argv[1])
    urls = [line.strip() for line in sys.stdin if line.strip()]
    policy = replace(CrawlPolicy(delay=0.0, timeout=2.0, retries=1), **options)
    guard = Guard(["127.0.0.1"])
    rows: list[dict[str, object]] = []

    async def work(spider: PortalSpider) -> None:
        asker = Asker(spider.download, policy, guard, "Xuncha/test", pace=spider.pace)
        for url in urls:
            begun = monotonic()
            answer = await asker.ask(url)
            rows.append(
                {
                    "url": url,
                    "outcome": answer.visit.outcome.value,
                    "status": answer.visit.status,
                    "final_url": answer.visit.final_url,
                    "chain": list(answer.visit.chain),
                    "attempts": answer.visit.attempts,
                    "detail": answer.visit.detail,
                    "text": answer.document.text[:400] if answer.ok and answer.is_page else "",
                    "seconds": round(monotonic() - begun, 2),
                }
            )

    run_spider(work, policy, guard)
    print(json.dumps(rows, ensure_ascii=False))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
