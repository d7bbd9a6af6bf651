"""What can go wrong with the ledger, said in one Chinese sentence with its remedy."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

_DETAIL_LIMIT = 200

_SQLITE = {
    sqlite3.SQLITE_FULL: (
        "磁盘已满，台账 {label} 写不进去；此前已提交的内容完好。请腾出磁盘空间后重新运行。"
    ),
    sqlite3.SQLITE_IOERR: (
        "读写台账 {label} 时磁盘出错；此前已提交的内容不受影响。"
        "请检查磁盘空间、配额和文件系统后重新运行。"
    ),
    sqlite3.SQLITE_READONLY: (
        "台账 {label} 是只读的，无法写入。请检查文件和所在目录的写权限，或换一个可写的位置。"
    ),
    sqlite3.SQLITE_BUSY: (
        "台账 {label} 长时间被另一个程序占用。请等它结束，或关闭正在打开该文件的程序后重试。"
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "无法打开台账 {label}。请检查文件和所在目录是否存在、是否有读写权限、磁盘是否已满。"
    ),
    sqlite3.SQLITE_NOTADB: (
        "文件 {label} 不是数据库，不能用作台账。请核对 --ledger 的路径，或换一个新的文件名。"
    ),
    sqlite3.SQLITE_CORRUPT: (
        "台账 {label} 的文件已损坏。请从备份恢复，或用 sqlite3 的 .recover 命令抢救后再用。"
    ),
    sqlite3.SQLITE_PERM: "没有权限访问台账 {label}。请检查文件和所在目录的权限。",
}
_SQLITE[sqlite3.SQLITE_LOCKED] = _SQLITE[sqlite3.SQLITE_BUSY]

# By SQLSTATE, the longest matching prefix first.
_POSTGRES = {
    "53100": "数据库服务器磁盘已满，台账 {label} 写不进去；此前已提交的内容完好。"
    "请在服务器上腾出空间后重新运行。",
    "53300": "数据库连接数已满，连不上台账 {label}。请稍后再试，或调大 max_connections。",
    "42501": "数据库用户没有足够的权限使用台账 {label}。请让管理员授予建表和读写权限。",
    "25006": "台账 {label} 所在的数据库是只读的。请连接可写的主库。",
    "57P": "数据库服务器正在关闭或重启，与台账 {label} 的连接中断。请待其恢复后重新运行。",
    "08": "与台账 {label} 的连接中断。请检查网络和数据库服务后重新运行，巡查会从中断处继续。",
    "28": "数据库拒绝了台账 {label} 的用户名或密码。请核对 --ledger 中的用户和密码。",
    "3D000": "台账 {label} 所指的数据库不存在。请先用 createdb 建立，或核对库名。",
}

# libpq gives no SQLSTATE while connecting or when the line breaks, only words.
_POSTGRES_WORDS = (
    (
        ("server closed the connection", "connection reset", "terminating connection"),
        _POSTGRES["08"],
    ),
    (
        ("connection refused", "no such file or directory"),
        "台账 {label} 连不上：该地址没有数据库在监听。"
        "请启动 PostgreSQL，或核对 --ledger 的主机和端口。",
    ),
    (
        ("timeout", "timed out"),
        "连接台账 {label} 超时。请检查主机、端口、网络和防火墙。",
    ),
    (
        ("resolve host", "name or service not known", "translate host", "getaddrinfo"),
        "台账 {label} 的主机名无法解析。请核对 --ledger 中的主机名。",
    ),
    (("password authentication", "no password supplied", "authentication failed"), _POSTGRES["28"]),
    (("does not exist",), "台账 {label} 所指的数据库或用户不存在。请先建立，或核对 --ledger。"),
)


class LedgerError(Exception):
    """The ledger cannot do what was asked; the text is a Chinese sentence with the remedy."""


class LeaseHeld(LedgerError):
    """Another process inspects this site; the text names it."""


@contextmanager
def explained(label: str) -> Iterator[None]:
    """Turn what the database throws inside the block into a `LedgerError` about `label`."""
    try:
        yield
    except SQLAlchemyError as error:
        raise LedgerError(_sentence(error, label)) from error
    except (ValidationError, zlib.error) as error:
        raise LedgerError(
            f"台账 {label} 里有本程序读不懂的内容，可能是文件损坏，或由别的版本写入。"
            "请升级巡查程序，或从备份恢复。"
        ) from error


def _sentence(error: SQLAlchemyError, label: str) -> str:
    if isinstance(error, IntegrityError):
        return f"台账 {label} 拒绝了与已有内容矛盾的写入：{_detail(error)}。请重新运行该步骤。"
    if isinstance(error, DBAPIError):
        known = _known(error, label)
        if known:
            return known
        if error.connection_invalidated:
            return _POSTGRES["08"].format(label=label)
    return f"台账 {label} 出错：{_detail(error)}。请运行 xuncha doctor 检查。"


def _known(error: DBAPIError, label: str) -> str | None:
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        # The low byte is the primary code, the rest only refines it.
        template = _SQLITE.get(code & 0xFF)
        return template.format(label=label) if template else None
    state = getattr(cause, "sqlstate", None) or ""
    for length in (5, 3, 2):
        if state[:length] in _POSTGRES:
            return _POSTGRES[state[:length]].format(label=label)
    if state:
        return None
    words = str(cause).lower()
    for needles, template in _POSTGRES_WORDS:
        if any(needle in words for needle in needles):
            return template.format(label=label)
    return None


def _detail(error: SQLAlchemyError) -> str:
    """The first line of what the database said; statements and values are left out."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    lines = str(cause).strip().splitlines()
    return lines[0][:_DETAIL_LIMIT] if lines else type(cause).__name__
