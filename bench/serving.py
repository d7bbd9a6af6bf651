"""Serving a folder on 127.0.0.1 in a process of its own: nginx, or our own where there is none.

Either writes one line for each answer, `status bytes target`, and answers a question about what
has not changed with 304. Either says to linkchecker that it may ask as fast as it can.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).resolve().parent.parent
_HOST = "127.0.0.1"
_STARTUP = 10.0
_SETTLED = 0.2
_NGINX = """
{user}
daemon off;
worker_processes 1;
pid {state}/nginx.pid;
error_log {state}/error.log error;
events {{ worker_connections 1024; }}
http {{
  types {{
    text/html html; text/css css; text/plain txt; application/javascript js;
    image/png png; application/pdf pdf;
  }}
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  client_body_temp_path {state}/t1; proxy_temp_path {state}/t2; fastcgi_temp_path {state}/t3;
  uwsgi_temp_path {state}/t4; scgi_temp_path {state}/t5;
  log_format tally '$status $bytes_sent $request_uri';
  access_log {log} tally;
  server {{
    listen {host}:{port};
    root {root};
    index index.html;
    add_header LinkChecker welcome;
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a server answered: requests, bytes with their heads, distinct pages, 304 answers.

    A page is an address of the portal's own HTML that was answered whole at least once.
    """

    requests: int
    sent: int
    pages: int
    unchanged: int


def nginx() -> str | None:
    """Where nginx is, if it is there; Debian keeps it off the path of most users."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Served:
    """A folder being served; a context manager. `own` leaves nginx aside."""

    def __init__(self, root: Path, state: Path, *, own: bool = False) -> None:
        self.root = root
        self.log = state / "access.log"
        self._state = state
        found = None if own else nginx()
        self._nginx = found
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._mark = 0

    @property
    def name(self) -> str:
        """Which server it is."""
        return "nginx, one worker" if self._nginx else "the bench's own server"

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{_HOST}:{self._port}"

    def forget(self) -> None:
        """Start the tally anew."""
        self._settle()
        self._mark = self.log.stat().st_size

    def tally(self) -> Tally:
        """What was answered since `forget`."""
        self._settle()
        with self.log.open("rb") as log:
            log.seek(self._mark)
            lines = [line.split(b" ", 2) for line in log.read().splitlines()]
        pages = {
            target
            for status, _, target in lines
            if status == b"200" and (target.endswith((b".html", b"/")))
        }
        return Tally(
            requests=len(lines),
            sent=sum(int(sent) for _, sent, _ in lines),
            pages=len(pages),
            unchanged=sum(status == b"304" for status, _, _ in lines),
        )

    def _settle(self) -> None:
        """Wait for the last lines: nginx writes them when the client has its answer already."""
        size = -1
        while size != (size := self.log.stat().st_size):
            time.sleep(_SETTLED)

    def __enter__(self) -> Served:
        self._state.mkdir(parents=True, exist_ok=True)
        self.log.touch()
        self._port = _free_port()
        self._process = subprocess.Popen(
            self._command(), cwd=_ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._await()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _command(self) -> Sequence[str]:
        if self._nginx is None:
            module = "bench.file_server"
            return [sys.executable, "-m", module, str(self.root), str(self.log), str(self._port)]
        conf = self._state / "nginx.conf"
        # The master's user; without it the workers of a master run by root cannot read our folder.
        user = "user root;" if os.geteuid() == 0 else ""
        text = _NGINX.format(
            user=user,
            state=self._state,
            log=self.log,
            host=_HOST,
            port=self._port,
            root=self.root,
        )
        conf.write_text(text, encoding="utf-8")
        return [self._nginx, "-p", str(self._state), "-c", str(conf)]

    def _await(self) -> None:
        assert self._process is not None
        until = time.monotonic() + _STARTUP
        while time.monotonic() < until and self._process.poll() is None:
            try:
                socket.create_connection((_HOST, self._port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        self._process.kill()
        raise SystemExit(f"{self.name} did not start; see {self._state}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
