"""What is written as a sheet is read back as the same columns, however the sheet is laid out."""

import csv
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.naming import clean_text, fold_name
from ledger.roster import read_roster
from ledger.site import ColumnPath
from ledger.words import Frequency

LEVELS = ["一级栏目", "二级栏目", "三级栏目", "四级栏目", "五级栏目"]
SITE = 'name = "某区"\nhome = "http://www.mou.gov.cn/"\n[crawl]\ncontact = "a@b.cn"\n'
HEAD = [*LEVELS, "责任单位", "发布形式", "网址"]
OWING = [f for f in Frequency if f not in (Frequency.UNSPECIFIED, Frequency.JUMP)]

names = st.text("政务公开统计信息领导之窗预决算（）、-AB", min_size=2, max_size=8).filter(
    lambda text: clean_text(text) == text and len(fold_name(text).strip("-(),")) > 1
)
trees = st.recursive(
    st.just({}), lambda inner: st.dictionaries(names, inner, min_size=1, max_size=3), max_leaves=8
)
Entry = tuple[ColumnPath, str, Frequency, str]


def _walk(tree: dict[str, dict], above: ColumnPath = ()) -> list[ColumnPath]:
    found: list[ColumnPath] = []
    for name, inner in tree.items():
        path = (*above, name)
        if len(path) <= 5:
            found += [path, *_walk(inner, path)]
    return found


@st.composite
def tables(draw: st.DrawFn) -> list[Entry]:
    paths = _walk(draw(trees.filter(bool)))
    entries = []
    for number, path in enumerate(paths):
        unit = draw(st.sampled_from(["区政府办", "区统计局", "区发改委、区住建局"]))
        url = draw(st.sampled_from(["", f"http://www.mou.gov.cn/{number}/"]))
        entries.append((path, unit, draw(st.sampled_from(OWING)), url))
    return entries


def _spelled(entries: Sequence[Entry]) -> list[list[str]]:
    return [[*_padded(path), unit, owes.label, url] for path, unit, owes, url in entries]


def _once(entries: Sequence[Entry]) -> list[list[str]]:
    rows, above = [], [""] * 5
    for (path, *_), row in zip(entries, _spelled(entries), strict=True):
        names = _padded(path)
        for level in range(len(path) - 1):
            if names[: level + 1] == above[: level + 1]:
                row[level] = ""
        above = names
        rows.append(row)
    return rows


def _padded(path: ColumnPath) -> list[str]:
    return [*path, *[""] * (5 - len(path))]


def _check(folder: Path, entries: Sequence[Entry]) -> None:
    (folder / "site.toml").write_text(SITE, "utf-8")
    roster = read_roster(folder)
    assert roster.errors == ()
    assert roster.site is not None
    read = [(c.path, c.unit, c.frequency, c.url or "") for c in roster.site.columns]
    assert read == list(entries)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    tables(),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    st.sampled_from(",;\t"),
)
def test_csv(entries: list[Entry], once: bool, encoding: str, separator: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "columns.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerow(HEAD)
            writer.writerows(_once(entries) if once else _spelled(entries))
        _check(Path(folder), entries)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(tables(), st.sampled_from(["spelled", "once", "merged"]))
def test_xlsx(entries: list[Entry], layout: str):
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(HEAD)
    for row in _spelled(entries) if layout == "spelled" else _once(entries):
        sheet.append([value or None for value in row])
    if layout == "merged":
        _merge_parents(sheet, [path for path, *_ in entries])
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "columns.xlsx")
        _check(Path(folder), entries)


def _merge_parents(sheet: Worksheet, paths: Sequence[ColumnPath]) -> None:
    """Merge each parent's name over the rows below that are deeper in the tree."""
    for level in range(5):
        numbered = list(enumerate(paths, 2))
        for _, group in itertools.groupby(numbered, key=lambda pair: pair[1][: level + 1]):
            rows = [number for number, path in group if len(path) > level]
            if len(rows) > 1:
                sheet.merge_cells(
                    start_row=rows[0],
                    end_row=rows[-1],
                    start_column=level + 1,
                    end_column=level + 1,
                )
