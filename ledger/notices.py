"""Vendor notices (监测报告、错别字通报): what a monitoring vendor told the agency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from ledger.findings import Finding
from ledger.words import Outcome

UNVERIFIED = "未能核实"
"""In the message of a finding: nobody could look whether what a notice says still holds."""


_PERSONAL = re.compile(
    r"(?:居民|公民|公开|泄露|暴露|未脱敏|明文|完整|疑似|涉及|存在|个人|他人|隐私|敏感|信息|数据|身份证|手机|电话|联系|银行卡"
    r"|银行|账户|账号|卡|家庭|住址|地址|出生|日期|姓名|号码|号|证件|[、,，/和及与等的：: ])+"
)


def names_only(text: str) -> bool:
    """Whether the words only name a sort of personal data (身份证号), and quote none."""
    return _PERSONAL.fullmatch(text.strip()) is not None


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
    `matched` tells these apart; `own` is what the notice's own finding is called in either case,
    `matched_on` the day from which ours speaks for it. `parent` is the page that leads to `url`.
    `doubtful` says that the vendor itself is not sure, `said_mended` its word that it is put right.
    `seen_on` is the first day on which we read its words on the page, None where we never did.
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
    own: str = ""
    matched_on: date | None = None
    parent: str = ""
    doubtful: bool = False
    said_mended: str = ""
    seen_on: date | None = None


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


@dataclass(frozen=True, slots=True)
class Sight:
    """What our runs saw at an address that a notice names.

    `url` is as the portal spells it. `read_on` is the as-of day of the last run that could open
    it, `last_on` and `outcome` of the last that asked; None where none did. `words` are its texts
    as last read; `unread` says in Chinese what of it could not be.
    """

    url: str
    read_on: date | None = None
    last_on: date | None = None
    outcome: Outcome | None = None
    words: tuple[str, ...] = ()
    unread: str = ""
    units: tuple[str, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether the page was gone when it was last asked for."""
        return self.outcome in (Outcome.GONE, Outcome.SOFT_GONE)


@dataclass(frozen=True, slots=True)
class SiteNotices:
    """The notices of a site up to a day, and by address of their entries what we saw there.

    `ended` are our own findings in the texts that were closed by that day.
    """

    notices: tuple[Notice, ...] = ()
    sights: Mapping[str, Sight] = field(default_factory=lambda: MappingProxyType({}))
    ended: tuple[Finding, ...] = ()
