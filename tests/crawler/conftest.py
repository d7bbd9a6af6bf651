from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from demo.portal import Portal, PortalServer

AS_OF = date(2026, 3, 20)
Ask = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture(scope="session")
def portal() -> Iterator[PortalServer]:
    with PortalServer(Portal(AS_OF)) as server:
        yield server


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Ask for addresses in a process of their own; how each ended, by address."""

    def run(urls: Sequence[str], **options: Any) -> dict[str, dict[str, Any]]:
        script = Path(__file__).with_name("ask_many.py")
        done = subprocess.run(
            [sys.executable, str(script), json.dumps(options)],
            input="\n".join(urls),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return {row["url"]: row for row in json.loads(done.stdout.splitlines()[-1])}

    return run
