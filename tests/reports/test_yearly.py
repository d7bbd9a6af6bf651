"""The papers of quarters and years: 季度考核评分表 and 年度运维报告."""

from __future__ import annotations

import copy
import io
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from docx import Document

from ledger.months import MonthStand
from ledger.period import Period, PeriodKind
from ledger.rectification import Duty, Outcome
from ledger.words import Severity, State
from reports import load
from reports.base import PaperCase, PaperError
from rules.errors import RuleError
from rules.scoring import score_sheet

DAY = date(2026, 3, 20)
QUARTER = Period.holding(PeriodKind.QUARTER, DAY)
YEAR = Period.holding(PeriodKind.YEAR, DAY)
WORDING = frozenset({"T101", "T201"})


@pytest.fixture
def findings(case: PaperCase):
    plain = replace(
        case.findings[0],
        code="T201",
        name="常见错别字",
        severity=Severity.GENERAL,
        subject="秸杆",
        term="秸杆→秸秆",
        unit="区农业农村局、区水利局",
        state=State.CONFIRMED,
        in_report=True,
    )
    hostile = replace(
        plain, fingerprint="b" * 16, subject='=HYPERLINK("x")<script>', name="空白栏目"
    )
    return (replace(plain, fingerprint="a" * 16), hostile, replace(plain, fingerprint="c" * 16))


def duty(mark: str, outcome: Outcome, since: date, closed: date | None = None) -> Duty:
    units = ("区农业农村局", "区水利局")
    return Duty(mark * 16, units, since, date(2026, 3, 10), 10, outcome, closed)


@pytest.fixture
def months(case: PaperCase, findings):
    january, february, march = QUARTER.months()
    late = duty("a", Outcome.MENDED_LATE, date(2026, 2, 20), date(2026, 3, 12))
    still = duty("b", Outcome.OVERDUE, date(2026, 2, 20))
    old = duty("c", Outcome.MENDED, date(2025, 12, 1), date(2025, 12, 9))
    return (
        MonthStand(january, None, ()),
        MonthStand(february, case.judgement, findings, (replace(late, closed_on=None),), runs=20),
        MonthStand(march, case.judgement, findings, (late, still, old), runs=12),
    )


@pytest.fixture
def quarter(case: PaperCase, findings, months) -> PaperCase:
    sheet = score_sheet(months, WORDING)
    duties = months[-1].duties
    return replace(
        case, span=QUARTER, months=months, scoring=sheet, findings=findings, duties=duties
    )


def head(sheet, key):
    return next(one for one in sheet.heads if one.id == key)


def test_what_is_counted_under_a_head(months):
    sheet = score_sheet(months, WORDING)
    assert [one.points for one in sheet.heads] == [20, 10, 10, 20, 10, 20, 10]
    assert all(one.taken is None for one in sheet.heads)
    content = {fact.name: fact.n for fact in head(sheet, "content").facts}
    assert content == {
        "期内确认的问题": 2,
        "其中文字问题": 2,
        "期内已整改": 1,
        "其中超期整改": 1,
        "期末未整改": 1,
    }
    patrol = {fact.name: fact.n for fact in head(sheet, "columns").facts}
    assert (patrol["完成的巡查"], patrol["有巡查的月份"]) == (32, 2)


def test_a_quarter_without_inspections_counts_nothing_as_fine():
    sheet = score_sheet([MonthStand(month, None, ()) for month in QUARTER.months()], WORDING)
    counts = {fact.name: fact.n for fact in head(sheet, "columns").facts}
    assert counts["期末问题栏目"] is None
    assert counts["完成的巡查"] == 0


def contract(**deduction):
    whole = {
        "id": "a",
        "name": "内容",
        "points": 100,
        "asks": "x",
        "facts": [],
        "person": "由人评定",
    }
    terms = {"grades": [90, 80], "pass_mark": 70, "fee_percent": 1, "terms": [], "source": "合同"}
    return terms | {"heads": [whole | deduction]}


def test_a_rule_of_the_contract_takes_points_off_and_no_more_than_there_are(months):
    one = contract(deductions=[{"fact": "open", "points": 2.5}])
    [held] = score_sheet(months, WORDING, one).heads
    assert (held.taken, held.why) == (2.5, "期末未整改 1，每项扣 2.5 分")
    [held] = score_sheet(
        months, WORDING, contract(deductions=[{"fact": "open", "points": 500}])
    ).heads
    assert held.taken == 100
    blind = [MonthStand(month, None, ()) for month in QUARTER.months()]
    [held] = score_sheet(blind, WORDING, one).heads
    assert held.taken is None


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        (contract(facts=["beauty"]), "不认识的统计项 beauty"),
        (contract(points=90), "分值相加应为 100"),
    ],
)
def test_a_spoilt_contract_is_refused(months, spoilt, sentence):
    with pytest.raises(RuleError, match=sentence):
        score_sheet(months, WORDING, spoilt)


def test_the_score_sheet(quarter: PaperCase, golden):
    paper = load()["score"]
    model = paper.build(quarter)
    golden("score.json", model)
    assert "完成巡查 32 次" in model["summary"]["words"]
    assert model["notes"][0] == "2026年1月没有完成的巡查，统计不含这些月份。"
    word = Document(io.BytesIO(paper.render(model, "docx")))
    assert [len(table.rows) for table in word.tables] == [8]
    assert "待评定" in word.tables[0].rows[1].cells[5].text
    assert b"<script>" not in paper.render(model, "html").split(b"</style>")[1]


def test_the_workbook_adds_up_what_a_person_fills_in(quarter: PaperCase):
    paper = load()["score"]
    sheet = openpyxl.load_workbook(io.BytesIO(paper.render(paper.build(quarter), "xlsx"))).active
    assert [sheet.cell(row, 3).value for row in range(4, 11)] == [20, 10, 10, 20, 10, 20, 10]
    assert not sheet["F4"].protection.locked
    assert sheet["E4"].protection.locked
    assert sheet["F11"].value == '=IF(COUNT(F4:F10)<7,"待评定",SUM(F4:F10))'
    assert "F11<70" in sheet["F12"].value
    assert sheet["F13"].value == '=IF(COUNT(F4:F10)<7,"待评定",MAX(0,70-F11)*1/100)'


def test_the_year(quarter: PaperCase, golden):
    paper = load()["annual"]
    model = paper.build(replace(quarter, span=YEAR))
    golden("annual.json", model)
    # What was mended before the year began is not of the year.
    assert [row["outcome"] for row in model["duties"]] == ["overdue", "mended_late"]
    assert (
        "共 2 个，涉及 2 个责任单位；已整改 1 个（其中超期整改 1 个）"
        in model["duties_said"]["words"]
    )
    assert {row["name"]: row["all"] for row in model["units"]} == {"区农业农村局": 2, "区水利局": 2}
    assert "1月没有巡查记录" in model["gaps"][0]
    page = paper.render(model, "html").decode()
    assert "<script>" not in page.split("</style>")[1]
    word = Document(io.BytesIO(paper.render(model, "docx")))
    assert len(word.tables) == 4


def test_the_year_is_drawn_on_the_page_and_on_paper(quarter: PaperCase):
    paper = load()["annual"]
    model = paper.build(replace(quarter, span=YEAR))
    figures = paper.charts(model)
    assert list(figures) == ["trend_chart", "units_chart"]
    assert "2026-03-20 未解决 1 个、新增 0 个、解决 1 个" in figures["trend_chart"].alt
    assert "区水利局：超期 1 个、已办结 1 个" in figures["units_chart"].alt
    page = paper.render(model, "html").decode()
    with zipfile.ZipFile(io.BytesIO(paper.render(model, "docx"))) as held:
        pictures = [name for name in held.namelist() if name.startswith("word/media/")]
    for figure in figures.values():
        assert figure.caption in page
    assert len(pictures) == 2 * all(figure.drawn for figure in figures.values())
    assert paper.charts(paper.build(replace(quarter, span=YEAR, months=(), duties=()))) == {}


def test_a_year_without_faults_says_so(case: PaperCase):
    model = load()["annual"].build(replace(case, span=YEAR))
    assert model["duties_said"]["words"] == "本年度没有确认的问题。"
    assert model["left_said"]["words"] == "没有遗留未整改的问题。"


@pytest.mark.parametrize("name", ["score", "annual"])
def test_a_count_that_differs_is_refused(name, quarter: PaperCase):
    paper = load()[name]
    model = copy.deepcopy(paper.build(replace(quarter, span=YEAR if name == "annual" else QUARTER)))
    model["months"].pop()
    with pytest.raises(PaperError, match="报表自检未通过"):
        paper.render(model, "html")
