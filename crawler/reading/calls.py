"""The requests for data that a page's own scripts would make, read from their source.

No script is run. An address put together from texts, numbers and variables set to such is folded;
one that needs the running script (a cookie, an element's value) is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, quote, urlsplit

from crawler.call import Call
from crawler.reading.document import Document

_OPENERS = re.compile(
    r"(?:\$|jQuery)\s*\.\s*(?P<short>get|getJSON|post)\s*\(|(?P<fetch>\bfetch)\s*\("
    r"|\baxios\s*\.\s*(?P<axios>get|post)\s*\(|\.\s*(?P<load>load)\s*\(|\.\s*(?P<open>open)\s*\("
    r"|(?:(?:\$|jQuery)\s*\.\s*|\b)(?P<settings>ajax|axios|request)\s*\(\s*\{",
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)
      |(?P<number>\d+(?:\.\d+)?)(?![\w$])
      |(?P<now>Math\.random\(\)|Date\.now\(\)|(?:\(\s*)?new\s+Date\(\)(?:\s*\))?(?:\.getTime\(\)|\.valueOf\(\))?)
      |(?P<query>[\w$.]*(?:get\w*(?:Query|Param|Url)\w*|\.get)\(\s*['"](?P<key>[\w-]{1,40})['"]\s*\))
      |(?P<name>[A-Za-z_$][\w$]*(?:\.[\w$]+)*))""",
    re.X,
)
_PAGE_NAMES = re.compile(
    r"^(?:page|p|n|i|pn|pageno|pagenum|pageindex|curr?page|currentpage|current|pageno?|index)$",
    re.I,
)
_METHOD = re.compile(r"\b(?:type|method)\s*:\s*['\"](\w+)['\"]", re.I)
_JSON_TYPE = re.compile(r"application/json|JSON\.stringify", re.I)
_PAIR = re.compile(
    r"(?:^|[{,])\s*(?:'([\w.\[\]-]{1,60})'|\"([\w.\[\]-]{1,60})\"|([\w$]{1,60}))\s*:"
)
_FUNCTION = re.compile(r"\bfunction\s{1,4}(?P<name>[\w$]{1,60})\s{0,4}\((?P<names>[^()]{1,200})\)")
_LITERAL = re.compile(r"\d{1,9}|'[^'\\\n]{0,80}'|\"[^\"\\\n]{0,80}\"")
_MOST_FUNCTIONS = 60
MAX_SCRIPT = 200_000
MAX_CALLS = 12


def find_calls(doc: Document, others: tuple[str, ...] = ()) -> tuple[Call, ...]:
    """The calls of the page's inline scripts and of `others` (texts of its script files)."""
    texts = [n.text() for n in doc.tree.css("script") if not n.attributes.get("src")]
    source = "\n".join([*texts, *others])[:MAX_SCRIPT]
    found: dict[Call, None] = {}
    for call in _calls(source, doc):
        found.setdefault(call)
        if len(found) >= MAX_CALLS:
            break
    return tuple(found)


def _calls(source: str, doc: Document) -> Iterator[Call]:
    scope = _Scope(source, doc)
    for match in _OPENERS.finditer(source):
        kind = match.lastgroup or ""
        inner = _balanced(source, match.end() - (kind == "settings"))
        if kind == "settings":
            call = _from_settings(inner, scope)
        elif kind == "open":
            call = _from_open(inner, scope)
        else:
            posted = kind in ("short", "axios") and match[kind] == "post"
            call = _from_arguments(inner, scope, posted=posted, as_json=kind == "axios")
        if call is not None:
            yield call


class _Scope:
    """What the page's scripts set names to."""

    def __init__(self, source: str, doc: Document) -> None:
        self.source = source
        self.doc = doc
        self.query = parse_qs(urlsplit(doc.url).query)
        self._known: dict[str, str | None] = {}

    def value(self, name: str) -> str | None:
        """The text or number a name stands for, or None where only the running script knows."""
        if name not in self._known:
            self._known[name] = None  # a name set to itself must end
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> str | None:
        last = name.rpartition(".")[2]
        pattern = rf"(?<![\w$.]){re.escape(last)}\s*[=:](?![=:])\s*"
        for match in re.finditer(pattern, self.source):
            folded = fold_text(self.source[match.end() : match.end() + 400], self)
            if folded is not None:
                return folded
        given = self._given(last) if last == name else None
        if given is not None:
            return given
        return "1" if _PAGE_NAMES.match(last) else None

    def _given(self, name: str) -> str | None:
        """What a call of the script hands over as the argument `name` of one of its functions."""
        for match in islice(_FUNCTION.finditer(self.source), _MOST_FUNCTIONS):
            names = [part.strip() for part in match["names"].split(",")]
            if name not in names:
                continue
            called = re.compile(rf"(?<![\w$.])(?<!function ){re.escape(match['name'])}\s*\(")
            for call in islice(called.finditer(self.source), _MOST_FUNCTIONS):
                handed = _arguments(_balanced(self.source, call.end(), 200))
                at = names.index(name)
                if at < len(handed) and _LITERAL.fullmatch(handed[at]):
                    return fold_text(handed[at], self)
        return None


def fold_text(expression: str, scope: _Scope) -> str | None:
    """The text an expression of joined parts comes to; it ends at the first `,`, `;` or bracket."""
    parts: list[str] = []
    at = 0
    while True:
        token = _TOKEN.match(expression, at)
        if token is None:
            return None
        part = _part(token, scope)
        if part is None:
            return None
        parts.append(part)
        rest = expression[token.end() :].lstrip()
        at = len(expression) - len(rest)
        if not rest.startswith("+"):
            return (
                "".join(parts) if not rest or rest[0] in ",;)}]\n" or "\n" in expression else None
            )
        at += 1


def _part(token: re.Match[str], scope: _Scope) -> str | None:
    text = token["text"]
    if text is not None:
        return _template(text[1:-1], scope) if text[0] == "`" else _plain(text[1:-1])
    if token["number"] is not None:
        return token["number"]
    if token["now"] is not None:
        return "1"
    if token["query"] is not None:
        return next(iter(scope.query.get(token["key"], [])), None)
    return scope.value(token["name"])


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _template(text: str, scope: _Scope) -> str | None:
    parts: list[str] = []
    at = 0
    for hole in re.finditer(r"\$\{([^{}]{1,80})\}", text):
        value = fold_text(hole[1], scope)
        if value is None:
            return None
        parts += [text[at : hole.start()], value]
        at = hole.end()
    return _plain("".join([*parts, text[at:]]))


def _balanced(source: str, start: int, limit: int = 4000) -> str:
    """The text from `start` to where the bracket open there closes."""
    depth, at, quote_mark = 0, start, ""
    stop = min(len(source), start + limit)
    while at < stop:
        sign = source[at]
        if quote_mark:
            at += sign == "\\"
            quote_mark = "" if sign == quote_mark else quote_mark
        elif sign in "'\"`":
            quote_mark = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
            if depth < 0 or (depth == 0 and source[start] == "{"):
                return source[start : at + (depth == 0)]
        at += 1
    return source[start:stop]


def _arguments(inner: str) -> list[str]:
    """The arguments of a call, cut at its top-level commas."""
    parts, depth, quote_mark, at = [""], 0, "", 0
    while at < len(inner):
        sign = inner[at]
        if quote_mark:
            if sign == "\\":
                parts[-1] += inner[at : at + 2]
                at += 2
                continue
            quote_mark = "" if sign == quote_mark else quote_mark
        elif sign in "'\"`":
            quote_mark = sign
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        if sign == "," and depth == 0 and not quote_mark:
            parts.append("")
        else:
            parts[-1] += sign
        at += 1
    return [part.strip() for part in parts]


def _from_settings(inner: str, scope: _Scope) -> Call | None:
    fields = _fields(inner)
    url = fold_text(fields["url"], scope) if "url" in fields else None
    method = _METHOD.search(inner)
    posted = method is not None and method[1].lower() == "post"
    data = fields.get("data") or fields.get("params") or ""
    return _call(url, data, scope, posted=posted, as_json=bool(_JSON_TYPE.search(inner)))


def _from_open(inner: str, scope: _Scope) -> Call | None:
    parts = _arguments(inner)
    if len(parts) < 2 or parts[0].strip("'\"").upper() != "GET":
        return None
    return _call(fold_text(parts[1], scope), "", scope, posted=False, as_json=False)


def _from_arguments(inner: str, scope: _Scope, *, posted: bool, as_json: bool) -> Call | None:
    parts = _arguments(inner)
    url = fold_text(parts[0], scope)
    second = parts[1] if len(parts) > 1 else ""
    data = ""
    if second.startswith("{"):
        fields = _fields(second)
        method = _METHOD.search(second)
        posted = posted or (method is not None and method[1].lower() == "post")
        inner_data = fields.get("params") or fields.get("body")
        as_json = as_json or bool(_JSON_TYPE.search(second))
        data = inner_data if inner_data else "" if method else second
    elif second[:1] in ("'", '"'):
        data = second
    return _call(url, data, scope, posted=posted, as_json=as_json)


def _fields(literal: str) -> dict[str, str]:
    """The fields of an object literal, values as written."""
    body = literal.strip()
    body = body[1:-1] if body.startswith("{") and body.endswith("}") else body.lstrip("{")
    found: dict[str, str] = {}
    for part in _arguments(body):
        match = _PAIR.match(part)
        if match:
            found[match[1] or match[2] or match[3]] = part[match.end() :].strip()
    return found


def _call(url: str | None, data: str, scope: _Scope, *, posted: bool, as_json: bool) -> Call | None:
    address = scope.doc.absolute(url) if url else None
    if address is None:
        return None
    data = re.sub(r"^JSON\.stringify\(\s*(.*)\)$", r"\1", data.strip(), flags=re.S)
    if not data:
        return Call(address, "POST" if posted else "GET")
    encoded = _encoded(data, scope, as_json=as_json and posted)
    if encoded is None:
        return None
    if posted:
        kind = {"content_type": "application/json; charset=UTF-8"} if as_json else {}
        return Call(address, "POST", encoded, **kind)
    return Call(f"{address}{'&' if '?' in address else '?'}{encoded}")


def _encoded(data: str, scope: _Scope, *, as_json: bool) -> str | None:
    if not data.startswith("{"):
        return fold_text(data, scope)
    values: dict[str, str] = {}
    bare: set[str] = set()
    for name, written in _fields(data).items():
        value = written if written in ("true", "false") else fold_text(written, scope)
        if value is None:
            return None
        values[name] = value
        if written[:1] not in "'\"`" and re.fullmatch(r"0|[1-9]\d{0,14}|true|false", value):
            bare.add(name)
    if as_json:
        return json.dumps(
            {k: json.loads(v) if k in bare else v for k, v in values.items()}, ensure_ascii=False
        )
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in values.items())
