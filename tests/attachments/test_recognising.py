"""Scanned pages: what is kept of what was recognised, and what is said of the rest."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

import crawler.attaching.recognising as recognising
from crawler.attaching import trouble
from crawler.attaching.pdf import Missing
from crawler.attaching.reader import FileReader
from crawler.attaching.recognising import NOTHING, Recognised, has_ocr, recognise
from crawler.attaching.scans import Scan
from crawler.attaching.taking import Taken
from tests.attachments import made

SCAN = b"q 595 0 0 842 0 0 cm /Im0 Do Q"
WORDS = "Some words that can be read."
with_ocr = pytest.mark.skipif(not has_ocr(), reason="the extra ocr is not installed")


class Seen:
    """What the engine tells of a picture."""

    def __init__(self, *lines: tuple[float, float, str, float], fall: float = 0.0) -> None:
        boxes = []
        for x, y, text, _ in lines:
            right = x + 20 * len(text)
            low, high = y + fall * x, y + fall * right
            boxes.append([[x, low], [right, high], [right, high + 20], [x, low + 20]])
        self.boxes: Any = _Boxes(boxes)
        self.txts = [text for _, _, text, _ in lines]
        self.scores = [score for *_, score in lines]


class _Boxes(list[Any]):
    def tolist(self) -> list[Any]:
        return list(self)


def recognised(monkeypatch: pytest.MonkeyPatch, *pages: Seen, after: int = 99) -> Recognised:
    """What is made of pages on which the engine sees this; time is over after so many."""
    began: list[object] = []

    def drawn(scan: Scan, most: int) -> Iterator[tuple[int, Any]]:
        yield from zip(scan.pages[:most], pages, strict=False)

    def enough() -> bool:
        began.append(None)
        return len(began) > after

    monkeypatch.setattr(recognising, "_engine", lambda: lambda seen: seen)
    monkeypatch.setattr(recognising, "pictures", drawn)
    return recognise(Scan(b"", tuple(range(1, len(pages) + 1))), 10, enough)


LONG = "各乡镇人民政府、区政府各工作部门要切实加强"


def test_lines_become_paragraphs_though_the_page_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(
        (60, 40, "组织领导。", 0.99),
        (500, 80, "职务", 0.99),
        (20, 80, "姓名", 0.99),
        (980, 80, "电话", 0.99),
        (20, 0, LONG, 0.99),
        fall=0.04,
    )
    found = recognised(monkeypatch, seen)
    assert found == Recognised(f"{LONG}组织领导。\n姓名 职务 电话", (1,), unclear=False)


def test_two_pages_side_by_side_are_read_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = [(20.0, 40.0 * n, f"左边第{n}行的文字写到这里。", 0.99) for n in range(1, 8)]
    right = [(500.0, 40.0 * n, f"右边第{n}行的文字写到这里。", 0.99) for n in range(1, 8)]
    found = recognised(monkeypatch, Seen(*left, *right))
    assert found.text.split("\n") == [text for _, _, text, _ in (*left, *right)]
    # Short cells beside each other are rows of a table.
    names = [(20.0, 40.0 * n, f"第{n}号", 0.99) for n in range(1, 8)]
    found = recognised(monkeypatch, Seen(*names, *right))
    assert found.text.split("\n")[0] == f"第1号{right[0][2]}"


def test_what_is_not_sure_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(20.0, 40.0 * n, f"第{n}行说得清楚。", 0.99) for n in range(9)]
    found = recognised(monkeypatch, Seen(*lines, (20, 400, "看不清", 0.8)))
    assert found.text.count("清楚") == 9
    assert "看不清" not in found.text
    assert found.unclear


def test_a_poor_picture_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    poor = Seen((20, 0, "看着像话。", 0.99), (20, 40, "看不清", 0.6), (20, 80, "这也不清", 0.7))
    assert recognised(monkeypatch, poor, Seen()) == Recognised("", (1, 2), unclear=True)


def test_time_that_is_over_leaves_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Seen((20, 0, "一页文字。", 0.99))
    assert recognised(monkeypatch, page, page, page, after=2).pages == (1, 2)


@pytest.mark.parametrize(
    ("text", "missing", "found", "reason"),
    [
        ("", Missing((1, 2)), Recognised("话", (1, 2), unclear=False), ""),
        ("", Missing((1, 2)), Recognised("话", (1,), unclear=False), "第2页是图片，未检查"),
        ("话", Missing((2,)), Recognised("", (2,), unclear=False), ""),
        ("话", Missing((2,), (3,)), Recognised("话", (2, 3), unclear=True), trouble.UNCLEAR),
        ("", Missing((1,)), Recognised("", (1,), unclear=True), trouble.UNCLEAR),
        ("", Missing((1,)), Recognised("", (1,), unclear=False), trouble.NO_WORDS),
        ("", Missing((1,)), NOTHING, f"{trouble.SCANNED}；{trouble.UNFINISHED}"),
        ("话", Missing((1,), (), "cut"), Recognised("话", (1,), unclear=False), "cut"),
        ("", None, Recognised("话", (0,), unclear=False), ""),
        ("", None, Recognised("", (0,), unclear=False), trouble.NO_WORDS),
    ],
)
def test_what_is_still_missing_is_said(
    text: str, missing: Missing | None, found: Recognised, reason: str
) -> None:
    scan = Scan(b"", missing.shown if missing else ())
    told = missing.told(readable=bool(text)) if missing else trouble.PICTURE
    taken = Taken("pdf", text, told, scan, missing).with_words(found, 5)
    assert (taken.reason, taken.recognised, taken.scan) == (reason, found.text, None)


def test_pages_beyond_the_limit_are_named() -> None:
    missing = Missing((1, 2, 3))
    taken = Taken("pdf", "", trouble.SCANNED, Scan(b"", (1, 2, 3)), missing)
    said = taken.with_words(Recognised("话", (1, 2), unclear=False), 2).reason
    assert said == "第3页是图片，未检查；一个文件最多识别2页（ocr_pages）"


@pytest.fixture(scope="module")
def seeing() -> Iterator[FileReader]:
    """A process that reads files and recognises what are pictures."""
    found = FileReader(20, 3)
    yield found
    found.close()


@pytest.mark.skipif(has_ocr(), reason="the extra ocr is installed")
def test_where_recognising_fails_what_was_read_stands(seeing: FileReader) -> None:
    data = made.pdf(made.said(WORDS), SCAN)
    plain = seeing.read(data)
    assert (plain.reason, plain.pictured, plain.recognising) == ("第2页是图片，未检查", True, 0.0)
    tried = seeing.read(data, recognise=True)
    assert tried.text == WORDS
    assert tried.reason == f"第2页是图片，未检查；{trouble.UNFINISHED}"
    assert (tried.recognised, tried.pictured) == ("", False)
    assert tried.recognising > 0.0


NOTICE = (
    "关于开展秸秆禁烧工作的通告",
    "各乡镇人民政府、区政府各工作部门要切实加强组织领导，",
    "认真落实各项措施，确保责任到人、监管到位、宣传到户。",
    "违反规定的，由有关部门依法处理。",
)


def picture(*lines: str, turn: float = 0.0) -> Any:
    """A page with these lines, as a scanner would give it."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 1754), 255)
    drawing = ImageDraw.Draw(page)
    name, index = chinese_font()
    font = ImageFont.truetype(name, 34, index=index)
    for number, line in enumerate(lines):
        drawing.text((150, 200 + 60 * number), line, font=font, fill=20)
    return page.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)


def chinese_font() -> tuple[str, int]:
    """A font with the forms of mainland China: its file and its number there."""
    if shutil.which("fc-match") is None:
        pytest.skip("there is no fontconfig")
    asked = ["fc-match", "-f", "%{file}\n%{index}\n%{lang}", ":lang=zh-cn"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    name, index, langs = told.split("\n")
    if "zh-cn" not in langs.split("|"):
        pytest.skip("there is no Chinese font")
    return name, int(index)


def saved(kind: str, *pages: Any) -> bytes:
    out = io.BytesIO()
    if kind == "PDF":
        pages[0].save(out, kind, save_all=True, append_images=pages[1:], resolution=150)
    else:
        pages[0].save(out, kind)
    return out.getvalue()


@with_ocr
def test_a_scan_is_recognised(seeing: FileReader) -> None:
    pages = [picture(*NOTICE), picture(*NOTICE, turn=1.0), picture(), picture("第四页")]
    found = seeing.read(saved("PDF", *pages), recognise=True)
    paragraphs = [NOTICE[0], NOTICE[1] + NOTICE[2], NOTICE[3]]
    assert found.recognised.split("\n") == [*paragraphs, *paragraphs]
    assert (found.kind, found.text, found.pictured) == ("pdf", "", False)
    assert found.reason == "第4页是图片，未检查；一个文件最多识别3页（ocr_pages）"
    assert found.recognising > 0.0


@with_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_recognised(seeing: FileReader, kind: str) -> None:
    data = saved(kind, picture(*NOTICE))
    assert seeing.read(data).reason == trouble.PICTURE
    found = seeing.read(data, recognise=True)
    assert found.recognised.split("\n")[0] == NOTICE[0]
    assert found.reason == ""


@with_ocr
def test_a_broken_picture_is_said_to_be_one(seeing: FileReader) -> None:
    broken = b"\x89PNG\r\n\x1a\n" + bytes(99)
    assert seeing.read(broken, recognise=True).reason == f"{trouble.PICTURE}；{trouble.UNFINISHED}"
    assert seeing.read(saved("PNG", picture(*NOTICE)), recognise=True).recognised
