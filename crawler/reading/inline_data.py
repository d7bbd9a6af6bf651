"""Lists that are in a page but not as its markup: in islands of data, scripts, packed strings."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document
from crawler.reading.listing_links import is_article_address
from crawler.reading.records import read_records
from crawler.reading.script_literals import MAX_SCRIPT, literals
from crawler.reading.stores import stores
from ledger.facts import Item

MAX_UNPACKED = 2_000_000
_MOST_PACKED = 40
_LEAST_PACKED = 60

_PROSE_SCRIPT = re.compile(r"ld\+json|text/xml|html|template|text/plain|text/x-", re.I)
_PACKED = re.compile(r"[A-Za-z0-9+/=\s_-]{60,}")
_QUOTED = re.compile(
    rf"[\"'`]([A-Za-z0-9+/=]{{{_LEAST_PACKED},{MAX_UNPACKED * 2}}})[\"'`]"
    rf"|[\"'`](%(?:3C|3c)[^\"'`\s]{{{_LEAST_PACKED},{MAX_UNPACKED * 2}}})[\"'`]"
)
_DECODES = re.compile(r"atob|base64|decodeURI|unescape|decode64|CryptoJS", re.I)
_UTF16_ESCAPE = re.compile(r"%u([0-9a-fA-F]{4})")
_LINK = re.compile(r"<a\s[^<>]{0,500}?href", re.I)
_MARKUP = re.compile(r"<a\s[^<>]{0,500}?href|<(?:p|br|h[1-6]|div|span)\b", re.I)
_ROW = re.compile(r"\s*<(li|tr|dd|option)\b", re.I)
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\{%|<#|\[\[|\{\w{1,30}\}|['\"]\s*\+")
_REFERENCE = re.compile(
    r"getElementById\(\s*[\"']([^\"'\n]{1,80})[\"']|[\"'`]#([\w-]{1,80})(?=[\"'`\s.:\[])"
    r"|\btemplate\(\s*[\"']([\w-]{1,80})[\"']"
)
_READS_COMMENT = re.compile(r"nodeType\s*===?\s*8|COMMENT_NODE|nodeValue|<!--|childNodes")
_WRAPS = {"li": "ul", "tr": "table", "dd": "dl"}


def inline_items(doc: Document, today: date) -> tuple[Item, ...]:
    """The items of the list a page's scripts hold as data; none where they hold no such list."""
    data: dict[str, object] = {}
    for script in _scripts(doc):
        for literal in literals(script):
            # Under its own name a menu is told from a list as in an interface's answer.
            fresh = literal.name and literal.name not in data
            data[literal.name if fresh else f"{literal.name}.{len(data)}"] = literal.value
    items = read_records(data, doc.base, today) if data else ()
    if not any(item.day or item.fault for item in items):
        # Slides and side boxes have no days either; only a list of documents is worth the risk.
        articles = sum(is_article_address(item.url) for item in items)
        items = items if len(items) >= 2 and articles * 2 > len(items) else ()
    known = sum(item.url in doc.furniture for item in items)
    return items if known * 2 <= len(items) else ()


def inline_html(doc: Document) -> Document | None:
    """A page of the list markup that stands packed in `doc`, or None where there is none."""
    stored = "".join(store.markup for store in stores(doc.html))
    for found in (stored, "".join(_unpacked(doc)), "".join(_kept(doc))):
        if found:
            return rows_page(doc, found)
    return None


def rows_page(doc: Document, markup: str) -> Document:
    """A page of nothing but rows that belong to the page `doc`."""
    row = _ROW.match(markup)
    wrap = _WRAPS.get(row[1].lower(), "div") if row else "div"
    head = doc.tree.css_first("title")
    title = html.escape(head.text(deep=True)[:300]) if head else ""
    base = f'<base href="{html.escape(doc.base)}">' if doc.base != doc.url else ""
    shell = f"<html><head>{base}<title>{title}</title></head><body><{wrap}>{markup}</{wrap}></body>"
    return Document(shell, doc.url, doc.furniture)


def _scripts(doc: Document) -> Iterator[str]:
    """The page's own scripts and blocks of JSON, without those that only describe it."""
    left = MAX_SCRIPT
    for node in doc.tree.css("script"):
        attrs = node.attributes
        if attrs.get("src") or _PROSE_SCRIPT.search(attrs.get("type") or ""):
            continue
        text = node.text(deep=True)[:left]
        left -= len(text)
        if text:
            yield text


def _unpacked(doc: Document) -> Iterator[str]:
    """Markup that stands in the page or its scripts in base64 or percent-encoded."""
    scripts = [text for text in _scripts(doc) if _DECODES.search(text)]
    packed: list[str] = []
    for script in scripts:
        packed.extend(found[1] or found[2] for found in _QUOTED.finditer(script))
    root = doc.tree.root
    # Without a script that unpacks it, or one of another file that may, nobody ever sees it.
    if root is not None and (scripts or doc.tree.css_first("script[src]")):
        packed.extend(_packed_texts(root))
    left = MAX_UNPACKED
    for text in packed[:_MOST_PACKED]:
        markup = _unpack(text)[:left]
        left -= len(markup)
        if _MARKUP.search(markup) and not _PLACEHOLDER.search(markup):
            yield markup


def _packed_texts(root: LexborNode) -> Iterator[str]:
    for node in root.traverse(include_text=True):
        for name, value in node.attributes.items():
            if name.startswith("data-") and value and _is_packed(value):
                yield value
        if node.tag == "-text":
            text = (node.text_content or "").strip()
            parent = node.parent
            kept = parent is not None and parent.tag in ("script", "style")
            if not kept and _is_packed(text):
                yield text


def _is_packed(text: str) -> bool:
    return len(text) >= _LEAST_PACKED and _PACKED.fullmatch(text) is not None


def _unpack(packed: str) -> str:
    """What a packed text says, or '' where it is none or of no markup."""
    text = re.sub(r"\s+", "", packed[: MAX_UNPACKED * 2])
    if not text.startswith("%"):
        plain = text.replace("-", "+").replace("_", "/").rstrip("=")
        try:
            raw = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        except (binascii.Error, ValueError):
            return ""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("gb18030", errors="replace")
    if "<" not in text and "%3c" in text[:2_000].lower():
        # Half a pair of \ud83d is no character, and no page can hold it.
        text = _UTF16_ESCAPE.sub(lambda found: _character(int(found[1], 16)), text)
        text = unquote(text, errors="replace")
    return text[:MAX_UNPACKED]


def _character(code: int) -> str:
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def _kept(doc: Document) -> Iterator[str]:
    """Markup kept in elements that are not shown, where a script of the page takes it up."""
    scripts = list(_scripts(doc))
    names: set[str] = set()
    for script in scripts:
        names.update(next(filter(None, found)) for found in _REFERENCE.findall(script))
    if not names:
        return
    comments = any(_READS_COMMENT.search(script) for script in scripts)
    seen: set[str] = set()
    for node in doc.tree.css("[id]"):
        name = node.attributes.get("id") or ""
        if name not in names or name in seen:
            continue
        seen.add(name)
        markup = _markup(node, comments=comments)[:MAX_UNPACKED]
        if _LINK.search(markup) and not _PLACEHOLDER.search(markup):
            yield markup


def _markup(node: LexborNode, *, comments: bool) -> str:
    if node.tag == "textarea":
        return node.text(deep=True)
    if node.tag == "template":
        source = node.html or ""
        return source[source.find(">") + 1 : source.rfind("</template")]
    if node.tag == "script":
        kind = node.attributes.get("type") or ""
        return node.text(deep=True) if _PROSE_SCRIPT.search(kind) else ""
    if not comments:
        return ""
    inside = [child for child in node.iter(include_text=True) if child.tag == "-comment"]
    return "".join(child.comment_content or "" for child in inside)
