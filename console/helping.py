"""The help pages, in Chinese and folded by the width of Chinese characters."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

_WIDEST = 100
_HELP = {
    "help": "显示本说明后退出。",
    "install_completion": "为当前的 shell 安装命令补全。",
    "show_completion": "显示当前 shell 的命令补全脚本，供复制或自行安装。",
}
"""Options the library adds by itself, in English."""


def help_page(command: Any, ctx: Any) -> str:
    """The help page of a command or of the whole program."""
    page = io.StringIO()
    console = Console(
        file=page,
        width=min(shutil.get_terminal_size().columns, _WIDEST),
        force_terminal=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        highlight=False,
    )
    console.print(Padding(Text(f"用法：{usage(command, ctx)}", style="bold"), (1, 1)))
    console.print(Padding(Text(command.help or ""), (0, 1, 1, 1)))
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    _panel(console, "参数", [_argument(p) for p in params if _is_argument(p)])
    _panel(console, "选项", [_option(p, ctx) for p in params if not _is_argument(p)])
    for title, rows in _commands(command, ctx).items():
        _panel(console, title, rows)
    if command.epilog:
        console.print(Padding(Text(command.epilog), (0, 1, 1, 1)))
    return "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())


def usage(command: Any, ctx: Any) -> str:
    """The usage line without its first word."""
    pieces = [piece.strip("{}") for piece in command.collect_usage_pieces(ctx)]
    return " ".join([ctx.command_path, *pieces])


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _argument(param: Any) -> tuple[str, str]:
    return str(param.metavar or param.name), str(param.help or "")


def _option(param: Any, ctx: Any) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    choices = param.type_descriptor.choices
    if choices:
        names += " " + "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    elif param.metavar:
        names += f" {param.metavar}"
    said = _HELP.get(param.name, param.help or "")
    if param.envvar:
        said += f" 【环境变量 {param.envvar}】"
    default = param.get_default(ctx, call=False)
    if default not in (None, "", False) and param.show_default is not False:
        said += f" 【默认 {getattr(default, 'value', default)}】"
    return names, said


def _commands(command: Any, ctx: Any) -> dict[str, list[tuple[str, str]]]:
    panels: dict[str, list[tuple[str, str]]] = {}
    for name, child in getattr(command, "commands", {}).items():
        if not child.hidden:
            panels.setdefault(child.rich_help_panel or "命令", []).append((name, child.help or ""))
    return panels


def _panel(console: Console, title: str, rows: Iterable[tuple[str, str]]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, expand=True)
    table.add_column(style="cyan", overflow="fold", max_width=34)
    table.add_column(overflow="fold", ratio=1)
    for name, said in rows:
        table.add_row(Text(name), Text(said))
    if table.row_count:
        console.print(Panel(table, title=title, title_align="left", box=box.ROUNDED))
