"""`xuncha init`: a new site folder from a portal's home page."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any

from console.errors import Exit, Misused
from console.output import (
    Format,
    Heading,
    emit,
    on_terminal,
    say,
    to_csv,
    to_json,
    to_jsonl,
    to_table,
)
from console.proposal_sheet import SHEET, refuse_existing, write_site
from console.surveying import PROPOSE, Task, progress_of, survey_in_child
from ledger.addresses import plain_form, web_fault

Row = dict[str, Any]

_KEYS = ("path", "url", "frequency", "guess", "found", "outcome", "newest", "note")
_HEADINGS = (
    Heading("shown", "栏目"),
    Heading("frequency", "发布形式"),
    Heading("url", "网址"),
    Heading("note", "备注"),
)
_LEVELS = "一二三四"


def initiate(
    url: str, folder: Path, *, max_pages: int, delay: float, day: date, form: Format
) -> Exit:
    """Survey the portal at `url`, write the site folder and print what was proposed."""
    if fault := web_fault(url):
        near = plain_form(url)
        hint = f"是否应为 {near}？" if near else "例如 https://www.example.gov.cn/。"
        raise Misused(f"首页网址 {url} 无效：{fault}。{hint}")
    refuse_existing(folder)
    task = Task(PROPOSE, day.isoformat(), max_pages, home=url, delay=delay)
    with progress_of(url, max_pages) as hear:
        told = survey_in_child(task, hear)
    write_site(folder, told, day.isoformat())
    _print(told, form)
    say(_summary(told, folder))
    return Exit.FINE


def _print(told: Row, form: Format) -> None:
    rows: list[Row] = told["columns"]
    if form is Format.JSON:
        emit(to_json(told), form)
    elif form is Format.JSONL:
        emit(to_jsonl(rows), form)
    elif form is Format.CSV:
        emit(to_csv([{**row, "path": " > ".join(row["path"])} for row in rows], _KEYS), form)
    else:
        shown = [{**row, "shown": " > ".join(row["path"])} for row in rows]
        emit(to_table(shown, _HEADINGS, terminal=on_terminal()))


def _summary(told: Row, folder: Path) -> str:
    depths = "，".join(
        f"{word}级 {count} 个" for word, count in zip(_LEVELS, told["depths"], strict=True) if count
    )
    guesses = sum(row["guess"] for row in told["columns"])
    lines = [f"栏目 {len(told['columns'])} 个（{depths}），请求 {told['requests']} 次。"]
    if guesses:
        lines.append(f"其中 {guesses} 个按名称或页面标签给出了发布形式，仅为建议，请按合同核对。")
    if told["left_out"]:
        left = "、".join(f"{why} {count} 个" for why, count in told["left_out"].items())
        lines.append(f"没有列入：{left}。")
    if told["unread"]:
        lines.append(f"{len(told['unread'])} 个栏目页没有读到，其下级栏目可能不全，见备注。")
    if told["short"]:
        lines.append(
            f"已用完 {told['requests']} 次请求，还有栏目页没有打开；"
            "可换一个文件夹，用更大的 --max-pages 再做一次。"
        )
    where = shlex.quote(str(folder))
    lines += [
        f"已写入 {folder / 'site.toml'} 和 {folder / SHEET}。接下来：",
        f"  xuncha check {where}    # 检查",
        f"  用 Excel 或 WPS 打开 {folder / SHEET}，补全责任单位和发布形式；"
        "再打开 site.toml，写上联系方式",
    ]
    return "\n".join(lines)
