"""The agency's list of leaders: what is read, and what is said of a row that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from ledger.leaders import Leader, read_leaders
from ledger.problems import Log
from ledger.roster import read_roster

HEAD = "姓名,职务,任职起,任职止\n"


def read(folder: Path, content: str) -> tuple[tuple[Leader, ...], list[str]]:
    path = folder / "leaders.csv"
    path.write_text(content, encoding="utf-8")
    log = Log(path.name)
    leaders = read_leaders(path, log)
    return leaders, [f"{p.file} {p.row} {p.field} {p.value} {p.message}" for p in log.problems]


def test_all_columns(tmp_path: Path):
    leaders, faults = read(
        tmp_path,
        HEAD + "钱守诚,区委书记,2022-03-01,\n孙 望野,区长,2021年5月,2024年2月\n"
        "阿依古丽·买买提,副区长,2023/6/1,至今\n",
    )
    assert faults == []
    assert leaders == (
        Leader("钱守诚", "区委书记", date(2022, 3, 1)),
        Leader("孙望野", "区长", date(2021, 5, 1), date(2024, 2, 29)),
        Leader("阿依古丽·买买提", "副区长", date(2023, 6, 1)),
    )


def test_only_what_is_needed_and_in_any_order(tmp_path: Path):
    leaders, faults = read(tmp_path, "领导人名单,\n职务,姓名\n区长,孙望野\n\n")
    assert (leaders, faults) == ((Leader("孙望野", "区长"),), [])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("孙,区长,,", "leaders.csv 2 姓名 孙 姓名不像是姓名；请写二至五个汉字"),
        (",区长,,", "leaders.csv 2 姓名  姓名为空；请补上"),
        ("孙望野,,,", "leaders.csv 2 职务 孙望野 职务为空；请补上"),
        ("孙望野,区长,去年,", "leaders.csv 2 任职起 去年 任职起不是日期；请写成 2024-05-01"),
        ("孙望野,区长,2024-02-30,", "leaders.csv 2 任职起 2024-02-30 任职起不是日期"),
        ("孙望野,区长,,2024-13", "leaders.csv 2 任职止 2024-13 任职止不是日期"),
        ("孙望野,区长,2024-05-01,2023-05-01", "leaders.csv 2 任职止 2023-05-01 任职止早于任职起"),
    ],
)
def test_a_bad_row_names_file_row_value_and_remedy(tmp_path: Path, row: str, said: str):
    leaders, faults = read(tmp_path, HEAD + row + "\n钱守诚,区委书记,,\n")
    assert leaders == (Leader("钱守诚", "区委书记"),)
    assert len(faults) == 1
    assert faults[0].startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("孙望野,区长\n", "找不到表头；请在第一行写：姓名、职务、任职起、任职止"),
        (HEAD, "表头下面没有内容"),
        ("", "文件是空的"),
    ],
)
def test_a_table_without_leaders(tmp_path: Path, content: str, said: str):
    leaders, faults = read(tmp_path, content)
    assert leaders == ()
    assert len(faults) == 1
    assert said in faults[0]


def test_a_workbook_will_do(tmp_path: Path):
    book = Workbook()
    for row in (("姓名", "职务", "任职起"), ("孙望野", "区长", date(2024, 1, 2))):
        book.worksheets[0].append(row)
    book.save(tmp_path / "leaders.xlsx")
    log = Log("leaders.xlsx")
    assert read_leaders(tmp_path / "leaders.xlsx", log) == (
        Leader("孙望野", "区长", date(2024, 1, 2)),
    )
    assert log.problems == []


def site(folder: Path, text: str) -> None:
    (folder / "site.toml").write_text(
        f'name = "某区"\nhome = "http://127.0.0.1/"\n[text]\n{text}\n', encoding="utf-8"
    )
    (folder / "columns.csv").write_text("一级栏目,发布形式\n要闻,按周\n", encoding="utf-8")


def test_the_roster_takes_leaders_and_terms(tmp_path: Path):
    site(tmp_path, 'leaders = "leaders.csv"\nterms = ["甲字号", "乙字号", "甲字号"]')
    (tmp_path / "leaders.csv").write_text(HEAD + "孙望野,区长,,\n", encoding="utf-8")
    roster = read_roster(tmp_path)
    assert roster.errors == ()
    assert roster.site is not None
    assert roster.site.leaders == (Leader("孙望野", "区长"),)
    assert roster.site.terms == ("甲字号", "乙字号")


def test_the_roster_takes_bare_names(tmp_path: Path):
    site(tmp_path, 'leaders = ["孙望野", "钱 守诚"]')
    roster = read_roster(tmp_path)
    assert roster.site is not None
    assert roster.site.leaders == (Leader("孙望野", ""), Leader("钱守诚", ""))


def test_the_roster_says_what_is_wrong_with_the_list(tmp_path: Path):
    site(tmp_path, 'leaders = "leader.csv"')
    (error,) = read_roster(tmp_path).errors
    assert (error.file, error.field, error.value) == ("leader.csv", "leaders", "leader.csv")
    assert "不存在；请放进站点文件夹" in error.message
