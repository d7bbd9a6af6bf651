"""Charsets: what is declared, what is true, and what happens when they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.charset import decode

TEXT = "<title>乌尔禾区人民政府</title><p>发布时间：2026年3月8日 来源：区政府办公室，㐀镕</p>"
PLAIN = "<p>关于公开征求意见的通知，欢迎社会各界提出意见建议。</p>"
TRADITIONAL = "<p>政府資訊公開，發佈時間與來源單位，歡迎各界提出意見。</p>"


def page(charset: str, text: str = TEXT) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'


@pytest.mark.parametrize("content_type", [None, "text/html", "text/html; charset=utf-8"])
def test_utf8(content_type: str | None) -> None:
    text, used = decode(page("utf-8").encode(), content_type)
    assert (text, used) == (page("utf-8"), "utf-8")


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb18030", "x-gbk"])
@pytest.mark.parametrize(
    "content_type", [None, "text/html", "text/html; charset=GBK", "text/html;charset=utf-8"]
)
def test_gb_family(name: str, content_type: str | None) -> None:
    text, used = decode(page(name).encode("gb18030"), content_type)
    assert (text, used) == (page(name), "gb18030")


@pytest.mark.parametrize("text", [TEXT, PLAIN])
def test_nothing_declared(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")
    assert decode(text.encode("gb18030"), "text/html; charset=ISO-8859-1") == (text, "gb18030")


def test_meta_lies() -> None:
    assert decode(page("gb2312").encode(), "text/html") == (page("gb2312"), "utf-8")
    assert decode(page("utf-8").encode("gb18030"), None) == (page("utf-8"), "gb18030")


def test_header_lies() -> None:
    assert decode(page("utf-8").encode(), "text/html; charset=gb2312")[1] == "utf-8"
    assert decode(page("gbk").encode("gbk", "ignore"), "text/html; charset=big5")[1] == "gb18030"


def test_big5() -> None:
    assert decode(TRADITIONAL.encode("big5hkscs")) == (TRADITIONAL, "big5hkscs")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_byte_order_mark(charset: str) -> None:
    text, _ = decode(page("gb2312").encode(charset), "text/html; charset=gbk")
    assert text == page("gb2312")


def test_broken_bytes_in_the_middle() -> None:
    body = page("gbk", PLAIN * 5).encode("gbk")
    body = body[:200] + b"\xff\xff" + body[200:]
    text, used = decode(body)
    assert used == "gb18030"
    assert "征求意见" in text


def test_body_cut_inside_a_character() -> None:
    body = page("utf-8").encode()
    cut = body[: body.index("办公室".encode()) + 2]
    assert decode(cut, None)[1] == "utf-8"


def test_odd_heads() -> None:
    head = '<meta charset="gb2312" name="viewport"><meta content=\'text/html;\n charset=gb2312\'>'
    text, used = decode((head + PLAIN).encode("gb18030"))
    assert used == "gb18030"
    assert PLAIN in text


@pytest.mark.parametrize("name", ["base64", "idna", "no-such", "rot13", "x" * 20, "undefined"])
def test_nonsense_declared(name: str) -> None:
    assert decode(page(name).encode(), f"text/html; charset={name}")[1] == "utf-8"


def test_ascii() -> None:
    assert decode(b"<p>ok</p>") == ("<p>ok</p>", "utf-8")
    assert decode(b"", None) == ("", "utf-8")


@given(st.binary(max_size=400), st.one_of(st.none(), st.text(max_size=60)))
def test_never_raises(body: bytes, content_type: str | None) -> None:
    text, used = decode(body, content_type)
    assert isinstance(text, str)
    assert used
