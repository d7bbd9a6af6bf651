"""From the rows of a table to entries: what each says is wrong, where, and what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger.notices import NoticeItem, NoticeKind, names_only
from ledger.noticing import headings as h
from ledger.noticing.days import day_in_cell
from ledger.noticing.headings import Header, header_of, is_aside, kind_of, kind_over, role_of
from ledger.noticing.parts import Cell, Line, Table
from ledger.noticing.states import Standing, standing_of
from ledger.noticing.values import (
    addresses,
    described,
    is_personal,
    numbers,
    pairs,
    sound,
    unmarked,
    word,
)

_LONG, _SHORT = 500, 120
_FORM = "（表单）"
_LEAST_LABELS = 3
_WORDING = 30
"""The most characters of a wrong wording that is no sentence."""
_POINTERS = frozenset({"查看", "查看快照", "快照", "截图", "定位", "链接", "点击查看"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what tells to which site it belongs."""

    item: NoticeItem
    site_code: str = ""
    site_name: str = ""
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that gave no entry, and why, in Chinese."""

    place: str
    reason: str
    text: str = ""


@dataclass(slots=True)
class TableReading:
    """What was understood of one table, and what was not."""

    place: str
    headers: list[Header] = field(default_factory=list)
    form: bool = False
    entries: list[Entry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    first: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the table's headings, or the labels of a form, were found."""
        return bool(self.headers) or self.form


Fields = Mapping[str, list[Cell]]


def read_table(table: Table, heading: str, year: int | None = None) -> TableReading:
    """The entries of one table; `heading` is the file's own title, `year` that of the notice."""
    reading = TableReading(table.place)
    reading.first = tuple(c.text[:20] for c in (table.lines[0].cells if table.lines else ()))[:12]
    group = "\n".join((table.above, heading))
    header: Header | None = None
    lines = () if _is_form(table) else table.lines
    apart = True
    for line in lines:
        found = header_of(line)
        # Wrong words may read like headings: another header stands apart or repeats the first.
        if found is not None and (apart or header is None or header.repeated_by(line)):
            header = found
            reading.headers.append(found)
            # Headings merged over several columns have their own headings in the next line.
            apart = any(cell.spread for cell in line.cells)
        elif header is not None:
            group = _row(reading, table, line, header, group, year)
            apart = not _is_row(line)
    if not reading.headers:
        _form(reading, table, group, year)
    return reading


def _is_row(line: Line) -> bool:
    """Whether more than one thing is said in the line, and it does not only sum up."""
    texts = [cell.text for cell in line.cells if cell.filled]
    return len(set(texts)) > 1 and not is_aside(texts[0].replace(" ", ""))


def _row(
    reading: TableReading, table: Table, line: Line, header: Header, group: str, year: int | None
) -> str:
    """Take one row; the text of a row merged from end to end heads those below it."""
    place = f"{table.place}第 {line.number} 行"
    own = [cell for cell in line.cells if cell.filled and not cell.spread]
    texts = {cell.text for cell in line.cells if cell.text}
    first = next((cell.text for cell in line.cells if cell.text), "")
    if is_aside(first.replace(" ", "")):
        reading.skipped.append(Skipped(place, "合计或说明行", first))
        return group
    if len(texts) == 1 and len(header.titles) > 1 and not any(c.links for c in own):
        reading.skipped.append(Skipped(place, "整行只有一段文字，作为下面各行的小标题", first))
        return f"{first}\n{group}"
    titles = dict(header.titles)
    for number, block in enumerate(header.blocks()):
        states = [
            (titles[i], line.cells[i]) for i, r in block if r == h.STATE and i < len(line.cells)
        ]
        fields: dict[str, list[Cell]] = {}
        for index, role in block:
            cell = line.cells[index] if index < len(line.cells) else Cell()
            fields.setdefault(role, []).append(cell)
        if number == 0 or any(cell.filled for cells in fields.values() for cell in cells):
            _take(reading, place, _Row(fields, group, year, standing_of(states)))
    return group


def _is_form(table: Table) -> bool:
    """Whether most rows begin with a label and have one value beside it, or pairs of these."""
    labels = 0
    roles: set[str] = set()
    for line in table.lines:
        cells = [cell for cell in line.cells if cell.filled and not cell.spread]
        said = [role_of(cell.text) for cell in cells]
        if len(said) > 2 and all(said):
            # A row of headings alone: what looks like labels below are kinds of faults.
            return False
        if len(cells) in (1, 2, 4) and all(said[::2]):
            labels += 1
            roles.add(said[0])
    if len(roles) < _LEAST_LABELS:
        return False
    return labels >= _LEAST_LABELS and labels * 2 > len(table.lines)


def _form(reading: TableReading, table: Table, group: str, year: int | None) -> None:
    """A table of labels with their values beside them; a label met again begins another entry."""
    fields: dict[str, list[Cell]] = {}
    place = ""
    read: list[tuple[str, dict[str, list[Cell]]]] = []
    for line in table.lines:
        for role, cell in _labelled(line):
            if role in fields and role in (h.WRONG, h.URL, h.PAIR, h.CONTEXT, h.SITE_NAME):
                read.append((place, fields))
                kept = (h.SITE_NAME, h.SITE_CODE, h.SITE_URL, h.FOUND, h.KIND, h.LEVEL)
                site = {key: held for key, held in fields.items() if key in kept}
                fields = {} if role == h.SITE_NAME else site
            if not fields or not place:
                place = f"{table.place}第 {line.number} 行起{_FORM}"
            fields[role] = [cell]
    if fields:
        read.append((place, fields))
    for where, told in read:
        telling = [role for role in told if role not in (h.KNOWN, h.FOUND, h.UNIT, h.KIND)]
        if len(telling) >= 2 and {h.URL, h.WRONG, h.PAIR, h.CONTEXT, h.COLUMN} & told.keys():
            reading.form = True
            states = [("", cell) for cell in told.get(h.STATE, ())]
            _take(reading, where, _Row(told, group, year, standing_of(states)))


def _labelled(line: Line) -> Iterator[tuple[str, Cell]]:
    cells = [cell for cell in line.cells if not cell.spread]
    index = 0
    while index + 1 < len(cells):
        role = role_of(cells[index].text)
        value = cells[index + 1]
        if role and value.filled and not (role_of(value.text) and index + 2 < len(cells)):
            yield role, value
            index += 2
        else:
            index += 1


def _take(reading: TableReading, place: str, got: _Row) -> None:
    """The entries of one row, or why there are none."""
    reason = got.fault()
    if reason:
        reading.skipped.append(Skipped(place, reason, got.excerpt()))
        return
    for bad in got.unsound:
        reading.skipped.append(Skipped(place, f"网址写法不对，没有采用：{bad[:80]}"))
    for wrong, suggest in got.words or [("", "")]:
        for url in got.urls or [""]:
            reading.entries.append(
                Entry(
                    got.item(place, url, wrong, suggest),
                    site_code=got.text(h.SITE_CODE),
                    site_name=got.text(h.SITE_NAME),
                    site_url=next(iter(got.found(h.SITE_URL)), ""),
                )
            )


class _Row:
    """One row by what its cells mean."""

    def __init__(self, fields: Fields, group: str, year: int | None, standing: Standing) -> None:
        self.fields = fields
        self.year = year
        self.standing = standing
        self.context, marked = unmarked(self._cell(h.CONTEXT))
        if self.context in _POINTERS:
            self.context = ""
        found = self._urls()
        self.urls = [url for url in found if sound(url)]
        self.unsound = [url for url in found if not sound(url)]
        self.kind_text = self.text(h.KIND)
        self.words = self._words(marked) or self._described(group)
        if self.words and not self.context:
            # The sentence may stand in the column of the wrong words.
            sentence = unmarked(self._cell(h.WRONG))[0]
            self.context = sentence if any(one in sentence[:-1] for one, _ in self.words) else ""
        self.kind = self._kind(group)
        if self.kind not in (NoticeKind.WORDING, NoticeKind.PRIVACY):
            self.words = []

    def text(self, role: str) -> str:
        """What the first filled cell of that meaning says, on one line."""
        return " ".join(self._cell(role).text.split())[:_LONG]

    def found(self, role: str) -> list[str]:
        """The addresses in the cells of that meaning."""
        return [url for cell in self.fields.get(role, ()) for url in addresses(cell)]

    def excerpt(self) -> str:
        """The row in short, so that a person can find it."""
        texts = [cell.text for cells in self.fields.values() for cell in cells if cell.text]
        return " | ".join(" ".join(text.split()) for text in texts)[:_SHORT]

    def fault(self) -> str:
        """Why the row is no entry, in Chinese; empty where it is one."""
        if not any(
            c.filled for role, cells in self.fields.items() if role != h.KNOWN for c in cells
        ):
            return "空行"
        if self.standing.false:
            return f"通报自己写明不是问题（{self.standing.false}），没有采用"
        if self.kind in (NoticeKind.WORDING, NoticeKind.PRIVACY):
            told_of = self.kind is NoticeKind.PRIVACY and self.text(h.ABOUT)
            if not self.words and not told_of:
                return "没有错误内容：错误列是空的，所在句里也没有标红的字"
            if not self.urls:
                return "没有网址" if not self.unsound else f"网址写法不对：{self.unsound[0][:80]}"
        if self.kind is NoticeKind.LINK and not self.urls:
            return "没有网址" if not self.unsound else f"网址写法不对：{self.unsound[0][:80]}"
        if self.kind is NoticeKind.COLUMN and not (self.column() or self.urls):
            return "没有栏目名称，也没有网址"
        if self.kind is NoticeKind.OTHER and not (self.urls or self.column()):
            return "没有网址，也没有栏目名称"
        if self.kind is NoticeKind.OTHER and not (self.kind_text or self.text(h.ABOUT)):
            return "没有写明是什么问题：错误列是空的或没有看懂，也没有问题类型和问题描述"
        return ""

    def item(self, place: str, url: str, wrong: str, suggest: str) -> NoticeItem:
        """The entry at one address with one wrong word."""
        return NoticeItem(
            place=place,
            kind=self.kind,
            kind_text=self.kind_text,
            url=url,
            wrong=wrong,
            suggest=suggest,
            title=self.text(h.TITLE)[: _SHORT * 2],
            context=self._told(),
            column=self.column(),
            unit=self.text(h.UNIT)[:_SHORT],
            severity_text=self.text(h.LEVEL)[:20],
            found_on=self._found_on(),
            parent=next((one for one in self.found(h.PARENT) if one not in self.urls), ""),
            doubtful=bool(self.standing.doubtful),
            said_mended=self.standing.mended,
        )

    def column(self) -> str:
        """The column as the vendor names it."""
        cells = [cell for cell in self.fields.get(h.COLUMN, ()) if not addresses(cell)]
        names = (" ".join(cell.text.split()) for cell in cells)
        return " > ".join(dict.fromkeys(name for name in names if name))[:_SHORT]

    def _found_on(self) -> date | None:
        """The last day on which the vendor saw it."""
        days = [day_in_cell(cell.text, self.year) for cell in self.fields.get(h.FOUND, ())]
        return max((day for day in days if day is not None), default=None)

    def _told(self) -> str:
        if self.kind in (NoticeKind.WORDING, NoticeKind.PRIVACY):
            return (self.context or self.text(h.ABOUT))[:_LONG]
        said = [self.context, self.text(h.ABOUT), self.text(h.WRONG)]
        for role in (h.UPDATED, h.STALE):
            if self.text(role):
                said.append(f"{h.LABELS[role]}：{self.text(role)}")
        return "；".join(dict.fromkeys(part for part in said if part))[:_LONG]

    def _cell(self, role: str) -> Cell:
        cells = self.fields.get(role, ())
        return next((cell for cell in cells if cell.filled), Cell())

    def _urls(self) -> list[str]:
        """The addresses of the page, else any address of the row that is not the site's own."""
        for roles in ((h.URL,), (h.COLUMN, h.TITLE, h.CONTEXT, h.WRONG, h.KNOWN), (h.PARENT,)):
            found = [url for role in roles for url in self.found(role)]
            if found:
                return list(dict.fromkeys(found))
        return []

    def _words(self, marked: Sequence[str]) -> list[tuple[str, str]]:
        wrong, own = unmarked(self._cell(h.WRONG))
        suggest, pair = self._cell(h.SUGGEST).text, self._cell(h.PAIR).text
        if not wrong and pair:
            return pairs(pair, suggest)
        raw = self._cell(h.WRONG).text if not own else ""
        if own and "".join(own) != wrong and _fits(own, wrong, word(suggest)):
            # A sentence with the wrong part set off, in a column that is called 错误内容.
            return [(word(part), word(suggest)) for part in own]
        if wrong:
            return pairs(raw or wrong, suggest)
        if len(marked) > 1:
            both = pairs("\n".join(marked), suggest)
            return both if len(both) > 1 else [(word(part), word(suggest)) for part in marked]
        return [(word(part), word(suggest)) for part in marked]

    def _described(self, group: str) -> list[tuple[str, str]]:
        """The wrong words of a description, where the row is about wording or personal data."""
        about = self._cell(h.ABOUT)
        kind = kind_of(self.kind_text) or kind_over(group)
        if kind is NoticeKind.PRIVACY:
            said = numbers(about.text) or ([about.text] if names_only(about.text) else [])
            return [(one, "") for one in said]
        if kind is not NoticeKind.WORDING:
            return []
        return described(about.text) or [(word(one), "") for one in about.marked]

    def _kind(self, group: str) -> NoticeKind:
        said = kind_of(self.kind_text)
        if self.words and any(is_personal(wrong) for wrong, _ in self.words):
            return NoticeKind.PRIVACY
        stale = self.fields.keys() & {h.UPDATED, h.STALE}
        if said is NoticeKind.WORDING and not self.words:
            about = kind_of(self.text(h.ABOUT))
            return about or said
        if said is not None:
            return said
        if self.words:
            personal = kind_over(group) is NoticeKind.PRIVACY
            return NoticeKind.PRIVACY if personal else NoticeKind.WORDING
        if stale:
            return NoticeKind.COLUMN
        if self.kind_text:
            return kind_of(self.text(h.ABOUT)) or NoticeKind.OTHER
        return kind_over(group) or kind_of(self.text(h.ABOUT)) or NoticeKind.OTHER


def _fits(own: Sequence[str], wrong: str, suggest: str) -> bool:
    """Whether what is set off, and not all of the cell, is what the suggestion replaces."""
    if not suggest:
        return len(wrong) > _WORDING
    return all(abs(len(one) - len(suggest)) <= abs(len(wrong) - len(suggest)) for one in own)
