"""An item whose day something better than its list tells: its article, or the column's feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger.facts import DayReading, Item


def retold(item: Item, told: DayReading, others: Sequence[DayReading] = ()) -> Item:
    """`item` with the day told; the day its list gave stays beside it where the two disagree.

    `others` are the readings the teller itself did not believe.
    """
    kept = tuple(others)
    if item.day is not None and item.how is not None and item.day != told.day:
        kept = (DayReading(item.day, item.how, item.text), *kept)
    return replace(item, day=told.day, time=told.time, how=told.how, text=told.text, others=kept)
