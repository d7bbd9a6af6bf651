"""What the headings of a notice's columns mean: the synonym map, and finding the header rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ledger.naming import fold_name
from ledger.notices import NoticeKind
from ledger.noticing.parts import Line
from ledger.noticing.values import addresses

URL, PARENT, WRONG, SUGGEST, PAIR, TITLE = "url", "parent", "wrong", "suggest", "pair", "title"
CONTEXT, COLUMN, KIND, LEVEL, UNIT = "context", "column", "kind", "level", "unit"
FOUND, UPDATED, STALE, ABOUT = "found", "updated", "stale", "about"
SITE_NAME, SITE_CODE, SITE_URL, KNOWN = "site_name", "site_code", "site_url", "known"
STATE = "state"

LABELS = {
    URL: "网址",
    PARENT: "引用页",
    WRONG: "错误内容",
    SUGGEST: "建议修改",
    PAIR: "错误和建议",
    TITLE: "标题",
    CONTEXT: "所在句",
    COLUMN: "栏目",
    KIND: "问题类型",
    LEVEL: "级别",
    UNIT: "责任单位",
    "published": "发布时间",
    FOUND: "监测时间",
    UPDATED: "最后更新时间",
    STALE: "未更新天数",
    ABOUT: "问题描述",
    SITE_NAME: "网站名称",
    SITE_CODE: "网站标识码",
    SITE_URL: "网站地址",
    STATE: "状态",
    KNOWN: "认识，不采用",
}
_TELLING = frozenset({URL, WRONG, PAIR, CONTEXT, COLUMN, SUGGEST, TITLE, PARENT})
_LONGEST, _LONGEST_ENDED = 24, 12
_TYPOS = ("错别字", "错敏", "敏感词")
_LEVEL = re.compile(r"[一二三四五1-5]级(?:栏目|目录|频道)")
_ASIDE = re.compile(r"\([^()]{0,30}\)")
_ENDS = re.compile(r"[*:：?。.．、\s]+$|^[*\s]+")
_PARTS = re.compile(r"[/、,|或和及与()]")


@dataclass(frozen=True, slots=True)
class Words:
    """The synonym map and the other words a reader of notices knows."""

    roles: Mapping[str, str]
    kinds: tuple[tuple[NoticeKind, tuple[str, ...]], ...]
    aside: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    unless: tuple[str, ...]
    leading: tuple[str, ...]
    states: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a table mean: role by index, and the headings nobody knows."""

    row: int
    roles: tuple[tuple[int, str], ...]
    titles: tuple[tuple[int, str], ...]
    unknown: tuple[str, ...]

    def repeated_by(self, line: Line) -> bool:
        """Whether the line says the headings again, as at the top of a printed page."""
        said = {index: " ".join(cell.text.split()) for index, cell in enumerate(line.cells)}
        same = sum(_fold(said.get(index, "")) == _fold(title) for index, title in self.titles)
        return same * 2 > len(self.titles)

    def blocks(self) -> list[tuple[tuple[int, str], ...]]:
        """The columns of each table where two stand side by side; else all of them."""
        told = [pair for pair in self.roles if pair[1] != KNOWN]
        half = len(told) // 2
        first, second = told[:half], told[half:]
        same = [role for _, role in first] == [role for _, role in second]
        if same and {role for _, role in first} & {WRONG, PAIR, CONTEXT}:
            return [tuple(first), tuple(second)]
        return [self.roles]


@cache
def words() -> Words:
    """The map as the data file has it; the first role a heading stands under is its own."""
    text = (resources.files("ledger") / "data" / "notice_headers.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    roles: dict[str, str] = {}
    for role, spellings in raw["roles"].items():
        for spelling in spellings:
            roles.setdefault(_fold(spelling), role)
    kinds = tuple((NoticeKind(row["kind"]), tuple(row["words"])) for row in raw["kinds"])
    unless = tuple(raw["endings"].pop("unless"))
    endings = tuple((end, role) for role, ends in raw["endings"].items() for end in ends)
    aside, leading = tuple(raw["aside"]["begin"]), tuple(raw["leading"]["words"])
    states = {name: tuple(said) for name, said in raw["states"].items()}
    return Words(roles, kinds, aside, endings, unless, leading, states)


def role_of(text: str) -> str:
    """What a heading means, empty where nobody knows it."""
    if not text or len(text) > _LONGEST:
        return ""
    known = words().roles
    whole = _fold(text)
    bare = _fold(_ASIDE.sub("", fold_name(text)))
    parts = [_fold(part) for part in _PARTS.split(fold_name(text))]
    found = next((known[one] for one in (whole, bare, *parts) if one in known), "")
    if found or _LEVEL.match(whole):
        return found or COLUMN
    return _by_ending(bare)


def _by_ending(text: str) -> str:
    """What a heading means that nobody listed, by how it ends."""
    said = words()
    if len(text) > _LONGEST_ENDED or any(word in text for word in said.unless):
        return ""
    return next((role for end, role in said.endings if text.endswith(end) and text != end), "")


def header_of(line: Line) -> Header | None:
    """The line as a header, or None where it is none: a row with an address in it is data."""
    if any(cell.links or addresses(cell) for cell in line.cells):
        return None
    roles: list[tuple[int, str]] = []
    titles: list[tuple[int, str]] = []
    unknown: list[str] = []
    last = ""
    for index, cell in enumerate(line.cells):
        text = " ".join(cell.text.split())
        if not text or (cell.spread and text == last):
            continue
        last = text
        role = role_of(text)
        titles.append((index, text))
        if role:
            roles.append((index, role))
        else:
            unknown.append(text)
    told = {role for _, role in roles}
    if len(told) < 2 or not told & _TELLING or _alternates(roles, titles):
        return None
    # What is wrong and where it stands is enough to read a row by.
    if len(roles) * 2 <= len(titles) and not (URL in told and told & {WRONG, PAIR}):
        return None
    return Header(line.number, _parted(roles, dict(titles)), tuple(titles), tuple(unknown))


def _parted(
    roles: Sequence[tuple[int, str]], titles: Mapping[int, str]
) -> tuple[tuple[int, str], ...]:
    """The roles with one address to a row: the others name the page that leads to it."""
    pages = [index for index, role in roles if role == URL]
    leading = [i for i in pages if any(word in titles[i] for word in words().leading)]
    if len(leading) in (0, len(pages)):
        return tuple(roles)
    return tuple((i, PARENT if i in leading else role) for i, role in roles)


def is_aside(text: str) -> bool:
    """Whether a row that begins so only sums up or explains."""
    return text.startswith(words().aside)


def kind_of(*texts: str) -> NoticeKind | None:
    """What an entry is about, by the first of the texts that says so."""
    for text in texts:
        for kind, spellings in words().kinds:
            if text and any(spelling in text for spelling in spellings):
                return kind
    return None


def kind_over(group: str) -> NoticeKind | None:
    """What the entries under these headings are about, one a line, the nearest first.

    A heading that names several kinds says nothing of a single table.
    """
    for line in group.splitlines():
        named = {
            kind
            for kind, spellings in words().kinds
            if kind is not NoticeKind.WORDING and any(one in line for one in spellings)
        }
        if len(named) == 1 and not any(one in line for one in _TYPOS):
            return named.pop()
        if not named and kind_of(line):
            return NoticeKind.WORDING
    return None


def _alternates(roles: Sequence[tuple[int, str]], titles: Sequence[tuple[int, str]]) -> bool:
    """Whether labels and values take turns, as in a form."""
    known = {index for index, _ in roles}
    turns = [index in known for index, _ in titles]
    return len(turns) >= 2 and turns == [place % 2 == 0 for place in range(len(turns))]


def _fold(text: str) -> str:
    return _ENDS.sub("", fold_name(text))
