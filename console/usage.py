"""The command line's own words in Chinese: help pages, and what is wrong with what was typed."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from console.output import say

OPTIONS_WORD = "[选项]"
COMMAND_WORD = "命令 [参数]…"

_KINDS = {int: "整数", float: "数字", bool: "true 或 false"}


class ChineseCommand(TyperCommand):
    """A command whose help page is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _help_page(self, ctx)


class ChineseGroup(TyperGroup):
    """The program itself; its help page is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _help_page(self, ctx)


def _help_page(command: Any, ctx: Any) -> str:
    # Loaded when asked for: commands that only work need no page layout.
    from console.helping import help_page

    return help_page(command, ctx).rstrip("\n")


_COMPLETING = ("--install-completion", "--show-completion")
_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


@contextmanager
def completion_in_chinese(args: list[str]) -> Iterator[None]:
    """The library installs shell completion by itself and says so in English; say it ourselves.

    A shell named behind the option is believed: the library would rather look which one runs us.
    """
    if any(option in _COMPLETING and shell in _SHELLS for option, shell in pairwise(args)):
        os.environ["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"
    if "--install-completion" not in args:
        yield
        return
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            yield
    finally:
        if place := re.search(r"installed in (.+)", said.getvalue()):
            say(f"命令补全已装入 {place[1].strip()}，重新打开终端后生效。")
        elif said.getvalue():
            say("没有认出当前的 shell。请写明，如 xuncha --install-completion bash。")


def misuse(error: typer.TyperException) -> str:
    """What is wrong with the command line, as a Chinese sentence with the way to the help page.

    The library has these exceptions under a private address; their class names are its contract.
    """
    speak = _SPEAKERS.get(type(error).__name__, _other)
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "xuncha"
    return f"{speak(error)}用法见 {path} --help。"


def _missing(error: Any) -> str:
    param = error.param
    if param is None:
        return "缺少必填的参数。"
    kind = "参数" if error.param_type == "argument" or _is_argument(param) else "选项"
    meaning = str(getattr(param, "help", "") or "").rstrip("。")
    return f"缺少{kind} {_name(param)}" + (f"（{meaning}）。" if meaning else "。")


def _no_option(error: Any) -> str:
    nearest = sorted(error.possibilities or ())
    hint = f"最接近的是 {'、'.join(nearest)}。" if nearest else ""
    return f"没有选项 {error.option_name}。{hint}"


def _option_usage(error: Any) -> str:
    if "requires" in error.message:
        return f"选项 {error.option_name} 后面缺少取值。"
    return f"选项 {error.option_name} 不接受取值。"


def _bad_value(error: Any) -> str:
    param = error.param
    where = f"{_name(param)} 的取值无效" if param is not None else "取值无效"
    choices = getattr(getattr(param, "type_descriptor", None), "choices", None)
    if choices:
        words = [str(getattr(choice, "value", choice)) for choice in choices]
        given = re.search(r"'(.*)' is not one of", error.message, re.S)
        said = f"：{given.group(1)}" if given else ""
        close = get_close_matches(given.group(1), words, n=1) if given else []
        hint = f"，最接近的是 {close[0]}" if close else ""
        return f"{where}{said}，可选：{'、'.join(words)}{hint}。"
    kind = _KINDS.get(getattr(getattr(param, "type_descriptor", None), "annotation", object))
    return f"{where}，应是{kind}。" if kind else f"{where}（{_first_line(error.message)}）。"


def _plain_usage(error: Any) -> str:
    message = str(error.message)
    if found := re.match(r"No such command '(.*?)'\.?(?: Did you mean (.*)\?)?$", message, re.S):
        nearest = (found.group(2) or "").replace("'", "").replace(", ", "、")
        hint = f"最接近的是 {nearest}。" if nearest else ""
        return f"没有命令 {found.group(1)}。{hint}"
    if found := re.match(r"Got unexpected extra argument\(?s?\)? \((.*)\)$", message, re.S):
        return f"多余的参数：{found.group(1)}。"
    if message.startswith("Missing command"):
        return "缺少命令。"
    return _other(error)


def _other(error: Any) -> str:
    return f"命令行用法有误（{_first_line(error.format_message())}）。"


_SPEAKERS = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option_usage,
    "BadParameter": _bad_value,
    "UsageError": _plain_usage,
}


def _is_argument(param: Any) -> bool:
    return getattr(param, "param_type_name", "") == "argument"


def _name(param: Any) -> str:
    if _is_argument(param):
        return str(param.display_name_raw).upper()
    return str(max(param.opts, key=len, default=param.name))


def _first_line(message: object) -> str:
    lines = str(message).strip().splitlines()
    return lines[0] if lines else ""
