"""What befalls a browser in mid-run costs a column, never the run, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Portal, fills, records, serving, shell

ALERTS = "<script>for(let i=0;i<50;i++){alert(i);confirm(i);prompt(i)};print()</script>"
LEAVING = (
    "<script>addEventListener('beforeunload',e=>{e.preventDefault();e.returnValue='x'})</script>"
)
POPUPS = (
    "<a id=p href='/popped/' target=_blank>x</a><script>open('/popped/');"
    "document.getElementById('p').click();</script>"
)
DOWNLOADS = (
    "<script>const a=document.createElement('a');a.href='/plain/api';a.download='b.zip';"
    "a.click();</script>"
)
RESTLESS = (
    "<p>正在加载中，请稍候</p>"
    "<script>setInterval(()=>fetch('/restless/tick'+Math.random()),100)</script>"
)
GOOD = {"dialogs": ALERTS + LEAVING, "popups": POPUPS, "downloads": DOWNLOADS, "plain": ""}


def family_of(root: int) -> dict[int, str]:
    """The living processes under `root`, by number, with their command."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            stat = (entry / "stat").read_text(errors="replace")
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            state, parent = stat.rpartition(")")[2].split()[:2]
            if state != "Z":
                parents[int(entry.name)] = (int(parent), command)
    found: dict[int, str] = {}
    heads = {root}
    while heads:
        heads = {pid for pid, (parent, _) in parents.items() if parent in heads}
        found |= {pid: parents[pid][1] for pid in heads}
    return found


def browsers(root: int) -> list[int]:
    family = family_of(root)
    return [p for p, c in family.items() if "--user-data-dir" in c and "--type=" not in c]


def alive(pids: set[int]) -> set[int]:
    found = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
            if stat.rpartition(")")[2].split()[0] != "Z":
                found.add(pid)
    return found


def waited(look: Callable[[], Any], within: float = 60.0) -> Any:
    until = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return found


class Command:
    """The command on a site of script-built columns."""

    def __init__(self, portal: Portal, home: Path, chromium: Path, cases: list[str]) -> None:
        self.portal, self.home, self.chromium = portal, home, chromium
        folder = home / "site"
        folder.mkdir()
        (folder / "site.toml").write_text(
            f'name = "测试站"\nhome = "{portal.url}/"\ncolumns = "columns.csv"\n\n'
            "[crawl]\ndelay = 0\ntimeout = 10\nretries = 0\nrobots = false\n",
            encoding="utf-8",
        )
        rows = [f"公开,{case},,,甲局,按月更新,{portal.url}/{case}/" for case in cases]
        head = "一级栏目,二级栏目,三级栏目,四级栏目,责任单位,发布形式,网址"
        (folder / "columns.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")

    def start(self, *args: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "console.cli", *args, "--as-of", "2026-03-20"],
            cwd=self.home,
            env={
                **os.environ,
                "XUNCHA_CHROMIUM": str(self.chromium),
                "TMPDIR": str(self.portal.temporary),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.mark.browser
def test_troubled_pages_cost_their_columns_alone(chromium: Path, tmp_path: Path) -> None:
    with serving() as portal:
        for case, trouble in GOOD.items():
            page = shell(fills(f"/{case}/api"), case).replace("</body>", f"{trouble}</body>")
            portal.pages |= {f"/{case}/": page, f"/{case}/api": records([4, 3, 2, 1], f"/{case}")}
        portal.pages |= {
            "/restless/": shell(RESTLESS, "restless").replace('<ul id="list"></ul>', ""),
            "/killed/": shell(fills("/killed/api"), "killed"),
        }
        cases = ["killed", "restless", *GOOD]
        command = Command(portal, tmp_path, chromium, cases)
        held = portal.hold("/killed/api")
        family: set[int] = set()
        with command.start("nightly", "site", "--out", "out") as process:
            threading.Thread(target=_strike, args=(held, process.pid, portal), daemon=True).start()
            out, err = "", ""
            while process.poll() is None:
                family |= set(family_of(process.pid))
                time.sleep(0.3)
            out, err = process.communicate()
        assert process.returncode in (0, 1), err + out
        told = command.start("columns", "site", "--format", "json").communicate()[0]
        columns = {c["path"][-1]: c for c in json.loads(told)["columns"]}
        for case in GOOD:
            assert (columns[case]["verdict"], columns[case]["items"]) == ("on_time", 4), case
        for case in ("killed", "restless"):
            assert columns[case]["verdict"] == "not_checked", columns[case]
            assert columns[case]["reason"] in ("not_rendered", "timeout")
        assert "/popped/" not in portal.hits
        waited(lambda: not alive(family))
        assert list(portal.temporary.iterdir()) == []


def _strike(held: threading.Event, root: int, portal: Portal) -> None:
    """Kill the browser that waits for an answer it will not get."""
    held.wait(180)
    for pid in browsers(root):
        os.kill(pid, signal.SIGKILL)
    portal.release()


@pytest.mark.browser
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_no_browser_outlives_the_command(chromium: Path, tmp_path: Path, sign: int) -> None:
    with serving() as portal:
        portal.pages["/held/"] = shell(fills("/held/api"), "held")
        held = portal.hold("/held/api")
        command = Command(portal, tmp_path, chromium, ["held"])
        with command.start("crawl", "site") as process:
            assert held.wait(180)
            family = set(family_of(process.pid))
            assert browsers(process.pid)
            process.send_signal(sign)
            process.communicate()
        waited(lambda: not alive(family), 20)
        profiles = list(portal.temporary.rglob("*profile*"))
        assert profiles == []
