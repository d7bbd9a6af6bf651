"""`xuncha review …`: what can be typed of people's words on findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.options import (
    DEFAULT_LEDGER,
    AsOf,
    FormatOption,
    LedgerUrl,
    Sites,
    TierOption,
    day_of,
)
from console.output import Format
from console.review_options import (
    By,
    Codes,
    Grades,
    InReport,
    Marks,
    Note,
    Sheet,
    States,
    Sure,
    Units,
    Unreviewed,
    Veto,
    Where,
    answer_of,
    filters_of,
)
from console.usage import COMMAND_WORD, OPTIONS_WORD, ChineseCommand, ChineseGroup
from console.wording_commands import leave
from ledger.words import ReviewWord

if TYPE_CHECKING:
    from console.review_choosing import Filters
    from console.reviewing import Answer


review_app = typer.Typer(
    cls=ChineseGroup,
    options_metavar=OPTIONS_WORD,
    subcommand_metavar=COMMAND_WORD,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="复核：人对问题的意见，谁、何时、为什么、到何时；以最后一次为准，以前的都保留。",
)

_SAY, _LOOK, _SHEET = "记意见", "查看", "复核表"


def add_to(app: typer.Typer, panel: str) -> None:
    """Put the commands into the program, under this heading of its help."""
    app.add_typer(review_app, name="review", rich_help_panel=panel)


def _keep(
    sites: Path,
    marks: list[str] | None,
    filters: Filters,
    said: Answer,
    sure: bool,
    url: str,
    as_of: str,
) -> None:
    from console import reviewing

    leave(
        reviewing.answer(
            sites, url, day_of(as_of), said, marks=marks or (), filters=filters, sure=sure
        )
    )


@review_app.command("list", cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_LOOK)
def list_(
    sites: Sites,
    stale: Annotated[
        bool, typer.Option("--stale", help="只列不再命中的误报和已到期的暂予保留。")
    ] = False,
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    unreviewed: Unreviewed = False,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """列出未解决的和有过意见的问题，以及现在的复核意见。"""
    from console import review_listing

    filters = filters_of(code, unit, severity, state, tier, where, unreviewed=unreviewed)
    leave(review_listing.print_list(sites, ledger, day_of(as_of), form, filters, stale=stale))


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_LOOK)
def history(
    sites: Sites,
    fingerprints: Marks = None,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """列出说过的每一次意见，从早到晚；不写编号则列全部。"""
    from console import review_listing

    leave(review_listing.print_history(sites, ledger, day_of(as_of), form, fingerprints or ()))


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SAY)
def confirm(
    sites: Sites,
    fingerprints: Marks = None,
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    yes: Sure = False,
    by: By = "",
    note: Note = "",
    in_report: InReport = None,
    veto: Veto = None,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """属实：确实是问题；文字问题，全站同样的写法以后都按错字处理。"""
    filters = filters_of(code, unit, severity, state, tier, where)
    said = answer_of(ReviewWord.CONFIRMED, by, note, in_report, veto)
    _keep(sites, fingerprints, filters, said, yes, ledger, as_of)


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SAY)
def dismiss(
    sites: Sites,
    fingerprints: Marks = None,
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    yes: Sure = False,
    by: By = "",
    note: Note = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """误报：不是问题，以后不再列出；文字问题，同样的上下文以后不再提示。"""
    filters = filters_of(code, unit, severity, state, tier, where)
    said = answer_of(ReviewWord.DISMISSED, by, note, None, None)
    _keep(sites, fingerprints, filters, said, yes, ledger, as_of)


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SAY)
def accept(
    sites: Sites,
    fingerprints: Marks = None,
    until: Annotated[
        str,
        typer.Option(
            "--until",
            metavar="YYYY-MM-DD",
            help="保留到哪一天（含当天），必填；过后问题自动恢复。",
            show_default=False,
        ),
    ] = "",
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    yes: Sure = False,
    by: By = "",
    note: Note = "",
    in_report: InReport = None,
    veto: Veto = None,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """暂予保留：属实，但同意到某一天以前暂不整改。"""
    filters = filters_of(code, unit, severity, state, tier, where)
    said = answer_of(ReviewWord.ACCEPTED, by, note, in_report, veto, until=until)
    _keep(sites, fingerprints, filters, said, yes, ledger, as_of)


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SAY)
def assign(
    sites: Sites,
    fingerprints: Marks = None,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="NAME",
            help="改由哪个单位负责，必填；几个单位用顿号分开。",
            show_default=False,
        ),
    ] = "",
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    yes: Sure = False,
    by: By = "",
    note: Note = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """指派：改由另一个单位负责；是否属实的意见不变。"""
    filters = filters_of(code, unit, severity, state, tier, where)
    said = answer_of(ReviewWord.ASSIGNED, by, note, None, None, unit=to)
    _keep(sites, fingerprints, filters, said, yes, ledger, as_of)


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SAY)
def note(
    sites: Sites,
    fingerprints: Marks = None,
    note: Note = "",
    in_report: InReport = None,
    veto: Veto = None,
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    yes: Sure = False,
    by: By = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """备注：记一句话，或改“纳入报告”“计入单项否决”；是否属实的意见不变。"""
    filters = filters_of(code, unit, severity, state, tier, where)
    said = answer_of(ReviewWord.NOTED, by, note, in_report, veto)
    _keep(sites, fingerprints, filters, said, yes, ledger, as_of)


@review_app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SAY)
def reopen(
    sites: Sites,
    fingerprints: Marks = None,
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    yes: Sure = False,
    by: By = "",
    note: Note = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """重新打开：撤回属实、误报或暂予保留，恢复程序的判断；记录都保留。"""
    filters = filters_of(code, unit, severity, state, tier, where)
    said = answer_of(ReviewWord.REOPENED, by, note, None, None)
    _keep(sites, fingerprints, filters, said, yes, ledger, as_of)


@review_app.command(
    "export", cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SHEET
)
def export(
    sites: Sites,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="FILE.xlsx", help="复核表写到哪个文件，不覆盖已有的。", readable=False
        ),
    ] = Path("复核表.xlsx"),
    code: Codes = None,
    unit: Units = None,
    severity: Grades = None,
    state: States = None,
    tier: TierOption = None,
    where: Where = "",
    unreviewed: Unreviewed = False,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """导出复核表（XLSX），在 Excel 或 WPS 里填意见。"""
    from console import review_exporting

    filters = filters_of(code, unit, severity, state, tier, where, unreviewed=unreviewed)
    leave(review_exporting.export(sites, ledger, day_of(as_of), filters, out))


@review_app.command(
    "import", cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_SHEET
)
def import_(
    file: Sheet,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看读懂了什么，不记入台账。")
    ] = False,
    by: By = "",
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
) -> None:
    """读回填好的复核表：有一处看不懂就整张不收，并写明行号和原因。"""
    from console import review_importing

    leave(review_importing.take_in(file, ledger, day_of(as_of), by.strip(), dry_run=dry_run))
