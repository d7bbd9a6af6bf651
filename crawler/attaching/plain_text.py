"""TXT, CSV and RTF."""

from __future__ import annotations

import re

from crawler.attaching.trouble import UNKNOWN, Unreadable
from crawler.attaching.words import MOST, Gathering
from crawler.reading.charset import decode

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|"
    rb"([^\\{}]{1,65536})"
)
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata datastore listtable "
    b"listoverridetable latentstyles xmlnstbl rsidtbl generator".split()
)
_DEEPEST = 1_000
_HALF = 0.02


def read_plain(data: bytes, gathering: Gathering) -> None:
    """Text of any encoding, a line a paragraph."""
    text, _ = decode(data[: 4 * MOST], None)
    odd = text.count("\ufffd") + text.count("\x00")
    if odd > _HALF * max(1, len(text)):
        raise Unreadable(UNKNOWN)
    for line in text.splitlines():
        gathering.add(line)


def read_rtf(data: bytes, gathering: Gathering) -> None:
    """The words of a rich text, what stands in tables of fonts, pictures and the like left out."""
    out: list[bytes] = []
    codes: list[str] = []
    hidden: list[bool] = [False]
    skip = 0

    def flush() -> None:
        if out:
            codes.append(b"".join(out).decode("gb18030", "replace"))
            out.clear()

    for token in _TOKEN.finditer(data):
        word, number, byte, sign, brace, text = token.groups()
        if brace == b"{":
            if len(hidden) >= _DEEPEST:
                break
            hidden.append(hidden[-1])
        elif brace == b"}":
            if len(hidden) > 1:
                hidden.pop()
        elif sign == b"*" or word in _SKIPPED:
            hidden[-1] = True
        elif hidden[-1]:
            continue
        elif word == b"u" and number is not None:
            flush()
            codes.append(chr(int(number) % 0x10000))
            skip = 1
        elif word in (b"par", b"line", b"row", b"sect", b"page"):
            flush()
            codes.append("\n")
        elif word in (b"cell", b"tab"):
            flush()
            codes.append("\t" if word == b"cell" else " ")
        elif byte is not None:
            if skip:
                skip = 0
            else:
                out.append(bytes([int(byte, 16)]))
        elif text is not None:
            words = text.replace(b"\r", b"").replace(b"\n", b"")
            # What follows a character of Unicode is its stand-in for old readers.
            out.append(words[skip:])
            skip = 0
        elif sign in (b"\\", b"{", b"}"):
            out.append(sign)
    flush()
    text_read = "".join(codes).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for line in text_read.split("\n"):
        gathering.add(line)
