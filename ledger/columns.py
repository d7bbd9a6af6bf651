"""The rows of a column sheet as columns, every fault named with its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger import header as titles
from ledger.addresses import host_of, plain_form, resolve
from ledger.duties import Duty, read_duty, split_units
from ledger.header import MAX_DEPTH, Header, level_title
from ledger.naming import clean_text, fold_name
from ledger.outline import Outline, spelled_levels, split_paths
from ledger.problems import Log
from ledger.sheet import Cell, Grid, Row
from ledger.site import Column, ColumnPath
from ledger.words import Frequency

_LONGEST = 300
_NO_HOME = "http://home.invalid/"
_NOTHING = frozenset(
    {"", "无", "暂无", "没有", "空", "待定", "-", "--", "/", "\\", "n/a", "na", "null", "none"}
)
_ERROR_VALUE = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)", re.I)
_FOOTER = re.compile(
    r"(?:注|备注|说明|填[表报]说明|填[表报]人|填[表报]日期|填[表报]单位|审核人|制表人|联系人|[合总共]计)(?:[:：]|$)"
)


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Reads one grid whose header is known.

    `home` and `hosts` judge the addresses; `home` is empty where site.toml could not give it.
    """

    grid: Grid
    header: Header
    home: str
    hosts: frozenset[str]
    log: Log

    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the sheet; rows with an error are left out."""
        below = (row for row in self.grid.rows if row.number > self.header.last)
        rows = [row for row in below if self._counts(row)]
        named = self._names(rows)
        outline = Outline(spelled_levels(named))
        columns: list[Column] = []
        for row, names in zip(rows, named, strict=True):
            column = self._column(row, names, outline)
            if column is not None:
                columns.append(column)
        return self._distinct(columns)

    def _counts(self, row: Row) -> bool:
        """False for empty rows, repeated headers and the notes below the table."""
        used = [i for _, i in self.header.levels] + list(self.header.roles.values())
        own = [i for i in used if not row.cell(i).spread and _text(row.cell(i))]
        if not own:
            return False
        if all(fold_name(row.cell(i).text) == self.header.titles[i] for i in own):
            return False
        written = [clean_text(c.text) for c in row.cells if c.text.strip() and not c.spread]
        footer = bool(_FOOTER.match(written[0])) and all(
            _FOOTER.match(text) or text.isdecimal() for text in written
        )
        if footer:
            self.log.warn(
                "这一行看起来是表注，不是栏目，已跳过", row.number, "栏目名称", written[0]
            )
        return not footer

    def _names(self, rows: Sequence[Row]) -> list[list[str]]:
        """The names each row writes, one a level, empty where the row leaves a level out."""
        if not self.header.levels:
            place = self.header.roles[titles.PATH]
            return split_paths([clean_text(_text(row.cell(place))) for row in rows])
        depth = self.header.levels[-1][0]
        named = []
        for row in rows:
            names = [""] * depth
            for level, index in self.header.levels:
                cell = row.cell(index)
                # A merged parent reads like one written once: only its first row names it.
                names[level - 1] = "" if cell.spread else clean_text(_text(cell))
            named.append(names)
        return named

    def _column(self, row: Row, names: list[str], outline: Outline) -> Column | None:
        if not any(names):
            shown = next((cell.text for cell in row.cells if _text(cell) and not cell.spread), "")
            self.log.error(
                "这一行有内容但没有栏目名称；请补上栏目名称，或删除这一行",
                row.number, self._name_field(), shown,
            )  # fmt: skip
            return None
        orphan = outline.orphan(names)
        path = outline.place(names)
        if orphan:
            self.log.warn(
                f"栏目“{_say(path)}”的上级栏目没有填写，上方也没有可沿用的；按现有层级处理，请核对",
                row.number, self._name_field(), path[-1],
            )  # fmt: skip
        sound = self._sound_names(row, names)
        if len(path) > MAX_DEPTH:
            self.log.error(
                f"栏目超过 {MAX_DEPTH} 级；请合并层级，最多写到{level_title(MAX_DEPTH)}",
                row.number, self._name_field(), _say(path),
            )  # fmt: skip
            sound = False
        duty = self._duty(row, path)
        url, url_sound = self._address(row, path, duty)
        if not (sound and duty and url_sound):
            return None
        return Column(
            path=path,
            unit=duty.unit,
            units=split_units(duty.unit),
            frequency=duty.frequency,
            frequency_text=duty.text,
            url=url,
            note=self._note(row),
            row=row.number,
        )

    def _name_places(self) -> Sequence[tuple[int, int]]:
        """Level and place of the cells that hold names; level 0 holds a whole path."""
        return self.header.levels or ((0, self.header.roles[titles.PATH]),)

    def _sound_names(self, row: Row, names: Sequence[str]) -> bool:
        sound = True
        for level, index in self._name_places():
            cell = row.cell(index)
            name = names[level - 1] if level else clean_text(_text(cell))
            if name:
                sound &= self._sound_cell(row.number, self._name_field(level), cell, name)
        return sound

    def _sound_cell(self, number: int, field: str, cell: Cell, text: str) -> bool:
        fault = _cell_fault(cell, text)
        if fault:
            self.log.error(fault, number, field, text)
            return False
        if field != titles.TITLES[titles.FREQUENCY] and (cell.kind == "number" or text.isdecimal()):
            self.log.warn(f"“{text}”只有数字，请核对是否错列", number, field, text)
        return True

    def _duty(self, row: Row, path: ColumnPath) -> Duty | None:
        read: dict[str, str] = {}
        sound = True
        for role in (titles.UNIT, titles.FREQUENCY):
            cell = self._cell(row, role)
            text = _text(cell).strip()
            if text:
                sound &= self._sound_cell(row.number, titles.TITLES[role], cell, text)
            read[role] = text
        if not sound:
            return None
        unit, frequency = read[titles.UNIT], read[titles.FREQUENCY]
        note = _text(self._cell(row, titles.NOTE))
        return read_duty(unit, frequency, note, _say(path), row.number, self.log)

    def _address(self, row: Row, path: ColumnPath, duty: Duty | None) -> tuple[str | None, bool]:
        cell = self._cell(row, titles.URL)
        text, field = clean_text(_text(cell)), titles.TITLES[titles.URL]
        if text and _ERROR_VALUE.match(text):
            self.log.error("单元格是 Excel 错误值；请改成网址或清空", row.number, field, text)
            return None, False
        if cell.kind == "formula" and not cell.link:
            self.log.error(_FORMULA, row.number, field, text)
            return None, False
        if cell.kind == "formula":
            text = ""
        url, fault, completed = resolve(text, self.home or _NO_HOME) if text else ("", "", False)
        if not url or fault:
            behind = self._link_behind(row, path, duty)
            if behind:
                url, fault = behind, ""
        if fault:
            self.log.error(
                f"网址无效：{fault}；请改正，或清空这一格由程序在菜单中查找",
                row.number, field, text, plain_form(text),
            )  # fmt: skip
            return None, False
        if completed and self.home:
            self.log.warn(f"网址没有写协议，按 {url} 处理", row.number, field, text, url)
        jump = duty is not None and duty.frequency is Frequency.JUMP
        if self.home and url and not jump and not self._own(url):
            self.log.warn(
                f"栏目“{_say(path)}”的网址在别的网站（{host_of(url)}）上；"
                "若是跳转栏目，请把发布形式写成“跳转链接”",
                row.number, field, url,
            )  # fmt: skip
        return url or None, True

    def _link_behind(self, row: Row, path: ColumnPath, duty: Duty | None) -> str:
        """The address behind the 网址 cell, the name, or the words that say it is a jump."""
        cells = [self._cell(row, titles.URL)]
        named = (row.cell(index) for _, index in self._name_places())
        cells += [c for c in named if clean_text(c.text).endswith(path[-1]) and not c.spread]
        if duty and duty.frequency is Frequency.JUMP:
            cells += [self._cell(row, titles.UNIT), self._cell(row, titles.FREQUENCY)]
        for cell in cells:
            if cell.link.lower().startswith(("http://", "https://")):
                url, fault, _ = resolve(cell.link.strip(), self.home or _NO_HOME)
                if not fault:
                    return url
        return ""

    def _own(self, url: str) -> bool:
        host = host_of(url)
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def _note(self, row: Row) -> str:
        text = clean_text(self._cell(row, titles.NOTE).text)
        if len(text) > _LONGEST:
            self.log.warn(
                f"备注超过 {_LONGEST} 字，只保留前 {_LONGEST} 字", row.number, "备注", text
            )
        return text[:_LONGEST]

    def _cell(self, row: Row, role: str) -> Cell:
        index = self.header.roles.get(role)
        return row.cell(index) if index is not None else Cell()

    def _name_field(self, level: int = 0) -> str:
        return level_title(level) if level else "栏目名称"

    def _distinct(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        seen: dict[ColumnPath, Column] = {}
        folded: dict[ColumnPath, Column] = {}
        for column in columns:
            first = seen.get(column.path)
            if first:
                self.log.error(
                    f"栏目“{_say(column.path)}”重复：第 {first.row} 行和第 {column.row} 行；"
                    "请删除其中一行，或补全上级栏目",
                    column.row, self._name_field(), column.name,
                )  # fmt: skip
                continue
            seen[column.path] = column
            twin = folded.setdefault(tuple(map(fold_name, column.path)), column)
            if twin is not column:
                self.log.warn(
                    f"栏目“{_say(column.path)}”与第 {twin.row} 行只差标点或空格，疑似重复；请核对",
                    column.row, self._name_field(), column.name, _say(twin.path),
                )  # fmt: skip
        return tuple(seen.values())


_FORMULA = "单元格是公式但没有保存计算结果；请用 Excel 或 WPS 打开后重新保存，或直接填入文字"


def _cell_fault(cell: Cell, text: str) -> str:
    if _ERROR_VALUE.match(text):
        return "单元格是 Excel 错误值；请改成正确的文字"
    if cell.kind == "formula":
        return _FORMULA
    if cell.kind == "date":
        return "单元格被表格软件当成了日期；请把单元格格式改为“文本”后重新填写"
    if len(text) > _LONGEST:
        many = cell.text.count("\n") > 3
        hint = "；多半是引号没有成对，把后面的行都并进来了" if many else "；请核对是否错列"
        return f"内容超过 {_LONGEST} 字{hint}"
    return ""


def _text(cell: Cell) -> str:
    """The cell's text, empty where it only says that there is nothing."""
    return "" if fold_name(cell.text[:20]) in _NOTHING else cell.text


def _say(path: ColumnPath) -> str:
    return " > ".join(name if len(name) <= 40 else name[:39] + "…" for name in path)
