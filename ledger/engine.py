"""Opening a ledger: its address, its database settings, its migrations."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Table,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ledger import clock
from ledger.column_types import Moment
from ledger.errors import LedgerError, explained
from ledger.problems import reason
from ledger.schema import REVISIONS, VERSION_TABLE, metadata

_BUSY_SECONDS = 30
_CONNECT_SECONDS = 10
_MANY = 500
_MIGRATION_LOCK = 0x78756E636861  # any number no other program is likely to lock
_EXAMPLES = "sqlite:///xuncha.db 或 postgresql+psycopg://用户:密码@主机/库名"


class Database:
    """An open database and the two ways to talk to it."""

    def __init__(self, engine: Engine, label: str) -> None:
        self._engine = engine
        self.label = label
        isolation = {"isolation_level": "REPEATABLE READ"} if _is_postgres(engine) else {}
        self._reader = engine.execution_options(**isolation)
        self._writer = engine.execution_options(writes=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger from first to last query."""
        with explained(self.label), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: everything inside is kept, or nothing."""
        with explained(self.label), self._writer.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def open_database(address: str) -> Database:
    """The database at `address`, created and migrated as needed."""
    url, label = _parse(address)
    if url.get_backend_name() == "sqlite":
        _check_path(Path(url.database or ""), label)
        engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        patience = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
        engine = create_engine(url, connect_args=patience, pool_pre_ping=True)
    database = Database(engine, label)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.dispose()
        raise
    return database


def upsert(
    connection: Connection,
    table: Table,
    rows: list[dict[str, Any]],
    *,
    keep: bool = False,
    key: tuple[str, ...] | None = None,
) -> None:
    """Write `rows` in one batch; a row whose key exists is replaced, or left alone with `keep`."""
    if not rows:
        return
    keys = key or tuple(table.primary_key.columns.keys())
    names = tuple(rows[0])
    connection.execute(_upsertion(connection.dialect.name, table, names, keys, keep), rows)


@cache
def _upsertion(
    dialect: str, table: Table, names: tuple[str, ...], keys: tuple[str, ...], keep: bool
) -> Executable:
    """The statement of `upsert`: building one takes longer than running it with a few rows."""
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    changed = {name: statement.excluded[name] for name in names if name not in keys}
    if keep or not changed:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def batched(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The keys in parts, each well below what either database takes in one statement."""
    for start in range(0, len(keys), _MANY):
        yield keys[start : start + _MANY]


def moment(connection: Connection) -> datetime:
    """Now, by the one clock everybody who shares the ledger agrees on."""
    if connection.dialect.name == "postgresql":
        return connection.execute(select(func.clock_timestamp(type_=Moment))).scalar_one()
    return clock.now()


def _is_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _parse(address: str) -> tuple[URL, str]:
    """The address as SQLAlchemy wants it, and as a person may read it: without the password."""
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise LedgerError(f"看不懂的台账地址：{_hidden(address)}。应写成 {_EXAMPLES}。") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername == "postgresql+psycopg":
        secret = {"password": "***"} if "password" in url.query else {}
        return url, url.update_query_dict(secret).render_as_string(hide_password=True)
    if backend != "sqlite" or url.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise LedgerError(f"台账不支持这种数据库：{url.drivername}。应写成 {_EXAMPLES}。")
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise LedgerError("台账地址里没有文件名。应写成 sqlite:///xuncha.db 这样的形式。")
    return url, url.database


def _hidden(address: str) -> str:
    """An address nobody could parse, without what may be a password in it."""
    login, at, rest = address.partition("?")[0].rpartition("@")
    head, mark, user = login.rpartition("://")
    user, colon, _ = user.partition(":")
    return f"{head}{mark}{user}{':***' if colon else ''}{at}{rest}"


def _check_path(path: Path, label: str) -> None:
    folder = path.parent
    try:
        if path.is_dir():
            raise LedgerError(f"台账 {label} 是一个目录，不是文件。请在 --ledger 中写出文件名。")
        if not folder.exists():
            raise LedgerError(
                f"台账 {label} 所在的目录 {folder} 不存在。请先建立：mkdir -p {folder}"
            )
        if not folder.is_dir():
            raise LedgerError(f"台账 {label} 的上级 {folder} 不是目录。请核对 --ledger 的路径。")
    except OSError as error:
        raise LedgerError(
            f"无法访问台账 {label}：{reason(error)}。请检查路径和目录权限。"
        ) from error


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by _begin_sqlite, not by the driver's guess.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch a new file to WAL; SQLite does not wait for this lock, so we do."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that starts by reading cannot always become a writer later: ask at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(database: Database) -> None:
    with database.reading() as connection:
        if _version(connection) == REVISIONS[-1]:
            return
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        version = _version(connection)
        if version is None:
            _refuse_strangers(connection, database.label)
        elif version not in REVISIONS:
            raise LedgerError(
                f"台账 {database.label} 是更新版本的巡查写的（版本 {version}，"
                f"本程序最高认识 {REVISIONS[-1]}）。请升级巡查程序后再打开，内容未作改动。"
            )
        if version != REVISIONS[-1]:
            _migrate(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def _refuse_strangers(connection: Connection, label: str) -> None:
    """Never write our tables among somebody else's of the same name, or into their SQLite file."""
    present = set(inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        present &= set(metadata.tables)
    if present:
        raise LedgerError(
            f"{label} 里已有别的程序的数据表（{'、'.join(sorted(present)[:3])}），不是巡查的台账。"
            "请换一个新的文件名或库名。"
        )


def _migrate(connection: Connection) -> None:
    # Loaded only when a migration is due: it is slow, and one process is started for every site.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    with as_file(files("ledger.migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise SQLAlchemyError(str(error)) from error
