"""One process a site; a crash, a kill, a full disk lose nothing that was committed."""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from sqlalchemy import update

from ledger.schema import leases
from ledger.store import LeaseHeld, Ledger, LedgerError

HOLD = """
import sys, time
from ledger.store import Ledger
ledger = Ledger.open(sys.argv[1])
with ledger.lease("wuerhe", seconds=600):
    print("held", flush=True)
    sys.stdin.read()
"""

WRITE = """
import sys
from datetime import date, datetime
from itertools import count
from ledger.clock import ZONE
from ledger.facts import ColumnReading, Found, Item, Page
from ledger.site import Column, Site
from ledger.store import Ledger, LedgerError
from ledger.words import ColumnKind, Frequency, Outcome

url, key, most, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
start = datetime(2026, 3, 20, 1, tzinfo=ZONE)
names = [f"栏目{n}" for n in range(most)]
columns = tuple(Column((n,), "", (), Frequency.MONTHLY, "") for n in names)
with Ledger.open(url) as ledger, ledger.lease(key):
    run = ledger.begin_run(Site(key, key, "http://demo.test/", columns), date(2026, 3, 20), start)
    done = ledger.finished_columns(run.id)
    try:
        for name in names:
            if (name,) in done:
                continue
            reading = ColumnReading(
                (name,), None, Outcome.OK, ColumnKind.LIST, Found("menu"), start
            )
            items = [Item(f"http://demo.test/{name}/{n}", "题" * size, None) for n in range(20)]
            ledger.save_column(run.id, reading, items)
            print(name, flush=True)
    except LedgerError as error:
        print("ERROR", error, flush=True)
        sys.exit(2)
    ledger.finish_run(run.id, start)
"""


def start(code, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


@pytest.fixture
def holder(ledger, ledger_url):
    process = start(HOLD, ledger_url)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


def test_a_held_site_names_its_holder(ledger, holder):
    with pytest.raises(LeaseHeld) as caught, ledger.lease("wuerhe"):
        pass
    sentence = str(caught.value)
    assert f"进程 {holder.pid} " in sentence
    assert socket.gethostname() in sentence
    assert re.search(r"自 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d 起", sentence)
    with ledger.lease("elsewhere"):
        pass


def test_waiting_ends_when_the_holder_does(ledger, holder):
    holder.stdin.close()
    with ledger.lease("wuerhe", wait=20):
        pass


def test_waiting_ends_by_itself(ledger, holder):
    began = time.monotonic()
    with pytest.raises(LeaseHeld), ledger.lease("wuerhe", wait=0.6):
        pass
    assert 0.5 < time.monotonic() - began < 10


@pytest.mark.parametrize("reaped", [True, False])
def test_a_killed_holder_does_not_delay_the_restart(ledger, holder, reaped):
    os.kill(holder.pid, signal.SIGKILL)
    if reaped:
        holder.wait()
    else:
        os.waitid(os.P_PID, holder.pid, os.WEXITED | os.WNOWAIT)
    with ledger.lease("wuerhe"):
        pass


def test_a_stopped_but_living_holder_keeps_it(ledger, holder):
    os.kill(holder.pid, signal.SIGSTOP)
    with pytest.raises(LeaseHeld), ledger.lease("wuerhe"):
        pass


@pytest.mark.parametrize("changed", [{"born": 1}, {"machine": "f" * 32}])
def test_only_a_certainly_dead_owner_loses_it_early(ledger, changed):
    with ledger.lease("wuerhe"):
        with ledger._database.writing() as connection:
            connection.execute(update(leases).values(**changed))
        if "born" in changed:
            # Our number, but started at another time: the owner is gone, the number was reused.
            with ledger.lease("wuerhe"):
                pass
        else:
            with pytest.raises(LeaseHeld), ledger.lease("wuerhe"):
                pass


def test_the_same_process_cannot_hold_it_twice(ledger):
    with ledger.lease("wuerhe"), pytest.raises(LeaseHeld), ledger.lease("wuerhe"):
        pass
    with ledger.lease("wuerhe"):
        pass


def test_an_expired_lease_may_be_taken_and_is_then_lost(ledger):
    with ledger.lease("wuerhe", seconds=0.05) as old:
        time.sleep(0.1)
        old.renew()
        time.sleep(0.1)
        with ledger.lease("wuerhe") as new:
            with pytest.raises(LeaseHeld, match="接管"):
                old.renew()
            new.renew()
    with ledger.lease("wuerhe"):
        pass


def test_renewing_prolongs(ledger):
    with ledger.lease("wuerhe", seconds=0.5) as lease:
        for _ in range(4):
            time.sleep(0.2)
            lease.renew()
        with pytest.raises(LeaseHeld), ledger.lease("wuerhe"):
            pass


def test_the_block_may_fail_and_the_lease_is_given_back(ledger):
    with pytest.raises(ZeroDivisionError), ledger.lease("wuerhe"):
        raise ZeroDivisionError
    with ledger.lease("wuerhe"):
        pass


def test_a_killed_writer_loses_nothing_it_had_reported(ledger_url, ledger, make):
    writer = start(WRITE, ledger_url, "wuerhe", 120, 5)
    told = [writer.stdout.readline().strip() for _ in range(12)]
    writer.kill()
    rest, _ = writer.communicate()
    told += rest.split()
    [run] = ledger.runs("wuerhe")
    assert run.state == "running"
    finished = {path[0] for path in ledger.finished_columns(run.id)}
    assert set(told) <= finished
    # At most the one column committed but not yet reported.
    assert len(finished) <= len(told) + 1
    for part in ledger.facts(run.id).columns:
        assert len(part.items) == (20 if part.column.name in finished else 0)

    again = start(WRITE, ledger_url, "wuerhe", 120, 5)
    out, err = again.communicate(timeout=120)
    assert (again.returncode, err) == (0, "")
    assert not finished & set(out.split())
    [run] = ledger.runs("wuerhe")
    assert run.state == "finished"
    assert len(ledger.finished_columns(run.id)) == 120


def test_two_processes_write_different_sites_at_once(ledger_url, ledger):
    writers = [start(WRITE, ledger_url, key, 40, 20) for key in ("a", "b")]
    for writer in writers:
        _, err = writer.communicate(timeout=120)
        assert (writer.returncode, err) == (0, "")
    for key in ("a", "b"):
        facts = ledger.facts(ledger.newest_run(key).id)
        assert [len(part.items) for part in facts.columns] == [20] * 40


def _survives(url):
    """Every column that was reported is whole, and the ledger still takes more."""
    with Ledger.open(url) as ledger:
        [run] = ledger.runs("wuerhe")
        finished = ledger.finished_columns(run.id)
        for part in ledger.facts(run.id).columns:
            assert len(part.items) == (20 if part.column.path in finished else 0)
        ledger.finish_run(run.id, run.started + timedelta(hours=1))
        return {path[0] for path in finished}


def _failed(writer):
    out, err = writer.communicate(timeout=120)
    assert (writer.returncode, err) == (2, "")
    told, _, sentence = out.partition("ERROR")
    return told.split(), sentence


def test_a_file_that_may_not_grow(tmp_path):
    url = f"sqlite:///{tmp_path}/ledger.db"
    Ledger.open(url).close()

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    told, sentence = _failed(start(WRITE, url, "wuerhe", 400, 200, preexec_fn=limit))
    assert "磁盘" in sentence
    assert f"{tmp_path}/ledger.db" in sentence
    assert told
    assert set(told) <= _survives(url)


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root may mount a small disk")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this machine does not let root mount")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(small_disk):
    url = f"sqlite:///{small_disk}/ledger.db"
    told, sentence = _failed(start(WRITE, url, "wuerhe", 400, 200))
    assert "磁盘已满" in sentence
    assert str(small_disk) in sentence
    assert told
    spare = small_disk.parent / "moved"
    shutil.copytree(small_disk, spare)
    assert set(told) <= _survives(f"sqlite:///{spare}/ledger.db")


def _hang_up(admin, name, connection):
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )
    connection.exec_driver_sql("SELECT 1")


def test_a_server_that_goes_away_is_a_sentence(postgres_server, make):
    name = "ledger_gone"
    with postgres_server.connect() as admin:
        admin.execute(f"CREATE DATABASE {name}")
        with Ledger.open(postgres_server.address(name)) as ledger:
            run = ledger.begin_run(make.site(), make.day, make.start)
            with (
                pytest.raises(LedgerError, match=r"连接中断|正在关闭"),
                ledger._database.writing() as connection,
            ):
                _hang_up(admin, name, connection)
            # The next call finds a fresh connection.
            assert ledger.run(run.id) == run
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
