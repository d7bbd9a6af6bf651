"""What a process that reads a file may take of the machine."""

from __future__ import annotations

import ctypes
import math
import resource
import signal
import time

MEMORY = 512 * 1024**2
_MEMORY_MOST = 4 * 1024**3
_LONGEST = 120
_FILES = 256 * 1024**2
_OPEN = 256
_PR_SET_PDEATHSIG = 1


def limit(seconds: float, more: float = 0.0) -> None:
    """Bound this process: time on the processor, memory, files. The hard limits are higher, for
    LibreOffice, and for what may need `more` seconds."""
    whole = max(1, math.ceil(seconds))
    longest = max(math.ceil(seconds + more), _LONGEST)
    resource.setrlimit(resource.RLIMIT_CPU, (whole, longest))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, _MEMORY_MOST))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILES, _FILES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN, _OPEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def widen(memory: int, more: float) -> None:
    """Let this process go on for `more` seconds, with so much memory."""
    used, (_, longest) = time.process_time(), resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (min(math.ceil(used + more), longest), longest))
    resource.setrlimit(resource.RLIMIT_AS, (memory, _MEMORY_MOST))


def die_with_parent() -> None:
    """Have this process killed when the thread that started it is gone; Linux only."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    except (AttributeError, OSError):
        return
