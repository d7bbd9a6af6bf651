"""The HTML a script would write: its string literals put together, nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WRITES = re.compile(r"document\.write|innerHTML|\.(?:html|append|prepend|before|after)\(")
# What is never closed runs to the end of its line or of the script: hostile scripts end soon.
_LITERAL = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|'((?:[^'\\\n]|\\.)*)(?:'|(?=\n)|\\?\Z)|"
    r"\"((?:[^\"\\\n]|\\.)*)(?:\"|(?=\n)|\\?\Z)|`((?:[^`\\]|\\.)*)(?:`|\\?\Z)",
    re.S,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_PLAIN = {"n": "\n", "t": " ", "r": "", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_JOINED = re.compile(r"\s*\+\s*")
_VALUE = re.compile(r"\s*\+[^;]*[\w)\]]|[^=;]*[\w)\]]\s*\+\s*$")
_LONGEST = 300_000
_WRITES_HERE = re.compile(r"document\.write(?:ln)?\s*\(")
_DAY = re.compile(
    r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[\sT]{1,2}\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?"
)
_UNKNOWN = "{{}}"
"""A value only the running script knows. What holds it is taken for neither name nor address."""


def written_html(script: str) -> str:
    """The HTML of a script that writes links; empty where it writes none."""
    script = script[:_LONGEST]
    if "<a" not in script.lower() or not _WRITES.search(script):
        return ""
    html = ""
    end = 0
    for start, stop, text in _literals(script):
        between = script[end:start][:500]
        end = stop
        joined = bool(html) and bool(_JOINED.fullmatch(between))
        inside = _inside_link(html)
        if inside and not joined and _VALUE.match(between):
            html += _UNKNOWN
        if joined or inside or "<" in text or ">" in text:
            html += text
    return html if "<a" in html.lower() else ""


def written_day(script: str) -> str:
    """The one day a script writes where it stands, as its literal says it; empty where none."""
    if not _WRITES_HERE.search(script):
        return ""
    days = {text.strip() for _, _, text in _literals(script) if _DAY.fullmatch(text.strip())}
    return days.pop() if len(days) == 1 else ""


def _inside_link(html: str) -> bool:
    """True where the next value belongs to a tag or to the words of a link."""
    tail = html[-2_000:].lower()
    return tail.rfind("<") > tail.rfind(">") or tail.rfind("<a") > tail.rfind("</a")


def _literals(script: str) -> Iterator[tuple[int, int, str]]:
    """Where each string literal begins and ends, and what it says; comments are passed over."""
    for found in _LITERAL.finditer(script):
        text = next((group for group in found.groups() if group is not None), None)
        if text is not None:
            yield found.start(), found.end(), _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    if len(sign) > 1:
        code = int(sign[1:], 16)
        # Half a pair is no character, and no page can hold it.
        return "" if 0xD800 <= code <= 0xDFFF else chr(code)
    return _PLAIN.get(sign, sign)
