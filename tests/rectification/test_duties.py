"""What each finding asks of whom, and how it ended."""

from dataclasses import replace
from datetime import date

import pytest

from ledger.findings import Finding
from ledger.rectification import Outcome, RectifyPolicy
from ledger.words import ReviewWord, Severity, State
from rules.rectification.duties import duties

CONFIRMED_ON = date(2026, 3, 2)  # a Monday
DUE = date(2026, 3, 16)
POLICY = RectifyPolicy()


def finding(**more: object) -> Finding:
    base = Finding(
        fingerprint="f",
        site="s",
        code="T001",
        name="表述错误",
        severity=Severity.GENERAL,
        state=State.CONFIRMED,
        subject="秸杆",
        message="",
        basis="",
        unit="区财政局、区审计局",
        first_seen=CONFIRMED_ON,
        last_seen=CONFIRMED_ON,
        count=1,
        places=(),
        advice="",
        confirmed_on=CONFIRMED_ON,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def duty(day: date, policy: RectifyPolicy = POLICY, **more: object):
    (found,) = duties([finding(**more)], day, policy)
    return found


def test_an_open_one_names_its_units_and_its_last_day():
    found = duty(DUE)
    assert found.units == ("区财政局", "区审计局")
    assert (found.since, found.due, found.days) == (CONFIRMED_ON, DUE, 10)
    assert (found.outcome, found.late, found.assumed) == (Outcome.OPEN, 0, False)


def test_the_day_after_the_last_it_is_overdue_in_working_days():
    assert duty(date(2026, 3, 17)).outcome is Outcome.OVERDUE
    assert duty(date(2026, 3, 17)).late == 1
    assert duty(date(2026, 3, 23)).late == 5


@pytest.mark.parametrize(
    ("closed", "offline", "outcome", "late"),
    [
        (DUE, False, Outcome.MENDED, 0),
        (date(2026, 3, 18), False, Outcome.MENDED_LATE, 2),
        (DUE, True, Outcome.OFFLINE, 0),
        (date(2026, 3, 18), True, Outcome.OFFLINE, 2),
    ],
)
def test_how_a_closed_one_ended(closed, offline, outcome, late):
    found = duty(date(2026, 5, 6), state=State.RESOLVED, resolved_on=closed, offline=offline)
    assert (found.outcome, found.closed_on, found.late) == (outcome, closed, late)


def test_what_left_with_its_column_asks_nobody_for_anything():
    left = finding(state=State.RESOLVED, resolved_on=DUE, removed=True)
    assert duties([left], DUE, POLICY) == ()


@pytest.mark.parametrize(
    ("severity", "days"),
    [
        (Severity.SEVERE, 3),
        (Severity.GENERAL, 10),
        (Severity.LIGHT, 10),
        (Severity.INFO, 10),
    ],
)
def test_each_severity_has_its_days(severity, days):
    assert duty(DUE, severity=severity, review=ReviewWord.CONFIRMED).days == days


def test_a_hint_is_nobodys_duty_until_a_person_confirms_it():
    assert duties([finding(severity=Severity.INFO)], DUE, POLICY) == ()
    assert duty(DUE, severity=Severity.INFO, review=ReviewWord.CONFIRMED).outcome is Outcome.OPEN


def test_the_site_sets_its_own_days():
    policy = RectifyPolicy(severe=1, light=20)
    assert duty(DUE, policy, severity=Severity.SEVERE).due == date(2026, 3, 3)
    assert duty(DUE, policy, severity=Severity.LIGHT).days == 20
    assert duty(DUE, policy).days == 10


def test_who_is_named_by_a_person_must_mend_it():
    assert duty(DUE, assigned="区统计局").units == ("区统计局",)
    assert duty(DUE, unit="").units == ()


@pytest.mark.parametrize("state", [State.SUSPECTED, State.DISMISSED])
def test_suspicions_and_false_alarms_are_nobodys_duty(state):
    assert duties([finding(state=state)], DUE, POLICY) == ()


def test_a_suspicion_that_went_away_was_never_a_duty():
    gone = finding(state=State.RESOLVED, confirmed_on=None, resolved_on=DUE)
    assert duties([gone], DUE, POLICY) == ()


def test_one_that_is_put_off_is_deferred_and_runs_from_the_end_of_that():
    until = date(2026, 4, 30)
    held = {"review": ReviewWord.ACCEPTED, "accepted_until": until}
    put_off = duty(date(2026, 4, 1), state=State.ACCEPTED, **held)
    assert (put_off.outcome, put_off.late) == (Outcome.DEFERRED, 0)
    # 劳动节 2026 is 1 to 5 May; Saturday the 9th is worked.
    back = duty(date(2026, 5, 6), review=ReviewWord.CONFIRMED, accepted_until=until)
    assert (back.outcome, back.since, back.due) == (Outcome.OPEN, CONFIRMED_ON, date(2026, 5, 18))


def test_what_is_mended_while_put_off_is_not_late():
    closed = {"state": State.RESOLVED, "resolved_on": date(2026, 4, 20)}
    until = duty(DUE, **closed, review=ReviewWord.ACCEPTED, accepted_until=date(2026, 4, 30))
    assert (until.outcome, until.late) == (Outcome.MENDED, 0)
    without_end = duty(DUE, **closed, review=ReviewWord.ACCEPTED)
    assert (without_end.outcome, without_end.late) == (Outcome.MENDED, 0)


def test_what_a_person_left_out_of_the_report_stays_a_duty():
    assert duty(DUE, in_report=False).outcome is Outcome.OPEN


def test_a_count_of_other_findings_is_owed_by_nobody_unless_somebody_is_named():
    whole = {"subject": "全站", "unit": ""}
    assert duties([finding(**whole)], DUE, POLICY) == ()
    assert duty(DUE, **whole, assigned="区政府办").units == ("区政府办",)
    assert duty(DUE, **whole, review=ReviewWord.CONFIRMED).units == ()
