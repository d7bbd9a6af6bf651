"""Faults of wording on the demo portal: found once each, kept out once dismissed, mended."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from demo.faults import EVERY_ITEM, Place
from demo.portal import Portal
from demo.truth import Planted, planted
from ledger.store import Ledger

FIRST = date(2026, 3, 20)
SECOND = FIRST + timedelta(days=1)
LAST = FIRST + timedelta(days=2)
FILES = ("政务公开", "法定公开内容", "政府网站年度报表")
LISTED = "［列表标题］"
LABELS = {
    Place.TITLE: "［标题］",
    Place.BODY: "［正文］",
    Place.TABLE: "［表格］",
    Place.ALT: "［图片说明：",
    Place.HIDDEN: "［隐藏文字］",
    Place.LINK: "［链接］",
}


def write_sheet(house: Any, portal: Portal) -> None:
    """Only the columns with faults, and one that holds files without any text."""
    header = ["一级栏目", "二级栏目", "三级栏目", "四级栏目", "责任单位", "发布形式", "网址"]
    paths = dict.fromkeys([one.fault.path for one in planted(portal)] + [FILES])
    with (house.folder / "columns.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(header)
        for path in paths:
            part = portal.boards[path].part
            names = [*path, "", "", ""][:4]
            told = [part.row.unit, part.row.frequency.label, house.server.url + part.at]
            sheet.writerow([*names, *told])


def findings(house: Any, day: date) -> dict[tuple[str, str], dict[str, Any]]:
    """What the text rules found, each fault once.

    What statistics only suspect is not planted; in a site's first weeks it is never reported.
    """
    told = [f for f in house.findings(day) if f["code"].startswith("T")]
    told = [f for f in told if (f["code"], f["tier"]) != ("T301", "review")]
    found = {(f["code"], f["subject"]): f for f in told}
    assert len(found) == len(told)
    return found


def key(one: Planted) -> tuple[str, str]:
    return one.fault.code, one.fault.shown


@pytest.fixture(scope="module")
def house(make_house: Callable[[], Any]) -> Any:
    made = make_house()
    write_sheet(made, made.server.portal)
    return made


Nights = Mapping[date, dict[tuple[str, str], dict[str, Any]]]


@pytest.fixture(scope="module")
def truth(house: Any) -> list[Planted]:
    return planted(house.server.portal)


@pytest.fixture(scope="module")
def dismissed(truth: list[Planted]) -> tuple[str, str]:
    """What a person calls a false alarm after the first night."""
    return next(key(one) for one in truth if one.fault.place is Place.ALT)


@pytest.fixture(scope="module")
def nights(house: Any, truth: list[Planted], dismissed: tuple[str, str]) -> Nights:
    """As found, then with one dismissed on a portal that stands still, then mended."""
    told = {}
    house.night(FIRST)
    told[FIRST] = findings(house, FIRST)
    mark = told[FIRST][dismissed]["fingerprint"]
    said = house.run("review", "dismiss", str(house.folder), mark, "--as-of", FIRST.isoformat())
    assert mark in said
    assert "误报" in said
    house.run("judge", str(house.folder), "--as-of", FIRST.isoformat())
    again = findings(house, FIRST)
    assert again.keys() == told[FIRST].keys()
    assert again[dismissed]["state"] == "dismissed"
    for day, mended in ((SECOND, False), (LAST, True)):
        house.server.portal = Portal(FIRST, night=(day - FIRST).days, mended=mended)
        house.night(day)
        told[day] = findings(house, day)
    return told


def test_every_planted_fault_is_found_once_and_nothing_else(
    nights: Nights, truth: list[Planted]
) -> None:
    told = {k: f["tier"] for k, f in nights[FIRST].items()}
    assert told == {key(one): one.fault.tier for one in truth}
    assert {one.fault.place for one in truth} == set(Place)


def test_each_is_told_with_page_place_excerpt_and_unit(
    nights: Nights, truth: list[Planted]
) -> None:
    for one in truth:
        fault, told = one.fault, nights[FIRST][key(one)]
        excerpts = [place["excerpt"] for place in told["places"]]
        label = LABELS.get(fault.place, f"［附件：{fault.file}］")
        assert all(text.startswith((label, LISTED)) for text in excerpts), excerpts
        assert any(text.startswith(label) for text in excerpts)
        assert all(f"【{fault.shown}】" in text for text in excerpts)
        addresses = {
            "/" + place["address"].partition("//")[2].partition("/")[2]
            for place in told["places"]
            if not place["excerpt"].startswith(LISTED)
        }
        assert addresses <= set(one.pages)
        assert told["unit"] == one.unit
        assert fault.suggest in told["message"]
        assert told["basis"]
        assert told["advice"]


def test_what_many_pages_carry_is_one_finding_with_all_of_them(
    house: Any, nights: Nights, truth: list[Planted]
) -> None:
    [common] = [one for one in truth if one.fault.item == EVERY_ITEM]
    told = nights[FIRST][key(common)]
    with Ledger.open(house.ledger) as ledger:
        [run] = [run for run in ledger.runs(house.folder.name) if run.as_of == FIRST]
        [column] = [c for c in ledger.facts(run.id).columns if c.column.path == common.fault.path]
    listed = {item.url for item in column.items}
    assert told["count"] == len(listed) > 20
    assert f"共 {len(listed)} 个页面出现" in told["message"]
    named = [place["address"] for place in told["places"]]
    assert len(set(named)) == len(named) == 20
    assert set(named) <= listed


def test_a_title_is_told_with_the_list_that_repeats_it(
    nights: Nights, truth: list[Planted]
) -> None:
    [title] = [one for one in truth if one.fault.place is Place.TITLE]
    told = nights[FIRST][key(title)]
    assert told["count"] == len(told["places"]) == 2
    assert sum(place["excerpt"].startswith(LISTED) for place in told["places"]) == 1


def test_nothing_prints_a_citizens_number(house: Any, nights: Nights, truth: list[Planted]) -> None:
    [number] = [one.fault for one in truth if one.fault.code == "T601"]
    assert nights[FIRST]
    assert number.wrong not in json.dumps(list(nights[FIRST].values()))
    papers = [file for file in (house.home / "out").rglob("*") if file.is_file()]
    assert papers
    assert all(number.wrong.encode() not in file.read_bytes() for file in papers)


def test_what_was_dismissed_stays_out_and_says_so(nights: Nights, dismissed: Any) -> None:
    told = nights[SECOND][dismissed]
    assert (told["state"], told["review"]) == ("dismissed", "dismissed")
    others = {(f["state"], f["tier"]) for k, f in nights[SECOND].items() if k != dismissed}
    assert others == {("confirmed", "report"), ("suspected", "review")}
    assert nights[LAST][dismissed]["state"] == "dismissed"


def test_mended_faults_are_resolved_by_the_next_run(nights: Nights, dismissed: Any) -> None:
    mended = {k: f for k, f in nights[LAST].items() if k != dismissed}
    assert mended.keys() | {dismissed} == nights[FIRST].keys()
    assert {f["state"] for f in mended.values()} == {"resolved"}
    assert {f["resolved_on"] for f in mended.values()} == {LAST.isoformat()}


def test_the_nightly_page_tells_of_them_and_of_what_was_read(
    house: Any, nights: Nights, truth: list[Planted], dismissed: Any
) -> None:
    pages = sorted((house.home / "out").rglob("*nightly*.html"))
    text = next(page for page in pages if FIRST.isoformat() in page.name).read_text("utf-8")
    model = json.loads(
        next(page for page in pages if FIRST.isoformat() in page.name)
        .with_suffix(".json")
        .read_text("utf-8")
    )
    told = model["texts"]
    assert told["pages"] > 100
    assert told["characters"] > 10_000
    assert told["attachments"] == sum(one.fault.place is Place.ATTACHMENT for one in truth)
    assert told["unchecked_total"] > 0
    assert told["sentence"] in text
    assert "本站巡查未满两周，统计疑点只列入待核" in text
    for missed in told["unchecked"]:
        assert missed["reason"] in text
    for one in truth:
        assert f"<mark>【{one.fault.shown}】</mark>" in text
    later = next(page for page in pages if SECOND.isoformat() in page.name).read_text("utf-8")
    assert f"【{dismissed[1]}】" not in later


def test_judging_again_says_the_same(house: Any, nights: Nights) -> None:
    # Not the first night: what was said of it was only said when it had been told.
    for day in (SECOND, LAST):
        house.run("judge", str(house.folder), "--as-of", day.isoformat())
        assert findings(house, day) == nights[day]
