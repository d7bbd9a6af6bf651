"""Text and addresses from a portal, made harmless before they reach a paper."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

SHORT = 300
"""The most characters of a name, a title or a reason."""
LONG = 2000
"""The most characters of a sentence, an excerpt or an address."""

# C0 and C1 controls, lone surrogates and non-characters: invisible, or refused by XML.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[\s\u200b\ufeff]+")

# Characters that reorder the text around them, so that it reads otherwise than it is.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_LINK = re.compile(r"https?://[^\s<>\"'`\\{}|^]+", re.IGNORECASE)


def line(text: str, limit: int = SHORT) -> str:
    """`text` on one line without control characters, bidi controls spelt out, cut at `limit`."""
    # Cutting first bounds the work; what is spelt out or squeezed changes the length little.
    held = _BIDI.sub(_spelt, _CONTROL.sub("", text[: limit * 4]))
    held = _SPACE.sub(" ", held).strip()
    return held if len(held) <= limit else held[: limit - 1] + "…"


def long_line(text: str) -> str:
    """`line` with room for a sentence, an excerpt or an address."""
    return line(text, LONG)


def _spelt(match: re.Match[str]) -> str:
    return f"[U+{ord(match[0]):04X}]"


def link(url: str | None) -> str | None:
    """`url` where it is fit for a hyperlink: plain http(s), without a user name; else None."""
    if not url or len(url) > LONG or not _LINK.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        if not parts.hostname or "@" in parts.netloc:
            return None
    except ValueError:
        return None
    return url


def sheet_link(url: str | None) -> str | None:
    """`link`, percent-encoded for a workbook; None beyond the length Excel can keep."""
    held = link(url)
    if held is None:
        return None
    parts = urlsplit(held)
    try:
        host = parts.netloc.encode("ascii").decode()
    except UnicodeEncodeError:
        return None
    tail = quote(held.partition(parts.netloc)[2], safe="/?#[]@!$&()*+,;=%:-._~")
    full = f"{parts.scheme}://{host}{tail}"
    return full if len(full) <= 2000 else None
