"""The arrays and objects written out in a script, as data; nothing is run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import chompjs

MAX_SCRIPT = 2_000_000
_MOST_LITERALS = 3_000
_MOST_TRIES = 3
"""How often what cannot be parsed is taken apart and its parts tried."""

# What is never closed runs to the end of its line or of the script: hostile scripts end soon.
_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^'\\\n]|\\.)*'?|\"(?:[^\"\\\n]|\\.)*\"?|`(?:[^`\\]|\\.)*`?"
    r"|[\[\](){}]|/",
    re.S,
)
_PATTERN = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]{0,6}")
_WORD_BEFORE = re.compile(r"(?:return|typeof|case|in|of|else|default)\s*$")
_NAMED = re.compile(
    r"(?:(?P<name>[A-Za-z_$][\w$.]{0,80})\s{0,4}(?P<at>\[\s{0,4}[\w$.+]{1,30}\s{0,4}\]\s{0,4})?="
    r"|(?P<into>[A-Za-z_$][\w$.]{0,80})\.push\()\s{0,20}(?:new\s+)?(?:Array)?$"
)
_ARRAY_CALL = re.compile(r"\bArray\s{0,4}$")
_PARSED = re.compile(r"(?:JSON\.parse|parseJSON|decodeURIComponent|unescape|eval)\s{0,4}\(\s*$")
_HEX = re.compile(r"\\x([0-9a-fA-F]{2})")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.S)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_CLOSES = {"]": "[", "}": "{", ")": "("}
_BEFORE_VALUE = frozenset("=(,:[?|&!+")
_LOOK = 120
_DEEPEST = 200
_PARAMETERS = re.compile(r"function\s*\(([\w$,\s]*)\)\s*\{\s*return\s*")
_ARGUMENTS = re.compile(r"\s*;?\s*\}\s*\(")
_LONGEST_HEAD = 20_000


@dataclass(frozen=True, slots=True)
class Literal:
    """Data written out in a script, and the name it is given there ('' where none)."""

    name: str
    value: object


@dataclass(slots=True)
class _Span:
    start: int
    end: int = 0
    sign: str = ""
    data: bool = False
    code: bool = False
    inner: list[_Span] = field(default_factory=list)


def literals(script: str) -> tuple[Literal, ...]:
    """All data in a script in order; what is put into one array piece by piece is one list."""
    script = script[:MAX_SCRIPT]
    found: list[Literal] = []
    pieces: dict[str, list[object]] = {}
    for span in _spans(script)[:_MOST_LITERALS]:
        lead = _NAMED.search(script, max(0, span.start - _LOOK), span.start)
        name = (lead["name"] or lead["into"]) if lead else ""
        given = _given(script, span)
        for value in _values(script, span, _MOST_TRIES):
            if given:
                _give(value, given)
            if lead is None or not (lead["at"] or lead["into"]):
                found.append(Literal(name, value))
            elif name in pieces:
                pieces[name].append(value)
            else:
                pieces[name] = [value]
                found.append(Literal(name, pieces[name]))
    return tuple(found)


def _given(script: str, span: _Span) -> dict[str, object]:
    """What the names stand for in data that a function returns and is called for at once.

    Some frameworks write a page's data so, with every value that recurs as an argument.
    """
    head = script.rfind("function", max(0, span.start - _LONGEST_HEAD), span.start)
    called = _ARGUMENTS.match(script, span.end)
    if head < 0 or called is None:
        return {}
    names = _PARAMETERS.fullmatch(script, head, span.start)
    if names is None:
        return {}
    arguments = script[called.end() :].rstrip("; )\r\n")
    values = _parsed(f"[{arguments}]")
    if not isinstance(values, list):
        return {}
    return dict(zip(re.findall(r"[\w$]+", names[1]), values, strict=False))


def _give(value: object, given: dict[str, object]) -> None:
    """Put in place of names in `value` what they stand for."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, dict | list):
            for key, inner in list(part.items() if isinstance(part, dict) else enumerate(part)):
                if isinstance(inner, str) and inner in given:
                    part[key] = given[inner]
                else:
                    stack.append(inner)


def _spans(script: str) -> list[_Span]:
    """The largest arrays and objects without code in them, and strings that are parsed as JSON."""
    root = _Span(0, code=True)
    open_spans = [root]
    at = 0
    while (token := _TOKEN.search(script, at)) is not None and len(open_spans) < _DEEPEST:
        sign, start, at = token.group(), token.start(), token.end()
        if sign == "/":
            pattern = _PATTERN.match(script, start) if _awaits(script, start) else None
            at = pattern.end() if pattern else at
        elif sign in ("[", "{", "("):
            span = _Span(start, sign=sign, data=_is_data(script, start, sign))
            span.code = sign == "{" and not span.data
            open_spans.append(span)
        elif sign in _CLOSES:
            _close(open_spans, _CLOSES[sign], at)
        elif sign[0] in "'\"`" and _holds_data(script, start, sign):
            open_spans[-1].inner.append(_Span(start, at, sign="'", data=True))
    while len(open_spans) > 1:
        _close(open_spans, open_spans[-1].sign, 0)
    return root.inner


def _close(open_spans: list[_Span], sign: str, end: int) -> None:
    """End the innermost span; a bracket that closes nothing is passed over."""
    if len(open_spans) == 1 or open_spans[-1].sign != sign:
        return
    span = open_spans.pop()
    around = open_spans[-1]
    around.code = around.code or span.code
    span.end = end
    if span.data and end and not span.code:
        around.inner.append(span)
    else:
        around.inner.extend(span.inner)


def _awaits(script: str, start: int) -> bool:
    """True where a value may begin at `start`, so that a slash there opens a pattern."""
    before = script[max(0, start - _LOOK) : start].rstrip()
    return not before or before[-1] in _BEFORE_VALUE or before[-1] in ";{}" or _after_word(before)


def _after_word(before: str) -> bool:
    return bool(_WORD_BEFORE.search(before[-10:]))


def _is_data(script: str, start: int, sign: str) -> bool:
    before = script[max(0, start - _LOOK) : start].rstrip()
    last = before[-1:]
    if sign == "(":
        return bool(_ARRAY_CALL.search(before[-12:]))
    if not last or last in _BEFORE_VALUE:
        return True
    if sign == "[":
        return last in ";{}>" or _after_word(before)
    return before.endswith("return")


def _holds_data(script: str, start: int, sign: str) -> bool:
    body = sign[1:].lstrip()
    if len(sign) < 12 or not body.startswith(("{", "[", "%7B", "%5B", "\\u007b", "\\u005b")):
        return False
    lead = script[max(0, start - 60) : start]
    return bool(_PARSED.search(lead)) or body[:2] in ("[{", "[[") or body[:3] in ('{\\"', "{\"'")


def _values(script: str, span: _Span, tries: int) -> Iterator[object]:
    """What a span says; where it cannot be read as a whole, what its parts say, as one list."""
    text = script[span.start : span.end]
    if span.sign == "'":
        value = _from_string(text)
        if value is not None:
            yield value
        return
    if span.sign == "(":
        text = f"[{text[1:-1]}]"
    parts = any(inner.sign == "(" for inner in span.inner)
    value = None if parts else _parsed(text)
    if value is not None:
        yield value
    elif tries and span.inner:
        inner_values = [v for inner in span.inner for v in _values(script, inner, tries - 1)]
        if inner_values:
            yield inner_values


def _parsed(text: str) -> object | None:
    """The data a literal stands for, or None where it is none or more than data."""
    for attempt in (text, _HEX.sub(r"\\u00\1", text)):
        try:
            return _json(attempt)
        except (ValueError, RecursionError):
            pass
        try:
            value: object = chompjs.parse_js_object(attempt, loader_kwargs={"strict": False})
        except (ValueError, RecursionError):
            continue
        return value
    return None


def _json(text: str) -> object:
    value: object = json.loads(text, strict=False)
    return value


def _from_string(text: str) -> object | None:
    """The data in a string literal that holds JSON, plain or percent-encoded."""
    plain = _ESCAPE.sub(_unescaped, text[1:].removesuffix(text[0]))
    return _parsed(unquote(plain) if plain.startswith("%") else plain)


def _unescaped(found: re.Match[str]) -> str:
    sign = found[1]
    if len(sign) == 1:
        return _PLAIN.get(sign, sign)
    code = int(sign[1:], 16)
    # Half a pair stays as it was written: the JSON inside may put the pair together.
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)
