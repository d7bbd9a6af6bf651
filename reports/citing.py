"""The documents (文件依据) that findings and indicators rest on, told from how rules cite them."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Title and, right behind it, the number a government body gave the document.
_DOCUMENT = re.compile(r"《([^《》]{2,60})》(?:（([^（）]{2,30}〔\d{4}〕\d{1,5}号)）)?")


def documents(cited: Iterable[str]) -> list[str]:
    """The documents named in `cited` with their numbers, each once, those with a number first."""
    found: dict[str, str] = {}
    for words in cited:
        for title, number in _DOCUMENT.findall(words):
            found[title] = found.get(title) or number
    told = sorted(found.items(), key=lambda pair: not pair[1])
    return [f"《{title}》（{number}）" if number else f"《{title}》" for title, number in told]
