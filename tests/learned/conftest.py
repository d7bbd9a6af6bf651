"""A portal whose lists its scripts bring, inspected night after night."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.rendering.chromium import find_chromium

SCRIPT = Path(__file__).with_name("one_night.py")
TITLES = (
    "关于开展夏季防汛检查的通知",
    "县人民政府召开专题会议",
    "上半年经济运行情况通报",
    "关于公布行政许可事项的公告",
    "关于做好粮食收购工作的通知",
    "城乡道路改造工程施工通告",
)

Page = str | Callable[["Asked"], "str | tuple[int, str]"]


class Asked:
    """One request as a page of the portal sees it."""

    def __init__(self, method: str, path: str, body: str) -> None:
        self.method, self.path, self.body = method, path, body


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Portal

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode())

    def _serve(self, body: str) -> None:
        path = self.path.partition("?")[0]
        self.server.hits.append(self.path)
        self.server.wait(path)
        page = self.server.pages.get(path, (404, "<title>404</title><p>您访问的页面不存在</p>"))
        found = page(Asked(self.command, self.path, body)) if callable(page) else page
        status, text = found if isinstance(found, tuple) else (200, found)
        raw = text.encode()
        mark = f'"{hashlib.sha256(raw).hexdigest()[:12]}"'
        known = status == 200 and self.headers.get("If-None-Match") == mark
        self.send_response(304 if known else status)
        kind = "text/html" if text.lstrip().startswith("<") else "application/json"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("ETag", mark)
        if not known:
            self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        if not known:
            self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


class Portal(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, temporary: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.temporary = temporary
        self.hits: list[str] = []
        self._held: dict[str, threading.Event] = {}
        self._leave = threading.Event()
        self.pages: dict[str, Any] = {"/": "<title>县政府</title><p>首页欢迎您，今天天气晴好</p>"}

    def hold(self, path: str) -> threading.Event:
        """Answer `path` no more until `release`; the event tells that it was asked for."""
        self._held[path] = threading.Event()
        return self._held[path]

    def wait(self, path: str) -> None:
        if path in self._held:
            self._held[path].set()
            self._leave.wait(120)

    def release(self) -> None:
        self._held.clear()
        self._leave.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers hang up whenever they like."""


class Nights:
    """A portal, a ledger of its own, and the inspections of one test."""

    def __init__(self, portal: Portal, folder: Path) -> None:
        self.portal = portal
        self.folder = folder
        self.columns: dict[str, tuple[str, str]] = {}
        self.browser = "/nowhere/chromium"
        self.temporary = portal.temporary

    @property
    def starts(self) -> int:
        """How often a browser was started so far."""
        log = self.folder / "starts"
        return log.read_text().count("x") if log.exists() else 0

    def with_browser(self, path: Path) -> None:
        wrapper = self.folder / "chromium"
        wrapper.write_text(f'#!/bin/sh\nprintf x >> {self.folder}/starts\nexec "{path}" "$@"\n')
        wrapper.chmod(0o755)
        self.browser = str(wrapper)

    def start(self, day: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "XUNCHA_CHROMIUM": self.browser, "TMPDIR": str(self.temporary)},
        )
        job = {
            "home": self.portal.url,
            "day": day,
            "ledger": f"sqlite:///{self.folder / 'ledger.db'}",
            "columns": self.columns,
        }
        assert process.stdin is not None
        process.stdin.write(json.dumps(job))
        process.stdin.close()
        process.stdin = None
        return process

    def night(self, day: str) -> dict[str, Any]:
        """Inspect as of `day`; what was read, and under `hits` what was asked for."""
        before = len(self.portal.hits)
        with self.start(day) as process:
            out, err = process.communicate(timeout=240)
        assert process.returncode == 0, err
        rows: dict[str, Any] = json.loads(out.splitlines()[-1])
        return rows | {"hits": self.portal.hits[before:]}


@contextlib.contextmanager
def serving() -> Iterator[Portal]:
    """A portal on loopback while the block runs."""
    # Chromium puts a socket among its temporary files, whose path may not be long.
    with tempfile.TemporaryDirectory(prefix="xc") as temporary:
        server = Portal(Path(temporary))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.release()
            server.shutdown()
            thread.join()
            server.server_close()


@pytest.fixture
def chromium() -> Path:
    """The browser; without one the tests are skipped, except on CI."""
    found = find_chromium()
    if found is None:
        message = "Chromium is missing; install it with: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def records(numbers: list[int], under: str = "/zw") -> str:
    """The answer of an interface: items by number, their days by number too."""
    rows = [
        {"title": TITLES[n], "url": f"{under}/t{n}.html", "publishTime": f"2026-03-{10 + n:02}"}
        for n in numbers
    ]
    return json.dumps({"code": 0, "data": {"rows": rows}}, ensure_ascii=False)


def shell(script: str, name: str = "通知公告") -> str:
    return (
        f"<!DOCTYPE html><meta charset=utf-8><title>{name}</title><body><h1>{name}</h1>"
        f'<ul id="list"></ul>{script}</body>'
    )


def file(name: str) -> str:
    return f'<script src="{name}"></script>'


def fills(address: str) -> str:
    """A script no reading of its source tells the address of."""
    parts = json.dumps(list(address))
    return (
        "<script>fetch(" + parts + ".join('')).then(r=>r.json()).then(r=>{"
        "document.getElementById('list').innerHTML=r.data.rows.map(o=>"
        "'<li><a href=\"'+o.url+'\">'+o.title+'</a><span>'+o.publishTime+'</span></li>')"
        ".join('')})</script>"
    )
