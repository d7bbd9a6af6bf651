"""Every verdict and every date equals what the portal knows of itself; then the nights after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from demo.portal import Portal
from demo.truth import planted, truth
from ledger.store import Ledger

AS_OF = date(2026, 3, 20)
# Columns whose list can be told apart from the portal's whole list by nothing but its length.
_LISTED = ("on_time", "overdue", "as_needed")


@pytest.fixture(scope="module")
def house(make_house: Callable[[], Any]) -> Any:
    made = make_house()
    made.night()
    return made


def test_every_verdict_and_every_date(house: Any) -> None:
    told = {tuple(c["path"]): c for c in house.columns()["columns"]}
    known = truth(house.server.portal)
    assert list(told) == list(known)
    assert len(known) == 66
    wrong = {
        path: (told[path]["verdict"], told[path]["reason"], told[path]["last_updated"], true)
        for path, true in known.items()
        if (told[path]["verdict"], told[path]["reason"], told[path]["last_updated"])
        != (true.verdict, true.reason, true.last_updated.isoformat() if true.last_updated else None)
    }
    assert not wrong


def test_not_checked_always_has_a_reason_and_nothing_else_has(house: Any) -> None:
    for column in house.columns()["columns"]:
        assert (column["verdict"] == "not_checked") == (column["reason"] is not None)


def test_lists_read_to_their_end_have_every_item(house: Any) -> None:
    known = truth(house.server.portal)
    with Ledger.open(house.ledger) as ledger:
        run = ledger.newest_run("yunze")
        assert run is not None
        facts = ledger.facts(run.id)
    whole = [
        c
        for c in facts.columns
        if c.reading and c.reading.complete and known[c.column.path].verdict in _LISTED
    ]
    assert len(whole) >= 5
    for column in whole:
        expected = known[column.column.path].items
        if expected is not None:
            assert len(column.items) == expected, column.column.path


def test_most_columns_were_found_in_menus(house: Any) -> None:
    found = [c["found"] for c in house.columns()["columns"]]
    assert sum(how in ("menu", "breadcrumb", "channel") for how in found) > 40


def _first_days(findings: list[dict[str, Any]]) -> dict[str, str]:
    return {f["fingerprint"]: f["first_seen"] for f in findings}


def test_of_all_its_wording_only_what_was_planted_is_told(house: Any) -> None:
    told = [(f["code"], f["subject"], f["tier"]) for f in house.findings() if f["code"][0] == "T"]
    # In a site's first weeks what statistics suspect is never reported.
    told = [one for one in told if (one[0], one[2]) != ("T301", "review")]
    faults = [one.fault for one in planted(house.server.portal)]
    assert sorted(told) == sorted((f.code, f.shown, f.tier) for f in faults)


def test_second_night_says_nothing_changed(house: Any) -> None:
    before = house.findings()
    with Ledger.open(house.ledger) as ledger:
        items = ledger.first_seen("yunze")
    # The contents stand still; only the night is another one.
    house.server.portal = Portal(AS_OF)
    house.night()
    after = house.findings()
    # Suspicions are confirmed by the second sight, which moves them up the list and nothing else.
    assert _first_days(after) == _first_days(before)
    assert {f["state"] for f in after if f["tier"] == "report"} == {"confirmed"}
    assert {f["state"] for f in after if f["tier"] == "review"} == {"suspected"}
    with Ledger.open(house.ledger) as ledger:
        run = ledger.newest_run("yunze")
        assert run is not None
        assert ledger.new_items(run.id) == 0
        assert ledger.first_seen("yunze") == items
    page = next((house.home / "out").rglob("*nightly*.html"))
    assert "无变化" in page.read_text(encoding="utf-8")


_TELLING = ("judge", "columns", "findings")


def _printed(house: Any, run: Any, day: date) -> list[str]:
    tail = ("--as-of", day.isoformat(), "--format", "json")
    return [run(command, str(house.folder), *tail) for command in _TELLING]


def test_everything_but_the_crawl_works_with_the_portal_switched_off(house: Any) -> None:
    house.server.stop()
    later = AS_OF + timedelta(days=40)
    # Nor does it matter what a process has told before.
    assert _printed(house, house.run, later) == _printed(house, house.apart, later)
    told = house.columns(later)
    assert told["as_of"] == later.isoformat()
    overdue = sum(c["verdict"] == "overdue" for c in told["columns"])
    assert overdue > sum(c["verdict"] == "overdue" for c in house.columns()["columns"])
    papers = []
    for run in (house.run, house.apart):
        out = house.home / run.__name__
        run("report", "month", str(house.folder), "--month", "2026-02", "--out", str(out),
            "--formats", "html,xlsx,json")  # fmt: skip
        papers.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert {p.suffix for p in papers[0]} == {".html", ".xlsx", ".json"}
    assert papers[0] == papers[1]
