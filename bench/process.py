"""One piece of work in a process of its own, and what it cost."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 120.0
"""Seconds after which a child is taken for stuck and ended."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child process took.

    `wall` and `cpu` (user and system) are of the whole process, interpreter and imports included;
    `work_wall` and `work_cpu` of the work alone. `peak` is its largest resident size in bytes.
    `answer` is what the work returned.
    """

    wall: float
    cpu: float
    work_wall: float
    work_cpu: float
    peak: int
    answer: Mapping[str, Any]


def run(module: str, *arguments: str, patience: float = _PATIENCE, log: Path | None = None) -> Cost:
    """Run `python -m module arguments` to its end and count its cost.

    What it says beside its answer goes to `log`, or to where our own talk goes.
    """
    before = _cpu(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with log.open("wb") if log else nullcontext() as talk:
        child = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=talk,
            timeout=patience,
            check=True,
        )
    wall = time.perf_counter() - begun
    cpu = _cpu(resource.RUSAGE_CHILDREN) - before
    told = json.loads(child.stdout.splitlines()[-1])
    return Cost(wall, cpu, told["wall"], told["cpu"], told["peak"], told["answer"])


def tell(work: Callable[[], Mapping[str, Any]]) -> None:
    """In the child: do the work and print its cost as one line of JSON."""
    wall, cpu = time.perf_counter(), _cpu(resource.RUSAGE_SELF)
    answer = work()
    told = {
        "wall": time.perf_counter() - wall,
        "cpu": _cpu(resource.RUSAGE_SELF) - cpu,
        "peak": _peak(),
        "answer": answer,
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _cpu(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def _peak() -> int:
    # ru_maxrss of a fresh process starts at what its parent held; VmHWM is its own.
    return resident(os.getpid()) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def resident(pid: int) -> int:
    """The largest size in memory a process has had so far, in bytes; 0 where that is not told."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    found = (line.split()[1] for line in lines.splitlines() if line.startswith("VmHWM:"))
    return int(next(found, "0")) * 1024
