"""What a variant is: one shape of real list pages, its columns and what is true of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from demo.reply import Reply, Request
from ledger.site import ColumnPath
from ledger.words import ColumnKind, Frequency, Outcome, Verdict

if TYPE_CHECKING:
    from demo.variants.stage import Stage

FOLDER = "/bt/"
"""Where the variants hang on the demo portal."""

Route = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True)
class Told:
    """A column of a variant and how it really stands.

    `at` is the path (with query) of its address. `newest` are the titles of the newest day, `items`
    counts what an inspection has to list and `titles` names those in order, each None or empty
    where nothing is known; `absent` are titles that must not be listed. `page` is False where the
    column's own page alone cannot tell `last_updated` (it leads on, or its newest item stands on
    page two).
    """

    path: ColumnPath
    at: str
    frequency: Frequency
    verdict: Verdict
    last_updated: date | None = None
    reason: Outcome | None = None
    kind: ColumnKind | None = None
    newest: tuple[str, ...] = ()
    items: int | None = None
    titles: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    page: bool = True
    complete: bool | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A variant on one day.

    Keys of `routes` are paths inside the variant's folder (empty for the folder itself), or paths
    from the portal's root where they begin with a slash; with `?query` they answer that query only.
    """

    columns: tuple[Told, ...]
    routes: Mapping[str, Route] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """One shape of real list pages; `play` sets it up on a day."""

    number: int
    slug: str
    name: str
    play: Callable[[Stage], Scene]

    @property
    def folder(self) -> str:
        """Its folder on the portal, with slashes at both ends."""
        return f"{FOLDER}{self.number:02d}-{self.slug}/"
