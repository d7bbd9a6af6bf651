"""Characters that stand for digits, dashes, colons and blanks, and numbers written in Chinese."""

from __future__ import annotations

ZERO = "〇○◯零OoО0"
"""What real pages write for the zero of a Chinese year, after `fold`."""

DIGITS = ZERO + "一二三四五六七八九"

_VALUES = dict.fromkeys(ZERO, 0) | {
    char: value for value, char in enumerate("一二三四五六七八九", start=1)
}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def _folding() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for char in "‐‑‒–—―−﹣－⁃─━":
        table[ord(char)] = "-"
    for char in "\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\u202f\t":
        table[ord(char)] = " "
    for char in "：︰∶﹕":
        table[ord(char)] = ":"
    for char in "∕⁄":
        table[ord(char)] = "/"
    # Radicals that copying out of a PDF leaves behind, and the traditional forms labels use.
    for odd, plain in zip(
        "⽇⽉⼀⼆⼗⼋⽣時間發佈號點後來編輯日", "日月一二十八生时间发布号点后来编辑日", strict=True
    ):
        table[ord(odd)] = plain
    return table


_FOLD = _folding()


def fold(text: str) -> str:
    """`text` with full-width forms, dashes and blanks made plain, character for character.

    Lengths and offsets stay, so what is found in the folded text can be cut from the original.
    """
    return text.translate(_FOLD)


def number(text: str) -> int | None:
    """A number of up to four places, in ASCII or Chinese digits, positional or with tens."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":  # 元月 is January
        return 1
    for char, value in _TENS.items():
        head, found, tail = text.partition(char)
        if not found:
            continue
        if (head and (char != "十" or head not in _VALUES)) or (tail and tail not in _VALUES):
            return None
        return value * (_VALUES[head] if head else 1) + (_VALUES[tail] if tail else 0)
    total = 0
    for char in text:
        if char not in _VALUES and not ("1" <= char <= "9"):
            return None
        total = total * 10 + (_VALUES[char] if char in _VALUES else int(char))
    return total if text else None
