"""Child process: one full inspection. `python -m bench.inspector FOLDER LEDGER DAY`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.process import tell
from crawler.walk import crawl
from ledger.roster import read_roster


def main(folder: str, ledger: str, day: str) -> None:
    """Inspect the site in `folder` and tell what it cost."""
    site = read_roster(Path(folder)).site
    if site is None:
        raise SystemExit("the site folder cannot be read; see `xuncha check`")

    def work() -> Mapping[str, Any]:
        done = crawl(site, ledger, date.fromisoformat(day))
        return {"run": done.run_id, "columns": done.columns, "items": done.items}

    tell(work)


if __name__ == "__main__":
    main(*sys.argv[1:])
