"""Inspects a small site once; prints what the run read of each column as JSON.

Run as a process of its own by the tests: a reactor starts once a process.
"""

from __future__ import annotations

import json
import sys
from datetime import date

from crawler.walk import crawl
from ledger.site import Column, CrawlPolicy, Site
from ledger.store import Ledger
from ledger.words import Frequency

POLICY = CrawlPolicy(delay=0.0, timeout=10.0, retries=0, concurrency=2, robots=False)


def main() -> None:
    job = json.loads(sys.stdin.read())
    columns = tuple(
        Column((name,), "", (), Frequency(frequency), frequency, url=job["home"] + path)
        for name, (path, frequency) in job["columns"].items()
    )
    site = Site("learned", "演示", job["home"] + "/", columns, crawl=POLICY)
    summary = crawl(site, job["ledger"], date.fromisoformat(job["day"]))
    with Ledger.open(job["ledger"]) as ledger:
        facts = ledger.facts(summary.run_id)
        rows = {}
        for column in facts.columns:
            reading = column.reading
            assert reading is not None
            access = ledger.access(summary.run_id, column.column.path)
            rows[column.column.name] = {
                "outcome": reading.outcome.value,
                "kind": reading.kind.value,
                "detail": reading.detail,
                "pages": reading.pages_read,
                "complete": reading.complete,
                "items": [[i.title, i.url, str(i.day)] for i in column.items],
                "way": access.way.value if access else None,
                "call": access.call if access else "",
                "learned": str(access.learned) if access else None,
            }
    print(json.dumps(rows, ensure_ascii=False))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
