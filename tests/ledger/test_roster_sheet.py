"""Column sheets in every shape they come in, and the sentence for every fault."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.problems import Problem
from ledger.roster import Roster, read_roster
from ledger.words import Frequency

SITE = 'name = "某区"\nhome = "http://www.mou.gov.cn/"\n[crawl]\ncontact = "a@b.cn"\n'
HEAD = "一级栏目,二级栏目,三级栏目,责任单位,发布形式,网址,备注\n"
HEADS = HEAD.strip().split(",")
Csv = Callable[[str | bytes], Roster]
Xlsx = Callable[[Callable[[Worksheet], None]], Roster]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "site"
    home.mkdir()
    (home / "site.toml").write_text(SITE, "utf-8")
    return home


@pytest.fixture
def csv(folder: Path) -> Csv:
    def read(content: str | bytes) -> Roster:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / "columns.csv").write_bytes(data)
        return read_roster(folder)

    return read


@pytest.fixture
def xlsx(folder: Path) -> Xlsx:
    def read(fill: Callable[[Worksheet], None]) -> Roster:
        book = Workbook()
        assert isinstance(book.active, Worksheet)
        fill(book.active)
        book.save(folder / "columns.xlsx")
        return read_roster(folder)

    return read


def paths(roster: Roster) -> list[tuple[str, ...]]:
    assert roster.site is not None, roster.problems
    return [c.path for c in roster.site.columns]


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


ROWS = "政务公开,统计信息,,区统计局,按月更新,,\n,规划信息,,区发改委,按年更新,,\n"
EXPECTED = [("政务公开", "统计信息"), ("政务公开", "规划信息")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_read_silently(csv: Csv, encoding: str):
    roster = csv((HEAD + ROWS).encode(encoding))
    assert paths(roster) == EXPECTED
    assert roster.problems == ()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_reads_and_says_so(csv: Csv, encoding: str):
    roster = csv((HEAD + ROWS).encode(encoding))
    assert paths(roster) == EXPECTED
    assert "GBK" in only(roster.problems).message


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(csv: Csv, separator: str, newline: str):
    roster = csv((HEAD + ROWS).replace(",", separator).replace("\n", newline))
    assert paths(roster) == EXPECTED
    assert roster.problems == ()


def test_commas_inside_quotes_do_not_outvote_the_real_separator(csv: Csv):
    text = 'X栏目;责任单位;发布形式\n"统计,信息";"区统计局,区发改委";按月更新\n'.replace(
        "X", "一级"
    )
    roster = csv(text)
    assert paths(roster) == [("统计,信息",)]


def test_title_rows_above_the_header_and_notes_below(csv: Csv):
    text = "某区政府网站栏目表,,,,,,\n,,,,,,2026年\n" + HEAD + ROWS + "注：以上栏目每月巡查,,,,,,\n"
    roster = csv(text)
    assert paths(roster) == EXPECTED
    assert roster.site is not None
    assert [c.row for c in roster.site.columns] == [4, 5]
    assert "表注" in only(roster.problems).message


def test_repeated_headers_and_empty_rows_are_passed_over(csv: Csv):
    roster = csv(HEAD + ROWS.replace("\n", "\n,,,,,,\n" + HEAD, 1))
    assert paths(roster) == EXPECTED
    assert roster.problems == ()


@pytest.mark.parametrize(
    "head",
    [
        "序号,栏目一级,栏目二级,栏目三级,主办单位,更新要求,链接,说明",
        "编号,1级栏目,2级栏目,3级栏目,责任部门,更新周期,URL,备注",
        "No.,一级,二级,三级,单位,发布频率,栏目网址,备注",
        "序号,一级 栏目,二级\u3000栏目,三级栏目名称,责任单位（全称）,更新频率：,栏目链接,备注",
        "序号,一级目录,二级目录,三级目录,责任单位/部门,发布形式/更新频率,网址,备注",
    ],
)
def test_header_spellings(csv: Csv, head: str):
    roster = csv(head + "\n1,政务公开,统计信息,,区统计局,按月更新,/tj/,\n")
    assert roster.problems == ()
    assert roster.site is not None
    column = roster.site.columns[0]
    assert column.path == ("政务公开", "统计信息")
    assert (column.unit, column.frequency) == ("区统计局", Frequency.MONTHLY)
    assert column.url == "http://www.mou.gov.cn/tj/"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["政务公开>统计信息", "通知公告"], [("政务公开", "统计信息"), ("通知公告",)]),
        (["首页 → 要闻", "政策-规章 → 甲"], [("首页", "要闻"), ("政策-规章", "甲")]),
        (["政务公开/统计信息", "政务公开/规划"], [("政务公开", "统计信息"), ("政务公开", "规划")]),
        (["政务公开 - 统计", "政务公开"], [("政务公开", "统计"), ("政务公开",)]),
        (
            ["政策-地方性法规", "通知公告", "领导之窗"],
            [("政策-地方性法规",), ("通知公告",), ("领导之窗",)],
        ),
    ],
)
def test_paths_in_a_single_column(csv: Csv, cells: list[str], expected: list[tuple[str, ...]]):
    rows = "".join(f"{cell},区政府办,按月更新\n" for cell in cells)
    roster = csv("栏目名称,责任单位,更新频率\n" + rows)
    assert paths(roster) == expected


def test_a_plain_title_beside_levels_is_the_missing_level(csv: Csv):
    roster = csv("一级栏目,二级栏目,栏目名称,责任单位,发布形式\n政务公开,财政,预算,区财政局,按年\n")
    assert paths(roster) == [("政务公开", "财政", "预算")]


def test_unknown_columns_are_named_once(csv: Csv):
    roster = csv(
        "一级栏目,责任单位,发布形式,负责人电话,预算\n甲栏目,区政府办,按月,1,2\n乙栏目,区政府办,按月,1,2\n"
    )
    warning = only(roster.problems)
    assert (warning.level, warning.row) == ("warning", 1)
    assert "负责人电话、预算" in warning.message


def test_spelled_out_sheets_may_leave_a_level_out(csv: Csv):
    roster = csv(
        HEAD + "政务公开,法定,甲,办,按月,,\n政务公开,法定,乙,办,按月,,\n政务公开,,丙,办,按月,,\n"
    )
    assert paths(roster)[-1] == ("政务公开", "丙")


def test_a_repeated_parent_does_not_forget_the_level_below(csv: Csv):
    roster = csv(HEAD + "政务公开,法定,甲,办,按月,,\n政务公开,,乙,办,按月,,\n")
    assert paths(roster)[-1] == ("政务公开", "法定", "乙")


def test_placeholders_are_empty_cells(csv: Csv):
    roster = csv(HEAD + "政务公开,/,—,区政府办,按月更新,无,-\n")
    assert roster.problems == ()
    assert paths(roster) == [("政务公开",)]


def test_names_lose_breaks_and_stray_blanks_but_keep_latin_words(csv: Csv):
    roster = csv(HEAD + '"政务　公\n开\u200b",Open\u00a0 Data,自然资源（原国土 资源）,办,按月,,\n')
    assert paths(roster) == [("政务公开", "Open Data", "自然资源（原国土资源）")]


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        ("区发改委、区住建局", ("区发改委", "区住建局")),
        ("区发改委，区住建局；区财政局", ("区发改委", "区住建局", "区财政局")),
        ('"区发改委\n区住建局"', ("区发改委", "区住建局")),
        ("区发改委 区住建局", ("区发改委", "区住建局")),
        ("区政府 办公室", ("区政府办公室",)),
        ('"区发改委、\n区发改委"', ("区发改委",)),
    ],
)
def test_units(csv: Csv, unit: str, parts: tuple[str, ...]):
    roster = csv(HEAD + f"甲栏目,,,{unit},按月更新,,\n")
    assert roster.site is not None
    assert roster.site.columns[0].units == parts


def test_unknown_frequency_is_an_error_with_the_nearest(csv: Csv):
    error = only(csv(HEAD + "甲栏目,,,区政府办,安月更新,,\n").errors)
    assert (error.row, error.field, error.value) == (2, "发布形式", "安月更新")
    assert error.nearest == "按月更新"


def test_a_pace_without_a_clock_is_an_error_with_the_next_slower(csv: Csv):
    error = only(csv(HEAD + "甲栏目,,,区政府办,每日更新,,\n").errors)
    assert error.nearest == "按周更新"


def test_empty_frequency_is_as_needed_and_said(csv: Csv):
    roster = csv(HEAD + "甲栏目,,,区政府办,,,\n")
    assert roster.site is not None
    assert roster.site.columns[0].frequency is Frequency.UNSPECIFIED
    assert "请与主管单位确认" in only(roster.warnings).message


@pytest.mark.parametrize(
    ("unit", "frequency", "note", "expected"),
    [
        ("按月更新", "区统计局", "", ("区统计局", Frequency.MONTHLY)),
        ("按月更新", "按月更新", "", ("按月更新", Frequency.MONTHLY)),
        ("区统计局（按月更新）", "", "", ("区统计局", Frequency.MONTHLY)),
        ("区统计局", "", "原则上每季度更新一次", ("区统计局", Frequency.QUARTERLY)),
        ("", "", "跳转至区政务服务网", ("", Frequency.JUMP)),
        ("区统计局", "", "由区统计局提供每月数据", ("区统计局", Frequency.UNSPECIFIED)),
    ],
)
def test_frequencies_in_the_wrong_cell(
    csv: Csv, unit: str, frequency: str, note: str, expected: tuple[str, Frequency]
):
    roster = csv(HEAD + f"甲栏目,,,{unit},{frequency},,{note}\n")
    assert roster.errors == ()
    warning = roster.warnings[0]
    assert warning.row == 2
    assert "甲栏目" in warning.message
    assert roster.site is not None
    column = roster.site.columns[0]
    assert column.frequency is expected[1]
    if unit != frequency:
        assert column.unit == expected[0]


def test_a_duplicate_names_both_rows(csv: Csv):
    error = only(csv(HEAD + ROWS + "政务公开,统计 信息,,区统计局,按月更新,,\n").errors)
    assert error.row == 4
    assert "第 2 行和第 4 行" in error.message


def test_the_same_name_under_another_parent_is_no_duplicate(csv: Csv):
    roster = csv(HEAD + ROWS + "财政公开,统计信息,,区财政局,按月更新,,\n")
    assert roster.problems == ()


def test_a_near_duplicate_is_only_a_warning(csv: Csv):
    roster = csv(HEAD + "甲(乙),,,办,按月,,\n甲（乙）,,,办,按月,,\n")
    assert roster.errors == ()
    assert only(roster.warnings).nearest == "甲(乙)"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.mou.gov.cn/a/", "https://www.mou.gov.cn/a/"),
        ("/zwgk/tj/", "http://www.mou.gov.cn/zwgk/tj/"),
        ("zwgk/index.html", "http://www.mou.gov.cn/zwgk/index.html"),
        ("//www.mou.gov.cn/b/", "http://www.mou.gov.cn/b/"),
        ("tj.mou.gov.cn/x", "http://tj.mou.gov.cn/x"),
        ("?col=7", "http://www.mou.gov.cn/?col=7"),
    ],
)
def test_addresses_are_resolved(csv: Csv, url: str, expected: str):
    roster = csv(HEAD + f"甲栏目,,,区政府办,按月更新,{url},\n")
    assert roster.errors == ()
    assert roster.site is not None
    assert roster.site.columns[0].url == expected


@pytest.mark.parametrize(
    "url",
    [
        "见菜单", "javascript:void(0)", "http://", "ftp://www.mou.gov.cn/",
        "http:///x", "http://a b/",
        "http://[::1/", "http://www.mou.gov.cn:99999/",
        "http://www.mou.gov.cn/a http://www.mou.gov.cn/b",
        "http：//www.mou.gov.cn/a", "C:\\网站\\a.html",
    ],
)  # fmt: skip
def test_invalid_addresses_are_errors(csv: Csv, url: str):
    error = only(csv(HEAD + f"甲栏目,,,区政府办,按月更新,{url},\n").errors)
    assert (error.row, error.field) == (2, "网址")
    if url.startswith("http："):
        assert error.nearest == "http://www.mou.gov.cn/a"


def test_another_host_is_a_warning_unless_the_column_is_a_jump(csv: Csv):
    roster = csv(
        HEAD
        + "甲栏目,,,区政府办,按月更新,http://www.other.gov.cn/,\n"
        + "乙栏目,,,区政府办,跳转链接,http://www.other.gov.cn/,\n"
        + "丙栏目,,,区政府办,按月更新,http://zwfw.mou.gov.cn/,\n"
    )
    assert roster.errors == ()
    assert only(roster.warnings).row == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,,区政府办,按月更新,,\n", "没有栏目名称"),
        ("#REF!,,,区政府办,按月更新,,\n", "错误值"),
        ("甲栏目,,,#N/A,按月更新,,\n", "错误值"),
        ("甲栏目,,,区政府办,#VALUE!,,\n", "错误值"),
        ("甲栏目,,,区政府办,按月更新,#NAME?,\n", "错误值"),
        ("长" * 301 + ",,,区政府办,按月更新,,\n", "超过 300 字"),
    ],
)
def test_faulty_cells(csv: Csv, row: str, said: str):
    error = only(csv(HEAD + ROWS + row).errors)
    assert error.row == 4
    assert said in error.message
    assert len(error.value) <= 60


def test_an_open_quote_is_said(csv: Csv):
    roster = csv(HEAD + '"政务公开,统计信息,,区统计局,按月更新,,\n' + ROWS * 30)
    assert any("引号没有成对" in p.message for p in roster.errors)


def test_numbers_as_names_are_asked_about(csv: Csv):
    roster = csv(HEAD + "2024,,,区政府办,按年更新,,\n")
    assert roster.errors == ()
    assert "只有数字" in only(roster.warnings).message


def test_a_first_row_without_its_parent_is_asked_about(csv: Csv):
    roster = csv(HEAD + ",统计信息,,区统计局,按月更新,,\n")
    assert "上级栏目没有填写" in only(roster.warnings).message


def test_all_problems_come_at_once_in_the_order_of_rows(csv: Csv):
    roster = csv(
        HEAD + "甲,,,办,按日,,\n甲,,,办,按月,,\n乙,,,办,按月,ftp://x/,\n甲,,,办,按月,,\n,,,办,,,\n"
    )
    assert [p.row for p in roster.errors] == [2, 4, 5, 6]
    assert {p.file for p in roster.errors} == {"columns.csv"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("columns.csv", b"", "空的"),
        ("columns.csv", b" \r\n ", "空的"),
        ("columns.csv", HEAD.encode(), "没有栏目"),
        ("columns.csv", "甲,乙,丙\n1,2,3\n".encode(), "找不到表头"),
        ("columns.csv", b",,,\n,,,\n", "空的"),
        ("columns.csv", b"\x00\x01\x02\x03" * 40, "不是可识别的文本"),
        ("columns.csv", b"\xff\xd9\x80\x01" * 40, "不是可识别的文本"),
        ("columns.csv", b"PK\x03\x04rest", "改为 .xlsx"),
        ("columns.csv", b"<html><table><tr><td>x</td></tr></table></html>", "HTML"),
        ("columns.xlsx", b"PK\x03\x04rest", "损坏"),
        ("columns.xlsx", HEAD.encode(), "不是有效的 XLSX"),
        ("columns.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ".xls"),
        (
            "columns.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
    ],
)
def test_files_that_are_no_sheet(folder: Path, name: str, content: bytes, said: str):
    (folder / name).write_bytes(content)
    error = only(read_roster(folder).errors)
    assert said in error.message
    assert error.file == name


def test_a_missing_sheet_is_said_with_what_lies_there(folder: Path):
    error = only(read_roster(folder).errors)
    assert "没有栏目表" in error.message
    (folder / "栏目表.xlsx").write_bytes(b"")
    assert only(read_roster(folder).errors).nearest == "栏目表.xlsx"


def test_two_sheets_are_said(folder: Path, xlsx: Xlsx):
    (folder / "columns.csv").write_text(HEAD + ROWS, "utf-8")

    def fill(sheet: Worksheet) -> None:
        sheet.append(HEADS)
        sheet.append(["甲栏目", "", "", "区政府办", "按月更新"])

    roster = xlsx(fill)
    assert paths(roster) == [("甲栏目",)]
    assert "同时有" in only(roster.warnings).message


def test_merged_parents_units_and_frequencies(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        sheet.append(["某区栏目更新责任表"])
        sheet.merge_cells("A1:G1")
        sheet.append(HEADS)
        sheet.append(["政务公开", "法定公开", "统计信息", "区统计局", "按月更新"])
        sheet.append([None, None, "规划信息"])
        sheet.append([None, "政策", None, "区政府办", "按年更新"])
        sheet.merge_cells("A3:A5")
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("D3:D4")
        sheet.merge_cells("E3:E4")
        sheet.row_dimensions[4].hidden = True

    roster = xlsx(fill)
    assert roster.problems == ()
    assert roster.site is not None
    assert [(c.path, c.unit, c.frequency.value) for c in roster.site.columns] == [
        (("政务公开", "法定公开", "统计信息"), "区统计局", "monthly"),
        (("政务公开", "法定公开", "规划信息"), "区统计局", "monthly"),
        (("政务公开", "政策"), "区政府办", "yearly"),
    ]


def test_a_header_of_two_rows(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        sheet.append(["序号", "栏目", None, None, "责任单位", "更新频率"])
        sheet.append([None, "一级", "二级", "三级"])
        sheet.append([1, "政务公开", "统计信息", None, "区统计局", "按月"])
        sheet.merge_cells("B1:D1")
        for column in "AEF":
            sheet.merge_cells(f"{column}1:{column}2")

    roster = xlsx(fill)
    assert roster.problems == ()
    assert paths(roster) == [("政务公开", "统计信息")]


def test_the_worksheet_whose_header_matches_is_read(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        sheet.title = "填表说明"
        sheet.append(["一级栏目填写说明"])
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("栏目")
        other.append(HEADS)
        other.append(["甲栏目", None, None, "区政府办", "按月更新"])

    roster = xlsx(fill)
    assert roster.problems == ()
    assert paths(roster) == [("甲栏目",)]


def test_a_rival_worksheet_is_named(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        for each in (sheet, sheet.parent.create_sheet("去年")):
            each.append(HEADS)
            each.append(["甲栏目", None, None, "区政府办", "按月更新"])

    assert "去年" in only(xlsx(fill).warnings).message


def test_links_behind_cells(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        sheet.append(HEADS)
        for name in ("甲", "乙", "丙", "丁"):
            sheet.append([name + "栏目", None, None, "区政府办", "按月更新"])
        sheet["F2"] = "点击打开"
        sheet["F2"].hyperlink = "http://www.mou.gov.cn/a/"
        sheet["A3"].hyperlink = "http://www.mou.gov.cn/b/"
        sheet["F4"] = "http://www.mou.gov.cn/c/"
        sheet["F4"].hyperlink = "http://www.mou.gov.cn/wrong/"
        sheet["F5"] = '=HYPERLINK("http://www.mou.gov.cn/d/","打开")'

    roster = xlsx(fill)
    assert roster.errors == ()
    assert roster.site is not None
    assert [(c.url or "")[-3:] for c in roster.site.columns] == ["/a/", "/b/", "/c/", "/d/"]


def test_dates_and_formulas_as_names_are_errors(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        from datetime import date

        sheet.append(HEADS)
        sheet.append([date(2026, 3, 15), None, None, "区政府办", "按月更新"])
        sheet.append(['="政务"&"公开"', None, None, "区政府办", "按月更新"])

    messages = [p.message for p in xlsx(fill).errors]
    assert "日期" in messages[0]
    assert "公式" in messages[1]


def test_formatting_far_below_the_table_costs_nothing(xlsx: Xlsx):
    def fill(sheet: Worksheet) -> None:
        from openpyxl.styles import Font

        sheet.append(HEADS)
        sheet.append(["甲栏目", None, None, "区政府办", "按月更新"])
        sheet["A1048576"].font = Font(bold=True)

    roster = xlsx(fill)
    assert roster.problems == ()


def test_a_bomb_is_refused_unopened(folder: Path):
    with zipfile.ZipFile(folder / "columns.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (31 * 1024 * 1024))
    assert "过大" in only(read_roster(folder).errors).message


@pytest.mark.parametrize(
    "missing", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
def test_a_workbook_with_a_part_missing_is_damaged(folder: Path, missing: str):
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.append(HEADS)
    book.save(folder / "whole.xlsx")
    with (
        zipfile.ZipFile(folder / "whole.xlsx") as whole,
        zipfile.ZipFile(folder / "columns.xlsx", "w") as part,
    ):
        for entry in whole.namelist():
            if entry != missing:
                part.writestr(entry, whole.read(entry))
    error = only(read_roster(folder).errors)
    assert "XLSX" in error.message or "损坏" in error.message or "工作表" in error.message
