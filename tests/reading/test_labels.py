"""Words before a date, and what they promise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.labels import Rank, label_before

DATE = "2026-03-08"


def rank(head: str) -> Rank | None:
    label = label_before(head + DATE, len(head))
    return label.rank if label else None


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("发布时间：", Rank.PUBLISHED),
        ("发布日期:", Rank.PUBLISHED),
        ("發佈時間：", Rank.PUBLISHED),
        ("【发 布 时 间】 ", Rank.PUBLISHED),
        ("发布\n时间：\n", Rank.PUBLISHED),
        ("信息发布日期 ", Rank.PUBLISHED),
        ("公开日期 | ", Rank.PUBLISHED),
        ("发布于 ", Rank.PUBLISHED),
        ("来源：区统计局发布时间：", Rank.PUBLISHED),
        ("2026年智慧停车工作计划\n发布日期：", Rank.PUBLISHED),
        ("招聘岗位\n更新时间：", Rank.CHANGED),
        ("2026-03-13 发布\n", None),
        ("发布\n", Rank.PUBLISHED),
        ("Published on: ", Rank.PUBLISHED),
        ("Posted @ ", Rank.PUBLISHED),
        ("公告时间：", Rank.ANNOUNCED),
        ("时间：", Rank.ANNOUNCED),
        ("来源：区统计局 时间：", Rank.ANNOUNCED),
        ("日　期：", Rank.ANNOUNCED),
        ("Date: ", Rank.ANNOUNCED),
        ("发文日期：", Rank.ISSUED),
        ("生成日期\n", Rank.ISSUED),
        ("印发日期：", Rank.ISSUED),
        ("成文日期：", Rank.SIGNED),
        ("更新时间：", Rank.CHANGED),
        ("Updated: ", Rank.CHANGED),
        ("生效日期：", Rank.NEVER),
        ("失效时间：", Rank.NEVER),
        ("废止日期：", Rank.NEVER),
        ("有效期至：", Rank.NEVER),
        ("截止日期：", Rank.NEVER),
        ("投标截止时间：", Rank.NEVER),
        ("开标时间：", Rank.NEVER),
        ("会议日期：", Rank.NEVER),
        ("报名时间：", Rank.NEVER),
        ("页面生成时间：", Rank.NEVER),
        ("网站更新时间：", Rank.NEVER),
        ("最后更新时间：", Rank.NEVER),
        ("今天是：", Rank.NEVER),
        ("成绩发布时间：", Rank.NEVER),
        ("公示时间：", Rank.NEVER),
        ("自", Rank.NEVER),
        ("区统计局 ", None),
        ("", None),
        ("up to date ", None),
    ],
)
def test_rank(head: str, wanted: Rank | None) -> None:
    assert rank(head) == wanted


def test_the_order_of_belief() -> None:
    heads = ["发布时间：", "公告时间：", "发文日期：", "成文日期："]
    ranks = [rank(head) for head in heads]
    assert ranks == sorted(r for r in ranks if r is not None)


@given(st.text(), st.integers(0, 100))
def test_never_raises(text: str, start: int) -> None:
    label_before(text, min(start, len(text)))
