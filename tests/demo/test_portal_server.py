"""The server: fast, exact on the wire, gone when stopped."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from demo.portal import Portal, PortalServer


def test_it_listens_on_the_loopback_only_and_counts(portal: Portal) -> None:
    with PortalServer(portal) as server:
        assert server.url.startswith("http://127.0.0.1:")
        port = int(server.url.rpartition(":")[2])
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            for target in ("/", "/xzcf/", "/xzcf/index.html?page=2", "/xzcf/"):
                line.request("GET", target)
                assert line.getresponse().read()
        assert server.requests == ["/", "/xzcf/", "/xzcf/index.html?page=2", "/xzcf/"]
        server.forget()
        assert server.requests == []


def test_the_next_night_comes_at_the_same_address(portal: Portal) -> None:
    with PortalServer(portal) as server:
        port = int(server.url.rpartition(":")[2])
        server.portal = Portal(portal.as_of, night=1)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            line.request("GET", "/")
            assert "2026年3月21日 星期六" in line.getresponse().read().decode()


def test_head_sends_no_body(get: Callable[..., tuple[int, dict[str, str], bytes]]) -> None:
    status, headers, body = get("/xzcf/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 5000


def test_nonsense_on_the_line_gets_a_400_and_harms_nobody(
    port: int, get: Callable[..., tuple[int, dict[str, str], bytes]]
) -> None:
    for words in (b"HELLO\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"A" * 100_000):
        with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as line:
            try:
                line.sendall(words)
                line.recv(100)
            except ConnectionError:
                continue
    assert get("/")[0] == 200


def test_it_serves_more_than_300_pages_a_second(portal: Portal) -> None:
    targets = [path for path in portal.paths if path.startswith("/xwzx/")][:400]
    with PortalServer(Portal(portal.as_of)) as server:
        port = int(server.url.rpartition(":")[2])
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            best = 0.0
            for _ in range(3):
                begun = time.perf_counter()
                for target in targets:
                    line.request("GET", target)
                    line.getresponse().read()
                best = max(best, len(targets) / (time.perf_counter() - begun))
    assert best > 300


def test_stopping_ends_hanging_and_dripping_lines_at_once(portal: Portal) -> None:
    server = PortalServer(portal)
    server.start()
    port = int(server.url.rpartition(":")[2])
    lines = []
    for target in ("/x/timeout", "/x/slow", "/x/huge", "/x/hang-after-head", "/"):
        line = socket.create_connection(("127.0.0.1", port), timeout=10)
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: d\r\n\r\n".encode())
        lines.append(line)
    while len(server.requests) < len(lines):
        time.sleep(0.01)
    begun = time.perf_counter()
    server.stop()
    assert time.perf_counter() - begun < 2
    assert not [t for t in threading.enumerate() if t.name == "demo-portal" and not t.daemon]
    for line in lines:
        line.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
    server.stop()


def test_it_can_start_again(portal: Portal) -> None:
    server = PortalServer(portal)
    first = server.start()
    assert server.start() == first
    server.stop()
    server.start()
    server.stop()


def test_a_port_in_use_is_an_error_not_a_hang(portal: Portal, port: int) -> None:
    with pytest.raises(OSError, match=r"\d"):
        PortalServer(portal).start(port)


def test_the_module_serves_until_told_to_stop() -> None:
    command = [sys.executable, "-m", "demo", "--as-of", "2026-03-20"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        port = int(url.rpartition(":")[2])
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            line.request("GET", "/")
            assert "2026年3月20日" in line.getresponse().read().decode()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_the_module_says_when_the_port_is_taken(port: int) -> None:
    command = [sys.executable, "-m", "demo", "--port", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "请换一个端口" in done.stderr


def test_a_portal_for_any_day_has_its_clock(portal: Portal) -> None:
    home = Portal(date(2027, 1, 1)).answer("/")
    assert isinstance(home.body, bytes)
    assert "2027年1月1日 星期五" in home.body.decode()
