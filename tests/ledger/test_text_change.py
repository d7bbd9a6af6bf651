"""What counts as a change of a page's text, and what changes by itself."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.text_change import EXCERPT, Revision, changed

BODY = (
    "区人民政府办公室印发了本年度政务公开工作要点，明确了七个方面的任务。\n"
    "各单位要在4月30日前完成自查，罚款标准为每亩100元，联系电话6962017。\n"
    "本通知自印发之日起施行。"
)


def change(before, after):
    return changed([Revision("x", b"p", before, after)]).get("x")


@pytest.mark.parametrize(
    "after",
    [
        BODY,
        BODY.replace("\n", ""),
        BODY.replace("，", " ， \u3000"),
        BODY.replace("100", "１００"),
        f"浏览次数：1,024 次\n{BODY}",
        f"{BODY}\n【字号：大 中 小】\n打印本页　关闭窗口\n",
        f"当前位置：首页 > 政务公开\n{BODY}\n上一篇：关于放假的通知\n下一篇：没有了",
        f"发布时间：2026-03-09 09:30　来源：区政府办　点击数：77\n{BODY}",
        f"今天是2026年3月20日 星期五\n{BODY}",
        "\n".join(reversed(BODY.split("\n"))),
    ],
)
def test_what_changes_by_itself_is_no_edit(after):
    assert change(BODY, after) is None
    assert change(after, BODY) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("100元", "200元"),
        ("4月30日", "4月20日"),
        ("6962017", "6962018"),
        ("七个方面", "八个方面"),
        ("本通知自印发之日起施行。", ""),
        ("施行。", "施行。此前的规定同时废止。"),
        ("各单位", "时间：3月5日上午，各单位"),
    ],
)
def test_an_edit_is_found_with_both_wordings(old, new):
    found = change(BODY, BODY.replace(old, new))
    assert found is not None
    assert max(len(found.before), len(found.after)) <= EXCERPT
    assert 0 < found.share < 1
    assert old.rstrip("。") in found.before or not found.before
    assert new.rstrip("。")[-5:] in found.after or not new


def test_counters_that_ran_on_are_no_edit():
    for before, after in (
        ("浏览次数：3次", "浏览次数：1289次"),
        ("阅读：9", "阅读：12345"),
        ("（12人次浏览）", "（140人次浏览）"),
        ("访问量[88]", "访问量[1,004]"),
        ("已阅 5 次", "已阅 6 次"),
    ):
        assert change(f"{BODY}\n{before}", f"{BODY}\n{after}") is None


def test_a_new_text_is_changed_as_a_whole():
    found = change(BODY, "页面内容已经全部更换。")
    assert found is not None
    assert found.share == pytest.approx(1, abs=0.05)


def test_nothing_read_is_nothing_said():
    for before, after in (("", BODY), (BODY, ""), ("打印本页", BODY)):
        assert changed([Revision("x", b"p", before, after)]) == {}


def test_hostile_texts_take_linear_time():
    parts = ("浏览", "1,", "[(", "今天是2026年", "。", "甲。")
    texts = [part * (800_000 // len(part)) for part in parts]
    start = time.process_time()
    for text in texts:
        change(text, text + "完")
        change(text + BODY, text)
    assert time.process_time() - start < 20


TEXTS = st.text(alphabet="甲乙丙1:。\n 浏览次", max_size=60)


@given(TEXTS, TEXTS)
def test_no_text_differs_from_itself_and_differences_are_mutual(one, two):
    assert change(one, one) is None
    there, back = change(one, two), change(two, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert (there.before, there.after, there.share) == (back.after, back.before, back.share)
        assert there.before != there.after
