"""site.toml: what may stand there and what is said where something else does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.problems import Problem
from ledger.roster import Roster, RosterError, find_sites, read_roster
from ledger.site import AttachmentPolicy, CrawlPolicy, FreshnessPolicy
from ledger.words import Frequency

SHEET = "一级栏目,责任单位,发布形式\n甲栏目,区政府办,按月更新\n"
CONTACT = '[crawl]\ncontact = "a@b.cn"\n'
HEAD = 'name = "某区"\nhome = "http://www.mou.gov.cn/"\n'
Toml = Callable[[str | bytes], Roster]


@pytest.fixture
def toml(tmp_path: Path) -> Toml:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "columns.csv").write_text(SHEET, "utf-8")

    def read(content: str | bytes) -> Roster:
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / "site.toml").write_bytes(data)
        return read_roster(folder)

    return read


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_the_least_that_must_stand_there(toml: Toml):
    roster = toml(HEAD)
    assert only(roster.problems).field == "crawl.contact"
    assert roster.site is not None
    assert (roster.site.key, roster.site.name, roster.site.lane) == (
        "site",
        "某区",
        "www.mou.gov.cn",
    )
    assert (roster.site.crawl, roster.site.freshness) == (CrawlPolicy(), FreshnessPolicy())
    assert roster.site.sheet == "columns.csv"


@pytest.mark.parametrize(
    ("crawl", "row"), [("", None), ("[crawl]\ndelay = 2\n", 3), ('[crawl]\ncontact = ""\n', 3)]
)
def test_an_inspection_nobody_can_answer_is_a_warning(toml: Toml, crawl: str, row: int | None):
    roster = toml(HEAD + crawl)
    assert roster.errors == ()
    warning = only(roster.warnings)
    assert (warning.file, warning.row, warning.field) == ("site.toml", row, "crawl.contact")
    assert 'contact = "' in warning.message


@pytest.mark.parametrize(
    "content",
    [
        HEAD + CONTACT,
        HEAD + '[crawl]\nuser_agent = "Mozilla/5.0 (xuncha@mou.gov.cn)"\n',
        HEAD + '[crawl]\ncontact = "a@b.cn"\ndelay = "fast"\n',
        'name = "某区"\nhome = "http://127.0.0.1:8000/"\n',
    ],
)
def test_no_warning_where_somebody_is_named_or_nobody_asks(toml: Toml, content: str):
    assert toml(content).warnings == ()


def test_everything_that_may_stand_there(toml: Toml):
    roster = toml(
        HEAD
        + """id_code = "6502050001"
lane = "xj"
columns = "columns.csv"

[crawl]
delay = 0
timeout = 12.5
retries = 0
concurrency = 8
max_pages = 10
max_list_pages = 3
max_bytes = 2_000_000
robots = false
contact = "a@b.cn"
user_agent = "X/1"
exclude = ["/bbs/", "print.jsp"]
allow_hosts = ["zwfw.other.gov.cn"]

[freshness]
mode = "自然周期"
[freshness.limits]
weekly = 10
"按月更新" = 40
"按需" = 365

[text]
leaders = ["张三", "李四"]
report_threshold = 0.9

[report]
agency = "区政府办公室"
operator = "某公司"
title = "月度巡查表"
"""
    )
    assert roster.problems == ()
    site = roster.site
    assert site is not None
    assert site.lane == "xj"
    assert site.crawl.delay == 0
    assert site.crawl.robots is False
    assert site.crawl.exclude == ("/bbs/", "print.jsp")
    assert site.freshness.mode == "calendar"
    assert site.freshness.limits == {
        Frequency.WEEKLY: 10,
        Frequency.MONTHLY: 40,
        Frequency.ON_DEMAND: 365,
    }
    assert site.text == {"leaders": "张三、李四", "report_threshold": "0.9"}
    assert site.report["operator"] == "某公司"


@pytest.mark.parametrize(
    ("content", "row", "key", "nearest"),
    [
        (HEAD + 'colums = "x.csv"\n', 3, "colums", "columns"),
        (HEAD + "[crawl]\ndelays = 1\n", 4, "crawl.delays", "delay"),
        (HEAD + "[crawll]\ndelay = 1\n", 3, "crawll", "crawl"),
        (HEAD + '[freshness]\nmod = "rolling"\n', 4, "freshness.mod", "mode"),
        (HEAD + '[report]\ntittle = "x"\n', 4, "report.tittle", "title"),
        (HEAD + "[text]\nleader = []\n", 4, "text.leader", "leaders"),
        (HEAD + "robots = true\n", 3, "robots", "[crawl] robots"),
        (HEAD + "crawl.dely = 2\n", 3, "crawl.dely", "delay"),
    ],
)
def test_unknown_keys(toml: Toml, content: str, row: int, key: str, nearest: str):
    error = only(toml(content).errors)
    assert (error.file, error.row, error.field, error.nearest) == ("site.toml", row, key, nearest)


@pytest.mark.parametrize(
    ("content", "row", "said"),
    [
        ('home = "http://www.mou.gov.cn/"\n', None, "缺少必填的 name"),
        ('name = "某区"\n', None, "缺少必填的 home"),
        (HEAD + "[crawl]\ndelay = -1\n", 4, "crawl.delay 不能小于 0"),
        (HEAD + "[crawl]\ndelay = nan\n", 4, "crawl.delay"),
        (HEAD + '[crawl]\ndelay = "1"\n', 4, "crawl.delay 应是数字"),
        (HEAD + "[crawl]\nretries = 1.5\n", 4, "crawl.retries 应是整数"),
        (HEAD + '[crawl]\nrobots = "yes"\n', 4, "crawl.robots 应是 true 或 false"),
        (HEAD + '[crawl]\nexclude = "x"\n', 4, "crawl.exclude 应是列表"),
        (HEAD + "[crawl]\nexclude = [1]\n", 4, "应是文字"),
        (HEAD + "[crawl]\ntimeout = 0\n", 4, "crawl.timeout 必须大于 0"),
        (HEAD + "[crawl]\nmax_pages = 99999999\n", 4, "不能大于"),
        (HEAD + "crawl = 3\n", 3, "crawl 应是一个表"),
        (HEAD + "[freshness]\nlimits = { weekly = 0 }\n", 4, "必须大于 0"),
        (HEAD + '[freshness.limits]\n"每周五" = 3\n', 4, "不认识的更新频率"),
        (HEAD + "[freshness.limits]\njump = 3\n", 4, "不计更新时限"),
        (HEAD + '[freshness.limits]\nweekly = 3\n"按周" = 4\n', 5, "写了两次"),
        (HEAD + '[freshness]\nmode = "roling"\n', 4, "rolling（滚动）"),
        (HEAD + "[text]\nleaders = 3\n", 4, "应是文字，或文字的列表"),
        (HEAD + "[text]\nreport_threshold = 3\n", 4, "不能大于 1"),
        (HEAD + "[report]\nagency = 3\n", 4, "应是文字"),
        ("name = 3\n" + HEAD.split("\n")[1] + "\n", 1, "name 应是文字"),
        ('name = "某区"\nhome = "www.mou.gov.cn"\n', 2, "home 不是有效的网址"),
        ('name = "某区"\nhome = "ftp://www.mou.gov.cn"\n', 2, "home 不是有效的网址"),
        ('name = "某区"\nhome = "http://"\n', 2, "home 不是有效的网址"),
        (HEAD + 'columns = "colums.csv"\n', None, "不存在"),
    ],
)
def test_wrong_values(toml: Toml, content: str, row: int | None, said: str):
    error = only(toml(content).errors)
    assert said in error.message
    assert (error.file, error.row) == ("site.toml", row)
    assert not any(word in error.message for word in ("Input", "should", "valid "))


def test_a_home_without_scheme_gets_its_nearest(toml: Toml):
    error = only(toml('name = "某区"\nhome = "www.mou.gov.cn"\n').errors)
    assert error.nearest == "https://www.mou.gov.cn"


@pytest.mark.parametrize(
    ("content", "row", "said"),
    [
        ("name = 某区\n", 1, "双引号"),
        ("name = “某区”\n", 1, "中文引号"),
        (HEAD + "[crawl\ndelay = 1\n", 3, "方括号"),
        (HEAD + "delay\n", 3, "等号"),
        (HEAD + 'name = "x"\n', 3, "写了两次"),
        (HEAD + "[crawl]\n[crawl]\n", 4, "写了两次"),
        (HEAD + 'lane = "x\n', 3, "双引号没有成对"),
        (HEAD + 'lane = "a" "b"\n', 3, "多余的文字"),
        (HEAD + "说明文字\n", 3, "键 = 值"),
        (HEAD + "[freshness.limits]\n按周更新 = 7\n", 4, "中文键名要放在英文双引号里"),
    ],
)
def test_broken_toml(toml: Toml, content: str, row: int, said: str):
    roster = toml(content)
    error = only(roster.errors)
    assert roster.site is None
    assert (error.file, error.row) == ("site.toml", row)
    assert error.message.startswith("TOML 语法错误")
    assert said in error.message


def test_encodings_are_said(toml: Toml):
    warned = toml(b"\xef\xbb\xbf" + (HEAD + CONTACT).encode())
    assert warned.site is not None
    assert "BOM" in only(warned.problems).message
    error = only(toml(HEAD.encode("gbk")).errors)
    assert "GBK" in error.message
    assert error.row == 1
    assert "UTF-16" in only(toml(HEAD.encode("utf-16")).errors).message


@pytest.mark.parametrize("code", ["6502050001", "bm01000001", "N000000672"])
def test_usual_id_codes(toml: Toml, code: str):
    assert toml(HEAD + f'id_code = "{code}"\n' + CONTACT).problems == ()


def test_an_unusual_id_code_is_a_warning(toml: Toml):
    roster = toml(HEAD + 'id_code = "12345"\n' + CONTACT)
    assert roster.errors == ()
    assert only(roster.warnings).field == "id_code"


def test_problems_of_both_files_come_at_once(tmp_path: Path):
    (tmp_path / "site.toml").write_text('name = "某区"\n[crawl]\ndelay = "x"\n', "utf-8")
    (tmp_path / "columns.csv").write_text(SHEET + "乙栏目,区政府办,安月\n", "utf-8")
    roster = read_roster(tmp_path)
    assert [(p.file, p.row) for p in roster.problems] == [
        ("site.toml", None),
        ("site.toml", 3),
        ("columns.csv", 3),
    ]


def test_a_folder_without_site_toml(tmp_path: Path):
    roster = read_roster(tmp_path)
    assert roster.site is None
    assert "没有 site.toml" in only(roster.errors).message


def test_sites_are_found(tmp_path: Path):
    for name in ("b", "a", ".hidden", "other"):
        (tmp_path / name).mkdir()
    for name in ("b", "a", ".hidden"):
        (tmp_path / name / "site.toml").write_text(HEAD, "utf-8")
    assert find_sites(tmp_path) == [tmp_path / "a", tmp_path / "b"]
    assert find_sites(tmp_path / "a") == [tmp_path / "a"]
    assert find_sites(tmp_path / "a" / "site.toml") == [tmp_path / "a"]


@pytest.mark.parametrize(
    ("name", "said"), [("no", "找不到"), ("empty", "没有站点"), ("file", "不是文件夹")]
)
def test_what_holds_no_site_is_said(tmp_path: Path, name: str, said: str):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RosterError, match=said):
        find_sites(tmp_path / name)


def test_two_folders_that_are_one_site_by_name(tmp_path: Path):
    for parent in ("x", "y"):
        (tmp_path / parent / "same").mkdir(parents=True)
        (tmp_path / parent / "same" / "site.toml").write_text(HEAD, "utf-8")
        (tmp_path / "all").mkdir(exist_ok=True)
        (tmp_path / "all" / parent).symlink_to(tmp_path / parent / "same")
    with pytest.raises(RosterError, match=r"x 和 .*y 是同名的站点 same"):
        find_sites(tmp_path / "all")


def test_a_sheet_that_is_a_folder(tmp_path: Path):
    (tmp_path / "site.toml").write_text('columns = "columns.csv"\n' + HEAD, "utf-8")
    (tmp_path / "columns.csv").mkdir()
    error = only(read_roster(tmp_path).errors)
    assert "columns.csv 是文件夹" in error.message
    assert error.nearest == ""


def test_how_to_make_a_site_is_said(tmp_path: Path):
    with pytest.raises(RosterError, match=r"xuncha init URL 目录.*README\.zh-CN\.md"):
        find_sites(tmp_path)


def test_what_is_said_of_attachments(toml: Toml):
    plain = toml(HEAD).site
    assert plain is not None
    assert plain.attachments == AttachmentPolicy()
    told = "attachments = false\nattachment_bytes = 1048576\nattachment_seconds = 5\n"
    site = toml(f"{HEAD}[text]\n{told}").site
    assert site is not None
    assert site.attachments == AttachmentPolicy(False, 1048576, 5.0)
    assert site.text == {}


def test_what_is_said_of_recognising(toml: Toml):
    site = toml(f"{HEAD}[text]\nocr = true\nocr_pages = 3\nocr_minutes = 5\n").site
    assert site is not None
    assert site.attachments == AttachmentPolicy(ocr=True, ocr_pages=3, ocr_minutes=5.0)
    assert site.text == {}
    error = only(toml(f"{HEAD}[text]\norc = true\n").errors)
    assert (error.value, error.nearest) == ("orc", "ocr")
    assert only(toml(f"{HEAD}[text]\nocr_pages = 0\n").errors).message == (
        "text.ocr_pages 不能小于 1"
    )
    assert "true 或 false" in only(toml(f'{HEAD}[text]\nocr = "yes"\n').errors).message
