"""The column sheet against what the portal shows: missing, new, moved, renamed, not compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from console.proposal import unread_home
from console.surveying import not_compared
from crawler.proposing import folded
from crawler.reading.matching import Match
from crawler.reading.menu_tree import same_page
from crawler.reading.menus import match_columns
from crawler.survey import Ended, Proposal, Surveyed
from ledger.naming import fold_name
from ledger.site import Column, ColumnPath, Site
from ledger.words import Outcome, Severity

Row = dict[str, Any]
PageKey = tuple[str, str, str]

_ALIKE = 0.6
_SURE = 0.75
_GONE = (Outcome.GONE, Outcome.SOFT_GONE)


class Difference(StrEnum):
    """What a comparison may find, with the words an operator reads and how grave it is."""

    NOT_ON_SITE = "not_on_site"
    NOT_IN_SHEET = "not_in_sheet"
    MOVED = "moved"
    SIMILAR = "similar"
    UNLISTED = "unlisted"
    NOT_COMPARED = "not_compared"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self][0]

    @property
    def severity(self) -> Severity:
        """What `--fail-on` weighs it by."""
        return _LABELS[self][1]


_LABELS = {
    Difference.NOT_ON_SITE: ("表中有、网站上没有", Severity.GENERAL),
    Difference.NOT_IN_SHEET: ("网站上有、表中没有", Severity.LIGHT),
    Difference.MOVED: ("已移动", Severity.GENERAL),
    Difference.SIMILAR: ("名称相近", Severity.LIGHT),
    Difference.UNLISTED: ("菜单中没有", Severity.INFO),
    Difference.NOT_COMPARED: ("未比对", Severity.INFO),
}


def compare(site: Site, found: Surveyed) -> Row:
    """Every difference, those of the sheet by row, then what the portal has beyond it."""
    if found.outcome is not Outcome.OK:
        return not_compared(unread_home(found), found.requests)
    if not found.columns:
        reason = f"首页 {found.home} 打开了，但没有读到一个栏目链接，菜单可能全由脚本生成。"
        return not_compared(reason, found.requests)
    comparison = _Comparison(site, found)
    differences = comparison.differences()
    return {
        "compared": True,
        "reason": None,
        "requests": found.requests,
        "on_site": len(found.columns),
        "agreed": len(site.columns) - len({row["row"] for row in differences if row["row"]}),
        "differences": differences,
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the portal's pages show at all, columns or not."""

    pages: Mapping[PageKey, frozenset[str]]

    @classmethod
    def of(cls, found: Surveyed) -> _Shown:
        """Every address linked anywhere, with the names it goes by."""
        names: dict[PageKey, set[str]] = {}
        for link in found.links:
            names.setdefault(same_page(link.url), set()).add(fold_name(link.names[-1]))
        return cls({page: frozenset(said) for page, said in names.items()})


class _Comparison:
    def __init__(self, site: Site, found: Surveyed) -> None:
        self.site = site
        self.found = found
        self.shown = _Shown.of(found)
        paths = [column.path for column in site.columns]
        self.matches = match_columns(paths, found.links, {})
        self.by_path = {folded(c.path): c for c in found.columns}
        self.by_page: dict[PageKey, Proposal] = {}
        for column in found.columns:
            self.by_page.setdefault(same_page(column.url), column)
        self.sheet = {folded(path) for path in paths}
        self.above = {path[:n] for path in self.sheet for n in range(1, len(path))}
        self.claimed: set[ColumnPath] = set()
        """Columns of the portal that some row of the sheet means."""

    def differences(self) -> list[Row]:
        rows = [row for column in self.site.columns if (row := self._of_column(column))]
        return rows + [
            self._beyond(column) for column in self.found.columns if self._is_new(column)
        ]

    def _of_column(self, column: Column) -> Row | None:
        there = self._place(column)
        if there is not None:
            page = self.by_page.get(same_page(there))
            if page is not None:
                self.claimed.add(folded(page.path))
            return self._moved(column, there)
        if column.url and (named := self._named_otherwise(column)):
            return named
        return self._missing(column)

    def _place(self, column: Column) -> str | None:
        """Where the portal's menus lead for the path; a likely match is no such place."""
        own = self.by_path.get(folded(column.path))
        if own is not None:
            self.claimed.add(folded(own.path))
            return own.url
        match = self.matches.get(column.path)
        return match.url if match is not None and _is_sure(match) else None

    def _moved(self, column: Column, there: str) -> Row | None:
        if not column.url or same_page(column.url) == same_page(there):
            return None
        names = self.shown.pages.get(same_page(column.url), frozenset())
        ended = self.found.asked.get(column.url)
        if fold_name(column.name) in names or (
            ended is not None and same_page(ended.final_url) == same_page(there)
        ):
            # The portal leads to both, or from one to the other.
            return None
        opens = "，原网址仍能打开" if _opens(ended) or names else ""
        return _row(
            Difference.MOVED,
            column,
            f"网站菜单现在指向 {there}，表中是 {column.url}{opens}；请核对后改正网址",
            there,
        )

    def _named_otherwise(self, column: Column) -> Row | None:
        """A column the portal leads to by its address, under its own or another name."""
        url = column.url or ""
        names = self.shown.pages.get(same_page(url))
        if names is None:
            return None
        page = self.by_page.get(same_page(url))
        if page is not None:
            self.claimed.add(folded(page.path))
        if page is None or fold_name(column.name) in names:
            return None
        return _row(
            Difference.SIMILAR,
            column,
            f"同一网址在网站上叫“{_say(page.path)}”；请核对栏目是否已改名",
            url,
            page.path,
        )

    def _missing(self, column: Column) -> Row:
        near = self._nearest(column)
        if column.url and (ended := self.found.asked.get(column.url)) is not None:
            return self._asked(column, ended, near)
        if (gap := self._gap(column)) is not None:
            return _row(Difference.NOT_COMPARED, column, gap)
        if near is not None and self._is_twin(column, near):
            self.claimed.add(folded(near.path))
            return _row(
                Difference.SIMILAR,
                column,
                f"网站上没有同名栏目，名称相近的是“{_say(near.path)}”；请核对是否为同一栏目",
                near.url,
                near.path,
            )
        return self._absent(column, "菜单、栏目导航、面包屑和网站地图里都没有找到", near)

    def _asked(self, column: Column, ended: Ended, near: Proposal | None) -> Row:
        """Of an address no page leads to: what opening it told."""
        if ended.outcome in _GONE:
            return self._absent(
                column, f"菜单里没有，网址也打不开（{ended.detail or ended.outcome.label}）", near
            )
        if ended.outcome is Outcome.OK:
            return _row(
                Difference.UNLISTED,
                column,
                "网站菜单、目录和网站地图里没有这个栏目，但表中的网址能打开；请核对是否仍在使用",
                ended.final_url,
            )
        reason = ended.detail or ended.outcome.label
        return _row(
            Difference.NOT_COMPARED, column, f"网站菜单里没有，表中的网址没有读到：{reason}"
        )

    def _gap(self, column: Column) -> str | None:
        """Why the portal was not read far enough to say that the column is not there."""
        path = folded(column.path)
        for unread, why in self.found.unread.items():
            parent = folded(unread)
            if len(parent) < len(path) and path[: len(parent)] == parent:
                return f"上级栏目“{_say(unread)}”没有读到（{why}），不能断定网站上没有"
        if self.found.short:
            return (
                f"已用完 {self.found.requests} 次请求，网站没有读完，不能断定网站上没有；"
                "可用更大的 --max-pages"
            )
        return None

    def _absent(self, column: Column, said: str, near: Proposal | None) -> Row:
        hint = f"；名称最接近的是“{_say(near.path)}”" if near else ""
        path = near.path if near else ()
        return _row(Difference.NOT_ON_SITE, column, f"{said}{hint}；请核对栏目是否已撤并", "", path)

    def _nearest(self, column: Column) -> Proposal | None:
        """The portal's column whose name is closest, those below the same parent first."""
        own = folded(column.path)
        best: tuple[float, Proposal] | None = None
        for other in self.found.columns:
            theirs = folded(other.path)
            if theirs in self.sheet:
                continue
            ratio = SequenceMatcher(None, own[-1], theirs[-1]).ratio()
            ratio += 0.1 * (theirs[:-1] == own[:-1])
            if ratio >= _ALIKE and (best is None or ratio > best[0]):
                best = (ratio, other)
        return best[1] if best else None

    def _is_twin(self, column: Column, near: Proposal) -> bool:
        """True where the two names differ by little and stand at the same place."""
        own, theirs = folded(column.path), folded(near.path)
        alike = SequenceMatcher(None, own[-1], theirs[-1]).ratio()
        inside = own[-1] in theirs[-1] or theirs[-1] in own[-1]
        return own[:-1] == theirs[:-1] and (alike >= _SURE or inside)

    def _is_new(self, column: Proposal) -> bool:
        path = folded(column.path)
        return path not in self.sheet | self.above | self.claimed

    def _beyond(self, column: Proposal) -> Row:
        return {
            "kind": str(Difference.NOT_IN_SHEET),
            "label": Difference.NOT_IN_SHEET.label,
            "severity": str(Difference.NOT_IN_SHEET.severity),
            "path": list(column.path),
            "row": None,
            "sheet_url": None,
            "site_url": column.url,
            "nearest": None,
            "message": f"见于{column.where.label}，网址 {column.url}；请对照合同决定是否列入",
        }


def _row(
    kind: Difference,
    column: Column,
    message: str,
    site_url: str = "",
    nearest: ColumnPath = (),
) -> Row:
    return {
        "kind": str(kind),
        "label": kind.label,
        "severity": str(kind.severity),
        "path": list(column.path),
        "row": column.row,
        "sheet_url": column.url,
        "site_url": site_url or None,
        "nearest": list(nearest) or None,
        "message": message,
    }


def _is_sure(match: Match) -> bool:
    return match.certainty >= _SURE


def _opens(ended: Ended | None) -> bool:
    return ended is not None and ended.outcome is Outcome.OK


def _say(path: Iterable[str]) -> str:
    return " > ".join(path)
