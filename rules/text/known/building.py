"""Which pairs are admitted: the wrong form is no word, and official text does not use it."""

from __future__ import annotations

import lzma
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ahocorasick_rs import AhoCorasick
from rjieba import Jieba

from rules.text.known.pairs import Matcher, Pair, folder, together
from rules.text.known.slips import Slips

_AT_ONCE = 1 << 20  # characters scanned at a time
_SEEN = 1  # a pair is admitted while its wrong form stands at most so often in the text
_LEAST_CHAR = 200  # characters written less often are not slipped into
_LEAST_WORD = 20  # nor two-character words
_LEAST_CHANCE = 0.002
_FAMILIAR = {2: 20, 3: 1}  # how often stretches of so many characters are seen to be familiar
_SHORTEST, _LONGEST = 4, 8  # words in which slips are looked for
# The log of how often the words of a slip may be expected to meet in the dictionary's own text: of
# longer words, which mean something by themselves, less often.
_MEETING, _MEETING_WORDS = -4.0, -9.0
_LEAST_SEEN = 5  # words of the dictionary that the text has less often are not looked at


@dataclass(frozen=True)
class Lexicon:
    """Words with how often each is written, as a dictionary has it; `names` are among them."""

    counts: Mapping[str, int]
    names: frozenset[str] = frozenset()

    @cached_property
    def _whole(self) -> float:
        return math.log(sum(self.counts.values()))

    def chance(self, tokens: Sequence[str]) -> float:
        """The log of how often the dictionary's own text would have these words side by side."""
        whole = self._whole
        return sum(math.log(self.counts.get(token, 0) + 0.5) - whole for token in tokens) + whole


def read_lexicon(path: Path) -> Lexicon:
    """A dictionary whose lines are word, count and kind; nr, ns, nt and nz are kinds of names."""
    counts, names = {}, set()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split()
        counts[word] = int(count)
        if kind[:2] in ("nr", "ns", "nt", "nz"):
            names.add(word)
    return Lexicon(counts, frozenset(names))


def read_text(folders: Iterable[Path]) -> Iterator[str]:
    """The text of .txt and .txt.xz files, some million characters at a time, in whole lines."""
    for path in sorted(p for place in folders for p in place.glob("*.txt*")):
        with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
            held: list[str] = []
            size = 0
            for line in lines:
                held.append(line)
                size += len(line)
                if size >= _AT_ONCE:
                    yield "".join(held)
                    held, size = [], 0
            yield "".join(held)


def written() -> tuple[list[Pair], list[str]]:
    """Our own pairs, and our own list of expressions in which slips are looked for.

    A line of written.txt is the right form and its wrong ones.
    """
    pairs, phrases = [], []
    for line in _lines("written.txt"):
        right, *wrongs = line.split()
        pairs += [Pair(wrong, right) for wrong in wrongs]
        phrases.append(right)
    for line in _lines("phrases.txt"):
        phrases += line.split()
    return pairs, [phrase for phrase in dict.fromkeys(phrases) if len(phrase) >= _SHORTEST]


def derive(
    texts: Callable[[], Iterable[str]], lexicon: Lexicon, phrases: Iterable[str], most: int
) -> list[Pair]:
    """The likeliest slips in frequent words and expressions, at most so many."""
    chars: Counter[str] = Counter()
    own = dict.fromkeys(phrases)
    targets = [*own, *(w for w in lexicon.counts if w not in own and _target(w, lexicon))]
    pairs_of_two = [word for word in lexicon.counts if len(word) == 2 and _han(word)]
    automaton = AhoCorasick(targets + pairs_of_two)
    seen = [0] * (len(targets) + len(pairs_of_two))
    for text in texts():
        chars.update(text)
        for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            seen[number] += 1
    slips = Slips(
        {c: n for c, n in chars.items() if n >= _LEAST_CHAR and _han(c)},
        {w: n for w, n in zip(pairs_of_two, seen[len(targets) :], strict=True) if n >= _LEAST_WORD},
    )
    ranked = sorted(
        (
            (chance * (count + (1 if word in own else 0)), wrong, word)
            for word, count in zip(targets, seen, strict=False)
            if count >= _LEAST_SEEN or word in own
            for wrong, chance in slips.of(word).items()
            if chance >= _LEAST_CHANCE
        ),
        reverse=True,
    )
    best: dict[str, str] = {}
    for _, wrong, word in ranked:
        best.setdefault(wrong, word)
        if len(best) >= most:
            break
    return [Pair(wrong, right) for wrong, right in best.items()]


def admitted(
    pairs: Sequence[Pair], texts: Iterable[str], lexicon: Lexicon, *, seen: int = _SEEN
) -> list[Pair]:
    """The pairs whose wrong form is no word and stands at most `seen` times in the text."""
    rights = {pair.right for pair in pairs}
    fit = [pair for pair in pairs if _fit(pair, lexicon, rights)]
    matcher = Matcher((pair.wrong, pair.right) for pair in fit)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(pair.wrong for _, _, pair in matcher.find(text))
    return [pair for pair in fit if counts[pair.wrong] <= seen]


def unfamiliar(pairs: Sequence[Pair], texts: Iterable[str]) -> list[Pair]:
    """The pairs whose wrong form has stretches, new in it, that the text has seldom or never.

    Where all of two characters, or all of three, are familiar, the form may well be right and only
    not yet met: 拒不接收.
    """
    parts = list(dict.fromkeys(part for pair in pairs for n in _FAMILIAR for part in _new(pair, n)))
    automaton = AhoCorasick(parts)
    seen = [0] * len(parts)
    for text in texts:
        for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            seen[number] += 1
    counts = dict(zip(parts, seen, strict=True))
    return [
        pair
        for pair in pairs
        if all(
            any(counts[part] < often for part in _new(pair, n)) for n, often in _FAMILIAR.items()
        )
    ]


def _new(pair: Pair, length: int) -> set[str]:
    """The stretches of a wrong form that its right form does not have."""
    wrong, right = (
        {form[at : at + length] for at in range(len(form) - length + 1)}
        for form in (pair.wrong, pair.right)
    )
    return wrong - right


def unlikely(pairs: Iterable[Pair], lexicon: Lexicon) -> list[Pair]:
    """The pairs whose wrong form is no likely meeting of right words."""
    splitter = Jieba()
    return [pair for pair in pairs if _garbled(splitter.cut(pair.wrong, False), lexicon)]


def _garbled(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    bar = _MEETING if any(len(token) == 1 for token in tokens) else _MEETING_WORDS
    return lexicon.chance(tokens) < bar


def _target(word: str, lexicon: Lexicon) -> bool:
    """Whether slips in a word of the dictionary are looked for: in names anything may be right."""
    long = _SHORTEST <= len(word) <= _LONGEST and _han(word)
    return long and not word.startswith("第") and word not in lexicon.names


def _fit(pair: Pair, lexicon: Lexicon, rights: set[str]) -> bool:
    return (
        len(pair.wrong) > 1
        and (pair.wrong not in lexicon.counts or pair.wrong in misprints())
        and not _usage_alone(pair)
        and pair.wrong not in rights
        and pair.wrong not in pair.right
        and pair.right not in pair.wrong
    )


@cache
def misprints() -> frozenset[str]:
    """Wrong forms that the dictionary has as words."""
    return frozenset(word for line in _lines("misprints.txt") for word in line.split())


def _usage_alone(pair: Pair) -> bool:
    swaps = [(a, b) for a, b in zip(pair.wrong, pair.right, strict=False) if a != b]
    never = together("never.txt")
    same_length = len(pair.wrong) == len(pair.right)
    return same_length and all(b in never.get(a, ()) for a, b in swaps)


def _han(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word)


def _lines(name: str) -> list[str]:
    text = (folder() / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
