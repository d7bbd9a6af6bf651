"""What an operator mistypes: a Chinese sentence, exit code 3, nothing on stdout."""

import re
import subprocess

import pytest

RUNNING = ["demo", "check", "crawl", "judge", "nightly", "report"]
LOOKING = ["columns", "findings", "text", "review", "try", "explain", "doctor"]
COMMANDS = RUNNING + LOOKING
REVIEWING = ["list", "history", "confirm", "dismiss", "accept", "assign", "note", "reopen"]
SHEETS = ["export", "import"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["nope"], "没有命令 nope"),
        (["crwal", "x"], "最接近的是 crawl"),
        (["nightly"], "缺少参数 SITES"),
        (["nightly", "a", "b"], "多余的参数：b"),
        (["nightly", "a", "--as-off", "x"], "没有选项 --as-off。最接近的是 --as-of"),
        (["nightly", "a", "--jobs"], "选项 --jobs 后面缺少取值"),
        (["nightly", "a", "--jobs", "two"], "--jobs 的取值无效，应是整数"),
        (["nightly", "a", "--jobs", "0"], "1 到 256"),
        (["columns", "a", "--format", "jsno"], "可选：table、json、jsonl、csv，最接近的是 json"),
        (["nightly", "a", "--fail-on", "grave"], "可选：info、light、general、severe"),
        (["judge", "a", "--as-of", "2026-02-30"], "基准日 2026-02-30 不存在"),
        (["judge", "a", "--as-of", "2026/03/20"], "应写成 YYYY-MM-DD"),
        (["judge", "a", "--as-of", "0001-01-01"], "2000 年到 2099 年"),
        (["report", "month", "a", "--month", "2026-13"], "应写成 YYYY-MM"),
        (["report", "month"], "缺少参数 SITES"),
        (["explain", "Z999"], "没有规则 Z999"),
        (["report", "yearly", "a"], "没有报表 yearly，可选："),
        (["check", "nowhere"], "找不到站点文件夹 nowhere"),
        (["try", "nowhere.html"], "既不是已有的文件"),
        (["explain", "F00"], "最接近的是 F0"),
        (["demo", "--serve=1"], "不接受取值"),
        (["text"], "缺少参数 FILE|-"),
        (["text", "-", "--tier", "all"], "可选：report、review"),
        (["review"], "缺少命令。用法见 xuncha review --help。"),
        (["review", "dismis", "a", "12"], "没有命令 dismis。最接近的是 dismiss"),
        (["review", "dismiss", "a"], "缺少参数 FINGERPRINT"),
    ],
)
def test_misuse_is_a_sentence(typed, args, sentence):
    ran = typed(*args)
    assert ran.code == 3
    assert sentence in ran.err
    assert ran.out == ""


def test_the_process_leaves_with_the_code(xuncha):
    ran = xuncha("nightly")
    assert ran.code == 3
    meaning = "站点文件夹，或存放多个站点文件夹的文件夹"
    assert ran.err == f"缺少参数 SITES（{meaning}）。用法见 xuncha nightly --help。\n"


def test_no_command_shows_the_help(xuncha):
    ran = xuncha()
    assert ran.code == 3
    assert "nightly" in ran.out


@pytest.mark.parametrize(
    "command",
    [[], *([c] for c in COMMANDS), *(["review", c] for c in REVIEWING + SHEETS)],
    ids=" ".join,
)
def test_help_is_in_chinese(typed, command):
    ran = typed(*command, "--help")
    assert ran.code == 0
    assert "用法：xuncha" in ran.out
    assert "…" not in ran.out.replace("[参数]…", "")
    assert not re.search(r"Usage|Options|Arguments|Commands|Show|default|required", ran.out)


def test_help_names_every_command(typed):
    ran = typed("--help")
    assert all(f" {command} " in ran.out for command in COMMANDS)


def test_the_daily_commands_come_first(typed):
    panels = re.findall("╭─ (\\w+) ", typed("--help").out)
    assert panels == ["选项", "巡查", "报表", "查看", "其他"]


def test_version(xuncha):
    assert re.fullmatch(r"xuncha \d+\.\d+\.\d+\n", xuncha("--version").out)


def test_completion(xuncha):
    words = {"_XUNCHA_COMPLETE": "complete_bash", "COMP_WORDS": "xuncha ni", "COMP_CWORD": "1"}
    assert xuncha(**words).out.split() == ["nightly"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(xuncha, shell):
    ran = xuncha("--show-completion", shell)
    assert ran.code == 0, ran.err
    assert "_XUNCHA_COMPLETE" in ran.out


def test_completion_is_installed_in_chinese(xuncha):
    ran = xuncha("--install-completion", "bash", HOME=str(xuncha.home))
    assert ran.code == 0
    assert "重新打开终端后生效" in ran.err
    assert not re.search("[A-Za-z]{6,} will", ran.out + ran.err)
    assert (xuncha.home / ".bash_completions/xuncha.sh").is_file()
    assert "xuncha.sh" in (xuncha.home / ".bashrc").read_text("utf-8")


def test_debug_may_stand_anywhere_and_shows_the_traceback(xuncha):
    command = xuncha.command("check", "nowhere", "--debug")
    ran = subprocess.run(
        command, cwd=xuncha.home, env=xuncha.env(), capture_output=True, timeout=60, check=False
    )
    assert ran.returncode == 3
    assert b"Traceback" in ran.stderr


def test_report_alone_lists_the_papers(typed):
    ran = typed("report")
    assert ran.code == 0
    assert "month       月度栏目巡查表（按月，" in ran.out
