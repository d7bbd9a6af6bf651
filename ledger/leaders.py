"""The agency's own list of leaders: who holds which office from when to when (领导人名单)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger.naming import clean_text, fold_name
from ledger.problems import Log, RosterError
from ledger.sheet import Grid, Row, read_grids

_TITLES = {
    "姓名": ("姓名", "名字", "领导姓名"),
    "职务": ("职务", "职位", "职务名称"),
    "任职起": ("任职起", "任职开始", "任职日期", "任职时间", "起"),
    "任职止": ("任职止", "任职结束", "离任日期", "离任时间", "免职日期", "止"),
}
_HEADER = "姓名、职务、任职起、任职止"
_NAME = re.compile(r"[\u3400-\u9fff]{2,5}|[\u3400-\u9fff]{1,10}(?:·[\u3400-\u9fff]{1,10}){1,4}")
_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:(?:月|[-/.])(?:(\d{1,2})日?)?)?")
_OPEN = frozenset(("", "至今", "现任", "在任", "-"))
_HEADER_ROWS = 10
_UNREAD = date.min


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader of the agency's own list: name, title, and the days between which it is held."""

    name: str
    title: str
    since: date | None = None
    until: date | None = None


def read_leaders(path: Path, log: Log) -> tuple[Leader, ...]:
    """The leaders of a table with the columns 姓名, 职务, 任职起, 任职止; faults go to `log`."""
    if not path.is_file():
        log.error(
            f"领导人名单 {path.name} 不存在；请放进站点文件夹，或改正 [text] leaders 的文件名",
            field="leaders", value=path.name,
        )  # fmt: skip
        return ()
    try:
        grids = read_grids(path)
    except RosterError as error:
        log.error(f"领导人名单读不了：{error}", field="leaders", value=path.name)
        return ()
    found = [(grid, header) for grid in grids if (header := _header(grid)) is not None]
    if not found:
        log.error(f"领导人名单找不到表头；请在第一行写：{_HEADER}", 1, "表头")
        return ()
    grid, (at, places) = max(found, key=lambda pair: len(pair[1][1]))
    rows = [row for row in grid.rows[at + 1 :] if any(cell.text.strip() for cell in row.cells)]
    leaders = [leader for row in rows if (leader := _leader(row, places, log)) is not None]
    if not rows:
        log.error(f"领导人名单表头下面没有内容；请填入{_HEADER}", grid.rows[at].number)
    return tuple(dict.fromkeys(leaders))


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Which row holds the names of the columns, and where each column stands."""
    for at, row in enumerate(grid.rows[:_HEADER_ROWS]):
        titles = [fold_name(cell.text) for cell in row.cells]
        places = {
            role: next(titles.index(name) for name in names if name in titles)
            for role, names in _TITLES.items()
            if any(name in titles for name in names)
        }
        if "姓名" in places and "职务" in places:
            return at, places
    return None


def _leader(row: Row, places: dict[str, int], log: Log) -> Leader | None:
    name, title = (clean_text(row.cell(places[role]).text) for role in ("姓名", "职务"))
    name = name.replace("•", "·").replace("・", "·")
    if not _NAME.fullmatch(name):
        said = (
            "不像是姓名；请写二至五个汉字，少数民族姓名用间隔号“·”分开" if name else "为空；请补上"
        )
        log.error(f"姓名{said}", row.number, "姓名", name)
        return None
    if not title:
        log.error("职务为空；请补上规范的职务名称，例如：区委书记", row.number, "职务", name)
        return None
    since, until = _day(row, places, "任职起", log), _day(row, places, "任职止", log)
    if since is _UNREAD or until is _UNREAD:
        return None
    if since and until and until < since:
        log.error(f"任职止早于任职起（{since}）；请核对两个日期", row.number, "任职止", str(until))
        return None
    return Leader(name, title, since, until)


def _day(row: Row, places: dict[str, int], role: str, log: Log) -> date | None:
    """The day in this cell, None where it is left open, `_UNREAD` where it says something else."""
    text = clean_text(row.cell(places[role]).text) if role in places else ""
    if text in _OPEN:
        return None
    match = _DAY.fullmatch(text)
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
        if not day and 1 <= month <= 12:
            day = calendar.monthrange(year, month)[1] if role == "任职止" else 1
        try:
            return date(year, month, day)
        except ValueError:
            pass
    log.error(f"{role}不是日期；请写成 2024-05-01 的样子，不限则留空", row.number, role, text)
    return _UNREAD
