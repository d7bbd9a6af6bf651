"""What the papers of the house tell people to type can be typed."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from console.cli import app

ROOT = Path(__file__).parents[2]
PAPERS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted(ROOT.glob("docs/*.md"))]
PROGRAM = typer.main.get_command(app)


def typed_lines(text):
    """Command lines in code: blocks line by line, spans whole; comments and cron times left off."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    for line in [*"\n".join(blocks).splitlines(), *spans]:
        if found := re.search(r"(?:^|[ /])xuncha ([a-z-][^|&>]*)", line.partition(" #")[0]):
            yield shlex.split(found[1])


LINES = [(paper.name, args) for paper in PAPERS for args in typed_lines(paper.read_text("utf-8"))]


@pytest.mark.parametrize(("paper", "args"), LINES, ids=lambda v: v if isinstance(v, str) else None)
def test_every_command_line_parses(paper, args):
    name, *rest = args
    if name.startswith("-"):
        assert name in {option for param in PROGRAM.params for option in param.opts}
        return
    assert name in PROGRAM.commands, f"{paper}: xuncha {name}"
    command = PROGRAM.commands[name]
    if hasattr(command, "commands") and rest:
        name, *rest = rest
        assert name in command.commands, f"{paper}: {args}"
        command = command.commands[name]
    # Asked for help a command leaves at once; that it knows the option is tested elsewhere.
    wanted = [] if "--help" in rest else rest
    assert command.make_context(name, wanted, resilient_parsing="--help" in rest)


def test_both_readmes_show_the_daily_commands():
    for name in ("README.md", "README.zh-CN.md"):
        shown = {args[0] for paper, args in LINES if paper == name}
        assert {"check", "nightly", "columns", "report", "try", "explain", "doctor"} <= shown


def test_every_command_stands_in_the_chinese_readme():
    text = (ROOT / "README.zh-CN.md").read_text("utf-8")
    assert [name for name in PROGRAM.commands if f"xuncha {name}" not in text] == []


def test_every_make_target_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for paper in [*PAPERS, ROOT / "CONTRIBUTING.md"]:
        text = paper.read_text("utf-8")
        assert set(re.findall(r"(?:^|`)make ([a-z]+)\b", text, re.M)) <= targets


@pytest.mark.parametrize("room", ["ledger", "crawler", "rules", "reports", "console", "demo"])
def test_no_sentence_sends_people_to_a_command_that_is_not_there(room):
    for path in sorted((ROOT / room).rglob("*")):
        if path.suffix in (".py", ".html", ".j2"):
            named = set(re.findall(r"xuncha ([a-z]+)\b", path.read_text("utf-8")))
            assert named <= set(PROGRAM.commands), path


def test_files_a_paper_points_to_are_there():
    for paper in [*PAPERS, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", paper.read_text("utf-8")):
            assert (paper.parent / target).exists(), (paper.name, target)
