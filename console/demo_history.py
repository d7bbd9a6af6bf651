"""`xuncha demo --history`: two months of inspections, then every paper that comes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from console import closing
from console.demo_command import SITE, start_portal
from console.errors import Exit
from console.importing import Asked, import_notice
from console.inspecting import run
from console.jobs import NIGHTLY
from console.judged_commands import report_all
from console.output import say
from console.sites import load_sites
from demo.folder import write_site
from demo.history import Night, nights
from demo.notice import VENDOR, notice
from demo.portal import PortalServer
from ledger.period import Period, PeriodKind

_BY = "演示"


def history(out: Path, day: date, step: int = 7) -> Exit:
    """Inspect the portal every `step` days, take in a vendor's notice, write every paper.

    The notice comes in the middle of the time; months that are over by `day` are closed.
    """
    planned = list(nights(day, step))
    server = PortalServer(planned[0].portal)
    start_portal(server)
    url = f"sqlite:///{out / 'xuncha.db'}"
    with server:
        folder = write_site(
            out / "sites" / SITE, server.url, planned[0].portal, with_addresses="some"
        )
        for number, night in enumerate(planned):
            say(f"模拟 {night.day} 的巡查……")
            server.portal = night.portal
            [summary] = run(
                load_sites(folder), NIGHTLY, url, night.day, out / "reports", 1, lines=False
            )
            if summary.error:
                return Exit(summary.code)
            if number == (len(planned) - 1) // 2:
                _take_in(out, folder, url, night, server.url)
    for month in sorted({Period.holding(PeriodKind.MONTH, n.day).start for n in planned}):
        span = Period.holding(PeriodKind.MONTH, month)
        if span.end < day:
            closing.close(folder, url, span, day, _BY, "")
    say("巡查完成，正在写出全部报表……")
    return report_all(folder, url, day, out / "papers", ())


def _take_in(out: Path, folder: Path, url: str, night: Night, base: str) -> None:
    """The vendor's notice, as an operator would import it."""
    name, content = notice(night.portal, base, night.day)
    file = out / name
    file.write_bytes(content)
    say(f"导入监测通报 {name}")
    import_notice(file, folder, url, Asked(night.day, night.day, VENDOR, yes=True, dry_run=False))
