"""The folder for papers, and files put there whole."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from console.errors import Failed


def ready(out: Path) -> None:
    """Make the folder for papers and see that files can be put there."""
    with _place(out), tempfile.TemporaryFile(dir=_made(out)):
        pass


def store(out: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all: a reader never meets half a report."""
    with _place(out):
        handle, draft = tempfile.mkstemp(dir=_made(out), prefix=f".{name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(0o644)
            Path(draft).replace(out / name)
        except BaseException:
            with suppress(OSError):
                Path(draft).unlink()
            raise
    return (out / name).resolve()


def _made(out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    return out


@contextmanager
def _place(out: Path) -> Iterator[None]:
    """What can be wrong with the folder, said with its name."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Failed(f"报表目录 {out} 不可写。请检查权限，或用 --out 换一个目录。") from error
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise Failed(f"报表目录 {out} 的位置上是一个文件。请用 --out 换一个目录。") from error
        # A write that fails names no file.
        error.filename = error.filename or str(out)
        raise
