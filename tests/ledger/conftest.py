"""Every store test runs on SQLite and on a real PostgreSQL started for the session."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from ledger.clock import ZONE
from ledger.facts import ColumnReading, DayReading, Found, Item, Page, Visit
from ledger.findings import Claim, Clear, ColumnVerdict, Judgement, RuleCard
from ledger.schema import metadata
from ledger.site import Column, ColumnPath, Site
from ledger.store import Ledger
from ledger.words import ColumnKind, Frequency, How, Outcome, Severity, Verdict

_INSTALL = "apt-get install postgresql"
_START_SECONDS = 60
_INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_SETTINGS = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=40")


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of our own, reached through a socket in its own folder."""

    folder: Path

    def address(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        )


def _programs() -> Path | None:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[4])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def _without(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    programs = _programs()
    if programs is None:
        _without(f"没有 PostgreSQL；安装：{_INSTALL}")
        return
    # Not under pytest's own folder: only root may enter that one when root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="xuncha-pg-"))
    try:
        prefix = _as_postgres(folder)
        subprocess.run(
            [*prefix, programs / "initdb", "-D", folder / "data", *_INITDB],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        runner = [*(prefix or ["setpriv"]), "--pdeathsig=INT"]
        # A child of ours, not a daemon: it can be stopped by its own number and dies with us.
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*runner, programs / "postgres", "-D", folder / "data", "-k", folder, *_SETTINGS],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        try:
            ours = Server(folder)
            _wait(ours, server)
            yield ours
        finally:
            # SIGINT ends it at once, whoever may still be connected.
            server.send_signal(signal.SIGINT)
            server.wait(_START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (server.folder / "log").read_text(errors="replace")
                pytest.fail(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.1)
        else:
            return


_BOTH = ["sqlite", "postgresql"]


@contextlib.contextmanager
def _database(server: Server) -> Iterator[str]:
    """The address of a database without a single table."""
    name = f"ledger_{uuid.uuid4().hex}"
    with contextlib.closing(server.connect()) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield server.address(name)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=_BOTH)
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a ledger that opening it will create."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/ledger.db"
        return
    with _database(request.getfixturevalue("postgres_server")) as address:
        yield address


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger as opening creates it, to be copied: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("new") / "ledger.db"
    Ledger.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def shared_url(postgres_server: Server) -> Iterator[str]:
    """A ledger on PostgreSQL that tests use one after the other, each leaving it empty."""
    with _database(postgres_server) as address:
        Ledger.open(address).close()
        yield address


@pytest.fixture(params=_BOTH)
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty ledger nobody else uses."""
    if request.param == "sqlite":
        file = tmp_path / "ledger.db"
        shutil.copyfile(request.getfixturevalue("new_file"), file)
        yield f"sqlite:///{file}"
        return
    address: str = request.getfixturevalue("shared_url")
    yield address
    _empty(address)


def _empty(address: str) -> None:
    """The ledger as it was created: no rows, numbers from the start, nobody connected."""
    plain = address.replace("+psycopg", "", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        # What follows deletes from all tables at once: the order in which rows refer is no matter.
        connection.execute("SET session_replication_role = replica")
        for table in metadata.tables:
            connection.execute(f'DELETE FROM "{table}"'.encode())
        connection.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
        )


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with Ledger.open(ledger_url) as opened:
        yield opened


class Make:
    """Facts and judgements of a small site; what a test does not care about is filled in."""

    start = datetime(2026, 3, 20, 1, 30, tzinfo=ZONE)
    day = date(2026, 3, 20)

    def column(self, *path: str) -> Column:
        return Column(path, "区政府办", ("区政府办",), Frequency.MONTHLY, "按月更新")

    def site(self, key: str = "wuerhe", names: tuple[str, ...] = ("动态", "公示")) -> Site:
        columns = tuple(self.column("政务公开", name) for name in names)
        return Site(key, "乌尔禾区人民政府", "http://demo.test/", columns)

    def path(self, name: str) -> ColumnPath:
        return ("政务公开", name)

    def reading(self, path: ColumnPath, **more: object) -> ColumnReading:
        given: dict[str, object] = {
            "url": "http://demo.test/list/",
            "outcome": Outcome.OK,
            "kind": ColumnKind.LIST,
            "found": Found("menu", 0.9, "动态", "http://demo.test/"),
            "at": self.start,
            "status": 200,
            **more,
        }
        return ColumnReading(path=path, **given)  # type: ignore[arg-type]

    def items(self, count: int, prefix: str = "a") -> list[Item]:
        return [
            Item(
                url=f"http://demo.test/{prefix}/{number}.html",
                title=f"第{number}条",
                day=self.day - timedelta(days=number),
                how=How.LIST,
                text=f"[{number}]",
                position=number,
            )
            for number in range(count)
        ]

    def visit(self, url: str, outcome: Outcome = Outcome.OK, **more: object) -> Visit:
        return Visit(url, outcome, self.start, **more)  # type: ignore[arg-type]

    def page(self, url: str, text: str = "正文") -> Page:
        return Page(url, "标题", DayReading(self.day, How.META, "2026-03-20", "09:30"), text=text)

    def card(self, code: str = "C1", confirm_after: int = 2) -> RuleCard:
        return RuleCard(code, "栏目逾期", confirm_after, Severity.GENERAL, "合同第三条")

    def claim(self, name: str = "动态", message: str = "逾期", **more: object) -> Claim:
        given: dict[str, object] = {"severity": Severity.GENERAL, "basis": "合同第三条", **more}
        return Claim("C1", f"政务公开 > {name}", message, **given)  # type: ignore[arg-type]

    def clear(self, name: str = "动态") -> Clear:
        return Clear("C1", f"政务公开 > {name}")

    def verdict(self, name: str) -> ColumnVerdict:
        return ColumnVerdict(
            path=self.path(name),
            unit="区政府办",
            units=("区政府办",),
            frequency=Frequency.MONTHLY,
            frequency_text="按月更新",
            url=None,
            kind=ColumnKind.LIST,
            verdict=Verdict.ON_TIME,
            reason=None,
            last_updated=self.day,
            last_title="第0条",
            due=self.day,
            age=0,
            items=3,
            evidence=None,
            explain="正常。",
        )

    def run(self, ledger: Ledger, day: date | None = None, site: str = "wuerhe") -> int:
        """A finished run of that day."""
        run = ledger.begin_run(self.site(site), day or self.day, self.start)
        ledger.finish_run(run.id, self.start)
        return run.id

    def judgement(
        self,
        run_id: int,
        as_of: date,
        claims: tuple[Claim, ...] = (),
        clears: tuple[Clear, ...] = (),
        names: tuple[str, ...] = ("动态", "公示"),
        cards: tuple[RuleCard, ...] | None = None,
    ) -> Judgement:
        return Judgement(
            "wuerhe",
            run_id,
            as_of,
            tuple(self.verdict(name) for name in names),
            claims,
            clears,
            (self.card(),) if cards is None else cards,
            "rules-1",
        )


@pytest.fixture
def make() -> Make:
    return Make()
