"""How a command ends when it cannot go on: one Chinese sentence and an exit code."""

from __future__ import annotations

import errno
import os
from enum import IntEnum

DEBUG_VARIABLE = "XUNCHA_DEBUG"


class Exit(IntEnum):
    """The exit codes of the command line."""

    FINE = 0
    FOUND = 1
    FAILED = 2
    USAGE = 3


EXITS = """退出码：
  0 正常
  1 有达到 --fail-on 程度的问题
  2 程序没能完成
  3 配置或用法有误"""


class ConsoleError(Exception):
    """Ends a command; the text is a Chinese sentence with the remedy."""

    code = Exit.FAILED


class Failed(ConsoleError):
    """We could not do what was asked although it was asked well."""


class Misused(ConsoleError):
    """The configuration or the command line is wrong."""

    code = Exit.USAGE


def debugging() -> bool:
    """True where the operator asked for tracebacks."""
    return os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")


def told(error: BaseException) -> tuple[str, Exit]:
    """The sentence and the exit code for whatever went wrong."""
    while isinstance(error, BaseExceptionGroup):
        # Tasks that ran side by side failed together; the first tells what the others ran into.
        error = error.exceptions[0]
    if isinstance(error, ConsoleError):
        return str(error), error.code
    # Only here, so that `--help` and shell completion do not wait for the rooms to load.
    from ledger.errors import LedgerError
    from ledger.problems import RosterError
    from reports.base import PaperError
    from rules.errors import RuleError

    if isinstance(error, RosterError):
        return str(error), Exit.USAGE
    if isinstance(error, LedgerError | PaperError | RuleError):
        return str(error), Exit.FAILED
    if isinstance(error, OSError):
        return _os_sentence(error), Exit.FAILED
    if isinstance(error, MemoryError):
        return "内存不足，程序无法继续。请减小 --jobs，或换一台内存更大的机器。", Exit.FAILED
    return (
        f"程序内部错误（{type(error).__name__}：{_first_line(error)}）。已写入台账的内容不受影响；"
        f"请加 --debug 再运行一次，把输出发给开发者。",
        Exit.FAILED,
    )


_OS_SENTENCES = {
    errno.ENOSPC: "磁盘已满，写不下去{where}。请腾出磁盘空间后重新运行，已写入台账的内容不受影响。",
    errno.EDQUOT: "磁盘配额已用完{where}。请清理文件或调大配额后重新运行。",
    errno.EFBIG: "文件超出系统允许的大小{where}。请检查磁盘配额（ulimit -f）后重新运行。",
    errno.EACCES: "没有权限读写{where}。请检查文件和目录的权限，或换一个位置。",
    errno.EPERM: "没有权限读写{where}。请检查文件和目录的权限，或换一个位置。",
    errno.EROFS: "所在的文件系统是只读的{where}。请换一个可写的位置。",
    errno.ENOENT: "文件或目录不存在{where}。请核对路径。",
    errno.ENOTDIR: "路径的上一级是文件而不是目录{where}。请核对路径。",
    errno.EISDIR: "路径是目录而不是文件{where}。请核对路径。",
    errno.EEXIST: "同名文件已存在，无法建立目录{where}。请换一个位置。",
    errno.ENAMETOOLONG: "路径太长{where}。请换一个较短的路径。",
    errno.EMFILE: "打开的文件太多{where}。请减小 --jobs，或用 ulimit -n 调大上限。",
    errno.EADDRINUSE: "端口已被占用{where}。请换一个端口。",
}


def _os_sentence(error: OSError) -> str:
    where = f"（{error.filename}）" if error.filename else ""
    template = _OS_SENTENCES.get(error.errno or 0)
    if template:
        return template.format(where=where)
    return f"系统报错{where}：{error.strerror or _first_line(error)}。请检查后重新运行。"


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else "无说明"
