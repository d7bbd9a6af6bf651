"""Keeps a hostile portal from sending us into private networks (SSRF)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from ledger.site import Site

_LOOPBACK_NAMES = frozenset({"localhost", "localhost.localdomain", "ip6-localhost"})


def host_of(url: str) -> str:
    """The lower-case host of an address, empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return _odd_ipv4(host)
    mapped = getattr(found, "ipv4_mapped", None)
    return mapped or found


def _odd_ipv4(host: str) -> ipaddress.IPv4Address | None:
    # 2130706433, 0x7f.1 and 0177.0.0.1 reach 127.0.0.1 through the C resolver.
    parts = host.split(".")
    if not 1 <= len(parts) <= 4 or not all(parts):
        return None
    try:
        numbers = [
            int(p, 16)
            if p.lower().startswith("0x")
            else int(p, 8 if p[0] == "0" and len(p) > 1 else 10)
            for p in parts
        ]
    except ValueError:
        return None
    *heads, tail = numbers
    value = tail
    for index, number in enumerate(heads):
        value += number << (8 * (3 - index))
    return ipaddress.IPv4Address(value) if 0 <= value < 2**32 else None


def is_private(host: str) -> bool:
    """Whether a literal host stands for an address that is not public."""
    if host in _LOOPBACK_NAMES or host.endswith((".localhost", ".local", ".internal")):
        return True
    found = _address(host)
    return found is not None and not found.is_global


class Guard:
    """Knows which hosts the roster itself names; private addresses are open to those alone."""

    def __init__(self, allowed: Iterable[str] = (), *, open_door: bool = False) -> None:
        self.allowed = frozenset(h.lower() for h in allowed)
        self.open_door = open_door
        # A portal rehearsed on this machine answers under each of its loopback names.
        self.loopback = any(
            h in _LOOPBACK_NAMES or ((a := _address(h)) and a.is_loopback) for h in self.allowed
        )
        self.refused: set[str] = set()

    @classmethod
    def of_site(cls, site: Site) -> Guard:
        """The guard of a site: its home, its columns' addresses and `[crawl] allow_hosts`."""
        urls = [site.home, *(c.url for c in site.columns if c.url)]
        return cls([*filter(None, map(host_of, urls)), *site.crawl.allow_hosts])

    def permits_name(self, host: str) -> bool:
        """Whether a request to the literal host may be made at all."""
        if self.open_door or host in self.allowed or not is_private(host):
            return True
        found = _address(host)
        loopback = host in _LOOPBACK_NAMES or (found is not None and found.is_loopback)
        return self.loopback and loopback

    def permits_address(self, host: str, address: str) -> bool:
        """Whether `host` may be reached now that it turned out to be `address`."""
        if self.open_door or host.lower() in self.allowed or not is_private(address):
            return True
        found = _address(address)
        if self.loopback and found is not None and found.is_loopback:
            return True
        self.refused.add(host.lower())
        return False


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, asking the site's guard about every address a name turns into."""

    guard: Guard = Guard()

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """As Scrapy calls it."""
        return super().from_crawler(crawler, reactor)

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802
        """Resolve `name`; a private address the roster does not name ends as a look-up error."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if not self.guard.permits_address(name, address):
            raise DNSLookupError(f"private address for {name}")
        return address
