"""What the nightly page tells of reviews that have come to their end."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ledger.clock import ZONE
from ledger.findings import Finding
from ledger.reviews import Review
from ledger.words import ReviewWord, State
from reports import PaperCase, PaperError, load
from reports.changes import changes

NIGHTLY = load()["nightly"]
EVIL = "<script>alert(1)</script>"


def _finding(case: PaperCase, state: State, number: int = 0, **more: Any) -> Finding:
    found = [f for f in case.findings if f.state is State.CONFIRMED]
    return replace(found[number], state=state, **more)


def _with(case: PaperCase, *findings: Finding, before: State, **more: Any) -> PaperCase:
    marks = {finding.fingerprint for finding in findings}
    rest = [f for f in case.findings if f.fingerprint not in marks]
    earlier = [f for f in case.previous_findings if f.fingerprint not in marks]
    return replace(
        case,
        findings=(*rest, *findings),
        previous_findings=(*earlier, *(replace(f, state=before) for f in findings)),
        **more,
    )


def _said(case: PaperCase, finding: Finding, word: ReviewWord, **more: Any) -> Review:
    day = case.judgement.as_of - timedelta(days=30)
    at = datetime(2026, 3, 1, 9, tzinfo=ZONE)
    return Review(case.site.key, finding.fingerprint, word, at, day, "张三", **more)


def _html(case: PaperCase) -> str:
    return NIGHTLY.render(NIGHTLY.build(case), "html").decode()


def test_without_any_there_is_no_section(case: PaperCase) -> None:
    model = NIGHTLY.build(case)
    assert model["reviews"]["sentence"] == ""
    assert "复核提醒" not in _html(case)


def test_an_acceptance_that_is_over_is_told_and_counts_as_a_change(case: PaperCase) -> None:
    until = case.judgement.as_of - timedelta(days=1)
    back = _finding(case, State.CONFIRMED)
    said = _said(case, back, ReviewWord.ACCEPTED, until=until, note=EVIL)
    over = _with(case, back, before=State.ACCEPTED, reviews=(said,))
    told = NIGHTLY.build(over)["reviews"]
    assert told["sentence"] == "暂予保留已到期、重新计入的问题 1 个。"
    [row] = told["run_out"]
    assert (row["fingerprint"], row["until"], row["by"]) == (back.fingerprint, str(until), "张三")
    returned = changes(over)["returned"]
    assert [one["fingerprint"] for one in returned] == [back.fingerprint]
    assert "重新计入的问题 1 个" in changes(over)["headline"]
    page = _html(over)
    assert f'<a class="goto" href="#f-{back.fingerprint}">' in page
    assert f"暂予保留已于 {until} 到期" in page
    assert EVIL not in page


def test_a_dismissal_that_matches_nothing_is_told_once_and_then_counted(case: PaperCase) -> None:
    assert case.previous is not None
    fresh = _finding(case, State.DISMISSED, resolved_on=case.judgement.as_of)
    old = _finding(case, State.DISMISSED, 1, resolved_on=case.previous.as_of)
    words = [_said(case, one, ReviewWord.DISMISSED) for one in (fresh, old)]
    over = _with(case, fresh, old, before=State.DISMISSED, reviews=tuple(words))
    over = replace(
        over,
        previous_findings=tuple(
            replace(f, resolved_on=None) if f.fingerprint == fresh.fingerprint else f
            for f in over.previous_findings
        ),
    )
    told = NIGHTLY.build(over)["reviews"]
    assert [row["fingerprint"] for row in told["unmatched"]] == [fresh.fingerprint]
    assert told["sentence"] == "新近不再命中的误报 1 条，以前就不再命中的误报 1 条。"
    page = _html(over)
    assert f"在 {case.judgement.as_of} 的检查中已不再出现" in page
    assert f'href="#f-{fresh.fingerprint}"' not in page


def test_a_dismissed_fault_taken_up_again_is_not_solved(case: PaperCase) -> None:
    mended = _finding(case, State.RESOLVED, resolved_on=case.judgement.as_of)
    told = changes(_with(case, mended, before=State.DISMISSED))
    assert mended.fingerprint not in {row["fingerprint"] for row in told["resolved"]}
    told = changes(_with(case, mended, before=State.ACCEPTED))
    assert mended.fingerprint in {row["fingerprint"] for row in told["resolved"]}


def test_a_sentence_that_miscounts_is_refused(case: PaperCase) -> None:
    model = copy.deepcopy(NIGHTLY.build(case))
    model["reviews"]["unmatched_before"] = 2
    with pytest.raises(PaperError, match="复核提醒"):
        NIGHTLY.render(model, "html")
