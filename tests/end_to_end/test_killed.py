"""A run killed in the middle and started again ends as an undisturbed one."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from ledger.store import Ledger

AS_OF = date(2026, 3, 20)


def _facts(house: Any) -> dict[tuple[str, ...], Any]:
    with Ledger.open(house.ledger) as ledger:
        run = ledger.newest_run("yunze")
        assert run is not None
        return {
            c.column.path: (
                c.reading.outcome if c.reading else None,
                c.reading.kind if c.reading else None,
                [(i.url.partition("//")[2].partition("/")[2], i.title, i.day) for i in c.items],
            )
            for c in ledger.facts(run.id).columns
        }


def _findings(house: Any) -> list[tuple[Any, ...]]:
    return [
        (f["fingerprint"], f["code"], f["subject"], f["state"], f["count"])
        for f in house.findings()
    ]


def _finished(house: Any) -> dict[str, tuple[str, ...]]:
    """Addresses of the columns the interrupted run had committed."""
    with Ledger.open(house.ledger) as ledger:
        [run] = ledger.runs("yunze")
        done = ledger.finished_columns(run.id)
        return {
            "/" + c.reading.url.partition("//")[2].partition("/")[2]: c.column.path
            for c in ledger.facts(run.id).columns
            if c.reading and c.reading.url and c.column.path in done
        }


def test_killed_and_started_again(make_house: Callable[[], Any]) -> None:
    calm, struck = make_house(), make_house()
    for house in (calm, struck):
        # Columns are what this is about; of their articles a few are enough.
        file = house.folder / "site.toml"
        file.write_text(file.read_text("utf-8").replace("[crawl]", "[crawl]\nmax_pages = 250"))
    calm.night()
    process = struck.start(
        "nightly",
        str(struck.folder),
        "--as-of",
        AS_OF.isoformat(),
        "--out",
        str(struck.home / "out"),
    )
    deadline = time.monotonic() + 60
    while len(struck.server.requests) < 70 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    time.sleep(1.0)
    finished = _finished(struck)
    assert 5 < len(finished) < 66
    struck.server.forget()
    struck.night()
    again = set(struck.server.requests)
    shared = {path for path in finished if path in again}
    # An unfinished column may share its address with a finished one, and menus are looked up anew.
    assert shared <= {"/"}
    assert _facts(struck) == _facts(calm)
    assert _findings(struck) == _findings(calm)
    with Ledger.open(struck.ledger) as ledger:
        assert len(ledger.runs("yunze")) == 1
