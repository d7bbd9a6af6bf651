"""All variants' columns inspected once by the real command, against the real server."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from demo.portal import Portal, PortalServer
from ledger.facts import ColumnFacts
from ledger.findings import ColumnVerdict
from ledger.roster import read_roster
from ledger.site import ColumnPath
from ledger.store import Ledger
from rules.engine import judge

AS_OF = date(2026, 3, 20)


@dataclass(frozen=True)
class Inspected:
    """What one inspection says of a column."""

    facts: ColumnFacts
    verdict: ColumnVerdict

    @property
    def titles(self) -> list[str]:
        """The titles of its items, in order."""
        return [item.title for item in self.facts.items]


@pytest.fixture(scope="session")
def server() -> Iterator[PortalServer]:
    with PortalServer(Portal(AS_OF)) as running:
        yield running


@pytest.fixture(scope="session")
def inspected(
    server: PortalServer, tmp_path_factory: pytest.TempPathFactory
) -> dict[ColumnPath, Inspected]:
    """Every column of every variant, its address given, inspected and judged."""
    home = tmp_path_factory.mktemp("variants")
    folder = _write_site(home / "sites" / "bt", server)
    store = f"sqlite:///{home / 'xuncha.db'}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("XUNCHA_")}
    task = ["crawl", str(folder), "--as-of", AS_OF.isoformat(), "--ledger", store]
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", *task],
        env=kept,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    site = read_roster(folder).site
    assert site is not None
    with Ledger.open(store) as ledger:
        run = ledger.newest_run(site.key)
        assert run is not None
        facts = ledger.facts(run.id, site)
    verdicts = {v.path: v for v in judge(facts, AS_OF).verdicts}
    return {c.column.path: Inspected(c, verdicts[c.column.path]) for c in facts.columns if c.column}


def _write_site(folder: Path, server: PortalServer) -> Path:
    folder.mkdir(parents=True)
    (folder / "site.toml").write_text(
        f'name = "列表版式"\nhome = "{server.url}/"\ncolumns = "columns.csv"\n'
        # Enough for every column; the documents behind their lists are not what is tested here.
        "[crawl]\ndelay = 0\ntimeout = 5\nretries = 0\nmax_pages = 600\n",
        encoding="utf-8",
    )
    portal = server.portal
    assert isinstance(portal, Portal)
    with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["一级栏目", "二级栏目", "责任单位", "发布形式", "网址"])
        for scene in portal.variants.scenes.values():
            for told in scene.columns:
                form = told.frequency.label
                sheet.writerow([*told.path, "区政府办公室", form, server.url + told.at])
    return folder
