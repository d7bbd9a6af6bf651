"""自查整改工作报告: an official report, its wide attachments across landscape sheets."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts import layout
from reports.drafts.layout import Field

_UNITS = (
    Field("责任单位", 31, "row.unit"),
    Field("问题数", 14, "row.all", centred=True),
    Field("已整改", 14, "row.mended", centred=True),
    Field("超期整改", 17, "row.mended_late", centred=True),
    Field("已下线", 14, "row.offline", centred=True),
    Field("整改中", 14, "row.open", centred=True),
    Field("超期未整改", 21, "row.overdue", centred=True),
    Field("暂予保留", 17, "row.deferred", centred=True),
    Field("完成率", 14, "row.rate", centred=True),
)
_LEFT = (
    Field("附件1序号", 16, "row.no", centred=True),
    Field("问题", 56, "row.what"),
    Field("责任单位", 26, "row.unit"),
    Field("期限", 20, "row.due", centred=True),
    Field("状态", 14, "row.outcome_word", centred=True),
    Field("说明", 24, "row.why"),
)
_PROBLEMS = (
    Field("序号", 10, "row.no", centred=True),
    Field("类别", 18, "row.kind", centred=True),
    Field("级别", 12, "row.severity_word", centred=True),
    Field("问题", 62, "row.message"),
    Field("位置", 52, "row.where"),
    Field("责任单位", 26, "row.unit"),
    Field("整改期限", 20, "row.due", centred=True),
    Field("整改状态", 16, "row.outcome_word", centred=True),
    Field("依据", 51, "row.basis"),
)
_UNSEEN = (
    Field("序号", 12, "row.no", centred=True),
    Field("栏目", 90, "row.name"),
    Field("责任单位", 50, "row.unit"),
    Field("未检查的原因", 45, "row.reason_word"),
    Field("说明", 70, "row.explain"),
)


def build() -> Word:
    """The draft of the template."""
    made = layout.sheet()
    layout.title(made, "{{ title_lines }}")
    layout.plain(made, "{{ supervisor }}：")
    layout.text(made, "{{ lead }}")
    layout.heading(made, "一、自查依据和范围")
    _each(made, "basis", "said")
    layout.text(made, "{{ scope.words }}")
    layout.plain(made, "　　网站地址：{{ site.home }}")
    layout.heading(made, "二、自查方法和覆盖情况")
    _each(made, "coverage", "said.words")
    layout.heading(made, "三、自查结果")
    _each(made, "result", "said.words")
    layout.chart(made, "trend_chart")
    layout.heading(made, "四、存在的主要问题")
    _kinds(made)
    layout.heading(made, "五、整改情况")
    _each(made, "rectification", "said.words")
    layout.statement(made, "{%p if units %}")
    layout.small(
        made,
        "一个问题由几个单位共同负责的，在每个单位下各计一次，合计只计一次；"
        "完成率＝（已整改＋超期整改＋已下线）÷（问题数－暂予保留）。",
    )
    layout.table(made, "units", _UNITS)
    layout.statement(made, "{%p endif %}")
    layout.chart(made, "units_chart")
    layout.heading(made, "六、尚未整改的问题及原因")
    _each(made, "staying", "said.words")
    layout.statement(made, "{%p if left %}")
    layout.table(made, "left", _LEFT)
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p if more %}")
    layout.small(made, "{{ more.words }}")
    layout.statement(made, "{%p endif %}")
    layout.heading(made, "七、下一步工作")
    layout.statement(made, "{%p for said in next %}")
    layout.text(made, "{{ loop.index }}．{{ said.words }}")
    layout.statement(made, "{%p endfor %}")
    layout.plain(made, "")
    layout.statement(made, "{%p for name in attachments %}")
    layout.plain(made, "　　{% if loop.first %}附件：{% else %}　　　{% endif %}{{ name }}")
    layout.statement(made, "{%p endfor %}")
    layout.small(made, "　　　　{{ files }}")
    layout.signature(made, "{{ agency }}", "{{ date_words }}")
    layout.plain(made, "　　{{ contact }}")
    layout.turned(made)
    _attached(made, "附件1　问题清单", "problems", _PROBLEMS)
    _attached(made, "附件2　未检查栏目", "unseen", _UNSEEN)
    layout.proof(made)
    return made


def _each(made: Word, listed: str, words: str) -> None:
    layout.statement(made, f"{{%p for said in {listed} %}}")
    layout.text(made, f"{{{{ {words} }}}}")
    layout.statement(made, "{%p endfor %}")


def _kinds(made: Word) -> None:
    layout.statement(made, "{%p if not kinds %}")
    layout.text(made, "没有需要列出的问题。")
    layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p for kind in kinds %}")
    layout.subheading(made, "{{ kind.head }}")
    for words in ("kind.said.words", "kind.basis", "kind.cause.words", "kind.measure"):
        layout.statement(made, f"{{%p if {words} %}}")
        layout.text(made, f"{{{{ {words} }}}}")
        layout.statement(made, "{%p endif %}")
    layout.statement(made, "{%p endfor %}")


def _attached(made: Word, head: str, listed: str, fields: tuple[Field, ...]) -> None:
    layout.heading(made, head)
    layout.statement(made, f"{{%p if {listed} %}}")
    layout.table(made, listed, fields, dense=True)
    layout.statement(made, "{%p else %}")
    layout.small(made, "（无）")
    layout.statement(made, "{%p endif %}")
