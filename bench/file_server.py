"""Child process: serves a folder where there is no nginx. `python -m bench.file_server …`.

Only what the measurements need: GET and HEAD, connections kept alive, ETag and Last-Modified, one
line of log for each answer.
"""

from __future__ import annotations

import asyncio
import os
import sys
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote

_MAX_HEAD = 64 * 1024
_KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".txt": "text/plain",
    ".js": "application/javascript",
    ".png": "image/png",
    ".pdf": "application/pdf",
}
_PHRASES = {200: "OK", 304: "Not Modified", 404: "Not Found", 405: "Method Not Allowed"}


class Connection(asyncio.Protocol):
    """One client; requests are answered in the order they come."""

    def __init__(self, root: Path, log: int) -> None:
        self.root = root
        self.log = log
        self.buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request that has come."""
        assert self.transport is not None
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            if not self._answer(head):
                self.transport.close()
                return
        if len(self.buffer) > _MAX_HEAD:
            self.transport.abort()

    def _answer(self, head: bytes) -> bool:
        first, *rest = head.split(b"\r\n")
        words = first.split(b" ")
        if len(words) != 3 or self.transport is None:
            return False
        method, target, _ = words
        fields = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in rest)
        }
        status, headers, body = self._found(method, target, fields)
        lines = [f"HTTP/1.1 {status} {_PHRASES[status]}", *headers]
        if status != 304:
            lines.append(f"Content-Length: {len(body)}")
        answer = ("\r\n".join(lines) + "\r\n\r\n").encode()
        if method != b"HEAD":
            answer += body
        # Before the answer, so that whoever got it finds it counted.
        os.write(self.log, b"%d %d %b\n" % (status, len(answer), target))
        self.transport.write(answer)
        return fields.get(b"connection", b"").lower() != b"close"

    def _found(
        self, method: bytes, target: bytes, fields: dict[bytes, bytes]
    ) -> tuple[int, list[str], bytes]:
        if method not in (b"GET", b"HEAD"):
            return 405, [], b""
        path = self._path(target)
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - a Path for each request costs more
                seen = os.fstat(file.fileno())
                etag = f'"{int(seen.st_mtime):x}-{seen.st_size:x}"'
                since = formatdate(int(seen.st_mtime), usegmt=True)
                headers = [f"ETag: {etag}", f"Last-Modified: {since}", "LinkChecker: welcome"]
                asked = fields.get(b"if-none-match")
                same = asked == etag.encode() if asked else _same_day(fields, since)
                if same:
                    return 304, headers, b""
                kind = _KINDS.get(path[path.rfind(".") :], "application/octet-stream")
                return 200, [*headers, f"Content-Type: {kind}"], file.read()
        except OSError:
            return 404, ["Content-Type: text/html"], b"<h1>404 Not Found</h1>"

    def _path(self, target: bytes) -> str:
        name = unquote(target.partition(b"?")[0].decode("latin-1"))
        if "/../" in name or "\0" in name:
            return os.devnull + "/nothing"
        return f"{self.root}{name}index.html" if name.endswith("/") else f"{self.root}{name}"


def _same_day(fields: dict[bytes, bytes], since: str) -> bool:
    return fields.get(b"if-modified-since") == since.encode()


async def serve(root: Path, log: Path, port: int) -> None:
    """Serve until terminated."""
    written = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(root.resolve(), written), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
