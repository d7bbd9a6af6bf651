"""`xuncha check`: every problem of the site folders at once; nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.errors import Exit
from console.output import Format, clean, emit, say, to_csv, to_json, to_jsonl
from console.sites import place
from ledger.problems import ERROR, Problem
from ledger.roster import Roster, find_sites, read_roster

Row = dict[str, Any]

_KEYS = ("site", "level", "file", "row", "field", "value", "nearest", "message")
_WORDS = {ERROR: "错误"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One site folder and what was found in it."""

    folder: Path
    roster: Roster

    @property
    def key(self) -> str:
        """The site's key: its folder's name."""
        return self.folder.resolve().name


def check(path: Path, form: Format) -> Exit:
    """Print every problem at `path` and say whether the sites can be inspected."""
    checked = [Checked(folder, read_roster(folder)) for folder in find_sites(path)]
    many = len(checked) > 1
    if form is Format.JSON:
        documents = [_document(one) for one in checked]
        emit(to_json(documents if many else documents[0]), form)
    elif form is Format.TABLE:
        emit("\n".join(_page(one) for one in checked))
    else:
        rows = [row for one in checked for row in _rows(one)]
        emit(to_jsonl(rows) if form is Format.JSONL else to_csv(rows, _KEYS), form)
    if form is not Format.TABLE:
        for one in checked:
            say(_summary(one))
    return Exit.USAGE if any(one.roster.errors for one in checked) else Exit.FINE


def _document(checked: Checked) -> Row:
    site = checked.roster.site
    return {
        "site": checked.key,
        "name": site.name if site else None,
        "columns": len(site.columns) if site else None,
        "errors": len(checked.roster.errors),
        "warnings": len(checked.roster.warnings),
        "problems": [{k: v for k, v in row.items() if k != "site"} for row in _rows(checked)],
    }


def _rows(checked: Checked) -> list[Row]:
    return [_row(checked.key, problem) for problem in checked.roster.problems]


def _row(site: str, problem: Problem) -> Row:
    return {
        "site": site,
        "level": problem.level,
        "file": problem.file,
        "row": problem.row,
        "field": problem.field,
        "value": problem.value,
        "nearest": problem.nearest or None,
        "message": problem.message,
    }


def _page(checked: Checked) -> str:
    lines = [_line(problem) for problem in checked.roster.problems]
    return "".join(f"{clean(line)}\n" for line in [*lines, _summary(checked)])


def _line(problem: Problem) -> str:
    value = f"“{problem.value}”" if problem.value else ""
    nearest = f"（最接近的有效值：{problem.nearest}）" if problem.nearest else ""
    # Of a fault of the whole file, or of a key nobody knows, the name has been said already.
    field = "" if problem.field in (problem.file, problem.value) else problem.field
    what = f"{field}{value}：" if field or value else ""
    word = _WORDS.get(problem.level, "提醒")
    return f"{word}　{place(problem)}{what}{problem.message}{nearest}"


def _summary(checked: Checked) -> str:
    site, roster = checked.roster.site, checked.roster
    name = f"站点 {checked.key}" + (f"（{site.name}）" if site else "")
    columns = f"栏目 {len(site.columns)} 个，" if site else ""
    counts = f"错误 {len(roster.errors)} 处，提醒 {len(roster.warnings)} 处"
    end = "请改正错误后再巡查。" if roster.errors else "可以巡查。"
    return f"{name}：{columns}{counts}。{end}"
