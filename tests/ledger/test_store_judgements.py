"""Judgements kept whole, and the findings that follow from them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from ledger.findings import Evidence, Place
from ledger.life import fingerprint
from ledger.schema import claims, clears
from ledger.store import LedgerError
from ledger.words import Outcome, Severity, State, Verdict

START = date(2026, 3, 1)


def day(number):
    return START + timedelta(days=number)


@pytest.fixture
def night(ledger, make):
    """Judge a new run: names that fired, names that were clear."""

    def judge(number, fired=(), clear=(), **more):
        run_id = make.run(ledger, day(number))
        judgement = make.judgement(
            run_id,
            day(number),
            tuple(make.claim(name, f"逾期 {number} 天") for name in fired),
            tuple(make.clear(name) for name in clear),
            **more,
        )
        ledger.save_judgement(judgement)
        return judgement

    return judge


def states(ledger, as_of=None):
    return {f.subject.split(" > ")[1]: f.state for f in ledger.findings("wuerhe", as_of)}


def rows(ledger, table):
    with ledger._database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_judgement_comes_back_equal(ledger, make):
    run_id = make.run(ledger)
    verdict = replace(
        make.verdict("公示"),
        verdict=Verdict.NOT_CHECKED,
        reason=Outcome.BLOCKED,
        last_updated=None,
        evidence=Evidence("http://demo.test/", "403", "list"),
    )
    claim = make.claim(places=(Place("http://demo.test/", "摘录"),), count=7, unit="区统计局")
    whole = make.judgement(run_id, make.day, (claim, make.claim("公示")), (make.clear("别的"),))
    whole = replace(whole, verdicts=(verdict, make.verdict("动态")))
    ledger.save_judgement(whole)
    assert ledger.judgement(run_id, make.day) == whole
    assert ledger.newest_judgement("wuerhe") == whole
    assert ledger.judgement(run_id, make.day + timedelta(days=1)) is None
    assert ledger.newest_judgement("wuerhe", make.day - timedelta(days=1)) is None


def test_judging_again_overwrites(ledger, make):
    run_id = make.run(ledger)
    ledger.save_judgement(make.judgement(run_id, make.day, (make.claim(), make.claim("公示"))))
    again = make.judgement(run_id, make.day, (make.claim("公示"),), (make.clear(),))
    ledger.save_judgement(again)
    assert ledger.judgement(run_id, make.day) == again
    assert states(ledger) == {"公示": State.SUSPECTED}


def test_newest_and_previous(ledger, make):
    first, second = make.run(ledger, day(0)), make.run(ledger, day(0))
    third = make.run(ledger, day(5))
    for run_id, number in ((first, 0), (second, 0), (third, 5), (third, 6)):
        ledger.save_judgement(make.judgement(run_id, day(number)))
    newest = ledger.newest_judgement("wuerhe")
    assert (newest.run_id, newest.as_of) == (third, day(6))
    assert ledger.newest_judgement("wuerhe", day(4)).run_id == second
    before = ledger.previous_judgement(newest)
    assert (before.run_id, before.as_of) == (second, day(0))
    assert ledger.previous_judgement(before).run_id == first
    assert ledger.previous_judgement(ledger.judgement(first, day(0))) is None


def test_a_judgement_needs_its_run(ledger, make):
    with pytest.raises(LedgerError, match="没有第 9 次巡查"):
        ledger.save_judgement(make.judgement(9, make.day))
    run_id = make.run(ledger, site="elsewhere")
    with pytest.raises(LedgerError, match="属于站点 elsewhere"):
        ledger.save_judgement(make.judgement(run_id, make.day))


def test_a_finding_lives_through_nights(ledger, night):
    expected = [
        (("动态",), (), State.SUSPECTED),
        ((), (), State.SUSPECTED),
        (("动态",), (), State.CONFIRMED),
        ((), ("动态",), State.RESOLVED),
        (("动态",), (), State.RECURRED),
    ]
    for number, (fired, clear, state) in enumerate(expected):
        night(number, fired, clear)
        assert states(ledger)["动态"] is state
    for number, (_, _, state) in enumerate(expected):
        assert states(ledger, day(number))["动态"] is state
    assert ledger.findings("wuerhe", day(-1)) == []


def test_a_finding_tells_its_last_claim_and_its_days(ledger, make, night):
    night(0, ["动态"])
    night(3, ["动态"])
    [open_one] = ledger.findings("wuerhe")
    mark = fingerprint("wuerhe", "C1", "政务公开 > 动态")
    assert (open_one.fingerprint, open_one.name) == (mark, "栏目逾期")
    assert (open_one.first_seen, open_one.last_seen) == (day(0), day(3))
    assert open_one.message == "逾期 3 天"
    assert open_one.resolved_on is None
    night(5, [], ["动态"])
    [closed] = ledger.findings("wuerhe")
    assert (closed.last_seen, closed.resolved_on) == (day(3), day(5))
    assert closed.message == "逾期 3 天"


def test_the_same_run_judged_on_several_days_confirms_nothing(ledger, make):
    run_id = make.run(ledger, day(0))
    for number in range(4):
        ledger.save_judgement(make.judgement(run_id, day(number), (make.claim(),)))
    assert states(ledger) == {"动态": State.SUSPECTED}
    other = make.run(ledger, day(4))
    ledger.save_judgement(make.judgement(other, day(4), (make.claim(),)))
    assert states(ledger) == {"动态": State.CONFIRMED}


def test_clears_cost_a_row_only_once_a_fingerprint_has_fired(ledger, night):
    for number in range(3):
        night(number, [], ["动态", "公示"])
    assert rows(ledger, clears) == 0
    night(3, ["动态"], ["公示"])
    night(4, [], ["动态", "公示"])
    assert (rows(ledger, claims), rows(ledger, clears)) == (1, 1)


def test_a_claim_of_an_earlier_day_finds_the_clears_that_came_after(ledger, make, night):
    night(5, [], ["动态"])
    night(6, [], ["动态"])
    night(2, ["动态"])
    [finding] = ledger.findings("wuerhe")
    assert (finding.state, finding.resolved_on) == (State.RESOLVED, day(5))
    assert states(ledger, day(4)) == {"动态": State.SUSPECTED}


def test_judging_a_past_day_again_rewrites_history_from_there(ledger, make, night):
    first = night(0, ["动态"])
    night(1, [], ["动态"])
    cleared = make.judgement(first.run_id, day(0), (), (make.clear(),))
    ledger.save_judgement(cleared)
    assert ledger.findings("wuerhe") == []
    night(2, [], ["动态"])
    ledger.save_judgement(first)
    [finding] = ledger.findings("wuerhe")
    assert (finding.state, finding.resolved_on) == (State.RESOLVED, day(1))


def test_a_column_taken_off_the_roster_is_resolved(ledger, night):
    night(0, ["动态", "公示"])
    night(1, ["动态", "公示"])
    night(2, ["公示"], names=("公示",))
    assert states(ledger) == {"动态": State.RESOLVED, "公示": State.CONFIRMED}
    night(3, ["动态"])
    assert states(ledger)["动态"] is State.RECURRED


def test_an_address_is_not_resolved_by_the_roster(ledger, make):
    for number in range(2):
        run_id = make.run(ledger, day(number))
        claim = replace(make.claim(), subject="http://demo.test/gone")
        found = (claim,) if number == 0 else ()
        ledger.save_judgement(make.judgement(run_id, day(number), found))
    [finding] = ledger.findings("wuerhe")
    assert finding.state is State.SUSPECTED


def test_claims_of_one_thing_are_one_finding(ledger, make):
    run_id = make.run(ledger)
    light = make.claim(places=(Place("http://a/", "a"),), count=1, severity=Severity.LIGHT)
    grave = make.claim(places=(Place("http://b/", "b"),), count=2, severity=Severity.SEVERE)
    ledger.save_judgement(make.judgement(run_id, make.day, (light, grave)))
    [finding] = ledger.findings("wuerhe")
    assert (finding.severity, finding.count) == (Severity.SEVERE, 3)
    assert [place.excerpt for place in finding.places] == ["a", "b"]
    assert len(ledger.judgement(run_id, make.day).claims) == 2


def test_terms_part_findings_of_one_subject(ledger, make):
    run_id = make.run(ledger)
    found = (make.claim(term="甲"), make.claim(term="乙"))
    ledger.save_judgement(make.judgement(run_id, make.day, found))
    assert len(ledger.findings("wuerhe")) == 2


def test_the_newest_card_names_and_confirms(ledger, make, night):
    night(0, ["动态"], cards=(make.card(confirm_after=3),))
    night(1, ["动态"], cards=(make.card(confirm_after=3),))
    assert states(ledger) == {"动态": State.SUSPECTED}
    night(2, [], cards=(replace(make.card(confirm_after=1), name="新名"),))
    [finding] = ledger.findings("wuerhe")
    assert (finding.name, finding.state) == ("新名", State.CONFIRMED)


def test_a_rule_without_a_card_confirms_at_once_under_its_code(ledger, night):
    night(0, ["动态"], cards=())
    [finding] = ledger.findings("wuerhe")
    assert (finding.name, finding.state) == ("C1", State.CONFIRMED)


def test_the_gravest_comes_first(ledger, make):
    run_id = make.run(ledger)
    found = (
        make.claim("公示", severity=Severity.LIGHT),
        make.claim("动态", severity=Severity.LIGHT),
        make.claim("别的", severity=Severity.SEVERE),
    )
    ledger.save_judgement(make.judgement(run_id, make.day, found))
    shown = [finding.subject for finding in ledger.findings("wuerhe")]
    assert shown == ["政务公开 > 别的", "政务公开 > 公示", "政务公开 > 动态"]


def test_findings_of_sites_stay_apart(ledger, make, night):
    night(0, ["动态"])
    run_id = make.run(ledger, site="elsewhere")
    other = replace(make.judgement(run_id, make.day, (make.claim(),)), site="elsewhere")
    ledger.save_judgement(other)
    [here], [there] = ledger.findings("wuerhe"), ledger.findings("elsewhere")
    assert here.fingerprint != there.fingerprint
    assert ledger.findings("nobody") == []
