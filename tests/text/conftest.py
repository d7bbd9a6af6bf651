"""Text that the tests of the n-gram table count."""

from __future__ import annotations

import pytest

_SUBJECTS = ("镇政府", "县农业局", "街道办事处", "市税务局", "区教育局")
_VERBS = ("认真落实", "及时公开", "持续推进", "全面检查")
_OBJECTS = ("安全生产工作", "财政预算信息", "农村道路建设", "春季植树任务", "窗口服务质量")
_TEXT = "\n".join(
    f"{who}{what}{which}，{tail}。"
    for who in _SUBJECTS
    for what in _VERBS
    for which in _OBJECTS
    for tail in ("成效明显", "群众满意")
)


@pytest.fixture(scope="session")
def office_text() -> str:
    """Two hundred sentences made of a few phrases, one a line."""
    return _TEXT
