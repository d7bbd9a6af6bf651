"""The browser as a process: missing, killed, started again, and never left behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.guard import Guard
from crawler.render import Rendered, Renderer
from crawler.rendering.chromium import MISSING
from ledger.site import CrawlPolicy
from ledger.words import Outcome

from .conftest import POLICY, TITLES, Portal

SCRIPT = Path(__file__).with_name("render_many.py")
Rendering = Callable[..., Any]


def family_of(root: int) -> dict[int, str]:
    """The living processes under `root`, by number, with their command."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = stat.rpartition(")")[2].split()[:2]
        if state != "Z":
            parents[int(entry.name)] = (int(parent), command)
    found: dict[int, str] = {}
    heads = {root}
    while heads:
        heads = {pid for pid, (parent, _) in parents.items() if parent in heads}
        found |= {pid: parents[pid][1] for pid in heads}
    return found


def alive(pids: set[int]) -> set[int]:
    """Which of the processes still run; one that only waits to be counted does not."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            found.add(pid)
    return found


def gone(pids: set[int], within: float) -> bool:
    until = time.monotonic() + within
    while alive(pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def browser_of(processes: dict[int, str]) -> int:
    """The browser among its own helpers, which carry `--type=`."""
    return next(
        pid
        for pid, command in processes.items()
        if "--remote-debugging-pipe" in command and "--type=" not in command
    )


def waited(look: Callable[[], Any], within: float = 15.0) -> Any:
    until = time.monotonic() + within
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


@pytest.fixture
def spawn(chromium: Path, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the crawl script with a folder of its own for temporary files."""
    started: list[subprocess.Popen[str]] = []

    def start(*urls: str, **options: float) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), json.dumps(options), *urls],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.browser
def test_works_inside_the_reactor_and_leaves_nothing(
    portal: Portal, spawn: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = spawn(f"{portal.url}/fetch.html", f"{portal.url}/404")
    family: set[int] = set()
    while process.poll() is None:
        family |= set(family_of(process.pid))
        time.sleep(0.05)
    out, err = process.communicate()
    first, second = map(json.loads, out.splitlines())
    assert (process.returncode, err) == (0, "")
    assert TITLES[0] in first["html"]
    assert first["calls"] == [f"{portal.url}/data.json"]
    assert second["outcome"] == "gone"
    assert len(family) > 3
    assert gone(family, 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.parametrize(("page", "driver_too"), [("hang.html", True), ("busy.html", False)])
def test_nothing_is_left_when_the_crawl_is_killed(
    portal: Portal,
    spawn: Callable[..., subprocess.Popen[str]],
    tmp_path: Path,
    page: str,
    driver_too: bool,
) -> None:
    before = len(portal.hits)
    process = spawn(f"{portal.url}/{page}", timeout=30)
    waited(lambda: f"/{page}" in portal.paths()[before:])
    time.sleep(0.3)
    family = family_of(process.pid)
    driver = next(pid for pid, command in family.items() if "run-driver" in command)
    assert browser_of(family)
    process.send_signal(signal.SIGKILL)
    if driver_too:
        os.kill(driver, signal.SIGKILL)
    assert gone(set(family), 5)
    # The browser's folder is the driver's to remove.
    assert driver_too or waited(lambda: list(tmp_path.iterdir()) == [], 5)


@pytest.mark.browser
def test_what_dies_in_mid_render_costs_one_page(portal: Portal, rendering: Rendering) -> None:
    others = set(family_of(os.getpid()))
    marks = ("--type=renderer", "--user-data-dir", "run-driver")

    async def strike(renderer: Renderer, mark: str) -> Rendered:
        """Kill the processes that carry `mark` while a page is being opened."""
        before = len(portal.hits)
        opening = asyncio.ensure_future(renderer.render(f"{portal.url}/hang.html"))
        while "/hang" not in portal.paths()[before:]:
            await asyncio.sleep(0.05)
        own = {p: c for p, c in family_of(os.getpid()).items() if p not in others}
        struck = [p for p, c in own.items() if mark in c]
        assert struck
        for pid in struck:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return await opening

    async def work(renderer: Renderer) -> list[tuple[Rendered, Rendered]]:
        return [
            (await strike(renderer, mark), await renderer.render(f"{portal.url}/static.html"))
            for mark in marks
        ]

    pairs = rendering(work)
    assert [struck.outcome for struck, _ in pairs] == [Outcome.NOT_RENDERED] * 3
    assert "崩溃" in pairs[0][0].detail
    assert "异常退出" in pairs[1][0].detail
    assert [after.outcome for _, after in pairs] == [Outcome.OK] * 3
    assert gone(set(family_of(os.getpid())) - others, 5)


@pytest.mark.browser
def test_cancelled_rendering_leaves_a_working_renderer(
    portal: Portal, visit: Callable[..., Any]
) -> None:
    async def work(renderer: Renderer) -> Rendered:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.5):
                await renderer.render(f"{portal.url}/hang.html")
        return await renderer.render(f"{portal.url}/static.html")

    assert visit(work).outcome is Outcome.OK


def test_without_chromium_the_page_is_not_rendered(
    monkeypatch: pytest.MonkeyPatch, rendering: Rendering, portal: Portal
) -> None:
    monkeypatch.setenv("XUNCHA_CHROMIUM", "/nowhere/chromium")
    before = len(portal.hits)
    page = rendering(lambda renderer: renderer.render(f"{portal.url}/static.html"))
    assert (page.outcome, page.detail, page.html) == (Outcome.NOT_RENDERED, MISSING, "")
    assert "apt-get install chromium" in page.detail
    assert len(portal.hits) == before


def test_browser_that_does_not_start_is_tried_once(
    monkeypatch: pytest.MonkeyPatch, rendering: Rendering, portal: Portal, tmp_path: Path
) -> None:
    fake = tmp_path / "chromium"
    fake.write_text(f"#!/bin/sh\necho started >> {tmp_path}/log\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("XUNCHA_CHROMIUM", str(fake))

    async def twice(renderer: Renderer) -> list[Rendered]:
        return [await renderer.render(f"{portal.url}/static.html") for _ in range(2)]

    for page in rendering(twice):
        assert page.outcome is Outcome.NOT_RENDERED
        assert page.detail.startswith("Chromium 无法启动")
    assert (tmp_path / "log").read_text().count("started") == 1


def test_closed_renderer_opens_nothing(portal: Portal) -> None:
    async def main() -> Rendered:
        renderer = Renderer(POLICY, Guard(["127.0.0.1"]), "Xuncha/test")
        await renderer.close()
        await renderer.close()
        return await renderer.render(f"{portal.url}/static.html")

    assert asyncio.run(main()).outcome is Outcome.NOT_RENDERED


@pytest.mark.parametrize(("asked", "kept"), [(1.0, 5.0), (12.0, 12.0), (90.0, 30.0)])
def test_limit_stays_between_bounds(asked: float, kept: float) -> None:
    assert Renderer(CrawlPolicy(timeout=asked), Guard(), "x").limit == kept
