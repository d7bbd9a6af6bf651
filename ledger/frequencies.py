"""What the words in a sheet's frequency cell mean."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ledger.problems import nearest
from ledger.words import Frequency

# From the quickest to the slowest; days bound what "every N days" may be judged by.
_PACES = (
    (Frequency.WEEKLY, 7),
    (Frequency.MONTHLY, 31),
    (Frequency.QUARTERLY, 92),
    (Frequency.HALF_YEARLY, 183),
    (Frequency.YEARLY, 366),
)
_ORDER = [pace for pace, _ in _PACES]
_NOISE = re.compile(r"[\s。．.,，;；:：、!！\"'“”‘’()（）\[\]【】《》<>*]+")
_TAIL = re.compile(
    r"(?:进行|至少|不少于)?(?:更新|公开|发布|维护|公布|报送)?(?:频率|周期)?(?:[一1]次|[一1]条)?(?:以上)?$"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十])"
_EVERY = re.compile(
    rf"每隔?{_NUMBER}(?:个)?(天|日|工作日|周|星期|月|季度|季|年)|{_NUMBER}(?:个)?(天|日|周|月|季度|季|年)[一1]次"
)
_TIMES_A_YEAR = re.compile(
    r"(?:每|[一1])年(?:度)?(?:更新|发布|公开)?(?:至少|不少于)?(2|两|二|4|四)次"
)
_UNIT_DAYS = {
    "天": 1, "日": 1, "工作日": 1.4, "周": 7, "星期": 7,
    "月": 30.5, "季度": 91.5, "季": 91.5, "年": 366,
}  # fmt: skip
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Spoken:
    """A frequency read from words.

    `whole` is True where the words hold the frequency and nothing else, `mixed` where they name
    several and the widest was taken, `known` False where there is no clock for what they name and
    `frequency` is only the next slower one.
    """

    frequency: Frequency
    whole: bool = False
    mixed: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Words:
    stems: Mapping[str, Frequency]
    marks: tuple[tuple[str, Frequency, bool], ...]  # longest first; True where only nearby
    starts: tuple[str, ...]


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("ledger") / "data" / "frequencies.toml").read_text("utf-8"))
    stems: dict[str, Frequency] = {}
    marks: list[tuple[str, Frequency, bool]] = []
    starts: list[str] = []
    for entry in raw["frequency"]:
        code = Frequency(entry["code"])
        stems.update(dict.fromkeys(entry["stems"], code))
        marks += [(mark, code, False) for mark in entry["marks"]]
        starts += entry.get("starts", [])
    for entry in raw["nearby"]:
        marks += [(mark, Frequency(entry["code"]), True) for mark in entry["marks"]]
    marks.sort(key=lambda mark: -len(mark[0]))
    return _Words(stems, tuple(marks), tuple(starts))


def pace(frequency: Frequency) -> int | None:
    """The most days between two publications, None where a frequency sets no limit."""
    return dict(_PACES).get(frequency)


def valid_spellings() -> list[str]:
    """The spellings to name when none was understood."""
    return [f.label for f in Frequency if f is not Frequency.UNSPECIFIED]


def nearest_spelling(text: str) -> str:
    """The valid spelling closest to `text`, or an empty string."""
    words = {stem: code.label for stem, code in _words().stems.items()}
    words |= {label: label for label in valid_spellings()}
    return words.get(nearest(_fold(text), words), "")


def read_frequency(text: str) -> Spoken | None:
    """What `text` says of how often a column is renewed, or None where it says nothing of it."""
    folded = _fold(text[:_LONGEST])
    if not folded:
        return None
    words = _words()
    for form in (folded, _TAIL.sub("", folded)):
        if form in words.stems:
            return Spoken(words.stems[form], whole=True)
    if folded.startswith(words.starts):
        return Spoken(Frequency.JUMP, whole=True)
    return _in_sentence(folded)


def speaks_of_renewal(text: str) -> bool:
    """True where a sentence is about renewing, so that marks inside it may be trusted."""
    return any(word in text for word in ("更新", "公开一次", "发布一次", "跳转"))


def _in_sentence(folded: str) -> Spoken | None:
    found: list[tuple[Frequency, bool]] = []
    rest = folded
    for match in _TIMES_A_YEAR.finditer(folded):
        pace = Frequency.QUARTERLY if match[1] in "4四" else Frequency.HALF_YEARLY
        found.append((pace, False))
    rest = _TIMES_A_YEAR.sub("|", rest)
    for match in _EVERY.finditer(rest):
        pace_near = _pace(match[1] or match[3], match[2] or match[4])
        if pace_near is None:
            return None
        found.append(pace_near)
    rest = _EVERY.sub("|", rest)
    for mark, code, near in _words().marks:
        if mark in rest:
            found.append((code, near))
            rest = rest.replace(mark, "|")
    return _settle(folded, found)


def _settle(folded: str, found: list[tuple[Frequency, bool]]) -> Spoken | None:
    if not found:
        return None
    codes = {code for code, _ in found}
    if Frequency.JUMP in codes:
        return Spoken(Frequency.JUMP)
    paces = [code for code in _ORDER if code in codes]
    if not paces:
        # A column that owes its update "in time" or "when needed" owes no date in either case.
        return Spoken(found[0][0])
    widest = paces[-1]
    known = any(code is widest and not near for code, near in found)
    return Spoken(widest, mixed=len(paces) > 1, known=known)


def _pace(number: str, unit: str) -> tuple[Frequency, bool] | None:
    count = int(number) if number.isdigit() else _DIGITS[number]
    days = count * _UNIT_DAYS[unit]
    for pace, limit in _PACES:
        if 0 < days <= limit:
            return pace, days < limit * 0.97
    return None


def _fold(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
