"""The truth the portal knows of itself."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.limits import LIMITS
from demo.parts import Standing
from demo.portal import Change, Portal, robots_text
from demo.truth import home_newest, truth
from ledger.words import Frequency, Outcome, Verdict


def days_before(portal: Portal, days: int) -> date:
    return portal.as_of - timedelta(days=days)


def test_it_speaks_of_every_column_in_the_tables_order(portal: Portal) -> None:
    known = truth(portal)
    assert list(known) == list(portal.boards)
    assert len(known) == 66


@pytest.mark.parametrize(
    ("path", "verdict", "reason", "age"),
    [
        ("首页 > 自治区要闻", Verdict.ON_TIME, None, 7),
        ("首页 > 通知公告", Verdict.OVERDUE, None, 8),
        ("走进乌尔禾区", Verdict.ON_TIME, None, 200),
        ("政务公开 > 政府信息公开目录 > 政策解读", Verdict.ON_TIME, None, 366),
        ("政务公开 > 政府信息公开平台 > 政策-地方性法规", Verdict.OVERDUE, None, 367),
        ("政务公开 > 政府信息公开平台 > 政府文件", Verdict.AS_NEEDED, None, 134),
        ("政务公开 > 法定公开内容 > 依申请公开", Verdict.AS_NEEDED, None, None),
        ("政务公开 > 法定公开内容 > 权责清单", Verdict.UNREACHABLE, None, None),
        ("政务公开 > 法定公开内容 > 重点领域信息公开 > 生态环境", Verdict.ON_TIME, None, 31),
        ("政务公开 > 法定公开内容 > 重点领域信息公开 > 食品药品监督", Verdict.OVERDUE, None, 32),
        ("政务公开 > 法定公开内容 > 重点领域信息公开 > 义务教育", Verdict.BLANK, None, None),
        ("政务公开 > 法定公开内容 > 重点领域信息公开 > 涉农补贴", Verdict.BLANK, None, None),
        (
            "政务公开 > 法定公开内容 > 重点领域信息公开 > 社会救助",
            Verdict.NOT_CHECKED,
            Outcome.BLOCKED,
            None,
        ),
        (
            "政务公开 > 法定公开内容 > 基础信息公开 > 重大会议信息公开",
            Verdict.NOT_CHECKED,
            Outcome.REFUSED,
            None,
        ),
        ("政务公开 > 法定公开内容 > 基础信息公开 > 人大代表建议答复", Verdict.ON_TIME, None, 183),
        ("政务公开 > 法定公开内容 > 基础信息公开 > 政协委员提案答复", Verdict.OVERDUE, None, 184),
        ("政务公开 > 法定公开内容 > 基础信息公开 > 重大决策预公开", Verdict.OVERDUE, None, 391),
        ("政务公开 > 法定公开内容 > 基础信息公开 > 地方债务信息公开", Verdict.ON_TIME, None, 97),
        ("政务公开 > 重点领域公开 > 重大建设项目", Verdict.ON_TIME, None, 92),
        (
            "政务公开 > 重点领域公开 > 自然资源(原国土资源)",
            Verdict.NOT_CHECKED,
            Outcome.ROBOTS,
            None,
        ),
        ("财政公开 > 扶贫资金", Verdict.BLANK, None, None),
        ("财政公开 > 财政资金直达基层", Verdict.AS_NEEDED, None, 70),
        ("财政公开 > 我要写信", Verdict.OVERDUE, None, 93),
    ],
)
def test_columns_stand_as_they_were_put(
    portal: Portal, path: str, verdict: Verdict, reason: Outcome | None, age: int | None
) -> None:
    known = truth(portal)[tuple(path.split(" > "))]
    assert (known.verdict, known.reason) == (verdict, reason)
    assert known.last_updated == (None if age is None else days_before(portal, age))


def test_every_verdict_and_most_reasons_occur(portal: Portal) -> None:
    known = truth(portal).values()
    counts = Counter(t.verdict for t in known)
    assert set(counts) == set(Verdict)
    assert counts[Verdict.ON_TIME] > 25
    reasons = {t.reason for t in known if t.reason}
    assert reasons == {
        Outcome.BLOCKED, Outcome.TIMEOUT, Outcome.SERVER_ERROR, Outcome.REFUSED,
        Outcome.NOT_RENDERED, Outcome.ROBOTS,
    }  # fmt: skip


def test_every_clock_has_a_column_late_and_one_in_time(portal: Portal) -> None:
    seen = {
        (portal.boards[path].part.row.frequency, known.verdict)
        for path, known in truth(portal).items()
    }
    for frequency in LIMITS:
        assert (frequency, Verdict.ON_TIME) in seen
        assert (frequency, Verdict.OVERDUE) in seen


def test_only_what_was_not_checked_has_a_reason(portal: Portal) -> None:
    for known in truth(portal).values():
        assert (known.reason is not None) is (known.verdict is Verdict.NOT_CHECKED)


@settings(max_examples=25, deadline=None)
@given(
    as_of=st.dates(date(2018, 1, 1), date(2032, 12, 31)),
    seed=st.integers(1, 10_000),
    night=st.integers(0, 40),
)
def test_ages_and_verdicts_agree_on_any_day(as_of: date, seed: int, night: int) -> None:
    portal = Portal(as_of, seed=seed, night=night)
    for path, known in truth(portal).items():
        limit = LIMITS.get(portal.boards[path].part.row.frequency)
        if known.verdict in (Verdict.ON_TIME, Verdict.OVERDUE):
            assert limit is not None
            assert known.last_updated is not None
            age = (portal.as_of - known.last_updated).days
            assert age >= 0
            assert (age <= limit) is (known.verdict is Verdict.ON_TIME)
        if known.verdict is Verdict.AS_NEEDED:
            assert limit is None


def test_a_day_later_the_columns_on_the_limit_are_late(portal: Portal) -> None:
    later = truth(Portal(portal.as_of, night=1))
    before = truth(portal)
    turned = {p for p in before if before[p].verdict != later[p].verdict}
    frequencies = {portal.boards[path].part.row.frequency for path in turned}
    assert frequencies == set(LIMITS)
    assert all(later[path].verdict is Verdict.OVERDUE for path in turned)


def test_a_future_item_counts_once_its_day_has_come(portal: Portal) -> None:
    path = ("政务公开", "法定公开内容", "基础信息公开", "重大决策预公开")
    known = truth(Portal(portal.as_of, night=9))[path]
    assert known.verdict is Verdict.ON_TIME
    assert known.last_updated == portal.as_of + timedelta(days=9)


def test_robots_decide_what_may_be_looked_at(portal: Portal) -> None:
    path = ("政务公开", "重点领域公开", "自然资源(原国土资源)")
    free = truth(Portal(portal.as_of, robots=None))[path]
    assert (free.verdict, free.last_updated) == (Verdict.AS_NEEDED, days_before(portal, 64))
    shut = truth(Portal(portal.as_of, robots="User-agent: *\nDisallow: /\n"))
    assert {t.reason for t in shut.values()} == {Outcome.ROBOTS}
    assert "Crawl-delay: 2" in robots_text(2)
    assert "Crawl-delay: 0.5" in robots_text(0.5)


def test_changes_move_the_truth(portal: Portal) -> None:
    notice, price, single = ("首页", "通知公告"), ("价格公示",), ("走进乌尔禾区",)
    tomorrow = portal.as_of + timedelta(days=1)
    known = truth(
        Portal(
            portal.as_of,
            night=1,
            changes=[
                Change(notice, day=tomorrow),
                Change(price, state=Standing.SOFT_GONE),
                Change(single, day=tomorrow),
            ],
        )
    )
    assert (known[notice].verdict, known[notice].last_updated) == (Verdict.ON_TIME, tomorrow)
    assert known[price].verdict is Verdict.UNREACHABLE
    assert known[single].last_updated == tomorrow


def test_a_jump_is_as_good_as_its_target(portal: Portal) -> None:
    jump = ("政务公开", "法定公开内容", "行政许可和其他对外管理服务")
    for state, verdict, reason in (
        (Standing.GONE, Verdict.JUMP_BROKEN, None),
        (Standing.TIMEOUT, Verdict.NOT_CHECKED, Outcome.TIMEOUT),
        (Standing.BLANK, Verdict.JUMP_OK, None),
    ):
        changed = Portal(portal.as_of, changes=[Change(("行政许可公示",), state=state)])
        known = truth(changed)[jump]
        assert (known.verdict, known.reason) == (verdict, reason)


def test_items_and_the_home_page(portal: Portal) -> None:
    known = truth(portal)
    assert known[("首页", "国务院要闻")].items == 150
    assert known[("财政公开", "扶贫资金")].items == 0
    assert known[("走进乌尔禾区",)].items is None
    assert home_newest(portal) == portal.as_of
    assert portal.boards[("首页", "国务院要闻")].part.row.frequency is Frequency.WEEKLY
