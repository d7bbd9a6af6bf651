"""Vendor notices (监测报告、错别字通报): what a monitoring vendor told the agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What an entry is about; the vendor's own word stays beside it."""

    WORDING = "wording"  # a wrong or forbidden string on a page
    PRIVACY = "privacy"
    LINK = "link"  # an address that does not open
    COLUMN = "column"  # a column that was not updated, or is blank
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _LABELS[self]


_LABELS = {
    NoticeKind.WORDING: "错别字及表述",
    NoticeKind.PRIVACY: "隐私泄露",
    NoticeKind.LINK: "链接不可用",
    NoticeKind.COLUMN: "栏目更新",
    NoticeKind.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One entry of a notice, as understood. Text a file left empty is "".

    `place` says where it stands in the file (sheet or table, row). `column` is the column as the
    vendor names it, `found_on` the vendor's own day. `fingerprint` is the finding it belongs to:
    one of our own where the same page has the same wrong string, else the notice's own.
    `matched` tells these apart.
    """

    place: str
    kind: NoticeKind
    kind_text: str
    url: str
    wrong: str
    suggest: str
    title: str = ""
    context: str = ""
    column: str = ""
    unit: str = ""
    severity_text: str = ""
    found_on: date | None = None
    fingerprint: str = ""
    matched: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One file of a vendor: `day` is the day it counts from, `at` when it was imported."""

    site: str
    digest: bytes
    name: str
    vendor: str
    day: date
    at: datetime
    items: tuple[NoticeItem, ...]
