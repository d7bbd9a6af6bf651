"""The command line: what can be typed. Every command is thin; the work is in its neighbours.

Commands load their rooms when they run, so that `--help` and shell completion answer at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from console import notice_commands, paper_commands, review_commands, wording_commands
from console.errors import DEBUG_VARIABLE, EXITS, Exit, Misused, debugging, told
from console.options import (
    DEFAULT_LEDGER,
    DEFAULT_MAX_PAGES,
    DEFAULT_OUT,
    AsOf,
    Delay,
    FailOn,
    FormatOption,
    Home,
    Jobs,
    LedgerUrl,
    MaxPages,
    NewSite,
    Out,
    PageUrl,
    Sites,
    Target,
    day_of,
    delay_of,
    pages_of,
    width_of,
)
from console.output import Format, emit, hush, say, usable_streams
from console.usage import (
    COMMAND_WORD,
    OPTIONS_WORD,
    ChineseCommand,
    ChineseGroup,
    completion_in_chinese,
    misuse,
)
from console.wording_commands import leave

app = typer.Typer(
    name="xuncha",
    cls=ChineseGroup,
    options_metavar=OPTIONS_WORD,
    subcommand_metavar=COMMAND_WORD,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=EXITS,
)

_RUN, _PAPERS, _LOOK, _HELP = "巡查", "报表", "查看", "其他"


def _version(wanted: bool) -> None:
    if wanted:
        emit(f"xuncha {installed_version('xuncha')}\n")
        raise typer.Exit


def _debug(wanted: bool) -> None:
    if wanted:
        os.environ[DEBUG_VARIABLE] = "1"


@app.callback()
def xuncha(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本后退出。")
    ] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug",
            callback=_debug,
            is_eager=True,
            help=f"出错时显示完整的调用过程；也可设置 {DEBUG_VARIABLE}=1。",
        ),
    ] = False,
) -> None:
    """巡查：检查政府网站各栏目是否按时更新，出具带依据的结论和报表。"""


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_RUN)
def init(
    url: Home,
    folder: NewSite,
    max_pages: MaxPages = DEFAULT_MAX_PAGES,
    delay: Delay = 1.0,
    as_of: AsOf = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """从首页建立站点：读菜单、面包屑和政务公开目录，写出配置和待补全的栏目表。"""
    from console import initiating

    limit, pause, day = pages_of(max_pages), delay_of(delay), day_of(as_of)
    leave(initiating.initiate(url, folder, max_pages=limit, delay=pause, day=day, form=form))


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_RUN)
def check(
    sites: Sites,
    online: Annotated[
        bool, typer.Option("--online", help="再访问网站，比对栏目表与网站的菜单和目录。")
    ] = False,
    max_pages: MaxPages = DEFAULT_MAX_PAGES,
    as_of: AsOf = "",
    fail_on: FailOn = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """检查站点配置和栏目表，一次列出全部问题；不加 --online 不访问网站。"""
    from console import checking

    asked = checking.Online(day_of(as_of), pages_of(max_pages), fail_on)
    if fail_on is not None and not online:
        raise Misused("--fail-on 按与网站比对的结果判断，请同时加 --online。")
    leave(checking.check(sites, form, asked if online else None))


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_RUN)
def nightly(
    sites: Sites,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    out: Out = DEFAULT_OUT,
    jobs: Jobs = 1,
    fail_on: FailOn = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """访问网站、判定、出报表：定时任务每晚运行的就是它。"""
    from console import inspecting
    from console.jobs import NIGHTLY

    day, width = day_of(as_of), width_of(jobs)
    leave(
        inspecting.inspect(sites, NIGHTLY, ledger, day, form, out=out, width=width, fail_on=fail_on)
    )


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_RUN)
def crawl(
    sites: Sites,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    jobs: Jobs = 1,
    form: FormatOption = Format.TABLE,
) -> None:
    """只访问网站，把看到的记入台账。"""
    from console import inspecting
    from console.jobs import CRAWL

    day, width = day_of(as_of), width_of(jobs)
    leave(inspecting.inspect(sites, CRAWL, ledger, day, form, width=width))


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_RUN)
def judge(
    sites: Sites,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    fail_on: FailOn = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """只按台账判定并记下结论；不访问网站，可换基准日。"""
    from console import judged_commands

    leave(judged_commands.judge(sites, ledger, day_of(as_of), form, fail_on))


paper_commands.add_to(app, _PAPERS)


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_LOOK)
def columns(
    sites: Sites,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """列出各栏目的结论：到基准日为止最近一次巡查的。"""
    from console import judged_commands

    leave(judged_commands.columns(sites, ledger, day_of(as_of), form))


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_LOOK)
def findings(
    sites: Sites,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    as_of: AsOf = "",
    only_open: Annotated[bool, typer.Option("--open", help="不列已解决的问题。")] = False,
    fail_on: FailOn = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """列出问题及其状态：疑似、确认、已解决、再次出现。"""
    from console import judged_commands

    day = day_of(as_of)
    leave(judged_commands.findings(sites, ledger, day, form, only_open=only_open, fail_on=fail_on))


review_commands.add_to(app, _LOOK)
wording_commands.add_to(app, _LOOK)
notice_commands.add_to(app, _LOOK)


@app.command("try", cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_LOOK)
def try_(
    target: Target,
    url: PageUrl = "",
    as_of: AsOf = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """读一个页面：认出的网站系统、列表、日期，以及各是怎样读到的。"""
    from console import trying

    trying.try_target(target, url, day_of(as_of), form)


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_HELP)
def explain(
    code: Annotated[
        str,
        typer.Argument(metavar="[CODE]", help="规则编码；不写则列出全部规则。", show_default=False),
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """说明一条规则检查什么、为什么、依据哪条、怎样整改。"""
    from console import explaining

    if code:
        explaining.explain_one(code, form)
    else:
        explaining.explain_all(form)


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_HELP)
def doctor(
    sites: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SITES]",
            help="给出站点时也检查其首页能否打开。",
            show_default=False,
            readable=False,
        ),
    ] = None,
    ledger: LedgerUrl = DEFAULT_LEDGER,
    out: Out = DEFAULT_OUT,
    as_of: AsOf = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """检查这台机器：台账、磁盘、时钟、浏览器、字体、网络，缺什么、用什么命令补。"""
    from console import doctor as examination
    from console.sites import load_sites

    found = load_sites(sites) if sites else []
    leave(examination.doctor(ledger, out, found, day_of(as_of), form))


@app.command(cls=ChineseCommand, options_metavar=OPTIONS_WORD, rich_help_panel=_HELP)
def demo(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="演示的站点文件夹、台账和报表放在哪个目录。",
            readable=False,
        ),
    ] = Path("demo-out"),
    as_of: AsOf = "",
    serve: Annotated[
        bool, typer.Option("--serve", help="巡查后让演示网站继续运行，按 Ctrl-C 结束。")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="模拟两个月的巡查，再出全部报表，约需两三分钟。")
    ] = False,
) -> None:
    """启动演示网站，实际巡查一遍，写出报表并给出路径。"""
    if history:
        from console import demo_history

        leave(demo_history.history(out, day_of(as_of)))
        return
    from console import demo_command

    leave(demo_command.demo(out, day_of(as_of), serve=serve))


def main() -> None:
    """Run the command line and leave with its exit code; no traceback unless asked for."""
    usable_streams()
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run one command line; the exit code. Every error becomes a sentence at stderr."""
    if not args:
        run(["--help"])
        return int(Exit.USAGE)
    try:
        with completion_in_chinese(args):
            code = app(_debug_first(args), prog_name="xuncha", standalone_mode=False)
    except typer.TyperException as error:
        if debugging():
            traceback.print_exc()
        say(misuse(error))
        return int(Exit.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except SystemExit as error:
        code = error.code
    except BrokenPipeError:
        hush(sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001 - whatever it is, the operator gets a sentence
        if debugging():
            traceback.print_exc()
        sentence, ending = told(error)
        say(sentence)
        return int(ending)
    if code == _INTERRUPTED:
        say(_interrupted(args))
    return code if isinstance(code, int) else 0


_INTERRUPTED = 130
_CRAWLING = ("nightly", "crawl", "demo")


def _interrupted(args: list[str]) -> str:
    if "init" in args[:2]:
        return "已中止。还没有写出任何文件，可以重新运行。"
    if any(word in _CRAWLING for word in args):
        return "已中止。已经读完的栏目都在台账里，重新运行会从中断处继续。"
    return "已中止。台账没有写到一半的内容，可以重新运行。"


def _debug_first(args: list[str]) -> list[str]:
    """`--debug` belongs to the program but may be typed anywhere."""
    head = args[: args.index("--")] if "--" in args else args
    if "--debug" not in head:
        return args
    rest = list(args)
    rest.remove("--debug")
    return ["--debug", *rest]


if __name__ == "__main__":
    main()
