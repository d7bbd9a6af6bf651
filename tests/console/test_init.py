"""`xuncha init` through the real command: a site folder from a portal's own menus."""

import contextlib
import os
import pty
import signal
import socket
import subprocess
import time
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from console.proposal_sheet import site_file, workbook
from ledger.roster import read_roster
from ledger.words import Frequency

DAY = "2026-03-20"
LEVELS = [f"{level}级栏目" for level in "一二三四"]
HEADER = [*LEVELS, "责任单位", "发布形式", "网址", "备注"]


@pytest.fixture(scope="module")
def made(tmp_path_factory, server, program):
    """The demo portal's folder as the command leaves it, and how the command ended."""
    xuncha = program(tmp_path_factory.mktemp("init"))
    ran = xuncha("init", f"{server.url}/", "yz", "--delay", "0", "--as-of", DAY)
    assert ran.code == 0, ran.err
    return xuncha, ran


def test_the_sheet_can_be_completed(made):
    xuncha, _ = made
    book = load_workbook(xuncha.home / "yz/columns.xlsx")
    sheet = book["栏目表"]
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["G"].width > 40
    [rule] = sheet.data_validations.dataValidation
    assert rule.formula1.strip('"').split(",") == [
        f.label for f in Frequency if f is not Frequency.UNSPECIFIED
    ]
    assert f"F{sheet.max_row}" in rule
    assert {sheet.cell(row, 5).value for row in range(2, sheet.max_row + 1)} == {None}
    told = "\n".join(str(row[0]) for row in book["说明"].values)
    assert "xuncha check yz" in told
    assert "xuncha nightly yz" in told


def test_the_roster_takes_it_as_it_is(made):
    xuncha, _ = made
    roster = read_roster(xuncha.home / "yz")
    assert roster.errors == ()
    assert not [p for p in roster.warnings if p.field in ("工作表", "表头", "备注", "网址")]
    site = roster.site
    assert (site.name, site.id_code) == ("云泽区人民政府", "6599990001")
    assert len(site.columns) == 70
    read = site.column(("政务公开", "政府信息公开目录", "政府文件"))
    assert read.url.endswith("/zwgk/ml/zfwj/")
    assert read.frequency is Frequency.UNSPECIFIED
    assert read.note == "见于菜单；第一页最新信息 2025-11-22"


def test_a_guess_is_said_to_be_one(made):
    xuncha, _ = made
    columns = read_roster(xuncha.home / "yz").site.columns
    guessed = [c for c in columns if c.frequency is not Frequency.UNSPECIFIED]
    assert len(guessed) == 9
    assert all("建议，请按合同核对" in c.note for c in guessed)
    assert not [c for c in columns if c not in guessed and "建议" in c.note]


def test_it_tells_what_it_did_and_what_comes_next(made):
    _, ran = made
    assert "栏目 70 个（一级 7 个，二级 " in ran.err
    assert "没有列入：" in ran.err
    assert "xuncha check yz" in ran.err
    assert "补全责任单位和发布形式" in ran.err
    assert "政务公开 > 政府信息公开目录 > 政策解读" in ran.out
    assert "\x1b" not in ran.err


def test_the_next_command_works(made):
    xuncha, _ = made
    ran = xuncha("check", "yz")
    assert ran.code == 0
    assert "错误 0 处" in ran.out


def test_the_home_page_says_who_to_write_to_only_once_completed(made):
    xuncha, _ = made
    text = (xuncha.home / "yz/site.toml").read_text("utf-8")
    assert '\n# contact = "' in text
    assert 'columns = "columns.xlsx"' in text


def test_json_is_the_proposal(xuncha, server):
    ran = xuncha(
        "init", server.url, "yz", "--delay", "0", "--max-pages", "12", "--format", "json",
        "--as-of", DAY,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    told = ran.json()
    assert told["short"]
    assert told["requests"] >= 12
    assert sum(told["depths"]) == len(told["columns"])
    assert told["columns"][0]["path"] == ["首页", "国务院要闻"]
    assert "已用完" in ran.err
    assert (xuncha.home / "yz/site.toml").is_file()


@pytest.mark.parametrize("name", ["site.toml", "columns.xlsx"])
def test_nothing_is_overwritten(typed, server, name):
    folder = typed.home / "yz"
    folder.mkdir()
    (folder / name).write_text("kept", "utf-8")
    before = len(server.requests)
    ran = typed("init", server.url, "yz")
    assert ran.code == 3
    assert f"已有 {name}，不会覆盖" in ran.err
    assert [path.name for path in folder.iterdir()] == [name]
    assert len(server.requests) == before


def test_where_the_folder_cannot_be(typed, server):
    (typed.home / "file").write_text("", "utf-8")
    for folder, said in (("no/yz", "mkdir -p"), ("file", "是文件"), ("file/yz", "不存在")):
        ran = typed("init", server.url, folder)
        assert ran.code == 3
        assert said in ran.err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("www.mou.gov.cn", "https://www.mou.gov.cn"),
        ("ftp://a.example/", "http://"),
        ("http://", "缺少主机名"),
        ("http://a b/", "空格"),
        ("", "http://"),
    ],
)
def test_an_address_that_is_none(typed, url, said):
    ran = typed("init", url, "yz")
    assert ran.code == 3
    assert said in ran.err
    assert not (typed.home / "yz").exists()


@pytest.mark.parametrize(
    "more", [("--max-pages", "3"), ("--delay", "-1"), ("--max-pages", "many"), ("--as-of", "x")]
)
def test_options_that_mean_nothing(typed, more):
    ran = typed("init", "http://a.example/", "yz", *more)
    assert ran.code == 3
    assert "Traceback" not in ran.err


def test_nobody_answers(xuncha):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ran = xuncha("init", f"http://127.0.0.1:{port}/", "yz", "--delay", "0")
    assert ran.code == 2
    assert "没有读到：拒绝连接或连接中断" in ran.err
    assert "请核对网址和端口" in ran.err
    assert not (xuncha.home / "yz").exists()


@pytest.mark.parametrize(
    ("home", "said"),
    [(403, "被拦截"), (404, "页面不存在"), ("<html><body>欢迎</body></html>", "没有读到一个栏目")],
)
def test_a_home_page_that_tells_nothing(xuncha, serving, home, said):
    with serving({"/": home}) as root:
        ran = xuncha("init", f"{root}/", "yz", "--delay", "0")
    assert ran.code == 2
    assert said in ran.err
    assert not (xuncha.home / "yz").exists()


def test_robots_may_forbid_it(xuncha, serving):
    pages = {"/": "<html></html>", "/robots.txt": "User-agent: *\nDisallow: /"}
    with serving(pages) as root:
        ran = xuncha("init", f"{root}/", "yz", "--delay", "0")
    assert ran.code == 2
    assert "robots.txt 不允许访问" in ran.err


def test_the_portal_is_asked_no_faster_than_told(xuncha, serving):
    nav = "".join(f'<li><a href="/{n}/">栏目之{n}号</a></li>' for n in "甲乙丙丁")
    with serving({"/": f'<div class="nav"><ul>{nav}</ul></div>'}) as root:
        ran = xuncha("init", f"{root}/", "yz", "--delay", "0.3", "--max-pages", "10")
        moments = serving.moments
    assert ran.code == 0, ran.err
    gaps = [late - early for early, late in pairwise(moments[1:])]
    assert len(gaps) >= 4
    assert min(gaps) > 0.2


HOSTILE = {
    "home": "http://a.example/",
    "name": '某县"\n[crawl]\ndelay = 0 \u202e',
    "id_code": "",
    "columns": [
        {"path": ["=cmd|' /C calc'!A0"], "url": "http://a.example/a/", "frequency": "按周更新",
         "guess": True, "note": "=HYPERLINK(\"http://evil\")"},
        {"path": ["政务公开", "+1+1\x07"], "url": "http://a.example/b/", "frequency": "",
         "guess": False, "note": "见于菜单"},
    ],
    "short": True,
    "requests": 9,
    "unread": [{"path": ["=A1"], "reason": "超时"}],
}  # fmt: skip


def test_names_that_are_formulas_stay_text(tmp_path):
    (tmp_path / "columns.xlsx").write_bytes(workbook(HOSTILE, tmp_path, DAY))
    (tmp_path / "site.toml").write_text(site_file(HOSTILE), "utf-8")
    for sheet in load_workbook(tmp_path / "columns.xlsx").worksheets:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row if cell.value is not None} <= {"s"}
    sheet = load_workbook(tmp_path / "columns.xlsx")["栏目表"]
    assert sheet["A2"].value == "=cmd|' /C calc'!A0"
    assert sheet["A2"].quotePrefix
    assert sheet["H2"].quotePrefix
    roster = read_roster(tmp_path)
    assert roster.errors == ()
    assert roster.site.crawl.delay == 1.0
    assert roster.site.name.startswith('某县"')


def test_the_same_proposal_gives_the_same_bytes(tmp_path):
    assert workbook(HOSTILE, tmp_path, DAY) == workbook(HOSTILE, tmp_path, DAY)


def test_ctrl_c_leaves_no_folder_and_no_child(xuncha, serving):
    with serving({"/": 0}) as root:
        running = xuncha.start("init", f"{root}/", "yz")
        deadline = time.monotonic() + 30
        while not serving.moments and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "还没有写出任何文件" in err.decode()
    assert not (xuncha.home / "yz").exists()


def test_a_terminal_sees_how_far_it_has_come(xuncha, serving):
    nav = "".join(f'<li><a href="/{n}/">栏目之{n}号</a></li>' for n in "甲乙丙丁")
    ours, theirs = pty.openpty()
    page = f'<div class="nav"><ul>{nav}</ul></div>'
    with serving({"/": page}) as root, os.fdopen(ours, "rb", 0) as seen:
        running = subprocess.Popen(
            xuncha.command("init", f"{root}/", "yz", "--delay", "0"),
            cwd=xuncha.home,
            env=xuncha.env(TERM="xterm"),
            stdout=subprocess.DEVNULL,
            stderr=theirs,
        )
        os.close(theirs)
        said = b""
        # The far end of a terminal ends with an error, not with an empty read.
        with contextlib.suppress(OSError):
            while chunk := seen.read(4096):
                said += chunk
        assert running.wait(60) == 0
    assert "/200 次" in said.decode("utf-8", "replace")
