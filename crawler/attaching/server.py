"""The process that reads files: it forks one process for each and kills that with all its children.

On standard input come requests: a line of JSON with `size`, `seconds` and `folder`, then so many
bytes. For each a line of JSON goes to standard output. When standard input ends, so does it all.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import BinaryIO

from crawler.attaching import trouble
from crawler.attaching.limits import die_with_parent, limit
from crawler.attaching.soffice import SECONDS, find_soffice
from crawler.attaching.taking import take

_SPARE = 10.0
"""Seconds beyond those on the processor that a file may take: the machine may be busy."""


class _Gone(Exception):
    """Whoever asked is no more."""


def main() -> None:
    """Serve until standard input ends."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        request = json.loads(line)
        data = source.read(request["size"])
        if len(data) < request["size"]:
            return
        folder = Path(request["folder"])
        try:
            answer = _served(data, float(request["seconds"]), folder, source)
        except _Gone:
            return
        finally:
            for left in folder.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _served(data: bytes, seconds: float, folder: Path, source: BinaryIO) -> dict[str, str]:
    """The answer of a process of its own, or why there is none."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _in_child(data, seconds, folder, theirs)
    os.close(theirs)
    patience = 3 * seconds + _SPARE + (SECONDS if find_soffice() else 0.0)
    said = b""
    try:
        said, timed_out = _told(ours, source, time.monotonic() + patience)
    finally:
        os.close(ours)
        # It leads a group of its own; whatever it started goes with it.
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if said.endswith(b"\n"):
        answer: dict[str, str] = json.loads(said)
        return answer
    exceeded = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    reason = trouble.TIMED_OUT if timed_out or exceeded else trouble.DIED
    return {"kind": "", "text": "", "reason": reason}


def _told(pipe: int, source: BinaryIO, deadline: float) -> tuple[bytes, bool]:
    """What comes through the pipe until it closes, and whether it took too long."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    # Nothing is asked before the answer is out: a sign from there is that of an end.
    poll.register(source, select.POLLIN)
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return b"", True
        for handle, _ in poll.poll(left * 1000):
            if handle != pipe:
                raise _Gone
            part = os.read(pipe, 1 << 16)
            if not part:
                return b"".join(parts), False
            parts.append(part)


def _in_child(data: bytes, seconds: float, folder: Path, pipe: int) -> None:
    try:
        os.setsid()
        die_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        for handle in (0, 1, 2):
            os.dup2(nothing, handle)
        limit(seconds)
        try:
            kind, text, reason = take(data, seconds, folder)
        except MemoryError:
            kind, text, reason = "", "", trouble.TOO_MUCH
        except Exception:  # noqa: BLE001 - whatever a hostile file provokes in a reader
            kind, text, reason = "", "", trouble.BROKEN
        said = json.dumps({"kind": kind, "text": text, "reason": reason}).encode() + b"\n"
        with os.fdopen(pipe, "wb") as answer:
            answer.write(said)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
