"""A filled review sheet, read row by row; whatever cannot be understood is named with its row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from console import review_sheet as head
from console.errors import Misused
from console.reviewing import Answer
from ledger.naming import clean_text, fold_name
from ledger.problems import RosterError, nearest, reason, shorten
from ledger.sheet import MAX_FILE, Grid, Row, read_grids
from ledger.words import ReviewWord

_SEARCHED = 20
"""Rows in which the heading is looked for; people put titles above it."""
_ALIKE = 4
"""Headings that make a row ours although others are missing."""
_MARK = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))"
    r"(?: ?0?0:00(?::00)?)?"
)
_SWITCHES = {head.YES: True, head.NO: False, "TRUE": True, "FALSE": False}
_NOTE_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A row with an answer. `times` is how often the finding had been spoken of at the export.

    `answers` are a verdict, a unit, or a remark; they count in their order.
    """

    where: str
    mark: str
    site: str
    day: date
    times: int
    answers: tuple[Answer, ...]


@dataclass(slots=True)
class Faults:
    """What cannot be understood, sentence by sentence."""

    file: str
    told: list[str] = field(default_factory=list)

    def add(self, where: str, sentence: str) -> None:
        """Note a fault of a row, or of the whole file."""
        self.told.append(f"{self.file}{' ' if where else ''}{where}：{sentence}")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A sheet with our heading: the row it ends at and where each title stands."""

    grid: Grid
    last: int
    places: dict[str, int]


def read_filled(path: Path, faults: Faults) -> tuple[list[Filled], int]:
    """The rows with an answer, and how many have none."""
    filled: list[Filled] = []
    blank = 0
    for heading in _headings(_grids(path), faults):
        name = "" if heading.grid.name == head.SHEET else f"工作表“{heading.grid.name}”"
        for row in heading.grid.rows:
            if row.number <= heading.last:
                continue
            if not any(clean_text(row.cell(heading.places[t]).text) for t in head.ANSWERS):
                blank += bool(row.cell(heading.places[head.MARK]).text.strip())
                continue
            reader = _RowReader(heading, row, f"{name}第 {row.number} 行", faults)
            if (read := reader.read()) is not None:
                filled.append(read)
    return filled, blank


def _grids(path: Path) -> list[Grid]:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Misused(f"复核表 {path} 打不开（{reason(error)}）。请核对路径和权限。") from None
    if path.is_dir():
        raise Misused(f"{path} 是文件夹，不是复核表。请写出 .xlsx 文件。")
    if size > MAX_FILE:
        raise Misused(f"{path} 超过 {MAX_FILE // 1024 // 1024} MB，不会是复核表。请核对文件。")
    if path.suffix.lower() != ".xlsx":
        raise Misused(f"{path} 不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 再试。")
    try:
        return read_grids(path)
    except RosterError as error:
        raise Misused(f"{path}：{error}。") from error


def _headings(grids: Iterable[Grid], faults: Faults) -> Iterator[_Heading]:
    """The sheets with our heading; a heading that lacks a title spoils the file."""
    found = False
    for grid in grids:
        titles, number = _best(grid)
        if len(titles) < _ALIKE:
            continue
        found = True
        where = f"工作表“{shorten(grid.name)}”"
        missing = [title for title in head.NEEDED if title not in titles]
        doubled = [title for title, places in titles.items() if len(places) > 1]
        if missing:
            faults.add(
                where,
                f"表头缺少{_quoted(missing)}，可能被改名或删除；"
                "请改回原来的文字，或重新导出后把意见抄过去。",
            )
        if doubled:
            faults.add(where, f"表头{_quoted(doubled)}出现了两次；请只留一列。")
        if not missing and not doubled:
            yield _Heading(grid, number, {title: places[0] for title, places in titles.items()})
    if not found:
        faults.add(
            "", "没有找到复核表的表头，不是 xuncha review export 导出的文件；请重新导出后填写。"
        )


def _best(grid: Grid) -> tuple[dict[str, list[int]], int]:
    """The titles of ours in the row that has most of them, and its number."""
    best: tuple[dict[str, list[int]], int] = ({}, 0)
    for row in grid.rows[:_SEARCHED]:
        titles: dict[str, list[int]] = {}
        for place, cell in enumerate(row.cells):
            title = fold_name(cell.text[:80])
            if title in head.NEEDED and not cell.spread:
                titles.setdefault(title, []).append(place)
        if len(titles) > len(best[0]):
            best = titles, row.number
    return best


def _quoted(titles: Sequence[str]) -> str:
    return "、".join(f"“{title}”" for title in titles)


class _RowReader:
    """Reads one row and notes what is wrong with it."""

    def __init__(self, heading: _Heading, row: Row, where: str, faults: Faults) -> None:
        self._heading = heading
        self._row = row
        self._where = where
        self._faults = faults
        self._sound = True

    def read(self) -> Filled | None:
        """The row, None where any of it cannot be understood."""
        mark, day = self._mark(), self._exported()
        times = self._times()
        site = self._text(head.SITE)
        if not site:
            self._spoilt(head.SITE, "", "是空的；请从原来的复核表抄回这一格")
        answers = self._answers()
        if not self._sound or day is None:
            return None
        return Filled(self._where, mark, site, day, times, answers)

    def _spoilt(self, title: str, value: str, sentence: str) -> None:
        self._sound = False
        written = f"写的是“{shorten(value, 40)}”，" if value else ""
        self._faults.add(self._where, f"“{title}”{written}{sentence}。")

    def _text(self, title: str) -> str:
        cell = self._row.cell(self._heading.places[title])
        if cell.kind == "formula":
            self._spoilt(title, cell.text, "是没有结果的公式；请改成文字")
            return ""
        return clean_text(cell.text)

    def _mark(self) -> str:
        cell = self._row.cell(self._heading.places[head.MARK])
        mark = self._text(head.MARK).lower()
        if not mark:
            self._spoilt(
                head.MARK, "", "是空的，却填了意见；请从原来的复核表抄回编号，或清空这一行"
            )
        elif not _MARK.fullmatch(mark):
            why = "被表格软件改成了数字" if cell.kind == "number" else "不是 16 位的问题编号"
            self._spoilt(head.MARK, mark, f"{why}；请从原来的复核表抄回")
        return mark

    def _exported(self) -> date | None:
        text = self._text(head.DAY)
        day = day_in(text)
        if day is None:
            self._spoilt(head.DAY, text, "不是导出时的日期；请从原来的复核表抄回这一格")
        return day

    def _times(self) -> int:
        text = self._text(head.TIMES)
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            self._spoilt(head.TIMES, text, "不是导出时的次数；请从原来的复核表抄回这一格")
            return 0
        return int(text)

    def _answers(self) -> tuple[Answer, ...]:
        word, until = self._word(), self._until()
        note, by = self._text(head.WHY), self._text(head.BY)
        if len(note) > _NOTE_LIMIT:
            self._spoilt(head.WHY, note, f"太长；请缩短到 {_NOTE_LIMIT} 字以内")
        unit = self._text(head.UNIT)
        in_report, veto = self._switch(head.IN_REPORT), self._switch(head.VETO)
        self._fits(word, until)
        answers: list[Answer] = []
        switched = in_report is not None or veto is not None
        if word is not None or switched or (note and not unit):
            said = word or ReviewWord.NOTED
            answers.append(Answer(said, by, note, until, "", in_report, veto))
        if unit:
            told = "" if answers else note
            answers.append(Answer(ReviewWord.ASSIGNED, by, told, None, unit))
        return tuple(answers)

    def _word(self) -> ReviewWord | None:
        text = self._text(head.WORD)
        if not text:
            return None
        if text not in head.WORDS:
            near = nearest(text, head.WORDS)
            hint = f"最接近的是“{near}”；" if near else ""
            self._spoilt(head.WORD, text, f"没有这个意见；{hint}可填{'、'.join(head.WORDS)}")
        return head.WORDS.get(text)

    def _until(self) -> date | None:
        text = self._text(head.UNTIL)
        day = day_in(text)
        if text and day is None:
            self._spoilt(head.UNTIL, text, "看不懂或没有这一天；应写成 2026-03-20")
        return day

    def _fits(self, word: ReviewWord | None, until: date | None) -> None:
        """An acceptance needs its last day, and nothing else has one."""
        written = clean_text(self._row.cell(self._heading.places[head.UNTIL]).text)
        if word is ReviewWord.ACCEPTED:
            if not written:
                self._spoilt(head.UNTIL, "", "是空的，复核意见却是暂予保留；请填保留到哪一天")
        elif written and self._sound:
            told = word.label if word else "空的"
            self._spoilt(
                head.UNTIL, written, f"复核意见却是{told}；要暂予保留请选暂予保留，否则清空这一格"
            )

    def _switch(self, title: str) -> bool | None:
        text = self._text(title)
        if text and text not in _SWITCHES:
            self._spoilt(title, text, f"看不懂；可填{head.YES}或{head.NO}")
        return _SWITCHES.get(text)


def day_in(text: str) -> date | None:
    """The day written in any of the usual ways, None where there is none."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    year, *rest = found.groups()
    month, day = [part for part in rest if part]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
