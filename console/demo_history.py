"""`xuncha demo --history`: two months of inspections, then every paper that comes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from console import closing
from console.demo_command import SITE, start_portal
from console.errors import Exit
from console.inspecting import run
from console.jobs import NIGHTLY
from console.judged_commands import report_all
from console.output import say
from console.sites import load_sites
from demo.folder import write_site
from demo.history import nights
from demo.portal import PortalServer
from ledger.period import Period, PeriodKind

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
    return report_all(folder, url, day, out / "papers", ())
