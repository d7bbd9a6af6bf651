"""How the self-check report names problems, units and days in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from reports.base import Model
from reports.counting import counted, rows
from reports.safe import line

Row = dict[str, Any]

FIRST = 5
"""The most problems, units or reasons named in a sentence; the attachment has them all."""

CLIP = 90
"""The most characters of a message or a remark in a sentence."""


def plain(words: str) -> Model:
    """A sentence without a number of its own."""
    return counted("{words}", {}, {}, texts={"words": words})


def stretches(days: Sequence[date]) -> str:
    """Days as a reader says them, those in a row as one stretch."""
    told = []
    for _, run in groupby(enumerate(days), lambda pair: pair[1].toordinal() - pair[0]):
        held = [day for _, day in run]
        first, last = (f"{day.month}月{day.day}日" for day in (held[0], held[-1]))
        told.append(first if first == last else f"{first}至{last}")
    return "、".join(told)


def has(model: Model, **where: Any) -> bool:
    """Whether there is a problem of that sort."""
    said = counted("{n}", {"n": rows("problems", **where)}, model)
    return bool(said["counts"][0]["n"])


def named(mine: Iterable[Row]) -> str:
    """The first problems by what they are and what they are about."""
    held = list(mine)
    more = "等，见附件1" if len(held) > FIRST else ""
    return "；".join(f"{row['name']}（{line(row['subject'], 40)}）" for row in held[:FIRST]) + more


def listed(mine: Sequence[Row]) -> str:
    """The first problems in half a sentence each; columns stand behind what is wrong with them."""
    told = []
    for (column, name), held in groupby(
        mine[:FIRST], lambda row: (bool(row["column"]), row["name"])
    ):
        if column:
            told.append(f"{name}：" + "、".join(f"“{row['column']}”{_unit(row)}" for row in held))
        else:
            told.extend(f"{brief(row)}{_unit(row)}" for row in held)
    return "；".join(told)


def brief(row: Row) -> str:
    """What is wrong, without how it was found out; the attachment tells all."""
    if row["column"]:
        return f"{row['name']}：{row['subject']}"
    end = "；" if row["whole"] else "。"
    return stop(line(row["message"].partition(end)[0], CLIP))


def _unit(row: Row) -> str:
    return f"（{line(row['unit'], 40)}）" if row["assigned"] else ""


def subject(row: Row) -> str:
    """What a problem is about, quoted."""
    return f"“{line(row['subject'], 40)}”"


def stop(words: str) -> str:
    """Words without the stop at their end."""
    return words.rstrip("。；，")


def some(words: Iterable[str], glue: str = "、", most: int = FIRST) -> str:
    """Different words in their order, the first of many."""
    held = list(dict.fromkeys(stop(word) for word in words if word))
    return glue.join(held[:most]) + ("等" if len(held) > most else "")


def units_of(mine: Sequence[Row]) -> str:
    """The units that must act, the first of many."""
    held = list(dict.fromkeys(unit for row in mine for unit in row["named_units"]))
    if not held:
        return "有关单位"
    listed = "、".join(line(unit, 40) for unit in held[:FIRST])
    return listed + ("等单位" if len(held) > FIRST else "")
