"""How the names of columns are cleaned for keeping and folded for comparing."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_BREAK = re.compile(r"[\r\n\v\f\x85]+")
_BLANKS = re.compile(r"[\s\u00a0\u3000]+")
_WIDE_ALNUM = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_BRACKETS = str.maketrans(
    dict.fromkeys("[{〔【［｛「『〈⟨", "(") | dict.fromkeys("]}〕】］｝」』〉⟩", ")")
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━", "-"))
_PUNCTUATION = str.maketrans(
    dict.fromkeys("、，;；", ",") | dict.fromkeys("\"'“”‘’«»《》", "") | dict.fromkeys("·•・‧", "·")
)


def clean_text(text: str) -> str:
    """`text` without invisible characters and without blanks that do not part Latin words.

    Blanks and line breaks between Chinese characters are accidents of the cell's width. Full-width
    digits and letters become plain ones; punctuation stays as written.
    """
    text = _INVISIBLE.sub("", text).translate(_WIDE_ALNUM)
    return _BLANKS.sub(_between, _BREAK.sub("\n", text).strip())


def _between(match: re.Match[str]) -> str:
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if not before or not after:
        return ""
    latin = before.isascii() and after.isascii()
    one_side = before.isascii() != after.isascii() and "\n" not in match.group()
    return " " if latin or (one_side and before.isalnum() and after.isalnum()) else ""


def fold_name(name: str) -> str:
    """`name` reduced to what two spellings of the same column share.

    Blanks, letter case, full and half width, the kinds of brackets, dashes and quotation marks go.
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name)).casefold()
    text = _BLANKS.sub("", text).translate(_BRACKETS).translate(_DASHES).translate(_PUNCTUATION)
    return re.sub("-{2,}", "-", text)
