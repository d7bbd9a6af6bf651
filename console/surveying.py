"""Surveys of portals, each in a process of its own; the parent shows how far one has come."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from console.errors import ConsoleError, Exit, Failed, Misused, debugging
from console.output import clean, hush

Told = dict[str, Any]
Hear = Callable[[Told], None]

PROPOSE = "propose"
COMPARE = "compare"

_SHOWN = 24
_TAIL = 4_000


@dataclass(frozen=True, slots=True)
class Task:
    """One portal to survey: for a proposal its home page, for a comparison its site folder."""

    task: str
    as_of: str
    max_pages: int
    home: str = ""
    delay: float = 1.0
    folder: str = ""

    def to_line(self) -> str:
        """The task as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=True) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Task:
        """The task a parent wrote with `to_line`."""
        return cls(**json.loads(line))


def not_compared(reason: str, requests: int = 0) -> Told:
    """What a comparison says that did not take place."""
    return {
        "compared": False,
        "reason": reason,
        "requests": requests,
        "on_site": 0,
        "agreed": 0,
        "differences": [],
    }


def survey_in_child(task: Task, hear: Hear) -> Told:
    """What the survey came to; raises the sentence it ended with where it came to nothing."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as talk:
        # Its own session: Ctrl-C reaches the parent alone, which then ends the child.
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
        try:
            with child:
                answer = _listen(child, task, hear)
        finally:
            child.kill()
        if answer is None:
            raise Failed(_lost(child.returncode, talk))
    if "error" in answer:
        raise _error(answer)
    return dict(answer["told"])


def _command() -> list[str]:
    """How to start a child. A file in the operator's folder must not pass for one of our rooms."""
    root = Path(__file__).resolve().parent.parent
    aloof = [] if Path.cwd().resolve() == root else ["-P"]
    return [sys.executable, *aloof, "-m", "console.survey_worker"]


def _listen(child: subprocess.Popen[str], task: Task, hear: Hear) -> Told | None:
    """Hand the task over and read until the answer; stdin stays open as the sign of life."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child has no pipes")
    try:
        child.stdin.write(task.to_line())
        child.stdin.flush()
    except BrokenPipeError:
        hush(child.stdin.fileno())
        return None
    for line in child.stdout:
        message: Told = json.loads(line)
        if "progress" not in message:
            return message
        hear(message["progress"])
    return None


def _error(answer: Told) -> ConsoleError:
    return (Misused if answer["code"] == Exit.USAGE else Failed)(answer["error"])


def _lost(status: int, talk: IO[str]) -> str:
    talk.seek(0)
    lines = talk.read()[-_TAIL:].strip().splitlines()
    last = f"最后的输出是：{lines[-1]}。" if lines else ""
    return f"读取网站的进程意外退出（状态 {status}）。{last}请加 --debug 再运行一次查看原因。"


@contextmanager
def progress_of(name: str, max_pages: int) -> Iterator[Hear]:
    """Shows requests and columns on stderr while stderr is a terminal; otherwise nothing."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("请求 {task.completed}/{task.total} 次", markup=False),
        TextColumn("栏目 {task.fields[columns]} 个", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.fields[column]}", markup=False),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with bar:
        shown = bar.add_task(clean(name)[:_SHOWN], total=max_pages, columns=0, column="")

        def hear(step: Told) -> None:
            bar.update(
                shown,
                completed=step["requests"],
                columns=step["columns"],
                column=clean(step["column"])[:_SHOWN],
            )

        yield hear
