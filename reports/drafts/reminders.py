"""栏目更新提醒: what each unit has to do, then columns and duties, on landscape sheets."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts import layout
from reports.drafts.layout import Field


def build() -> Word:
    """The template of the paper `reminders`."""
    made = layout.sheet(landscape=True)
    layout.title(made, "{{ heading }}")
    layout.text(made, "{{ lead.words }}")
    layout.statement(made, "{%p if unchecked_words %}")
    layout.text(made, "{{ unchecked_words.words }}")
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if units %}")
    layout.heading(made, "各单位情况")
    layout.small(made, "几个单位共同负责的，在每个单位下各计一次。")
    layout.table(
        made,
        "units",
        (
            Field("责任单位", 107, "row.unit"),
            Field("已逾期栏目", 40, "row.overdue", centred=True),
            Field("临近到期栏目", 40, "row.soon", centred=True),
            Field("超期整改任务", 40, "row.late", centred=True),
            Field("临近到期整改任务", 40, "row.due", centred=True),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if columns %}")
    layout.heading(made, "栏目更新")
    layout.table(
        made,
        "columns",
        (
            Field("序号", 12, "row.no", centred=True),
            Field("栏目", 70, "row.name"),
            Field("责任单位", 42, "row.unit"),
            Field("更新要求", 26, "row.frequency_word", centred=True),
            Field("最近更新", 24, "row.last_updated or '没有读到'", centred=True),
            Field("应更新至", 24, "row.due or '—'", centred=True),
            Field("状态", 25, "row.words", centred=True),
            Field("网址", 44, "row.url"),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if duties %}")
    layout.heading(made, "整改任务")
    layout.table(
        made,
        "duties",
        (
            Field("序号", 12, "row.no", centred=True),
            Field("问题", 34, "row.name"),
            Field("原文或情况", 78, "row.marked", rich=True),
            Field("责任单位", 42, "row.unit"),
            Field("网址", 50, "row.url"),
            Field("整改期限", 24, "row.due", centred=True),
            Field("状态", 27, "row.words", centred=True),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if unchecked %}")
    layout.heading(made, "未检查的栏目")
    layout.statement(made, "{%p for column in unchecked %}")
    layout.small(made, "{{ column.no }}．{{ column.name }}（{{ column.units|join('、') }}）")
    layout.statement(made, "{%p endfor %}")
    layout.statement(made, "{%p endif %}")
    layout.proof(made)
    return made
