"""The process that reads files: it forks one process for each and kills that with all its children.

On standard input come requests: a line of JSON with `size`, `seconds`, `folder` and `pages` (how
many pages to recognise that are pictures), then so many bytes. For each a line of JSON goes to
standard output. When standard input ends, so does it all.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from crawler.attaching import trouble
from crawler.attaching.limits import die_with_parent, limit, widen
from crawler.attaching.recognising import MEMORY, NOTHING, recognise, seconds_for
from crawler.attaching.scans import Scan
from crawler.attaching.soffice import SECONDS, find_soffice
from crawler.attaching.taking import Taken, take

_SPARE = 10.0
"""Seconds beyond those on the processor that a file may take: the machine may be busy."""
_SHARE = 0.75
"""Of the time for recognising, after which no further page is begun."""


@dataclass(frozen=True, slots=True)
class _Request:
    """A file to be read, and what that may take."""

    data: bytes
    seconds: float
    folder: Path
    pages: int


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
        wanted = _Request(data, float(request["seconds"]), folder, int(request["pages"]))
        try:
            answer = _served(wanted, source)
        except _Gone:
            return
        finally:
            for left in folder.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _served(wanted: _Request, source: BinaryIO) -> dict[str, Any]:
    """The answer of a process of its own, or why there is none.

    Where words are recognised it answers twice; should it die of that, the first answer stands.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _in_child(wanted, theirs)
    os.close(theirs)
    longest = wanted.seconds + seconds_for(wanted.pages)
    patience = 3 * longest + _SPARE + (SECONDS if find_soffice() else 0.0)
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
    if b"\n" in said:
        answer: dict[str, Any] = json.loads(said[: said.rindex(b"\n")].rpartition(b"\n")[2])
        return answer
    exceeded = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    reason = trouble.TIMED_OUT if timed_out or exceeded else trouble.DIED
    return _answer(Taken("", "", reason))


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
            return b"".join(parts), True
        for handle, _ in poll.poll(left * 1000):
            if handle != pipe:
                raise _Gone
            part = os.read(pipe, 1 << 16)
            if not part:
                return b"".join(parts), False
            parts.append(part)


def _in_child(wanted: _Request, pipe: int) -> None:
    try:
        os.setsid()
        die_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        for handle in (0, 1, 2):
            os.dup2(nothing, handle)
        limit(wanted.seconds, seconds_for(wanted.pages))
        with os.fdopen(pipe, "wb") as answers:
            taken = _taken(wanted)
            if taken.scan is not None and wanted.pages:
                _say(_with_words(taken, taken.scan, wanted.pages, answers), answers, tried=True)
            else:
                _say(taken, answers)
    finally:
        os._exit(0)


def _taken(wanted: _Request) -> Taken:
    try:
        return take(wanted.data, wanted.seconds, wanted.folder)
    except MemoryError:
        return Taken("", "", trouble.TOO_MUCH)
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes in a reader
        return Taken("", "", trouble.BROKEN)


def _with_words(taken: Taken, scan: Scan, pages: int, answers: BinaryIO) -> Taken:
    """The file with the words of its pictures; what holds without them is said first."""
    unfinished = taken.with_words(NOTHING, pages)
    _say(unfinished, answers, tried=True)
    longest = seconds_for(pages)
    end = time.process_time() + _SHARE * longest
    try:
        widen(MEMORY, longest)
        found = recognise(scan, pages, lambda: time.process_time() > end)
    except Exception:  # noqa: BLE001 - whatever a hostile picture provokes
        return unfinished
    return taken.with_words(found, pages)


def _say(taken: Taken, answers: BinaryIO, *, tried: bool = False) -> None:
    answers.write(json.dumps(_answer(taken, tried=tried)).encode() + b"\n")
    answers.flush()


def _answer(taken: Taken, *, tried: bool = False) -> dict[str, Any]:
    return {
        "kind": taken.kind,
        "text": taken.text,
        "reason": taken.reason,
        "recognised": taken.recognised,
        "pictured": taken.scan is not None,
        "tried": tried,
    }


if __name__ == "__main__":
    main()
