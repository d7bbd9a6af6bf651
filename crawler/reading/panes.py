"""Tabs told apart by the fragment of the address: `…/zcjd/#tjjd` shows one pane of the page.

Columns whose addresses differ by nothing else are answered with one page; each is to be judged by
the pane that its own address opens, as a reader's browser shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from crawler.reading.document import Document

_NAME = re.compile(r"[A-Za-z_][\w-]{0,40}")
_MOST_TABS = 20
_MOST_LINKS = 3_000
_HIDING = re.compile(r"display\s*:\s*none\s*;?|visibility\s*:\s*hidden\s*;?", re.I)
_FOLDED = re.compile(r"^(?:hide|hidden|d-none|undis|disnone|displaynone)$", re.I)


def shown_pane(doc: Document) -> Document:
    """The page as its address opens it: without the other tabs' panes; or the page itself."""
    name = urldefrag(doc.url).fragment
    if not _NAME.fullmatch(name):
        return doc
    tabs = _tabs(doc, name)
    panes = _panes(doc, tabs) if len(tabs) > 1 else {}
    if name not in panes:
        return doc
    whole = Document(doc.html, doc.url, doc.furniture)
    for tab, pane in _panes(whole, tabs).items():
        if tab == name:
            _unfold(pane)
        else:
            pane.decompose()
    return Document(whole.tree.html or "", doc.url, doc.furniture)


def _tabs(doc: Document, name: str) -> list[str]:
    """The fragments that links of the page lead to, `name` among them, or none."""
    here = urldefrag(doc.url).url
    found: dict[str, None] = {}
    for link in doc.tree.css("a[href*='#']")[:_MOST_LINKS]:
        page, fragment = urldefrag((link.attributes.get("href") or "").strip())
        if _NAME.fullmatch(fragment) and (not page or doc.absolute(page) == here):
            found[fragment] = None
    return list(found) if name in found and len(found) <= _MOST_TABS else []


def _panes(doc: Document, tabs: Sequence[str]) -> dict[str, LexborNode]:
    """The pane of each tab: siblings whose ids are the tabs' names, all with the same addition.

    The tabs themselves may be called alike; they hold the links that lead to the panes.
    """
    named: dict[str, LexborNode] = {}
    for node in doc.tree.css("[id]"):
        named.setdefault(node.attributes.get("id") or "", node)
    for identity in list(named):
        before, found, after = identity.partition(tabs[0])
        if not found:
            continue
        panes = {tab: named.get(f"{before}{tab}{after}") for tab in tabs}
        whole = {tab: pane for tab, pane in panes.items() if pane is not None}
        if len(whole) == len(tabs) and _are_panes(list(whole.values())):
            return whole
    return {}


def _are_panes(nodes: Sequence[LexborNode]) -> bool:
    """True for boxes side by side, none of which is a link or holds one to a tab."""
    above = {node.parent.mem_id if node.parent is not None else 0 for node in nodes}
    boxes = {node.tag for node in nodes} <= {"div", "section", "ul", "ol", "table", "dl", "article"}
    return len(above) == 1 and boxes and not any(n.css_first("a[href^='#']") for n in nodes)


def _unfold(pane: LexborNode) -> None:
    """Take from a pane what folds it away until its tab is chosen."""
    style = pane.attributes.get("style") or ""
    pane.attrs["style"] = _HIDING.sub("", style)
    words = (pane.attributes.get("class") or "").split()
    pane.attrs["class"] = " ".join(word for word in words if not _FOLDED.match(word))
    if "hidden" in pane.attributes:
        del pane.attrs["hidden"]
