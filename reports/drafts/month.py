"""月度栏目巡查表: the contract's table, landscape, with its summary and what the words mean."""

from __future__ import annotations

from docx.document import Document as Word

from ledger.words import Verdict
from reports.drafts.layout import (
    Field,
    chart,
    heading,
    note,
    proof,
    sheet,
    small,
    statement,
    table,
    title,
)
from reports.wording import VERDICT_ORDER, verdict_word


def build() -> Word:
    """The template."""
    made = sheet(landscape=True)
    title(made, "{{ heading }}")
    small(
        made,
        "{{ site.home }}　基准日 {{ as_of }}　巡查 {{ run.started }} 至 "
        "{{ run.finished or run.state_word }}",
        centred=True,
    )
    note(made, "{{ summary }}{{ gaps_words }}")
    statement(made, "{%p for said in notices %}")
    note(made, "{{ said }}")
    statement(made, "{%p endfor %}")
    table(made, "rows", _columns(), dense=True)
    heading(made, "按责任单位汇总")
    table(made, "tallies", [Field("责任单位", 83, "row.unit"), *_tallies()])
    small(made, "几个单位共同负责的栏目在每个单位下各计一次。")
    for key in ("ages", "calendar_1", "calendar_2", "calendar_3"):
        chart(made, key)
    heading(made, "说明")
    table(made, "legend", [Field("结论", 30, "row.word"), Field("含义", 200, "row.meaning")])
    small(
        made,
        "各期条数：“缺更”表示该期已满而没有更新；“未读到”表示列表没有读到那么早，不计缺更。",
    )
    small(made, "计时方式：{{ judged.mode_words }}。")
    proof(made)
    return made


def _columns() -> list[Field]:
    return [
        Field("序号", 9, "row.no", centred=True),
        Field("一级栏目", 16, "row.levels[0]"),
        Field("二级栏目", 18, "row.levels[1]"),
        Field("三级栏目", 20, "row.levels[2]"),
        Field("四级栏目", 20, "row.levels[3]"),
        Field("责任单位", 22, "row.unit"),
        Field("更新要求", 14, "row.frequency_word"),
        Field("最近更新标题", 28, "row.last_title"),
        Field("最近更新日期", 17, "row.last_updated", centred=True),
        Field("已过天数", 10, "row.age", centred=True),
        Field("应更新截止", 17, "row.due", centred=True),
        Field("本月各期", 28, "row.periods_words"),
        Field("缺更", 9, "row.missed", centred=True),
        Field("结论", 13, "row.word", centred=True),
        Field("备注", 26, "row.remark"),
    ]


def _tallies() -> list[Field]:
    def field(verdict: Verdict) -> Field:
        return Field(verdict_word(verdict), 18, f"row.by_verdict.{verdict.value}", centred=True)

    return [Field("栏目数", 18, "row.all", centred=True), *map(field, VERDICT_ORDER)]
