"""整改通知单: letter, table, demands, signature, and the slip on a page of its own."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts import layout
from reports.drafts.layout import Field


def build() -> Word:
    """The template of the paper `unit-notice`."""
    made = layout.sheet()
    layout.title(made, "{{ heading }}")
    layout.statement(made, "{%p if rows %}")
    layout.plain(made, "{{ addressee }}")
    layout.text(made, "{{ lead.words }}")
    layout.heading(made, "一、需要整改的问题")
    layout.table(
        made,
        "rows",
        (
            Field("序号", 10, "row.no", centred=True),
            Field("问题", 24, "row.about"),
            Field("原文或情况", 40, "row.marked", rich=True),
            Field("网址", 34, "row.where"),
            Field("整改建议", 26, "row.todo"),
            Field("整改期限", 22, "row.limit"),
        ),
    )
    layout.statement(made, "{%p if unchecked_words %}")
    layout.small(made, "{{ unchecked_words.words }}")
    layout.statement(made, "{%p endif %}")
    layout.heading(made, "二、整改要求")
    layout.statement(made, "{%p for said in demands %}")
    layout.text(made, "（{{ loop.index }}）{{ said }}")
    layout.statement(made, "{%p endfor %}")
    layout.heading(made, "三、依据")
    layout.statement(made, "{%p for basis in bases %}")
    layout.text(made, "（{{ loop.index }}）{{ basis }}")
    layout.statement(made, "{%p endfor %}")
    layout.text(made, "附件：整改情况回执")
    layout.statement(made, "{%p if contact or phone %}")
    layout.text(made, "（联系人：{{ contact }}　联系电话：{{ phone }}）")
    layout.statement(made, "{%p endif %}")
    layout.signature(made, "{{ issuer }}", "{{ as_of_words }}")
    layout.proof(made)
    slip = layout.heading(made, "附件　整改情况回执")
    slip.paragraph_format.page_break_before = True
    layout.plain(made, "填报单位（盖章）：{{ signer }}")
    layout.table(
        made,
        "rows",
        (
            Field("序号", 10, "row.no", centred=True),
            Field("问题", 46, "row.named"),
            Field("整改措施和结果", 44, "''"),
            Field("完成日期", 20, "''"),
            Field("经办人", 18, "''"),
            Field("备注", 18, "''"),
        ),
    )
    layout.plain(made, "审核人：　　　　　联系电话：　　　　　　")
    layout.plain(made, "填报日期：　　　年　　月　　日")
    layout.statement(made, "{%p else %}")
    layout.text(made, "{{ lead.words }}")
    layout.statement(made, "{%p if unchecked_words %}")
    layout.text(made, "{{ unchecked_words.words }}")
    layout.statement(made, "{%p endif %}")
    layout.signature(made, "{{ issuer }}", "{{ as_of_words }}")
    layout.proof(made)
    layout.statement(made, "{%p endif %}")
    return made
