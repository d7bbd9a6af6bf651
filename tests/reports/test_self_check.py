"""自查整改工作报告: true sentences, every number of them counted, in Word and as a page."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from ledger.words import ReviewWord
from reports import PaperError
from reports.self_check import PAPER, STAYING
from tests.reports.conftest import FORMULA
from tests.reports.rectify_case import CODE_FIELD, FISCAL, duty, finding
from tests.reports.selfcheck_case import REPORT, SPAN, blind_case, clean_case, rich_case


@cache
def rich() -> dict[str, Any]:
    return PAPER.build(rich_case())


def said(model: dict[str, Any], *keys: str) -> str:
    return "".join(one["words"] for key in keys for one in model[key])


def every_sentence(model: dict[str, Any]) -> str:
    parts = ("coverage", "result", "rectification", "staying", "next")
    return said(model, *parts) + model["scope"]["words"] + "".join(model["basis"]) + model["lead"]


def text_of(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def test_the_model_is_the_reviewed_one(golden: Callable[[str, dict[str, Any]], None]) -> None:
    golden("self-check.json", rich())


def test_what_was_not_looked_at_is_said_with_its_reason() -> None:
    words = said(rich(), "coverage")
    assert "7 天没有完成巡查（3月5日至3月10日、3月15日）" in words
    assert "其中 4 个未能检查：“超时”的 2 个，“被拦截”的 1 个，“没有找到栏目网址”的 1 个" in words
    assert "有 7 个附件没有读到或者没有读全（附件加密、图片扫描件，没有文字层）" in words
    assert "本站巡查未满两周" in words


def test_vetoes_stand_apart_and_only_people_make_them() -> None:
    words = said(rich(), "result")
    assert "经人工认定计入单项否决的问题有 1 个：空白栏目数量（全站）。" in words
    assert "待人工认定的严重问题有 2 个" in words
    assert "疑似问题 1 个、核查线索 1 条待核实，未计入以上数字。" in words
    assert "网站是否合格不由本报告认定" in words


def test_a_cause_nobody_gave_is_asked_for() -> None:
    kinds = {kind["name"]: kind for kind in rich()["kinds"]}
    assert list(kinds) == ["栏目更新", "空白栏目", "文字表述"]
    assert kinds["栏目更新"]["cause"]["words"] == "原因待责任单位说明。"
    assert "补贴政策尚未下达" in kinds["空白栏目"]["cause"]["words"]
    assert kinds["空白栏目"]["cause"]["words"].endswith("其余的原因待责任单位说明。")
    assert kinds["文字表述"]["said"]["words"].endswith("等 9 个，见附件1。")


def test_units_are_told_with_a_rate_only_where_something_was_owed() -> None:
    rows = {row["unit"]: row for row in rich()["units"]}
    assert rows["合计"]["all"] == len(rich()["problems"]) == 12
    assert rows[FISCAL]["rate"] == "25.0%"
    case = rich_case()
    kept = [d for d in case.duties if d.outcome == "deferred"]
    only = PAPER.build(replace(case, duties=tuple(kept)))
    assert {row["rate"] for row in only["units"]} == {"—"}


def test_what_was_mended_before_the_month_is_no_problem_of_it() -> None:
    case = rich_case()
    old = finding(90, FISCAL)
    ended = duty(old, case.duties[4].outcome, date(2026, 2, 1), closed_on=date(2026, 2, 10))
    more = replace(case, findings=(*case.findings, old), duties=(*case.duties, ended))
    assert len(PAPER.build(more)["problems"]) == 12


def test_next_steps_name_the_overdue_units_and_the_next_month() -> None:
    steps = [step["words"] for step in rich()["next"]]
    assert steps[0] == "督促区财政局尽快整改已超期的 1 个问题，逐个说明超期原因。"
    assert "为 1 个没有明确责任单位的未整改问题确定责任单位。" in steps
    assert any("白名单" in step for step in steps)
    assert steps[-1] == "继续开展巡查，下一期自查期间为2026年4月。"


def test_a_clean_month_reads_well() -> None:
    model = PAPER.build(clean_case())
    words = every_sentence(model)
    assert not re.search(r"(?<!\d)0 [个条行天次]", words)
    assert "没有已确认的问题。" in words
    assert "每天都完成了巡查。" in words
    assert model["kinds"] == model["left"] == model["units"] == []
    assert model["agency"] == "（单位名称）"
    assert model["titled"] == "（单位名称）政府门户网站自查整改工作报告（3月20日）"


def test_a_month_that_saw_nothing_says_so() -> None:
    words = every_sentence(PAPER.build(blind_case()))
    assert "61 个栏目中有 60 个未能检查，本报告不能代表网站的整体情况。" in words
    assert "没有已确认的问题；未检查的部分不作结论。" in words
    assert "本期没有检查文字" in words
    assert not re.search(r"(?<!\d)0 [个条行天次]", words)


@pytest.mark.parametrize("make", [rich_case, clean_case, blind_case])
def test_every_sentence_ends(make: Callable[[], Any]) -> None:
    model = PAPER.build(make())
    for key in ("coverage", "result", "rectification", "staying", "next"):
        assert all(one["words"].endswith("。") for one in model[key])


@pytest.mark.parametrize("agency", ["沙河区人民政府", "沙河区人民政府办公室"])
def test_whose_government_it_is_is_not_said_twice(agency: str) -> None:
    case = rich_case()
    model = PAPER.build(replace(case, site=replace(case.site, report={"agency": agency})))
    assert model["titled"] == "沙河区人民政府门户网站自查整改工作报告（3月20日）"
    assert model["agency"] == agency


@pytest.mark.parametrize(
    ("words", "count"), [("均经人工复核", "all"), ("其中 1 个经人工复核", "one")]
)
def test_who_confirmed_is_told(words: str, count: str) -> None:
    case = rich_case()
    seen = {d.fingerprint for d in (case.duties if count == "all" else case.duties[:1])}
    findings = tuple(
        replace(f, review=ReviewWord.CONFIRMED if f.fingerprint in seen else None)
        for f in case.findings
    )
    assert words in said(PAPER.build(replace(case, findings=findings)), "result")


def test_long_lists_are_cut_and_counted() -> None:
    case = rich_case()
    many = [finding(1000 + n, FISCAL) for n in range(40)]
    late = [duty(f, case.duties[0].outcome, date(2026, 3, 16)) for f in many]
    model = PAPER.build(
        replace(case, findings=(*case.findings, *many), duties=(*case.duties, *late))
    )
    assert len(model["left"]) == STAYING
    assert model["more"]["words"] == "以上为其中最紧迫的，全部 49 个见附件1。"
    assert len(model["problems"]) == 52


@pytest.mark.parametrize("spoil", ["problem", "column", "unit", "sentence"])
def test_a_count_that_differs_is_refused(spoil: str) -> None:
    model = copy.deepcopy(rich())
    if spoil == "problem":
        model["problems"].pop()
    elif spoil == "column":
        model["columns"][0]["verdict"] = "not_checked"
    elif spoil == "unit":
        model["units"][0]["all"] += 1
    else:
        model["result"][0]["words"] = model["result"][0]["words"].replace("21", "20")
    for form in PAPER.formats:
        with pytest.raises(PaperError, match="报表自检未通过"):
            PAPER.render(model, form)


def test_a_month_without_a_judgement_is_refused() -> None:
    case = rich_case()
    with pytest.raises(PaperError, match="--month"):
        PAPER.build(replace(case, span=None))
    later = replace(SPAN, start=date(2026, 4, 1), end=date(2026, 4, 30))
    with pytest.raises(PaperError, match="没有可用的巡查结论"):
        PAPER.build(replace(case, span=later))


def test_word_holds_what_the_model_says_and_hostile_text_stays_text() -> None:
    stored = json.loads(PAPER.render(rich(), "json"))
    assert stored == rich()
    content = PAPER.render(stored, "docx")
    text = text_of(content)
    for key in ("coverage", "result", "rectification", "next"):
        for one in rich()[key]:
            assert one["words"] in text
    assert FORMULA in text
    assert CODE_FIELD in text
    tables = Document(io.BytesIO(content)).tables
    assert len(tables[2].rows) == 1 + len(rich()["problems"])
    assert len(tables[3].rows) == 1 + len(rich()["unseen"])


def test_the_page_shows_its_figure_and_runs_nothing() -> None:
    page = html.fromstring(PAPER.render(rich(), "html").decode())
    assert len(page.xpath("//figure/img[starts-with(@src, 'data:image/svg+xml')]/@alt")) == 2
    assert not page.xpath("//main//script")
    assert FORMULA in page.text_content()


def test_a_restyled_template_still_renders(tmp_path: Path) -> None:
    shipped = Document(str(Path("reports/templates/self-check.docx").resolve()))
    shipped.styles["公文正文"].font.bold = True
    shipped.paragraphs[0].text = "{{ titled }}（本单位格式）"
    shipped.save(str(tmp_path / "self-check.docx"))
    assert "（本单位格式）" in text_of(PAPER.render(rich(), "docx", tmp_path))


def test_the_operator_is_named_where_somebody_filled_it_in() -> None:
    assert REPORT["operator"] in rich()["lead"]
    assert "《沙河区政府门户网站运维服务合同》" in rich()["basis"][0]
    assert rich()["contact"] == "（填报人：李某，联系人：王某，联系电话：0990-1234567）"
    with pytest.raises(PaperError, match="没有 xlsx 格式"):
        PAPER.render(rich(), "xlsx")
