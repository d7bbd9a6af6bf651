"""A ledger, a disk, a folder in trouble: a sentence, exit code 2, nothing lost."""

import os
import resource
import shlex
import shutil
import sqlite3
import subprocess

import pytest

from ledger.schema import VERSION_TABLE

ROW = "首页,通知,,,甲局,按周更新,"


@pytest.fixture(scope="module")
def nobody(make_site):
    """Writes a site nobody answers for; asking twice would only take longer."""
    pace = "delay = 0\nretries = 0"
    return lambda home: make_site(home / "a", "http://127.0.0.1:1", [ROW], crawl=pace)


@pytest.fixture
def site(xuncha, nobody):
    return nobody(xuncha.home)


@pytest.fixture(scope="module")
def past_night(tmp_path_factory, program, nobody):
    """A folder whose site has been inspected."""
    xuncha = program(tmp_path_factory.mktemp("past"))
    nobody(xuncha.home)
    ran = xuncha("nightly", "a", "--as-of", "2026-03-20")
    assert ran.code == 0, ran.err
    return xuncha.home


@pytest.fixture
def after_a_night(xuncha, past_night):
    """The command in a copy of that folder."""
    shutil.copytree(past_night, xuncha.home, dirs_exist_ok=True)
    return xuncha


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


def test_no_room_for_the_report(after_a_night):
    """The ledger was written, the report was not: the folder is named."""
    xuncha = after_a_night
    done = subprocess.run(
        xuncha.command("report", "month", "a", "--as-of", "2026-03-20", "--out", "full"),
        cwd=xuncha.home,
        env=xuncha.env(),
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
    )
    assert done.returncode == 2
    assert "（full）" in done.stderr.decode()
    assert list((xuncha.home / "full").iterdir()) == []


@pytest.mark.parametrize(
    ("locked", "args", "code", "sentence"),
    [
        ("a", ["check", "a"], 3, "a/site.toml 无法读取（没有权限）"),
        ("all", ["check", "all"], 3, "all/site.toml 无法读取（没有权限）"),
        ("all/b", ["nightly", "all"], 3, "all/b/site.toml 无法读取"),
        ("a/site.toml", ["nightly", "a"], 3, "site.toml：文件无法读取（没有权限）"),
        ("a/columns.csv", ["nightly", "a"], 3, "columns.csv：文件无法读取（没有权限）"),
        ("here", ["nightly", "a", "--ledger", "sqlite:///here/x.db"], 2, "无法打开台账 here/x.db"),
        ("here", ["nightly", "a", "--out", "here/out"], 2, "报表目录 here/out 不可写"),
        ("here", ["demo", "--out", "here/demo"], 2, "没有权限读写（here/demo）"),
        ("page.html", ["try", "page.html"], 2, "没有权限读写（page.html）"),
    ],
)
def test_no_permission(xuncha, make_site, site, locked, args, code, sentence):
    make_site(xuncha.home / "all/b", "http://127.0.0.1:1", [ROW])
    (xuncha.home / "here").mkdir()
    (xuncha.home / "page.html").write_text("<p>x")
    place = xuncha.home / locked
    place.chmod(0o500 if locked == "here" else 0)
    try:
        ran = xuncha.plain(*args)
    finally:
        place.chmod(0o700)
    assert ran.code == code
    assert sentence in ran.err
    assert "denied" not in ran.err


def test_a_ledger_that_may_only_be_read(after_a_night):
    xuncha = after_a_night
    (xuncha.home / "xuncha.db").chmod(0o400)
    assert xuncha.plain("columns", "a", "--as-of", "2026-03-20").code == 0
    ran = xuncha.plain("judge", "a", "--as-of", "2026-03-21")
    assert ran.code == 2
    assert "只读" in ran.err


@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_closed_streams_never_reach_the_ledger(after_a_night, typed, closed):
    """Without care the ledger would be opened under the number of a closed stream."""
    xuncha = after_a_night
    for args in (("judge", "a", "--as-of", "2026-03-21"), ("columns", "a"), ("nightly", "a")):
        ending = " ".join("<&-" if number == 0 else f"{number}>&-" for number in closed)
        line = f"{shlex.join(xuncha.command(*args))} {ending}"
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=xuncha.home,
            env=xuncha.env(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
    assert typed("columns", "a").code == 0


def test_neither_home_nor_locale(xuncha, site):
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    strict = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for env in (bare, bare | strict):
        for args, code, word in (
            (("nightly", "a", "--as-of", "2026-03-20"), 0, "未检查 1"),
            (("columns", "a", "--as-of", "2026-03-20"), 0, "拒绝连接"),
            (("check", "nowhere"), 3, "找不到站点文件夹 nowhere"),
        ):
            done = subprocess.run(
                xuncha.command(*args),
                cwd=xuncha.home,
                env=env,
                capture_output=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == code
            assert word in (done.stdout + done.stderr).decode()


def test_the_ledger_may_come_from_the_environment(xuncha, site):
    ran = xuncha("crawl", "a", XUNCHA_LEDGER="sqlite:///other.db")
    assert ran.code == 0
    assert (xuncha.home / "other.db").exists()
    assert not (xuncha.home / "xuncha.db").exists()
