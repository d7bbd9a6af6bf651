"""docs/adapters.md: its table names the adapters there are, its example works as it stands."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.adapters import load

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs" / "adapters.md").read_text("utf-8")
ROOMS = ("ledger", "crawler", "rules", "reports", "console", "demo")


def block(language, number=0):
    """The paper's code block of that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAPER, re.M | re.S)[number]


def test_the_table_names_every_adapter():
    named = re.findall(r"^\| `(\w+)` \|", PAPER, re.M)
    assert sorted(named) == sorted(adapter.name for adapter in load())


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house to type the example into."""
    home = tmp_path_factory.mktemp("typed")
    for room in ROOMS:
        shutil.copytree(ROOT / room, home / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", home)
    (home / "tests" / "families").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "families" / "conftest.py", home / "tests" / "families")
    (home / "qingshan.html").write_text(block("html"), "utf-8")
    return home


def run(home, *args):
    """Run Python in the copy; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *args],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tried(home):
    command = re.search(r"^    xuncha (try qingshan\.html .*)$", PAPER, re.M)
    return json.loads(run(home, "console.cli", *command[1].split()))


def test_the_example_does_what_the_paper_says(house):
    before = tried(house)
    assert (before["kind"], before["adapter"]) == ("empty", "generic")
    adapter = house / "crawler" / "adapters" / "qingshan.py"
    cases = house / "tests" / "families" / "test_qingshan.py"
    adapter.write_text(block("python"), "utf-8")
    cases.write_text(block("python", 1), "utf-8")
    told = json.loads(block("json"))
    assert {name: value for name, value in tried(house).items() if name in told} == told
    ran = run(house, "pytest", str(cases), "-q", "-p", "no:cacheprovider")
    assert "3 passed" in ran
    run(house, "ruff", "check", str(adapter), str(cases))
    run(house, "ruff", "format", "--check", str(adapter), str(cases))
