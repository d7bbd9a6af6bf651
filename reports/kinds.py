"""The kinds of problems (问题类别) under which formal papers gather findings."""

from __future__ import annotations

_KINDS = (
    ("栏目更新", ("F001", "F002", "F006", "F009", "F010")),
    ("空白栏目", ("F003", "F011")),
    ("链接与跳转", ("F004", "F005", "P006")),
    ("发布日期", ("F007", "F008", "P")),
    ("不良信息和外链", ("T5",)),
    ("个人信息", ("T6",)),
    ("文字表述", ("T",)),
    ("监测通报", ("V",)),
)
OTHER = "其他"
KINDS: tuple[str, ...] = (*(name for name, _ in _KINDS), OTHER)
"""The kinds in the order in which papers list them."""


def kind_of(code: str) -> str:
    """The kind of a rule's findings: by its code, else by the first letters of it."""
    for name, known in _KINDS:
        if code in known:
            return name
    return next((name for name, known in _KINDS if code.startswith(known)), OTHER)
