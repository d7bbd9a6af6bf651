from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.findings import ColumnPeriods, ColumnVerdict, PeriodCount
from ledger.site import FreshnessPolicy
from ledger.words import Frequency, Outcome, Verdict
from reports import PaperCase, PaperError, load

Golden = Callable[[str, dict[str, Any]], None]
Make = Callable[..., ColumnVerdict]


def _with(case: PaperCase, *verdicts: ColumnVerdict, **more: Any) -> PaperCase:
    judgement = replace(case.judgement, verdicts=verdicts)
    return replace(case, judgement=judgement, findings=(), readings={}, **more)


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_the_model_is_the_reviewed_one(name: str, case: PaperCase, golden: Golden) -> None:
    golden(f"{name}.json", load()[name].build(case))


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_the_same_case_gives_the_same_bytes(name: str, case: PaperCase) -> None:
    paper = load()[name]
    for form in paper.formats:
        assert paper.render(paper.build(case), form) == paper.render(paper.build(case), form)


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_every_format_can_be_made_from_the_stored_json(name: str, case: PaperCase) -> None:
    paper = load()[name]
    model = paper.build(case)
    stored = json.loads(paper.render(model, "json"))
    assert stored == model
    for form in paper.formats:
        assert paper.render(stored, form) == paper.render(model, form)


def _miscount(model: dict[str, Any]) -> None:
    model["totals"]["by_verdict"]["overdue"] += 1


def _misplace(model: dict[str, Any]) -> None:
    model["units"][0]["problems"].pop()


def _misspeak(model: dict[str, Any]) -> None:
    model["summary"] = "全部正常。"


def _hide(model: dict[str, Any]) -> None:
    model["not_checked"].pop()


def _renumber(model: dict[str, Any]) -> None:
    model["columns"][0]["no"] = 99


@pytest.mark.parametrize("name", ["nightly", "month"])
@pytest.mark.parametrize("spoil", [_miscount, _misplace, _misspeak, _hide, _renumber])
def test_counts_that_differ_from_the_rows_are_refused(
    name: str, spoil: Callable[[dict[str, Any]], None], case: PaperCase
) -> None:
    paper = load()[name]
    model = copy.deepcopy(paper.build(case))
    spoil(model)
    for form in paper.formats:
        with pytest.raises(PaperError, match="报表自检未通过"):
            paper.render(model, form)


def test_finding_counts_are_checked_too(case: PaperCase) -> None:
    paper = load()["nightly"]
    model = paper.build(case)
    model["findings"].pop()
    with pytest.raises(PaperError, match="问题合计"):
        paper.render(model, "html")


def test_missed_periods_are_checked_too(case: PaperCase) -> None:
    paper = load()["month"]
    model = paper.build(case)
    model["gaps"]["missed"] += 1
    with pytest.raises(PaperError, match="缺更合计"):
        paper.render(model, "xlsx")


def test_the_totals_sentence_counts_the_rows(case: PaperCase) -> None:
    model = load()["nightly"].build(case)
    assert model["summary"] == (
        "栏目表共 21 个栏目：逾期 5 个、空白 2 个、打不开 1 个、链接失效 1 个、未检查 4 个、"
        "正常 5 个（其中临近 1 个）、按需 2 个、链接正常 1 个。"
    )


def test_problems_stand_under_every_responsible_unit(case: PaperCase) -> None:
    units = {unit["unit"]: unit for unit in load()["nightly"].build(case)["units"]}
    assert units["区发改委"]["problems"] == units["区住建局"]["problems"] == [11]
    assert units["（未填责任单位）"]["problems"] == [8]
    assert units["区卫健委"]["problems"] == [9, 14]


def test_what_was_not_checked_carries_reason_and_remedy(case: PaperCase) -> None:
    groups = load()["nightly"].build(case)["not_checked"]
    assert [(group["reason"], group["columns"]) for group in groups] == [
        ("timeout", [15, 17]),
        ("blocked", [16]),
        ("excluded", [18]),
    ]
    assert all(group["advice"] for group in groups)


def test_old_solved_findings_stay_out_and_fresh_ones_are_marked(case: PaperCase) -> None:
    findings = load()["nightly"].build(case)["findings"]
    prints = [finding["fingerprint"] for finding in findings]
    assert f"{901:016x}" not in prints
    assert prints[-1] == f"{900:016x}"
    assert [f["subject"] for f in findings if f["new"]] == ["首页 > 区政务要闻"]
    many = next(finding for finding in findings if finding["count"] == 14)
    assert len(many["places"]) == 10


@pytest.mark.parametrize("name", ["nightly", "month"])
def test_a_site_without_columns_still_has_its_papers(name: str, case: PaperCase) -> None:
    paper = load()[name]
    model = paper.build(_with(case, periods=(), previous=None))
    assert model["summary"] == "栏目表中没有栏目，没有可巡查的内容。"
    for form in paper.formats:
        assert paper.render(model, form)


def test_a_run_that_saw_little_says_so(case: PaperCase, make: Make) -> None:
    blind = make("甲", Verdict.NOT_CHECKED, reason=Outcome.DNS)
    run = replace(case.run, state="failed", finished=None, note="磁盘已满。")
    model = load()["nightly"].build(_with(case, blind, run=run))
    assert model["notices"] == [
        "本次巡查中断，以下只包含已经取得的部分。",
        "磁盘已满。",
        "1 个栏目中有 1 个未能检查，本表不能代表网站的整体情况。",
    ]
    assert load()["nightly"].render(model, "html")


def test_a_day_judged_later_says_when_it_was_seen(case: PaperCase) -> None:
    judgement = replace(case.judgement, as_of=date(2026, 3, 10))
    notices = load()["nightly"].build(replace(case, judgement=judgement))["notices"]
    assert "巡查在 2026-03-20 进行，本表按基准日 2026-03-10 判定。" in notices


def test_limits_show_the_days_used_or_the_calendar(case: PaperCase) -> None:
    rolling = load()["nightly"].build(case)["judged"]["limits"]
    assert {limit["frequency"]: limit["days"] for limit in rolling}["monthly"] == [31]
    site = replace(case.site, freshness=FreshnessPolicy("calendar", {Frequency.WEEKLY: 7}))
    limits = load()["nightly"].build(replace(case, site=site))["judged"]["limits"]
    shown = {limit["frequency"]: (limit["calendar"], limit["days"]) for limit in limits}
    assert shown["monthly"] == (True, [])
    assert shown["weekly"] == (False, [7])
    assert shown["timely"] == (False, [])


def test_commands_quote_a_folder_with_a_space(case: PaperCase) -> None:
    site = replace(case.site, folder=case.site.folder / "沙河 区")
    commands = load()["month"].build(replace(case, site=site))["reproduce"]
    assert commands[1] == (
        "xuncha report month 'sites/shahe/沙河 区' --as-of 2026-03-20 --month 2026-03"
    )


def test_the_month_paper_needs_its_month(case: PaperCase) -> None:
    with pytest.raises(PaperError, match="--month YYYY-MM"):
        load()["month"].build(replace(case, month=None))


def _weeks(path: tuple[str, ...], *counts: int | None) -> ColumnPeriods:
    first = date(2026, 3, 2)
    return ColumnPeriods(
        path,
        tuple(
            PeriodCount(
                "",
                first + timedelta(days=7 * n),
                first + timedelta(days=7 * n + 6),
                count,
                first + timedelta(days=7 * n + 6) <= date(2026, 3, 20),
            )
            for n, count in enumerate(counts)
        ),
    )


def test_periods_are_worded_by_the_judged_day(case: PaperCase, make: Make) -> None:
    late = make("周", Verdict.OVERDUE, Frequency.WEEKLY, date(2026, 3, 6))
    model = load()["month"].build(_with(case, late, periods=(_weeks(("周",), 4, 0, 0, 0),)))
    [row] = model["columns"]
    assert row["periods_words"] == (
        "3月2日—3月8日：4条；3月9日—3月15日：0条（缺更）；3月16日—3月22日：0条（本期未满）"
    )
    assert row["missed"] == 1
    assert model["gaps_words"] == "各期中缺更 1 期，涉及 1 个栏目。"


def test_periods_not_read_are_never_counted_as_missing(case: PaperCase, make: Make) -> None:
    seen = make("周", Verdict.ON_TIME, Frequency.WEEKLY, date(2026, 3, 18))
    model = load()["month"].build(_with(case, seen, periods=(_weeks(("周",), None, 2),)))
    [row] = model["columns"]
    assert row["periods_words"].startswith("3月2日—3月8日：未读到；")
    assert (row["missed"], row["unread"]) == (0, 1)
    assert "1 期未读到，不计缺更" in row["remark"]


def test_an_unchecked_column_misses_nothing_and_a_jump_has_no_periods(
    case: PaperCase, make: Make
) -> None:
    unseen = make("未", Verdict.NOT_CHECKED, Frequency.WEEKLY, reason=Outcome.TIMEOUT)
    jump = make("跳", Verdict.JUMP_OK, Frequency.JUMP)
    case = _with(case, unseen, jump, periods=(_weeks(("未",), 0, 0), _weeks(("跳",), None)))
    first, second = load()["month"].build(case)["columns"]
    assert first["missed"] is None
    assert "缺更" not in first["periods_words"]
    assert first["word"] == "未检查"
    assert second["periods"] == []


def test_a_column_without_a_limit_is_counted_but_misses_nothing(
    case: PaperCase, make: Make
) -> None:
    free = make("适", Verdict.AS_NEEDED, Frequency.TIMELY, date(2025, 1, 1))
    month = PeriodCount("2026年2月", date(2026, 2, 1), date(2026, 2, 28), 0, False)
    model = load()["month"].build(_with(case, free, periods=(ColumnPeriods(("适",), (month,)),)))
    [row] = model["columns"]
    assert row["periods_words"] == "2026年2月：0条"
    assert row["missed"] is None
    assert model["gaps_words"] == "没有可按期统计的栏目。"


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (date(2026, 3, 20), "本月尚未结束，本表截至 2026-03-20。"),
        (date(2026, 3, 31), None),
        (date(2026, 4, 2), "本表的结论与已过天数按基准日 2026-04-02 计算，晚于本月最后一天。"),
    ],
)
def test_the_month_says_how_far_it_reaches(as_of: date, said: str | None, case: PaperCase) -> None:
    run = replace(case.run, as_of=as_of)
    judgement = replace(case.judgement, as_of=as_of, verdicts=case.judgement.verdicts[:1])
    model = load()["month"].build(
        replace(case, run=run, judgement=judgement, periods=(), findings=())
    )
    assert model["notices"] == ([said] if said else [])


def test_five_levels_get_a_column_and_deeper_ones_keep_their_tail(
    case: PaperCase, make: Make
) -> None:
    paper = load()["month"]
    five = paper.build(_with(case, make("一/二/三/四/五", Verdict.BLANK), periods=()))
    assert five["levels"][-1] == "五级栏目"
    six = paper.build(_with(case, make("一/二/三/四/五/六", Verdict.BLANK), periods=()))
    assert len(six["levels"]) == 5
    assert "五 › 六" in paper.render(six, "html").decode()
