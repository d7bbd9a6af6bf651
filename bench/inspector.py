"""Child process: one full inspection. `python -m bench.inspector FOLDER LEDGER DAY`.

With XUNCHA_BENCH_PROFILE=NAME in the environment, where the time went is written to NAME.DAY (read
it with `python -m pstats NAME.DAY`); such a run is slower and its figures are worth nothing.
"""

from __future__ import annotations

import cProfile
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
        with _profiled(day):
            done = crawl(site, ledger, date.fromisoformat(day))
        return {"run": done.run_id, "columns": done.columns, "items": done.items}

    tell(work)


@contextmanager
def _profiled(day: str) -> Iterator[None]:
    name = os.environ.get("XUNCHA_BENCH_PROFILE")
    if not name:
        yield
        return
    # Time of the processor: what else runs on the machine must not count.
    with cProfile.Profile(time.process_time) as profile:
        yield
    profile.dump_stats(f"{name}.{day}")


if __name__ == "__main__":
    main(*sys.argv[1:])
