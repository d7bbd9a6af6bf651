"""错别字通报: a table under each severity, landscape."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts.layout import Field, heading, note, proof, sheet, small, statement, table, title


def build() -> Word:
    """The template."""
    made = sheet(landscape=True)
    title(made, "{{ heading }}")
    small(made, "{{ site.home }}　基准日 {{ as_of }}", centred=True)
    note(made, "{{ summary.words }}")
    statement(made, "{%p for said in scope %}")
    note(made, "{{ said }}")
    statement(made, "{%p endfor %}")
    statement(made, "{%p for group in groups %}")
    heading(made, "{{ group.heading.words }}")
    table(
        made,
        "group.rows",
        [
            Field("序号", 12, "row.no", centred=True),
            Field("原文（错处以【】标明）", 74, "row.marked", rich=True),
            Field("建议改为", 30, "row.suggest"),
            Field("网址", 52, "row.url ~ ('（' ~ row.remark ~ '）' if row.remark else '')"),
            Field("责任单位", 30, "row.unit"),
            Field("状态", 17, "row.state_word", centred=True),
            Field("首次发现", 22, "row.first_seen", centred=True),
            Field("整改期限", 22, "row.due", centred=True),
        ],
    )
    statement(made, "{%p endfor %}")
    statement(made, "{%p if units %}")
    heading(made, "按责任单位统计")
    table(
        made,
        "units",
        [
            Field("责任单位", 120, "row.unit"),
            Field("问题数", 30, "row.all", centred=True),
            Field("其中严重", 30, "row.severe", centred=True),
            Field("其中新发现", 30, "row.new", centred=True),
        ],
    )
    small(made, "一个问题由几个单位共同负责的，在每个单位下各计一次。")
    statement(made, "{%p endif %}")
    proof(made)
    return made
