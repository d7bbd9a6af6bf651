"""监测报告分析: sentences, then tables by kind, unit and column, then every fault."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts import layout
from reports.drafts.layout import Field

_GROUP = (
    Field("通报问题", 24, "row.told", centred=True),
    Field("双方都发现", 28, "row.both", centred=True),
    Field("仅监测单位", 28, "row.theirs", centred=True),
    Field("仅本工具", 24, "row.ours", centred=True),
    Field("通报中已消除", 30, "row.ended", centred=True),
    Field("通报中未消除", 30, "row.open", centred=True),
)


def build() -> Word:
    """The template of the paper `vendor`."""
    made = layout.sheet(landscape=True)
    layout.title(made, "{{ heading }}")
    layout.heading(made, "{{ heads['lead'] }}")
    for key in ("lead", "difference", "outcomes", "months"):
        layout.statement(made, f"{{%p if {key} %}}")
        layout.text(made, f"{{{{ {key}.words }}}}")
        layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if notices %}")
    layout.small(made, "通报文件")
    layout.table(
        made,
        "notices",
        (
            Field("序号", 14, "row.no", centred=True),
            Field("文件", 130, "row.name"),
            Field("监测单位", 60, "row.vendor"),
            Field("通报日期", 30, "row.day", centred=True),
            Field("条数", 20, "row.count", centred=True),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if kinds %}")
    layout.heading(made, "{{ heads['kinds'] }}")
    layout.table(
        made,
        "kinds",
        (
            Field("类别", 60, "row.name"),
            Field("上月通报", 40, "row.before", centred=True),
            Field("本月通报", 40, "row.now", centred=True),
            Field("再次通报", 40, "row.again", centred=True),
            Field("本月新通报", 40, "row.fresh", centred=True),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if units %}")
    layout.heading(made, "{{ heads['units'] }}")
    layout.table(made, "units", (Field("责任单位", 90, "row.name"), *_GROUP))
    layout.heading(made, "{{ heads['columns'] }}")
    layout.table(made, "columns", (Field("栏目", 90, "row.name"), *_GROUP))
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if items_ %}")
    layout.heading(made, "{{ heads['items'] }}")
    layout.table(
        made,
        "items_",
        (
            Field("序号", 11, "row.no", centred=True),
            Field("类别", 22, "row.kind"),
            Field("所在句", 62, "row.marked", rich=True),
            Field("建议修改", 24, "row.suggest"),
            Field("网址", 60, "row.url"),
            Field("责任单位", 30, "row.unit"),
            Field("由谁发现", 22, "row.found_by", centred=True),
            Field("结果", 24, "row.state_word", centred=True),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if ours %}")
    layout.heading(made, "{{ heads['ours'] }}")
    layout.table(
        made,
        "ours",
        (
            Field("序号", 11, "row.no", centred=True),
            Field("类别", 24, "row.kind"),
            Field("说明", 104, "row.what"),
            Field("网址", 62, "row.url"),
            Field("责任单位", 30, "row.unit"),
            Field("结果", 24, "row.state_word", centred=True),
        ),
    )
    layout.statement(made, "{%p endif %}")
    layout.proof(made)
    return made
