"""Who must keep a column and how often, even where the two stand in each other's cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger.frequencies import (
    Spoken,
    nearest_spelling,
    read_frequency,
    speaks_of_renewal,
    valid_spellings,
)
from ledger.naming import clean_text
from ledger.problems import Log
from ledger.words import Frequency

_UNIT, _FREQUENCY, _NOTE = "责任单位", "发布形式", "备注"
_BREAKS = re.compile(r"\s*[\r\n]+\s*")
_UNIT_MARKS = re.compile(r"[、,，;；/|\r\n]+")
# A blank parts two units only where the next one begins the way units do.
_NEXT_UNIT = re.compile(r"(?<=[局委办院处部镇乡心道司门站所队府会])\s+(?=[区县市省州各]|自治)")
_ASIDE = re.compile(r"^(.+?)\s*[（(]([^（）()]{2,60})[）)]$", re.S)
_NOT_SEPARATORS = "、,，;； "


@dataclass(frozen=True, slots=True)
class Duty:
    """The unit's cell, the frequency and the words it was read from."""

    unit: str
    frequency: Frequency
    text: str


def split_units(unit: str) -> tuple[str, ...]:
    """The units named in one cell, in order, each once."""
    parts = (clean_text(part).strip(_NOT_SEPARATORS) for part in _UNIT_MARKS.split(unit))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_duty(unit: str, frequency: str, note: str, name: str, row: int, log: Log) -> Duty | None:
    """The duty of the column `name`, or None where its frequency cannot be understood."""
    unit, frequency = _clean_unit(unit), clean_text(frequency)
    spoken = read_frequency(frequency)
    strayed = _strayed(unit)
    if strayed:
        return _from_unit_cell(unit, strayed, frequency, spoken, name, row, log)
    if not frequency:
        return _without_frequency(unit, note, name, row, log)
    if spoken is None or not spoken.known:
        _unknown(frequency, spoken, row, log)
        return None
    if not unit and spoken.frequency is not Frequency.JUMP:
        log.warn(f"栏目“{name}”没有责任单位；发现问题时无从通知，请补上", row, _UNIT)
    return _accept(unit, frequency, spoken, row, log)


def _accept(unit: str, text: str, spoken: Spoken, row: int, log: Log) -> Duty:
    if spoken.mixed:
        log.warn(
            f"同时写了几种更新频率，按其中最宽的“{spoken.frequency.label}”处理；请与主管单位确认",
            row, _FREQUENCY, text, spoken.frequency.label,
        )  # fmt: skip
    return Duty(unit, spoken.frequency, text)


@dataclass(frozen=True, slots=True)
class _Strayed:
    """A frequency found in the unit's cell, and what is left of the unit."""

    spoken: Spoken
    text: str
    rest: str


def _strayed(unit: str) -> _Strayed | None:
    whole = read_frequency(unit)
    if whole and (whole.whole or speaks_of_renewal(unit)):
        aside = _ASIDE.match(unit)
        inner = read_frequency(aside[2]) if aside else None
        if aside and inner and not read_frequency(aside[1]):
            return _Strayed(inner, aside[2], aside[1])
        return _Strayed(whole, unit, "")
    return None


def _from_unit_cell(
    unit: str, strayed: _Strayed, text: str, spoken: Spoken | None, name: str, row: int, log: Log
) -> Duty | None:
    rest = strayed.rest
    if text and spoken is None and not rest and "更新" not in text:
        log.warn(
            f"栏目“{name}”的责任单位与发布形式填反了（责任单位一格写的是“{unit}”），已对调",
            row, _UNIT, unit,
        )  # fmt: skip
        text, rest, spoken = unit, text, strayed.spoken
    elif text and spoken is not None:
        log.warn(
            f"栏目“{name}”的责任单位一格写的是更新频率“{strayed.text}”；"
            f"发布形式仍以“{text}”为准，请核对",
            row, _UNIT, unit,
        )  # fmt: skip
    else:
        text, spoken = strayed.text, strayed.spoken
        left = "，责任单位按空白处理" if not rest else ""
        log.warn(
            f"栏目“{name}”的责任单位一格写的是更新频率“{text}”，按“{spoken.frequency.label}”处理{left}",
            row, _UNIT, unit,
        )  # fmt: skip
    if not spoken.known:
        _unknown(text, spoken, row, log)
        return None
    return _accept(rest, text, spoken, row, log)


def _without_frequency(unit: str, note: str, name: str, row: int, log: Log) -> Duty:
    text = clean_text(note)
    spoken = read_frequency(text)
    if spoken and spoken.known and (spoken.whole or speaks_of_renewal(text)):
        log.warn(
            f"栏目“{name}”没有填写发布形式，备注写的是“{text[:60]}”，按“{spoken.frequency.label}”处理",
            row, _NOTE, text,
        )  # fmt: skip
        return _accept(unit, text, spoken, row, log)
    missing = "没有填写发布形式" if unit else "没有责任单位，也没有填写发布形式"
    log.warn(f"栏目“{name}”{missing}；按需处理，请与主管单位确认", row, _FREQUENCY)
    return Duty(unit, Frequency.UNSPECIFIED, "")


def _unknown(text: str, spoken: Spoken | None, row: int, log: Log) -> None:
    if spoken is not None:
        label = spoken.frequency.label
        message = f"没有“{text[:60]}”这一档更新频率；相近且较宽的是“{label}”，请改正"
    else:
        label = nearest_spelling(text)
        message = f"不认识的更新频率；请改为{'、'.join(valid_spellings())}之一"
    log.error(message, row, _FREQUENCY, text, label)


def _clean_unit(unit: str) -> str:
    """The cell on one line; several units that only a break or a blank parted get a mark."""
    spaced = _NEXT_UNIT.sub("、", _BREAKS.sub("、", unit.strip()))
    return re.sub("、+", "、", clean_text(spaced)).strip(_NOT_SEPARATORS)
