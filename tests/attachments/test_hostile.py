"""Files made to hurt cost their own process and leave nothing behind."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from crawler.attaching import packed, trouble
from crawler.attaching.joining import joined, unspaced
from crawler.attaching.reader import FileReader, FileReading
from crawler.attaching.words import MOST
from tests.attachments import made

GOOD = made.word("还能读。")


def children(of: int) -> set[int]:
    """The processes below one, as the system counts them."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == of and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def server_of(reader: FileReader) -> int:
    assert reader._server is not None
    return reader._server.pid


def until(done: object, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def slow() -> bytes:
    """Well below the lid, long work, and no word in it."""
    return made.wordml("<w:p></w:p>" * 8_000_000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            made.wordml(
                "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>",
                '<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>',
            ),
            trouble.ENTITIES,
        ),
        (
            made.wordml(
                "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
                '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ),
            trouble.ENTITIES,
        ),
        (made.wordml("<w:p>" * 100_000), trouble.BROKEN),
        (
            made.zipped({f"{n}": "" for n in range(20_001)} | {"word/document.xml": "<a/>"}),
            trouble.BOMB,
        ),
        (
            made.zipped({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": "<a"}),
            trouble.BROKEN,
        ),
    ],
    ids=["entities", "outside", "deep", "parts", "cut"],
)
def test_hostile_xml(reader: FileReader, data: bytes, reason: str) -> None:
    found = reader.read(data)
    assert (found.text, found.reason) == ("", reason)


def test_a_zip_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_EXPANDED", 1_000_000)
    bomb = packed.Package(made.zipped({"a": bytes(600_000), "b": bytes(600_000)}))
    assert sum(map(len, bomb.chunks("a"))) == 600_000
    with pytest.raises(trouble.Unreadable, match=trouble.BOMB):
        list(bomb.chunks("b"))


def test_pages_in_a_ring_end(reader: FileReader) -> None:
    found = reader.read(made.pdf(made.said("Only one page is here."), loop=True))
    assert found.text in ("", "Only one page is here.")
    assert bool(found.text) != bool(found.reason)


def test_a_long_text_is_cut_and_says_so(reader: FileReader) -> None:
    found = reader.read("很长的文字。\n".encode() * MOST)
    assert len(found.text) <= MOST
    assert found.reason == trouble.CUT


def test_what_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    reader = FileReader(1)
    assert reader.read(slow()) == FileReading("", "", trouble.TIMED_OUT)
    assert reader.read(GOOD).text == "还能读。"
    reader.close()


def test_what_takes_too_much_memory_is_stopped(reader: FileReader) -> None:
    text = b"\xe7\x94\xb2" * (70 * 1024**2)
    book = {
        "xl/workbook.xml": b"<a/>",
        "xl/sharedStrings.xml": b"<a><si><t>" + text + b"</t></si></a>",
    }
    found = reader.read(made.zipped(book | {"xl/worksheets/sheet1.xml": b"<a/>"}))
    assert found.text == ""
    assert found.reason in (trouble.TOO_MUCH, trouble.NO_TEXT)
    assert reader.read(GOOD).text == "还能读。"


@pytest.mark.parametrize("struck", ["server", "child"])
def test_a_process_killed_in_the_midst_leaves_nothing(struck: str) -> None:
    reader = FileReader(30)
    assert reader.read(GOOD).text == "还能读。"
    server = server_of(reader)
    folder = reader._scratch.folder if reader._scratch else Path()
    answers: list[FileReading] = []
    thread = threading.Thread(target=lambda: answers.append(reader.read(slow())))
    thread.start()
    assert until(lambda: children(server))
    [child] = children(server)
    os.kill(server if struck == "server" else child, 9)
    thread.join(60)
    assert [answer.reason for answer in answers] == [trouble.DIED]
    assert until(lambda: not Path(f"/proc/{child}").exists())
    assert list(folder.iterdir()) == []
    assert reader.read(GOOD).text == "还能读。"
    last = server_of(reader)
    reader.close()
    assert not children(last)
    assert not Path(f"/proc/{last}").exists()
    assert not folder.exists()


def test_the_reader_ends_with_whoever_asked() -> None:
    reader = FileReader(30)
    assert reader.read(GOOD).text == "还能读。"
    server = server_of(reader)
    threading.Thread(target=lambda: reader.read(slow()), daemon=True).start()
    assert until(lambda: children(server))
    [child] = children(server)
    # As when the process that asks dies: its end of the pipe closes.
    assert reader._server is not None
    assert reader._server.stdin is not None
    os.close(os.dup(reader._server.stdin.fileno()))
    reader._server.stdin.close()
    assert until(lambda: not Path(f"/proc/{child}").exists())
    assert reader._server is None or reader._server.wait(20) is not None
    reader.close()


def test_lines_join_where_a_sentence_goes_on() -> None:
    lines = [
        "关于做好工作的通知",
        "各乡镇人民政府，区政府各工作部门，有关单位要认真落",
        "实各项措施，确保工作取得实效，按时完成各项任务。",
        "— 1 —",
        "一、加强领导",
        "各单位要高度重视，主要负责同志亲自抓，分管同志具体",
        "抓，层层落实责任。",
        "姓名 单位 职务",
        "联系人：甲某",
    ]
    assert list(joined(lines)) == [
        "关于做好工作的通知",
        "各乡镇人民政府，区政府各工作部门，有关单位要认真落"
        "实各项措施，确保工作取得实效，按时完成各项任务。",
        "一、加强领导",
        "各单位要高度重视，主要负责同志亲自抓，分管同志具体抓，层层落实责任。",
        "姓名 单位 职务",
        "联系人：甲某",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("关 于 印 发 的 通 知", "关于印发的通知"),
        ("各单位要高 度重视，认真 落实。", "各单位要高度重视，认真落实。"),
        ("姓名 单位 职务", "姓名 单位 职务"),
        ("使用 Office 软件", "使用 Office 软件"),
        ("２０２６年　３月", "２０２６年 ３月"),
    ],
)
def test_blanks_that_setting_put_between_characters(line: str, told: str) -> None:
    assert unspaced(line) == told


def test_joining_takes_no_longer_for_hostile_lines() -> None:
    begun = time.process_time()
    list(joined(["— " * 20_000, "1" * 50_000, "（" * 50_000, "。”" * 50_000] * 20))
    assert time.process_time() - begun < 2
