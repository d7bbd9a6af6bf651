"""Four nights of a portal somebody works on: late items, edited days and texts, lost pages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from demo.portal import Change, Portal

FIRST = date(2026, 3, 20)
SECOND = FIRST + timedelta(days=1)
MONTH_ON = FIRST + timedelta(days=31)
LAST = MONTH_ON + timedelta(days=1)

LATE = ("政务公开", "重点领域公开", "社会保障")
BATCH = ("首页", "通知公告")
EDITED = ("政务公开", "重点领域公开", "安全生产")
TEXTS = ("行政处罚",)
FINE = "本条所称罚款标准，自下月起调整为每亩二百元。"


def shown(portal: Portal, path: tuple[str, ...]) -> list[Any]:
    return [e for e in portal.boards[path].entries if not e.pinned and e.day]


def changes(portal: Portal) -> dict[str, list[Change]]:
    """What happened before the second night, and what before the third."""
    edited, texts = shown(portal, EDITED)[1], shown(portal, TEXTS)
    early = [
        Change(LATE, day=FIRST - timedelta(days=12), title="补登的社会保险基金收支情况"),
        Change(EDITED, at=edited.at, day=edited.day - timedelta(days=2)),
        *(
            Change(BATCH, day=FIRST - timedelta(days=6 * n), title=f"第{n}份补录的通告")
            for n in range(2, 8)
        ),
    ]
    later = [Change(TEXTS, at=texts[2].at, text=FINE), Change(TEXTS, at=texts[4].at, gone=True)]
    return {"early": early, "all": [*early, *later]}


def write_sheet(house: Any, portal: Portal) -> None:
    """Only the columns this is about, each with its address."""
    header = ["一级栏目", "二级栏目", "三级栏目", "责任单位", "发布形式", "网址"]
    with (house.folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(header)
        for path in (LATE, BATCH, EDITED, TEXTS):
            part = portal.boards[path].part
            names = [*path, "", ""][:3]
            frequency = part.row.frequency.label
            sheet.writerow([*names, "区政府办", frequency, house.server.url + part.at])


def findings(house: Any, day: date) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in house.findings(day):
        if finding["code"].startswith("P") and finding["state"] != "resolved":
            found.setdefault(finding["code"], []).append(finding)
    return found


@pytest.fixture(scope="module")
def nights(make_house: Callable[[], Any]) -> dict[date, dict[str, list[dict[str, Any]]]]:
    house = make_house()
    first = house.server.portal
    write_sheet(house, first)
    made = changes(first)
    told: dict[date, dict[str, list[dict[str, Any]]]] = {}
    for day, happened in (
        (FIRST, []),
        (SECOND, made["early"]),
        (MONTH_ON, made["all"]),
        (LAST, made["all"]),
    ):
        house.server.portal = Portal(FIRST, night=(day - FIRST).days, changes=happened)
        house.night(day)
        told[day] = findings(house, day)
        told[day]["house"] = [{"house": house, "portal": first}]
    return told


def test_the_first_night_tells_of_nothing_it_cannot_know(nights: dict[date, Any]) -> None:
    assert set(nights[FIRST]) == {"house"}


def test_an_item_put_in_late_is_told_once_for_its_column(nights: dict[date, Any]) -> None:
    late = {f["subject"]: f for f in nights[SECOND]["P001"]}
    assert set(late) == {" > ".join(LATE), " > ".join(BATCH)}
    one = late[" > ".join(LATE)]
    assert one["count"] == 1
    assert one["severity"] == "info"
    assert "补登的社会保险基金收支情况" in one["message"]
    assert "需核实" in one["message"]
    assert "2026年3月20日巡查时列表中没有" in one["message"]


def test_a_batch_for_past_months_is_told(nights: dict[date, Any]) -> None:
    [batch] = nights[SECOND]["P003"]
    assert batch["subject"] == " > ".join(BATCH)
    assert batch["count"] == 6
    assert "更新周期" in batch["message"]


def test_an_edited_day_is_told_with_both_days(nights: dict[date, Any]) -> None:
    [edited] = nights[SECOND]["P004"]
    portal = nights[SECOND]["house"][0]["portal"]
    entry = shown(portal, EDITED)[1]
    assert edited["subject"] == " > ".join(EDITED)
    assert entry.title in edited["places"][0]["excerpt"]
    assert entry.at in edited["places"][0]["address"]


def test_within_a_month_every_page_is_seen_again(nights: dict[date, Any]) -> None:
    portal = nights[SECOND]["house"][0]["portal"]
    texts = shown(portal, TEXTS)
    [changed] = nights[MONTH_ON]["P005"]
    assert changed["subject"].endswith(texts[2].at)
    assert FINE[:10] in changed["places"][1]["excerpt"]
    [lost] = nights[MONTH_ON]["P006"]
    assert lost["subject"].endswith(texts[4].at)
    assert (lost["severity"], lost["state"]) == ("light", "suspected")
    assert changed["state"] == "suspected"


def test_a_lost_page_is_looked_for_again_the_next_night(nights: dict[date, Any]) -> None:
    [lost] = nights[LAST]["P006"]
    assert lost["state"] == "confirmed"
    assert [f["subject"] for f in nights[LAST]["P005"]] == [
        f["subject"] for f in nights[MONTH_ON]["P005"]
    ]


def test_the_nightly_page_tells_of_them(nights: dict[date, Any]) -> None:
    house = nights[LAST]["house"][0]["house"]
    [page] = (house.home / "out").rglob(f"*nightly*{LAST.isoformat()}*.html")
    text = page.read_text(encoding="utf-8")
    for words in ("正文在发布后改动", "已发布的页面打不开", FINE[:10], "内部核查规则"):
        assert words in text


def test_judging_again_says_the_same(nights: dict[date, Any]) -> None:
    house = nights[LAST]["house"][0]["house"]
    for day in (SECOND, MONTH_ON):
        house.run("judge", str(house.folder), "--as-of", day.isoformat())
        again = findings(house, day)
        before = {code: told for code, told in nights[day].items() if code != "house"}
        assert json.dumps(again, sort_keys=True) == json.dumps(before, sort_keys=True)
