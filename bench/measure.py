"""How things are measured: medians of several runs, on a machine that is named."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TypeVar

_NAMED = ("scrapy", "selectolax", "sqlalchemy", "jinja2", "openpyxl")
_GIB = 1024**3

T = TypeVar("T")


def cpu_seconds(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds this process spent on `work`, and what it returned."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def middle(values: Iterable[float]) -> float:
    """The median."""
    return float(median(values))


def machine() -> list[str]:
    """What the figures were taken on, one sentence part a line."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    packages = ", ".join(f"{name} {version(name)}" for name in _NAMED)
    return [
        f"CPU: {_cpu_model()}, {cores} cores; {memory:.1f} GiB RAM; {_system()}",
        f"Python {platform.python_version()}; {packages}",
        f"load average before the first measurement: {os.getloadavg()[0]:.1f}",
    ]


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()
