"""年度运维报告: text and tables, upright."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts.layout import (
    Field,
    chart,
    heading,
    proof,
    sheet,
    signature,
    small,
    statement,
    subheading,
    table,
    text,
    title,
)

_TALLY = (
    ("问题", "all"),
    ("已整改或下线", "ended"),
    ("其中超期", "late"),
    ("未整改", "open"),
    ("其中超期", "overdue"),
    ("暂予保留", "deferred"),
)
_MONTH = (
    ("巡查次数", "runs"),
    ("栏目数", "columns"),
    ("正常", "good"),
    ("有问题", "problems"),
    ("未检查", "unchecked"),
    ("当月确认", "confirmed"),
    ("当月办结", "closed"),
    ("月末未整改", "open"),
)


def build() -> Word:
    """The template."""
    made = sheet()
    title(made, "{{ heading }}")
    small(made, "{{ operator }}　基准日 {{ as_of }}", centred=True)
    heading(made, "一、基本情况")
    text(made, "{{ basis.words }}")
    text(made, "{{ columns_said.words }}")
    statement(made, "{%p for gap in gaps %}")
    text(made, "{{ gap }}")
    statement(made, "{%p endfor %}")
    heading(made, "二、各月巡查")
    table(
        made,
        "months",
        [
            Field("月份", 18, "row.words", centred=True),
            *(
                Field(head, 17, f"row.{key} if row.seen else '—'", centred=True)
                for head, key in _MONTH
            ),
        ],
        dense=True,
    )
    chart(made, "trend_chart")
    heading(made, "三、问题与整改")
    text(made, "{{ duties_said.words }}")
    statement(made, "{%p if duties %}")
    subheading(made, "（一）按问题类别")
    table(made, "kinds", _tally("问题类别"), dense=True)
    subheading(made, "（二）按责任单位（共同负责的在各单位分别计数）")
    table(made, "units", _tally("责任单位"), dense=True)
    chart(made, "units_chart")
    statement(made, "{%p endif %}")
    heading(made, "四、遗留问题")
    text(made, "{{ left_said.words }}")
    statement(made, "{%p if left %}")
    table(
        made,
        "left",
        [
            Field("序号", 10, "loop.index", centred=True),
            Field("问题", 30, "row.name"),
            Field("位置", 38, "row.subject"),
            Field("责任单位", 26, "row.unit"),
            Field("确认日期", 18, "row.since", centred=True),
            Field("整改期限", 18, "row.due", centred=True),
            Field("状态", 16, "row.outcome_word", centred=True),
        ],
        dense=True,
    )
    statement(made, "{%p endif %}")
    signature(made, "{{ operator }}", "{{ date_words }}")
    proof(made)
    return made


def _tally(head: str) -> list[Field]:
    counts = [Field(name, 16, f"row.{key}", centred=True) for name, key in _TALLY]
    return [Field(head, 60, "row.name"), *counts]
