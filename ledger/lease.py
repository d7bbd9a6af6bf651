"""The lease: one process inspects a site at a time."""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.engine import Row

from ledger.engine import Database, moment, upsert
from ledger.errors import LeaseHeld, LedgerError
from ledger.schema import leases

_POLL_SECONDS = 0.5
_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Holder:
    """The process behind a lease. `machine` is empty where /proc cannot tell processes apart."""

    host: str
    machine: str
    pid: int
    born: int


class Lease:
    """A site held by this process; renew it well before `seconds` have passed."""

    def __init__(self, database: Database, site: str, token: str, seconds: float) -> None:
        self.site = site
        self._database = database
        self._token = token
        self._seconds = seconds

    def renew(self) -> None:
        """Hold on for another while; `LeaseHeld` if somebody took the site over meanwhile."""
        with self._database.writing() as connection:
            expires = moment(connection) + timedelta(seconds=self._seconds)
            held = connection.execute(
                update(leases)
                .where(leases.c.site == self.site, leases.c.token == self._token)
                .values(expires=expires)
            )
            if held.rowcount == 0:
                raise LeaseHeld(
                    f"对站点 {self.site} 的占用已超时并被别的进程接管，本次巡查停止；"
                    "已提交的内容完好，请等对方结束后再运行。"
                )


class LeaseStore:
    """The leases of a ledger."""

    _database: Database

    @contextmanager
    def lease(self, site_key: str, seconds: float = 120, wait: float = 0) -> Iterator[Lease]:
        """Hold `site_key` for this process while the block runs, waiting up to `wait` seconds.

        A lease is free once it has expired, and at once if its owner was a process of this very
        machine that no longer lives. Otherwise `LeaseHeld` says who holds it.
        """
        token = secrets.token_hex(16)
        deadline = time.monotonic() + wait
        while (row := self._take(site_key, token, seconds)) is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise LeaseHeld(_held(row))
            time.sleep(min(_POLL_SECONDS, left))
        try:
            yield Lease(self._database, site_key, token, seconds)
        finally:
            # A lease that cannot be given back runs out by itself; the block's own error matters.
            with suppress(LedgerError), self._database.writing() as connection:
                connection.execute(
                    delete(leases).where(leases.c.site == site_key, leases.c.token == token)
                )

    def _take(self, site: str, token: str, seconds: float) -> _Row | None:
        """None once the lease is ours, else the row of the process that has it."""
        with self._database.writing() as connection:
            now = moment(connection)
            me = _self()
            mine = {
                "site": site,
                "token": token,
                "host": me.host,
                "machine": me.machine,
                "pid": me.pid,
                "born": me.born,
                "since": now,
                "expires": now + timedelta(seconds=seconds),
            }
            upsert(connection, leases, [mine], keep=True)
            row = _row(connection, site)
            if row is not None and row.token != token:
                owner = _Holder(row.host, row.machine, row.pid, row.born)
                if row.expires > now and not _dead(owner):
                    return row
                connection.execute(update(leases).where(leases.c.site == site).values(**mine))
            return None


def _row(connection: Connection, site: str) -> _Row | None:
    # PostgreSQL keeps the row for us until we commit; SQLite has locked everybody out already.
    return connection.execute(
        select(leases).where(leases.c.site == site).with_for_update()
    ).one_or_none()


def _held(row: _Row) -> str:
    return (
        f"站点 {row.site} 正由主机 {row.host} 上的进程 {row.pid} 巡查"
        f"（自 {row.since:%Y-%m-%d %H:%M:%S} 起）。请等它结束；"
        f"若它已不在运行，{row.expires:%H:%M:%S} 之后可直接重新运行。"
    )


def _self() -> _Holder:
    pid = os.getpid()
    born = _born(pid)
    machine = _machine() if born is not None else ""
    return _Holder(socket.gethostname(), machine, pid, born or 0)


def _dead(owner: _Holder) -> bool:
    """True only if the owner certainly no longer lives: it was on this machine and is gone."""
    if not owner.machine or owner.machine != _machine():
        return False
    return _born(owner.pid) != owner.born


@cache
def _machine() -> str:
    """This machine since its last start, as its processes see each other; empty if unknown.

    The host's name alone would not do: containers and copied machines may share it.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        namespace = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return ""
    identity = f"{socket.gethostname()} {boot} {namespace}"
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def _born(pid: int) -> int | None:
    """The clock tick at which process `pid` started, None if it is gone or only a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    # The name in brackets may hold anything; what follows the last bracket is regular.
    fields = stat.rpartition(b")")[2].split()
    try:
        return None if fields[0] in (b"Z", b"X") else int(fields[19])
    except (IndexError, ValueError):
        return None
