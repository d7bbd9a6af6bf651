"""`xuncha nightly`: the main job, and what may happen to it in the middle of the night."""

import contextlib
import json
import os
import signal
import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

from console.jobs import CRAWL, NIGHTLY, job_for
from console.nightly import drive, lanes
from ledger.roster import read_roster

DAY = "2026-03-20"


def children(pid):
    """The processes `pid` has started and that still live."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(word) for word in task.read_text().split()]
    return found


def listening(pid):
    """The addresses at which `pid` takes calls."""
    kept = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed in the meantime
            kept.add(link.readlink().name)
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in kept]


def wait_for(look, seconds=60.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def read_columns(ledger):
    """How many columns a ledger holds so far; 0 while it is not there yet."""
    if not ledger.exists():
        return 0
    try:
        with sqlite3.connect(ledger, timeout=10) as connection:
            return connection.execute("select count(*) from readings").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


@pytest.fixture
def slow_site(xuncha, make_site, server, few_rows):
    """A site that takes some seconds: one request at a time, with a pause."""
    pace = "delay = 0.3\nconcurrency = 1\nmax_pages = 40"
    return make_site(xuncha.home / "slow", server.url, few_rows, crawl=pace)


def test_one_line_a_site_and_the_report_is_there(inspected, few_rows):
    ran = inspected("nightly", "site", "--as-of", DAY, "--out", "again")
    assert ran.code == 0
    line, changed, report = ran.out.splitlines()
    assert line.startswith(f"site（测试站）{DAY}：栏目 {len(few_rows)} 个，正常 3，逾期 3")
    assert changed == "  与上次相比：无变化"
    path = Path(report.partition("：")[2])
    assert path.is_absolute()
    assert path.read_bytes().lower().startswith(b"<!doctype html")
    names = {file.suffix for file in path.parent.iterdir()}
    assert names == {".html", ".json", ".xlsx"}
    assert "\x1b" not in ran.err


@pytest.fixture(scope="module")
def second_night(inspected):
    """The findings before a second night on the unchanged portal, and how that ended."""
    asked = ("findings", "site", "--as-of", DAY, "--format", "json")
    before = inspected(*asked).json()
    ran = inspected("nightly", "site", "--as-of", DAY, "--format", "json", "--out", "second")
    assert ran.code == 0, ran.err
    return before, ran.json()


def test_summary_as_json(second_night):
    _, summary = second_night
    assert summary["site"] == "site"
    assert summary["error"] == ""
    assert summary["verdicts"] == {"on_time": 3, "overdue": 3}
    assert sum(summary["findings"].values()) >= 3
    assert all(Path(paper).is_file() for paper in summary["papers"])


def model_of(folder, site="site"):
    return json.loads((folder / f"{site}-nightly-{DAY}.json").read_text("utf-8"))


def test_a_second_night_on_an_unchanged_portal(second_night, inspected, quiet):
    before, _ = second_night
    changes = model_of(inspected.home / "second")["changes"]
    assert changes["headline"] == "无变化"
    assert changes["new_items"] == 0
    after = quiet("findings", "site", "--as-of", DAY, "--format", "json").json()
    assert [f["first_seen"] for f in after] == [f["first_seen"] for f in before]


def test_a_fault_of_the_same_day_is_new_in_the_second_report(xuncha, make_site, server, few_rows):
    path, _, address = few_rows[0].rpartition(",")
    make_site(xuncha.home / "site", server.url, [f"{path},{address}"])
    assert xuncha("nightly", "site", "--as-of", DAY, "--out", "one").code == 0
    make_site(xuncha.home / "site", server.url, [f"{path},{address}gone/"])
    assert xuncha("nightly", "site", "--as-of", DAY, "--out", "two").code == 0
    assert model_of(xuncha.home / "one")["changes"]["new_findings"] == []
    assert model_of(xuncha.home / "two")["changes"]["new_findings"]


def test_fail_on(quiet):
    assert quiet("findings", "site", "--as-of", DAY, "--fail-on", "info").code == 1
    assert quiet("judge", "site", "--as-of", DAY, "--fail-on", "info").code == 1
    assert quiet("judge", "site", "--as-of", DAY).code == 0


def test_one_failing_site_never_stops_the_others(xuncha, typed, make_site, server, few_rows):
    few = "delay = 0\nmax_pages = 8"
    for key in ("a", "b", "c"):
        make_site(xuncha.home / "all" / key, server.url, few_rows[:2], crawl=few)
    # A folder stands where the report of b belongs.
    (xuncha.home / f"out/b-nightly-{DAY}.html/in-the-way").mkdir(parents=True)
    ran = xuncha(
        "nightly", "all", "--as-of", DAY, "--jobs", "2", "--out", "out", "--format", "json"
    )
    assert ran.code == 2
    a, b, c = ran.json()
    assert a["error"] == c["error"] == ""
    assert f"b-nightly-{DAY}.html" in b["error"]
    assert "3 个站点中 1 个未完成：b" in ran.err
    told = typed("columns", "all", "--as-of", DAY, "--format", "json").json()
    assert [site["site"] for site in told] == ["a", "b", "c"]


def test_a_crawl_without_a_judgement(xuncha, typed, make_site, server, few_rows):
    make_site(xuncha.home / "a", server.url, few_rows[:2])
    ran = xuncha("crawl", "a", "--as-of", DAY)
    assert ran.code == 0
    assert "栏目 2 个" in ran.out
    ran = typed("columns", "a", "--as-of", DAY)
    assert ran.code == 2
    assert f"xuncha judge a --as-of {DAY}" in ran.err


def test_nobody_listens(xuncha, typed, make_site):
    # What lies about in the operator's folder is not taken for the program.
    (xuncha.home / "ledger.py").write_text("raise SystemExit(9)")
    make_site(xuncha.home / "a", "http://127.0.0.1:1", ["首页,通知,,,甲局,按周更新,"])
    ran = xuncha("nightly", "a", "--as-of", DAY, PYTHONSAFEPATH="1")
    assert ran.code == 0
    assert "未检查 1" in ran.out
    assert "与上次相比" not in ran.out
    (xuncha.home / "ledger.py").unlink()
    assert "1 个栏目全部未检查" in typed("findings", "a", "--as-of", DAY).out
    [column] = typed("columns", "a", "--as-of", DAY, "--format", "json").json()["columns"]
    assert (column["verdict"], column["reason"]) == ("not_checked", "refused")


def test_a_killed_worker_is_replaced(xuncha, slow_site, few_rows):
    running = xuncha.start("nightly", "slow", "--as-of", DAY, "--format", "json")
    ledger = xuncha.home / "xuncha.db"
    wait_for(lambda: read_columns(ledger) >= 2)
    [worker] = children(running.pid)
    os.kill(worker, signal.SIGKILL)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err.decode()
    summary = json.loads(out)
    assert summary["columns"] == len(few_rows)
    assert summary["resumed"] >= 1


def test_a_worker_killed_twice_is_reported_and_resumed(xuncha, slow_site, few_rows):
    running = xuncha.start("nightly", "slow", "--as-of", DAY)
    ledger = xuncha.home / "xuncha.db"
    wait_for(lambda: read_columns(ledger) >= 2)
    [first] = children(running.pid)
    os.kill(first, signal.SIGKILL)
    [second] = wait_for(lambda: [p for p in children(running.pid) if p != first])
    os.kill(second, signal.SIGKILL)
    _, err = running.communicate(timeout=120)
    assert running.returncode == 2
    assert "SIGKILL" in err.decode()
    again = xuncha("nightly", "slow", "--as-of", DAY, "--format", "json").json()
    assert again["columns"] == len(few_rows)
    assert again["resumed"] >= 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_children_end_with_their_parent(xuncha, make_site, server, few_rows, how):
    # Slow enough to be still at work when the signal comes, however busy the machine.
    make_site(xuncha.home / "slow", server.url, few_rows, crawl="delay = 3\nconcurrency = 1")
    running = xuncha.start("nightly", "slow", "--as-of", DAY)
    wait_for(lambda: read_columns(xuncha.home / "xuncha.db") >= 1)
    [worker] = children(running.pid)
    assert listening(os.getpid())
    assert listening(worker) == []
    running.send_signal(how)
    _, err = running.communicate(timeout=30)
    wait_for(lambda: not Path(f"/proc/{worker}").exists(), 10)
    if how is signal.SIGINT:
        assert running.returncode == 130
        assert "已中止" in err.decode()
        assert "Traceback" not in err.decode()


def test_jobs_run_side_by_side_and_lanes_one_by_one(xuncha, make_site):
    homes = {"a": "http://x.example", "b": "http://X.example", "c": "http://y.example"}
    sites = [
        read_roster(make_site(xuncha.home / key, home, ["首页,通知,,,甲局,按周更新,"])).site
        for key, home in homes.items()
    ]
    jobs = [job_for(site, NIGHTLY, "sqlite:///x.db", date(2026, 3, 20)) for site in sites]
    assert [[job.key for job in lane] for lane in lanes(jobs)] == [["a", "b"], ["c"]]


def test_any_executor_drives(xuncha, make_site):
    """The driver needs nothing but submit; here tasks and results really cross processes."""
    folder = make_site(xuncha.home / "a", "http://127.0.0.1:1", ["首页,通知,,,甲局,按周更新,"])
    site = read_roster(folder).site
    assert site is not None
    job = job_for(site, CRAWL, f"sqlite:///{xuncha.home / 'x.db'}", date(2026, 3, 20))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        [summary] = drive([job], pool)
    assert summary.error == ""
    assert summary.columns == 1
