"""Which Chromium this machine has, and the switches it is started with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

MISSING = "本机没有 Chromium，由脚本生成的列表未检查，请执行：sudo apt-get install chromium"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DOWNLOADED = (
    "chromium-*/chrome-linux*/chrome",
    "chromium_headless_shell-*/chrome-*/*headless*shell",
)

SWITCHES = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--dns-prefetch-disable",
    "--deny-permission-prompts",
    # WebRTC would send datagrams past the proxy, and so past the guard.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    # A page that hoards memory ends its own process instead of the machine's night.
    "--js-flags=--max-old-space-size=512",
)

UNWANTED = (
    # Playwright lifts these guards for the tests people write with it; a portal needs them kept.
    "--disable-popup-blocking",
    "--disable-ipc-flooding-protection",
)


def find_chromium(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The browser to start: XUNCHA_CHROMIUM, one on the path, or one Playwright downloaded.

    A wrong XUNCHA_CHROMIUM is none: an operator who names a browser does not want another.
    """
    named = environ.get("XUNCHA_CHROMIUM", "").strip()
    if named:
        found = shutil.which(named, path=environ.get("PATH", ""))
        return Path(found) if found else None
    for name in _NAMES:
        found = shutil.which(name, path=environ.get("PATH", ""))
        if found:
            return Path(found)
    return _downloaded(environ)


def _downloaded(environ: Mapping[str, str]) -> Path | None:
    named = environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    home = environ.get("HOME", "")
    if not named and not home:
        return None
    folder = Path(named) if named else Path(home) / ".cache" / "ms-playwright"
    for pattern in _DOWNLOADED:
        found = [path for path in folder.glob(pattern) if os.access(path, os.X_OK)]
        if found:
            # The folders end in the browser's build number.
            return max(found, key=lambda path: _build(path.relative_to(folder).parts[0]))
    return None


def _build(name: str) -> int:
    number = name.rpartition("-")[2]
    return int(number) if number.isdigit() else 0
