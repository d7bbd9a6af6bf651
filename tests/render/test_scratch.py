"""The folder of a browser's temporary files, and those that killed runs left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.rendering.scratch import PREFIX, Scratch, sweep

HOLDS = """
import sys, time
from pathlib import Path
from crawler.rendering.scratch import Scratch
print(Scratch(Path(sys.argv[1])).folder, flush=True)
time.sleep(600)
"""


def aged(folder: Path) -> Path:
    (folder / "profile").mkdir(parents=True, exist_ok=True)
    (folder / "profile" / "Cookies").write_text("x")
    old = time.time() - 3600
    os.utime(folder, (old, old))
    return folder


def test_what_a_killed_process_held_is_swept_and_what_a_living_one_holds_is_not(
    tmp_path: Path,
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        held = aged(Path(process.stdout.readline().strip()))
        own = Scratch(tmp_path)
        aged(own.folder)
        sweep(tmp_path)
        assert held.is_dir()
        assert own.folder.is_dir()
    finally:
        process.kill()
        process.communicate()
    sweep(tmp_path)
    assert not held.exists()
    own.remove()
    assert list(tmp_path.iterdir()) == []


def test_nothing_else_is_swept(tmp_path: Path) -> None:
    elsewhere = aged(tmp_path / "elsewhere")
    other = aged(tmp_path / "playwright_chromiumdev_profile-abc")
    link = tmp_path / f"{PREFIX}link"
    link.symlink_to(elsewhere)
    fresh = tmp_path / f"{PREFIX}fresh"
    fresh.mkdir()
    sweep(tmp_path)
    assert all(kept.exists() for kept in (elsewhere / "profile", other / "profile", link, fresh))


def test_only_what_is_started_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for before in ("elsewhere", None):
        if before is None:
            monkeypatch.delenv("TMPDIR", raising=False)
        else:
            monkeypatch.setenv("TMPDIR", before)
        scratch = Scratch(tmp_path)
        with scratch.lent():
            assert os.environ["TMPDIR"] == str(scratch.folder)
        assert os.environ.get("TMPDIR") == before
        scratch.remove()


@pytest.mark.parametrize("first_out", [0, 1])
def test_two_lent_at_a_time_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_out: int
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    both = [Scratch(tmp_path), Scratch(tmp_path)]
    blocks = [scratch.lent() for scratch in both]
    for block in blocks:
        block.__enter__()
    assert os.environ["TMPDIR"] == str(both[1].folder)
    for block in (blocks[first_out], blocks[1 - first_out]):
        block.__exit__(None, None, None)
    assert os.environ["TMPDIR"] == str(tmp_path)
    for scratch in both:
        scratch.remove()
