"""How lists were come by, and what was read of them last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ledger import clock
from ledger.facts import ColumnReading, Found, Run
from ledger.known import Access
from ledger.site import Site
from ledger.store import Ledger
from ledger.words import ColumnKind, Outcome, Way

PATH = ("政务公开", "通知公告")
URL = "http://127.0.0.1/tz/"
READING = ColumnReading(PATH, URL, Outcome.OK, ColumnKind.LIST, Found("roster"), clock.now())


def _run(ledger: Ledger, day: int, site: str = "accesses") -> Run:
    return ledger.begin_run(
        Site(site, "演示", "http://127.0.0.1/", ()), date(2026, 3, day), clock.now()
    )


def test_the_newest_learning_counts(ledger_url: str) -> None:
    with Ledger.open(ledger_url) as ledger:
        run = _run(ledger, 1)
        assert ledger.access(run.id, PATH) is None
        first = Access(PATH, URL, Way.RENDER, date(2026, 3, 1), '{"url":"http://x/"}', "generic")
        ledger.save_column(run.id, READING, (), access=first)
        ledger.save_column(run.id, READING, ())
        assert ledger.access(run.id, PATH) == first
        second = replace(first, way=Way.CALL, learned=date(2026, 4, 1))
        ledger.save_column(run.id, READING, (), access=second)
        assert ledger.access(run.id, PATH) == second
        assert ledger.access(_run(ledger, 1, "elsewhere").id, PATH) is None


def test_the_last_list_is_of_an_earlier_run_that_read_one_there(ledger_url: str) -> None:
    with Ledger.open(ledger_url) as ledger:
        runs = [_run(ledger, day) for day in range(1, 6)]
        assert ledger.last_list(runs[0].id, PATH, URL) is None
        ledger.save_column(runs[0].id, READING, ())
        ledger.save_column(runs[1].id, replace(READING, kind=ColumnKind.SHELL), ())
        ledger.save_column(runs[2].id, replace(READING, outcome=Outcome.TIMEOUT), ())
        ledger.save_column(runs[3].id, replace(READING, url="http://127.0.0.1/other/"), ())
        ledger.save_column(runs[4].id, READING, ())
        found = ledger.last_list(runs[4].id, PATH, URL)
        assert found is not None
        assert (found[0], found[1].kind) == (runs[0].id, ColumnKind.LIST)
