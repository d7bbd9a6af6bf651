"""Asking for the text of a file: the process that reads files, as the crawler sees it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from crawler.attaching import trouble
from crawler.attaching.recognising import seconds_for
from crawler.rendering.scratch import Scratch, sweep

_SPARE = 90.0
"""Seconds beyond a file's own time after which the process that reads them has failed."""
_LIVES = 5
"""So many such processes may die in a run."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a file is, its text, and in Chinese what of it could not be read.

    `recognised` are the words of its pictures, which took `recognising` seconds; `pictured` says
    that it has some whose words nobody has tried to recognise.
    """

    kind: str
    text: str
    reason: str
    recognised: str = ""
    pictured: bool = False
    recognising: float = 0.0


class FileReader:
    """Reads files one after the other, from any thread; each may take so many seconds.

    Of files that are pictures the words of the first `pages` pages are recognised where asked for.
    """

    def __init__(self, seconds: float, pages: int = 0) -> None:
        self._seconds = seconds
        self._pages = pages
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._scratch: Scratch | None = None
        self._lives = _LIVES

    def read(self, data: bytes, *, recognise: bool = False) -> FileReading:
        """The text of a file, decided by its bytes alone."""
        with self._lock:
            if self._lives <= 0:
                return FileReading("", "", trouble.DIED)
            try:
                return self._asked(data, self._pages if recognise else 0)
            except (OSError, ValueError, KeyError):
                self._lives -= 1
                self._end()
                return FileReading("", "", trouble.DIED)

    def close(self) -> None:
        """End the process and all it started. May be called twice."""
        with self._lock:
            self._end()
            scratch, self._scratch = self._scratch, None
            if scratch is not None:
                scratch.remove()

    def _asked(self, data: bytes, pages: int) -> FileReading:
        server, folder = self._running()
        began = time.monotonic()
        assert server.stdin is not None
        request = {
            "size": len(data),
            "seconds": self._seconds,
            "folder": str(folder),
            "pages": pages,
        }
        server.stdin.write(json.dumps(request).encode() + b"\n")
        server.stdin.write(data)
        server.stdin.flush()
        longest = self._seconds + seconds_for(pages)
        answer = json.loads(self._line(server, 3 * longest + _SPARE))
        return FileReading(
            answer["kind"],
            answer["text"],
            answer["reason"],
            answer["recognised"],
            answer["pictured"],
            time.monotonic() - began if answer["tried"] else 0.0,
        )

    def _line(self, server: subprocess.Popen[bytes], patience: float) -> bytes:
        """The next line the server writes, or what came of it when its time was over."""
        assert server.stdout is not None
        deadline = time.monotonic() + patience
        parts: list[bytes] = []
        handle = server.stdout.fileno()
        while not parts or not parts[-1].endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([handle], [], [], left)[0]:
                break
            part = os.read(handle, 1 << 16)
            if not part:
                break
            parts.append(part)
        return b"".join(parts)

    def _running(self) -> tuple[subprocess.Popen[bytes], Path]:
        if self._scratch is None:
            base = Path(tempfile.gettempdir())
            sweep(base)
            self._scratch = Scratch(base)
        if self._server is None or self._server.poll() is not None:
            path = os.pathsep.join(filter(None, sys.path))
            self._server = subprocess.Popen(
                [sys.executable, "-m", "crawler.attaching.server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
                # A signal from the terminal is for the run, which ends its own processes.
                start_new_session=True,
            )
        return self._server, self._scratch.folder

    def _end(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        for pipe in (server.stdin, server.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()
