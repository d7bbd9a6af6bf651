"""The slips people make in a word: a character, or two, of the same or nearly the same sound, or
one of the same look, each with how likely it is beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from pypinyin import Style, lazy_pinyin

from rules.text.known.pairs import together, usage

_SAME_SOUND, _OTHER_TONE, _NEAR_SOUND, _SAME_LOOK, _SAME_WORD = 0.5, 0.3, 0.1, 0.3, 0.8
# Written so often, a slip into it is half as likely as it can be.
_COMMON_CHAR, _COMMON_WORD = 3000, 600
_NEAR_STARTS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NEAR_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


class Slips:
    """Slips in words, given how often each character and each two-character word is written."""

    def __init__(self, chars: Mapping[str, int], words: Mapping[str, int]) -> None:
        self._chars, self._words = chars, words
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_near: dict[str, list[str]] = defaultdict(list)
        for char in chars:
            sound = _sounds(char)[0]
            self._by_sound[sound.rstrip("12345")].append(char)
            self._by_near[_near(sound)].append(char)
        self._by_word: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in words:
            self._by_word[_toneless(word)].append(word)
        self._alike = together("alike.txt")
        self._of_char: dict[tuple[str, str], dict[str, float]] = {}
        self._of_word: dict[str, dict[str, float]] = {}

    def of(self, word: str) -> dict[str, float]:
        """Wrong forms of a word with how likely each is."""
        found: dict[str, float] = {}
        for start, end, chance, other in self._swaps(word):
            wrong = word[:start] + other + word[end:]
            found[wrong] = max(found.get(wrong, 0.0), chance)
        found.pop(word, None)
        return found

    def _swaps(self, word: str) -> Iterator[tuple[int, int, float, str]]:
        sounds = _sounds(word)
        if len(sounds) != len(word):
            return
        for place, (char, sound) in enumerate(zip(word, sounds, strict=True)):
            if swappable(char):
                for other, chance in self._for_char(char, sound).items():
                    yield place, place + 1, chance, other
        for place in range(len(word) - 1):
            part = word[place : place + 2]
            if part in self._words and swappable(part[0]) and swappable(part[1]):
                for other, chance in self._for_word(part).items():
                    yield place, place + 2, chance, other

    def _for_char(self, char: str, sound: str) -> dict[str, float]:
        known = self._of_char.get((char, sound))
        if known is None:
            known = self._of_char[char, sound] = self._chances(char, sound)
        return known

    def _chances(self, char: str, sound: str) -> dict[str, float]:
        chances: dict[str, float] = {}
        for other, weight in self._alternatives(char, sound):
            count = self._chars[other]
            chances[other] = max(chances.get(other, 0.0), weight * count / (count + _COMMON_CHAR))
        return chances

    def _alternatives(self, char: str, sound: str) -> Iterator[tuple[str, float]]:
        """Characters of like sound, then of like look, each with its share of its kind."""
        for kind, others in enumerate((self._by_near[_near(sound)], self._alike.get(char, ()))):
            fit = [o for o in others if o != char and o in self._chars and not usage(char, o)]
            whole = sum(self._chars[other] for other in fit)
            for other in fit:
                if swappable(other):
                    weight = _SAME_LOOK if kind else _weight(sound, _sounds(other)[0])
                    yield other, weight * self._chars[other] / whole

    def _for_word(self, part: str) -> dict[str, float]:
        known = self._of_word.get(part)
        if known is None:
            known = self._of_word[part] = self._word_chances(part)
        return known

    def _word_chances(self, part: str) -> dict[str, float]:
        fit = [o for o in self._by_word[_toneless(part)] if o != part and not _usages(part, o)]
        whole = sum(self._words[o] for o in fit) or 1
        counts = {other: self._words[other] for other in fit}
        return {
            other: _SAME_WORD * count / whole * count / (count + _COMMON_WORD)
            for other, count in counts.items()
        }


def swappable(char: str) -> bool:
    """Whether a slip may take this character: numerals stand in too many right combinations."""
    return "\u4e00" <= char <= "\u9fff" and char not in "一二三四五六七八九十百千万亿零两"


def _usages(part: str, other: str) -> bool:
    return any(usage(a, b) for a, b in zip(part, other, strict=True) if a != b)


def _weight(sound: str, other: str) -> float:
    if sound == other:
        return _SAME_SOUND
    return _OTHER_TONE if sound.rstrip("12345") == other.rstrip("12345") else _NEAR_SOUND


@cache
def _sounds(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))


@cache
def _toneless(word: str) -> tuple[str, ...]:
    return tuple(sound.rstrip("12345") for sound in _sounds(word))


@cache
def _near(sound: str) -> str:
    """A sound as those hear it who do not part zh from z, or ang from an."""
    bare = sound.rstrip("12345")
    for long, short in _NEAR_STARTS:
        if bare.startswith(long):
            bare = short + bare[len(long) :]
    for long, short in _NEAR_ENDS:
        if bare.endswith(long):
            bare = bare[: -len(long)] + short
    return bare
