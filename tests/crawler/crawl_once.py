"""Crawls the site given as JSON on standard input; prints what that came to.

Run as a process of its own by the tests: a reactor starts once a process.
"""

from __future__ import annotations

import json
import sys
from datetime import date

from crawler.walk import crawl
from ledger.codec import SITE


def main() -> None:
    given = json.load(sys.stdin)
    summary = crawl(SITE.load(given["site"]), given["ledger"], date.fromisoformat(given["day"]))
    print(json.dumps({"run": summary.run_id, "pages": summary.pages}))  # noqa: T201


if __name__ == "__main__":
    main()
