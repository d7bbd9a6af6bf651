"""Opening a ledger: created, migrated, shared, or refused with a sentence."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text, update

import ledger.migrations
from ledger.schema import REVISIONS, VERSION_TABLE, contents, metadata
from ledger.store import Ledger, LedgerError

CHINESE = re.compile(r"[\u4e00-\u9fff].*。|mkdir -p")


def refused(url):
    with pytest.raises(LedgerError) as caught:
        Ledger.open(url).close()
    sentence = str(caught.value)
    assert CHINESE.search(sentence)
    return sentence


def test_migrations_write_the_tables_of_the_schema(blank_url):
    with Ledger.open(blank_url) as ledger, ledger._database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        assert set(found.get_table_names()) == {*metadata.tables, VERSION_TABLE}


def test_the_program_knows_every_migration():
    scripts = ScriptDirectory(str(Path(ledger.migrations.__file__).parent))
    walked = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(walked)) == REVISIONS


def test_a_newer_ledger_is_refused_and_left_alone(blank_url):
    with Ledger.open(blank_url) as opened, opened._database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    sentence = refused(blank_url)
    assert "更新版本" in sentence
    assert "升级" in sentence
    assert "9999" in sentence
    assert "9999" in refused(blank_url)


def test_somebody_elses_tables_are_refused(blank_url):
    with Ledger.open(blank_url) as opened, opened._database.writing() as connection:
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
    assert "不是巡查的台账" in refused(blank_url)


def test_another_programs_sqlite_file_is_refused(tmp_path):
    file = tmp_path / "cookies.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE cookies (a)")
    other.commit()
    other.close()
    assert "cookies" in refused(f"sqlite:///{file}")


def test_a_file_that_is_no_database(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("不是数据库" * 1000)
    sentence = refused(f"sqlite:///{file}")
    assert str(file) in sentence
    assert "不是数据库" in sentence
    assert file.read_text() == "不是数据库" * 1000


def test_a_folder_and_a_missing_folder(tmp_path):
    assert "是一个目录" in refused(f"sqlite:///{tmp_path}")
    missing = tmp_path / "nowhere"
    assert f"mkdir -p {missing}" in refused(f"sqlite:///{missing}/a.db")
    (tmp_path / "file").touch()
    assert "不是目录" in refused(f"sqlite:///{tmp_path}/file/a.db")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_a_file_nobody_lets_us_write(tmp_path):
    outside = Path("/var/tmp") / f"xuncha-{os.getpid()}"
    outside.mkdir(mode=0o755)
    file = outside / "ledger.db"
    try:
        Ledger.open(f"sqlite:///{file}").close()
        file.chmod(0o444)
        code = (
            "import os; from ledger.store import *; os.setuid(65534)\n"
            f"try: Ledger.open('sqlite:///{file}').begin_run(None, None, None)\n"
            "except LedgerError as e: print(e)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert str(file) in done.stdout
        assert "权限" in done.stdout
    finally:
        for rest in outside.iterdir():
            rest.unlink()
        outside.rmdir()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ledger.db",
        "mysql://a:geheim@b/c",
        "sqlite://",
        "sqlite:///:memory:",
        "http//a:geheim@b",
    ],
)
def test_addresses_nobody_understands(url):
    assert "geheim" not in refused(url)


def test_a_port_nobody_listens_on():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    sentence = refused(f"postgresql+psycopg://jc:geheim@127.0.0.1:{port}/xuncha")
    assert f"127.0.0.1:{port}" in sentence
    assert "没有数据库在监听" in sentence
    assert "geheim" not in sentence
    assert "geheim" not in refused(f"postgresql://jc@127.0.0.1:{port}/x?password=geheim")


def test_a_database_that_does_not_exist(postgres_server):
    sentence = refused(postgres_server.address("nobody_made_this"))
    assert "nobody_made_this" in sentence
    assert "不存在" in sentence


def test_a_host_without_a_name():
    sentence = refused("postgresql+psycopg://jc@no-such-host.invalid/xuncha")
    assert "主机名无法解析" in sentence


def test_many_processes_may_create_it_at_once(blank_url):
    code = (
        "import sys; from ledger.store import Ledger\n"
        "with Ledger.open(sys.argv[1]) as ledger: print(ledger.site_keys())"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, blank_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out.strip(), err) == (0, "[]", "")


def test_sqlite_is_set_up_for_several_processes(tmp_path):
    with (
        Ledger.open(f"sqlite:///{tmp_path}/ledger.db") as opened,
        opened._database.reading() as connection,
    ):
        ask = lambda name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
        assert ask("journal_mode") == "wal"
        assert ask("foreign_keys") == 1
        assert ask("busy_timeout") >= 10_000


def test_a_folder_with_odd_characters(tmp_path):
    folder = tmp_path / "台账 100% #1"
    folder.mkdir()
    with Ledger.open(f"sqlite:///{folder}/a.db") as opened:
        assert opened.label == f"{folder}/a.db"
    assert (folder / "a.db").exists()


@pytest.mark.parametrize("body", [b"no zlib", zlib.compress(b'{"key": 1}')])
def test_content_nobody_can_read_is_a_sentence(ledger, make, body):
    run = ledger.begin_run(make.site(), make.day, make.start)
    with ledger._database.writing() as connection:
        connection.execute(update(contents).values(body=body))
    with pytest.raises(LedgerError, match="读不懂"):
        ledger.run_site(run.id)


def test_a_damaged_file_is_a_sentence(tmp_path):
    file = tmp_path / "ledger.db"
    Ledger.open(f"sqlite:///{file}").close()
    whole = file.read_bytes()
    file.write_bytes(whole[:5000] + b"\xff" * (len(whole) - 5000))
    with pytest.raises(LedgerError, match="损坏"), Ledger.open(f"sqlite:///{file}") as opened:
        opened.runs("wuerhe")
