"""The whole house on the demo portal: nights as processes, the contract's 66 columns."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console import cli
from demo.folder import write_site
from demo.portal import Portal, PortalServer

AS_OF = date(2026, 3, 20)


@dataclass(frozen=True)
class House:
    """A portal, a site folder and a ledger of their own."""

    server: PortalServer
    folder: Path
    home: Path

    @property
    def ledger(self) -> str:
        return f"sqlite:///{self.home / 'xuncha.db'}"

    def start(self, *args: str) -> subprocess.Popen[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("XUNCHA_")}
        return subprocess.Popen(
            [sys.executable, "-m", "console.cli", *args, "--ledger", self.ledger],
            cwd=self.home,
            env=kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *args: str) -> str:
        """What a command prints that crawls nothing: inside this process, which has loaded it."""
        raw, err = io.BytesIO(), io.StringIO()
        out = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
        with chdir(self.home), redirect_stdout(out), redirect_stderr(err):
            code = cli.run([*args, "--ledger", self.ledger])
        assert code == 0, err.getvalue()
        return raw.getvalue().decode()

    def apart(self, *args: str) -> str:
        """What a command prints, run as a process of its own."""
        with self.start(*args) as process:
            out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        return out

    def night(self, day: date = AS_OF) -> None:
        """A whole night, as cron starts it."""
        papers = str(self.home / "out")
        self.apart("nightly", str(self.folder), "--as-of", day.isoformat(), "--out", papers)

    def columns(self, day: date = AS_OF) -> dict[str, Any]:
        out = self.run("columns", str(self.folder), "--as-of", day.isoformat(), "--format", "json")
        found: dict[str, Any] = json.loads(out)
        return found

    def findings(self, day: date = AS_OF) -> list[dict[str, Any]]:
        out = self.run("findings", str(self.folder), "--as-of", day.isoformat(), "--format", "json")
        found: list[dict[str, Any]] = json.loads(out)
        return found


@pytest.fixture(scope="module")
def make_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], House]]:
    servers: list[PortalServer] = []

    def make() -> House:
        home = tmp_path_factory.mktemp("house")
        portal = Portal(AS_OF)
        server = PortalServer(portal)
        server.start()
        servers.append(server)
        folder = write_site(home / "sites" / "yunze", server.url, portal, timeout=2.0)
        return House(server, folder, home)

    yield make
    for server in servers:
        server.stop()
