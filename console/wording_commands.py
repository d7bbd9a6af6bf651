"""The command about wording: text before publication."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from console.errors import Exit
from console.options import (
    AsOf,
    Draft,
    FailOn,
    FormatOption,
    TierOption,
    day_of,
)
from console.output import Format
from console.usage import OPTIONS_WORD, ChineseCommand


def add_to(app: typer.Typer, panel: str) -> None:
    """Put the command into the program, under this heading of its help."""
    app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=panel)(text)


def text(
    target: Draft,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site",
            metavar="DIR",
            help="按这个站点的用语和领导名录来判断。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            metavar="OUT.docx",
            help="把疑点作为批注写进 DOCX 稿件的副本。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    tier: TierOption = None,
    as_of: AsOf = "",
    fail_on: FailOn = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """发布前检查文字：错别字、表述、个人信息（三审三校）；- 表示每行一段文字。"""
    from console import proofreading

    day = day_of(as_of)
    leave(
        proofreading.check(
            target,
            day,
            form,
            told=bool(as_of),
            policy=proofreading.policy_of(site),
            tier=tier,
            fail_on=fail_on,
            annotated=annotate,
        )
    )


def leave(code: Exit) -> None:
    """End the program with this code."""
    if code is not Exit.FINE:
        raise typer.Exit(int(code))
