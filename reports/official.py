"""Formal papers as pages (公文版式): one frame, one style, a body template for each paper."""

from __future__ import annotations

from reports.base import Model
from reports.page import page


def official_page(template: str, model: Model, titled: str, *, wide: bool = False) -> bytes:
    """The page a body template makes of `model`; `wide` suits tables of many columns.

    The template extends `official.html` and fills its block `body`.
    """
    return page(template, ("official.css",), (), m=model, titled=titled, wide=wide)
