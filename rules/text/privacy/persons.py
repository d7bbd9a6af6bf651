"""Whether a line names one certain person: by a citizen's number that can be read."""

from __future__ import annotations

import re
from datetime import date

from rules.text.privacy.numbers import citizen, mobile

_CITIZEN = re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")


def names_a_citizen(line: str, day: date) -> bool:
    """Whether a whole citizen's number stands in the line."""
    return any(citizen(found[0], day) for found in _CITIZEN.finditer(line))


def gives_a_mobile(line: str) -> bool:
    """Whether a whole mobile number stands in the line."""
    return any(mobile(found[0]) for found in _MOBILE.finditer(line))
