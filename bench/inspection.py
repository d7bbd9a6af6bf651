"""What a full inspection costs, against Scrapy fetching the same addresses and reading nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.measure import middle
from bench.paper import Section
from bench.portal_pages import AS_OF
from bench.process import Cost, run
from demo.folder import write_site
from demo.portal import Portal, PortalServer
from ledger.facts import SiteFacts
from ledger.store import Ledger
from ledger.words import ColumnKind, Outcome

_NEXT_DAY = AS_OF + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Round:
    """One inspection, the night after, and the bare spider on the first night's addresses."""

    first: Cost
    first_asked: int
    second: Cost
    second_asked: int
    second_new: int
    bare: Cost
    silent: int


def measure(runs: int) -> list[Section]:
    """`runs` rounds on one portal, after an inspection that only warms it up."""
    portal = Portal(AS_OF)
    later = Portal(_NEXT_DAY, anchor=AS_OF)
    with PortalServer(portal) as server:
        _round(server, portal, later)
        rounds = [_round(server, portal, later) for _ in range(runs)]
    return [_against_scrapy(rounds), _second_night(rounds)]


def _round(server: PortalServer, portal: Portal, later: Portal) -> Round:
    with tempfile.TemporaryDirectory(prefix="xuncha-bench-") as place:
        folder = write_site(Path(place) / "demo", server.url, portal, timeout=1, retries=0)
        ledger_url = f"sqlite:///{place}/bench.db"
        first, asked = _inspect(server, portal, folder, ledger_url, AS_OF)
        addresses = Path(place) / "addresses.txt"
        addresses.write_text("".join(f"{server.url}{t}\n" for t in asked), encoding="utf-8")
        bare = run("bench.fetcher", str(folder), str(addresses))
        second, asked_again = _inspect(server, later, folder, ledger_url, _NEXT_DAY)
        with Ledger.open(ledger_url) as ledger:
            fresh = ledger.new_items(second.answer["run"])
            facts = ledger.facts(first.answer["run"])
    _refuse_unsound(facts)
    silent = sum(visit.outcome is Outcome.TIMEOUT for visit in facts.visits)
    return Round(first, len(asked), second, len(asked_again), fresh, bare, silent)


def _refuse_unsound(facts: SiteFacts) -> None:
    """A reader that fails is quick; its figures are not worth having."""
    readings = [column.reading for column in facts.columns if column.reading is not None]
    failed = [
        reading
        for reading in readings
        if reading.outcome is Outcome.NOT_RENDERED and reading.kind is ColumnKind.UNKNOWN
    ]
    if failed or len(readings) < len(facts.columns):
        raise SystemExit(f"{len(failed)} columns could not be read by this build: nothing measured")


def _inspect(
    server: PortalServer, portal: Portal, folder: Path, ledger_url: str, day: date
) -> tuple[Cost, list[str]]:
    """One inspection of the portal as it stands on `day`, and what it asked for."""
    server.portal = portal
    server.forget()
    cost = run("bench.inspector", str(folder), ledger_url, day.isoformat())
    return cost, server.requests


def _against_scrapy(rounds: Sequence[Round]) -> Section:
    first = [(r.first, r.first_asked) for r in rounds]
    bare = [(r.bare, r.first_asked) for r in rounds]
    return Section(
        title="A full inspection and a bare Scrapy spider",
        how=(
            "The demo portal (66 columns) over HTTP in a process of its own: columns found in the "
            "menus, lists read back, dates read, everything kept in SQLite. The spider asks for "
            "exactly the addresses the inspection asked for, repeats included, with the same "
            "concurrency, timeout and size limit, and throws the answers away. No delay, no "
            f"retries, 1 s timeout; addresses that never answer: {rounds[0].silent}, so wall time "
            "holds such waits on both sides, and CPU time is what to compare. 'Work' leaves out "
            "starting Python and importing."
        ),
        header=("figure", "inspection", "bare Scrapy", "ratio"),
        rows=tuple(_compared(name, form, of, first, bare) for name, form, of in _FIGURES),
        caveats=(
            "The portal is served by the measuring process on the other core; its pages were made "
            "before the first measured request.",
            "The spider shows the cost of Scrapy's scheduler and downloader; the inspection uses "
            "the downloader alone. So the ratio understates what reading adds to fetching.",
        ),
    )


_Figure = Callable[[Cost, int], float]

_FIGURES: tuple[tuple[str, str, _Figure], ...] = (
    ("requests", "{:,.0f}", lambda cost, asked: float(asked)),
    ("wall s, whole process", "{:.2f}", lambda cost, asked: cost.wall),
    ("CPU s, whole process", "{:.2f}", lambda cost, asked: cost.cpu),
    ("wall s, work", "{:.2f}", lambda cost, asked: cost.work_wall),
    ("CPU s, work", "{:.2f}", lambda cost, asked: cost.work_cpu),
    ("requests/s, work", "{:,.0f}", lambda cost, asked: asked / cost.work_wall),
    ("CPU ms a request, work", "{:.1f}", lambda cost, asked: 1000 * cost.work_cpu / asked),
    ("peak resident MB", "{:.0f}", lambda cost, asked: cost.peak / 1e6),
)


def _compared(
    name: str,
    form: str,
    figure: _Figure,
    ours: Sequence[tuple[Cost, int]],
    theirs: Sequence[tuple[Cost, int]],
) -> tuple[str, ...]:
    mine, peer = (middle(figure(*one) for one in side) for side in (ours, theirs))
    return name, form.format(mine), form.format(peer), f"{mine / peer:.2f}"


def _second_night(rounds: Sequence[Round]) -> Section:
    nights = (
        ("first", [(r.first, r.first_asked) for r in rounds], "all"),
        (
            "second, portal unchanged",
            [(r.second, r.second_asked) for r in rounds],
            f"{max(r.second_new for r in rounds)}",
        ),
    )
    return Section(
        title="The night after, nothing changed",
        how="The same site and ledger a day later; the portal's clock moved on, its items did not.",
        header=("night", "requests", "wall s", "CPU s", "items seen", "new items"),
        rows=tuple(
            (
                name,
                f"{middle(asked for _, asked in costs):,.0f}",
                f"{middle(cost.wall for cost, _ in costs):.2f}",
                f"{middle(cost.cpu for cost, _ in costs):.2f}",
                f"{middle(cost.answer['items'] for cost, _ in costs):,.0f}",
                new,
            )
            for name, costs, new in nights
        ),
        caveats=("New items are the most of any run, not the median.",),
    )
