"""Titles and paragraphs of the demo portal, drawn from `data/prose.toml`."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

_QUARTERS = "一二三四"


@cache
def _prose() -> dict[str, Any]:
    return tomllib.loads(files("demo").joinpath("data/prose.toml").read_text("utf-8"))


def source(topic: str) -> str:
    """The office that publishes on a topic."""
    return str(_prose()["topics"][topic]["source"])


def title(topic: str, day: date, rng: Random, taken: set[str]) -> str:
    """A title for an item published on `day`, not in `taken`; it is added there."""
    patterns = _prose()["topics"][topic]["titles"]
    for _ in range(12):
        text = _filled(rng.choice(patterns), day, rng)
        if text not in taken:
            break
    else:
        text = f"{text}（续{len(taken)}）"
    taken.add(text)
    return text


def paragraphs(day: date, rng: Random, count: int) -> tuple[str, ...]:
    """Some paragraphs of an article published on `day`, with other days in them."""
    chosen = rng.sample(_prose()["paragraphs"], count)
    return tuple(_filled(text, day, rng) for text in chosen)


def single(topic: str) -> tuple[str, ...]:
    """The text of a page that is no list."""
    return tuple(_prose()["singles"][topic])


def _filled(pattern: str, day: date, rng: Random) -> str:
    event = day + timedelta(days=rng.randint(3, 40))
    prose = _prose()
    return pattern.format(
        y=day.year,
        m=day.month,
        d=day.day,
        q=_QUARTERS[(day.month - 1) // 3],
        ny=day.year - 1,
        ey=event.year,
        em=event.month,
        ed=event.day,
        town=rng.choice(prose["towns"]),
        firm=rng.choice(prose["firms"]),
        thing=rng.choice(prose["things"]),
        n=rng.randint(2, 98),
    )
