"""What a page is called: for rules that judge words by the page they stand on."""

from __future__ import annotations

from ledger.texts import PageText, PassageKind


def headings(page: PageText) -> str:
    """The title of a page and the titles it shows, one a line."""
    shown = (passage.text for passage in page.passages if passage.kind is PassageKind.TITLE)
    return "\n".join(dict.fromkeys(title for title in (page.title, *shown) if title))


def opening(page: PageText, length: int) -> str:
    """The first words of each stretch of a page's main text."""
    bodies = (passage.text for passage in page.passages if passage.kind is PassageKind.BODY)
    return "\n".join(body[:length] for body in bodies)
