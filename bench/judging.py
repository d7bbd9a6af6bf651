"""How long a large site takes once it is read: ledger, rules and papers, without the network."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from bench import synthetic
from bench.measure import cpu_seconds, middle
from bench.paper import Section
from bench.portal_pages import AS_OF
from ledger.clock import ZONE
from ledger.facts import Run, SiteFacts
from ledger.findings import Finding, Judgement
from ledger.site import Site
from ledger.store import Ledger
from reports import PaperCase, load
from rules.engine import judge
from rules.freshness.periods import month_periods

_NOW = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 2, tzinfo=ZONE)
_MONTH = AS_OF.replace(day=1)

T = TypeVar("T")


class Stopwatch:
    """CPU seconds by step, and sizes of what was written."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.sizes: dict[str, int] = {}

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Do `work` and add its time to `step`."""
        spent, result = cpu_seconds(work)
        self.seconds.setdefault(step, []).append(spent)
        if isinstance(result, bytes):
            self.sizes[step] = len(result)
        return result


def measure(runs: int) -> list[Section]:
    """`runs` nights of the synthetic site, each in a new ledger, after one that only warms up."""
    _night(Stopwatch())
    watch = Stopwatch()
    for _ in range(runs):
        _night(watch)
    return [_section(watch)]


def _night(watch: Stopwatch) -> None:
    site = synthetic.site()
    with _ledger() as ledger:
        run = ledger.begin_run(site, AS_OF, _NOW)
        watch.time("ledger: keep the columns", lambda: _keep(ledger, site, run))
        ledger.finish_run(run.id, _NOW)
        facts = watch.time("ledger: load the facts", lambda: ledger.facts(run.id))
        judgement = watch.time("rules: judge", lambda: judge(facts, AS_OF))
        watch.time("ledger: keep the judgement", lambda: ledger.save_judgement(judgement))
        findings = watch.time("ledger: findings", lambda: ledger.findings(site.key, AS_OF))
    _papers(watch, facts, judgement, tuple(findings))


@contextmanager
def _ledger() -> Iterator[Ledger]:
    with (
        tempfile.TemporaryDirectory(prefix="xuncha-bench-") as place,
        Ledger.open(f"sqlite:///{place}/bench.db") as ledger,
    ):
        yield ledger


def _keep(ledger: Ledger, site: Site, run: Run) -> None:
    for number, column in enumerate(site.columns):
        seen = synthetic.reading(column, number, AS_OF)
        found = synthetic.items(column, seen, number, AS_OF)
        ledger.save_column(run.id, seen, found, [synthetic.visit(column, seen)])


def _papers(
    watch: Stopwatch, facts: SiteFacts, judgement: Judgement, findings: tuple[Finding, ...]
) -> None:
    common: dict[str, Any] = {
        "site": facts.site,
        "run": facts.run,
        "judgement": judgement,
        "findings": findings,
        "visits": facts.visits,
        "readings": {c.column.path: c.reading for c in facts.columns if c.reading is not None},
    }
    papers = load()
    nightly, month = papers["nightly"], papers["month"]
    night = watch.time("nightly page: build", lambda: nightly.build(PaperCase(**common)))
    watch.time("nightly page: HTML", lambda: nightly.render(night, "html"))
    periods = watch.time("rules: periods of the month", lambda: month_periods(facts, _MONTH, AS_OF))
    case = PaperCase(**common, periods=periods, month=_MONTH)
    table = watch.time("monthly table: build", lambda: month.build(case))
    watch.time("monthly table: HTML", lambda: month.render(table, "html"))
    watch.time("monthly table: XLSX", lambda: month.render(table, "xlsx"))


def _section(watch: Stopwatch) -> Section:
    size = f"{synthetic.COLUMNS} columns of {synthetic.ITEMS} items"
    rows = [
        (
            step,
            f"{middle(spent):.3f}",
            f"{watch.sizes[step] / 1000:,.0f}" if step in watch.sizes else "",
        )
        for step, spent in watch.seconds.items()
    ]
    total = sum(middle(spent) for spent in watch.seconds.values())
    return Section(
        title="Judging and telling a large site",
        how=(
            f"A synthetic site of {size} (about 7 % of the columns blocked or gone, about 11 % "
            "long asleep), in one process, with a new SQLite ledger on disk for each run and one "
            "transaction for each column; CPU time."
        ),
        header=("step", "CPU s", "KB written"),
        rows=(*rows, ("together", f"{total:.3f}", "")),
        caveats=(
            "A first run; a ledger with years of history takes longer to keep and to load. Waiting "
            "for the disk is not in CPU time.",
        ),
    )
