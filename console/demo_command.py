"""`xuncha demo`: a portal in a box, inspected for real, with the report's path at the end."""

from __future__ import annotations

import shutil
import sys
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from console.errors import Exit
from console.inspecting import run, tell
from console.jobs import NIGHTLY
from console.output import emit, say
from console.sites import load_sites
from demo.folder import write_site
from demo.portal import Portal, PortalServer

SITE = "yunze"
_PORT = 18066
"""The same port each time, so that a second demonstration meets the same addresses."""


def demo(out: Path, day: date, *, serve: bool) -> Exit:
    """Start the portal, write a site folder for it, run the night, say where the report is."""
    portal = Portal(day)
    server = PortalServer(portal)
    start_portal(server)
    with server:
        say(f"演示网站已启动：{server.url}/　基准日 {day}")
        folder = write_site(out / "sites" / SITE, server.url, portal, with_addresses="some")
        ledger = f"sqlite:///{out / 'xuncha.db'}"
        [summary] = run(load_sites(folder), NIGHTLY, ledger, day, out / "reports", 1, lines=False)
        if summary.error:
            return Exit(summary.code)
        _tell_next(folder, ledger, day)
        tell(summary, papers=False)
        for paper in reversed(summary.papers):
            emit(f"{paper}\n")
        if serve:
            say(f"演示网站继续运行：{server.url}/　按 Ctrl-C 结束。")
            with suppress(KeyboardInterrupt):
                threading.Event().wait()
    return Exit.FINE


def start_portal(server: PortalServer) -> None:
    """Start the portal on its own port, on any other where that one is taken."""
    try:
        server.start(_PORT)
    except OSError:
        server.start()


def _tell_next(folder: Path, ledger: str, day: date) -> None:
    common = f"{folder} --ledger {ledger} --as-of {day}"
    program = _program()
    say("巡查完成。接下来可以试试：")
    say(f"  {program} columns {common}")
    say(f"  {program} findings {common}")


def _program() -> str:
    """How to type the program's name here: `make demo` runs outside the environment."""
    if shutil.which("xuncha"):
        return "xuncha"
    beside = Path(sys.executable).with_name("xuncha")
    if not beside.is_file():
        return f"{sys.executable} -m console.cli"
    here = Path.cwd()
    return str(beside.relative_to(here) if beside.is_relative_to(here) else beside)
