"""Words by which a script says that it brings what stands beside a list, not the list."""

from __future__ import annotations

import re

_BESIDE = (
    r"head(?:er)?\b|foot(?:er)?\b|\btop\b|bottom|\bnav|menu|weather|tianqi|count|hits?\b|visit|click"
    r"|login|share|\bstat|tongji|hot\b|banner|float|friend|captcha|token|user|suggest"
)
_ASKED = re.compile(rf"{_BESIDE}|\.js(?:\?|$)", re.I)
# Places in a page are named in more ways than addresses, whose fields mean other things.
_WRITTEN = re.compile(
    rf"{_BESIDE}|\bpv\b|\buv\b|links?\b|conac|jiucuo|ipv6|wza|lang\b|hm\.js|baidu|cnzz|51\.la|bszs",
    re.I,
)


def asks_beside(url: str) -> bool:
    """True for the address of a counter, a menu, a login: never that of a list's data."""
    return _ASKED.search(url) is not None


def writes_beside(words: str) -> bool:
    """True for the names and texts of a place that holds no list."""
    return _WRITTEN.search(words) is not None
