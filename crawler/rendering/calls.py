"""What the scripts of a page were told: the answers a list may have been built from."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CALLS = 40
MAX_TEXT = 2 * 1024 * 1024
MAX_POST = 64 * 1024

_DAY = re.compile(
    r"(?<!\d)20[0-3]\d\s*[-/.年]\s*[01]?\d(?:\s*[-/.月]\s*[0-3]?\d)?(?!\d)|(?<!\d)20[0-3]\d[01]\d[0-3]\d(?!\d)"
    r"|(?<!\d)1[0-9]{9}(?:\d{3})?(?!\d)"
)
_DAYS_OF_A_LIST = 3


@dataclass(frozen=True, slots=True)
class DataCall:
    """One answer a script of the page fetched: JSON, XML, a piece of HTML, a script with data.

    `sent` is the content type of what was posted.
    """

    url: str
    method: str
    body: str
    content_type: str
    text: str
    sent: str = ""


def carries_list(text: str) -> bool:
    """Whether a script carries the entries of a list rather than a library."""
    return len({hit.group() for hit in _DAY.finditer(text)}) >= _DAYS_OF_A_LIST
