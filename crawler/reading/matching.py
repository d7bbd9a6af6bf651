"""Which of a portal's links leads to which column of the sheet. Never a guess between two."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.reading.menu_tree import same_page
from ledger.naming import fold_name
from ledger.site import ColumnPath

if TYPE_CHECKING:
    from crawler.reading.menus import MenuLink

_HOME = "首页"
_BRACKET = re.compile(r"\([^()]*\)$")
_DASH = re.compile(r"-(?![^()]*\))")
_SHORTEST_FUZZY = 5
# One of these more, less or other makes another column, however alike the rest.
_TELLING = re.compile(r"[0-9〇零一二三四五六七八九十国省区市县州镇乡街村上下本前后新旧内外不无非]")

_EXACT = 1.0
_TOP_INSIDE = 0.6  # a column of level one found below a heading the sheet does not know
_TOP_BELOW = 0.5  # … below another column of the sheet
_NAME_ALONE = 0.55
_NAME_ELSEWHERE = 0.5
_LEVEL_ABSENT = 0.08  # for each level of the sheet that the portal does not show
_LEVEL_MORE = 0.05  # for each level of the portal that the sheet does not have
_LEVEL_OTHER = 0.1  # … that the sheet has elsewhere
_CHANNEL = 0.97
_SPLIT = 0.9
_BARE = 0.8
_FUZZY = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """The address found for a column: `certainty` from 0 to 1, `text` the trail that fits."""

    path: ColumnPath
    url: str
    certainty: float
    how: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class _Trail:
    """A link with its names folded."""

    above: tuple[str, ...]
    name: str
    page: tuple[str, str, str]
    link: MenuLink


@dataclass(frozen=True, slots=True)
class _Claim:
    """A column that a link may be. `shaky` ones rest on the name and must be the only ones."""

    path: ColumnPath
    trail: _Trail
    score: float
    shaky: bool
    exact: bool


def match_columns(
    wanted: Sequence[ColumnPath], links: Sequence[MenuLink], known: Mapping[ColumnPath, str]
) -> dict[ColumnPath, Match]:
    """The addresses of the wanted columns as far as the links decide them.

    `known` are columns whose address is given; they are not looked for, but what is theirs is
    nobody else's.
    """
    matcher = _Matcher([path for path in wanted if path and path not in known], links, known)
    return matcher.matches()


class _Matcher:
    def __init__(
        self,
        wanted: Sequence[ColumnPath],
        links: Sequence[MenuLink],
        known: Mapping[ColumnPath, str],
    ) -> None:
        self.wanted = list(dict.fromkeys(wanted))
        nodes = {
            tuple(map(fold_name, path[:n]))
            for path in (*wanted, *known)
            for n in range(1, len(path) + 1)
        }
        self.namesakes = Counter(node[-1] for node in nodes)
        self.taken = {(same_page(url), fold_name(path[-1])) for path, url in known.items() if path}
        self.by_name: dict[str, list[_Trail]] = defaultdict(list)
        self.by_bare: dict[str, list[_Trail]] = defaultdict(list)
        for trail in _trails(links):
            self.by_name[trail.name].append(trail)
            bare = _BRACKET.sub("", trail.name)
            if bare != trail.name and bare:
                self.by_bare[bare].append(trail)
        self.near = _Neighbours(self.by_name)

    def matches(self) -> dict[ColumnPath, Match]:
        best = {path: claim for path in self.wanted if (claim := self._best(path)) is not None}
        return {
            path: Match(
                path,
                claim.trail.link.url,
                round(claim.score, 2),
                claim.trail.link.how,
                " > ".join(claim.trail.link.names),
                claim.trail.link.source,
            )
            for path, claim in self._settle(best).items()
        }

    def _best(self, path: ColumnPath) -> _Claim | None:
        """The one link that fits the column best, or None where there is none or several do."""
        claims = [c for c in self._claims(path) if self._stands(c)]
        if not claims:
            return None
        top = max(c.score for c in claims)
        leading = [c for c in claims if c.score > top - 1e-6]
        return leading[0] if len({c.trail.page for c in leading}) == 1 else None

    def _stands(self, claim: _Claim) -> bool:
        trail = claim.trail
        if not claim.exact and (trail.page, trail.name) in self.taken:
            return False
        if not claim.shaky:
            return True
        # The name alone speaks: it must be one column's in the sheet and one page's on the portal.
        alone = self.namesakes[fold_name(claim.path[-1])] == 1 and self.namesakes[trail.name] <= 1
        return alone and len({t.page for t in self.by_name[trail.name]}) == 1

    def _claims(self, path: ColumnPath) -> list[_Claim]:
        *above, name = _folded(path)
        found = list(self._scored(path, above, name, self.by_name[name], _EXACT, bare=False))
        parts = [part for part in _DASH.split(name) if part]
        if len(parts) > 1:
            inner = [*above, *parts[:-1]]
            found += self._scored(
                path, inner, parts[-1], self.by_name[parts[-1]], _SPLIT, bare=False
            )
        bare = _BRACKET.sub("", name)
        if bare and bare != name:
            found += self._scored(path, above, bare, self.by_name[bare], _BARE, bare=True)
        found += self._scored(path, above, name, self.by_bare[name], _BARE, bare=True)
        if not found:
            for other in self.near.of(name):
                if not self.namesakes[other]:
                    trails = [t for t in self.by_name[other] if t.link.how != "channel"]
                    found += self._scored(path, above, other, trails, _FUZZY, bare=True)
        return found

    def _scored(
        self,
        path: ColumnPath,
        above: Sequence[str],
        name: str,
        trails: Iterable[_Trail],
        factor: float,
        *,
        bare: bool,
    ) -> Iterator[_Claim]:
        for trail in trails:
            judged = self._judge(above, trail.above)
            if judged is None:
                continue
            score, shaky = judged
            how = _CHANNEL if trail.link.how == "channel" else 1.0
            exact = score == _EXACT and factor == _EXACT
            yield _Claim(path, trail, score * factor * how, shaky or bare, exact)

    def _judge(self, sheet: Sequence[str], portal: Sequence[str]) -> tuple[float, bool] | None:
        """How well the names above a link bear out those above a column, and whether shakily."""
        shared, others = _common(sheet, portal)
        foreign = sum(1 for name in others if self.namesakes[name])
        more = len(others) - foreign
        absent = len(sheet) - shared
        if not sheet:
            if not portal:
                return _EXACT, False
            return (_TOP_BELOW if foreign else _TOP_INSIDE), True
        if not shared:
            if foreign:
                return None
            return (_NAME_ELSEWHERE if more else _NAME_ALONE), True
        if absent and foreign:
            return None
        score = _EXACT - _LEVEL_ABSENT * absent - _LEVEL_MORE * more - _LEVEL_OTHER * foreign
        return max(score, 0.3), bool(absent and more)

    def _settle(self, best: Mapping[ColumnPath, _Claim]) -> dict[ColumnPath, _Claim]:
        """Of several columns that claim one page by one name, the best; of equals, none."""
        rivals: dict[tuple[tuple[str, str, str], str], list[_Claim]] = defaultdict(list)
        for claim in best.values():
            rivals[claim.trail.page, claim.trail.name].append(claim)
        kept: dict[ColumnPath, _Claim] = {}
        for claims in rivals.values():
            exact = {(c.trail.above, c.trail.name): c for c in claims if c.exact}
            if exact and len(exact) == sum(c.exact for c in claims):
                kept |= {c.path: c for c in exact.values()}
                continue
            top = max(c.score for c in claims)
            leading = [c for c in claims if c.score > top - 1e-6]
            if len(leading) == 1:
                kept[leading[0].path] = leading[0]
        return {path: kept[path] for path in best if path in kept}


class _Neighbours:
    """Names one letter apart, found by what is left when a letter is cut."""

    def __init__(self, names: Iterable[str]) -> None:
        self._cut: dict[str, set[str]] = defaultdict(set)
        for name in names:
            if _SHORTEST_FUZZY - 1 <= len(name) <= 40:
                for form in _cuts(name):
                    self._cut[form].add(name)

    def of(self, name: str) -> list[str]:
        """The known names at edit distance one, those that a telling letter parts left out."""
        if not _SHORTEST_FUZZY <= len(name) <= 40:
            return []
        near = {other for form in _cuts(name) for other in self._cut.get(form, ())}
        return sorted(o for o in near if o != name and _one_apart(name, o))


def _cuts(name: str) -> set[str]:
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)))}


def _one_apart(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) == 1 and not _TELLING.search(left + right)


def _trails(links: Iterable[MenuLink]) -> Iterator[_Trail]:
    for link in links:
        folded = [name for name in _folded(link.names) if name]
        if folded:
            yield _Trail(tuple(folded[:-1]), folded[-1], same_page(link.url), link)


def _folded(path: Sequence[str]) -> list[str]:
    """The names folded; a leading 首页 says only that the column shows on the home page."""
    names = [fold_name(name) for name in path]
    return names[1:] if len(names) > 1 and names[0] == _HOME else names


def _common(sheet: Sequence[str], portal: Sequence[str]) -> tuple[int, list[str]]:
    """How many names the two share in order, and the portal's others."""
    rows = [[0] * (len(portal) + 1) for _ in range(len(sheet) + 1)]
    for i, a in enumerate(sheet):
        for j, b in enumerate(portal):
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else max(rows[i][j + 1], rows[i + 1][j])
    i, j, others = len(sheet), len(portal), []
    while j:
        if i and sheet[i - 1] == portal[j - 1] and rows[i][j] == rows[i - 1][j - 1] + 1:
            i, j = i - 1, j - 1
        elif i and rows[i - 1][j] >= rows[i][j - 1]:
            i -= 1
        else:
            j -= 1
            others.append(portal[j])
    return rows[len(sheet)][len(portal)], others
