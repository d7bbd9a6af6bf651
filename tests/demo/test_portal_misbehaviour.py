"""Every misbehaviour, checked on the wire."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from demo.misbehaviour import BOMB_BYTES, HUGE_BYTES, ROUTES
from demo.portal import PortalServer

Get = Callable[..., tuple[int, dict[str, str], bytes]]
Wire = Callable[[str], socket.socket]


def drained(line: socket.socket) -> bytes:
    parts = []
    while piece := line.recv(65536):
        parts.append(piece)
    return b"".join(parts)


@pytest.mark.parametrize(
    ("name", "status"),
    [("404", 404), ("410", 410), ("401", 401), ("403", 403), ("412", 412), ("429", 429),
     ("500", 500), ("502", 502), ("503", 503), ("521", 521), ("soft404", 200), ("waf", 200),
     ("unheard-of", 404)],
)  # fmt: skip
def test_statuses(get: Get, name: str, status: int) -> None:
    assert get(f"/x/{name}")[0] == status


def test_challenges_look_like_the_real_ones(get: Get) -> None:
    assert b"$_ts" in get("/x/412")[2]
    assert b"_clearance_s" in get("/x/521")[2]
    assert get("/x/521")[1]["set-cookie"].startswith("__jsluid_s")
    assert get("/x/429")[1]["retry-after"] == "2"


def test_timeout_never_answers(wire: Wire) -> None:
    line = wire("/x/timeout")
    line.settimeout(0.6)
    with pytest.raises(TimeoutError):
        line.recv(1)


def test_hang_after_head_stops_in_the_body(wire: Wire) -> None:
    line = wire("/x/hang-after-head")
    line.settimeout(0.6)
    got = b""
    while not got.endswith(b"<html>"):
        got += line.recv(4096)
    assert b"Content-Length: 9000" in got
    with pytest.raises(TimeoutError):
        line.recv(1)


def test_slow_drips(wire: Wire) -> None:
    line = wire("/x/slow")
    begun = time.perf_counter()
    size = 0
    while time.perf_counter() - begun < 1.3:
        size += len(line.recv(4096))
    assert 0 < size < 400


def test_reset_is_a_reset(wire: Wire) -> None:
    with pytest.raises(ConnectionResetError):
        wire("/x/reset").recv(1)


def test_reset_midway_breaks_the_body_off(port: int) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.request("GET", "/x/reset-midway")
        with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
            line.getresponse().read()


def test_not_http(wire: Wire) -> None:
    assert drained(wire("/x/not-http")).startswith(b"SSH-2.0")


def test_redirects(get: Get) -> None:
    where = {name: get(f"/x/{name}")[1].get("location") for name in ROUTES if "to-" in name}
    assert where["to-metadata"] == "http://169.254.169.254/latest/meta-data/"
    assert where["to-private"] == "http://10.0.0.1/"
    assert where["to-home"] == "/"
    assert get("/x/loop")[1]["location"] == "/x/loop-back"
    assert get("/x/loop-back")[1]["location"] == "/x/loop"
    assert get("/x/endless/41")[1]["location"] == "/x/endless/42"
    assert "location" not in get("/x/no-location")[1]
    assert b"url=/x/refresh-loop" in get("/x/refresh-loop")[2]


def test_charsets(get: Get) -> None:
    name = "镕基喆珺·通知公告"
    for route, header, tag in (
        ("gbk-header", "text/html; charset=gbk", False),
        ("gbk-meta", "text/html", True),
        ("gbk-none", "text/html", False),
    ):
        _, headers, body = get(f"/x/{route}")
        assert headers["content-type"] == header
        assert name in body.decode("gb18030")
        assert (b"charset=gb2312" in body) is tag
    _, headers, body = get("/x/charset-disagree")
    assert "utf-8" in headers["content-type"]
    assert "通知公告" in body.decode("gb18030")
    assert get("/x/bom")[2].startswith(b"\xef\xbb\xbf")


def test_odd_bodies(get: Get) -> None:
    assert get("/x/empty")[2] == b""
    assert get("/x/no-content")[0] == 204
    assert get("/x/pdf-as-html")[2].startswith(b"%PDF")
    assert get("/x/html-as-pdf")[1]["content-type"] == "application/pdf"
    assert get("/x/deep")[2].count(b"<div>") == 20_000
    assert get("/x/two-roots")[2].count(b"<html") == 2
    assert not get("/x/bad-gzip")[2].startswith(b"\x1f\x8b")
    assert b"</html>" not in get("/x/broken")[2]


def test_lengths_lie(port: int, wire: Wire) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.request("GET", "/x/length-long")
        with pytest.raises(http.client.IncompleteRead):
            line.getresponse().read()
    head, _, body = drained(wire("/x/length-short")).partition(b"\r\n\r\n")
    assert b"Content-Length: 120" in head
    assert len(body) > 120


def test_heads_too_large(wire: Wire) -> None:
    line = wire("/x/huge-header")
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    assert len(got) > 300_000


def test_every_route_is_on_the_index(get: Get) -> None:
    page = get("/x/")[2].decode()
    assert all(f'href="/x/{name}"' in page for name in ROUTES)


def test_requests_for_misbehaviour_are_counted(get: Get, server: PortalServer) -> None:
    get("/x/500")
    assert "/x/500" in server.requests


@pytest.fixture
def apart() -> Iterator[tuple[int, int]]:
    """The portal in a process of its own: (pid, port)."""
    command = [sys.executable, "-m", "demo", "--as-of", "2026-03-20"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().strip().rpartition(":")[2])
        yield process.pid, port
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def peak_kib(pid: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux /proc")
def test_bomb_and_huge_page_cost_the_server_next_to_nothing(apart: tuple[int, int]) -> None:
    pid, port = apart
    before = peak_kib(pid)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("GET", "/x/bomb")
        reply = line.getresponse()
        assert reply.getheader("Content-Encoding") == "gzip"
        unpack = zlib.decompressobj(31)
        sent = inflated = 0
        while piece := reply.read(65536):
            sent += len(piece)
            data = unpack.decompress(piece, 4 * 1024 * 1024)
            while data:
                inflated += len(data)
                data = unpack.decompress(unpack.unconsumed_tail, 4 * 1024 * 1024)
    assert unpack.eof  # zlib compared the checksum and the length on the way
    assert inflated == BOMB_BYTES >= 1 << 30
    assert sent < 2 * 1024 * 1024
    for name in ("huge", "huge-chunked"):
        size = 0
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            line.request("GET", f"/x/{name}")
            reply = line.getresponse()
            assert (reply.getheader("Content-Length") is None) is (name == "huge-chunked")
            while piece := reply.read(1 << 20):
                size += len(piece)
        assert size >= HUGE_BYTES
    assert peak_kib(pid) - before < 50 * 1024
