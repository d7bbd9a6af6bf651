"""Pairs of a wrong form and the right one, and where a wrong form really stands in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ahocorasick_rs import AhoCorasick

from rules.errors import RuleError
from rules.text.alike.tokens import tokens

_AROUND = 24  # characters on either side that are parted into words to see the borders of a form
_SHORT = 3  # forms up to this length must stand between word borders on both sides


@dataclass(frozen=True, slots=True)
class Pair:
    """A wrong form and what it should be."""

    wrong: str
    right: str

    @property
    def bound_left(self) -> bool:
        """Whether a word may not reach across the form's beginning."""
        return len(self.wrong) <= _SHORT or self.wrong[0] != self.right[0]

    @property
    def bound_right(self) -> bool:
        """Whether a word may not reach across the form's end."""
        return len(self.wrong) <= _SHORT or self.wrong[-1] != self.right[-1]

    @property
    def variant(self) -> bool:
        """Whether the two differ only in characters that are a matter of usage elsewhere."""
        same_length = len(self.wrong) == len(self.right)
        swaps = zip(self.wrong, self.right, strict=False)
        return same_length and all(a == b or usage(a, b) for a, b in swaps)


class Matcher:
    """Finds many wrong forms in a text at once."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """`pairs` are wrong forms and the right ones."""
        self._pairs = list(pairs)
        self._automaton = AhoCorasick([wrong for wrong, _ in self._pairs])

    @property
    def pairs(self) -> Sequence[Pair]:
        """All of them."""
        return [Pair(wrong, right) for wrong, right in self._pairs]

    def find(self, text: str) -> Iterator[tuple[int, int, Pair]]:
        """Where wrong forms stand in the text, and not merely where two right words meet."""
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            pair = Pair(*self._pairs[number])
            if stands(text, start, end, pair):
                yield start, end, pair


def stands(text: str, start: int, end: int, pair: Pair) -> bool:
    """Whether no word of the surroundings reaches into the form.

    At an end that is as in the right form a word may, if it does so beside the right form too:
    治安管理 in 治安管理现定.
    """
    ahead = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    behind = text[end : end + _AROUND].partition("\n")[0]
    left, right = _reaching(ahead, pair.wrong, behind)
    if (left and pair.bound_left) or (right and pair.bound_right):
        return False
    return not (left or right) or (left, right) == _reaching(ahead, pair.right, behind)


def _reaching(ahead: str, form: str, behind: str) -> tuple[str, str]:
    """The word that reaches across the beginning, and across the end, of a form, if any does."""
    left = right = ""
    start, end = len(ahead), len(ahead) + len(form)
    text = ahead + form + behind
    for begins, ends in tokens(text):
        if begins < start < ends:
            left = text[begins:ends]
        if begins < end < ends:
            right = text[begins:ends]
    return left, right


@cache
def shipped() -> Matcher:
    """The pairs that ship with the program."""
    return Matcher([*_rows(folder() / "certain.tsv"), *_rows(folder() / "pairs.tsv")])


def folder() -> Traversable:
    """Where the data of the known wrong words lies."""
    return files("rules") / "data" / "text" / "known"


def read(path: Traversable) -> list[Pair]:
    """The pairs of a file: wrong form, tab, right form; lines that begin with # are remarks."""
    return [Pair(wrong, right) for wrong, right in _rows(path)]


def _rows(path: Traversable) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        wrong, _, right = line.partition("\t")
        if not wrong or not right or wrong == right:
            raise RuleError(f"规则数据文件 {path.name} 第 {number} 行不是一对写法。")
        yield wrong, right


def usage(char: str, other: str) -> bool:
    """Whether the two are a matter of usage (制订、制定), in which nothing is called wrong."""
    return other in together("usage.txt").get(char, ())


@cache
def together(name: str) -> dict[str, frozenset[str]]:
    """The characters that stand in one group with each, in a file of such groups."""
    text = (folder() / name).read_text(encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        for group in () if line.startswith("#") else line.split():
            for char in group:
                found[char].update(set(group) - {char})
    return {char: frozenset(others) for char, others in found.items()}
