"""The morning message: what changed, by unit, short, and harmless in a chat."""

from dataclasses import replace
from datetime import date, time

import pytest

from ledger.notify import NotifyPolicy, read_quiet
from ledger.words import Severity, State
from reports.telling import Told, message, telling

DAY = date(2026, 3, 20)


@pytest.fixture
def told(case):
    return Told(case.site, case.judgement, (), case.judgement, ())


def finding(case, number, state=State.CONFIRMED, **more):
    plain = replace(
        case.findings[0],
        fingerprint=f"{number:016x}",
        code="T201",
        name="常见错别字",
        subject=f"秸杆{number}",
        unit="区农业农村局、区水利局",
        severity=Severity.GENERAL,
        state=state,
        doubtful=False,
    )
    return replace(plain, **more)


def test_what_left_the_roster_is_not_called_mended(case, told):
    old = finding(case, 1)
    left = replace(old, state=State.RESOLVED, removed=True)
    _, words = message([telling(replace(told, findings=(left,), findings_before=(old,)))], DAY)
    assert "已整改、下线或移出栏目表 1 个" in words
    assert "- 已移出栏目表：常见错别字 秸杆1" in words


def test_only_what_changed_is_told_under_each_unit(case, told):
    old, mended, gone = (finding(case, n) for n in (1, 2, 3))
    now = (
        old,
        replace(mended, state=State.RESOLVED),
        replace(gone, state=State.RESOLVED, offline=True),
        finding(case, 4),
        finding(case, 5, State.SUSPECTED),
        finding(case, 6, State.DISMISSED),
        finding(case, 7, in_report=False),
        finding(case, 8, State.RESOLVED),
        finding(case, 9, State.RECURRED, unit="", severity=Severity.SEVERE),
    )
    model = telling(replace(told, findings=now, findings_before=(old, mended, gone)))
    _, words = message([model], DAY)
    assert words.splitlines() == [
        f"【{case.site.name}】新增问题 2 个，已整改或下线 2 个；现有未整改问题 3 个。",
        "区农业农村局：",
        "- 新增：常见错别字 秸杆4",
        "- 已下线：常见错别字 秸杆3",
        "- 已整改：常见错别字 秸杆2",
        "区水利局：",
        "- 新增：常见错别字 秸杆4",
        "- 已下线：常见错别字 秸杆3",
        "- 已整改：常见错别字 秸杆2",
        "（未填责任单位）：",
        "- 再次出现：常见错别字 秸杆9",
    ]


def test_no_change_makes_no_message(case, told):
    old = finding(case, 1)
    model = telling(replace(told, findings=(old,), findings_before=(old,)))
    assert message([model], DAY)[1] == ""


def test_a_flood_is_cut_and_calls_nobody(case, told):
    many = tuple(
        finding(case, n, subject="@所有人" + "长" * 200, unit=f"第{n // 7}局") for n in range(700)
    )
    _, words = message([telling(replace(told, findings=many))], DAY)
    assert len(words) <= 1800
    assert "@" not in words
    assert words.endswith("……其余见巡查日报。")
    assert "- 另有 2 个，见巡查日报。" in words


@pytest.mark.parametrize(
    ("written", "now", "quiet"),
    [
        ("22:00-07:30", time(23, 0), True),
        ("22:00-07:30", time(7, 29), True),
        ("22:00-07:30", time(7, 30), False),
        ("22：00至7:30", time(12, 0), False),
        ("12:00—14:00", time(13, 0), True),
        ("12:00—14:00", time(14, 0), False),
    ],
)
def test_quiet_hours_may_run_past_midnight(written, now, quiet):
    assert NotifyPolicy((), *read_quiet(written)).quiet_at(now) is quiet


@pytest.mark.parametrize("written", ["", "22-7", "25:00-07:00", "22:00", "晚上"])
def test_what_is_no_span_of_time(written):
    assert read_quiet(written) is None
