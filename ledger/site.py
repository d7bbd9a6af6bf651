"""A site and its columns, as the operator's folder describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ledger.leaders import Leader
from ledger.notify import NotifyPolicy
from ledger.rectification import RectifyPolicy
from ledger.words import Frequency

ColumnPath = tuple[str, ...]

HOME_PATH: ColumnPath = ()
"""The path under which the home page itself is read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A node of the column tree (栏目).

    `path` holds the cleaned names from level one down, levels left empty in the sheet dropped.
    `unit` is the cell as written (several units stay one string), `units` its parts.
    `frequency_text` is what the sheet says, `frequency` what that means.
    `row` is the row of the sheet, the header being row 1.
    """

    path: ColumnPath
    unit: str
    units: tuple[str, ...]
    frequency: Frequency
    frequency_text: str
    url: str | None = None
    note: str = ""
    row: int = 0

    @property
    def name(self) -> str:
        """The column's own name, the last of its path."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class CrawlPolicy:
    """`[crawl]` of site.toml. Times are seconds, sizes bytes."""

    delay: float = 1.0
    timeout: float = 30.0
    retries: int = 2
    concurrency: int = 4
    max_pages: int = 2000
    max_list_pages: int = 20
    max_bytes: int = 8 * 1024 * 1024
    robots: bool = True
    contact: str = ""
    user_agent: str = ""
    exclude: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FreshnessPolicy:
    """`[freshness]` of site.toml: the clock the agency chose.

    `mode` is `rolling` (age in days) or `calendar` (the running week, month, quarter …).
    `limits` overrides the days a frequency allows.
    """

    mode: str = "rolling"
    limits: Mapping[Frequency, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class AttachmentPolicy:
    """What `[text]` of site.toml says of attachments: whether, how large, how long (seconds).

    `ocr` says whether the words of scanned pages are recognised, `ocr_pages` of how many pages of
    one attachment, `ocr_minutes` for how long in one run.
    """

    read: bool = True
    max_bytes: int = 20 * 1024 * 1024
    seconds: float = 20.0
    ocr: bool = False
    ocr_pages: int = 10
    ocr_minutes: float = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """One portal (站点).

    `leaders`, `terms` and `bad_hosts` come from `[text]`: who holds which office, wordings the site
    stands by, hosts none of its links may lead to.
    """

    key: str
    name: str
    home: str
    columns: tuple[Column, ...]
    id_code: str = ""
    lane: str = ""
    folder: Path = Path()
    sheet: str = ""
    crawl: CrawlPolicy = CrawlPolicy()
    freshness: FreshnessPolicy = field(default_factory=FreshnessPolicy)
    text: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    report: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    attachments: AttachmentPolicy = AttachmentPolicy()
    leaders: tuple[Leader, ...] = ()
    terms: tuple[str, ...] = ()
    bad_hosts: tuple[str, ...] = ()
    rectify: RectifyPolicy = field(default_factory=RectifyPolicy)
    notify: NotifyPolicy = field(default_factory=NotifyPolicy)

    def column(self, path: ColumnPath) -> Column | None:
        """The column at `path`, or None."""
        return next((c for c in self.columns if c.path == path), None)
