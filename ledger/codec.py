"""How facts and judgements become text and bytes, and come back the same."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from ledger.facts import Attachment, DayReading, Found
from ledger.findings import Claim, Clear, ColumnVerdict, RuleCard, TextTally
from ledger.notices import NoticeItem
from ledger.site import ColumnPath, Site
from ledger.texts import OutLink, Passage, Stretch, WordReview

T = TypeVar("T")


def clean(text: str) -> str:
    """`text` as every database can hold it: neither NUL nor half a surrogate pair."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def compact(value: object) -> str:
    """A contract object as JSON, the same bytes for the same content."""
    text = json.dumps(
        value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return clean(text)


def _plain(value: Any) -> object:
    """One step from a contract object towards JSON's own types."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def digest(*parts: str | None) -> bytes:
    """16 bytes that stand for `parts`; two lists of parts share them only if they are equal."""
    # ASCII JSON keeps the boundaries between parts and can encode any string whatever.
    return hashlib.sha256(json.dumps(parts).encode()).digest()[:16]


def pack(text: str) -> bytes:
    """`text` compressed."""
    return zlib.compress(clean(text).encode(), 6)


def unpack(body: bytes) -> str:
    """What `pack` was given."""
    return zlib.decompress(body).decode()


class Codec(Generic[T]):
    """Writes one shape of contract object as JSON text and reads it back."""

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter

    def dump(self, value: T) -> str:
        """`value` as compact JSON."""
        return compact(value)

    def load(self, text: str) -> T:
        """The value `dump` wrote."""
        return self._adapter.validate_json(text)


SITE = Codec(TypeAdapter(Site))
FOUND = Codec(TypeAdapter(Found))
DAY = Codec(TypeAdapter(DayReading))
DAYS = Codec(TypeAdapter(tuple[DayReading, ...]))
PATH = Codec(TypeAdapter(ColumnPath))
ATTACHMENTS = Codec(TypeAdapter(tuple[Attachment, ...]))
TAGS = Codec(TypeAdapter(tuple[tuple[str, str], ...]))
PARTS = Codec(TypeAdapter(tuple[tuple[Stretch, ...], tuple[Passage, ...]]))
LINKS = Codec(TypeAdapter(tuple[OutLink, ...]))
CHAIN = Codec(TypeAdapter(tuple[str, ...]))
CARDS = Codec(TypeAdapter(tuple[RuleCard, ...]))
CLAIM = Codec(TypeAdapter(Claim))
VERDICTS = Codec(TypeAdapter(tuple[ColumnVerdict, ...]))
TALLY = Codec(TypeAdapter(TextTally))
SPANS = Codec(TypeAdapter(tuple[WordReview, ...]))
NOTICE_ITEMS = Codec(TypeAdapter(tuple[NoticeItem, ...]))
CLEARS = Codec(TypeAdapter(tuple[Clear, ...]))
