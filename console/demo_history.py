"""`xuncha demo --history`: two months of inspections, then every paper that comes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from console import closing, papers
from console.demo_command import SITE, start_portal
from console.errors import Exit
from console.inspecting import run
from console.jobs import NIGHTLY
from console.judged_commands import existing_ledger
from console.judging import stored
from console.output import emit, say
from console.sites import load_sites
from demo.folder import write_site
from demo.history import nights
from demo.portal import PortalServer
from ledger.period import Period, PeriodKind
from ledger.site import Site
from ledger.store import Ledger
from reports import load

_BY = "演示"


def history(out: Path, day: date) -> Exit:
    """Inspect the portal as it stood on each night, close the months, write every paper."""
    planned = list(nights(day))
    server = PortalServer(planned[0].portal)
    start_portal(server)
    url = f"sqlite:///{out / 'xuncha.db'}"
    with server:
        folder = write_site(
            out / "sites" / SITE, server.url, planned[0].portal, with_addresses="some"
        )
        for night in planned:
            say(f"模拟 {night.day} 的巡查……")
            server.portal = night.portal
            [summary] = run(
                load_sites(folder), NIGHTLY, url, night.day, out / "reports", 1, lines=False
            )
            if summary.error:
                return Exit(summary.code)
    for month in sorted({Period.holding(PeriodKind.MONTH, n.day).start for n in planned}):
        span = Period.holding(PeriodKind.MONTH, month)
        if span.end < day:
            closing.close(folder, url, span, day, _BY, "")
    with existing_ledger(url) as ledger:
        for site in load_sites(folder):
            _write_all(ledger, site, day, out / "papers")
    return Exit.FINE


def _write_all(ledger: Ledger, site: Site, day: date, out: Path) -> None:
    for paper in load().values():
        span = Period.holding(paper.covers, day)
        if paper.covers is PeriodKind.DAY:
            judged = stored(ledger, site, day)
        else:
            judged = papers.period_case(ledger, site, paper, span, day)
        for file in papers.write(ledger, site, judged, paper, paper.formats, out, day=day):
            emit(f"{file}\n")
