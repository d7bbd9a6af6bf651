"""A ledger, a disk, a folder in trouble: a sentence, exit code 2, nothing lost."""

import resource
import sqlite3
import subprocess

import pytest

from ledger.schema import VERSION_TABLE

ROW = "首页,通知,,,甲局,按周更新,"


@pytest.fixture
def site(xuncha, make_site):
    return make_site(xuncha.home / "a", "http://127.0.0.1:1", [ROW])


def test_a_newer_ledger_is_refused(xuncha, site):
    with sqlite3.connect(xuncha.home / "xuncha.db") as connection:
        connection.execute(f"create table {VERSION_TABLE} (version_num varchar(32))")
        connection.execute(f"insert into {VERSION_TABLE} values ('9999')")
    connection.close()
    for command in ("nightly", "columns"):
        ran = xuncha(command, "a")
        assert ran.code == 2
        assert "请升级" in ran.err


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("sqlite:///none/x.db", "不存在"),
        ("sqlite:///a", "是一个目录"),
        ("sqlite:///a/site.toml", "不是数据库"),
        ("postgresql+psycopg://u:secret@127.0.0.1:1/x", "没有数据库在监听"),
    ],
)
def test_a_ledger_that_cannot_be(xuncha, site, url, word):
    ran = xuncha("nightly", "a", "--ledger", url)
    assert ran.code == 2
    assert word in ran.err
    assert "secret" not in ran.err
    assert len(ran.err.splitlines()) <= 2


@pytest.mark.parametrize("url", ["mysql://u:secret@x/y", "nonsense", "sqlite://", "xuncha.db", ""])
def test_a_ledger_that_is_mistyped(typed, url):
    ran = typed("nightly", "a", "--ledger", url)
    assert ran.code == 3
    assert "看不懂的台账地址" in ran.err
    assert "secret" not in ran.err


def test_out_is_a_file(xuncha, site):
    (xuncha.home / "taken").write_text("x")
    ran = xuncha("nightly", "a", "--out", "taken")
    assert ran.code == 2
    assert "报表目录 taken" in ran.err
    assert (xuncha.home / "taken").read_text() == "x"


def test_no_room_on_the_disk(xuncha, site):
    """A limit on the size of files stands in for a full disk: writing fails half way."""
    done = subprocess.run(
        xuncha.command("nightly", "a"),
        cwd=xuncha.home,
        env=xuncha.env(),
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "Traceback" not in said
    assert "磁盘" in said


def test_the_ledger_may_come_from_the_environment(xuncha, site):
    ran = xuncha("crawl", "a", XUNCHA_LEDGER="sqlite:///other.db")
    assert ran.code == 0
    assert (xuncha.home / "other.db").exists()
    assert not (xuncha.home / "xuncha.db").exists()
