"""The rows of the inspection table: 未发现 only where all was looked at, vetoes only by people."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from ledger.findings import (
    Claim,
    Clear,
    ColumnVerdict,
    Finding,
    Judgement,
    Place,
    RuleCard,
    TextTally,
    Unchecked,
)
from ledger.indicators import IndicatorStand, Machine
from ledger.words import ColumnKind, Frequency, Outcome, Severity, State, Verdict
from rules import RuleError
from rules.checklist import stands
from rules.indicators import read_rows, rows
from rules.loader import load
from rules.standards import standards

DAY = date(2026, 3, 20)


def column(names: str, verdict: Verdict, last: date | None = None, **more: Any) -> ColumnVerdict:
    plain = ColumnVerdict(
        path=tuple(names.split("/")),
        unit="区政府办",
        units=("区政府办",),
        frequency=Frequency.MONTHLY,
        frequency_text="按月更新",
        url=f"http://portal.example/{len(names)}/",
        kind=ColumnKind.LIST,
        verdict=verdict,
        reason=Outcome.TIMEOUT if verdict is Verdict.NOT_CHECKED else None,
        last_updated=last,
        last_title="",
        due=None,
        age=None,
        items=0,
        evidence=None,
        explain="说明。",
    )
    return replace(plain, **more)


def judgement(
    *verdicts: ColumnVerdict,
    claims: tuple[Claim, ...] = (),
    clears: tuple[Clear, ...] = (),
    **more: Any,
) -> Judgement:
    return Judgement("s", 1, DAY, verdicts, claims, clears, **more)


def finding(code: str, severity: Severity = Severity.SEVERE, **more: Any) -> Finding:
    plain = Finding(
        fingerprint=f"{code}-0",
        site="s",
        code=code,
        name="名称",
        severity=severity,
        state=State.CONFIRMED,
        subject="全站",
        message="发现了问题。",
        basis="《依据》",
        unit="",
        first_seen=DAY,
        last_seen=DAY,
        count=1,
        places=(Place("http://portal.example/a", "此处"),),
        advice="",
    )
    return replace(plain, **more)


def by_id(judged: Judgement, *findings: Finding) -> Mapping[str, IndicatorStand]:
    return {stand.id: stand for stand in stands(judged, findings, DAY)}


FINE = tuple(column(f"栏目{n}", Verdict.ON_TIME, DAY) for n in range(3))
NEWS = column("区政要闻", Verdict.ON_TIME, DAY)


def blanks(count: int) -> tuple[ColumnVerdict, ...]:
    return tuple(column(f"空{n}", Verdict.BLANK) for n in range(count))


def missed(count: int) -> tuple[ColumnVerdict, ...]:
    return tuple(column(f"没查{n}", Verdict.NOT_CHECKED) for n in range(count))


def test_every_row_names_rules_that_exist_and_the_standard() -> None:
    codes = {rule.code for rule in load()}
    for row in rows():
        assert codes.issuperset((*row.codes, *row.switched, *row.told)), row.id
        assert row.basis.startswith("《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）")
        assert row.points == "" or row.source.count("完整读到")
    assert [row.id for row in rows() if row.veto][:2] == ["A1a", "A1b"]


def test_what_only_people_can_judge_is_never_reported_as_clean() -> None:
    clean = by_id(judgement(*FINE, NEWS, clears=(Clear("F006", "首页"),)))
    unnamed = by_id(judgement(*FINE, clears=(Clear("F009", "全站"),)))
    assert unnamed["A4a"].found is None
    for stand in clean.values():
        if stand.level is not Machine.AUTO:
            assert stand.found is None
            assert stand.why.endswith("。")
    assert "A0" not in clean
    assert [clean[key].found for key in ("A3", "A4a", "A4b", "A4c")] == [False] * 4


@pytest.mark.parametrize(
    ("blank", "unseen", "found"),
    [(0, 4, False), (0, 5, None), (3, 1, False), (3, 4, None), (4, 1, None), (4, 0, False)],
)
def test_a_line_is_clean_only_where_the_unknown_could_not_reach_it(
    blank: int, unseen: int, found: bool | None
) -> None:
    judged = judgement(*FINE, *blanks(blank), *missed(unseen))
    stand = by_id(judged)["A4c"]
    assert stand.found is found
    if unseen:
        assert f"有{unseen}个栏目未能检查或打不开" in stand.why


def test_a_doubt_counts_once_a_person_confirmed_it() -> None:
    judged = judgement(*FINE, NEWS)
    doubt = finding("F004", Severity.GENERAL, doubtful=True)
    assert by_id(judged, doubt)["B24"].found is True
    asked = by_id(judged, replace(doubt, state=State.SUSPECTED))["B24"]
    assert asked.found is None
    assert "不作结论" in asked.why


def test_a_rule_that_looked_at_lists_once_outweighs_the_plain_count() -> None:
    judged = judgement(*FINE, *missed(6), clears=(Clear("F011", "全站"),))
    assert by_id(judged)["A4c"].found is False


def test_a_reached_line_is_found_and_waits_for_a_person() -> None:
    claim = Claim("F011", "全站", "空白栏目共5个。", Severity.SEVERE, "", count=5)
    judged = judgement(*FINE, *blanks(5), claims=(claim,))
    one = finding("F011", count=5, message="空白栏目共5个。")
    waiting = by_id(judged, one)["A4c"]
    assert (waiting.found, waiting.decided) == (True, False)
    counted = by_id(judged, replace(one, veto=True))["A4c"]
    assert (counted.found, counted.decided) == (True, True)
    spared = by_id(judged, replace(one, veto=False))["A4c"]
    assert spared.found is False
    assert "人工复核" in spared.why
    for state in (State.ACCEPTED, State.SUSPECTED):
        assert by_id(judged, replace(one, state=state))["A4c"].found is None
    assert by_id(judged, replace(one, in_report=False))["A4c"].found is None
    assert by_id(judged, replace(one, state=State.DISMISSED))["A4c"].found is False


def test_an_old_dismissal_does_not_speak_for_what_was_not_read() -> None:
    old = finding("F006", state=State.DISMISSED, last_seen=date(2026, 1, 1))
    assert by_id(judgement(*FINE), old)["A3"].found is None


def test_a_warning_line_is_not_the_line() -> None:
    claim = Claim("F011", "全站", "空白栏目共3个。", Severity.GENERAL, "", count=3)
    judged = judgement(*FINE, *blanks(3), claims=(claim,))
    stand = by_id(judged, finding("F011", Severity.GENERAL, count=3))["A4c"]
    assert stand.found is False
    assert "已查出3个" in stand.why


def test_grave_wording_is_left_to_a_person() -> None:
    cards = (RuleCard("T101", "固定表述写错", 1, Severity.SEVERE, ""),)
    texts = TextTally(10, 2000, 3, (Unchecked("加密", 2, ()),))
    judged = judgement(*FINE, cards=cards, texts=texts)
    none = by_id(judged)["A1a"]
    assert none.found is None
    assert "10个页面" in none.why
    assert "2个附件没有读到" in none.why
    one = finding("T101")
    waiting = by_id(judged, one)["A1a"]
    assert (waiting.found, waiting.decided) == (None, False)
    assert waiting.evidence == ("发现了问题。（http://portal.example/a）",)
    assert by_id(judged, replace(one, veto=True))["A1a"].found is True
    assert by_id(judged, replace(one, veto=False))["A1a"].found is None


@pytest.mark.parametrize(
    ("code", "row"),
    [("T301", "A1a"), ("P001", "A1e"), ("F003", "A4c"), ("T601", "A0"), ("V109", "A0")],
)
def test_a_person_makes_any_finding_a_veto(code: str, row: str) -> None:
    one = finding(code, Severity.GENERAL, veto=True)
    stand = by_id(judgement(*FINE), one)[row]
    assert (stand.found, stand.decided, stand.fingerprints) == (True, True, (one.fingerprint,))


def test_the_home_page_is_clean_only_where_it_was_read() -> None:
    assert by_id(judgement(*FINE))["A3"].found is None
    assert by_id(judgement(*FINE, clears=(Clear("F006", "首页"),)))["A3"].found is False


def test_deductions_speak_of_their_own_columns() -> None:
    late = column("区政务动态", Verdict.OVERDUE, date(2026, 1, 2))
    policy = column("政策文件", Verdict.ON_TIME, DAY)
    judged = judgement(late, policy)
    found = by_id(judged, finding("F002", Severity.GENERAL, subject="区政务动态"))
    assert (found["B4"].found, found["B5"].found) == (True, False)
    assert found["B5"].points == "扣5分"
    assert by_id(judgement(*FINE))["B4"].found is None
    assert by_id(judgement(column("政策文件", Verdict.NOT_CHECKED)))["B5"].found is None


def test_other_columns_are_clean_only_where_all_were_read() -> None:
    assert by_id(judgement(*FINE))["B10"].found is False
    assert by_id(judgement(*FINE, *missed(1)))["B10"].found is None
    assert by_id(judgement())["B10"].found is None
    assert by_id(judgement(*FINE), finding("F003", Severity.GENERAL))["B10"].found is True


def test_long_evidence_is_counted() -> None:
    many = [finding("F003", Severity.GENERAL, fingerprint=f"f{n}") for n in range(9)]
    assert by_id(judgement(*FINE), *many)["B10"].evidence[-1] == "以上为其中5个，共9个。"


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('looks = "home"', 'looks = "hoem"', "A3 的 looks"),
        ('clause = "A4c"', 'clause = "A9"', "A9"),
        ('clause = "A4c"', 'clause = "A3"', "count 和 warn"),
        ('class = "news"', 'class = "nothing"', "nothing"),
        ('id = "A1b"', 'id = "A1a"', "A1a 写了两次"),
        ('source = "recalled"', 'source = "heard"', "没有在文件开头列出"),
        ('standard = "zhibiao"', 'standard = "zhibiao2"', "没有列出"),
    ],
)
def test_a_fault_in_the_data_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    folder = Path(str(resources.files("rules"))) / "data"
    for name in ("checklist.toml", "indicators.toml"):
        shutil.copy(folder / name, tmp_path / name)
    file = tmp_path / "checklist.toml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes), "utf-8")
    with pytest.raises(RuleError, match=says):
        read_rows(tmp_path, standards())


def test_what_a_vendor_tells_is_no_finding_of_ours_but_leaves_no_row_clean() -> None:
    told = finding("V103", Severity.GENERAL, message="监测单位通报：栏目“甲”未更新。")
    row = by_id(judgement(*FINE), told)["B10"]
    assert row.found is None
    assert "监测单位通报的1个问题尚未解决" in row.why
    assert row.fingerprints == (told.fingerprint,)
    mended = replace(told, state=State.RESOLVED)
    assert by_id(judgement(*FINE), mended)["B10"].found is False
