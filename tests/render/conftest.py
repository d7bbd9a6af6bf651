"""A portal on loopback whose pages need a browser, and a browser to open them in."""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.guard import Guard
from crawler.render import Rendered, Renderer
from crawler.rendering.chromium import find_chromium
from ledger.site import CrawlPolicy

PAGES = Path(__file__).parent / "pages"
TITLES = [f"关于第{n}批安全生产检查情况的通报" for n in range(1, 7)]
DATA = [{"t": title, "d": f"2031-04-{n + 10}"} for n, title in enumerate(TITLES)]
HTML = "text/html; charset=utf-8"
POLICY = CrawlPolicy(delay=0.0, timeout=5.0, retries=0, max_bytes=2_000_000)
KINDS = {".html": HTML, ".js": "text/javascript; charset=utf-8"}

Work = Callable[[Renderer], Awaitable[Any]]


def rows() -> str:
    return "".join(f"<li><a href='/a/{r['d']}.html'>{r['t']}</a><b>{r['d']}</b></li>" for r in DATA)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Portal

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.hits.append((self.command, self.path, dict(self.headers)))
        special = getattr(self, "page_" + path.strip("/").replace("-", "_").replace(".", "_"), None)
        if special is not None:
            special()
            return
        file = PAGES / path.strip("/")
        if not file.is_file():
            self.answer(404, "<title>404</title><p>您访问的页面不存在</p>")
            return
        text = file.read_text(encoding="utf-8").replace("<!--rows-->", rows())
        text = text.replace("PORT", str(self.server.server_port))
        self.answer(200, text, KINDS[file.suffix])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.server.hits.append((self.command, self.path, {"body": body}))
        self.answer(200, json.dumps(DATA), "application/json")

    def page_data_json(self) -> None:
        time.sleep(0.2)
        self.answer(200, json.dumps(DATA, ensure_ascii=False), "application/json")

    def page_to_private(self) -> None:
        self.moved(f"http://evil.example:{self.server.server_port}/secret")

    def page_loop(self) -> None:
        self.moved("/loop")

    def page_403(self) -> None:
        self.answer(403, "<p>禁止访问</p>")

    def page_401(self) -> None:
        self.answer(401, "<p>请登录</p>", **{"WWW-Authenticate": 'Basic realm="x"'})

    def page_500(self) -> None:
        self.answer(500, "<p>内部错误</p>")

    def page_412(self) -> None:
        """A firewall that wants a cookie set by script."""
        if "pass=1" in self.headers.get("Cookie", ""):
            self.answer(200, f"<ul>{rows()}</ul>")
        else:
            script = "document.cookie='pass=1';setTimeout(()=>location.reload(),200)"
            self.answer(412, f"<script>{script}</script>")

    def page_file_zip(self) -> None:
        self.answer(
            200,
            "PK\x03\x04",
            "application/zip",
            **{"Content-Disposition": "attachment; filename=a.zip"},
        )

    def page_hang(self) -> None:
        self.server.leaving.wait(20)
        self.close_connection = True

    def page_reset(self) -> None:
        self.close_connection = True

    def page_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", HTML)
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"<p>" + b"x" * 65536)
        except OSError:
            return

    def page_secret(self) -> None:
        self.answer(200, "<p>内部系统</p>", **{"Access-Control-Allow-Origin": "*"})

    def moved(self, target: str) -> None:
        self.answer(302, "", Location=target, **{"Access-Control-Allow-Origin": "*"})

    def answer(self, status: int, text: str, kind: str = HTML, **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


class Portal(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.hits: list[tuple[str, str, dict[str, str]]] = []
        self.leaving = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self) -> list[str]:
        return [path.partition("?")[0] for _, path, _ in self.hits]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers hang up whenever they like."""


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    server = Portal()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.leaving.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser; without one the tests are skipped, except on CI."""
    found = find_chromium()
    if found is None:
        message = "Chromium is missing; install it with: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def rendering(chromium: Path) -> Callable[..., Any]:
    """Do some work with a renderer of its own, in an event loop of its own."""

    def run(work: Work, guard: Guard | None = None, resolve: Any = None, **options: Any) -> Any:
        async def main() -> Any:
            keys = {"resolve": resolve} if resolve else {}
            policy = replace(POLICY, **options)
            renderer = Renderer(policy, guard or Guard(["127.0.0.1"]), "Xuncha/test", **keys)
            try:
                return await work(renderer)
            finally:
                await renderer.close()

        return asyncio.run(main())

    return run


@pytest.fixture(scope="session")
def visit(chromium: Path) -> Iterator[Callable[[Work], Any]]:
    """Do some work with the browser that all tests share."""
    renderer = Renderer(POLICY, Guard(["127.0.0.1"]), "Xuncha/test")
    with asyncio.Runner() as loop:
        yield lambda work: loop.run(work(renderer))
        loop.run(renderer.close())


@pytest.fixture(scope="session")
def shown(portal: Portal, visit: Callable[[Work], Any]) -> Callable[[str], Rendered]:
    """Pages of the portal as rendered, each once."""
    kept: dict[str, Rendered] = {}

    def show(name: str) -> Rendered:
        if name not in kept:
            kept[name] = visit(lambda renderer: renderer.render(f"{portal.url}/{name}"))
        return kept[name]

    return show
