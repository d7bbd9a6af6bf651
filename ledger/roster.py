"""The roster: a site folder's site.toml and column sheet, joined into a Site.

Every fault of both files is found in one reading, before anything is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ledger.addresses import host_of
from ledger.columns import SheetReader
from ledger.config import FILE, SiteFile, read_site_file
from ledger.header import PATH, Header, find_header, level_title
from ledger.leaders import Leader, read_leaders
from ledger.naming import clean_text
from ledger.problems import ERROR, WARNING, Log, Problem, RosterError, nearest, reason
from ledger.sheet import Grid, read_grids, unwanted
from ledger.site import Column, Site

__all__ = ["Problem", "Roster", "RosterError", "find_sites", "read_roster"]

_USUAL = ("columns.xlsx", "columns.csv")
_SHEETS = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".xls", ".et"})
_TITLES = "一级栏目、二级栏目、三级栏目、四级栏目、责任单位、发布形式、网址、备注"


@dataclass(frozen=True, slots=True)
class Roster:
    """What a site folder says. `site` is None only where errors made it unusable."""

    site: Site | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before the site can be inspected."""
        return tuple(p for p in self.problems if p.level == ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was understood by an assumption the operator should see."""
        return tuple(p for p in self.problems if p.level == WARNING)


def find_sites(path: Path) -> list[Path]:
    """The site folders at `path`: itself, or those in it, sorted by name.

    Raises RosterError with a Chinese sentence where there is none.
    """
    try:
        if path.is_file() and path.name == FILE:
            return [path.parent]
        if not path.exists():
            raise RosterError(f"找不到站点文件夹 {path}；请检查路径")
        if not path.is_dir():
            raise RosterError(f"{path} 不是文件夹；请给出站点文件夹，或存放多个站点的上级文件夹")
        if (path / FILE).is_file():
            return [path]
        found = sorted(
            child for child in path.iterdir()
            if not child.name.startswith(".") and (child / FILE).is_file()
        )  # fmt: skip
    except OSError as error:
        raise RosterError(
            f"{error.filename or path} 无法读取（{reason(error)}）；请检查文件和文件夹的权限"
        ) from error
    if not found:
        raise RosterError(
            f"文件夹 {path} 里没有站点：其中没有 {FILE}，下一层文件夹里也没有；"
            "可用 xuncha init URL 目录 建立，或见 README.zh-CN.md“二、建立站点”"
        )
    _refuse_namesakes(found)
    return found


def _refuse_namesakes(folders: Sequence[Path]) -> None:
    """A site's key is its folder's name; links can make two of one folder name meet."""
    seen: dict[str, Path] = {}
    for folder in folders:
        other = seen.setdefault(folder.resolve().name, folder)
        if other is not folder:
            raise RosterError(
                f"{other} 和 {folder} 是同名的站点 {folder.resolve().name}，在台账里会混在一起；"
                "请把其中一个文件夹改名"
            )


def read_roster(folder: Path) -> Roster:
    """The site in `folder` and every problem: of site.toml first, then of the sheet by row."""
    log = Log(FILE)
    if not (folder / FILE).is_file():
        log.error(f"文件夹 {folder} 里没有 {FILE}；请新建，至少写 name 和 home", field=FILE)
        return Roster(None, tuple(log.problems))
    config = read_site_file(folder / FILE, log)
    if config is None:
        # The sheet is read all the same, so that one round of mending suffices.
        usual = next((folder / name for name in _USUAL if (folder / name).is_file()), None)
        return Roster(None, (*log.sorted(), *_sheet_problems(usual)))
    sheet = _choose_sheet(folder, config.sheet, log)
    if sheet is None:
        return Roster(None, tuple(log.sorted()))
    sheet_log = Log(sheet.name)
    columns = _read_columns(sheet, config.home, config.crawl.allow_hosts, sheet_log)
    leaders, leader_log = _leaders(folder, config.leaders)
    problems = (*log.sorted(), *sheet_log.sorted(), *leader_log.sorted())
    if not config.home or columns is None:
        return Roster(None, problems)
    return Roster(_join(folder, config, sheet.name, columns, leaders), problems)


def _leaders(folder: Path, said: str | Sequence[str]) -> tuple[tuple[Leader, ...], Log]:
    """The agency's leaders: from the table named in site.toml, or names without offices."""
    if not isinstance(said, str):
        return tuple(Leader(clean_text(name), "") for name in said), Log(FILE)
    log = Log(said or FILE)
    return (read_leaders(folder / said, log) if said else ()), log


def _sheet_problems(sheet: Path | None) -> list[Problem]:
    if sheet is None:
        return []
    log = Log(sheet.name)
    _read_columns(sheet, "", (), log)
    return log.sorted()


def _join(
    folder: Path,
    config: SiteFile,
    sheet: str,
    columns: tuple[Column, ...],
    leaders: tuple[Leader, ...],
) -> Site:
    return Site(
        key=folder.resolve().name,
        name=config.name,
        home=config.home,
        columns=columns,
        id_code=config.id_code,
        lane=config.lane or (urlsplit(config.home).hostname or ""),
        folder=folder,
        sheet=sheet,
        crawl=config.crawl,
        freshness=config.freshness,
        attachments=config.attachments,
        text=config.text,
        report=config.report,
        leaders=leaders,
        terms=config.terms,
        bad_hosts=config.bad_hosts,
        rectify=config.rectify,
        notify=config.notify,
    )


def _choose_sheet(folder: Path, named: str, log: Log) -> Path | None:
    if named:
        path = folder / named
        if path.is_file():
            return path
        present = _present(folder)
        if path.is_dir():
            log.error(
                f"columns 指定的 {named} 是文件夹，不是表格；请写表格的文件名",
                None, "columns", named, present[0] if present else "",
            )  # fmt: skip
            return None
        log.error(
            f"columns 指定的栏目表 {named} 不存在；请检查文件名",
            None, "columns", named, nearest(named, present) or (present[0] if present else ""),
        )  # fmt: skip
        return None
    usual = [name for name in _USUAL if (folder / name).is_file()]
    if len(usual) > 1:
        log.warn(
            f"同时有 {usual[0]} 和 {usual[1]}，使用 {usual[0]}；"
            "请删除多余的一份，或在 site.toml 中写明 columns",
            field="columns", value=usual[0],
        )  # fmt: skip
    if usual:
        return folder / usual[0]
    present = _present(folder)
    log.error(
        "没有栏目表；请把表格命名为 columns.xlsx 或 columns.csv 放进站点文件夹，"
        "或在 site.toml 中写明 columns",
        field="columns", nearest=present[0] if present else "",
    )  # fmt: skip
    return None


def _present(folder: Path) -> list[str]:
    files = (child for child in folder.iterdir() if child.suffix.lower() in _SHEETS)
    return sorted(f.name for f in files if f.is_file() and not f.name.startswith(("~$", ".")))


def _read_columns(
    path: Path, home: str, hosts: Sequence[str], log: Log
) -> tuple[Column, ...] | None:
    try:
        grids = read_grids(path)
    except RosterError as error:
        log.error(str(error))
        return None
    chosen = _choose_grid(grids, log)
    if chosen is None:
        return None
    grid, header = chosen
    _remark(grid, header, log)
    own = frozenset({host_of(home), *(host.lower().removeprefix("www.") for host in hosts)})
    columns = SheetReader(grid, header, home, own, log).columns()
    if not columns and not any(p.level == ERROR for p in log.problems):
        log.error("表头下面没有栏目；请填入栏目后再试", header.last)
    return columns


def _choose_grid(grids: list[Grid], log: Log) -> tuple[Grid, Header] | None:
    """The table whose header matches best; of equals a visible one, then the first."""
    if all(unwanted(grid.rows) for grid in grids):
        log.error("表格是空的；请填入栏目表后再试")
        return None
    found = [(grid, header) for grid in grids if (header := find_header(grid))]
    if not found:
        first = next((row for grid in grids for row in grid.rows), None)
        shown = " ".join(cell.text for cell in first.cells if cell.text) if first else ""
        log.error(
            f"找不到表头；请在栏目上方写一行列名，例如：{_TITLES}",
            first.number if first else None, "表头", shown,
        )  # fmt: skip
        return None
    best = max(found, key=lambda pair: (not pair[0].hidden, pair[1].score))
    rivals = [g.name for g, h in found if g is not best[0] and g.name and h.score >= best[1].score]
    if rivals:
        log.warn(
            f"有几张工作表都像栏目表，使用“{best[0].name}”；没有读取：{'、'.join(rivals[:5])}",
            None, "工作表", best[0].name,
        )  # fmt: skip
    return best


def _remark(grid: Grid, header: Header, log: Log) -> None:
    if grid.note:
        log.warn(f"{grid.note}；建议另存为“CSV UTF-8”")
    if header.unknown:
        listed = "、".join(title[:20] for title in header.unknown[:10])
        log.warn(f"有不认识的列，已忽略：{listed}", header.last, "表头", listed)
    if header.doubled:
        listed = "、".join(header.doubled[:10])
        log.warn(f"有含义重复的列，只用其中一列，已忽略：{listed}", header.last, "表头", listed)
    levels = [level for level, _ in header.levels]
    missing = [level_title(n) for n in range(1, max(levels, default=0)) if n not in levels]
    if missing and PATH not in header.roles:
        log.warn(f"表头缺少{'、'.join(missing)}；请核对", header.last, "表头")
