"""The proxy between browser and world: what it lets through, and that it serves nobody else."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable

import pytest

from crawler.guard import Guard
from crawler.rendering.proxy import GuardedProxy
from ledger.words import Outcome

from .conftest import Portal


async def resolve(host: str, port: int) -> list[str]:
    if host == "slow.example":
        await asyncio.sleep(9)
    return {"mixed.example": ["10.0.0.1", "127.0.0.1"]}.get(host, ["127.0.0.1"])


def talk(
    send: Callable[[GuardedProxy], bytes], *, size: int = 1_000_000, **keys: float
) -> tuple[bytes, GuardedProxy]:
    """What the proxy answers to the bytes sent to it."""

    async def main() -> tuple[bytes, GuardedProxy]:
        proxy = GuardedProxy(Guard(["127.0.0.1"]), resolve=resolve, **keys)
        await proxy.start()
        proxy.allow(size)
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(send(proxy))
        await writer.drain()
        got = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        await proxy.stop()
        return got, proxy

    return asyncio.run(main())


def request(line: str, *headers: str) -> Callable[[GuardedProxy], bytes]:
    def of(proxy: GuardedProxy) -> bytes:
        word = b64encode(f"{proxy.user}:{proxy.word}".encode()).decode()
        lines = [line, f"Proxy-Authorization: Basic {word}", "Host: x", *headers, "", ""]
        return "\r\n".join(lines).encode()

    return of


def test_passes_a_request_on_without_our_word(portal: Portal) -> None:
    got, _ = talk(request(f"GET {portal.url}/static.html?proxied HTTP/1.1", "X-Own: 1"))
    assert got.startswith(b"HTTP/1.1 200")
    headers = next(h for _, path, h in portal.hits if path == "/static.html?proxied")
    assert headers["X-Own"] == "1"
    assert headers["Connection"] == "close"
    assert "Proxy-Authorization" not in headers


def test_tunnels(portal: Portal) -> None:
    connect = request(f"CONNECT 127.0.0.1:{portal.server_port} HTTP/1.1")
    inner = b"GET /static.html?tunnel HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    got, _ = talk(lambda proxy: connect(proxy) + inner)
    assert got.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")


def test_serves_nobody_who_does_not_know_the_word(portal: Portal) -> None:
    got, _ = talk(lambda _: f"GET {portal.url}/secret?open HTTP/1.1\r\n\r\n".encode())
    assert got.startswith(b"HTTP/1.1 407")
    assert "/secret?open" not in [path for _, path, _ in portal.hits]


@pytest.mark.parametrize(
    "line",
    [
        "GET ftp://127.0.0.1/ HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET /relative HTTP/1.1",
        "GET http://[::1/ HTTP/1.1",
        "GET http://127.0.0.1:99999/ HTTP/1.1",
        "nonsense",
    ],
)
def test_drops_what_is_no_request(line: str) -> None:
    assert talk(request(line))[0] == b""


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ("10.0.0.1", Outcome.EXCLUDED),
        ("169.254.169.254", Outcome.EXCLUDED),
        ("[::ffff:10.0.0.1]", Outcome.EXCLUDED),
        ("127.0.0.1:1", Outcome.REFUSED),
        ("slow.example", Outcome.DNS),
    ],
)
def test_says_why_a_host_was_not_reached(target: str, outcome: Outcome) -> None:
    got, proxy = talk(request(f"GET http://{target}/ HTTP/1.1"), patience=0.3)
    assert got == b""
    assert [ending.outcome for ending in proxy.endings.values()] == [outcome]
    tunnel, _ = talk(request(f"CONNECT {target} HTTP/1.1"), patience=0.3)
    assert tunnel.startswith(b"HTTP/1.1 502")


def test_takes_the_public_address_of_a_name_with_both(portal: Portal) -> None:
    got, _ = talk(request(f"GET http://mixed.example:{portal.server_port}/static.html HTTP/1.1"))
    assert got.startswith(b"HTTP/1.1 200")


def test_second_request_on_a_connection_is_not_passed_on(portal: Portal) -> None:
    first = request(f"GET {portal.url}/hang?1 HTTP/1.1")
    got, _ = talk(lambda proxy: first(proxy) + first(proxy).replace(b"hang?1", b"secret?2"))
    assert got == b""
    assert "/secret?2" not in [path for _, path, _ in portal.hits]


def test_page_may_bring_so_much_and_no_more(portal: Portal) -> None:
    got, proxy = talk(request(f"GET {portal.url}/stream HTTP/1.1"), size=300_000)
    assert proxy.exhausted
    assert 300_000 <= len(got) < 400_000


def test_connections_end_with_the_proxy(portal: Portal) -> None:
    async def main() -> bytes:
        proxy = GuardedProxy(Guard(["127.0.0.1"]))
        await proxy.start()
        proxy.allow(1000)
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(request(f"GET {portal.url}/hang HTTP/1.1")(proxy))
        await asyncio.sleep(0.2)
        await proxy.stop()
        ended = asyncio.wait_for(reader.read(), 2)
        try:
            return await ended
        finally:
            writer.close()

    works: Awaitable[bytes] = main()
    assert asyncio.run(works) == b""
