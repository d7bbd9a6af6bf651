"""robots.txt of each host, read once a run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego

from ledger.words import Outcome

FetchText = Callable[[str], Awaitable[tuple[Outcome, int | None, str]]]

MAX_CRAWL_DELAY = 30.0
"""Seconds; a longer Crawl-delay would keep one night from seeing a portal at all."""


class RobotsBook:
    """What each host's robots.txt says to us.

    A missing or unreadable file allows everything (RFC 9309, 2.3.1.3); so does one behind a server
    error, because the pages themselves will then say what is wrong.
    """

    def __init__(self, fetch: FetchText, agent: str) -> None:
        self._fetch = fetch
        self._agent = agent
        self._books: dict[str, asyncio.Task[Protego]] = {}

    async def allows(self, url: str) -> bool:
        """Whether we may ask for `url`."""
        return bool((await self._book(url)).can_fetch(url, self._agent))

    async def delay(self, url: str) -> float:
        """Seconds the host wants between requests, 0 where it says nothing."""
        asked = (await self._book(url)).crawl_delay(self._agent)
        return min(float(asked), MAX_CRAWL_DELAY) if asked else 0.0

    async def _book(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._books:
            self._books[origin] = asyncio.ensure_future(self._read(origin))
        return await self._books[origin]

    async def _read(self, origin: str) -> Protego:
        outcome, _, text = await self._fetch(f"{origin}/robots.txt")
        # A portal that answers every address with a page has no robots.txt.
        readable = outcome is Outcome.OK and "<html" not in text[:2000].lower()
        return Protego.parse(text if readable else "")
