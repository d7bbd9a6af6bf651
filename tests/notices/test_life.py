"""A notice's entries live like our own findings: told once, followed, closed by what we read."""

import json
from datetime import date, datetime
from types import SimpleNamespace

from openpyxl import Workbook

from ledger.clock import ZONE
from ledger.findings import Claim, Place
from ledger.notices import Notice, NoticeItem, NoticeKind, SiteNotices
from ledger.store import Ledger
from ledger.words import Severity, State
from rules.notices.matching import match
from tests.notices.conftest import BASE, DAY, LATER

NEXT = date(2026, 3, 13)
FINE = "本次检查没有发现问题。"


def items(house, day=LATER):
    with Ledger.open(house.url) as ledger:
        return [item for notice in ledger.notices("weh", day) for item in notice.items]


def test_from_import_to_the_end(house, capfd):
    house.night(date(2026, 3, 9), {1: "秸杆还田。", 2: "进行布署。", 3: "核对帐户。"})
    house.judge(date(2026, 3, 9))
    house.take(house.notice(), "--yes", "--vendor", "某监测公司")
    out = capfd.readouterr()
    assert "已导入 5 条" in out.err
    found = {f.places[0].url: f for f in house.findings(DAY)}
    assert all(f.state is State.CONFIRMED for f in found.values())
    assert f"{BASE}/gone.html" in found
    four = found[house.page(4)]
    assert four.message.startswith("某监测公司2026年3月10日的通报《月报【2026-03-10】.xlsx》指出")
    assert "建议改为“账户”" in four.message
    assert "本次未能核实：巡查还没有读到这个地址" in four.message
    house.night(
        LATER,
        {1: FINE, 2: "再作布署，进行布署。", 3: "核对帐户。"},
        gone=(4,),
        unlisted={f"{BASE}/gone.html": "恢复了。"},
    )
    house.judge(LATER)
    after = {f.places[0].url: f for f in house.findings(LATER)}
    assert after[house.page(4)].state is State.RESOLVED
    assert after[house.page(4)].offline
    assert after[f"{BASE}/gone.html"].state is State.RESOLVED
    open_now = [f for f in house.findings(LATER, "") if f.state.open and f.code[0] in "TV"]
    assert sorted(f.places[0].url for f in open_now) == [house.page(2), house.page(3)]


def test_what_we_found_too_is_told_once(house, capfd):
    house.night(date(2026, 3, 9), {1: "各乡镇严禁焚烧秸杆，确保秸秆综合利用。", 2: "无", 3: "无"})
    house.judge(date(2026, 3, 9))
    [ours] = [f for f in house.findings(DAY, "T") if "秸杆" in f.subject]
    house.take(house.notice(), "--yes")
    first = next(item for item in items(house) if item.wrong == "秸杆")
    assert (first.matched, first.fingerprint) == (True, ours.fingerprint)
    assert not any(f.term == "秸杆" for f in house.findings(DAY))
    assert "其中 1 条与本工具发现的问题相同" in capfd.readouterr().err
    # Put right, it ends as ours, and the notice's own does not come up.
    house.night(LATER, {1: "各乡镇确保秸秆综合利用。", 2: "无", 3: "无"})
    house.judge(LATER)
    [ended] = [f for f in house.findings(LATER, "T") if f.fingerprint == ours.fingerprint]
    assert ended.state is State.RESOLVED
    assert not any(f.term == "秸杆" for f in house.findings(LATER))


def test_a_page_out_of_reach_changes_nothing(house):
    house.night(date(2026, 3, 9), {2: "无"})
    house.take(house.notice(), "--yes")
    house.night(LATER, {2: "无"}, failed=(house.page(3),))
    house.judge(LATER)
    three = next(f for f in house.findings(LATER) if f.places[0].url == house.page(3))
    assert three.state is State.CONFIRMED
    assert "2026年3月12日访问时超时" in three.message


def test_the_same_fault_in_two_notices_is_one(house):
    house.night(date(2026, 3, 9), {2: "无"})
    house.take(house.notice(), "--yes")
    house.take(house.notice("word_notice", "再报【2026-03-11】"), "--yes")
    found = [f for f in house.findings(DAY) if f.places[0].url == house.page(3)]
    assert len(found) == 1
    assert "（共 2 次通报）" in found[0].message


def test_a_column_is_held_against_our_own_verdict(house):
    house.night(date(2026, 3, 9), {2: "进行布署。"})
    house.judge(date(2026, 3, 9))
    [ours] = [f for f in house.findings(DAY, "F001") if "统计信息" in f.subject]
    house.take(house.notice("audit_columns"), "--yes", "--day", "2026-03-10")
    stale = next(item for item in items(house) if item.column)
    assert (stale.matched, stale.fingerprint) == (True, ours.fingerprint)
    assert not house.findings(DAY, "V103")


def test_a_column_we_find_in_time_ends_with_a_later_run(house):
    house.night(DAY, {2: "无"}, newest=date(2026, 3, 10))
    house.take(house.notice("audit_columns"), "--yes", "--day", "2026-03-11")
    [told] = house.findings(DAY, "V103")
    assert (told.state, told.unit) == (State.CONFIRMED, "区统计局")
    assert "结论是正常" in told.message
    house.night(LATER, {2: "无"}, newest=date(2026, 3, 10))
    house.judge(LATER)
    [ended] = house.findings(LATER, "V103")
    assert ended.state is State.RESOLVED


def test_personal_numbers_are_kept_masked(house, capfd):
    number = "650204199003078888"
    house.night(date(2026, 3, 9), {1: "无"})
    house.take(house.notice("import_template"), "--yes")
    [secret] = [f for f in house.findings(DAY) if "个人信息" in f.message]
    assert number not in repr(secret)
    assert number not in repr(items(house))
    out = capfd.readouterr()
    assert number not in out.out + out.err
    assert "1 条，不导入" in out.out
    house.night(LATER, {1: "无"}, unlisted={house.page(6): f"张某，{number}。"})
    house.judge(LATER)
    [secret] = [f for f in house.findings(LATER) if f.fingerprint == secret.fingerprint]
    assert secret.state is State.CONFIRMED
    assert "页面上仍有这处文字" in secret.message
    house.night(NEXT, {1: "无"}, unlisted={house.page(6): "张某。"})
    house.judge(NEXT)
    [secret] = [f for f in house.findings(NEXT) if f.fingerprint == secret.fingerprint]
    assert secret.state is State.RESOLVED


def test_pages_of_open_entries_are_asked_for_again(house):
    house.night(date(2026, 3, 9), {1: "无", 2: "无"})
    house.take(house.notice(), "--yes")
    run = house.night(LATER, {})
    with Ledger.open(house.url) as ledger:
        asked = dict(ledger.noticed(run, 300))
        assert set(asked) == {*map(house.page, (1, 2, 3, 4)), f"{BASE}/gone.html"}
        assert asked[house.page(1)].asked == date(2026, 3, 9)
        assert asked[house.page(4)] is None
        assert len(ledger.noticed(run, 2)) == 2


def test_the_same_file_twice_changes_nothing(house, capfd):
    house.night(date(2026, 3, 9), {1: "无"})
    file = house.notice()
    house.take(file, "--yes")
    before = house.findings(DAY, ""), items(house)
    house.take(file, "--yes", "--vendor", "别家")
    assert "以前已经导入过" in capfd.readouterr().err
    assert (house.findings(DAY, ""), items(house)) == before


def test_nothing_is_written_unasked(house, capfd):
    house.night(date(2026, 3, 9), {1: "无"})
    house.take(house.notice(), "--dry-run")
    house.take(house.notice(), code=3)
    out = capfd.readouterr()
    assert "加 --yes" in out.err
    assert "疑似错误→错误内容" in out.out
    assert "略过 工作表“错别字”第 8 行：没有错误内容" in out.out
    assert "工作表“词典”是隐藏的" in out.out
    assert items(house) == []


def test_a_notice_before_the_first_run_waits(house, capfd):
    house.take(house.notice(), "--yes")
    assert "还没有巡查" in capfd.readouterr().err
    house.night(DAY, {3: "核对帐户。"})
    house.judge(DAY)
    assert any(f.code == "V101" for f in house.findings(DAY))


def test_the_day_must_not_lie_ahead(house, capfd):
    house.take(house.notice(), "--yes", "--day", "2026-04-01", code=3)
    assert "晚于基准日" in capfd.readouterr().err


def test_the_paper_holds_both_lists_against_each_other(house, capfd):
    house.night(date(2026, 3, 9), {1: "各乡镇严禁焚烧秸杆，确保秸秆综合利用。", 2: "进行布署。"})
    house.judge(date(2026, 3, 9))
    house.take(house.notice(), "--yes")
    house.night(LATER, {1: "各乡镇确保秸秆综合利用。", 2: "进行布署。"})
    house.judge(LATER)
    out = house.home / "out"
    asked = ("report", "vendor", str(house.folder), "--month", "2026-03", "--out", str(out))
    assert house.run(*asked, day=LATER) == 0
    model = json.loads((out / "weh-vendor-2026-03.json").read_text("utf-8"))
    states = {row["url"].rpartition("/")[2]: row["state"] for row in model["items"]}
    assert states["1.html"] == "mended"
    assert states["3.html"] == "unseen"
    assert model["items"][0]["both"]
    assert model["items"][0]["column"] == "政务公开 > 动态"
    assert (out / "weh-vendor-2026-03.docx").is_file()


def _sheet(house, *rows, name="月报【2026-03-10】.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(house.home / name)
    return house.home / name


def _states(house, day):
    out = house.home / "out"
    asked = ("report", "vendor", str(house.folder), "--month", "2026-03", "--out", str(out))
    assert house.run(*asked, day=day) == 0
    model = json.loads((out / "weh-vendor-2026-03.json").read_text("utf-8"))
    return {row["url"].rpartition("/")[2]: (row["state"], row["note"]) for row in model["items"]}


def test_a_word_nobody_of_ours_read_was_not_put_right(house, capfd):
    house.night(date(2026, 3, 9), {1: "据介绍，进展顺利。", 2: "无"})
    file = _sheet(
        house,
        ("疑似错误", "建议修改", "网址", "整改状态"),
        ("据介绍", "据了解", house.page(1), "待整改"),
        ("据悉说", "据悉", house.page(2), "已整改"),
    )
    house.take(file, "--yes")
    out = capfd.readouterr().out
    assert f"第 2 行：错别字及表述，“据介绍”→“据了解”，{house.page(1)}，未写单位" in out
    assert "通报写明整改状态：已整改，仍由巡查核实" in out
    two = next(f for f in house.findings(DAY) if f.places[0].url == house.page(2))
    assert "通报写明“整改状态：已整改”，以巡查核实为准。" in two.message
    house.night(LATER, {1: FINE, 2: FINE})
    house.judge(LATER)
    assert all(f.state is State.RESOLVED for f in house.findings(LATER))
    assert _states(house, LATER) == {
        "1.html": ("mended", ""),
        "2.html": ("absent", "通报写明整改状态：已整改"),
    }


def test_what_the_vendor_doubts_accuses_nobody(house):
    house.night(date(2026, 3, 9), {1: "据介绍，进展顺利。"})
    head = ("疑似错误", "建议修改", "网址", "审核状态")
    house.take(_sheet(house, head, ("据介绍", "据了解", house.page(1), "存疑")), "--yes")
    [found] = house.findings(DAY)
    assert (found.state, found.doubtful) == (State.SUSPECTED, True)
    assert "通报写明存疑，由人工判断。" in found.message


def test_a_sort_of_data_is_no_string(house):
    house.night(date(2026, 3, 9), {1: "无"})
    head = ("问题类型", "泄露内容", "网址")
    house.take(_sheet(house, head, ("隐私泄露", "身份证号", house.page(1))), "--yes")
    house.night(LATER, {1: FINE})
    house.judge(LATER)
    [found] = house.findings(LATER)
    assert found.state is State.CONFIRMED
    assert "公开了个人信息“身份证号”" in found.message
    assert "需人工核实" in found.message


def test_what_we_had_closed_is_not_accused_anew(house, capfd):
    text = "各乡镇严禁焚烧秸杆，确保秸秆综合利用。"
    first, mended = date(2026, 3, 6), date(2026, 3, 9)
    house.night(first, {1: text, 2: text})
    house.judge(first)
    house.night(mended, {1: FINE, 2: FINE})
    house.judge(mended)
    ours = {f.subject: f for f in house.findings(mended, "T") if "秸杆" in f.subject}
    assert all(f.state is State.RESOLVED for f in ours.values())
    head = ("疑似错误", "建议修改", "网址", "监测时间")
    rows = (
        ("秸杆", "秸秆", house.page(1), "2026-03-05"),
        ("秸杆", "秸秆", house.page(2), "2026-03-10"),
    )
    house.take(_sheet(house, head, *rows), "--yes")
    assert "本工具此前已发现，并已整改" in capfd.readouterr().err
    one, two = items(house)
    assert one.fingerprint in {f.fingerprint for f in ours.values()}
    [open_now] = [f for f in house.findings(DAY) if f.state.open]
    assert open_now.places[0].url == house.page(2)
    assert "本工具也曾发现这处文字，2026年3月9日记为已解决。" in open_now.message
    assert "未能核实" in open_now.message
    assert not two.matched


def test_a_hidden_link_is_our_own_finding_of_it():
    page = f"{BASE}/1.html"
    claim = Claim(
        "T503", "bad.example", "链接不显示给人看", Severity.SEVERE, "", places=(Place(page, ""),)
    )
    facts = SimpleNamespace(site=SimpleNamespace(key="weh"), columns=())

    def matched(context, **more):
        item = NoticeItem("", NoticeKind.OTHER, "暗链", page, "", "", context=context, **more)
        notice = Notice("weh", b"", "a", "b", DAY, datetime(2026, 3, 11, tzinfo=ZONE), (item,))
        return match(SiteNotices((notice,)), facts, [claim], {})

    assert len(matched("http://bad.example/")) == 1
    assert len(matched("页面底部有暗链")) == 1
    assert matched("http://other.example/") == {}
