"""Whether the host a link leads to is of a bad kind."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ledger.addresses import host_of
from ledger.texts import Tier
from rules.data_files import get, read_toml, words

_FILE = "domains.toml"
_PUNY = "xn--"


@dataclass(frozen=True, slots=True)
class BadHost:
    """What speaks against a host and how sure that is."""

    tier: Tier
    why: str


def foreign(url: str, own: Collection[str]) -> str:
    """The host a web address leads to, or nothing where it is the site's own or trusted."""
    host = readable(host_of(url))
    if not host or "." not in host or _ends(host, own) or _ends(host, _listed("trusted")):
        return ""
    return host


def bad(host: str, listed: Collection[str]) -> BadHost | None:
    """What speaks against a host; `listed` are hosts the agency holds to be bad."""
    if _ends(host, listed):
        return BadHost(Tier.REPORT, "目标网址在本单位自备的不良网址清单里")
    name, _, last = host.rpartition(".")
    if any(part in name for part in _listed("certain")):
        return BadHost(Tier.REPORT, "目标域名是博彩、色情网站的写法")
    if last in _listed("trades"):
        return BadHost(Tier.REPORT, f"目标域名以.{last}结尾，是博彩、色情网站专用的后缀")
    if any(part in name for part in _listed("likely")):
        return BadHost(Tier.REVIEW, "目标域名像是博彩、色情网站，请打开核实")
    if last in _listed("cheap") and _digits().fullmatch(name.rpartition(".")[2]):
        return BadHost(Tier.REVIEW, "目标域名由数字和少见后缀组成，博彩、色情网站常用，请打开核实")
    return None


def readable(host: str) -> str:
    """A host with its Chinese labels as people read them, without a dot at its end."""
    host = host.rstrip(".").lower()
    if _PUNY not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _ends(host: str, listed: Collection[str]) -> bool:
    """Whether a host is one of these or stands below one."""
    if host in listed:
        return True
    at = host.find(".")
    while at >= 0:
        if host[at + 1 :] in listed:
            return True
        at = host.find(".", at + 1)
    return False


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(words(_domains(), key, _FILE))


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(get(_domains(), "digits", str, _FILE))


@cache
def _domains() -> dict[str, Any]:
    return read_toml(files("rules") / "data" / "text" / "unsafe", _FILE)
