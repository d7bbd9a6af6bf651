"""The words in a frequency cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.frequencies import nearest_spelling, read_frequency
from ledger.words import Frequency

SPELLINGS = {
    Frequency.WEEKLY: "按周更新|按周|每周|周更|每周更新一次|按 周 更新|每周至少更新1条|每７天更新",
    Frequency.MONTHLY: (
        "按月更新|按月|每月|月更|原则上每月更新一次|每月5日前更新|按月更新（遇节假日顺延）"
    ),
    Frequency.QUARTERLY: "按季更新|按季度更新|按季|每季度|每3个月更新一次|每季度末月25日前公开",
    Frequency.HALF_YEARLY: (
        "按半年更新|半年|每半年更新|每6个月更新|上半年、下半年各更新一次|每年更新两次"
    ),
    Frequency.YEARLY: "按年更新|按年进行更新|每年|一年一次|每年1月31日前更新|每年3月更新",
    Frequency.TIMELY: "适时更新|适时|及时|及时更新|实时更新|动态更新",
    Frequency.ON_DEMAND: (
        "按需更新|按需|不定期|不定期更新|有则更新|长期公开|不更新|"
        "自信息形成或者变更之日起20个工作日内"
    ),
    Frequency.JUMP: (
        "跳转链接|跳转|链接新疆政府采购网|外链|链接：新疆人事考试中心|跳转至政务服务网"
    ),
}


@pytest.mark.parametrize(
    ("text", "frequency"),
    [(text, code) for code, texts in SPELLINGS.items() for text in texts.split("|")],
)
def test_spellings(text: str, frequency: Frequency):
    spoken = read_frequency(text)
    assert spoken is not None
    assert spoken.known
    assert spoken.frequency is frequency


@pytest.mark.parametrize("text", [f.label for f in Frequency if f is not Frequency.UNSPECIFIED])
def test_every_label_says_itself(text: str):
    spoken = read_frequency(text)
    assert spoken is not None
    assert spoken.whole
    assert spoken.frequency.label == text


@pytest.mark.parametrize(
    "text", ["", "区统计局", "更新", "安月更新", "30", "3月15日", "每两年", "每0天更新"]
)
def test_what_says_nothing(text: str):
    assert read_frequency(text) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("每日更新", "按周更新"),
        ("按天", "按周更新"),
        ("每两周更新", "按月更新"),
        ("双月更新", "按季度更新"),
    ],
)
def test_paces_without_a_clock(text: str, label: str):
    spoken = read_frequency(text)
    assert spoken is not None
    assert not spoken.known
    assert spoken.frequency.label == label


def test_of_several_the_widest():
    spoken = read_frequency("按月或按季度更新")
    assert spoken is not None
    assert (spoken.frequency, spoken.mixed) == (Frequency.QUARTERLY, True)


@pytest.mark.parametrize(
    ("text", "label"), [("安月更新", "按月更新"), ("按半年度更薪", "按半年更新")]
)
def test_the_nearest_spelling(text: str, label: str):
    assert nearest_spelling(text) == label


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fall(text: str):
    read_frequency(text)
    nearest_spelling(text)
