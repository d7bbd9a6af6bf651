"""Pages with faults that are taken down: ended as 已下线, unless nobody could say or all failed."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from console.judging import judge_run
from ledger.findings import Finding
from ledger.store import Ledger
from ledger.words import State

DAY = date(2026, 3, 2)
NEWS = ("政务公开", "通知公告")
STATE, PEOPLE, COUNCIL, MEMBERS = "中华人民共合国", "人民大表大会", "中华人民大和国", "常务员会"
TITLED = "中华民人共和国"
CONFIRMED, RECURRED, RESOLVED = State.CONFIRMED, State.RECURRED, State.RESOLVED


def page(nights: Any, number: int, fault: str = "") -> str:
    said = f"会议学习了{fault}的有关规定。" if fault else ""
    words = f"{said}{'区政府召开专题会议研究部署有关工作。' * 12}"
    return str(nights.article(number, DAY - timedelta(days=number), words))


@pytest.fixture
def portal(nights: Any) -> Any:
    """A list of nine articles: five faults, one of them on two pages, one in a title."""
    nights.pages["/"] = "<h1>某区</h1><p>欢迎访问</p>"
    titles = {6: f"关于学习{TITLED}治安管理处罚法的通知"}
    rows = [nights.entry(n, DAY - timedelta(days=n), title=titles.get(n, "")) for n in range(1, 10)]
    nights.pages["/tz/"] = nights.listing(rows)
    faults = {1: STATE, 2: PEOPLE, 3: PEOPLE, 4: COUNCIL, 5: MEMBERS}
    for n in range(1, 10):
        nights.pages[f"/a/{n}.html"] = page(nights, n, faults.get(n, ""))
    nights.pages["/a/6.html"] = nights.pages["/a/6.html"].replace("关于第6号事项的通知", titles[6])
    return nights


def night(portal: Any, days: int) -> dict[str, Finding]:
    """The faults after another night."""
    day = DAY + timedelta(days=days)
    column = portal.column(*NEWS, url="/tz/")
    asyncio.run(portal.night(day, column))
    with Ledger.open(portal.ledger_url) as ledger:
        judged = judge_run(ledger, portal.site(column), day)
    return {
        fault: found
        for fault in (STATE, PEOPLE, COUNCIL, MEMBERS, TITLED)
        for found in judged.findings
        if found.subject == fault
    }


def told(found: dict[str, Finding]) -> dict[str, tuple[State, bool]]:
    return {fault: (finding.state, finding.offline) for fault, finding in found.items()}


def test_what_was_taken_down_is_offline_and_what_was_mended_is_not(portal: Any) -> None:
    first = night(portal, 0)
    assert set(told(first).values()) == {(CONFIRMED, False)}
    assert len(first) == 5
    assert first[PEOPLE].count == 2
    gone, busy = portal.reply("<h1>404 Not Found</h1>", 404), portal.reply("忙", 503)
    portal.pages |= {
        "/a/1.html": gone,
        "/a/2.html": gone,
        "/a/4.html": busy,
        "/a/5.html": page(portal, 5),
    }
    second = night(portal, 1)
    assert told(second) == {
        STATE: (RESOLVED, True),
        PEOPLE: (CONFIRMED, False),  # it still stands on another page
        COUNCIL: (CONFIRMED, False),  # nobody could say
        MEMBERS: (RESOLVED, False),
        TITLED: (CONFIRMED, False),
    }
    assert [place.url[-9:] for place in second[PEOPLE].places] == ["/a/3.html"]
    portal.pages["/a/3.html"] = "<html><body><p>您访问的页面不存在或已删除</p></body></html>"
    portal.pages |= {"/a/1.html": page(portal, 1, STATE), "/a/2.html": page(portal, 2)}
    # Its title leaves the list together with the page, which opens as before.
    portal.pages["/a/6.html"] = gone
    portal.pages["/tz/"] = portal.listing(
        [portal.entry(n, DAY - timedelta(days=n)) for n in range(1, 10) if n != 6]
    )
    third = told(night(portal, 2))
    assert third[PEOPLE] == third[TITLED] == (RESOLVED, True)
    assert third[COUNCIL] == (CONFIRMED, False)
    # What is put back with its fault has come back.
    portal.pages["/a/3.html"] = page(portal, 3, PEOPLE)
    back = told(night(portal, 3))
    assert back[STATE] == back[PEOPLE] == (RECURRED, False)


def test_a_portal_that_fails_as_a_whole_ends_nothing_until_it_is_seen_again(portal: Any) -> None:
    night(portal, 0)
    gone = portal.reply("<h1>404 Not Found</h1>", 404)
    portal.pages |= {f"/a/{n}.html": gone for n in range(1, 10)}
    assert set(told(night(portal, 1)).values()) == {(CONFIRMED, False)}
    later = told(night(portal, 2))
    # The list still shows one in a title.
    assert later.pop(TITLED) == (CONFIRMED, False)
    assert set(later.values()) == {(RESOLVED, True)}
