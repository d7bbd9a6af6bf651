"""Builds facts from a short form, for the case files and the tests beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from ledger.clock import ZONE
from ledger.facts import (
    ColumnFacts,
    ColumnHistory,
    ColumnReading,
    DayReading,
    DaySeen,
    Found,
    Item,
    ItemHistory,
    PageCheck,
    Run,
    SiteFacts,
    TextChange,
    Visit,
)
from ledger.site import Column, ColumnPath, FreshnessPolicy, Site
from ledger.words import ColumnKind, Frequency, How, Outcome, PageState

HOST = "http://portal.example"
AT = datetime(2026, 3, 20, 2, 0, tzinfo=ZONE)


def _item(spec: Any, number: int, base: str) -> Item:
    given: dict[str, Any] = dict(spec) if isinstance(spec, Mapping) else {"day": spec}
    day = given.get("day")
    how = How(given.get("how", "list")) if day else None
    return Item(
        url=given.get("url", f"{base}{number}.html"),
        title=given.get("title", f"信息{number}"),
        day=day,
        how=how,
        text=given.get("text", day.isoformat() if day else ""),
        fault=given.get("fault", ""),
        pinned=given.get("pinned", False),
        page=given.get("page", 1),
        position=number,
        others=tuple(filter(None, map(_day, given.get("others", ())))),
    )


def _day(spec: Any) -> DayReading | None:
    """A day as the list shows it; a mapping may give how it was read and the text."""
    if spec is None:
        return None
    given: dict[str, Any] = dict(spec) if isinstance(spec, Mapping) else {"day": spec}
    day = given["day"]
    return DayReading(day, How(given.get("how", "list")), given.get("text", day.isoformat()))


def _days(spec: Mapping[str, Any], first: date) -> tuple[DaySeen, ...]:
    shown = spec.get("days") or [{**_given(spec), "seen": first}]
    return tuple(DaySeen(one["seen"], _day(one if one.get("day") else None)) for one in shown)


def _given(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {key: spec[key] for key in ("day", "how", "text") if key in spec}


def _history(spec: Mapping[str, Any], path: ColumnPath, base: str) -> ColumnHistory:
    items = [
        ItemHistory(
            url=one.get("url", f"{base}h{number}-{copy}.html"),
            title=one.get("title", f"信息{number}"),
            reading=_day(_given(one) if one.get("day") else None),
            first_seen=one["first"],
            missed=one.get("missed"),
            days=_days(one, one["first"]),
        )
        for number, one in enumerate(spec.get("items", []), start=1)
        for copy in range(1, one.get("repeat", 1) + 1)
    ]
    return ColumnHistory(path, spec["compared"], tuple(items))


def _check(spec: Mapping[str, Any], number: int) -> PageCheck:
    published = _day(_given(spec) if spec.get("day") else None)
    change = spec.get("change")
    return PageCheck(
        url=spec.get("url", f"{HOST}/p{number}.html"),
        title=spec.get("title", f"页面{number}"),
        state=PageState(spec.get("state", "same")),
        seen=spec["seen"],
        found=spec["found"],
        paths=tuple(tuple(path.split("/")) for path in spec.get("paths", [])),
        published=published,
        days=_days(spec, spec["seen"]),
        change=TextChange(*change) if change else None,
        outcome=Outcome(spec.get("outcome", "ok")),
    )


def _checks(specs: list[Any]) -> tuple[PageCheck, ...]:
    copies = [one for one in specs for _ in range(one.get("repeat", 1))]
    return tuple(_check(one, number) for number, one in enumerate(copies, start=1))


def _items(specs: list[Any], base: str) -> tuple[Item, ...]:
    return tuple(_item(spec, n, base) for n, spec in enumerate(specs, start=1))


def _reading(spec: Mapping[str, Any], path: ColumnPath, url: str | None) -> ColumnReading:
    published = spec.get("published")
    items = spec.get("items", [])
    kind = spec.get("kind") or ("list" if items else "single" if published else "list")
    cut = spec.get("cut", False)
    return ColumnReading(
        path=path,
        url=url,
        outcome=Outcome(spec.get("outcome", "ok")),
        kind=ColumnKind(kind),
        found=Found(spec.get("found", "roster")),
        at=AT,
        status=spec.get("status"),
        final_url=spec.get("final_url", ""),
        title=spec.get("title", ""),
        complete=spec.get("complete", not cut),
        cut=cut,
        covers_from=spec.get("covers"),
        published=DayReading(published, How.ARTICLE, published.isoformat()) if published else None,
        excerpt=spec.get("excerpt", ""),
        detail=spec.get("detail", ""),
    )


def _column(spec: Mapping[str, Any], row: int, number: int) -> ColumnFacts:
    path = tuple(spec["path"].format(n=number).split("/"))
    url = spec.get("url", f"{HOST}/c{row}-{number}/")
    url = url.format(n=number) if url else None
    frequency = Frequency(spec.get("frequency", "monthly"))
    column = Column(
        path=path,
        unit=spec.get("unit", "区政府办"),
        units=(spec.get("unit", "区政府办"),),
        frequency=frequency,
        frequency_text=frequency.label,
        url=url,
        row=row,
    )
    if spec.get("reading") is False:
        return ColumnFacts(column, None)
    return ColumnFacts(
        column, _reading(spec, path, url), _items(spec.get("items", []), url or f"{HOST}/")
    )


def build_facts(spec: Mapping[str, Any]) -> SiteFacts:
    """Facts from a mapping with day, as_of, columns, home, mode, limits, budget and checks."""
    columns = tuple(
        _column(one, row, number)
        for row, one in enumerate(spec.get("columns", []), start=2)
        for number in range(1, one.get("repeat", 1) + 1)
    )
    limits = {Frequency(key): days for key, days in spec.get("limits", {}).items()}
    home = spec.get("home")
    spent = Visit(f"{HOST}/x", Outcome.BUDGET, AT)
    site = Site(
        key="demo",
        name="示例区政府网",
        home=f"{HOST}/",
        columns=tuple(c.column for c in columns),
        freshness=FreshnessPolicy(mode=spec.get("mode", "rolling"), limits=limits),
    )
    return SiteFacts(
        site=site,
        run=Run(1, "demo", spec.get("as_of", spec["day"]), spec.get("state", "finished"), AT),
        columns=columns,
        home=_reading({"kind": "home", **home}, (), site.home) if home is not None else None,
        home_items=_items(home.get("items", []), site.home) if home is not None else (),
        visits=(spent,) if spec.get("budget") else (),
        histories=tuple(
            _history(one["history"], tuple(one["path"].split("/")), f"{HOST}/")
            for one in spec.get("columns", [])
            if "history" in one
        ),
        checks=_checks(spec.get("checks", [])),
    )


@pytest.fixture(scope="session")
def build() -> Callable[[Mapping[str, Any]], SiteFacts]:
    """The builder, as a fixture: test files do not import each other."""
    return build_facts


@pytest.fixture
def one() -> Callable[..., SiteFacts]:
    """Facts of a single column, given by keywords."""

    def make(*, day: date, as_of: date | None = None, **column: Any) -> SiteFacts:
        site = {k: column.pop(k) for k in ("mode", "limits", "budget", "state") if k in column}
        spec = {"path": "政务公开/统计信息", **column}
        return build_facts({"day": day, "as_of": as_of or day, "columns": [spec], **site})

    return make
