"""RSS, Atom and site maps read as what they are: entries with an address, a title and a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from crawler.reading.record_days import told
from crawler.reading.record_fields import clean
from ledger.facts import DayReading

MAX_ENTRIES = 2_000
MAX_FEED = 8_000_000
_ROOT = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>|<!--.{0,2000}?-->|\s)*<([\w:]{1,20})[\s>]", re.S)
_ROOTS = frozenset({"rss", "feed", "rdf", "urlset"})
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]{0,200}\?>")
_BARE = re.compile(r"&(?!#?\w{1,10};)")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTRIES = frozenset({"item", "entry", "url"})
_PUBLISHED = ("published", "pubdate", "issued", "publication_date", "date")
_CHANGED = ("lastmod", "updated", "modified")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `changed` is the day it was last touched, which is not that of publication."""

    url: str
    title: str
    published: DayReading | None
    changed: date | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the page it is of ('' where it does not say, as site maps) and its entries."""

    page: str
    entries: tuple[Entry, ...]


def is_feed(text: str) -> bool:
    """True for a document that is a feed or a site map."""
    root = _ROOT.match(text[:4_000].lstrip("\ufeff"))
    return root is not None and root[1].rpartition(":")[2].lower() in _ROOTS


def read_feed(text: str, base: str, today: date) -> Feed | None:
    """The feed in `text`, addresses resolved against `base`; None where it cannot be read."""
    if len(text) > MAX_FEED or not is_feed(text) or _DECLARES.search(text):
        return None
    # Portals write their feeds by hand: the text is decoded already, signs may stand bare.
    plain = _BARE.sub("&amp;", _UNFIT.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"))))
    try:
        root = ElementTree.fromstring(plain)
    except ElementTree.ParseError:
        return None
    entries: list[Entry] = []
    page = ""
    for element in root.iter():
        name = _name(element)
        if name in _ENTRIES:
            entry = _entry(element, base, today)
            if entry is not None:
                entries.append(entry)
            if len(entries) >= MAX_ENTRIES:
                break
        elif name in ("channel", "feed") and not page:
            page = _link(element, base)
    return Feed(page, tuple(entries))


def _entry(element: ElementTree.Element, base: str, today: date) -> Entry | None:
    url = _link(element, base)
    if not url:
        return None
    texts = _texts(element)
    published = next((texts[name] for name in _PUBLISHED if texts.get(name)), "")
    changed = next((texts[name] for name in _CHANGED if texts.get(name)), "")
    shown = told(published, today, named=True) if published else None
    touched = told(changed, today, named=True) if changed else None
    return Entry(
        url,
        clean(texts.get("title", "")),
        shown.reading if shown else None,
        touched.reading.day if touched and touched.reading else None,
    )


def _texts(element: ElementTree.Element) -> dict[str, str]:
    """The texts of an entry by name; those of its `news:news` beside its own."""
    found: dict[str, str] = {}
    for child in list(element)[:60]:
        inner = list(child)[:20] if _name(child) == "news" else []
        for part in (child, *inner):
            found.setdefault(_name(part), "".join(part.itertext())[:4_000].strip())
    return found


def _link(element: ElementTree.Element, base: str) -> str:
    """The address of an entry or of the page a feed is of."""
    best = ""
    for child in list(element)[:60]:
        if _name(child) not in ("link", "loc"):
            continue
        href = child.get("href", "")
        if href and child.get("rel", "alternate") != "alternate":
            continue
        best = best or href or (child.text or "").strip()
    try:
        url = urljoin(base, best[:2_000]) if best else ""
        return url.partition("#")[0] if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _name(element: ElementTree.Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].lower()
