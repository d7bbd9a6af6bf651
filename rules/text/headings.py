"""What a page is called: for rules that judge words by the page they stand on."""

from __future__ import annotations

from ledger.texts import PageText, PassageKind

_LOOKED_AT = 300
"""Passages of a page that tell what it is about; a draft may have many thousand, a page has not."""


def headings(page: PageText) -> str:
    """The title of a page and the titles it shows, one a line."""
    first = page.passages[:_LOOKED_AT]
    shown = (passage.text for passage in first if passage.kind is PassageKind.TITLE)
    return "\n".join(dict.fromkeys(title for title in (page.title, *shown) if title))


def beside(page: PageText, number: int, reach: int) -> str:
    """The passages of the same kind just before and after passage `number` of a page."""
    kind = page.passages[number].kind
    near = page.passages[max(0, number - reach) : number + reach + 1]
    return "\n".join(
        p.text for n, p in enumerate(near) if p.kind is kind and n != min(number, reach)
    )


def opening(page: PageText, length: int) -> str:
    """The first words of each stretch of a page's main text."""
    first = page.passages[:_LOOKED_AT]
    bodies = (passage.text for passage in first if passage.kind is PassageKind.BODY)
    return "\n".join(body[:length] for body in bodies)
