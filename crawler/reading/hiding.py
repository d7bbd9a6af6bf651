"""How an element is kept from being seen: by its own style, by a style sheet, by a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

NOT_SHOWN = "样式设为不显示"
TINY = "字号为零或极小"
OFF_SCREEN = "移到屏幕之外"
SAME_COLOUR = "文字与背景同色"
NO_SIZE = "高度或宽度为零"
MARKED = "标有 hidden 属性"
WRITTEN = "由脚本写入"

_DECLARATION = re.compile(r"([a-z-]{1,40})\s{0,9}:([^;]{1,200})")
_LENGTH = re.compile(r"(-?\d{0,9}(?:\.\d{1,9})?)\s*(px|pt|em|rem|ex|cm|mm|in|vw|vh|%)?\s*(?:!|$)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "cm": 38.0, "mm": 3.8}
_PIXELS |= {"in": 96.0, "vw": 12.0, "vh": 8.0, "": 1.0}
_FAR = 900.0
"""Pixels beyond the window's edge; what slides into view stands nearer."""
_INDENTED = 500.0
_TINIEST = 2.0
_MOVED = ("left", "top", "right", "bottom", "margin-left", "margin-top")
_PADDED = ("padding", "padding-bottom", "padding-top")
_COLOURS = {"white": "ffffff", "black": "000000", "red": "ff0000"}
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])")
_LONGEST = 2_000
_LONGEST_SHEET = 200_000
_SIMPLE = re.compile(r"[a-z]{0,12}([.#][\w-]{1,60})")
_BY_SCRIPT = re.compile(
    r"getElementById\(\s{0,9}[\"']([\w-]{1,60})[\"']\s{0,9}\)\s{0,9}\.style\.(?:display|visibility)"
    r"\s{0,9}=\s{0,9}[\"'](?:none|hidden)"
)


def hides(tag: str, attrs: Mapping[str, str]) -> str:
    """How an element's own attributes keep it from being seen; '' where they do not."""
    if "hidden" in attrs and attrs["hidden"].lower() != "false":
        return MARKED
    if tag == "marquee" and _is_speck(attrs.get("height", "")) and attrs.get("height"):
        return NO_SIZE
    style = attrs.get("style", "")
    return style_hides(style[:_LONGEST].lower()) if style else ""


@lru_cache(maxsize=4096)
def style_hides(style: str) -> str:
    """How declarations, in small letters, keep an element from being seen."""
    said = {match[1]: match[2].strip() for match in _DECLARATION.finditer(style)}
    if said.get("display", "").startswith("none") or said.get("visibility", "").startswith(
        ("hidden", "collapse")
    ):
        return NOT_SHOWN
    size = said.get("font-size")
    if size is not None and 0 <= _pixels(size, 99.0) <= _TINIEST:
        return TINY
    if _pixels(said.get("text-indent", ""), 0.0) <= -_INDENTED:
        return OFF_SCREEN
    if said.get("position", "").startswith(("absolute", "fixed")) and any(
        _pixels(said[name], 0.0) <= -_FAR for name in _MOVED if name in said
    ):
        return OFF_SCREEN
    if said.get("overflow", "").startswith("hidden") and any(
        name in said and _is_speck(said[name]) for name in ("height", "max-height", "width")
    ):
        # A box without height but with padding keeps a place for a film or a picture.
        padded = any(_pixels(said[name], 1.0) for name in _PADDED if name in said)
        return "" if padded else NO_SIZE
    colour = _colour(said.get("color", ""))
    if colour and colour == _colour(said.get("background-color") or said.get("background", "")):
        return SAME_COLOUR
    return ""


def _pixels(value: str, otherwise: float) -> float:
    match = _LENGTH.match(value)
    if match is None or match[1] in ("", "-"):
        return otherwise
    if match[2] == "%":
        return 0.0 if not float(match[1]) else otherwise
    return float(match[1]) * _PIXELS[match[2] or ""]


def _is_speck(value: str) -> bool:
    return 0 <= _pixels(value, 99.0) <= _TINIEST


def _colour(value: str) -> str:
    """A colour as six digits; '' where it cannot be told."""
    value = value.lower()
    if match := _RGB.match(value):
        return "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    if match := _HEX.match(value):
        digits = match[1]
        return digits if len(digits) == 6 else "".join(sign * 2 for sign in digits)
    return _COLOURS.get(value.split()[0] if value else "", "")


def names_hidden(html: str) -> dict[str, str]:
    """By `.class` and `#id` how the page's own style sheets and scripts hide elements."""
    found: dict[str, str] = {}
    for tag in ("<style", "<STYLE"):
        at = html.find(tag)
        while at >= 0:
            end = html.find("</", at)
            end = end if end >= 0 else len(html)
            found |= _sheet(html[at:end].partition(">")[2])
            at = html.find(tag, end)
    if ".style.display" in html or ".style.visibility" in html:
        for match in _BY_SCRIPT.finditer(html):
            if _runs_at_once(html, match.start()):
                found[f"#{match[1]}"] = NOT_SHOWN
    return found


@lru_cache(maxsize=256)
def _sheet(sheet: str) -> dict[str, str]:
    if not any(
        mark in sheet for mark in ("none", "hidden", "font-size", "-9", "indent", "absolute")
    ):
        return {}
    found: dict[str, str] = {}
    for selectors, declarations in _rules(sheet):
        how = style_hides(declarations[:_LONGEST].lower())
        for selector in selectors.split(","):
            name = _SIMPLE.fullmatch(selector.strip())
            if name is None:
                continue
            if how:
                found[name[1]] = how
            elif "display" in declarations:
                # A later rule that shows the element again is what counts.
                found.pop(name[1], None)
    return found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations outside of @media and the like, which hold for some screens."""
    depth = 0
    selectors = ""
    for piece in sheet[:_LONGEST_SHEET].split("{"):
        *closed, behind = piece.split("}")
        if closed:
            if depth == 1:
                yield selectors, closed[0]
            depth = max(0, depth - len(closed))
        depth += 1
        selectors = behind.rpartition("*/")[2][-300:]


def _runs_at_once(html: str, at: int) -> bool:
    """Whether a place in a script stands outside of every function."""
    begin = html.rfind("<script", 0, at)
    before = html[max(begin, at - 20_000) : at]
    return begin >= 0 and before.count("{") == before.count("}")
