"""Clues (核查线索): what only asks a person to look is told apart from what is wrong."""

from __future__ import annotations

from dataclasses import replace

from ledger.words import State
from reports import PaperCase, load
from reports.changes import changes, is_clue
from reports.problems import problem_totals, problems

CLUE = "00000000000c1e00"
ASIDE = "00000000000c1e01"


def test_clues_are_listed_after_the_problems_and_counted_apart(
    case: PaperCase, clued: PaperCase
) -> None:
    plain, rows = problems(case), problems(clued)
    assert [r for r in rows if not r["clue"]] == plain
    [clue] = [r for r in rows if r["clue"]]
    assert clue["fingerprint"] == CLUE
    still_open = [r["fingerprint"] for r in rows if r["state"] != "resolved"]
    assert still_open[-1] == CLUE
    assert problem_totals(rows) == {**problem_totals(plain), "clues": 1}


def test_a_new_clue_is_no_new_problem_and_one_laid_aside_is_none_solved(
    case: PaperCase, clued: PaperCase
) -> None:
    before, now = changes(case), changes(clued)
    assert [row["fingerprint"] for row in now["new_clues"]] == [CLUE]
    for group in ("new_findings", "recurred", "resolved", "confirmed"):
        assert now[group] == before[group]
    assert "新增核查线索 1 条" in now["headline"]
    assert before["new_clues"] == []


def test_a_clue_that_comes_again_is_a_clue_again(clued: PaperCase) -> None:
    again = [
        replace(f, state=State.SUSPECTED, resolved_on=None) if f.fingerprint == ASIDE else f
        for f in clued.findings
    ]
    earlier = [
        replace(f, state=State.RESOLVED) if f.fingerprint == ASIDE else f
        for f in clued.previous_findings
    ]
    told = changes(replace(clued, findings=tuple(again), previous_findings=tuple(earlier)))
    assert {row["fingerprint"] for row in told["new_clues"]} == {CLUE, ASIDE}
    assert told["recurred"] == changes(clued)["recurred"]


def test_the_page_heads_clues_as_clues(case: PaperCase, clued: PaperCase) -> None:
    paper = load()["nightly"]
    page = paper.render(paper.build(clued), "html").decode()
    assert page.count('<h2 id="clues">核查线索') == 1
    assert page.index('id="clues"') < page.index(f'id="f-{CLUE}"') < page.index("本次解决的问题")
    assert "不计入问题" in page
    assert "由人确认" in page
    assert "<script>document" not in page
    assert 'id="clues"' not in paper.render(paper.build(case), "html").decode()


def test_a_clue_that_a_person_found_true_is_a_fault_like_any_other(case: PaperCase) -> None:
    doubt = replace(case.findings[0], code="T301", doubtful=True, confirmed_on=None)
    assert is_clue(doubt, frozenset())
    assert is_clue(replace(doubt, doubtful=False), frozenset({"T301"}))
    assert not is_clue(replace(doubt, confirmed_on=case.judgement.as_of), frozenset({"T301"}))
