"""Texts (文本): the words a portal shows, passage by passage, as the text rules read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.findings import Clear
from ledger.leaders import Leader as Leader
from ledger.site import ColumnPath


class PassageKind(StrEnum):
    """Where on a page a passage stands."""

    TITLE = "title"
    BODY = "body"
    TABLE = "table"
    ENTRY = "entry"  # a title in a column's list
    ATTACHMENT = "attachment"
    ALT = "alt"  # what stands for a picture
    HIDDEN = "hidden"  # in the page, but shown to nobody
    OCR = "ocr"  # in an attachment, recognised from its pictures

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    PassageKind.TITLE: "标题",
    PassageKind.BODY: "正文",
    PassageKind.TABLE: "表格",
    PassageKind.ENTRY: "列表标题",
    PassageKind.ATTACHMENT: "附件",
    PassageKind.ALT: "图片说明",
    PassageKind.HIDDEN: "隐藏文字",
    PassageKind.OCR: "附件图片识别",
}


class Tier(StrEnum):
    """Whether a hit is reported, or kept for a person to look at.

    One in text recognised from a picture is always kept for a person, who has to look at the
    picture first.
    """

    REPORT = "report"
    REVIEW = "review"
    OCR = "ocr"

    @property
    def label(self) -> str:
        """The Chinese word for reports."""
        return _TIER_LABELS[self]


_TIER_LABELS = {Tier.REPORT: "报告", Tier.REVIEW: "待核", Tier.OCR: "待核（图片识别）"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of text, as the page has it; paragraphs and table rows are lines of it.

    In a table, the cells of a row are parted by tabs. `place` is the name of the attachment or the
    address of the picture, empty for the page itself.
    """

    kind: PassageKind
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class OutLink:
    """A link from a page; `hidden` says how it is kept from being seen, empty where it is shown."""

    url: str
    text: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a page whose text could not be read, and why, in a Chinese sentence."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a page's text, from `first` to `last`, that are no plain paragraphs."""

    kind: PassageKind
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PageParts:
    """What there is to read of a page beside its title and main text.

    `stretches` says which lines of the main text are tables, or are shown to nobody.
    """

    stretches: tuple[Stretch, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[OutLink, ...] = ()


NO_PARTS = PageParts()


@dataclass(frozen=True, slots=True)
class PageText:
    """All the words of one page. `day` is its publication day, `paths` the columns it is in."""

    url: str
    title: str = ""
    day: date | None = None
    paths: tuple[ColumnPath, ...] = ()
    units: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[OutLink, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class WordReview:
    """A person's word on a span: `wrong` between the characters `before` and `after` it.

    `right` says the wording stands as it is; otherwise `suggest` is what it should be.
    """

    wrong: str
    before: str
    after: str
    suggest: str
    right: bool


@dataclass(frozen=True, slots=True)
class TextPolicy:
    """What a site tells the text rules, and what its people have answered so far.

    `terms` are wordings (or hosts) the site stands by, `bad_hosts` hosts no link may lead to.
    `shadow` says the site is in its first weeks, when statistical suspicions only go to review.
    """

    terms: frozenset[str] = frozenset()
    leaders: tuple[Leader, ...] = ()
    reviews: tuple[WordReview, ...] = ()
    shadow: bool = False
    bad_hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SiteTexts:
    """All texts of a site as last read, and what was claimed of them before.

    `before` are the findings that stand open: those that are not claimed again are cleared, as
    offline where every page they stood on is gone.
    """

    pages: Sequence[PageText]
    policy: TextPolicy = TextPolicy()
    before: tuple[Clear, ...] = ()


def split(text: str, stretches: Sequence[Stretch]) -> list[Passage]:
    """A main text as passages: paragraphs that follow each other together, and the stretches."""
    lines = text.split("\n")
    found: list[Passage] = []

    def keep(kind: PassageKind, first: int, behind: int) -> None:
        words = "\n".join(lines[first:behind])
        if words:
            found.append(Passage(kind, words))

    at = 0
    for stretch in stretches:
        keep(PassageKind.BODY, at, stretch.first)
        keep(stretch.kind, stretch.first, stretch.last + 1)
        at = stretch.last + 1
    keep(PassageKind.BODY, at, len(lines))
    return found
