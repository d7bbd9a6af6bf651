"""What a column may owe, guessed from its ColumnType and its name; silent where neither speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ledger.words import Frequency

# 国办秘函〔2019〕19号: 动态、要闻 within two weeks, 政策文件 within six months; 政府信息公开条例
# 第四十九条: a report every year; 预算法 第十四条: budgets and accounts every year. The contract
# decides; these only say which clock such a column can hardly be slower than.
_BY_TYPE = {
    "工作动态": Frequency.WEEKLY,
    "政策文件": Frequency.HALF_YEARLY,
    "信息公开年报": Frequency.YEARLY,
    "机构职能": Frequency.TIMELY,
    "负责人信息": Frequency.TIMELY,
    "依申请公开": Frequency.ON_DEMAND,
}
_BY_NAME = (
    (re.compile(r"(?:要闻|工作动态|政务动态|部门动态|乡镇动态|今日[^、]{1,6})$"), Frequency.WEEKLY),
    (re.compile(r"年报$|年度报[告表]$|政府工作报告$|预决算"), Frequency.YEARLY),
    (re.compile(r"^依申请公开$"), Frequency.ON_DEMAND),
    (
        re.compile(r"^(?:领导之窗|领导信息|领导班子|机构职能|内设机构|工作机构|机构设置)$"),
        Frequency.TIMELY,
    ),
)
_COPIED = 0.8
_ENOUGH = 6


def guess(name: str, column_type: str) -> tuple[Frequency | None, str]:
    """The class that speaks for the column and what speaks; None where nothing does.

    The name is the column's own; a type is often inherited from a template.
    """
    for pattern, frequency in _BY_NAME:
        if pattern.search(name):
            return frequency, "栏目名称"
    if column_type in _BY_TYPE:
        return _BY_TYPE[column_type], f"页面标签 ColumnType 为“{column_type}”"
    return None, ""


def copied_types(home: str, types: Sequence[str]) -> frozenset[str]:
    """Types that say nothing: the home page bears them too, or nearly every page does."""
    told = Counter(kind for kind in types if kind)
    shared = {
        kind for kind, count in told.items() if count >= _ENOUGH and count >= _COPIED * len(types)
    }
    return frozenset(shared | ({home} - {"首页", ""}))
