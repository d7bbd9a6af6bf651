from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.safe import LONG, SHORT, line, link, long_line, sheet_link


@given(st.text(alphabet=st.characters(), max_size=3000))
def test_a_line_is_one_bounded_line_that_utf8_and_xml_can_carry(text: str) -> None:
    held = line(text)
    assert len(held) <= SHORT
    assert held.encode("utf-8").decode("utf-8") == held
    assert "\n" not in held
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in held)
    assert not any(char in held for char in "\u202e\u202a\u2066\u2069\u200f\u061c\ufffe\uffff")


@given(st.text(max_size=200))
def test_a_line_is_its_own_line(text: str) -> None:
    assert line(line(text)) == line(text)


def test_what_turns_text_around_is_spelt_out() -> None:
    assert line("通知\u202egnp.exe") == "通知[U+202E]gnp.exe"


def test_lone_surrogates_and_controls_vanish() -> None:
    assert line("a\ud800b\x00c\x07d\ufeff") == "abcd"


def test_a_very_long_text_is_cut_visibly() -> None:
    assert line("字" * 10_000) == "字" * (SHORT - 1) + "…"
    assert len(long_line("字" * 10_000)) == LONG


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.gov.cn/",
        "https://www.example.gov.cn/zwgk/t20260320_1.html?a=1&b=2#top",
        "HTTPS://www.example.gov.cn:8443/栏目/",
    ],
)
def test_plain_addresses_are_links(url: str) -> None:
    assert link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/x",
        "/relative",
        "ftp://example.org/",
        "https://www.gov.cn@evil.example/",
        "https://",
        "https://[::1",
        "https://a b/",
        'https://a/"onclick=x',
        "https://a/\\evil",
        "https://a/" + "x" * 3000,
    ],
)
def test_everything_else_is_not(url: str | None) -> None:
    assert link(url) is None
    assert sheet_link(url) is None


def test_a_workbook_gets_its_addresses_encoded() -> None:
    assert sheet_link("https://www.example.gov.cn/栏目/?q=年") == (
        "https://www.example.gov.cn/%E6%A0%8F%E7%9B%AE/?q=%E5%B9%B4"
    )
    assert sheet_link("https://www.example.gov.cn/a%20b") == "https://www.example.gov.cn/a%20b"
    assert sheet_link("https://www.example.gov.cn/" + "年" * 500) is None
