"""What is wrong with a site folder, said so that the operator can mend it."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"

_SHOWN = 60


class RosterError(Exception):
    """A folder that holds no site; the text is one Chinese sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a site folder.

    `level` is error or warning, `row` the line of site.toml or the row of the sheet,
    `nearest` the valid value that comes closest, empty where none does.
    """

    level: str
    file: str
    row: int | None
    field: str
    value: str
    message: str
    nearest: str = ""


class Log:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def error(
        self,
        message: str,
        row: int | None = None,
        field: str = "",
        value: str = "",
        nearest: str = "",
    ) -> None:
        """Note what must be mended before the site can be inspected."""
        self._add(ERROR, message, row, field, value, nearest)

    def warn(
        self,
        message: str,
        row: int | None = None,
        field: str = "",
        value: str = "",
        nearest: str = "",
    ) -> None:
        """Note what was understood, but only by an assumption."""
        self._add(WARNING, message, row, field, value, nearest)

    def _add(
        self, level: str, message: str, row: int | None, field: str, value: str, nearest: str
    ) -> None:
        self.problems.append(
            Problem(level, self.file, row, field, shorten(value), message, nearest)
        )

    def sorted(self) -> list[Problem]:
        """The problems by row; those of the whole file first."""
        return sorted(self.problems, key=lambda p: p.row or 0)


def shorten(text: str, limit: int = _SHOWN) -> str:
    """`text` on one line and no longer than a message can bear."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def nearest(value: str, valid: Iterable[str]) -> str:
    """The valid value closest to `value`, or an empty string."""
    found = difflib.get_close_matches(value[:200], list(valid), n=1, cutoff=0.45)
    return found[0] if found else ""


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.EIO: "磁盘出错",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "路径太长",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a usual reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
