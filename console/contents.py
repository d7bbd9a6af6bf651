"""Whether two makings of a paper tell their reader the same."""

from __future__ import annotations

import json
from typing import Any

from reports.base import Model

# What differs between two makings of the same content.
_ABOUT = frozenset({"edition", "proof", "reproduce"})


def same_content(one: Model, other: Model) -> bool:
    """Whether two models differ in nothing but how and when they were made."""
    return bool(_content(one) == _content(other))


def _content(model: Model) -> Any:
    held = {key: value for key, value in model.items() if key not in _ABOUT}
    if isinstance(held.get("judged"), dict):
        held["judged"] = {k: v for k, v in held["judged"].items() if k != "rule_set"}
    # A stored model has been through JSON, which knows no tuples.
    return json.loads(json.dumps(held))
