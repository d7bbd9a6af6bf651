"""Every verdict, its reason and the sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledger.facts import SiteFacts
from ledger.findings import ColumnVerdict
from ledger.words import Frequency, Outcome, Verdict
from rules.engine import judge

DAY = date(2026, 3, 20)
One = Callable[..., SiteFacts]
DEAD = {Outcome.GONE, Outcome.SOFT_GONE}
UNSEEN = [outcome for outcome in Outcome if outcome not in DEAD | {Outcome.OK}]


def stand(facts: SiteFacts, day: date = DAY) -> ColumnVerdict:
    return judge(facts, day).verdicts[0]


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("outcome", UNSEEN)
def test_what_could_not_be_seen_is_not_checked(
    one: One, outcome: Outcome, frequency: Frequency
) -> None:
    verdict = stand(one(day=DAY, outcome=outcome, frequency=frequency, kind="unknown"))
    assert (verdict.verdict, verdict.reason) == (Verdict.NOT_CHECKED, outcome)
    assert verdict.last_updated is None
    assert verdict.explain.startswith("未检查：")


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("outcome", sorted(DEAD))
def test_gone_is_unreachable_or_a_broken_jump(
    one: One, outcome: Outcome, frequency: Frequency
) -> None:
    verdict = stand(one(day=DAY, outcome=outcome, frequency=frequency, kind="unknown"))
    jump = frequency is Frequency.JUMP
    assert verdict.verdict is (Verdict.JUMP_BROKEN if jump else Verdict.UNREACHABLE)
    assert verdict.reason is None


@pytest.mark.parametrize("kind", ["empty", "building"])
@pytest.mark.parametrize("frequency", [f for f in Frequency if f is not Frequency.JUMP])
def test_blank_whatever_the_frequency(one: One, kind: str, frequency: Frequency) -> None:
    verdict = stand(one(day=DAY, kind=kind, frequency=frequency, excerpt="暂无内容"))
    assert verdict.verdict is Verdict.BLANK
    assert "暂无内容" in verdict.explain


@pytest.mark.parametrize("frequency", [f for f in Frequency if f is not Frequency.JUMP])
def test_a_script_shell_is_not_checked(one: One, frequency: Frequency) -> None:
    verdict = stand(one(day=DAY, kind="shell", frequency=frequency))
    assert (verdict.verdict, verdict.reason) == (Verdict.NOT_CHECKED, Outcome.NOT_RENDERED)


@pytest.mark.parametrize("frequency", ["timely", "on_demand", "unspecified"])
def test_a_column_that_owes_nothing_still_gives_its_day(one: One, frequency: str) -> None:
    verdict = stand(one(day=DAY, frequency=frequency, items=[date(2026, 1, 2), date(2026, 5, 1)]))
    assert verdict.verdict is Verdict.AS_NEEDED
    assert (verdict.last_updated, verdict.due, verdict.age) == (date(2026, 1, 2), None, 77)
    assert stand(one(day=DAY, frequency=frequency, items=[None])).last_updated is None


def test_jump_that_answers(one: One) -> None:
    verdict = stand(one(day=DAY, frequency="jump", kind="jump", final_url="http://other.example/"))
    assert verdict.verdict is Verdict.JUMP_OK
    assert "http://other.example/" in verdict.explain


def test_a_column_the_run_never_came_to(one: One) -> None:
    unread = stand(one(day=DAY, reading=False))
    assert (unread.verdict, unread.reason) == (Verdict.NOT_CHECKED, Outcome.EXCLUDED)
    spent = stand(one(day=DAY, reading=False, budget=True))
    assert (spent.verdict, spent.reason) == (Verdict.NOT_CHECKED, Outcome.BUDGET)
    broken_off = stand(one(day=DAY, reading=False, state="failed"))
    assert "巡查没有完成" in broken_off.explain


def test_address_not_found_says_what_the_crawler_says(one: One) -> None:
    detail = "栏目表没有填写网址，在菜单里也没有找到该栏目"
    verdict = stand(one(day=DAY, url=None, found="none", outcome="excluded", detail=detail))
    assert verdict.reason is Outcome.EXCLUDED
    assert verdict.explain == f"未检查：{detail}。"
    home_gone = stand(one(day=DAY, url=None, found="none", outcome="gone", frequency="jump"))
    assert (home_gone.verdict, home_gone.reason) == (Verdict.NOT_CHECKED, Outcome.EXCLUDED)
    home_down = stand(one(day=DAY, url=None, found="none", outcome="timeout"))
    assert home_down.reason is Outcome.TIMEOUT


@pytest.mark.parametrize(
    ("frequency", "limit"),
    [("weekly", 7), ("monthly", 31), ("quarterly", 92), ("half_yearly", 183), ("yearly", 366)],
)
def test_the_last_day_in_time_is_the_limit_itself(one: One, frequency: str, limit: int) -> None:
    last = date(2025, 1, 10)
    due = date.fromordinal(last.toordinal() + limit)
    after = date.fromordinal(due.toordinal() + 1)
    in_time = stand(one(day=due, frequency=frequency, items=[last]), due)
    late = stand(one(day=after, frequency=frequency, items=[last]), after)
    assert (in_time.verdict, in_time.due, in_time.age) == (Verdict.ON_TIME, due, limit)
    assert in_time.soon
    assert (late.verdict, late.due, late.age) == (Verdict.OVERDUE, due, limit + 1)
    assert not late.soon


@pytest.mark.parametrize(
    ("frequency", "due"),
    [
        ("weekly", date(2026, 1, 11)),  # 1 January 2026 lies in the week of 29 December
        ("monthly", date(2026, 2, 28)),
        ("quarterly", date(2026, 6, 30)),
        ("half_yearly", date(2026, 12, 31)),
        ("yearly", date(2027, 12, 31)),
    ],
)
def test_calendar_mode_ends_with_the_following_period(one: One, frequency: str, due: date) -> None:
    after = date.fromordinal(due.toordinal() + 1)
    spec: dict[str, Any] = {"frequency": frequency, "items": [date(2026, 1, 1)], "mode": "calendar"}
    assert stand(one(day=due, **spec), due).verdict is Verdict.ON_TIME
    late = stand(one(day=after, **spec), after)
    assert (late.verdict, late.due) == (Verdict.OVERDUE, due)


def test_a_limit_in_days_holds_in_calendar_mode(one: One) -> None:
    facts = one(
        day=DAY,
        frequency="weekly",
        items=[date(2026, 3, 10)],
        mode="calendar",
        limits={"weekly": 9},
    )
    assert stand(facts).due == date(2026, 3, 19)


@pytest.mark.parametrize(("day", "soon"), [(date(2026, 3, 17), False), (date(2026, 3, 18), True)])
def test_early_warning_two_days_before_a_weekly_deadline(one: One, day: date, soon: bool) -> None:
    verdict = stand(one(day=day, frequency="weekly", items=[date(2026, 3, 13)]), day)
    assert (verdict.verdict, verdict.soon) == (Verdict.ON_TIME, soon)


def test_content_without_a_day_is_never_accused(one: One) -> None:
    verdict = stand(one(day=DAY, items=[None, {"fault": "2月30日"}, {"day": date(1970, 1, 1)}]))
    assert (verdict.verdict, verdict.reason) == (Verdict.NOT_CHECKED, Outcome.OK)
    assert verdict.explain == "页面能打开，但没有可读的发布日期（列表有3条信息），不下结论。"


def test_nothing_published_by_a_past_day(one: One) -> None:
    spec: dict[str, Any] = {"as_of": DAY, "items": [date(2026, 3, 1), date(2026, 2, 20)]}
    past = date(2026, 1, 15)
    whole = stand(one(day=past, **spec), past)
    assert (whole.verdict, whole.reason, whole.last_updated) == (
        Verdict.NOT_CHECKED,
        Outcome.OK,
        None,
    )
    assert "最早为2026年2月20日" in whole.explain
    part = stand(one(day=past, cut=True, covers=date(2026, 2, 21), **spec), past)
    assert part.reason is Outcome.BUDGET


def test_a_past_day_counts_only_what_was_there(one: One) -> None:
    past = date(2026, 2, 10)
    facts = one(day=past, as_of=DAY, items=[date(2026, 3, 18), date(2026, 2, 5)])
    verdict = stand(facts, past)
    assert (verdict.verdict, verdict.last_updated) == (Verdict.ON_TIME, date(2026, 2, 5))
    assert verdict.explain.endswith("（依据2026年3月20日的巡查）。")


def test_cut_lists(one: One) -> None:
    found = stand(one(day=DAY, cut=True, items=[date(2026, 3, 18)]))
    assert (found.verdict, found.cut) == (Verdict.ON_TIME, True)
    nothing = stand(one(day=DAY, cut=True, items=[None]))
    assert (nothing.verdict, nothing.reason) == (Verdict.NOT_CHECKED, Outcome.BUDGET)


def test_a_cut_list_in_no_order_of_days_is_not_accused(one: One) -> None:
    spec: dict[str, Any] = {"day": DAY, "cut": True, "items": [date(2024, 1, 2), date(2024, 3, 4)]}
    verdict = stand(one(frequency="weekly", **spec))
    assert (verdict.verdict, verdict.reason) == (Verdict.NOT_CHECKED, Outcome.BUDGET)
    needed = stand(one(frequency="on_demand", **spec))
    assert (needed.verdict, needed.last_updated) == (Verdict.AS_NEEDED, None)


def test_a_cut_list_read_back_in_order_is_accused(one: One) -> None:
    items = [date(2024, 3, 4), date(2024, 1, 2)]
    verdict = stand(
        one(day=DAY, cut=True, covers=date(2024, 1, 3), items=items, frequency="weekly")
    )
    assert (verdict.verdict, verdict.last_updated) == (Verdict.OVERDUE, date(2024, 3, 4))


def test_an_item_of_the_day_itself_needs_no_further_pages(one: One) -> None:
    tomorrow = date(2026, 3, 21)
    verdict = stand(one(day=DAY, complete=False, covers=tomorrow, items=[DAY, DAY]))
    assert (verdict.verdict, verdict.last_updated) == (Verdict.ON_TIME, DAY)


def test_a_list_page_does_not_lend_its_own_day_to_undated_items(one: One) -> None:
    verdict = stand(one(day=DAY, kind="list", items=[None], published=DAY))
    assert verdict.reason is Outcome.OK


def test_single_page_and_channel(one: One) -> None:
    single = stand(
        one(day=DAY, frequency="yearly", kind="single", published=date(2026, 1, 1), items=[DAY])
    )
    assert single.last_updated == date(2026, 1, 1)
    channel = stand(one(day=DAY, kind="channel", items=[date(2026, 1, 1), date(2026, 3, 1)]))
    assert channel.last_updated == date(2026, 3, 1)


def test_repeated_items_count_once(one: One) -> None:
    twice = {"url": "http://portal.example/1.html"}
    items = [{**twice, "day": DAY}, {**twice, "title": "图片"}, {**twice, "day": DAY}, None]
    assert stand(one(day=DAY, items=items)).items == 2


def test_evidence_stands_where_the_day_was_read(one: One) -> None:
    on_list = stand(one(day=DAY, items=[{"day": DAY, "text": "[03-20]", "title": "通知"}])).evidence
    assert on_list is not None
    assert (on_list.url, on_list.text, on_list.how, on_list.title) == (
        "http://portal.example/c2-1/",
        "[03-20]",
        "list",
        "通知",
    )
    in_article = stand(one(day=DAY, items=[{"day": DAY, "how": "meta"}])).evidence
    assert in_article is not None
    assert (in_article.url, in_article.how) == ("http://portal.example/c2-1/1.html", "meta")


def test_portal_text_cannot_break_the_sentence(one: One) -> None:
    hostile = "\u202e暂无\n\n信息\x00" + "很长" * 500
    verdict = stand(one(day=DAY, kind="empty", excerpt=hostile))
    assert "\u202e" not in verdict.explain
    assert "\n" not in verdict.explain
    assert len(verdict.explain) < 100


def test_sentences(one: One) -> None:
    """The wording of the two sentences an operator reads most."""
    late = stand(one(day=DAY, items=[date(2026, 1, 5)]))
    assert late.explain == (
        "最近一次更新是2026年1月5日（列表日期），到2026年3月20日已74天，"
        "超过“按月更新”的31天时限，最迟应于2026年2月5日更新，已逾期43天。"
    )
    fine = stand(one(day=DAY, items=[date(2026, 3, 8)]))
    assert fine.explain == (
        "最近一次更新是2026年3月8日（列表日期），到2026年3月20日已12天，"
        "没有超过“按月更新”的31天时限，下次最迟应于2026年4月8日更新。"
    )
