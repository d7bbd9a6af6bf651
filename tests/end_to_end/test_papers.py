"""Two months of the portal, a vendor's notice, closed months: every paper, and what stays out."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from console import cli, demo_history
from console.errors import Exit
from demo.faults import faults
from demo.folder import write_site
from demo.history import NIGHTS
from demo.parts import Standing
from demo.portal import Portal
from reports import load

_SLOW = (Standing.TIMEOUT, Standing.RESET, Standing.SERVER_ERROR, Standing.NOT_RENDERED)
LEVELS = ("一级栏目", "二级栏目", "三级栏目", "四级栏目")
DAY = date(2026, 3, 20)


def _few_columns(folder: Path, url: str, portal: Portal, **more: Any) -> Path:
    """The columns with planted faults and a few others: enough for every paper."""
    write_site(folder, url, portal, **more)
    file = folder / "site.toml"
    file.write_text(file.read_text("utf-8").replace("[crawl]", "[crawl]\nmax_pages = 400"))
    kept = {fault.path for fault in faults()}
    quick = [path for path, board in portal.boards.items() if board.part.state not in _SLOW]
    kept |= set(quick[:6]) | set(quick[25:31])
    with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow([*LEVELS, "责任单位", "发布形式", "网址"])
        for path, board in portal.boards.items():
            if path in kept:
                row = board.part.row
                names = [*path, "", "", ""][:4]
                sheet.writerow([*names, row.unit, row.frequency.label, url + board.part.at])
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("months")
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(place):
        patch.setattr(demo_history, "write_site", _few_columns)
        assert demo_history.history(place / "out", DAY, step=NIGHTS) is Exit.FINE
        yield place / "out"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Typed = Callable[..., Ran]


@pytest.fixture
def typed(home: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    def run(*args: str) -> Ran:
        capsys.readouterr()
        with contextlib.chdir(home):
            tail = ("--ledger", "sqlite:///xuncha.db", "--as-of", DAY.isoformat())
            code = cli.run([*args, *tail])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def test_every_paper_is_there_in_every_format(home: Path) -> None:
    for name, paper in load().items():
        for form in paper.formats:
            files = list((home / "papers").glob(f"yunze-{name}-2026*.{form}"))
            assert files, (name, form)
            assert all(file.stat().st_size > 100 for file in files)


def test_every_office_file_opens(home: Path) -> None:
    for file in (home / "papers").glob("*.docx"):
        text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
        assert "{{" not in text, file
        assert "{%" not in text, file
        assert "复现" in text, file
    for file in (home / "papers").glob("*.xlsx"):
        assert openpyxl.load_workbook(file).worksheets[0].max_row > 1


def test_mended_wordings_are_told_as_mended(home: Path) -> None:
    words = (home / "papers" / "yunze-typos-reply-2026-03-20.html").read_text("utf-8")
    assert "中华人民共合国" in words
    assert "已整改" in words


def test_the_vendor_and_we_are_held_side_by_side(home: Path, typed: Typed) -> None:
    ran = typed("report", "vendor", "sites", "--month", "2026-01", "--out", "vendor")
    assert ran.code == 0, ran.err
    [file] = (home / "vendor").glob("*.html")
    told = file.read_text("utf-8")
    assert "逐条自查" in told
    assert "中华人民共合国" in told


def test_closed_months_are_kept(typed: Typed) -> None:
    ran = typed("report", "month", "sites", "--month", "2026-01", "--out", "again")
    assert ran.code == 0, ran.err
    assert "按封账的第 1 版出具" in ran.err


def test_what_a_person_dismisses_stays_out(home: Path, typed: Typed) -> None:
    found = json.loads(typed("findings", "sites", "--open", "--format", "json").out)
    shown = [f for f in found if f["state"] in ("confirmed", "recurred") and f["unit"]]
    mark, subject = shown[0]["fingerprint"], shown[0]["subject"]
    assert typed("review", "dismiss", "sites", mark, "--by", "张三").code == 0
    for name in ("self-check", "unit-notice", "reminders"):
        ran = typed("report", name, "sites", "--formats", "json", "--out", "later")
        assert ran.code == 0, ran.err
    told = "".join(file.read_text("utf-8") for file in (home / "later").glob("*.json"))
    assert told
    assert mark not in told, subject
