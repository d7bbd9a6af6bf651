"""A small HTTP/1.1 server on 127.0.0.1 that can also misbehave on the wire.

It runs in a thread of its own with its own event loop. Nothing in it sleeps past `stop`: every
connection is a task, and stopping cancels them all.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType

from demo.reply import Ending, Reply, Responder, plain

_HOST = "127.0.0.1"
_MAX_HEAD = 64 * 1024
_MAX_BODY = 1024 * 1024
_LINGER_ZERO = struct.pack("ii", 1, 0)
_STARTUP_SECONDS = 10.0


class PortalServer:
    """Serves a portal; a context manager.

    `portal` may be replaced while it runs: so the next night comes at the same address.
    """

    def __init__(self, portal: Responder) -> None:
        self.portal = portal
        self._asked: list[str] = []
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: OSError | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The portal's address, without a slash at the end."""
        return f"http://{_HOST}:{self._port}"

    @property
    def requests(self) -> list[str]:
        """Every target asked so far (path and query), in order."""
        with self._lock:
            return list(self._asked)

    def forget(self) -> None:
        """Start counting requests anew."""
        with self._lock:
            self._asked.clear()

    def start(self, port: int = 0) -> str:
        """Listen on `port` (0: any free one) and return the address. OSError where that fails."""
        if self._thread is not None:
            return self.url
        self._ready.clear()
        self._failure = None
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(port)), name="demo-portal", daemon=True
        )
        self._thread.start()
        self._ready.wait(_STARTUP_SECONDS)
        if self._failure is not None:
            self._thread.join()
            self._thread = None
            raise self._failure
        return self.url

    def stop(self) -> None:
        """End every connection and the thread."""
        if self._thread is None or self._loop is None or self._stop is None:
            return
        with suppress(RuntimeError):  # the loop may have ended by itself
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._thread = None

    def __enter__(self) -> PortalServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def _serve(self, port: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            server = await asyncio.start_server(self._accept, _HOST, port, limit=_MAX_HEAD)
        except OSError as error:
            self._failure = error
            self._ready.set()
            return
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._tasks.add(task)
        # A client that goes away or talks nonsense is its own affair; so is a stop underway.
        with suppress(
            OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
        ):
            while await self._exchange(reader, writer):
                pass
            writer.close()
            await writer.wait_closed()
        # Closing waits for a client that does not read; aborting waits for nobody.
        writer.transport.abort()
        self._tasks.discard(task)

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its reply; False where the connection is over."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        words = head[0].split(" ")
        if len(words) != 3:
            await _send(writer, plain("Bad Request", 400), "GET")
            return False
        method, target, version = words
        fields = dict(_fields(head[1:]))
        body = await _body(reader, fields)
        with self._lock:
            self._asked.append(target)
        reply = self.portal.answer(
            target, method=method, body=body, cookie=fields.get("cookie", "")
        )
        await _send(writer, reply, method)
        if reply.ending is Ending.KEEP:
            return version == "HTTP/1.1" and fields.get("connection", "").lower() != "close"
        if reply.ending is Ending.HANG:
            while await reader.read(4096):
                pass
        if reply.ending is Ending.RESET:
            _reset(writer)
        return False


def _fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


async def _body(reader: asyncio.StreamReader, fields: dict[str, str]) -> bytes:
    """A request's body; one longer than a form would be is left where it is."""
    length = fields.get("content-length", "0")
    if length.isdecimal() and 0 < int(length) <= _MAX_BODY:
        return await reader.readexactly(int(length))
    return b""


async def _send(writer: asyncio.StreamWriter, reply: Reply, method: str) -> None:
    if reply.status == 0:
        return
    if reply.status < 0:  # not HTTP at all
        writer.write(reply.body if isinstance(reply.body, bytes) else b"")
        await writer.drain()
        return
    names = {name.lower() for name, _ in reply.headers}
    chunked = callable(reply.body) and not names & {"content-length", "connection"}
    writer.write(_head(reply, names, chunked))
    if method != "HEAD":
        if isinstance(reply.body, bytes):
            writer.write(reply.body)
        else:
            await _stream(writer, reply.body(), reply.pause, chunked)
    await writer.drain()


def _head(reply: Reply, names: set[str], chunked: bool) -> bytes:
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {reply.status} {phrase}", "Server: nginx"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    if chunked:
        lines.append("Transfer-Encoding: chunked")
    elif isinstance(reply.body, bytes) and "content-length" not in names and reply.status != 204:
        lines.append(f"Content-Length: {len(reply.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _stream(
    writer: asyncio.StreamWriter, pieces: Iterator[bytes], pause: float, chunked: bool
) -> None:
    for piece in pieces:
        writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        await writer.drain()
        if pause:
            await asyncio.sleep(pause)
    if chunked:
        writer.write(b"0\r\n\r\n")


def _reset(writer: asyncio.StreamWriter) -> None:
    """Tear the connection down with RST instead of FIN."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    writer.transport.abort()
