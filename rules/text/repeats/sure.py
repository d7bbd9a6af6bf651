"""How sure it is that a repeat is a slip, by the words it stands among."""

from __future__ import annotations

from dataclasses import dataclass

from rules.text.alike.tokens import guessed
from rules.text.base import Tier
from rules.text.repeats.doubled import doubled
from rules.text.repeats.scan import Repeat, is_han
from rules.text.repeats.weigh import Weight

NEVER = 99.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Decades of likelihood a repeat must cost to be for review, and to be reported.

    `joined` is how many characters in a row the table must know where a copy is taken out.
    """

    review: float
    report: float = NEVER
    joined: int = 2


_SILENT = Limits(NEVER)
_ALONE = Limits(2.5, 5.0, 3)  # neither copy belongs to a longer word
_PARTICLES = Limits(2.5, 4.5)  # the same, of a character that is often a word by itself: 的|的
_BESIDE = Limits(3.5, 5.0)  # one copy belongs to a longer word: 主|主要
_PARTICLE = Limits(4.0)  # the same, of a character that is often a word by itself: 了|了解
_BETWEEN = Limits(5.5)  # each copy belongs to a longer word: 占领|领土
_TITLE = Limits(5.5)  # a body and who is in it: 大丰区|区长
_CUSTOM = Limits(6.0)  # what is said twice by custom: 看看
_DOUBLE = Limits(4.0)  # both copies are one word
_INSIDE = Limits(5.0)  # both copies belong to one longer word
_NAME = Limits(4.5)  # after what may be a surname
_NUMBER = Limits(5.0)
_WORD = Limits(3.0, 6.0)  # two or more characters
_LABEL = Limits(3.0)  # the same, of what may be a label and the sentence after it
_LOOSE = Limits(6.0)  # two or more characters that may well be said twice
_JOINED = 4  # what `joined` must be to report
_LONG = 5  # characters from which a word may be a label


@dataclass(frozen=True, slots=True)
class Place:
    """A repeat in its sentence; `borders` are where the words of the sentence begin and end."""

    text: str
    start: int
    repeat: Repeat
    borders: tuple[int, ...]

    @property
    def end(self) -> int:
        """Where in the sentence it ends."""
        return self.start + self.repeat.end - self.repeat.start

    @property
    def word(self) -> str:
        """What is repeated."""
        return self.text[self.start : self.start + self.repeat.length]

    def around(self, steps: int) -> str:
        """The character so many steps before the repeat, or after it, empty past the ends."""
        at = self.start + steps if steps < 0 else self.end + steps - 1
        return self.text[at] if 0 <= at < len(self.text) else ""

    def token(self, place: int) -> tuple[int, int]:
        """Where the word of the sentence that holds the character at `place` begins and ends."""
        first = max(border for border in self.borders if border <= place)
        return first, min(border for border in self.borders if border > place)


def placed(text: str, start: int, repeat: Repeat) -> Place:
    """The repeat that begins at `start` of a sentence, among its words."""
    borders = [0]
    for word in guessed(text):
        borders.append(borders[-1] + len(word))
    return Place(text, start, repeat, tuple(borders))


def tier(place: Place, weight: Weight) -> Tier | None:
    """Whether to report, to ask a person, or to say nothing."""
    limits = _limits_of_word(place) if len(place.word) > 1 else _limits_of_char(place)
    if weight.gain < limits.review or weight.joined < limits.joined:
        return None
    sure = weight.gain >= limits.report and weight.joined >= _JOINED
    return Tier.REPORT if sure else Tier.REVIEW


def _limits_of_char(place: Place) -> Limits:
    known, char = doubled(), place.word
    if place.around(-1) == "一" or _in_pairs(place):
        return _SILENT
    if char in known.numerals:
        return _SILENT if "点" in place.text[: place.start][-3:] else _NUMBER
    if char in known.doubling or char in known.tried or place.repeat.copies > 2:
        return _CUSTOM
    if place.start + 1 not in place.borders:
        whole = place.token(place.start) == (place.start, place.end)
        return _DOUBLE if whole else _INSIDE
    return _limits_between(place, char)


def _limits_between(place: Place, char: str) -> Limits:
    """The limits where a word ends after the first copy and another begins with the second."""
    known = doubled()
    left, right = place.token(place.start), place.token(place.start + 1)
    longer = (left[1] - left[0] > 1) + (right[1] - right[0] > 1)
    if longer == 2:
        return _BETWEEN
    if char in known.particles:
        first = not is_han(place.around(-1))  # 了了一桩心愿
        return _PARTICLE if longer or first else _PARTICLES
    if place.around(-1) in known.surnames:
        return _NAME
    if char in known.bodies and right[1] - right[0] > 1:
        return _TITLE
    return _BESIDE if longer else _ALONE


def _in_pairs(place: Place) -> bool:
    """Whether another pair stands beside this one, as in 健健康康."""
    before = place.around(-1) != "" and place.around(-1) == place.around(-2)
    after = place.around(1) != "" and place.around(1) == place.around(2)
    return before or after


def _limits_of_word(place: Place) -> Limits:
    known, word = doubled(), place.word
    if word[0] == "一" or (len(word) == 2 and word[1] == "着"):  # 一步一步，走着走着
        return _SILENT
    middle = place.start + len(word)
    if middle not in place.borders:
        return _LOOSE
    alone = place.start in place.borders and place.token(middle)[1] > middle + len(word)
    ended = place.around(1) in known.endings
    said = word in known.tried_words and not is_han(place.around(1))
    iterated = word[0] in known.iterating or word[-1] == "了"
    if alone or ended or said or iterated or _linked(place, middle):
        return _LOOSE
    return _LABEL if len(word) >= _LONG or place.around(1).isdigit() else _WORD


def _linked(place: Place, middle: int) -> bool:
    """Whether a particle holds the copies together, as in 集体的土地的土地承包."""
    particles = doubled().particles
    first, last = place.text[middle], place.text[middle - 1]
    return (first in particles and middle + 1 in place.borders) or (
        last in particles and middle - 1 in place.borders
    )
