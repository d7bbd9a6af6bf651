"""The one way out of the browser: a proxy on loopback that asks the guard about every address.

Chromium follows redirects, resolves names and opens connections by itself, and its interception
shows neither the hops of a redirect nor the address behind a name. With a proxy it does none of
that: each hop of each request arrives here by name, and only addresses the guard permits are
connected to.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.guard import Guard, host_of
from crawler.outcome import Ending
from ledger.words import Outcome

Resolve = Callable[[str, int], Awaitable[list[str]]]

_CHUNK = 64 * 1024
_HEAD_MAX = 256 * 1024
_IDLE = 120.0
_REFUSED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_WHO = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'Proxy-Authenticate: Basic realm="xuncha"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
)
_TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
_HOP = (b"proxy-", b"connection:", b"keep-alive:", b"upgrade:")


def is_web(url: str) -> bool:
    """Whether an address is one a browser of ours may go to at all."""
    try:
        return urlsplit(url).scheme in ("http", "https") and bool(host_of(url))
    except ValueError:
        return False


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class _Ask:
    """The head of one request of the browser."""

    method: str
    host: str
    port: int
    head: bytes
    length: int

    @property
    def tunnel(self) -> bool:
        return self.method == "CONNECT"


class GuardedProxy:
    """Serves one browser. `endings` says of hosts that were not reached why they were not."""

    user = "xuncha"

    def __init__(self, guard: Guard, *, patience: float = 10.0, resolve: Resolve = resolve) -> None:
        self.guard = guard
        self.patience = patience
        self.resolve = resolve
        # Other users of the machine, and Chromium's own errands, do not know the word.
        self.word = secrets.token_hex(16)
        self.port = 0
        self.endings: dict[str, Ending] = {}
        self.left = 0
        self._pass = b64encode(f"{self.user}:{self.word}".encode())
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_HEAD_MAX)
        self.port = self._server.sockets[0].getsockname()[1]

    def allow(self, size: int) -> None:
        """Begin a page that may bring `size` bytes in all."""
        self.left = size
        self.endings.clear()

    @property
    def exhausted(self) -> bool:
        """Whether the page brought more than it may."""
        return self.left <= 0

    async def stop(self) -> None:
        """Close every connection and listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, EOFError, asyncio.LimitOverrunError, TimeoutError):
            # The browser hung up, or sent what is no request: nobody waits for an answer.
            pass
        except asyncio.CancelledError:
            # Only `stop` cancels; asyncio would report the task of a connection as an accident.
            pass
        finally:
            self._tasks.discard(task)
            await _shut(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_IDLE):
            raw = await reader.readuntil(b"\r\n\r\n")
        if self._pass not in raw:
            writer.write(_WHO)
            await writer.drain()
            return
        ask = _read_head(raw)
        if ask is None:
            return
        opened = await self._connect(ask.host, ask.port)
        if isinstance(opened, Ending):
            self.endings[ask.host] = opened
            if ask.tunnel:
                writer.write(_REFUSED)
                await writer.drain()
            # Without a tunnel an answer of ours would pass for the portal's; silence does not.
            return
        below, above = opened
        try:
            if ask.tunnel:
                writer.write(_TUNNEL)
            else:
                above.write(ask.head)
            length = None if ask.tunnel else ask.length
            await _first_of(self._carry(below, writer), _send(reader, above, length))
        finally:
            await _shut(above)

    async def _connect(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Ending:
        private = Ending(Outcome.EXCLUDED, f"地址指向内网主机 {host}，未访问")
        if not host or not self.guard.permits_name(host):
            return private
        try:
            async with asyncio.timeout(self.patience):
                addresses = await self.resolve(host, port)
        except TimeoutError:
            return Ending(Outcome.DNS, "域名解析超时")
        except OSError:
            return Ending(Outcome.DNS, "域名无法解析")
        permitted = [a for a in addresses if self.guard.permits_address(host, a)]
        if not permitted:
            return private
        ending = Ending(Outcome.REFUSED, "服务器拒绝连接")
        for address in permitted[:4]:
            try:
                async with asyncio.timeout(self.patience):
                    return await asyncio.open_connection(address, port)
            except TimeoutError:
                ending = Ending(Outcome.TIMEOUT, "在规定时间内没有响应")
            except OSError:
                ending = Ending(Outcome.REFUSED, "服务器拒绝连接")
        return ending

    async def _carry(self, below: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What the portal sends, until it ends or the page has brought too much."""
        while not self.exhausted and (chunk := await below.read(_CHUNK)):
            self.left -= len(chunk)
            writer.write(chunk)
            await writer.drain()


async def _send(
    reader: asyncio.StreamReader, above: asyncio.StreamWriter, length: int | None
) -> None:
    """What the browser sends: `length` bytes and then nothing more, or all there is."""
    while chunk := await reader.read(_CHUNK):
        if length is not None:
            if len(chunk) > length:
                # A second request on the same connection: it has not been looked at.
                return
            length -= len(chunk)
        above.write(chunk)
        await above.drain()


async def _first_of(*works: Awaitable[None]) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        # A reset connection is as good an end as any.
        await asyncio.gather(*tasks, return_exceptions=True)


async def _shut(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(1.0):
            await writer.wait_closed()


def _read_head(raw: bytes) -> _Ask | None:
    """The request as it goes on to the portal, or None where it is not one to pass on."""
    first, *lines = raw[:-4].split(b"\r\n")
    try:
        method, target, _ = first.decode("ascii").split(" ")
        parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if method == "CONNECT":
        return _Ask(method, host, port or 443, b"", 0)
    if parts.scheme != "http":
        return None
    names = {line.partition(b":")[0].strip().lower(): line for line in lines}
    length = names.get(b"content-length", b":0").partition(b":")[2].strip()
    if b"transfer-encoding" in names or not length.isdigit():
        return None
    kept = [line for line in lines if not line.lower().startswith(_HOP)]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = b"\r\n".join(
        [f"{method} {path} HTTP/1.1".encode("ascii"), *kept, b"Connection: close", b"", b""]
    )
    return _Ask(method, host, port or 80, head, int(length))
