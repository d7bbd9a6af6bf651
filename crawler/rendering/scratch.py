"""Where a browser keeps its temporary files: a folder of our own, held as long as we live.

Playwright's driver removes what it made when it ends in an orderly way. Where everything is killed
at once nobody does, until the next browser of ours is started.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

PREFIX = "xuncha-web-"
_LONGEST = 42
"""Chromium puts a socket below, and the path of a socket has to end at 107 bytes."""
_FRESH = 60.0
"""Seconds for which a folder nobody holds may be one that is just being made."""


class Scratch:
    """One such folder. The lock on it ends with the process, however that ends."""

    _outside: ClassVar[str | None] = None

    def __init__(self, base: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        self._lock = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        # Some network drives know no locks; what cannot be locked is not swept either.
        with contextlib.suppress(OSError):
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @contextlib.contextmanager
    def lent(self) -> Iterator[None]:
        """While the block runs, processes that are started put their temporary files here."""
        before = os.environ.get("TMPDIR")
        if before is None or not Path(before).name.startswith(PREFIX):
            Scratch._outside = before
        os.environ["TMPDIR"] = str(self.folder)
        try:
            yield
        finally:
            # Two browsers may start at a time: neither may be left with the other's folder.
            if os.environ.get("TMPDIR") == str(self.folder):
                del os.environ["TMPDIR"]
                if Scratch._outside is not None:
                    os.environ["TMPDIR"] = Scratch._outside

    def remove(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)


def make_scratch() -> Scratch | None:
    """A new folder, those that killed runs left behind removed; None where its path is too long."""
    base = Path(tempfile.gettempdir())
    sweep(base)
    return Scratch(base) if len(os.fsencode(base)) <= _LONGEST else None


def sweep(base: Path) -> None:
    """Remove folders of ours in `base` that no living process holds."""
    for folder in base.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            _sweep_one(folder)


def _sweep_one(folder: Path) -> None:
    known = folder.lstat()
    if known.st_uid != os.geteuid() or time.time() - known.st_mtime < _FRESH:
        return
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
