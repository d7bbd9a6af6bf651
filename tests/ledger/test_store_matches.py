from __future__ import annotations

from datetime import date

from ledger import clock
from ledger.facts import Address, Found
from ledger.site import Site
from ledger.store import Ledger


def test_addresses_found_are_remembered_and_replaced(ledger_url: str) -> None:
    with Ledger.open(ledger_url) as ledger:
        site = Site("matches", "演示", "http://127.0.0.1/", ())
        run = ledger.begin_run(site, date(2026, 3, 20), clock.now())
        first = Address(
            ("政务公开", "甲"), "http://127.0.0.1/a/", Found("menu", 0.8, "甲", "http://127.0.0.1/")
        )
        other = Address(("政务公开",), "http://127.0.0.1/z/", Found("menu", 1.0, "政务公开"))
        ledger.save_addresses(run.id, [first, other])
        assert ledger.addresses(run.id) == [other, first]
        moved = Address(first.path, "http://127.0.0.1/b/", Found("channel", 0.9))
        ledger.save_addresses(run.id, [moved])
        ledger.save_addresses(run.id, [])
        assert ledger.addresses(run.id) == [other, moved]
        assert ledger.addresses(run.id + 1) == []


def test_furniture_is_remembered_by_run(ledger_url: str) -> None:
    with Ledger.open(ledger_url) as ledger:
        run = ledger.begin_run(
            Site("furniture", "演示", "http://127.0.0.1/", ()), date(2026, 3, 20), clock.now()
        )
        assert ledger.furniture(run.id) == frozenset()
        ledger.save_furniture(
            run.id, ["http://127.0.0.1/b", "http://127.0.0.1/a", "http://127.0.0.1/b"]
        )
        ledger.save_furniture(run.id, ["http://127.0.0.1/a"])
        ledger.save_furniture(run.id, [])
        assert ledger.furniture(run.id) == {"http://127.0.0.1/a", "http://127.0.0.1/b"}
