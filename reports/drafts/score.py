"""季度考核评分表: one table, landscape, points to be filled in by hand."""

from __future__ import annotations

from docx.document import Document as Word

from reports.drafts.layout import Field, plain, proof, sheet, small, statement, table, title


def build() -> Word:
    """The template."""
    made = sheet(landscape=True)
    title(made, "{{ heading }}")
    small(made, "{{ operator }}　{{ period_words }}　基准日 {{ as_of }}", centred=True)
    small(made, "{{ summary.words }}")
    statement(made, "{%p for note in notes %}")
    small(made, "{{ note }}")
    statement(made, "{%p endfor %}")
    table(
        made,
        "heads",
        [
            Field("序号", 12, "row.no", centred=True),
            Field("考核项", 30, "row.name"),
            Field("分值", 14, "row.points", centred=True),
            Field("考核要求", 60, "row.asks"),
            Field("台账统计", 75, "row.evidence"),
            Field("得分", 20, "row.score_word", centred=True),
            Field("说明", 52, "row.why"),
        ],
    )
    small(made, "计分办法（{{ source }}）")
    statement(made, "{%p for said in arithmetic %}")
    small(made, "{{ said }}")
    statement(made, "{%p endfor %}")
    plain(made, "采购人（盖章）：　　　　　　　　　　运维单位（盖章）：")
    proof(made)
    return made
