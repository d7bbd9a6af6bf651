"""Verdicts and dates on the demo portal, whose truth is known because it was put in."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from operator import add
from pathlib import Path

from bench.agreement import Agreement, Row, Tally, compare
from bench.paper import Section
from bench.peers import first_full_date
from bench.portal_pages import AS_OF, Sample, articles, first_list_pages
from bench.process import run
from console.judging import judge_unsaved
from console.listing import columns_of
from crawler.reading.page import read_page
from demo.folder import write_site
from demo.portal import Portal, PortalServer
from demo.truth import truth
from ledger.roster import read_roster
from ledger.store import Ledger

_SEEDS = (1, 2)
_ARTICLES = 600
_SHOWN = 5
_NO_CLAIM = (
    "The demo portal was built by us and the readers were tuned on it: this is a regression "
    "figure, which should be 100 %, and no claim about portals in the field. For that, label a "
    "portal and run `python -m bench --portal COLUMNS.json TRUTH.json`."
)


def measure(runs: int) -> list[Section]:
    """Whole inspections, then single pages; the same each time, so `runs` plays no part."""
    return [_columns(), _pages()]


def _columns() -> Section:
    total: Agreement = reduce(add, [_inspected(seed) for seed in _SEEDS])
    return Section(
        title="Verdicts and dates on the demo portal",
        how=(
            f"{len(_SEEDS)} portals of different content ({', '.join(f'seed {s}' for s in _SEEDS)})"
            f" inspected over HTTP as of {AS_OF} and judged; every column held against what was "
            "put into the portal."
        ),
        header=("figure", "columns"),
        rows=total.rows(),
        caveats=(_NO_CLAIM, *(f"Disagrees: {line}" for line in total.differences)),
    )


def _inspected(seed: int) -> Agreement:
    """One inspection from the site folder to `xuncha columns`, against the portal's truth."""
    portal = Portal(AS_OF, seed=seed)
    with tempfile.TemporaryDirectory(prefix="xuncha-bench-") as place:
        ledger_url = f"sqlite:///{place}/bench.db"
        with PortalServer(portal) as server:
            folder = write_site(Path(place) / "demo", server.url, portal, timeout=3, retries=0)
            cost = run("bench.inspector", str(folder), ledger_url, AS_OF.isoformat())
        site = read_roster(folder).site
        if site is None:
            raise SystemExit("the site folder cannot be read; see `xuncha check`")
        with Ledger.open(ledger_url) as ledger:
            judged = judge_unsaved(ledger, site, ledger.run(cost.answer["run"]), AS_OF)
    # Through JSON, so that the very output of the command line is compared.
    columns = json.loads(json.dumps(columns_of(judged)))["columns"]
    return compare(columns, _truth(portal))


def _truth(portal: Portal) -> list[Row]:
    return [
        {
            "path": list(known.path),
            "verdict": str(known.verdict),
            "reason": str(known.reason) if known.reason else None,
            "last_updated": known.last_updated.isoformat() if known.last_updated else None,
        }
        for known in truth(portal).values()
    ]


def _pages() -> Section:
    portal = Portal(AS_OF)
    items, lists = articles(portal, _ARTICLES), first_list_pages(portal)
    readers: tuple[tuple[str, Callable[[Sample], date | None]], ...] = (
        ("first full date in the visible text", lambda sample: first_full_date(sample.html)),
        ("the same, the as-of day left out", lambda sample: first_full_date(sample.html, AS_OF)),
        ("Xuncha: read_page", _read),
    )
    return Section(
        title="Days of single pages of the demo portal",
        how=(
            "Publication day of article pages, and newest day on the first page of every list, "
            "each against the day the portal knows. Only the page is given, no list it came from."
        ),
        header=("reader", "article pages", "list pages"),
        rows=tuple(
            (name, str(_days(items, read)), str(_days(lists, read))) for name, read in readers
        ),
        caveats=(
            "Regression figures as above. The portal puts a clock and other days on its pages "
            "because real portals do; how far that trips the shortcut in the field is not "
            "measured here.",
            "Where the portal shows no readable day, finding none is right.",
            *_misses([*items, *lists]),
        ),
    )


def _days(pages: Sequence[Sample], read: Callable[[Sample], date | None]) -> Tally:
    return Tally(sum(read(page) == page.day for page in pages), len(pages))


def _misses(pages: Sequence[Sample]) -> list[str]:
    """The first pages read_page gives another day, for whoever mends it."""
    read = [(page, _read(page)) for page in pages]
    wrong = [f"{page.target} ({page.day}, read {day})" for page, day in read if day != page.day]
    return [f"read_page is wrong on: {', '.join(wrong[:_SHOWN])}"] if wrong else []


def _read(sample: Sample) -> date | None:
    """The day read_page gives a page: an article's own, or the newest of a list."""
    seen = read_page(sample.document, AS_OF)
    if seen.article is not None:
        return seen.article.published.day if seen.article.published else None
    return seen.newest.day if seen.newest else None
