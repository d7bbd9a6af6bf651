"""Self-contained HTML pages: one file, its style and script inside, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.safe import link


def page(template: str, styles: tuple[str, ...], scripts: tuple[str, ...], **context: Any) -> bytes:
    """The page `template` makes of `context`; it may run its own script and nothing else.

    The policy names style and script by their hashes, so markup smuggled in through a portal's
    text could neither run nor load anything even where escaping failed.
    """
    style = "\n".join(_asset(name) for name in styles)
    script = "\n".join(_asset(name) for name in scripts)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    text = (
        _environment()
        .get_template(template)
        .render(
            # Both are files of this package, never a portal's text.
            style=Markup(style),
            script=Markup(script),
            policy=policy,
            **context,
        )
    )
    return (text.rstrip() + "\n").encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["link"] = link
    made.filters["marked"] = _marked
    made.filters["thousands"] = lambda number: f"{number:,}"
    made.filters["size"] = _size
    return made


@cache
def _asset(name: str) -> str:
    return (files("reports") / "templates" / name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def _marked(excerpt: str) -> Markup:
    """An excerpt with what it marks by 【】 set off."""
    left, opened, rest = excerpt.partition("【")
    wrong, closed, right = rest.partition("】")
    if not opened or not closed:
        return Markup("{}").format(excerpt)
    return Markup("{}<mark>【{}】</mark>{}").format(left, wrong, right)


def _size(number: int) -> str:
    if number < 1024 * 1024:
        return f"{number / 1024:.0f} KB"
    return f"{number / 1024 / 1024:.1f} MB"
