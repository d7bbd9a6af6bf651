"""错别字整改反馈: a table under each severity, landscape."""

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
            Field("来源", 18, "row.source", centred=True),
            Field("原文（错处以【】标明）", 60, "row.marked", rich=True),
            Field("建议改为", 26, "row.suggest"),
            Field("网址", 42, "row.url"),
            Field("责任单位", 26, "row.unit"),
            Field("整改期限", 21, "row.due", centred=True),
            Field("整改状态", 19, "row.outcome_word", centred=True),
            Field("完成日期", 21, "row.closed_on", centred=True),
            Field("说明", 21, "row.remark"),
        ],
    )
    statement(made, "{%p endfor %}")
    statement(made, "{%p if units %}")
    heading(made, "按责任单位统计")
    table(
        made,
        "units",
        [
            Field("责任单位", 100, "row.unit"),
            Field("问题数", 24, "row.all", centred=True),
            Field("已整改", 24, "row.mended", centred=True),
            Field("已下线", 24, "row.offline", centred=True),
            Field("整改中", 24, "row.open", centred=True),
            Field("超期未整改", 28, "row.overdue", centred=True),
            Field("其他", 24, "row.other", centred=True),
        ],
    )
    small(
        made,
        "一个问题由几个单位共同负责的，在每个单位下各计一次；其他为暂予保留、核实时页面上没有和经复核不属错误的。",
    )
    statement(made, "{%p endif %}")
    proof(made)
    return made
