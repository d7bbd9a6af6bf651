from __future__ import annotations

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest

from demo.portal import Portal, PortalServer

AS_OF = date(2026, 3, 20)


@pytest.fixture(scope="session")
def portal() -> Portal:
    return Portal(AS_OF)


@pytest.fixture(scope="session")
def server(portal: Portal) -> Iterator[PortalServer]:
    with PortalServer(portal) as running:
        yield running


@pytest.fixture(scope="session")
def port(server: PortalServer) -> int:
    return int(server.url.rpartition(":")[2])


Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def get(port: int) -> Callable[..., Answer]:
    def ask(target: str, method: str = "GET") -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
            line.request(method, target)
            reply = line.getresponse()
            return reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()

    return ask


@pytest.fixture
def wire(port: int) -> Iterator[Callable[[str], socket.socket]]:
    """A raw line on which a request has been sent."""
    lines: list[socket.socket] = []

    def dial(target: str) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", port), timeout=10)
        lines.append(line)
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: demo\r\n\r\n".encode())
        return line

    yield dial
    for line in lines:
        line.close()
