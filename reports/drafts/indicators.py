"""检查情况表: one table a part of the standard, landscape."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts import layout
from reports.drafts.layout import Field

_FIELDS = (
    Field("序号", 9, "row.no", centred=True),
    Field("检查对象", 26, "row.group"),
    Field("指标", 26, "row.name"),
    Field("评分细则", 60, "row.text"),
    Field("检查方式", 20, "row.level_word", centred=True),
    Field("检查情况", 22, "row.word", centred=True),
    Field("说明和取证", 90, "row.told"),
    Field("条文", 14, "row.verified_word", centred=True),
)


def build() -> Word:
    """The draft of the template."""
    made = layout.sheet(landscape=True)
    layout.title(made, "{{ titled }}")
    layout.small(made, "检查期间：{{ period }}")
    layout.small(made, "检查结果：{% for line in said %}{{ line.words }}{% endfor %}")
    layout.small(
        made,
        "检查对象：{{ site.name }}（{{ site.home }}{% if site.id_code %}，"
        "网站标识码 {{ site.id_code }}{% endif %}）。"
        "“未检查”表示没有条件得出结论，不等于没有问题。",
    )
    layout.small(
        made,
        "检查依据：{{ documents|join('、') }}。“条文”一栏写“待核对”的，没有读到完整原文，"
        "评分细则按公开资料和行业惯例整理，扣分待人工核定。",
    )
    for number in range(3):
        _part(made, f"tables[{number}]")
    layout.proof(made)
    return made


def _part(made: Word, table: str) -> None:
    layout.statement(made, f"{{%p if {table} is defined %}}")
    layout.heading(made, f"{{{{ {table}.name }}}}")
    layout.small(made, f"{{{{ {table}.said.words }}}}")
    layout.table(made, f"{table}['rows']", _FIELDS, dense=True)
    layout.statement(made, "{%p endif %}")
