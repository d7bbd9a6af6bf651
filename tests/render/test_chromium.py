"""Which browser is taken, and what of a page's traffic is told from what."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.rendering.calls import carries_list
from crawler.rendering.chromium import SWITCHES, UNWANTED, find_chromium
from crawler.rendering.proxy import is_web
from crawler.rendering.traffic import family


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_operators_word_comes_first(tmp_path: Path) -> None:
    program(tmp_path / "bin/chromium")
    own = program(tmp_path / "own/chrome")
    environ = {"PATH": str(tmp_path / "bin"), "XUNCHA_CHROMIUM": str(own)}
    assert find_chromium(environ) == own
    # Whoever names a browser that is not there is told so, and not given another.
    assert find_chromium(environ | {"XUNCHA_CHROMIUM": "/nowhere"}) is None


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_on_the_path(tmp_path: Path, name: str) -> None:
    found = program(tmp_path / "bin" / name)
    assert find_chromium({"PATH": str(tmp_path / "bin")}) == found


@pytest.mark.parametrize("variable", ["HOME", "PLAYWRIGHT_BROWSERS_PATH"])
def test_newest_that_playwright_downloaded(tmp_path: Path, variable: str) -> None:
    folder = tmp_path if variable != "HOME" else tmp_path / ".cache/ms-playwright"
    program(folder / "chromium-999/chrome-linux/chrome")
    newest = program(folder / "chromium-1200/chrome-linux64/chrome")
    assert find_chromium({"PATH": str(tmp_path / "bin"), variable: str(tmp_path)}) == newest


def test_shell_alone_will_do(tmp_path: Path) -> None:
    shell = program(
        tmp_path
        / "chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell"
    )
    environ = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    assert find_chromium(environ) == shell


def test_none(tmp_path: Path) -> None:
    assert find_chromium({"PATH": str(tmp_path)}) is None
    assert find_chromium({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_sandbox_is_nobodys_habit() -> None:
    assert "--no-sandbox" not in SWITCHES
    assert not set(SWITCHES) & set(UNWANTED)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.gov.cn", "example.gov.cn"),
        ("static.zwgk.example.gov.cn", "example.gov.cn"),
        ("zwgk.example.xj.cn", "example.xj.cn"),
        ("cdn.example.com", "example.com"),
        ("example.gov.cn", "example.gov.cn"),
        ("example.cn", "example.cn"),
        ("10.0.12.7", "10.0.12.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("", ""),
    ],
)
def test_family(host: str, domain: str) -> None:
    assert family(host) == domain


@pytest.mark.parametrize(
    "text",
    [
        'var a=[{d:"2031-04-16"},{d:"2031-04-12"},{d:"2031-03-28"}]',
        "cb([{t:1927010400},{t:1927014000},{t:1927017600000}])",
        "document.write('<li>2031年4月6日</li><li>2031年4月2日</li><li>2031/3/28</li>')",
        'x={"d":["20310416","20310412","20310328"]}',
    ],
)
def test_script_with_entries(text: str) -> None:
    assert carries_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "/*! library v3.7.1 | (c) 2023-08-28 */ window.a=1",
        "var today=new Date();today.getFullYear()",
        'var phone="13800138000",id="110000200001010011"',
        "",
    ],
)
def test_script_without_entries(text: str) -> None:
    assert not carries_list(text)


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("http://example.gov.cn/", True),
        ("HTTPS://example.gov.cn/", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("http:///x", False),
        ("http://[::1/", False),
        ("", False),
    ],
)
def test_is_web(url: str, web: bool) -> None:
    assert is_web(url) is web
