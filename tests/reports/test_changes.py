from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger.words import State, Verdict
from reports import PaperCase
from reports.changes import FIRST, NOTHING, changes


def _paths(rows: list[dict[str, Any]]) -> list[str]:
    return [row["path"][-1] for row in rows]


def _unchanged(case: PaperCase) -> PaperCase:
    earlier = replace(case.judgement, run_id=41, as_of=case.judgement.as_of - timedelta(days=1))
    return replace(case, previous=earlier, previous_findings=case.findings, new_items=0)


def test_each_turn_stands_in_its_group(case: PaperCase) -> None:
    found = changes(case)
    assert found["since"] == "2026-03-19"
    assert _paths(found["worse"]) == ["区政务要闻"]
    assert (found["worse"][0]["from_word"], found["worse"][0]["to_word"]) == ("正常", "逾期")
    assert _paths(found["recovered"]) == ["统计信息"]
    assert _paths(found["lost"]) == ["义务教育"]
    assert _paths(found["added"]) == ["走进沙河"]
    assert _paths(found["removed"]) == ["旧栏目"]
    assert _paths(found["updated"]) == ["国务院要闻", "统计信息"]
    assert [row["subject"] for row in found["new_findings"]] == ["首页 > 区政务要闻"]
    assert [row["subject"] for row in found["recurred"]] == ["政务公开 > 重点领域 > 疫情防控"]
    assert [row["subject"] for row in found["resolved"]] == ["政务公开 > 法定公开内容 > 统计信息"]
    assert found["headline"] == (
        "新发现 1 个问题栏目，1 个栏目恢复正常，1 个栏目这次未能检查，新增问题 1 个，"
        "再次出现的问题 1 个，已解决的问题 1 个，栏目表新增 1 个栏目，栏目表减少 1 个栏目，"
        "新增信息 17 条"
    )


def test_a_second_night_without_change_says_exactly_so(case: PaperCase) -> None:
    found = changes(_unchanged(case))
    assert found["headline"] == NOTHING == "无变化"
    assert found["changed"] is False


def test_a_suspicion_confirmed_is_no_change_of_the_portal(case: PaperCase) -> None:
    quiet = _unchanged(case)
    first = quiet.findings[0]
    before = (replace(first, state=State.SUSPECTED), *quiet.findings[1:])
    found = changes(replace(quiet, previous_findings=before))
    assert found["headline"] == "无变化"
    assert [row["fingerprint"] for row in found["confirmed"]] == [first.fingerprint]


def test_other_rules_are_named_as_a_possible_cause(case: PaperCase) -> None:
    assert changes(case)["rules_changed"] is False
    other = replace(case.judgement, rule_set="other")
    assert changes(replace(case, judgement=other))["rules_changed"] is True


def test_the_first_inspection_claims_nothing_new(case: PaperCase) -> None:
    found = changes(replace(case, previous=None, previous_findings=(), new_items=None))
    assert found["headline"] == FIRST
    assert found["changed"] is None
    assert not any(found[name] for name in ("worse", "recovered", "new_findings", "added"))


def test_new_items_alone_are_a_change(case: PaperCase) -> None:
    found = changes(replace(_unchanged(case), new_items=3))
    assert found["headline"] == "新增信息 3 条"


def test_a_column_that_could_not_be_checked_has_no_moved_date(case: PaperCase) -> None:
    quiet = _unchanged(case)
    verdicts = list(quiet.judgement.verdicts)
    lost = replace(verdicts[0], verdict=Verdict.NOT_CHECKED, last_updated=None)
    found = changes(
        replace(quiet, judgement=replace(quiet.judgement, verdicts=(lost, *verdicts[1:])))
    )
    assert _paths(found["lost"]) == ["国务院要闻"]
    assert found["updated"] == []
    assert found["headline"] == "1 个栏目这次未能检查"


def test_a_column_checked_again_and_bad_counts_as_found(case: PaperCase) -> None:
    quiet = _unchanged(case)
    assert quiet.previous is not None
    verdicts = list(quiet.previous.verdicts)
    verdicts[1] = replace(verdicts[1], verdict=Verdict.NOT_CHECKED)
    verdicts[0] = replace(verdicts[0], verdict=Verdict.NOT_CHECKED)
    found = changes(replace(quiet, previous=replace(quiet.previous, verdicts=tuple(verdicts))))
    assert _paths(found["worse"]) == ["区政务要闻"]
    assert _paths(found["regained"]) == ["国务院要闻"]


def test_a_later_publication_without_new_items_is_told(case: PaperCase) -> None:
    quiet = _unchanged(case)
    assert quiet.previous is not None
    old = replace(quiet.previous.verdicts[0], last_updated=date(2026, 3, 1))
    found = changes(
        replace(
            quiet,
            previous=replace(quiet.previous, verdicts=(old, *quiet.previous.verdicts[1:])),
        )
    )
    assert found["headline"] == "1 个栏目的最近更新日期有变化"
