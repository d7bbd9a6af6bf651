"""Many sites: lanes go to an executor, each site runs in its own process.

Written against `concurrent.futures.Executor`. Locally that is a thread pool whose threads wait for
worker processes; on a cluster the same function and arguments go to the cluster's executor.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import IO, Any

from console.errors import Exit, debugging
from console.jobs import Job, Summary, failed
from console.output import hush

Lane = tuple[Job, ...]
Report = Callable[[Job, dict[str, Any]], None]

_TAIL = 4000


def lanes(jobs: Iterable[Job]) -> list[Lane]:
    """Jobs that share a platform together, in the order they came."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.lane, []).append(job)
    return [tuple(lane) for lane in found.values()]


def drive(
    jobs: Iterable[Job], executor: Executor, report: Report | None = None
) -> Iterator[Summary]:
    """Inspect every site; summaries come as sites are done, and are not kept here.

    `report` hears of progress; it must be left out where tasks leave this process.
    """
    waiting: dict[Future[list[Summary]], Lane] = {
        executor.submit(inspect_lane, lane, report): lane for lane in lanes(jobs)
    }
    for future in as_completed(list(waiting)):
        lane = waiting.pop(future)
        try:
            yield from future.result()
        except Exception as error:  # noqa: BLE001 - one lane's loss must not stop the others
            sentence = (
                f"巡查任务没有完成（{type(error).__name__}：{error}）。请重新运行，会从中断处继续。"
            )
            yield from (failed(job, sentence) for job in lane)


def inspect_lane(lane: Lane, report: Report | None = None) -> list[Summary]:
    """The sites of one lane, one after the other: together they have one politeness budget."""
    return [inspect_site(job, report) for job in lane]


def inspect_site(job: Job, report: Report | None = None) -> Summary:
    """One site in a process of its own; a lost process is replaced once."""
    summary = _run_worker(job, report)
    if summary.lost and not _CHILDREN.stopped:
        summary = _run_worker(job, report)
    return summary


def run_here(
    jobs: list[Job], width: int, report: Report | None = None
) -> Generator[Summary, None, None]:
    """Drive the jobs on this machine, `width` at a time. Ctrl-C ends the children."""
    _CHILDREN.stopped = False
    executor = ThreadPoolExecutor(max_workers=max(1, width))
    try:
        yield from drive(jobs, executor, report)
    except BaseException:
        _CHILDREN.stop()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


class _Children:
    """The worker processes alive, so that they can be ended together."""

    def __init__(self) -> None:
        self._alive: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self.stopped = False

    def add(self, child: subprocess.Popen[str]) -> None:
        with self._lock:
            self._alive.add(child)
            if self.stopped:
                child.kill()

    def remove(self, child: subprocess.Popen[str]) -> None:
        with self._lock:
            self._alive.discard(child)

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            for child in self._alive:
                child.kill()


_CHILDREN = _Children()


def _run_worker(job: Job, report: Report | None) -> Summary:
    if _CHILDREN.stopped:
        return failed(job, "巡查已被中止。", lost=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as talk:
        # Its own session: Ctrl-C reaches the parent alone, which then ends the children.
        child = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if debugging() else talk,
            text=True,
            encoding="ascii",
            errors="replace",
            start_new_session=True,
        )
        _CHILDREN.add(child)
        try:
            with child:
                summary = _listen(child, job, report)
        finally:
            child.kill()
            _CHILDREN.remove(child)
        return summary or _lost(job, child.returncode, talk)


def _command() -> list[str]:
    """How to start a worker. A file in the operator's folder must not pass for one of our rooms."""
    root = Path(__file__).resolve().parent.parent
    aloof = [] if Path.cwd().resolve() == root else ["-P"]
    return [sys.executable, *aloof, "-m", "console.worker"]


def _listen(child: subprocess.Popen[str], job: Job, report: Report | None) -> Summary | None:
    """Hand the job over and read until the summary; stdin stays open as the sign of life."""
    stdin, stdout = _pipes(child)
    try:
        stdin.write(job.to_line())
        stdin.flush()
    except BrokenPipeError:
        hush(stdin.fileno())
        return None
    for line in stdout:
        message = _message(line)
        if "summary" in message:
            return Summary.from_dict(message["summary"])
        if "progress" in message and report:
            report(job, message["progress"])
    return None


def _pipes(child: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the worker has no pipes")
    return child.stdin, child.stdout


def _message(line: str) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _lost(job: Job, status: int, talk: IO[str]) -> Summary:
    """A process that ended without an answer."""
    if _CHILDREN.stopped:
        return failed(job, "巡查已被中止。", lost=True)
    if status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)
        hint = (
            "常见原因是内存不足，可减小 --jobs"
            if status == -signal.SIGKILL
            else "可能是被人或系统结束"
        )
        sentence = (
            f"巡查进程被信号 {name} 结束（{hint}）。"
            "已读完的栏目都在台账里，重新运行会从中断处继续。"
        )
        return failed(job, sentence, lost=True)
    talk.seek(0)
    lines = talk.read()[-_TAIL:].strip().splitlines()
    last = f"最后的输出是：{lines[-1]}。" if lines else ""
    return failed(
        job,
        f"巡查进程意外退出（状态 {status}）。{last}请加 --debug 再运行一次查看原因。",
        Exit.FAILED,
        lost=True,
    )
