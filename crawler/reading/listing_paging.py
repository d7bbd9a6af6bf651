"""The next page of a list as its pager shows it; an address that leaves the list is never given."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document, node_text, squeeze

_NEXT = re.compile(
    r"^[\s\[【<>»›·]*(?:下\s*一?\s*页|后\s*一?\s*页|下\s*翻|next(?:\s*page)?|[>›»]{1,2})[\s\]】>»›]*$",
    re.I,
)
_DISABLED = re.compile(r"disabl|unable|no-?next|forbid", re.I)
_GOTO = re.compile(
    r"""location(?:\s*\.\s*href)?\s*=\s*['"]([^'"]{0,200})['"]\s*\+\s*(?:\(?\s*[\w.]+(?:\s*[-+]\s*\d)?\s*\)?)\s*(?:\+\s*['"]([^'"]{0,100})['"])?"""
)
_TOTAL = re.compile(
    r"共\s*(\d{1,5})\s*页|第?\s*\d{1,5}\s*/\s*(\d{1,5})\s*页?|页次[:：]\s*\d{1,5}\s*/\s*(\d{1,5})"
)
_PACKED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_NUMBER = re.compile(r"\d{1,5}")
MAX_LINKS = 5_000


def next_shown(doc: Document, number: int) -> str | None:
    """The address of the page after `number`, or None where the page shows none."""
    found = next_linked(doc, number) or _by_script(doc, number)
    if found is None:
        packed = _unpacked(doc)
        found = _by_links(packed, doc, number) if packed is not None else None
    return found


def next_linked(doc: Document, number: int) -> str | None:
    """The address of the page after `number` as a link of the page gives it, or None."""
    return _by_links(doc, doc, number)


def _by_links(shown: Document, doc: Document, number: int) -> str | None:
    nexts: list[str] = []
    numbered: dict[int, str] = {}
    for node in shown.tree.css("a")[:MAX_LINKS]:
        words = squeeze(node_text(node))[:16] or squeeze(node.attributes.get("title") or "")[:16]
        is_next = bool(_NEXT.match(words)) or "next" in (node.attributes.get("rel") or "").split()
        plain = words.strip("[]【】第页 ")
        if not is_next and not _NUMBER.fullmatch(plain):
            continue
        address = _address(shown, node)
        if address is None or not stays(doc, address):
            continue
        if is_next:
            if not _DISABLED.search(node.attributes.get("class") or ""):
                nexts.append(address)
        else:
            numbered.setdefault(int(plain), address)
    # A bare arrow also turns slides: 下一页 in words was sorted out by staying with the list.
    if nexts:
        return nexts[-1]
    return numbered.get(number + 1)


def _address(doc: Document, node: LexborNode) -> str | None:
    href = node.attributes.get("href") or ""
    return doc.absolute(href)


def stays(doc: Document, address: str) -> bool:
    """True for another page of the same list: same folder, only another query, or its subfolder."""
    here, there = urlsplit(doc.url), urlsplit(address)
    if here.netloc != there.netloc or address == doc.url.partition("#")[0]:
        return False
    if here.path == there.path:
        return _only_pages_differ(here.query, there.query)
    folder = here.path.rsplit("/", 1)[0] + "/"
    stem = re.sub(r"\.\w+$", "", here.path)
    numberless = re.sub(r"(?:/p(?:age)?)?/\d{1,5}/?$", "/", here.path)
    target = there.path.rsplit("/", 1)[0] + "/"
    return (
        target == folder
        or target == stem + "/"
        or (here.path.endswith("/") and there.path.startswith(here.path))
        or (numberless != here.path and there.path.startswith(numberless))
        or there.path.startswith((stem + "/", stem + "_", stem + "-"))
    )


def _only_pages_differ(here: str, there: str) -> bool:
    """True where no value but a number's was changed (the column's id is never the page's)."""
    before, after = dict(parse_qsl(here)), dict(parse_qsl(there))
    changed = [k for k in before.keys() | after.keys() if before.get(k) != after.get(k)]
    # Session ids and time stamps may come and go; something that counts has to move.
    return any(after.get(k, "").isdigit() for k in changed)


def _by_script(doc: Document, number: int) -> str | None:
    """`location.href = "list_" + n + ".html"` behind gotoPage(n), while pages are left."""
    total = total_shown(doc)
    if total is None or total <= number:
        return None
    for script in doc.tree.css("script"):
        match = _GOTO.search(script.text()[:60_000])
        if match is None or not match[1]:
            continue
        address = doc.absolute(f"{match[1]}{number + 1}{match[2] or ''}")
        if address and stays(doc, address):
            return address
    return None


def total_shown(doc: Document) -> int | None:
    """The number of pages that the page tells in words, or None."""
    match = _TOTAL.search(doc.text[-4000:]) or _TOTAL.search(doc.text)
    return int(next(g for g in match.groups() if g)) if match else None


def _unpacked(doc: Document) -> Document | None:
    """A pager packed as base64 of percent-encoded HTML, unpacked."""
    for node in doc.tree.css("#pages, #page, .pages, .page, #pager, .pager"):
        text = squeeze(node.text())
        if len(text) > 20_000 or not _PACKED.fullmatch(text):
            continue
        try:
            html = unquote(base64.b64decode(text, validate=True).decode("utf-8"))
        except (binascii.Error, UnicodeDecodeError, ValueError):
            continue
        return Document(html, doc.base)
    return None
