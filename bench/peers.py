"""What reading is held against: the least any reader must do, and the usual shortcut for dates."""

from __future__ import annotations

import re
from datetime import date

from selectolax.lexbor import LexborHTMLParser

_FULL_DATE = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_UNSEEN = ["script", "style", "noscript", "template"]


def floor(html: str) -> tuple[int, int]:
    """Parse, take every link and the visible text; how many links and characters there were."""
    tree = LexborHTMLParser(html)
    links = [node.attributes.get("href") for node in tree.css("a[href]")]
    return len(links), len(visible(tree))


def first_full_date(html: str, clock: date | None = None) -> date | None:
    """The first full date in the visible text: what most home-made checkers read.

    With `clock` that day is passed over, which spares the shortcut the clock in a page's head.
    """
    for found in _FULL_DATE.finditer(visible(LexborHTMLParser(html))):
        year, month, day = map(int, found.groups())
        try:
            read = date(year, month, day)
        except ValueError:
            continue
        if read != clock:
            return read
    return None


def visible(page: LexborHTMLParser | str) -> str:
    """All text a visitor may see."""
    tree = LexborHTMLParser(page) if isinstance(page, str) else page
    tree.strip_tags(_UNSEEN)
    return tree.body.text(separator=" ", strip=True) if tree.body else ""
