"""The column table of a real contract, as it stands."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from ledger.roster import Roster, read_roster
from ledger.words import Frequency

SHEET = Path(__file__).parent / "sheets" / "columns-wuerhe.csv"


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    folder = tmp_path / "wuerhe"
    folder.mkdir()
    shutil.copy(SHEET, folder / "columns.csv")
    (folder / "site.toml").write_text(
        'name = "乌尔禾区人民政府网"\nhome = "https://www.weh.gov.cn/"\n'
        '[crawl]\ncontact = "a@b.cn"\n',
        "utf-8",
    )
    return read_roster(folder)


def test_every_row_becomes_a_column_and_nothing_is_an_error(roster: Roster):
    assert roster.errors == ()
    assert roster.site is not None
    assert len(roster.site.columns) == 66
    assert len({c.path for c in roster.site.columns}) == 66
    assert [c.row for c in roster.site.columns] == list(range(2, 68))
    assert (roster.site.key, roster.site.lane) == ("wuerhe", "www.weh.gov.cn")


def test_the_warnings_name_the_six_jump_or_empty_rows(roster: Roster):
    named = {(p.row, p.message.split("”")[0].split(" > ")[-1]) for p in roster.warnings}
    assert named == {
        (12, "政府文件"),
        (24, "行政许可和其他对外管理服务"),
        (25, "行政处罚、行政强制"),
        (26, "政府采购"),
        (27, "公务员招考"),
        (28, "行政许可和其他对外管理服务"),
    }
    assert len(roster.warnings) == 6


def test_frequencies_are_understood_wherever_they_stand(roster: Roster):
    assert roster.site is not None
    assert Counter(c.frequency for c in roster.site.columns) == {
        Frequency.WEEKLY: 4,
        Frequency.MONTHLY: 20,
        Frequency.QUARTERLY: 2,
        Frequency.HALF_YEARLY: 2,
        Frequency.YEARLY: 22,
        Frequency.TIMELY: 4,
        Frequency.ON_DEMAND: 6,
        Frequency.JUMP: 5,
        Frequency.UNSPECIFIED: 1,
    }
    jumps = [c for c in roster.site.columns if c.frequency is Frequency.JUMP]
    assert {c.unit for c in jumps} == {""}
    assert {c.frequency_text for c in jumps} == {
        "跳转链接",
        "链接新疆政府采购网",
        "链接新疆人事考试中心",
    }


@pytest.mark.parametrize(
    ("row", "path"),
    [
        (2, ("首页", "国务院要闻")),
        (5, ("首页", "通知公告")),
        (6, ("走进乌尔禾区",)),
        (9, ("政务公开", "政府信息公开平台", "政策-地方性法规")),
        (24, ("政务公开", "法定公开内容", "行政许可和其他对外管理服务")),
        (
            28,
            (
                "政务公开",
                "法定公开内容",
                "行政许可和其他对外管理服务",
                "行政许可和其他对外管理服务",
            ),
        ),
        (50, ("政务公开", "法定公开内容", "政府信息公开年报")),
        (56, ("行政处罚",)),
        (59, ("财政公开", "扶贫资金")),
        (60, ("财政公开", "财政资金直达基层")),
        (61, ("财政公开", "财政资金直达基层", "惠民惠农补贴资金")),
        (65, ("财政公开", "重大决策预公开（民意征集）")),
        (67, ("专题专栏",)),
    ],
)
def test_paths_carry_parents_and_lose_stray_blanks(roster: Roster, row: int, path: tuple[str, ...]):
    assert roster.site is not None
    assert {c.row: c.path for c in roster.site.columns}[row] == path


def test_several_units_in_one_cell_are_told_apart(roster: Roster):
    assert roster.site is not None
    column = roster.site.column(("行政许可公示",))
    assert column is not None
    assert column.units == ("区自然资源局", "区文体旅游局", "区城市管理局")
    assert column.unit == "区自然资源局、区文体旅游局、区城市管理局"
