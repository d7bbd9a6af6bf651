"""`xuncha review`: words on findings through the real ledger and the real judgement."""

import json
from datetime import timedelta

import pytest

from console import reviewing
from tests.console.nights import FIRST, Nights, first_night, wrong

NEXT, THIRD, LATER = (FIRST + timedelta(days=n) for n in (1, 2, 20))
WORDING, COLUMN = "T201", "F001"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return first_night(tmp_path_factory.mktemp("base"), "site")


@pytest.fixture
def nights(typed, base):
    return Nights(typed, base)


def nightly_model(nights, day):
    """The nightly page of that day, as programs read it."""
    args = ("nightly", "site", "--as-of", str(day), "--formats", "json", "--out", "out")
    ran = nights.typed("report", *args)
    assert ran.code == 0, ran.err
    return json.loads((nights.typed.home / f"out/site-nightly-{day}.json").read_text("utf-8"))


def test_the_site_has_a_wrong_word_and_a_late_column(nights):
    assert {row["code"] for row in nights.listed()} == {WORDING, COLUMN}


def test_a_dismissed_wording_stays_dismissed_when_the_page_is_edited_elsewhere(nights):
    mark = nights.finding(WORDING)["fingerprint"]
    ran = nights.review("dismiss", "site", mark, "--by", "张三", "--note", "地名")
    assert f"{mark} " in ran.out
    assert "已记为误报" in ran.out
    assert '[text] terms = ["秸杆还田"]' in ran.err
    edited = {"a": f"通知如下。{wrong()}\n联系电话见附件。", "b": "一切正常。"}
    for day in (NEXT, THIRD):
        nights.night(day, edited)
        assert nights.finding(WORDING, day)["state"] == "dismissed"
    [row] = nights.listed("--state", "dismissed", day=THIRD)
    assert (row["review"], row["by"], row["on"], row["note"]) == (
        "dismissed", "张三", str(FIRST), "地名",
    )  # fmt: skip
    assert nights.listed("--stale", day=THIRD) == []


def test_the_same_wording_at_a_new_place_fires_and_may_be_dismissed_as_well(nights):
    mark = nights.finding(WORDING)["fingerprint"]
    nights.review("dismiss", "site", mark)
    both = {"a": wrong(), "b": wrong("综合实施", "工作")}
    nights.night(NEXT, both)
    again = nights.finding(WORDING, NEXT)
    assert (again["state"], again["review"]) == ("confirmed", None)
    assert [place["address"].rpartition("/")[2] for place in again["places"]] == ["b.html"]
    [row] = nights.listed("--code", WORDING, day=NEXT)
    assert "另一处又有" in row["remark"]
    nights.review("dismiss", "site", mark, day=NEXT)
    nights.night(THIRD, both)
    assert nights.finding(WORDING, THIRD)["state"] == "dismissed"


def test_a_dismissed_wording_that_is_gone_is_told(nights):
    nights.review("dismiss", "site", nights.finding(WORDING)["fingerprint"])
    nights.night(NEXT, {"a": "已经改好。", "b": "一切正常。"})
    [row] = nights.listed("--stale", day=NEXT)
    assert (row["code"], row["spent"]) == (WORDING, "unmatched")
    assert "都没有了" in row["remark"]
    assert "误报所指的文字" in nights.review("list", "site", "--stale", day=NEXT).out
    told = nightly_model(nights, NEXT)["reviews"]
    assert (told["unmatched"][0]["name"], told["unmatched_before"]) == ("常见错别字", 0)
    nights.night(THIRD, {"a": "已经改好。", "b": "一切正常。"})
    told = nightly_model(nights, THIRD)["reviews"]
    assert (told["unmatched"], told["unmatched_before"]) == ([], 1)


def test_a_dismissed_column_stays_dismissed_and_is_told_when_it_was_updated(nights):
    nights.review("dismiss", "site", nights.finding(COLUMN)["fingerprint"], "--note", "已撤并")
    nights.night(NEXT, {"a": wrong()})
    assert nights.finding(COLUMN, NEXT)["state"] == "dismissed"
    assert nights.listed("--stale", day=NEXT) == []
    nights.night(THIRD, {"a": wrong()}, figures=THIRD)
    [row] = nights.listed("--stale", day=THIRD)
    assert (row["code"], row["spent"], row["state"]) == (COLUMN, "unmatched", "dismissed")
    assert f"在 {THIRD} 的检查中已不再出现" in row["remark"]


def test_an_acceptance_runs_out_by_itself(nights):
    mark = nights.finding(COLUMN)["fingerprint"]
    until = str(FIRST + timedelta(days=10))
    nights.review("accept", "site", mark, "--until", until, "--note", "机构改革", "--by", "李四")
    accepted = nights.finding(COLUMN)
    assert (accepted["state"], accepted["accepted_until"]) == ("accepted", until)
    assert accepted["note"] == "机构改革"
    nights.night(LATER, {"a": wrong()})
    back = nights.finding(COLUMN, LATER)
    assert (back["state"], back["review"]) == ("confirmed", "confirmed")
    [row] = nights.listed("--stale", day=LATER)
    assert (row["code"], row["spent"], row["by"]) == (COLUMN, "run_out", "李四")
    assert row["until"] is None
    assert row["remark"] == f"暂予保留已于 {until} 到期，问题重新列为“确认”。"
    model = nightly_model(nights, LATER)
    assert [row["fingerprint"] for row in model["reviews"]["run_out"]] == [mark]
    assert "重新计入的问题 1 个" in model["changes"]["headline"]
    nights.review("confirm", "site", mark, day=LATER)
    assert nights.listed("--stale", day=LATER) == []


def test_units_switches_and_remarks_leave_the_verdict(nights):
    mark = nights.finding(COLUMN)["fingerprint"]
    nights.review("confirm", "site", mark, "--veto", "yes")
    ran = nights.review("assign", "site", mark, "--to", "区统计 局", "--note", "职能已划转")
    assert "已记为指派：区统计局" in ran.out
    assert "栏目表里没有" not in ran.err
    ran = nights.review("note", "site", mark, "--in-report", "no", "--note", "已电话核实")
    assert "备注，纳入报告：否" in ran.out
    told = nights.finding(COLUMN)
    assert (told["review"], told["assigned"], told["in_report"], told["veto"], told["note"]) == (
        "confirmed", "区统计局", False, True, "已电话核实",
    )  # fmt: skip
    assert told["unit"] == "区统计局、区教育局"
    ran = nights.review("assign", "site", mark, "--to", "区统汁局")
    assert "栏目表里没有单位“区统汁局”，最接近的是“区统计局”" in ran.err
    table = nights.review("list", "site").out
    assert "指派：区统汁局；不纳入报告；计入单项否决" in table


def test_reopening_takes_the_verdict_back_and_the_history_keeps_all(nights):
    mark = nights.finding(COLUMN)["fingerprint"]
    nights.review("dismiss", "site", mark, "--by", "张三", "--note", "误")
    nights.review("reopen", "site", mark[:6], "--by", "李四", day=NEXT)
    assert nights.finding(COLUMN, NEXT)["state"] == "confirmed"
    told = nights.review("history", "site", mark, "--format", "json", day=NEXT).json()
    assert [(row["day"], row["word"], row["by"], row["note"]) for row in told] == [
        (str(FIRST), "dismissed", "张三", "误"),
        (str(NEXT), "reopened", "李四", ""),
    ]
    assert len(nights.review("history", "site", day=NEXT).out.splitlines()) == 4
    again = nights.review("reopen", "site", mark, day=NEXT, code=3)
    assert "没有可以撤回的复核意见" in again.err
    assert nights.review("history", "site", mark, "--format", "csv").out.count("\r\n") == 2


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
def test_every_format_of_an_empty_list(nights, form):
    ran = nights.review("list", "site", "--where", "没有这样的字", "--format", form)
    assert ran.code == 0
    assert ("没有符合条件的问题" in ran.out) == (form == "table")
    ran = nights.review("history", "site", "--format", form)
    assert ("还没有复核意见" in ran.out) == (form == "table")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("dismiss", "{}", "ffff"), "没有编号为 ffff 的问题"),
        (("dismiss", "{}", "--code", "F001"), "编号和筛选条件只能用一种"),
        (("dismiss",), "缺少参数 FINGERPRINT"),
        (("dismiss", "--where", "不存在"), "没有符合条件的问题（--where 不存在），什么都没有记"),
        (("confirm", "--code", "F001"), "在同一条命令后面加 --yes"),
        (("accept", "{}"), "请加 --until YYYY-MM-DD"),
        (("accept", "{}", "--until", "2026-03-20"), "不晚于基准日 2026-03-20"),
        (("accept", "{}", "--until", "2026-02-30"), "--until 2026-02-30 不存在"),
        (("accept", "{}", "--until", "三月"), "--until 三月 看不懂"),
        (("assign", "{}", "--to", "　"), "请用 --to 写明"),
        (("note", "{}"), "没有要记的内容"),
        (("reopen", "{}"), "没有可以撤回的复核意见"),
        (("reopen", "--code", "F001", "--yes"), "没有符合条件的问题"),
    ],
)
def test_what_cannot_be_kept_keeps_nothing(nights, args, sentence):
    mark = nights.finding(COLUMN)["fingerprint"]
    word, *rest = [mark if arg == "{}" else arg for arg in args]
    ran = nights.review(word, "site", *rest, code=3)
    assert sentence in ran.err
    assert ran.out == ""
    assert nights.review("history", "site", "--format", "json").json() == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (("--code", "f001"), 1),
        (("--code", "F001", "--code", "T201"), 2),
        (("--unit", "区教育局"), 1),
        (("--unit", "区教育局", "--code", "T201"), 0),
        (("--severity", "general", "--state", "confirmed", "--tier", "report"), 2),
        (("--where", "统计信息"), 1),
        (("--tier", "review"), 0),
        (("--state", "dismissed"), 0),
        (("--unreviewed",), 2),
    ],
)
def test_filters_hold_together(nights, filters, count):
    assert len(nights.listed(*filters)) == count


def test_a_bulk_word_says_what_it_will_speak_of(nights, monkeypatch):
    ran = nights.review("confirm", "site", "--state", "confirmed", code=3)
    assert "符合条件的问题 2 个，将记为属实" in ran.err
    assert "秸杆" in ran.err
    nights.review("confirm", "site", "--state", "confirmed", "--yes")
    assert {row["review"] for row in nights.listed()} == {"confirmed"}
    monkeypatch.setattr(reviewing, "on_terminal", lambda: True)
    nights.review("dismiss", "site", "--unit", "区统计局")
    assert nights.finding(COLUMN)["state"] == "dismissed"
    monkeypatch.setattr(reviewing, "_SHOWN", 1)
    ran = nights.review("reopen", "site", "--severity", "general", code=3)
    assert "……另有 1 个" in ran.err
    assert nights.finding(COLUMN)["state"] == "dismissed"


def test_hostile_words_of_a_portal_stay_on_their_line(nights):
    evil = "\x1b[31m\n=1+1"
    mark = nights.finding(COLUMN)["fingerprint"]
    nights.review("note", "site", mark, "--note", evil)
    for args in (("list", "site"), ("history", "site")):
        assert "\x1b" not in nights.review(*args).out
    table = nights.review("history", "site", "--format", "csv").out
    assert "'=1+1" not in table or "\x1b[31m" in table
