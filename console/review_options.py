"""The options of the review commands, and how their values are read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import until_of
from ledger.texts import Tier
from ledger.words import ReviewWord, Severity, State

if TYPE_CHECKING:
    from console.review_choosing import Filters
    from console.reviewing import Answer


class Switch(StrEnum):
    """A switch of a finding."""

    YES = "yes"
    NO = "no"


Marks = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FINGERPRINT",
        help="问题的编号，一个或多个，写前几位也可以；不写编号就写筛选条件。",
        show_default=False,
    ),
]
Codes = Annotated[
    list[str] | None,
    typer.Option(
        "--code",
        metavar="CODE",
        help="只选这条规则的问题，可重复；与其他条件同时满足。",
        show_default=False,
    ),
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="NAME",
        help="只选这个责任单位的问题，可重复；几个单位共同负责的也算。",
        show_default=False,
    ),
]
Grades = Annotated[
    list[Severity] | None,
    typer.Option(
        "--severity",
        help="只选这个程度的问题，可重复：info 提示、light 轻微、general 一般、severe 严重。",
        show_default=False,
    ),
]
States = Annotated[
    list[State] | None,
    typer.Option(
        "--state",
        help="只选这个状态的问题，可重复：suspected 疑似、confirmed 确认、resolved 已解决、"
        "recurred 再次出现、dismissed 误报、accepted 暂予保留。",
        show_default=False,
    ),
]
Where = Annotated[
    str,
    typer.Option(
        "--where",
        metavar="TEXT",
        help="只选栏目、页面或说明里有这些字的问题。",
        show_default=False,
    ),
]
Unreviewed = Annotated[bool, typer.Option("--unreviewed", help="只选还没有复核意见的问题。")]
Sure = Annotated[
    bool,
    typer.Option("--yes", help="按条件选出的问题较多，或由程序调用时，确认要记。"),
]
By = Annotated[
    str, typer.Option("--by", metavar="NAME", help="复核人，默认当前用户。", show_default=False)
]
Note = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="理由或备注。", show_default=False)
]
InReport = Annotated[
    Switch | None,
    typer.Option("--in-report", help="是否纳入报告；不写则不变，默认纳入。", show_default=False),
]
Veto = Annotated[
    Switch | None,
    typer.Option("--veto", help="是否计入单项否决；不写则不变。", show_default=False),
]
Sheet = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.xlsx",
        help="填好的复核表，由 xuncha review export 导出。",
        show_default=False,
        readable=False,
    ),
]


def filters_of(
    codes: list[str] | None,
    units: list[str] | None,
    severities: list[Severity] | None,
    states: list[State] | None,
    tier: Tier | None,
    where: str,
    *,
    unreviewed: bool = False,
) -> Filters:
    """The filters as typed."""
    from console.review_choosing import Filters

    return Filters(
        tuple(codes or ()),
        tuple(units or ()),
        tuple(severities or ()),
        tuple(states or ()),
        tier,
        where,
        unreviewed,
    )


def answer_of(
    word: ReviewWord,
    by: str,
    note: str,
    in_report: Switch | None,
    veto: Switch | None,
    *,
    until: str = "",
    unit: str = "",
) -> Answer:
    """What a person says, as typed."""
    from console.reviewing import Answer
    from ledger.naming import clean_text

    return Answer(
        word,
        by.strip(),
        note.strip(),
        until_of(until),
        clean_text(unit),
        _turned(in_report),
        _turned(veto),
    )


def _turned(switch: Switch | None) -> bool | None:
    return None if switch is None else switch is Switch.YES
