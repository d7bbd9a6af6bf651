"""A site's first weeks: what is only suspected by statistics goes to a person, whatever its score.

New portals bring names and terms no table knows; until people have answered a first round of
suspicions, none of them is reported as a fault.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources

from rules.data_files import get, read_toml

_FILE = "settings.toml"


@cache
def shadow_days() -> int:
    """How many days from its first inspection a site is in its first weeks."""
    return get(
        read_toml(resources.files("rules") / "data" / "text", _FILE), "shadow_days", int, _FILE
    )


def in_shadow(first: date | None, day: date) -> bool:
    """Whether a site first inspected on `first` is still in its first weeks on `day`."""
    return first is not None and 0 <= (day - first).days < shadow_days()
