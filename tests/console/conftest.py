"""The real command, run as a process in a folder of its own, against the real demo portal."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from console import cli
from demo.portal import Portal, PortalServer
from demo.truth import truth

DAY = date(2026, 3, 20)
HEADER = "一级栏目,二级栏目,三级栏目,四级栏目,责任单位,发布形式,网址"


@pytest.fixture(scope="session", autouse=True)
def _heeding_ctrl_c() -> Iterator[None]:
    """A shell without job control makes what it starts with `&` ignore SIGINT, and theirs too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Xuncha:
    """Runs `xuncha` in a folder, as an operator would."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *args: str, **extra: str) -> Ran:
        done = subprocess.run(
            self.command(*args),
            cwd=self.home,
            env=self.env(**extra),
            capture_output=True,
            timeout=180,
            check=False,
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, done.stdout.decode(), err)

    def start(self, *args: str, **extra: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*args),
            cwd=self.home,
            env=self.env(**extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def plain(self, *args: str) -> Ran:
        """As a user whom file permissions bind, which they do not bind root."""
        bound = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
        done = subprocess.run(
            [*bound, *self.command(*args)],
            cwd=self.home,
            env=self.env(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        err = done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, done.stdout.decode(), err)

    @staticmethod
    def command(*args: str) -> list[str]:
        return [sys.executable, "-m", "console.cli", *args]

    @staticmethod
    def env(**extra: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("XUNCHA_")}
        return {**kept, "COLUMNS": "100", **extra}


def write_site(
    folder: Path, home: str, rows: list[str], *, name: str = "测试站", crawl: str = "delay = 0"
) -> Path:
    """A site folder with the column rows given."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("site.toml").write_text(
        f'name = "{name}"\nhome = "{home}/"\ncolumns = "columns.csv"\n\n[crawl]\n{crawl}\n',
        encoding="utf-8",
    )
    folder.joinpath("columns.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def make_site() -> Any:
    return write_site


@pytest.fixture
def xuncha(tmp_path: Path) -> Xuncha:
    return Xuncha(tmp_path)


@pytest.fixture(scope="session")
def program() -> type[Xuncha]:
    """The command, for folders that several tests share."""
    return Xuncha


class Serving:
    """Serves a few pages on loopback: a text, a status, or 0 for an answer that never comes."""

    def __init__(self) -> None:
        self.moments: list[float] = []
        """When each request came."""

    @contextlib.contextmanager
    def __call__(self, pages: Mapping[str, str | int]) -> Iterator[str]:
        moments = self.moments
        over = Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                moments.append(time.monotonic())
                body = pages.get(self.path, 404)
                if body == 0:
                    over.wait(60)
                    return
                self.send_response(body if isinstance(body, int) else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(str(body).encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            over.set()
            server.shutdown()
            server.server_close()


@pytest.fixture
def serving() -> Serving:
    return Serving()


class Typed:
    """Runs command lines inside this process: for those that start no process themselves."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *args: str) -> Ran:
        self._capsys.readouterr()
        with contextlib.chdir(self.home):
            code = cli.run(list(args))
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err)


@pytest.fixture
def typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Typed:
    monkeypatch.setenv("COLUMNS", "100")
    return Typed(tmp_path, capsys)


@pytest.fixture
def quiet(inspected: Xuncha, server: PortalServer, typed: Typed) -> Iterator[Typed]:
    """The inspected folder; fails where a test makes the portal answer."""
    before = len(server.requests)
    typed.home = inspected.home
    yield typed
    assert len(server.requests) == before


@pytest.fixture(scope="session")
def portal() -> Portal:
    return Portal(DAY)


@pytest.fixture(scope="session")
def server(portal: Portal) -> Iterator[PortalServer]:
    with PortalServer(portal) as running:
        yield running


@pytest.fixture(scope="session")
def few_rows(portal: Portal, server: PortalServer) -> list[str]:
    """Six columns of the portal that answer at once, three on time and three overdue."""
    chosen: dict[str, list[str]] = {"on_time": [], "overdue": []}
    for path, told in truth(portal).items():
        rows = chosen.get(str(told.verdict))
        part = portal.boards[path].part
        if rows is not None and len(rows) < 3 and len(path) <= 4 and part.family != "files":
            names = [f'"{name}"' for name in path] + [""] * (4 - len(path))
            address = server.url + told.url_path
            rows.append(",".join([*names, "区政府办", _duty(portal, path), address]))
    return [row for rows in chosen.values() for row in rows]


def _duty(portal: Portal, path: tuple[str, ...]) -> str:
    from demo.table import rows

    return next(row.cells[5] for row in rows() if row.path == path)


@pytest.fixture(scope="session")
def inspected(
    tmp_path_factory: pytest.TempPathFactory, server: PortalServer, few_rows: list[str]
) -> Xuncha:
    """A folder in which one small site has been inspected on DAY."""
    home = tmp_path_factory.mktemp("inspected")
    write_site(home / "site", server.url, few_rows)
    xuncha = Xuncha(home)
    ran = xuncha("nightly", "site", "--as-of", DAY.isoformat())
    assert ran.code == 0, ran.err
    return xuncha
