"""The review sheet: exported, filled in as people do, read back whole or not at all."""

import re
import shutil
import tomllib
import zipfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from console import review_sheet as head
from console.review_reading import day_in
from console.reviewing import Answer, advise_terms
from ledger.store import Ledger
from ledger.words import ReviewWord
from tests.console.nights import FIRST, Nights, first_night, wrong

WORDING, COLUMN = "T201", "F001"
NEXT = FIRST + timedelta(days=1)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return first_night(tmp_path_factory.mktemp("base"), "one", "two")


@pytest.fixture(scope="module")
def exported(base, tmp_path_factory):
    """The sheet of both sites as it was exported."""
    from console import cli

    out = tmp_path_factory.mktemp("sheet") / "复核表.xlsx"
    ledger = f"sqlite:///{base / 'xuncha.db'}"
    args = ["export", str(base), "--out", str(out), "--ledger", ledger, "--as-of", str(FIRST)]
    assert cli.run(["review", *args]) == 0
    return out


class Sheet:
    """An exported sheet, opened as Excel would."""

    def __init__(self, path):
        self.path = path
        self.book = load_workbook(path)
        self.page = self.book[head.SHEET]

    def column(self, title):
        [found] = [c.column for c in self.page[1] if c.value == title]
        return found

    def cell(self, row, title):
        return self.page.cell(row, self.column(title))

    def row(self, site, code):
        for number in range(2, self.page.max_row + 1):
            held = (self.cell(number, head.SITE).value, self.cell(number, "规则").value)
            if held == (site, code):
                return number
        raise LookupError(site)

    def fill(self, site, code, **values):
        number = self.row(site, code)
        for title, value in values.items():
            self.cell(number, title).value = value
        return number

    def save(self):
        self.book.save(self.path)


@pytest.fixture
def nights(typed, base):
    return Nights(typed, base, "one")


@pytest.fixture
def sheet(nights, exported):
    return Sheet(shutil.copy(exported, nights.typed.home / "复核表.xlsx"))


def told(nights, sheet, *args, day=FIRST, code=0):
    sheet.save()
    return nights.review("import", "复核表.xlsx", *args, day=day, code=code)


def history(nights, site="one", day=NEXT):
    return nights.review("history", site, "--format", "json", day=day).json()


def test_the_sheet_shows_what_is_to_be_judged_and_offers_the_words(sheet):
    titles = [cell.value for cell in sheet.page[1]]
    assert titles[:14] == [
        "编号", "站点", "规则", "名称", "级别", "状态", "栏目/页面", "问题", "建议", "责任单位",
        "首次发现", "次数", "首个位置", "现有意见",
    ]  # fmt: skip
    assert set(head.NEEDED) <= set(titles)
    number = sheet.row("one", WORDING)
    assert sheet.cell(number, "站点").value == "one测试站"
    assert sheet.cell(number, "首个位置").hyperlink.target.endswith("/notices/a.html")
    assert "【秸杆还田】" in sheet.cell(number, "首个位置").value
    assert sheet.cell(number, "首次发现").value.date() == FIRST
    assert sheet.page.freeze_panes == "B2"
    rules = sheet.page.data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {'"属实,误报,暂予保留,重新打开"', '"是,否"'}
    assert {cell.fill.fgColor.rgb for cell in sheet.page[1]} == {"00DDE6EF", "00FFE699"}


def test_an_untouched_sheet_says_nothing(nights, sheet):
    ran = told(nights, sheet)
    assert "没有一行填了意见，4 行没有填，略过" in ran.err
    assert "没有新的意见，台账没有变化" in ran.err
    assert history(nights) == []


def test_a_filled_sheet_is_kept_whole_and_only_once(nights, sheet):
    sheet.fill("one", WORDING, 复核意见="误报 ", 理由="地名", 复核人="张三")
    sheet.fill("one", COLUMN, 改派单位="区统计局", 纳入报告="否", 复核人="李四", 理由="职能划转")
    sheet.fill("two", COLUMN, 复核意见="暂予保留", 暂予保留至=date(2026, 6, 30), 计入单项否决="是")
    sheet.fill("two", WORDING, 复核人="王五")
    tried = told(nights, sheet, "--dry-run")
    assert "3 行有意见（误报 1 条、暂予保留 1 条、指派 1 条、备注 1 条），1 行没有填" in tried.err
    assert "什么都没有记" in tried.err
    assert history(nights) == []
    ran = told(nights, sheet, "--by", "赵六")
    assert ran.out == tried.out
    assert "误报，理由：地名" in ran.out
    assert "备注，纳入报告：否；指派：区统计局，理由：职能划转" in ran.out
    assert "暂予保留（至 2026-06-30），计入单项否决：是" in ran.out
    assert "已记入台账：4 条意见" in ran.err
    assert [(row["word"], row["by"]) for row in history(nights)] == [
        (row["word"], row["by"]) for row in history(nights) if row["by"] in ("张三", "李四")
    ]
    assert nights.finding(WORDING)["state"] == "dismissed"
    column = nights.finding(COLUMN)
    assert (column["assigned"], column["in_report"], column["review"]) == ("区统计局", False, None)
    [other] = history(nights, "two")
    assert (other["word"], other["until"], other["by"]) == ("accepted", "2026-06-30", "赵六")

    again = told(nights, sheet, "--by", "赵六", day=NEXT)
    assert again.out.count("（以前已经记过，不重复记）") == 3
    assert "没有新的意见，台账没有变化" in again.err
    assert len(history(nights)) == 3


def test_many_wordings_are_advised_as_configuration_that_parses(nights, capsys):
    with Ledger.open(nights.ledger) as ledger:
        [one] = [f for f in ledger.findings("one", FIRST) if f.code == WORDING]
    said = Answer(ReviewWord.DISMISSED)
    advise_terms([(replace(one, subject=f"写法{n}"), said) for n in range(12)])
    told = re.search(r"\[text\] (terms = \[.*?\])(.*)", capsys.readouterr().err)
    assert tomllib.loads(told[1])["terms"] == [f"写法{n}" for n in range(10)]
    assert told[2] == "（共 12 种写法，只列前 10 种）"


def test_an_old_sheet_never_undoes_what_was_said_since(nights, sheet):
    mark = nights.finding(COLUMN)["fingerprint"]
    sheet.fill("one", COLUMN, 复核意见="误报", 复核人="张三")
    told(nights, sheet)
    nights.review("reopen", "one", mark, day=NEXT)
    ran = told(nights, sheet, day=NEXT)
    assert "没有新的意见" in ran.err
    assert nights.finding(COLUMN, NEXT)["state"] == "confirmed"


def test_a_word_said_since_the_export_is_told(nights, sheet):
    nights.review("confirm", "one", nights.finding(COLUMN)["fingerprint"], "--by", "李四")
    sheet.fill("one", COLUMN, 复核意见="误报", 复核人="张三")
    ran = told(nights, sheet)
    assert "导出之后李四 在 2026-03-20 又记过属实，现以这张表为准" in ran.err
    assert nights.finding(COLUMN)["state"] == "dismissed"
    assert len(history(nights)) == 2


def test_a_dismissal_in_a_sheet_speaks_of_the_places_of_its_day(nights, sheet):
    sheet.fill("one", WORDING, 复核意见="误报")
    nights.night(NEXT, {"a": wrong(), "b": wrong("综合实施", "工作")})
    told(nights, sheet, day=NEXT)
    third = NEXT + timedelta(days=1)
    nights.night(third, {"a": wrong(), "b": wrong("综合实施", "工作")})
    open_again = nights.finding(WORDING, third)
    assert open_again["state"] == "confirmed"
    assert [place["address"][-6:] for place in open_again["places"]] == ["b.html"]


def test_a_sheet_may_be_sorted_thinned_and_widened(nights, sheet):
    sheet.fill("one", COLUMN, 复核意见="属　实", 理由="已核\n实", 复核人="张三")
    page = sheet.page
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    order = list(reversed(range(len(rows[0]))))
    made = Workbook()
    out = made.active
    out.title = head.SHEET
    out.append(["2026年3月复核"])
    out.append(["我的备注", *(rows[0][n] for n in order)])
    for row in reversed(rows[1:]):
        if row[sheet.column(head.SITE) - 1] == "one":
            out.append(["自己加的列", *(row[n] for n in order)])
    out.row_dimensions[3].hidden = True
    made.create_sheet("别的").append(["编号", "随便"])
    sheet.book = made
    ran = told(nights, sheet)
    assert "1 行有意见（属实 1 条），1 行没有填" in ran.err
    assert [(row["word"], row["note"]) for row in history(nights)] == [("confirmed", "已核实")]


def test_an_answer_merged_over_rows_speaks_of_all_of_them(nights, sheet):
    first, second = sorted((sheet.row("one", WORDING), sheet.row("one", COLUMN)))
    assert second == first + 1
    sheet.cell(first, head.WORD).value = "属实"
    column = sheet.column(head.WORD)
    sheet.page.merge_cells(start_row=first, end_row=second, start_column=column, end_column=column)
    assert "属实 2 条" in told(nights, sheet).err


@pytest.mark.parametrize(
    "written",
    ["2026-06-30", "2026/6/30", "2026年6月30日", "２０２６－０６－３０ ", "2026.6.30", "20260630",
     datetime.combine(date(2026, 6, 30), time()), date(2026, 6, 30)],
)  # fmt: skip
def test_days_are_read_as_people_write_them(nights, sheet, written):
    sheet.fill("one", COLUMN, 复核意见="暂予保留", 暂予保留至=written)
    assert "暂予保留（至 2026-06-30）" in told(nights, sheet, "--dry-run").out


@pytest.mark.parametrize("text", ["", "2026-02-30", "46203", "6月30日", "2026-6", "明天"])
def test_what_is_no_day(text):
    assert day_in(text) is None


SPOILT = [
    ({"复核意见": "误抱"}, "“复核意见”写的是“误抱”，没有这个意见；最接近的是“误报”；可填属实"),
    ({"复核意见": "暂予保留"}, "“暂予保留至”是空的，复核意见却是暂予保留"),
    ({"复核意见": "暂予保留", "暂予保留至": "46203"}, "“暂予保留至”写的是“46203”，看不懂"),
    ({"复核意见": "暂予保留", "暂予保留至": "2026-02-30"}, "没有这一天；应写成 2026-03-20"),
    ({"复核意见": "暂予保留", "暂予保留至": "2026-03-20"}, "不晚于基准日 2026-03-20"),
    ({"复核意见": "属实", "暂予保留至": "2026-06-30"}, "复核意见却是属实"),
    ({"暂予保留至": "2026-06-30"}, "复核意见却是空的"),
    ({"纳入报告": "不"}, "“纳入报告”写的是“不”，看不懂；可填是或否"),
    ({"计入单项否决": "？"}, "“计入单项否决”写的是“？”，看不懂"),
    (
        {"复核意见": "属实", "编号": "0123456789abcdef"},
        "站点 one 没有编号为 0123456789abcdef 的问题",
    ),
    ({"复核意见": "属实", "编号": 123456}, "被表格软件改成了数字"),
    ({"复核意见": "属实", "编号": "12ab"}, "不是 16 位的问题编号"),
    ({"复核意见": "属实", "编号": None}, "“编号”是空的，却填了意见"),
    ({"复核意见": "属实", "站点标识": "two"}, "是站点 one 的问题，“站点标识”写的却是 two"),
    ({"复核意见": "属实", "站点标识": "three"}, "台账里没有站点 three（有：one、two）"),
    ({"复核意见": "属实", "站点标识": None}, "“站点标识”是空的"),
    ({"复核意见": "属实", "基准日": "三月"}, "“基准日”写的是“三月”，不是导出时的日期"),
    ({"复核意见": "属实", "基准日": "2026-03-21"}, "晚于现在的基准日 2026-03-20"),
    ({"复核意见": "属实", "已有意见次数": "7"}, "写的是 7，台账里只有 0 次"),
    ({"复核意见": "属实", "已有意见次数": "很多"}, "不是导出时的次数"),
    ({"复核意见": "属实", "理由": "长" * 1001}, "太长；请缩短到 1000 字以内"),
    ({"理由": "=A1&B1"}, "“理由”写的是“=A1&B1”，是没有结果的公式"),
]


@pytest.mark.parametrize(("values", "sentence"), SPOILT)
def test_one_spoilt_cell_refuses_the_whole_sheet(nights, sheet, values, sentence):
    sheet.fill("two", WORDING, 复核意见="属实")
    number = sheet.fill("one", COLUMN, **values)
    ran = told(nights, sheet, code=3)
    assert "整张表都没有记入台账" in ran.err
    assert f"复核表.xlsx 第 {number} 行：" in ran.err
    assert sentence in ran.err
    assert ran.out == ""
    assert history(nights, "two") == []


def test_every_fault_is_told_at_once(nights, sheet):
    sheet.fill("one", COLUMN, 复核意见="错", 纳入报告="可能")
    sheet.fill("two", COLUMN, 复核意见="暂予保留")
    ran = told(nights, sheet, code=3)
    assert "复核表有 3 处看不懂或有矛盾" in ran.err


def test_a_finding_answered_twice_must_be_answered_alike(nights, sheet):
    number = sheet.fill("one", COLUMN, 复核意见="属实")
    copied = [cell.value for cell in sheet.page[number]]
    sheet.page.append(copied)
    assert "1 行有意见" in told(nights, sheet, "--dry-run").err
    copied[sheet.column(head.WORD) - 1] = "误报"
    sheet.page.append(copied)
    ran = told(nights, sheet, code=3)
    assert f"第 7 行：编号 {copied[0]} 在第 {number} 行已经填过，两处的意见不同" in ran.err


@pytest.mark.parametrize(
    ("title", "new", "sentence"),
    [
        ("理由", "原因", "表头缺少“理由”，可能被改名或删除"),
        ("编号", "序号", "表头缺少“编号”"),
        ("现有意见", "理由", "表头“理由”出现了两次"),
        ("建议", "我的列", ""),
    ],
)
def test_the_heading_must_be_ours(nights, sheet, title, new, sentence):
    sheet.fill("one", COLUMN, 复核意见="属实")
    sheet.cell(1, title).value = new
    ran = told(nights, sheet, code=3 if sentence else 0)
    assert sentence in ran.err
    assert bool(history(nights)) == (not sentence)


def _not_ours(path):
    Workbook().save(path)


def _broken(path):
    path.write_bytes(path.read_bytes()[:2000])


def _page(path):
    path.write_text("<html><table></table></html>", encoding="utf-8")


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (31 * 1024 * 1024))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_not_ours, "没有找到复核表的表头"),
        (_broken, "工作簿已损坏"),
        (_page, "其实是网页（HTML）"),
        (_bomb, "工作簿解压后过大"),
        (lambda path: path.write_bytes(b""), "文件是空的"),
        (lambda path: path.unlink(), "打不开（不存在）"),
    ],
)
def test_a_file_that_is_no_sheet_is_a_sentence(nights, sheet, spoil, sentence):
    sheet.save()
    spoil(nights.typed.home / "复核表.xlsx")
    ran = nights.review("import", "复核表.xlsx", code=3)
    assert sentence in ran.err
    assert "栏目表" not in ran.err


def test_other_names_and_existing_files_are_left_alone(nights, sheet):
    sheet.save()
    before = (nights.typed.home / "复核表.xlsx").read_bytes()
    ran = nights.review("export", ".", "--out", "复核表.xlsx", code=3)
    assert "不会覆盖" in ran.err
    assert (nights.typed.home / "复核表.xlsx").read_bytes() == before
    assert "应以 .xlsx 结尾" in nights.review("export", "one", "--out", "a.csv", code=3).err
    ran = nights.review("export", "one", "--out", "b.xlsx", "--where", "无此字", code=3)
    assert "没有符合条件的问题" in ran.err
    assert not (nights.typed.home / "b.xlsx").exists()
    assert "不是 .xlsx 文件" in nights.review("import", "one/columns.csv", code=3).err
    assert "是文件夹" in nights.review("import", "one", code=3).err


def test_a_second_export_shows_what_was_said_and_counts_it(nights, sheet):
    mark = nights.finding(COLUMN)["fingerprint"]
    until = ("--until", "2026-06-30", "--note", "机构改革", "--by", "张三", "--veto", "no")
    nights.review("accept", "one", mark, *until)
    nights.review("assign", "one", mark, "--to", "区统计局")
    nights.review("export", "one", "--out", "二.xlsx", "--code", COLUMN)
    second = Sheet(nights.typed.home / "二.xlsx")
    number = second.row("one", COLUMN)
    assert second.cell(number, "现有意见").value == (
        "暂予保留（至 2026-06-30，张三，2026-03-20）；指派：区统计局；不计入单项否决；机构改革"
    )
    assert second.cell(number, head.TIMES).value == "2"
    assert second.cell(number, "责任单位").value == "区统计局"
    assert second.cell(number, head.WORD).value is None


def test_words_of_a_portal_are_no_formulas_in_the_sheet(nights):
    evil = '=HYPERLINK("http://evil.test/","点我")'
    nights.review("note", "one", nights.finding(COLUMN)["fingerprint"], "--note", evil)
    nights.review("export", "one", "--out", "三.xlsx")
    with zipfile.ZipFile(nights.typed.home / "三.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    sheet = Sheet(nights.typed.home / "三.xlsx")
    held = sheet.cell(sheet.row("one", COLUMN), "现有意见")
    assert (held.value, held.data_type, held.quotePrefix) == (evil, "s", True)


def test_nothing_is_kept_where_the_ledger_refuses_one(nights, sheet, monkeypatch):
    sheet.fill("one", WORDING, 复核意见="属实")
    sheet.fill("one", COLUMN, 复核意见="属实")
    keep = Ledger.save_reviews

    def half(self, said):
        reviews = list(said)
        object.__setattr__(reviews[-1], "day", None)
        keep(self, reviews)

    monkeypatch.setattr(Ledger, "save_reviews", half)
    assert "拒绝了" in told(nights, sheet, code=2).err
    assert history(nights) == []
