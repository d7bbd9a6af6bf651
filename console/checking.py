"""`xuncha check`: every problem of the site folders; asks the portal only on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from console.errors import Exit, Failed
from console.output import Format, clean, emit, say, to_csv, to_json, to_jsonl
from console.sites import place
from console.surveying import COMPARE, Task, not_compared, progress_of, survey_in_child
from ledger.problems import ERROR, WARNING, Problem
from ledger.roster import Roster, find_sites, read_roster
from ledger.words import Severity

Row = dict[str, Any]

_KEYS = ("site", "level", "file", "row", "field", "value", "nearest", "message")
_WORDS = {ERROR: "错误"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One site folder and what was found in it."""

    folder: Path
    roster: Roster
    online: Row | None = None
    """What holding it against the portal told; None where nobody asked."""

    @property
    def key(self) -> str:
        """The site's key: its folder's name."""
        return self.folder.resolve().name


@dataclass(frozen=True, slots=True)
class Online:
    """How the sheet is held against the portal."""

    day: date
    max_pages: int
    fail_on: Severity | None


def check(path: Path, form: Format, online: Online | None = None) -> Exit:
    """Print every problem at `path` and say whether the sites can be inspected."""
    checked = [Checked(folder, read_roster(folder)) for folder in find_sites(path)]
    if online is not None:
        checked = [_compared(one, online) for one in checked]
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
    if any(one.roster.errors for one in checked):
        return Exit.USAGE
    return Exit.FOUND if online and _reach(checked, online.fail_on) else Exit.FINE


def _compared(checked: Checked, online: Online) -> Checked:
    """The site held against its portal; a faulty sheet is mended first."""
    site = checked.roster.site
    if checked.roster.errors or site is None:
        return replace(checked, online=not_compared("配置或栏目表有错误，请先改正"))
    task = Task(
        COMPARE,
        online.day.isoformat(),
        min(online.max_pages, site.crawl.max_pages),
        folder=str(checked.folder),
    )
    try:
        with progress_of(checked.key, task.max_pages) as hear:
            return replace(checked, online=survey_in_child(task, hear))
    except Failed as error:
        # One portal's trouble must not keep the others from being compared.
        return replace(checked, online=not_compared(str(error)))


def _reach(checked: Sequence[Checked], fail_on: Severity | None) -> bool:
    if fail_on is None:
        return False
    return any(
        Severity(row["severity"]).rank >= fail_on.rank
        for one in checked
        if one.online
        for row in one.online["differences"]
    )


def _document(checked: Checked) -> Row:
    site = checked.roster.site
    document: Row = {
        "site": checked.key,
        "name": site.name if site else None,
        "columns": len(site.columns) if site else None,
        "errors": len(checked.roster.errors),
        "warnings": len(checked.roster.warnings),
        "problems": [
            {k: v for k, v in _row(checked.key, problem).items() if k != "site"}
            for problem in checked.roster.problems
        ],
    }
    return document | ({"online": checked.online} if checked.online else {})


def _rows(checked: Checked) -> list[Row]:
    rows = [_row(checked.key, problem) for problem in checked.roster.problems]
    if checked.online and not checked.online["compared"]:
        rows.append(_said(checked, "未比对", None, "", None, checked.online["reason"]))
    for found in checked.online["differences"] if checked.online else ():
        near = " > ".join(found["nearest"]) if found["nearest"] else None
        path = " > ".join(found["path"])
        rows.append(_said(checked, found["label"], found["row"], path, near, found["message"]))
    return rows


def _said(
    checked: Checked, label: str, row: int | None, value: str, near: str | None, message: str
) -> Row:
    """A difference in the shape of a problem."""
    site = checked.roster.site
    return {
        "site": checked.key,
        "level": WARNING,
        "file": site.sheet if site else "",
        "row": row,
        "field": label,
        "value": value,
        "nearest": near,
        "message": message,
    }


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
    lines += [*_difference_lines(checked), _summary(checked)]
    return "".join(f"{clean(line)}\n" for line in lines)


def _difference_lines(checked: Checked) -> list[str]:
    site = checked.roster.site
    if checked.online is None or site is None:
        return []
    lines = []
    for found in checked.online["differences"]:
        row = f"{site.sheet} 第 {found['row']} 行：" if found["row"] else ""
        path = " > ".join(found["path"])
        lines.append(f"提醒　{found['label']}　{row}“{path}”：{found['message']}")
    return lines


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
    return f"{name}：{columns}{counts}。{end}{_compared_words(checked.online)}"


def _compared_words(online: Row | None) -> str:
    if online is None:
        return ""
    if not online["compared"]:
        return f"与网站未比对：{online['reason'].rstrip('。')}。"
    counts = Counter(found["label"] for found in online["differences"])
    listed = "，".join(f"{label} {count} 个" for label, count in counts.items())
    differing = f"，{listed}" if listed else "，没有差别"
    return (
        f"与网站比对（网站上 {online['on_site']} 个栏目，请求 {online['requests']} 次）："
        f"一致 {online['agreed']} 个{differing}。"
    )
